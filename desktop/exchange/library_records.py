"""Library records as a platform publishes them, from what was read out of sheets."""

from collections.abc import Iterable, Sequence
from dataclasses import MISSING, fields, is_dataclass, replace
from decimal import Decimal
from enum import Enum
from typing import Any

from desktop.domain.library import ReferenceValue
from desktop.domain.library_rules import Material, Placed

Record = dict[str, Any]


def records_of(material: Material) -> dict[str, list[Record]]:
    """Return the records of a library by dataset; what it has none of is left out.

    Reference values stand with their indicator. A field that holds its default is left out, as in every record.
    """
    values: dict[str, list[ReferenceValue]] = {}
    for placed in material.values:
        code, value = placed.item
        values.setdefault(code, []).append(value)
    indicators = [
        replace(one, reference_values=tuple(values[one.code])) if one.code in values else one
        for one in _items(material.indicators)
    ]
    found: dict[str, Sequence[object]] = {
        "indicator": indicators,
        "goal_case": _items(material.cases),
        "core_set": _items(material.core_sets),
    }
    return {name: [record_from(one) for one in items] for name, items in found.items() if items}


def record_from(item: object) -> Record:
    """Return the record of one value: its fields by name, without those that hold their default."""
    record: Record = {}
    for field in fields(item):  # type: ignore[arg-type]  # called with dataclasses only
        value = getattr(item, field.name)
        if field.default is MISSING or value != field.default:
            record[field.name] = _plain(value)
    return record


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return record_from(value) if is_dataclass(value) else value


def _items(placed: Iterable[Placed[Any]]) -> list[Any]:
    return [one.item for one in placed]


