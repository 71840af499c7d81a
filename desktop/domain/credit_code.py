"""The unified social credit code (GB 32100): who a unit or a company is, with a check character."""

import unicodedata

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # no I, O, S, V, Z: they look like digits or letters
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_VALUES = {character: value for value, character in enumerate(_ALPHABET)}


def normal_code(text: str) -> str:
    """Return the code as it is compared and stored: NFKC, no white space, upper case."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def check_character(first_seventeen: str) -> str:
    """Return the eighteenth character that belongs to the first seventeen.

    Args:
        first_seventeen: Seventeen characters of the GB 32100 alphabet, upper case.

    Raises:
        ValueError: When there are not seventeen of them or one is not of the alphabet.

    Source: GB 32100-2015, 31 less the weighted sum modulo 31.
    """
    if len(first_seventeen) != len(_WEIGHTS) or any(c not in _VALUES for c in first_seventeen):
        raise ValueError(f"not seventeen characters of GB 32100: {first_seventeen!r}")
    weighted = sum(_VALUES[c] * weight for c, weight in zip(first_seventeen, _WEIGHTS, strict=True))
    return _ALPHABET[(31 - weighted % 31) % 31]


def is_credit_code(text: str) -> bool:
    """Say whether the text is a credit code whose check character is right.

    The text is taken as it stands: normalise it with `normal_code` first where it was typed or read from a file.
    """
    if len(text) != len(_WEIGHTS) + 1 or any(c not in _VALUES for c in text):
        return False
    return check_character(text[:-1]) == text[-1]
