"""Reads a library for its check: the one that ships, a folder in its shape, or a bureau's own sheet.

A file that can't be read as a table is refused with a `TableRefused`; what is wrong inside becomes findings.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from openpyxl.utils import get_column_letter

import resources
from desktop.domain.fault import Fault
from desktop.domain.importing.table import Table, text_of
from desktop.domain.library import CaseLine, CoreLine, CoreSet, GoalCase, Indicator, ReferenceValue, WeightProfile
from desktop.domain.library_rules import Finding, Known, Material, Place, Placed
from desktop.domain.library_rules.sheet import LibrarySheet, indicators_in, sheet_of
from desktop.exchange.library_files import FOLDER, Record, record_of
from desktop.exchange.tables import read_tables
from desktop.exchange.tables.delimited import decoded
from desktop.exchange.tables.faults import TableRefused
from desktop.exchange.tables.formulas import formula_cells
from desktop.exchange.tables.limits import MOST_TEXT_BYTES

SHEETS = "indicators"  # the folder of the shipped library that holds a sheet for each field of work
_TABLES = (".csv", ".xlsx", ".xlsm", ".xls", ".ods")
_UNITS = "PERFORMANCE_UNIT"  # 绩效计量单位, a set of codes
_FORMULA = re.compile(r"=\s*[A-Za-z0-9(+\-\"'$@]")
_MOST_FILES = 200


@dataclass(frozen=True, slots=True)
class Reading:
    """A library as it was read.

    Attributes:
        files: How many sheets hold indicators.
        findings: What could not be understood; the rules have not run yet.
    """

    material: Material
    findings: tuple[Finding, ...]
    files: int


def read_library(path: Path | None = None, tick: Callable[[], None] = lambda: None) -> Reading:
    """Read a library.

    Args:
        path: A sheet, a folder of sheets, or a folder in the shape of the shipped library; None is the shipped one.
        tick: Called now and then; may raise to stop.

    Raises:
        TableRefused: A file is no table, too large or damaged.
        Fault: L-NO_SHEET when a folder holds none.
    """
    folder = Path(resources.__file__).with_name(FOLDER) if path is None else path
    if folder.is_dir() and (folder / SHEETS).is_dir():
        return _whole(folder, tick)
    files = _files(folder) if folder.is_dir() else [folder]
    sheets: list[LibrarySheet] = []
    findings: list[Finding] = []
    for file in files:
        found, wrong = _sheets_of(file, tick)
        sheets += found
        findings += wrong
    return _reading(sheets, findings)


def known_tables() -> Known:
    """Return the shipped tables that a library refers to, and the pairs of names that were read and found apart."""
    profiles = [
        msgspec.convert(record_of(WeightProfile, row), WeightProfile)
        for row in _rows(resources.read_text("reference", "weight_profiles.csv"))
    ]
    codes = _rows(resources.read_text("reference", "code_sets.csv"))
    return Known(
        units=frozenset(row["name"] for row in codes if row["set"] == _UNITS),
        functions=frozenset(row["code"] for row in _rows(resources.read_text("reference", "function_codes.csv"))),
        profiles={profile.code: profile for profile in profiles},
        models={row["code"]: row["output_unit"] for row in _rows(resources.read_text(FOLDER, "models", "models.csv"))},
        apart=frozenset(
            frozenset((row["name"], row["other"])) for row in _rows(resources.read_text(FOLDER, "similar_names.csv"))
        ),
    )


def _files(folder: Path) -> list[Path]:
    found = sorted(one for one in folder.iterdir() if one.suffix.lower() in _TABLES and one.is_file())
    if not found:
        raise Fault("L-NO_SHEET", folder=str(folder))
    return found[:_MOST_FILES]


def _reading(
    sheets: Sequence[LibrarySheet], findings: Sequence[Finding], rest: Material = Material()  # noqa: B008 - frozen
) -> Reading:
    entries: list[Placed[Indicator]] = []
    told = list(findings)
    parents: list[Placed[tuple[str, str]]] = []
    for sheet in sheets:
        found, wrong = indicators_in(sheet)
        entries += found
        told += wrong
        if {"code", "parent"} <= set(sheet.columns):
            parents += [
                Placed((row.cells["code"], row.cells["parent"]), sheet.file, row.number, sheet.columns)
                for row in sheet.rows
                if row.cells["code"] and row.cells["parent"]
            ]
    material = Material(tuple(entries), rest.cases, rest.core_sets, rest.values, tuple(parents))
    return Reading(material, tuple(told), len(sheets))


# -- a bureau's own sheets


def _sheets_of(file: Path, tick: Callable[[], None]) -> tuple[list[LibrarySheet], list[Finding]]:
    tables = [table for table in read_tables(file, tick) if not table.hidden]
    formulas = formula_cells(file)
    sheets: list[LibrarySheet] = []
    findings: list[Finding] = []
    for table in tables:
        name = file.name if len(tables) == 1 else f"{file.name}“{table.name}”"
        sheet, wrong = sheet_of(name, _lines(table), _letters(table), formulas.get(table.name, _typed(table)))
        if sheet is not None:
            sheets.append(sheet)
            findings += wrong
        elif len(tables) == 1:
            findings += wrong
    if not sheets and not findings:
        findings = [Finding("L-22", Place(file.name), {"case": "sheets", "count": str(len(tables))})]
    return sheets, findings


def _lines(table: Table) -> Iterator[tuple[int, Sequence[str]]]:
    for at, row in enumerate(table.rows):
        yield table.row_number(at), [text_of(cell) for cell in row]


def _letters(table: Table) -> list[str]:
    return [table.column_name(at) for at in range(table.width)]


def _typed(table: Table) -> list[tuple[int, str]]:
    """Return the cells of a text file that a spreadsheet would compute."""
    return [
        (table.row_number(at), table.column_name(column))
        for at, row in enumerate(table.rows)
        for column, cell in enumerate(row)
        if isinstance(cell, str) and cell.startswith("=") and _FORMULA.match(cell)
    ]


# -- a folder in the shape of the shipped library


def _whole(folder: Path, tick: Callable[[], None]) -> Reading:
    sheets: list[LibrarySheet] = []
    findings: list[Finding] = []
    for file in sorted((folder / SHEETS).glob("*.csv")):
        tick()
        lines = list(_numbered(_text(file), file.name))
        letters = [get_column_letter(at + 1) for at in range(max((len(cells) for _, cells in lines), default=0))]
        findings += _ragged(file.name, lines)
        width = len(letters)
        padded = ((number, [*cells, *[""] * (width - len(cells))]) for number, cells in lines)
        sheet, wrong = sheet_of(file.name, padded, letters)
        findings += wrong
        sheets += [sheet] if sheet is not None else []
    lines_of = _read(folder / "case_lines.csv", CaseLine, "case", findings)
    cases = _owners(folder / "cases.csv", GoalCase, lines_of, findings)
    core_lines = _read(folder / "core_sets.csv", CoreLine, "code", findings)
    core_sets = _owners(folder / "core_sets.csv", CoreSet, core_lines, findings)
    values = _values(folder / "reference_values.csv", findings)
    return _reading(sheets, findings, Material((), tuple(cases), tuple(core_sets), tuple(values)))


def _text(file: Path) -> str:
    data = file.read_bytes()
    if len(data) > MOST_TEXT_BYTES:
        raise TableRefused("T-TOO_LARGE", file=file.name, limit=f"{MOST_TEXT_BYTES >> 20} MB")
    return decoded(data, file.name)


def _numbered(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for cells in reader:
            if cells:
                yield reader.line_num, cells
    except csv.Error:
        raise TableRefused("T-DAMAGED", file=name) from None


def _ragged(name: str, lines: Sequence[tuple[int, Sequence[str]]]) -> list[Finding]:
    """Find rows that are cut off or have more cells than the head."""
    width = len(lines[0][1]) if lines else 0
    return [
        Finding("L-21", Place(name, number), {"case": "width", "have": str(len(cells)), "want": str(width)})
        for number, cells in lines[1:]
        if len(cells) != width
    ]


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def _dicts(file: Path, findings: list[Finding]) -> Iterator[tuple[int, dict[str, str]]]:
    if not file.is_file():
        return
    lines = list(_numbered(_text(file), file.name))
    findings += _ragged(file.name, lines)
    for number, cells in lines[1:]:
        if len(cells) == len(lines[0][1]):
            yield number, dict(zip(lines[0][1], cells, strict=True))


def _read(file: Path, line_class: type, by: str, findings: list[Finding]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for number, row in _dicts(file, []):
        record = _checked(line_class, row, (), file.name, number, findings)
        if record is not None:
            found.setdefault(row[by], []).append(record)
    return found


def _owners(
    file: Path, owner_class: type, lines: Mapping[str, list[Record]], findings: list[Finding]
) -> Iterable[Placed]:
    seen: dict[str, int] = {}
    in_one_sheet = owner_class is CoreSet
    for number, row in _dicts(file, findings):
        code = row.get("code", "")
        if code in seen:
            if not in_one_sheet:
                facts = {"case": "twice", "value": code, "file": file.name, "row": str(seen[code])}
                findings.append(Finding("L-01", Place(file.name, number, "code"), facts, subject=code))
            continue
        seen[code] = number
        record = _checked(owner_class, row, ("lines",), file.name, number, findings)
        if record is not None:
            whole: Any = msgspec.convert({**record, "lines": lines.get(code, [])}, owner_class)
            yield Placed(whole, file.name, number, dict.fromkeys(row, ""))


def _values(file: Path, findings: list[Finding]) -> Iterator[Placed[tuple[str, ReferenceValue]]]:
    for number, row in _dicts(file, findings):
        record = _checked(ReferenceValue, row, (), file.name, number, findings)
        if record is not None:
            value = msgspec.convert(record, ReferenceValue)
            yield Placed((row["indicator"], value), file.name, number, dict.fromkeys(row, ""))


def _checked(
    record_class: type, row: Mapping[str, str], left_out: Sequence[str], file: str, number: int, findings: list[Finding]
) -> Record | None:
    try:
        record = record_of(record_class, row, left_out)
        lines: Record = {"lines": []} if "lines" in left_out else {}
        msgspec.convert({**record, **lines}, record_class)
    except (KeyError, ValueError) as reason:
        field = str(reason).partition("`$.")[2].strip("`") or str(reason).strip("'")
        findings.append(Finding("L-21", Place(file, number, field), {"case": "record", "title": field[:40]}))
        return None
    return record
