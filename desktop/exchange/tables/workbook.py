"""Workbooks of Excel and WPS (xlsx, xlsm, xls) and of LibreOffice (ods), read by python-calamine.

It computes no formula, follows no link and runs no macro: a cell is the value that was last saved in it.
"""

from collections.abc import Callable
from dataclasses import replace

import python_calamine

from desktop.domain.importing.table import Row, Table
from desktop.exchange.tables.cells import cells, trimmed
from desktop.exchange.tables.faults import TableRefused
from desktop.exchange.tables.limits import MOST_SHEETS
from desktop.exchange.tables.marker import MARKER_SHEET, target_of

_STEP = 2_000
MOST_MERGED = 5_000  # only those of the head are of use


def read_workbook(path: str, name: str, tick: Callable[[], None]) -> list[Table]:
    """Return the sheets that hold something, in the order of the workbook.

    Args:
        path: Of a file that was looked over already.
        name: As faults show it.
        tick: Called every 2,000 rows; may raise to stop.

    Raises:
        TableRefused: T-PASSWORD, T-DAMAGED, T-EMPTY, T-TOO_MANY, T-BOMB.
    """
    try:
        with python_calamine.CalamineWorkbook.from_path(path) as workbook:
            kinds = python_calamine.SheetTypeEnum
            sheets = [one for one in workbook.sheets_metadata if one.typ == kinds.WorkSheet][:MOST_SHEETS]
            tables, marker = [], ""
            for one in sheets:
                sheet = workbook.get_sheet_by_name(one.name)
                if one.name == MARKER_SHEET:
                    marker = target_of(sheet.to_python(nrows=4))
                    continue
                hidden = one.visible != python_calamine.SheetVisibleEnum.Visible
                table = _table(sheet, name, hidden=hidden, tick=tick)
                if table is not None:
                    tables.append(table)
    except python_calamine.PasswordError:
        raise TableRefused("T-PASSWORD", file=name) from None
    except (python_calamine.CalamineError, OSError, ValueError, OverflowError):
        raise TableRefused("T-DAMAGED", file=name) from None
    except BaseException as reason:
        if type(reason).__name__ != "PanicException":  # how the reader's own language says that a file broke it
            raise
        raise TableRefused("T-DAMAGED", file=name) from None
    if not tables:
        raise TableRefused("T-EMPTY", file=name)
    if marker:
        tables[0] = replace(tables[0], marker=marker)
    return tables


def _table(
    sheet: python_calamine.CalamineSheet, file: str, *, hidden: bool, tick: Callable[[], None]
) -> Table | None:
    if sheet.start is None:
        return None
    left = sheet.start[1]
    rows: list[Row] = []
    for values in sheet.iter_rows():  # rows from the top of the sheet, columns from the first that is used
        rows.append(cells(values))
        if not len(rows) % _STEP:
            tick()
    kept, top, cut = trimmed(rows, file, sheet.name)
    if not kept:
        return None
    areas = sheet.merged_cell_ranges or []
    merged = tuple(
        (first - top, one - left - cut, last - top, other - left - cut)
        for (first, one), (last, other) in areas[:MOST_MERGED]
        if first >= top and one >= left + cut
    )
    return Table(sheet.name, kept, top + 1, left + cut + 1, hidden, merged=merged)
