"""Account numbers: how they are stored, shown and recognised as mistyped (R-18)."""

_SEPARATORS = frozenset("-_‐‑–—·.")
# Full-width ASCII to plain ASCII; nothing else, so that ① or ² stays what it is and is seen as wrong.
_NARROW = {0xFF01 + i: 0x21 + i for i in range(94)}


def normal_digits(text: str) -> str:
    """Return the number as it is stored: full-width characters narrowed, white space and hyphens out.

    Letters and other signs stay, so that `check_voucher` can name them instead of losing them.
    """
    narrow = text.translate(_NARROW)
    return "".join(c for c in narrow if not c.isspace() and c not in _SEPARATORS)


def is_digits(text: str) -> bool:
    """Say whether the text is one or more of the ten ASCII digits and nothing else."""
    return text.isascii() and text.isdigit()


def luhn_ok(digits: str) -> bool:
    """Say whether a card number's last digit fits the others (ISO/IEC 7812-1, mod 10); never for what is not digits."""
    if not is_digits(digits):
        return False
    total = 0
    for place, figure in enumerate(reversed(digits)):
        value = int(figure) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def grouped(digits: str) -> str:
    """Return the number as it is shown: in groups of four from the left."""
    return " ".join(digits[i : i + 4] for i in range(0, len(digits), 4))
