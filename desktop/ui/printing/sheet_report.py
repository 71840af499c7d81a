"""Anything that has a grid, on paper: its columns and rows as they are shown, in their order, and the total."""

from collections.abc import Sequence

from desktop.domain.printed.marks import Measure, Page, PageSetup
from desktop.domain.printed.table import TableColumn, TableContent, TableRow, table_pages
from desktop.texts import tr
from desktop.ui.grid.columns import ColumnSpec, Rich, show
from desktop.ui.grid.sheet import Sheet
from desktop.ui.printing.report import A4, Report, ready

_MM = 0.238  # millimetres on paper at 9 points for a logical pixel on the screen at 10
_LYING_FROM = 250  # millimetres of columns from which the paper lies
_KIND_ROWS = {"group": "group"}


def sheet_report(sheet: Sheet, title: str, *, key: str = "table", facts: Sequence[str] = (), arrived: bool = True,
                 notes: Sequence[str] = (), signatures: Sequence[str] = ()) -> Report:
    """Return the table as a report.

    Args:
        sheet: Is read when the pages are laid, in a worker: nobody may type into it meanwhile (the preview is modal).
        key: Kind of report, for remembered settings.
        facts: Under the title: year, 单位：元.
        arrived: False prints 草稿 across it.
    """
    places = [at for at in sheet.view.columns() if sheet.model.columns[at].kind != "check"]
    frozen = sheet.view.frozen.count if sheet.view.frozen is not None else 0
    columns = tuple(_column(sheet.model.columns[at], sheet.view.columnWidth(at), frozen=at < frozen) for at in places)
    specs = [sheet.model.columns[at] for at in places]

    def lay(setup: PageSetup, measure: Measure) -> Sequence[Page]:
        rows = tuple(_rows(sheet, specs))
        totals = (_total(sheet, specs),) if sheet.total_row is not None else ()
        content = TableContent(title, columns, rows, totals, tuple(facts), tuple(notes), tuple(signatures),
                               tr("没有内容。"))
        return table_pages(content, setup, measure)

    lying = sum(column.width for column in columns) > _LYING_FROM
    setup = PageSetup("A4", landscape=True) if lying else A4
    return Report(key, title, ready(lay), setup, arrived)


def _column(spec: ColumnSpec, pixels: int, *, frozen: bool) -> TableColumn:
    align = spec.align or ("right" if spec.numeric else "center" if spec.kind == "index" else "left")
    return TableColumn(spec.title, max(spec.width, min(pixels, 2 * spec.width)) * _MM, align, frozen)


def _rows(sheet: Sheet, specs: Sequence[ColumnSpec]) -> Sequence[TableRow]:
    source, model, found = sheet.model.source, sheet.model, []
    for shown in range(model.rowCount()):
        row = model.source_row(shown)
        if 0 <= row < source.row_count():
            kind = _KIND_ROWS.get(source.row_kind(row), "data")
            cells = tuple(str(shown + 1) if spec.kind == "index" else cell_text(spec, source.value(row, spec.key))
                          for spec in specs)
            found.append(TableRow(cells, kind))
    return found


def _total(sheet: Sheet, specs: Sequence[ColumnSpec]) -> TableRow:
    values = [sheet.model.source.total(spec.key) for spec in specs]
    return TableRow(tuple(value if isinstance(value, str) else cell_text(spec, value)
                          for spec, value in zip(specs, values, strict=True)), "total")


def cell_text(spec: ColumnSpec, value: object) -> str:
    """Return what paper shows of a value: as the screen, a state by its word, a tag before its name."""
    if spec.kind == "pill":
        return str(value or "").rpartition("|")[2]
    if isinstance(value, Rich) and value.tag:
        return f"{value.tag} {value.text}"
    return show(spec, value)
