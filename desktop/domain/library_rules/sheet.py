"""A sheet of a library as it was read, and the indicators in it: what can't be understood becomes a finding.

The columns are found by their headings, so the order does not matter and a bureau's own columns are passed over.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from typing import Any

from desktop.domain.goal import Direction, Level1, LibraryKind, Operator
from desktop.domain.library import CollectionMethod, Indicator, SourceKind, ValueBasis
from desktop.domain.library_rules.finding import Finding, Place, Placed
from desktop.domain.library_rules.headings import (
    CHOICES,
    TITLES,
    UNIT_KINDS,
    field_of,
    level2_of_word,
)
from desktop.domain.problem import Level

NEEDED = ("level1", "level2", "name")  # without these columns a sheet is no library
HEAD_WITHIN = 15  # rows among which the headings are looked for
LONGEST_CELL = 1000
_LONGEST_NAME = 60
_LONGEST_COUNT = 9
_CODE = re.compile(r"\d{3,7}(?=\D|$)")
_DEFAULT_VERSION = "0"
_ENUMS: Mapping[str, Any] = {
    "level1": Level1,
    "operator": Operator,
    "direction": Direction,
    "library_kind": LibraryKind,
    "source_kind": SourceKind,
    "value_basis": ValueBasis,
    "collection_method": CollectionMethod,
}
_LISTS = ("applies_to", "aliases", "project_tags", "unit_kinds")
_SPLIT = str.maketrans({"；": ";", "、": ";", ",": ";", "，": ";"})


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row under the headings: its number in the sheet and its cells by field."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LibrarySheet:
    """A sheet whose headings were understood.

    Attributes:
        file: As findings name it.
        columns: Field to the letters of its column.
        formulas: Cells that hold a formula, as (row, column letters).
    """

    file: str
    columns: Mapping[str, str]
    rows: Sequence[SheetRow]
    formulas: Sequence[tuple[int, str]] = ()


def sheet_of(
    file: str,
    lines: Iterable[tuple[int, Sequence[str]]],
    letters: Sequence[str],
    formulas: Sequence[tuple[int, str]] = (),
) -> tuple[LibrarySheet | None, list[Finding]]:
    """Find the headings of a table.

    Args:
        file: As findings name it.
        lines: Number in the sheet, and cells, of every row.
        letters: Letters of the columns.
        formulas: Cells that hold a formula.

    Returns:
        The sheet, None when no row has the headings of a library, and what is wrong with the sheet as a whole.
    """
    columns: dict[str, int] = {}
    rows: list[SheetRow] = []
    findings: list[Finding] = []
    for at, (number, cells) in enumerate(lines):
        if columns:
            rows.append(SheetRow(number, {name: cells[index].strip() for name, index in columns.items()}))
            continue
        found = [field_of(cell) for cell in cells]
        if set(NEEDED) <= set(found):
            twice = {name for name in found if name and found.count(name) > 1}
            findings += [
                Finding("L-22", Place(file, number), {"case": "twice", "title": TITLES[name]}) for name in sorted(twice)
            ]
            columns = {name: index for index, name in reversed(list(enumerate(found))) if name}
        elif at >= HEAD_WITHIN:
            break
    if not columns:
        titles = "、".join(TITLES[name] for name in NEEDED)
        return None, [Finding("L-22", Place(file), {"case": "head", "titles": titles, "within": str(HEAD_WITHIN)})]
    if not any(any(row.cells.values()) for row in rows):
        findings.append(Finding("L-22", Place(file), {"case": "empty"}))
    where = {name: letters[index] for name, index in columns.items()}
    kept = [row for row in rows if any(row.cells.values())]
    return LibrarySheet(file, where, kept, formulas), findings


def indicators_in(sheet: LibrarySheet) -> tuple[list[Placed[Indicator]], list[Finding]]:
    """Return the indicators of a sheet; a row with a cell that can't be understood is told and left out."""
    used = {letters: name for name, letters in sheet.columns.items()}
    first = sheet.rows[0].number if sheet.rows else 0
    findings = [
        Finding("L-23", Place(sheet.file, row, used.get(column, ""), column))
        for row, column in sheet.formulas
        if column in used and row >= first
    ]
    found: list[Placed[Indicator]] = []
    above: Mapping[str, str] = {}
    for row in sheet.rows:
        cells = _filled(row.cells, above)
        above = cells
        record, wrong = _record(cells, Placed(None, sheet.file, row.number, sheet.columns))
        findings += wrong
        if record is not None:
            found.append(Placed(record, sheet.file, row.number, sheet.columns))
    return found, findings


def _filled(cells: Mapping[str, str], above: Mapping[str, str]) -> Mapping[str, str]:
    """Take level 1 and level 2 from the row above where merged cells left them empty."""
    if cells.get("code") or not cells["name"] or (cells["level1"] and cells["level2"]):
        return cells
    merged = {name: cells[name] or above.get(name, "") for name in ("level1", "level2")}
    return {**cells, **merged}


def _record(cells: Mapping[str, str], row: Placed[None]) -> tuple[Indicator | None, list[Finding]]:
    findings: list[Finding] = []
    values: dict[str, Any] = {}
    subject = " ".join(part for part in (cells.get("code", ""), cells["name"][:_LONGEST_NAME]) if part)
    for name in TITLES:
        cell = cells.get(name, "")
        if not cell and name not in NEEDED:
            continue
        flaw = _flaw(name, cell)
        if flaw is None:
            values[name] = _value(name, cell)
        else:
            code, facts = flaw
            findings.append(Finding(code, row.at(name), {"title": TITLES[name], **facts}, Level.ERROR, subject))
    if findings:
        return None, findings
    values.pop("parent", None)
    if "direction" not in values and values.get("operator") in (Operator.LE, Operator.LT):
        values["direction"] = Direction.NEGATIVE
    for field in fields(Indicator):
        if field.default is MISSING and field.name not in values:
            values[field.name] = _missing(field.name)
    return Indicator(**values), []


def _flaw(name: str, cell: str) -> tuple[str, dict[str, str]] | None:
    """Return why a cell can't be understood; None when it can."""
    shown = cell[:_LONGEST_NAME]
    if not cell:
        return "L-15", {"case": "needed"}
    if len(cell) > LONGEST_CELL:
        return "L-21", {"case": "long", "length": str(len(cell)), "most": str(LONGEST_CELL)}
    if name in CHOICES and cell not in CHOICES[name]:
        return "L-21", {"case": "choice", "value": shown}
    if name == "default_weight" and not (cell.isdecimal() and len(cell) <= _LONGEST_COUNT):
        return "L-21", {"case": "number", "value": shown}
    return None


def _value(name: str, cell: str) -> object:
    """Return what a cell means that has no flaw."""
    if name in _ENUMS:
        return _ENUMS[name](CHOICES[name][cell])
    if name in CHOICES:
        return CHOICES[name][cell] == "1"
    if name == "default_weight":
        return int(cell)
    if name == "level2":
        return level2_of_word(cell)
    if name not in _LISTS:
        return cell
    parts = [part.strip() for part in cell.translate(_SPLIT).split(";") if part.strip()]
    if name == "applies_to":  # often written with the name: 2130217 防沙治沙
        parts = [found[0] if (found := _CODE.match(part)) else part for part in parts]
    return tuple(UNIT_KINDS.get(part, part) if name == "unit_kinds" else part for part in parts)


def _missing(name: str) -> object:
    if name == "library_kind":
        return LibraryKind.SPECIFIC
    return _DEFAULT_VERSION if name == "version" else ""
