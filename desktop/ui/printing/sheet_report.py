"""Anything that has a grid, on paper: the columns and rows that are shown, in their order, and the total."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.printed.marks import Measure, Page, PageSetup
from desktop.domain.printed.table import TableColumn, TableContent, TableRow, table_pages
from desktop.texts import tr
from desktop.ui.grid.columns import ColumnSpec, Rich, SheetSource, show
from desktop.ui.grid.sheet import Sheet
from desktop.ui.kit.pills import PILLS
from desktop.ui.printing.report import A4, Report, ready

_MM = 0.238  # millimetres on paper at 9 points for a logical pixel on the screen at 10
_LYING_FROM = 250  # millimetres of columns from which the paper lies


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a table on paper.

    Attributes:
        facts: Under the title: year, 单位：元.
        arrived: False prints 草稿 across it.
    """

    facts: Sequence[str] = ()
    notes: Sequence[str] = ()
    signatures: Sequence[str] = ()
    arrived: bool = True


def sheet_report(sheet: Sheet, title: str, *, key: str = "table", around: Around = Around()) -> Report:
    """Return the table in front as a report.

    Args:
        sheet: Its values are read when the pages are laid, in a worker: the preview is modal, nobody types meanwhile.
        key: Kind of report, for remembered settings.
    """
    model, view = sheet.model, sheet.view
    places = view.columns()
    columns = [model.columns[at] for at in places]
    widths = [view.columnWidth(at) for at in places]
    hidden = {model.source_row(at) for at in range(model.rowCount()) if view.isRowHidden(at)}
    count = model.source.row_count()
    rows = [row for row in map(model.source_row, range(model.rowCount())) if 0 <= row < count and row not in hidden]
    frozen = view.frozen.count if view.frozen is not None else 0
    return source_report(columns, model.source, title, key=key, around=around, rows=rows, widths=widths,
                         frozen=sum(at < frozen for at in places), total=sheet.total_row is not None)


def source_report(columns: Sequence[ColumnSpec], source: SheetSource, title: str, *, key: str = "table",
                  around: Around = Around(), rows: Sequence[int] | None = None, widths: Sequence[int] = (),
                  frozen: int = 0, total: bool = True) -> Report:
    """Return a table that need not be on the screen.

    Args:
        rows: Rows of the source in the order of the paper; all of them when None.
        widths: Logical pixels of the columns as they are shown; their own when empty.
        frozen: How many columns are repeated when a wide table is split.
    """
    wide = widths or [spec.width for spec in columns]
    printed = [(spec, pixels, at < frozen) for at, (spec, pixels) in enumerate(zip(columns, wide, strict=True))
               if spec.kind != "check"]
    specs = [spec for spec, _, _ in printed]
    heads = tuple(_column(spec, pixels, frozen=kept) for spec, pixels, kept in printed)

    def lay(setup: PageSetup, measure: Measure) -> Sequence[Page]:
        chosen = range(source.row_count()) if rows is None else rows
        content = TableContent(
            title, heads, tuple(_row(source, row, at, specs) for at, row in enumerate(chosen, start=1)),
            (_total(source, specs),) if total else (), tuple(around.facts), tuple(around.notes),
            tuple(around.signatures), tr("没有内容。"),
        )
        return table_pages(content, setup, measure)

    lying = sum(column.width for column in heads) > _LYING_FROM
    return Report(key, title, ready(lay), PageSetup("A4", landscape=True) if lying else A4, around.arrived)


def _column(spec: ColumnSpec, pixels: int, *, frozen: bool) -> TableColumn:
    align = spec.align or ("right" if spec.numeric else "center" if spec.kind == "index" else "left")
    return TableColumn(spec.title, max(spec.width, min(pixels, 2 * spec.width)) * _MM, align, frozen)


def _row(source: SheetSource, row: int, number: int, specs: Sequence[ColumnSpec]) -> TableRow:
    cells = tuple(str(number) if spec.kind == "index" else cell_text(spec, source.value(row, spec.key))
                  for spec in specs)
    return TableRow(cells, "group" if source.row_kind(row) == "group" else "data")


def _total(source: SheetSource, specs: Sequence[ColumnSpec]) -> TableRow:
    values = [source.total(spec.key) for spec in specs]
    return TableRow(tuple(value if isinstance(value, str) else cell_text(spec, value)
                          for spec, value in zip(specs, values, strict=True)), "total")


def cell_text(spec: ColumnSpec, value: object) -> str:
    """Return what paper shows of a value: as the screen, a state by its word, a tag before its name."""
    if spec.kind == "pill":
        key, _, word = str(value or "").rpartition("|")
        return word if key else PILLS[word].word if word in PILLS else word
    if isinstance(value, Rich) and value.tag:
        return f"{value.tag} {value.text}"
    return show(spec, value)
