"""The goal form as an Excel sheet: the official columns, merged where the printed form is, ready to be filled in."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from desktop.domain.goal_form.layout import (
    COLUMNS,
    DIRECTION_WORDS,
    EXPLAINED,
    EXPLAINED_TITLE,
    OPERATOR_SIGNS,
    TITLE,
    TOTAL,
    GoalForm,
)
from desktop.domain.goal_targets import target_number
from desktop.exchange.tables.sheet_file import HEAD_FILL, set_text
from desktop.exchange.tables.writing import write_whole

_LINE = Side(style="thin", color="8A94A6")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD = PatternFill("solid", fgColor=HEAD_FILL)
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
_WIDTHS = (13, 18, 34, 10, 14, 11, 9, 12)
_EXPLAINED_WIDTHS = (30, 40, 34, 26, 30, 13, 15, 24)
_LAST = len(COLUMNS)
_OPERATOR, _WEIGHT, _DIRECTION = 4, 7, 8
_TYPEABLE = 60  # rows under the head in which the lists work


def write_goal_form(path: Path, form: GoalForm) -> None:
    """Write the form and a second sheet that says what each indicator means.

    Raises:
        TableNotWritten: See the class.
    """
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet), "a new workbook has a sheet"
    _Form(sheet, form).write()
    _write_explained(book.create_sheet(EXPLAINED_TITLE), form)
    whole = BytesIO()  # a disk that fails half-way would leave openpyxl in the middle of its own work
    book.save(whole)
    write_whole(path, lambda half: _save(half, whole.getvalue()))


def _save(path: Path, data: bytes) -> None:
    path.write_bytes(data)


class _Form:
    """Writes the first sheet from the top."""

    def __init__(self, sheet: Worksheet, form: GoalForm) -> None:
        self._sheet, self._form, self._row = sheet, form, 1

    def write(self) -> None:
        sheet, form = self._sheet, self._form
        sheet.title = TITLE
        for at, width in enumerate(_WIDTHS, 1):
            sheet.column_dimensions[get_column_letter(at)].width = width
        self._title(TITLE, Font(bold=True, size=16))
        self._title(f"（{form.year} 年度）　　金额单位：元", Font(size=10))
        for pairs in form.facts:
            self._pairs(pairs)
        for at in range(0, len(form.funds), 2):
            self._pairs(form.funds[at:at + 2], amounts=True)
        for label, text in form.texts:
            self._text(label, text)
        self._lines()
        for words in form.foot:
            self._put(1, words, _LEFT, span=_LAST, boxed=False)
            self._row += 1
        sheet.print_title_rows = "1:2"
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True

    def _title(self, words: str, face: Font) -> None:
        self._put(1, words, _MIDDLE, span=_LAST, boxed=False).font = face
        self._row += 1

    def _pairs(self, pairs: Sequence[tuple[str, str]], *, amounts: bool = False) -> None:
        """Write one or two labels with their values: a label takes a column, the second begins in the middle."""
        last = _LAST if len(pairs) == 1 else 3
        for (label, value), (start, end) in zip(pairs, ((1, last), (4, _LAST)), strict=False):
            self._put(start, label, _MIDDLE, span=1 if start == 1 else 2).fill = _HEAD
            first = start + (1 if start == 1 else 2)
            cell = self._put(first, value, _LEFT, span=end - first + 1)
            if amounts:
                cell.value, cell.data_type = float(value.replace(",", "")), "n"
                cell.number_format = "#,##0.00"
                cell.alignment = Alignment(horizontal="right", vertical="center")
        self._sheet.row_dimensions[self._row].height = 21
        self._row += 1

    def _text(self, label: str, text: str) -> None:
        self._put(1, label, _MIDDLE).fill = _HEAD
        self._put(2, text, _LEFT, span=_LAST - 1)
        self._sheet.row_dimensions[self._row].height = max(36, 16 * (1 + len(text) // 52))
        self._row += 1

    def _lines(self) -> None:
        for at, title in enumerate(COLUMNS, 1):
            cell = self._put(at, title, _MIDDLE)
            cell.fill, cell.font = _HEAD, Font(bold=True)
        self._sheet.freeze_panes = f"A{self._row + 1}"
        self._row += 1
        first = self._row
        for line in self._form.lines:
            for at, text in enumerate(line, 1):
                cell = self._put(at, text, _LEFT if at == 3 else _MIDDLE)
                number = target_number(text) if at in (5, _WEIGHT) else None
                if number is not None:
                    cell.value, cell.data_type = number, "n"
            self._sheet.row_dimensions[self._row].height = 20
            self._row += 1
        self._merge_levels(first)
        self._offer(first)
        for at, text in ((1, TOTAL), (_WEIGHT, self._form.total)):
            cell = self._put(at, text, _MIDDLE, span=_WEIGHT - 1 if at == 1 else 1)
            cell.font = Font(bold=True)
        self._put(_DIRECTION, "", _MIDDLE)
        self._row += 1

    def _merge_levels(self, first: int) -> None:
        """Join equal cells of the two upper levels, as on the printed form."""
        for column in (1, 2):
            start = 0
            keys = [line[:column] for line in self._form.lines]
            for at in range(1, len(keys) + 1):
                if at == len(keys) or keys[at] != keys[start]:
                    if at - start > 1:
                        self._sheet.merge_cells(
                            start_row=first + start, end_row=first + at - 1, start_column=column, end_column=column
                        )
                    start = at

    def _offer(self, first: int) -> None:
        """Offer the closed lists of signs and directions."""
        for column, words in ((_OPERATOR, OPERATOR_SIGNS.values()), (_DIRECTION, DIRECTION_WORDS.values())):
            rule = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True)
            rule.errorStyle = "warning"
            rule.add(f"{get_column_letter(column)}{first}:{get_column_letter(column)}{first + _TYPEABLE}")
            self._sheet.add_data_validation(rule)

    def _put(self, column: int, text: str, place: Alignment, *, span: int = 1, boxed: bool = True) -> Cell:
        if span > 1:
            self._sheet.merge_cells(
                start_row=self._row, end_row=self._row, start_column=column, end_column=column + span - 1
            )
        for at in range(column, column + span):
            if boxed:
                self._sheet.cell(self._row, at).border = _BOX
        cell = self._sheet.cell(self._row, column)
        assert isinstance(cell, Cell), "the upper left of a merged area is a plain cell"
        set_text(cell, text)
        cell.alignment = place
        return cell


def _write_explained(sheet: Worksheet, form: GoalForm) -> None:
    for at, (title, width) in enumerate(zip(EXPLAINED, _EXPLAINED_WIDTHS, strict=True), 1):
        cell = sheet.cell(1, at, title)
        cell.fill, cell.font, cell.alignment, cell.border = _HEAD, Font(bold=True), _MIDDLE, _BOX
        sheet.column_dimensions[get_column_letter(at)].width = width
    for row, texts in enumerate(form.explained, 2):
        for at, text in enumerate(texts, 1):
            cell = sheet.cell(row, at)
            assert isinstance(cell, Cell), "nothing is merged here"
            set_text(cell, text)
            cell.alignment, cell.border = _LEFT, _BOX
    sheet.freeze_panes = "B2"
