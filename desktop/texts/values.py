"""Values of fields in words, for what changed between two contents."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from desktop.domain.money import format_yuan
from desktop.texts import words

_BY_FIELD: Mapping[str, Mapping[str, str]] = {
    "business_type": words.BUSINESS_TYPES,
    "direction": words.DIRECTIONS,
    "fund_nature": words.NATURES,
    "fund_source": words.SOURCES,
    "guarantee": words.GUARANTEES,
    "item": words.INCOME_ITEMS,
    "kind": {**words.PAYEE_KINDS, **words.EVOUCHER_KINDS},
    "library_kind": words.LIBRARY_KINDS,
    "operator": words.OPERATORS,
    "pay_type": words.PAY_TYPES,
    "project_class": words.PROJECT_CLASSES,
    "settlement_mode": words.SETTLEMENT_MODES,
    "three_public": words.THREE_PUBLIC,
}
_PLAIN = ("weight", "default_weight")  # numbers that are no money
_OF_ROW = (
    "name", "project_name", "summary", "invoice_no", "text", "item", "year", "dept_economic_code", "amount", "total",
)
NOTHING = "（空）"


def value_words(field: str, value: object) -> str:
    """Return a field's value as people read it; an empty one is said to be empty.

    Args:
        field: Name of the field, the last part of its path without a place.
        value: A value of a content, or a whole row of it.
    """
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if field in _PLAIN else format_yuan(value)
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return _row_words(value)
    text = str(value.value) if isinstance(value, Enum) else str(value)
    return _BY_FIELD.get(field, {}).get(text, text)


def _row_words(row: object) -> str:
    have = {one.name for one in fields(row)}  # type: ignore[arg-type]  # known to be a dataclass
    parts = [value_words(name, getattr(row, name)) for name in _OF_ROW if name in have and getattr(row, name)]
    return " · ".join(parts) or NOTHING
