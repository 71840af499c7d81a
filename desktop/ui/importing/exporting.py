"""Ctrl+E: what a table shows, as an Excel file."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from PySide6.QtWidgets import QFileDialog

from desktop.domain.fault import Fault
from desktop.domain.importing.outgoing import OutColumn, OutTable
from desktop.domain.importing.table import Cell, Row
from desktop.texts import faults, tr
from desktop.ui.context import Context
from desktop.ui.grid.columns import ColumnSpec, Rich, show
from desktop.ui.grid.sheet import Sheet
from desktop.ui.importing.saving import save_path, show_folder
from desktop.ui.kit.choices import Choice
from desktop.ui.kit.file_names import file_name
from desktop.ui.shell.main_window import MainWindow
from desktop.ui.tasks import Job
from desktop.usecases.ports import AtBooks

_LEFT_OUT = ("check", "index")
_PIXELS = 8  # of a character, to turn a column's width into Excel's


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over an exported table: title, unit, who exports, when, unit of money."""

    title: str
    unit: str
    who: str
    when: datetime
    money: str = ""


def export_sheet(window: MainWindow, context: Context, sheet: Sheet, title: str) -> None:
    """Ask where, and write what the table shows: its columns in their order, its rows, its totals.

    Args:
        window: Owns the dialog, and names the unit.
        context: The workspace; the file is written in a worker.
        sheet: The table.
        title: What it is: 支付申请 2026 年.
    """
    files = context.services.tables
    if files is None:
        raise LookupError("the window was built without a way to files")
    seat = context.seat()
    heading = Heading(title, window.state().unit_name, seat.name, seat.clock.now())
    table = table_of(sheet, heading)
    name = f"{file_name(title)}_{heading.when:%Y%m%d}.xlsx"
    chosen, _ = QFileDialog.getSaveFileName(window, tr("导出到哪里"), name, tr("Excel 表格 (*.xlsx)"))
    path = save_path(chosen)
    if path is None:
        return

    def work(at: AtBooks, job: Job) -> None:
        files.write(path, table, job.tick)

    def said(nothing: None) -> None:
        context.say(
            tr("已导出 {count} 行到 {name}。", count=f"{len(table.rows):,}", name=path.name),
            action=tr("打开文件夹"),
            call=lambda: show_folder(path),
        )

    def failed(error: Exception) -> None:
        if isinstance(error, Fault):
            context.say(faults.sentence(error.code, error.facts), "error")
        else:
            context.failed.emit(error)

    context.run_in_net(sheet, work, said, failed)


def table_of(sheet: Sheet, heading: Heading) -> OutTable:
    """Return what a table shows, as values: amounts as numbers, everything else as its text.

    Args:
        sheet: The table; hidden columns and rows that a filter hides stay away.
        heading: What stands over it.
    """
    model, view = sheet.model, sheet.view
    head = view.horizontalHeader()
    places = sorted(view.columns(), key=head.visualIndex)
    places = [at for at in places if model.columns[at].kind not in _LEFT_OUT]
    specs = [model.columns[at] for at in places]
    rows: list[Row] = []
    for row in range(model.rowCount()):
        if not view.isRowHidden(row) and not model.is_add_row(row):
            rows.append(tuple(cell(spec, _value(sheet, row, spec)) for spec in specs))
    totals: Row | None = None
    if sheet.total_row is not None:
        found = [cell(spec, model.source.total(spec.key)) for spec in specs]
        if specs and found[0] is None:
            found[0] = tr("合计")
        totals = tuple(found)
    notes = tuple(
        part
        for part in (
            tr("单位：{name}", name=heading.unit),
            heading.money or (tr("金额单位：元") if any(spec.kind == "amount" for spec in specs) else ""),
            tr("导出：{who} {when:%Y-%m-%d %H:%M}", who=heading.who, when=heading.when),
        )
        if part
    )
    columns = tuple(_column(spec, view.columnWidth(at)) for spec, at in zip(specs, places, strict=True))
    return OutTable(heading.title, notes, columns, rows, totals)


def _value(sheet: Sheet, row: int, spec: ColumnSpec) -> object:
    source_row = getattr(sheet.model, "source_row", None)
    return sheet.model.source.value(source_row(row) if callable(source_row) else row, spec.key)


def _column(spec: ColumnSpec, width: int) -> OutColumn:
    kinds = {"amount": "amount", "number": "number", "percent": "percent", "date": "date"}
    return OutColumn(spec.title, kinds.get(spec.kind, "text"), min(max(width // _PIXELS, 6), 60))


def cell(spec: ColumnSpec, value: object) -> Cell:
    """Return a shown value for a file: numbers and dates as such, a state by its word, codes with their names."""
    if value is None or value == "":
        return None
    if spec.numeric and isinstance(value, (Decimal, int)) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, Choice):
        return f"{value.code} {value.name}".strip() if value.code.isdigit() and spec.kind == "code" else value.name
    if isinstance(value, Rich):
        return value.text or None
    if spec.kind == "pill":
        return _pill_word(str(value))
    if spec.kind == "digits":
        return str(value)
    return show(spec, value) or None


def _pill_word(value: str) -> str:
    key, _, word = value.partition("|")
    return word or key
