"""Pinyin initials of names, by which accountants find them while typing.

The dictionary of readings takes 60 MiB and half a second: it is read when somebody types letters, not at start.
"""

from functools import lru_cache


@lru_cache(maxsize=20_000)
def initials(name: str) -> str:
    """Return the pinyin initials of a name, lower case: 重庆市会计局 -> cqskjj."""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - see above

    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()
