"""What may leave the unit for those who look after the program: no name, no account, no amount, no identity."""

import re

COVER, NUMBER = "▒", "#"
# An amount has two decimals or groups of three; accounts, document numbers and identities have five digits and more.
_AMOUNT = re.compile(r"\d[\d,，]*\.\d{1,2}(?![\d.])|\d{1,3}(?:[,，]\d{3})+")
_DIGITS = re.compile(r"\d{5,}")
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_HOME = re.compile(r"(?i)([A-Z]:\\Users\\|/home/|/Users/)[^\\/\s\"']+")
# What the program itself writes as a fact: codes such as NO_LINK, and small counts.
_CODE = re.compile(r"[A-Z][A-Z_]{2,40}|[A-Z]{1,2}-?\d{1,2}|\d{1,3}")


def masked(text: str) -> str:
    """Return the text with login names, amounts, long numbers and Chinese words covered."""
    text = _HOME.sub(r"\1" + COVER, text)
    return _CHINESE.sub(COVER, _DIGITS.sub(NUMBER, _AMOUNT.sub(NUMBER, text)))


def only_code(text: str) -> str:
    """Return the text when it is a code of the program or a small count, else a cover."""
    return text if _CODE.fullmatch(text) else COVER
