"""Step 3: all bad rows at once, edited in place; what Excel spoiled, what may be in 万元, parts of a fen."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.importing.precheck import Checked, bad, damaged, flaws_of
from desktop.domain.importing.table import text_of
from desktop.domain.importing.target import ImportTarget, Kind, Lists, TargetColumn
from desktop.domain.importing.values import Flaw, Value
from desktop.domain.money import format_yuan
from desktop.texts import importing, tr
from desktop.texts.messages import message
from desktop.ui.grid.columns import NO_MARK, TAKEN, ColumnSpec, Mark, Outcome, Rich, SheetSource
from desktop.ui.grid.model import SheetModel
from desktop.ui.grid.sheet import Sheet
from desktop.ui.importing.session import ImportSession
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.panels import Band
from desktop.ui.kit.tabs import StateTab, StateTabs

BAD, ALL = "BAD", "ALL"
_NUMBERS_SHOWN = 3


class CheckPane(QWidget):
    """The third step.

    Signals:
        export_wanted(object): Rows to be written as a file of their own.
    """

    export_wanted = Signal(object)

    def __init__(self, session: ImportSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.tabs = StateTabs([StateTab(BAD, tr("有问题")), StateTab(ALL, tr("全部"))])
        self.export = Button(tr("导出错误行"), "flat", "export")
        self.source = CheckSource(session)
        self.sheet = Sheet(SheetModel(check_columns(session.target), self.source), frozen=2)
        self.sheet.model.setParent(self.sheet)
        self.sheet.view.setAccessibleName(tr("预检结果"))
        self.export_damaged = Button(tr("导出这些行"), "link")
        self.damage = Band("error", "", self.export_damaged)
        self.convert, self.keep = Button(tr("换算成元"), "tonal"), Button(tr("按原数导入"), "link")
        self.unit = Band("warning", "", self.convert, self.keep)
        self.round = Button(tr("都四舍五入到分"), "tonal")
        self.fen = Band("warning", "", self.round)
        self._lay_out()
        self.tabs.chosen.connect(self._choose)
        self.export.clicked.connect(lambda: self.export_wanted.emit(bad(session.found.rows)))
        self.export_damaged.clicked.connect(lambda: self.export_wanted.emit(damaged(session.found.rows)))
        self.convert.clicked.connect(lambda: session.decide_unit(convert_it=True))
        self.keep.clicked.connect(lambda: session.decide_unit(convert_it=False))
        self.round.clicked.connect(session.round_amounts)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 12, 0)
        line.addWidget(self.tabs, 1)
        line.addWidget(self.export)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for band in (self.damage, self.unit, self.fen):
            column.addWidget(band)
            band.hide()
        column.addLayout(line)
        column.addWidget(self.sheet, 1)

    def show_results(self, *, anew: bool = True) -> None:
        """Show what the check found.

        Args:
            anew: Which rows are shown may change; off while one of them is being typed into.
        """
        rows = self._session.found.rows
        wrong = len(bad(rows))
        self.tabs.set_tabs([StateTab(BAD, tr("有问题"), wrong, bool(wrong)), StateTab(ALL, tr("全部"), len(rows))])
        self.export.setVisible(bool(wrong))
        if anew:
            self._choose(BAD if wrong else ALL)
        else:
            self.sheet.model.refresh()
        self._show_bands(rows)

    def _choose(self, key: str) -> None:
        blocked = self.tabs.blockSignals(True)
        self.tabs.choose(key)
        self.tabs.blockSignals(blocked)
        self.source.show_rows(only_bad=key == BAD)
        self.sheet.model.undo_stack.clear()
        self.sheet.model.reload()

    def _show_bands(self, rows: Sequence[Checked]) -> None:
        spoiled = damaged(rows)
        self.damage.setVisible(bool(spoiled))
        if spoiled:
            told = message("M17", rows=row_numbers(spoiled), left=len(rows) - len(bad(rows)), count=len(spoiled))
            self.damage.set_content("error", told.body, told.title)
            self.export_damaged.setText(tr("导出这 {count} 行", count=len(spoiled)))
        doubt = self._session.found.doubt
        self.unit.setVisible(doubt is not None)
        if doubt is not None:
            self.unit.set_content("warning", importing.doubt(doubt.why, doubt.facts), tr("金额可能差了单位"))
        parts = sum(flaw.code == "I-03" for flaw in flaws_of(rows))
        self.fen.setVisible(bool(parts))
        if parts:
            words = tr("{count} 个金额有不到一分的零头，多半是公式算出来的。", count=parts)
            self.fen.set_content("warning", words, tr("有零头"))

    def panes(self) -> Sequence[QWidget]:
        """Return what F6 walks through."""
        return (self.sheet.view,)


def row_numbers(rows: Sequence[Checked]) -> str:
    """Return the numbers of rows for a sentence: 5、8、13 等 40."""
    numbers = "、".join(str(row.source.number) for row in rows[:_NUMBERS_SHOWN])
    return numbers if len(rows) <= _NUMBERS_SHOWN else tr("{numbers} 等 {count}", numbers=numbers, count=len(rows))


def check_columns(target: ImportTarget) -> tuple[ColumnSpec, ...]:
    """Return the columns: number of the row, what is wrong, then the target's own."""
    own = (
        ColumnSpec(
            column.key,
            column.title,
            "text",
            min(9 * column.width, 190),
            editable=True,
            align="right" if column.kind is Kind.AMOUNT else "",
            stretch=1 if column.kind is Kind.TEXT else 0,
        )
        for column in target.columns
    )
    return ColumnSpec("#", tr("行"), "text", 48, align="right"), ColumnSpec("why", tr("问题"), "rich", 250), *own


