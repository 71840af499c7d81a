"""A sheet of a library as it was read, and the indicators in it: what can't be understood becomes a finding.

The columns are found by their headings, so the order does not matter and a bureau's own columns are passed over.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from typing import Any

from desktop.domain.goal import Direction, Level1, LibraryKind, Operator
from desktop.domain.library import CollectionMethod, Indicator, SourceKind, ValueBasis
from desktop.domain.library_rules.finding import Finding, Place, Placed
from desktop.domain.library_rules.headings import (
    CHOICES,
    LEVEL_OF,
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

    def tell(code: str, name: str, **facts: str) -> None:
        findings.append(Finding(code, row.at(name), {"title": TITLES[name], **facts}, Level.ERROR, subject))

    for field in fields(Indicator):
        name, cell = field.name, cells.get(field.name, "")
        if len(cell) > LONGEST_CELL:
            tell("L-21", name, case="long", length=str(len(cell)), most=str(LONGEST_CELL))
        elif not cell:
            if name in NEEDED:
                tell("L-15", name, case="needed")
        elif name in CHOICES:
            code = CHOICES[name].get(cell.strip())
            if code is None:
                tell("L-21", name, case="choice", value=cell[:_LONGEST_NAME])
            else:
                values[name] = _ENUMS[name](code) if name in _ENUMS else code == "1"
        elif name in ("default_weight", "region_uses"):
            if cell.isdecimal() and len(cell) <= 9:
                values[name] = int(cell)
            else:
                tell("L-21", name, case="number", value=cell[:_LONGEST_NAME])
        elif name in _LISTS:
            values[name] = tuple(part.strip() for part in cell.translate(_SPLIT).split(";") if part.strip())
        elif name != "reference_values":
            values[name] = cell
    if findings:
        return None, findings
    values["level2"] = level2_of_word(values["level2"])
    if "unit_kinds" in values:
        values["unit_kinds"] = tuple(UNIT_KINDS.get(word, word) for word in values["unit_kinds"])
    if "direction" not in values and values.get("operator") in (Operator.LE, Operator.LT):
        values["direction"] = Direction.NEGATIVE
    for field in fields(Indicator):
        if field.default is MISSING and field.name not in values:
            values[field.name] = _missing(field.name)
    return Indicator(**values), []


def _missing(name: str) -> object:
    if name == "library_kind":
        return LibraryKind.SPECIFIC
    return _DEFAULT_VERSION if name == "version" else ""


__all__ = ["HEAD_WITHIN", "LEVEL_OF", "NEEDED", "LibrarySheet", "SheetRow", "indicators_in", "sheet_of"]
