"""Pinyin initials of names, by which accountants find them while typing."""

from functools import lru_cache

from pypinyin import Style, lazy_pinyin


@lru_cache(maxsize=8192)
def initials(name: str) -> str:
    """Return the pinyin initials of a name, lower case: 重庆市会计局 -> cqskjj."""
    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()
