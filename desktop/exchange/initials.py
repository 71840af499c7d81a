"""First letters of the pinyin, for the data that ships: computed when a resource is built, never at start."""

from pypinyin import Style, lazy_pinyin


def initials_of(text: str) -> str:
    """Return the first letters of a Chinese text, lower case; letters and digits stay, all else is dropped.

    Words decide the reading: 会计 gives ``kj``, 行政 ``xz``, 银行 ``yh``.
    """
    letters = "".join(lazy_pinyin(text, style=Style.FIRST_LETTER))
    return "".join(sign for sign in letters.lower() if sign.isascii() and sign.isalnum())
