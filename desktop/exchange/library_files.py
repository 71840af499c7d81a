"""The performance library that ships: indicators, cases and core sets, as a platform publishes them.

One file of indicators for each field of work, so that people who know a trade can read and mend it as a sheet. What
each file is and how it is edited: resources/library/README.md.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, fields
from decimal import Decimal
from typing import Any

import resources
from desktop.domain.library import CaseLine, CoreLine, CoreSet, GoalCase, Indicator, ReferenceValue

Record = dict[str, Any]

FOLDER = "library"
FIELDS = (
    "agriculture", "common", "culture", "education", "emergency", "environment", "government", "health",
    "housing", "industry", "land", "safety", "science", "social", "transport", "urban",
)
_FLAGS = {"0": False, "1": True}
_COUNTED = ("reference_values", "region_uses")  # not columns of the indicator files


def library_datasets() -> dict[str, list[Record]]:
    """Read the shipped library.

    Returns:
        ``indicator``, ``goal_case`` and ``core_set``: records of the JSON profile, new at each call; a field that is
        empty and has a default in its class is left out.
    """
    return {"indicator": indicators(), "goal_case": cases(), "core_set": core_sets()}


def indicators() -> list[Record]:
    """Return the indicators in the order of their codes, each with its reference values."""
    values = _grouped(sheet(FOLDER, "reference_values.csv"), "indicator", ReferenceValue)
    records = [
        record_of(Indicator, row, _COUNTED) for name in FIELDS for row in sheet(FOLDER, "indicators", f"{name}.csv")
    ]
    for record in records:
        if record["code"] in values:
            record["reference_values"] = values[record["code"]]
    return sorted(records, key=lambda record: str(record["code"]))


def cases() -> list[Record]:
    """Return the complete example goals with their lines."""
    lines = _grouped(sheet(FOLDER, "case_lines.csv"), "case", CaseLine)
    rows = sheet(FOLDER, "cases.csv")
    return [{**record_of(GoalCase, row, ("lines",)), "lines": lines.get(row["code"], [])} for row in rows]


def core_sets() -> list[Record]:
    """Return the sets of mandatory indicators; their sheet has a row for each line."""
    rows = list(sheet(FOLDER, "core_sets.csv"))
    lines = _grouped(rows, "code", CoreLine)
    heads = {row["code"]: row for row in rows}
    return [{**record_of(CoreSet, row, ("lines",)), "lines": lines[code]} for code, row in heads.items()]


def record_of(record_class: type, row: Mapping[str, str], left_out: Sequence[str] = ()) -> Record:
    """Return the record of a row whose columns are named after the fields of the class.

    Args:
        left_out: Fields that are no columns.

    Raises:
        KeyError: A field without a default has no column, or a flag is neither 0 nor 1.
        ValueError: A count is no whole number.
    """
    record: Record = {}
    for field in fields(record_class):
        cell = "" if field.name in left_out else row.get(field.name, "")
        if cell or (field.default is MISSING and field.name not in left_out):
            record[field.name] = _reader_of(field.type)(cell if cell else row[field.name])
    return record


def _grouped(rows: Iterable[dict[str, str]], by: str, line_class: type) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = defaultdict(list)
    for row in rows:
        found[row[by]].append(record_of(line_class, row))
    return found


def sheet(*parts: str) -> Iterator[dict[str, str]]:
    """Return the rows of a shipped sheet by its headings."""
    text = resources.read_text(*parts)
    return csv.DictReader(io.StringIO(text, newline=""), strict=True)


def _reader_of(kind: object) -> Callable[[str], object]:
    """Say how a cell becomes a value; enums and decimals travel as the text that they are written with."""
    if kind is bool:
        return _FLAGS.__getitem__
    if kind is int:
        return int
    if kind is Decimal:
        return str
    if kind == tuple[str, ...]:
        return _split
    return str


def _split(cell: str) -> list[str]:
    return cell.split(";")