def shown_value(value: Value, column: TargetColumn, lists: Lists) -> str:
    """Return a value as the preview shows it: amounts with commas, codes with their names."""
    if value is None:
        return ""
    if column.kind is Kind.AMOUNT and not isinstance(value, (str, bool)) and not hasattr(value, "year"):
        return format_yuan(value)
    if column.kind is Kind.CODE:
        item = lists[column.list_name].get(str(value))
        if item is None:
            return str(value)
        return f"{item.code} {item.name}" if item.code.isdigit() else item.name
    return text_of(value)


class CheckSource(SheetSource):
    """The checked rows, all or only those with something wrong."""

    def __init__(self, session: ImportSession) -> None:
        self._session = session
        self._places: list[int] = []

    def show_rows(self, *, only_bad: bool) -> None:
        """Take the rows that are shown; they stay while they are typed into, also when they become right."""
        rows = self._session.found.rows
        self._places = [at for at, row in enumerate(rows) if row.flaws or not only_bad]

    def checked(self, row: int) -> Checked:
        """Return the row shown at a place."""
        return self._session.found.rows[self._places[row]]

    def row_count(self) -> int:
        return len(self._places)

    def value(self, row: int, key: str) -> object:
        checked = self.checked(row)
        if key == "#":
            return str(checked.source.number)
        if key == "why":
            return self._why(checked)
        column = self._session.target.column(key)
        if key in checked.values:
            return shown_value(checked.values[key], column, self._session.reading().lists)
        return text_of(checked.source.cells.get(key)).strip()

    def _why(self, checked: Checked) -> Rich:
        if not checked.flaws:
            return Rich(tr("没有问题"), "ok", "check")
        first = checked.flaws[0]
        title = self._session.target.column(first.key).title
        words = f"{title}：{importing.flaw(first.code, first.facts)}"
        more = len(checked.flaws) - 1
        return Rich(words + (tr("；另有 {count} 处", count=more) if more else ""), "err", "error")

    def set_value(self, row: int, key: str, value: object) -> Outcome:
        self._session.type_cell(self._places[row], key, str(value or "").strip())
        return TAKEN

    def mark(self, row: int, key: str) -> Mark:
        checked = self.checked(row)
        flaw: Flaw | None = next((one for one in checked.flaws if one.key == key), None)
        if flaw is not None:
            told = importing.flaw(flaw.code, flaw.facts)
            return Mark("error", tr("{what}。{remedy}。", what=told, remedy=importing.remedy(flaw.code, flaw.facts)))
        return Mark(changed=True) if key in checked.source.typed else NO_MARK
