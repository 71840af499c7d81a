"""A shown table as an xlsx file: amounts are numbers, codes and accounts are text, nothing is a formula."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import xlsxwriter
from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from desktop.domain.importing.outgoing import OutColumn, OutTable
from desktop.domain.importing.table import Cell
from desktop.exchange.tables.faults import TableNotWritten
from desktop.exchange.tables.limits import MOST_ROWS
from desktop.exchange.tables.writing import FORMULA_SIGNS, write_whole

SMALL = 5_000  # rows from which the streaming writer is the faster one
FORMATS = {"amount": "#,##0.00;[Red]-#,##0.00", "number": "#,##0.00", "percent": '0.00"%"', "date": "yyyy-mm-dd"}
HEAD_FILL, LINE = "E9EDF3", "DDE3EA"
_STEP = 500
_FORBIDDEN = str.maketrans("[]:*?/\\", "（）：＊？／＼")


def write_sheet(path: Path, table: OutTable, tick: Callable[[int, int], None] = lambda done, total: None) -> None:
    """Write the table as one sheet with title, notes, a frozen head and the totals.

    A text that begins with ``= + - @`` is a text cell that Excel keeps as text even when it is edited (its own
    apostrophe, so the text itself stays as it is).

    Args:
        path: The file; an older one is replaced once the new one is whole.
        table: What to write.
        tick: Called with rows written and rows in all; may raise to stop, and nothing is left behind then.

    Raises:
        TableNotWritten: See the class.
    """
    if len(table.rows) > MOST_ROWS:
        raise TableNotWritten("X-TOO_MANY", file=path.name, rows=f"{len(table.rows):,}", limit=f"{MOST_ROWS:,}")
    large = len(table.rows) > SMALL
    write_whole(path, lambda half: (_write_large if large else _write_small)(half, table, tick))


def sheet_name(title: str) -> str:
    """Return a name that Excel takes for a sheet: 31 characters, none of ``[]:*?/\\``."""
    return title.translate(_FORBIDDEN).strip("'")[:31] or "表"


def _value(cell: Cell) -> str | float | int | date | None:
    """Excel keeps numbers as floats whatever one writes: an amount of 15 digits comes back as it went."""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    return float(cell) if isinstance(cell, Decimal) else cell


# -- small: openpyxl


@dataclass(frozen=True, slots=True)
class _Styles:
    title: Font
    bold: Font
    note: Font
    fill: PatternFill
    line: Border


def _write_small(path: Path, table: OutTable, tick: Callable[[int, int], None]) -> None:
    tick(0, len(table.rows))  # before anything is begun: some seconds at most follow
    side = Side(style="thin", color=LINE)
    styles = _Styles(
        Font(bold=True, size=14),
        Font(bold=True),
        Font(size=9, color="4A5768"),
        PatternFill("solid", start_color=HEAD_FILL),
        Border(bottom=side, right=side),
    )
    book = Workbook(write_only=True)
    sheet = book.create_sheet(sheet_name(table.title))
    sheet.freeze_panes = "A4"
    for at, column in enumerate(table.columns, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = column.width
    last = get_column_letter(max(1, len(table.columns)))
    sheet.auto_filter.ref = f"A3:{last}{3 + len(table.rows)}"
    sheet.append([_styled(sheet, table.title, styles.title)])
    sheet.append([_styled(sheet, "　　".join(table.notes), styles.note)])
    head = [_styled(sheet, column.title, styles.bold) for column in table.columns]
    for cell in head:
        cell.fill, cell.border = styles.fill, styles.line
        cell.alignment = Alignment(vertical="center", wrap_text=True)
    sheet.append(head)
    for row in table.rows:
        sheet.append([_small(sheet, column, cell) for column, cell in zip(table.columns, row, strict=True)])
    if table.totals is not None:
        total = [_small(sheet, column, cell) for column, cell in zip(table.columns, table.totals, strict=True)]
        for one in total:
            one.font, one.fill = styles.bold, styles.fill
        sheet.append(total)
    whole = BytesIO()  # a disk that fails half-way would leave openpyxl in the middle of its own work
    book.save(whole)
    path.write_bytes(whole.getvalue())


def _styled(sheet: WriteOnlyWorksheet, text: str, font: Font) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet)
    set_text(cell, text)
    cell.font = font
    return cell


def _small(sheet: WriteOnlyWorksheet, column: OutColumn, value: Cell) -> WriteOnlyCell:
    plain, cell = _value(value), WriteOnlyCell(sheet)
    if isinstance(plain, str):
        set_text(cell, plain)
        cell.number_format = "@" if column.kind == "text" else "General"
    else:
        cell.value = plain
        if column.kind in FORMATS and plain is not None:
            cell.number_format = FORMATS[column.kind]
    return cell


def set_text(cell: "SheetCell | WriteOnlyCell", text: str) -> None:
    """Put a text into a cell that no program takes for a formula, without control signs, which no sheet can hold."""
    text = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.value = text
    cell.data_type = "s"  # openpyxl makes a formula of what begins with an equals sign
    if text.startswith(FORMULA_SIGNS):
        cell.quotePrefix = True


# -- large: XlsxWriter, row by row onto the disk


def _write_large(path: Path, table: OutTable, tick: Callable[[int, int], None]) -> None:
    options = {"constant_memory": True, "tmpdir": str(path.parent), "strings_to_formulas": False}
    book = xlsxwriter.Workbook(str(path), options)
    try:
        _fill(book, table, tick)
    finally:
        book.close()  # also after a stop: it takes its temporary files away


def _fill(book: xlsxwriter.Workbook, table: OutTable, tick: Callable[[int, int], None]) -> None:
    line = {"bottom": 1, "right": 1, "bottom_color": f"#{LINE}", "right_color": f"#{LINE}"}
    title, note = book.add_format({"bold": True, "size": 14}), book.add_format({"size": 9, "color": "#4A5768"})
    head = book.add_format({"bold": True, "bg_color": f"#{HEAD_FILL}", "text_wrap": True, "valign": "vcenter", **line})
    kinds = [FORMATS.get(column.kind, "@") for column in table.columns]
    formats = [book.add_format({"num_format": kind}) for kind in kinds]
    bold = [book.add_format({"num_format": kind, "bold": True, "bg_color": f"#{HEAD_FILL}"}) for kind in kinds]
    quoted = book.add_format({"num_format": "@", "quote_prefix": True})
    sheet = book.add_worksheet(sheet_name(table.title))
    for at, column in enumerate(table.columns):
        sheet.set_column(at, at, column.width)
    sheet.freeze_panes(3, 0)
    sheet.autofilter(2, 0, 2 + len(table.rows), max(0, len(table.columns) - 1))
    sheet.write_string(0, 0, table.title, title)
    sheet.write_string(1, 0, "　　".join(table.notes), note)
    for at, column in enumerate(table.columns):
        sheet.write_string(2, at, column.title, head)
    for done, row in enumerate(table.rows):
        if not done % _STEP:
            tick(done, len(table.rows))
        _write_row(sheet, done + 3, row, formats, quoted)
    if table.totals is not None:
        _write_row(sheet, len(table.rows) + 3, table.totals, bold, quoted)


def _write_row(
    sheet: xlsxwriter.worksheet.Worksheet,
    at: int,
    row: tuple[Cell, ...],
    formats: list[xlsxwriter.format.Format],
    quoted: xlsxwriter.format.Format,
) -> None:
    for column, cell in enumerate(row):
        if type(cell) is str:
            sheet.write_string(at, column, cell, quoted if cell.startswith(FORMULA_SIGNS) else formats[column])
        elif type(cell) is Decimal:
            sheet.write_number(at, column, float(cell), formats[column])
        elif isinstance(cell, bool):
            sheet.write_string(at, column, "是" if cell else "否", formats[column])
        elif isinstance(cell, date):
            sheet.write_datetime(at, column, cell, formats[column])
