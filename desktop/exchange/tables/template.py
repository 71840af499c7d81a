"""Our own templates: an empty sheet that Excel cannot spoil and that comes back without mapping."""

from pathlib import Path

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from desktop.domain.importing.outgoing import SAMPLE_MARK, FormSheet
from desktop.exchange.tables.marker import MARKER_SHEET, marker_rows
from desktop.exchange.tables.sheet_file import FORMATS, HEAD_FILL, sheet_name
from desktop.exchange.tables.writing import write_whole

LIST_SHEET = "代码"
_ROWS = 5_000  # rows below the head in which lists and hints work


def write_template(path: Path, form: FormSheet) -> None:
    """Write the template: head, one sample row, account and code columns as text, lists of codes, a hidden mark.

    Raises:
        TableNotWritten: See the class.
    """
    write_whole(path, lambda half: _write(half, form))


def _write(path: Path, form: FormSheet) -> None:
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_numbers": False})
    sheet = book.add_worksheet(sheet_name(form.title))
    lists = book.add_worksheet(LIST_SHEET)
    marker = book.add_worksheet(MARKER_SHEET)
    look = {"bold": True, "bg_color": f"#{HEAD_FILL}", "border": 1, "border_color": "#DDE3EA", "valign": "vcenter"}
    needed, free = book.add_format({**look, "color": "#B42318"}), book.add_format(look)
    text, grey = book.add_format({"num_format": "@"}), book.add_format({"num_format": "@", "color": "#5F6B7E"})
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 22)
    used = 0
    for at, column in enumerate(form.columns):
        kept_as = text if column.kind in ("text", "date") else book.add_format({"num_format": FORMATS["amount"]})
        sheet.set_column(at, at, column.width, kept_as)
        sheet.write_string(0, at, column.title + ("*" if column.required else ""), needed if column.required else free)
        sheet.write_string(1, at, (SAMPLE_MARK if not at else "") + column.sample, grey)
        rule: dict[str, object] = {
            "validate": "any",
            "input_title": column.title[:32],
            "input_message": column.help[:255],
        }
        if column.choices:
            lists.write_column(0, used, column.choices)
            letter = xl_col_to_name(used, col_abs=True)
            rule |= {
                "validate": "list",
                "source": f"='{LIST_SHEET}'!{letter}$1:{letter}${len(column.choices)}",
                "error_type": "warning",
                "error_title": "不在列表里",
                "error_message": "请从列表里选，或核对编码和名称。",
            }
            used += 1
        sheet.data_validation(1, at, _ROWS, at, rule)
    for at, row in enumerate(marker_rows(form.target)):
        marker.write_row(at, 0, row)
    lists.hide()
    marker.very_hidden()
    book.close()
