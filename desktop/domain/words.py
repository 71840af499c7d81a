"""Amounts in Chinese capitals (大写), as vouchers carry them.

Source: quota_and_payment rules, section 8, after the ministry's rules for writing bills: 整 closes an amount that ends
at 元 or 角; one 零 stands for a run of zeros; below one yuan the words start at 角 or 分.
"""

import re
import unicodedata
from decimal import Decimal

from desktop.domain.money import LARGEST, MoneyError, from_fen, to_fen

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ((1000, "仟"), (100, "佰"), (10, "拾"), (1, ""))
_GROUPS = ((10**8, "亿"), (10**4, "万"), (1, ""))
_VALUE_OF = {word: value for value, word in enumerate(_DIGITS)}
_PLACE_OF = {word: value for value, word in _PLACES if word}
_GROUP_OF = {word: value for value, word in _GROUPS if word}
# Marks of a 零 that is free: the rules leave it open when the digit of 亿, 万 or 元 is 0 and the next one is not.
_FREE_WRITTEN, _FREE_UNWRITTEN = "!", "?"


def in_words(amount: Decimal) -> str:
    """Return the amount in capitals: ``壹仟肆佰零玖元伍角整``.

    Args:
        amount: Yuan, within ±999,999,999,999.99.

    Raises:
        MoneyError: M-03 for a part of a fen, M-04 out of range.
    """
    fen = to_fen(amount)
    text = _spell(abs(fen)).replace(_FREE_WRITTEN, "零").replace(_FREE_UNWRITTEN, "")
    return f"负{text}" if fen < 0 else text


def from_words(text: str) -> Decimal:
    """Read an amount in capitals, in yuan.

    Takes 正 for 整, 圆 for 元, a leading 人民币, white space, no 整 after 角, and the places of 零 that the rules leave
    free (``壹拾万零柒仟元伍角叁分``). Everything that no rule makes is refused rather than guessed.

    Raises:
        MoneyError: M-05.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split()).removeprefix("人民币")
    plain = plain.replace("圆", "元").replace("正", "整")
    words = plain.removeprefix("负")
    fen = _read(words)
    if fen is None or (fen == 0 and plain != words):
        raise MoneyError("M-05", text)
    pattern = re.sub(f"[{_FREE_WRITTEN}{_FREE_UNWRITTEN}]", "零?", _spell(fen))
    pattern = re.sub("角整$", "角整?", pattern)
    if not re.fullmatch(pattern, words):
        raise MoneyError("M-05", text)
    amount = from_fen(fen)
    return -amount if plain != words else amount


def _spell(fen: int) -> str:
    """Spell whole fen with marks where a 零 is free."""
    if fen == 0:
        return "零元整"
    whole, parts = divmod(fen, 100)
    tenths, cents = divmod(parts, 10)
    text = f"{_spell_whole(whole)}元" if whole else ""
    if not parts:
        return f"{text}整"
    if tenths:
        text += (_FREE_WRITTEN if whole and whole % 10 == 0 else "") + f"{_DIGITS[tenths]}角"
    elif whole:
        text += "零"
    return f"{text}{_DIGITS[cents]}分" if cents else f"{text}整"


def _spell_whole(number: int) -> str:
    text = ""
    last_is_zero = False  # the last digit of what is already written, counting groups of nothing
    skipped = False  # a whole group of nothing lies between
    for size, name in _GROUPS:
        group = number // size % 10_000
        if not group:
            skipped = last_is_zero = bool(text)
            continue
        if text and group < 1000:
            text += "零"
        elif text and skipped:
            text += _FREE_WRITTEN
        elif text and last_is_zero:
            text += _FREE_UNWRITTEN
        text += _spell_group(group) + name
        skipped, last_is_zero = False, group % 10 == 0
    return text


def _spell_group(group: int) -> str:
    """Spell 1 to 9999."""
    text = ""
    gap = False
    for size, name in _PLACES:
        digit = group // size % 10
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + name
        gap = digit == 0
    return text


def _read(words: str) -> int | None:
    """Add up what the words say, in fen, without judging how they are put; None for a character that has no place."""
    total = group = fen = 0
    digit = 0
    for character in words.removesuffix("整"):
        if character in _VALUE_OF:
            digit = _VALUE_OF[character]
        elif character in _PLACE_OF:
            group, digit = group + digit * _PLACE_OF[character], 0
        elif character in _GROUP_OF:
            total, group, digit = total + (group + digit) * _GROUP_OF[character], 0, 0
        elif character == "元":
            fen, total, group, digit = (total + group + digit) * 100, 0, 0, 0
        elif character in "角分":
            fen, digit = fen + digit * (10 if character == "角" else 1), 0
        else:
            return None
    return fen if fen <= to_fen(LARGEST) else None
