"""基础资料: tables at the left, their rows at the right, what a row is in the inspector; nothing is written here."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.texts import tr
from desktop.ui.basics.details import sections_of
from desktop.ui.basics.shelves import COLUMNS, Line, Shelf, shelves_of
from desktop.ui.basics.side import Side
from desktop.ui.basics.states import States
from desktop.ui.basics.table import LineTable
from desktop.ui.basics.tools import Tools
from desktop.ui.context import Context
from desktop.ui.grid.sheet import Sheet
from desktop.ui.kit.inspector import Inspector, InspectorPlace
from desktop.ui.kit.labels import Label
from desktop.ui.kit.typography import px
from desktop.ui.printing.report import Report
from desktop.ui.printing.sheet_report import Around, sheet_report
from desktop.ui.shell.main_window import MainWindow
from desktop.ui.shell.state import Segment
from desktop.ui.tasks import Job
from desktop.usecases.basics import Basics, read_basics
from desktop.usecases.ports import Books

PAUSE_MS, WIDE_FROM = 120, 1000


class BasicsPage(QWidget):
    """The page ``basics``.

    Signals:
        status_changed(): `status` has other words.
    """

    status_changed = Signal()

    def __init__(self, context: Context, window: MainWindow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._window = context, window
        self._basics: Basics | None = None
        self._shelves: list[Shelf] = []
        self._key, self._wanted, self._asked = "", "", 0
        self._year = self._base_year = context.year
        self._job: Job | None = None
        self._fresh = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self.side, self.tools = Side(), Tools()
        self.note = Label("", "caption", "text2", wrap=True)
        self.tables = {kind: LineTable(kind, columns, context.notes) for kind, columns in COLUMNS.items()}
        self.rows = QStackedWidget()
        self.states = States(self.rows)
        self.inspector = Inspector(tr("说明"))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        for table in self.tables.values():
            self.rows.addWidget(table)
        self.note.setContentsMargins(16, 6, 16, 6)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.tools)
        middle.addWidget(self.note)
        middle.addWidget(self.states, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side)
        row.addLayout(middle, 1)
        self._place = InspectorPlace(self.inspector, self, row)

    def _connect(self) -> None:
        self._pause.timeout.connect(self._find)
        self.side.typed.connect(self._pause.start)
        self.side.chosen.connect(self.show_table)
        self.side.entered.connect(self._enter_rows)
        self.tools.year_chosen.connect(self._take_year)
        self.tools.levels_chosen.connect(self._show_rows)
        self.tools.look.clicked.connect(self.toggle_inspector)
        self.tools.export.clicked.connect(lambda: self._window.commands.run("export"))
        self.states.again.connect(self._read)
        self.states.stopped.connect(self._stop)
        self.states.sync_wanted.connect(lambda: self._context.open_page("sync", ""))
        self.states.elsewhere.connect(self.show_table)
        self.states.cleared.connect(lambda: self.side.look_for(""))
        self._context.changed.connect(self._changed)
        for table in self.tables.values():
            table.sheet.view.current_changed.connect(lambda row, key: self._show_details())
            table.sheet.view.opened.connect(lambda row: self._look())
            table.sheet.view.viewing.arranger.changed.connect(self.status_changed)
        shortcut = QShortcut(QKeySequence("Ctrl+F"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._to_search)

    # -- conventions of pages

    def refresh(self) -> None:
        """Read the tables again when the platform's word or the year is another; else they stay as they are."""
        if self._base_year != self._context.year:
            self._year = self._base_year = self._context.year
            self._fresh = False
        if not self._fresh:
            self._read()

    def open(self, argument: str) -> None:
        """Show a row, a table, or what is found: ``FUNCTION/2130217``, ``FUNCTION``, or words."""
        self._wanted = argument
        if self._shelves:
            self._go_to_wanted()

    def status(self) -> tuple[Sequence[Segment], Sequence[Segment]]:
        """Return the words for the status bar: how many rows are shown, of how many."""
        shelf = self.shelf()
        if shelf is None:
            return (), ()
        shown, count = self.table(shelf).sheet.view.viewing.arranger.shown().rows, len(shelf.lines)
        words = f"{count:,}" if shown == count else tr("{shown} / {count}", shown=f"{shown:,}", count=f"{count:,}")
        return [Segment(shelf.name, tr("{count} 条", count=words))], ()

    def help_topic(self) -> str:
        """Return what F1 opens."""
        return "basics/tables"

    def export_table(self) -> Sheet | None:
        """Return the table that Ctrl+E writes to a file."""
        shelf = self.shelf()
        return self.table(shelf).sheet if shelf is not None and shelf.lines else None

    def reports(self) -> Sequence[Report]:
        """Return what Ctrl+P prints: the rows that are shown."""
        shelf, sheet = self.shelf(), self.export_table()
        if shelf is None or sheet is None:
            return []
        facts = [self.tools.year_words(), tr("版本：{edition}", edition=shelf.edition)] if shelf.edition else []
        return [sheet_report(sheet, shelf.name, key="basics", around=Around(facts=facts))]

    def panes(self) -> list[QWidget]:
        """Return what F6 walks through."""
        shelf = self.shelf()
        front = [self.table(shelf).sheet.view] if shelf is not None else []
        return [self.side.search, self.side.list, *front]

    def message_area(self) -> QWidget:
        """Return what short messages may cover."""
        return self.states

    def toggle_inspector(self) -> None:
        """Show what the row under the cursor is, or put it away (F4)."""
        self._place.toggle()
        self._show_details()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.side.set_narrow(self.width() < px(WIDE_FROM))
        super().resizeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    # -- reading

    def _changed(self, topic: str) -> None:
        if topic == "mirrors" or self._base_year != self._context.year:
            self._fresh = False
            if self.isVisible():
                self.refresh()

    def _take_year(self, year: int) -> None:
        self._year = year
        self._read()

    def _read(self) -> None:
        self._asked += 1
        asked, year = self._asked, self._year or None
        if self._job is not None:
            self._job.cancel()
        self._fresh = True
        self.tools.offer_years(self._context.year, self._year)
        self.states.show_reading()

        def read(books: Books) -> tuple[Basics, list[Shelf]]:
            basics = read_basics(books, year)
            return basics, shelves_of(basics)

        def back(found: tuple[Basics, list[Shelf]]) -> None:
            if asked == self._asked:
                self._job = None
                self._arrived(*found)

        def failed(error: Exception) -> None:
            if asked == self._asked:
                self._job, self._fresh = None, False
                self.states.show_error(error)

        self._job = self._context.run(self, read, back, failed)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._job, self._fresh, self._asked = None, False, self._asked + 1
        self.states.show_stopped()

    def _arrived(self, basics: Basics, shelves: list[Shelf]) -> None:
        before = self._line()
        self._basics, self._shelves = basics, shelves
        filled = [shelf for shelf in shelves if shelf.lines]
        if self._key not in {shelf.key for shelf in shelves}:
            self._key = filled[0].key if filled else ""
        for table in self.tables.values():
            table.shelf = None
        if not filled:
            self.side.show_shelves([], None, "")
            self.states.show_nothing()
        elif self._wanted:
            self._go_to_wanted()
        else:
            self._find()
            self._select(before.code if before is not None else "")
        self.status_changed.emit()

    # -- showing

    def shelf(self) -> Shelf | None:
        """Return the table in front."""
        return next((shelf for shelf in self._shelves if shelf.key == self._key), None)

    def table(self, shelf: Shelf) -> LineTable:
        """Return the widget that shows a table."""
        return self.tables[shelf.kind]

    def show_table(self, key: str) -> None:
        """Bring a table to the front."""
        if key != self._key and any(shelf.key == key for shelf in self._shelves):
            self._key = key
            self._find()

    def _go_to_wanted(self) -> None:
        wanted, self._wanted = self._wanted, ""
        key, _, rest = wanted.partition("/")
        if any(shelf.key == key for shelf in self._shelves):
            self._go(key, rest)
        else:
            self.side.look_for(wanted)
            self._find()

    def _go(self, key: str, rest: str) -> None:
        """Show a table at a code, or what is found in it."""
        self._key = key
        shelf = self.shelf()
        here = shelf is not None and rest in shelf.places
        self.tools.show_all_levels()
        self.side.look_for("" if here else rest)
        self._find()
        self._select(rest if here else "")
        self._enter_rows()

    def _find(self) -> None:
        """Show what fits the typed words: counts at the left, rows at the right."""
        self._pause.stop()
        words = self.side.words()
        found = {shelf.key: len(shelf.fitting(words)) for shelf in self._shelves} if words else None
        self.side.show_shelves(self._shelves, found, self._key)
        self._show_rows()

    def _show_rows(self) -> None:
        shelf = self.shelf()
        if shelf is None:
            return
        words = self.side.words()
        self.tools.show_shelf(shelf)
        about = [part for part in (shelf.edition, shelf.note) if part]
        self.note.setText("。".join(about))
        self.note.setVisible(bool(about))
        table = self.table(shelf)
        self.rows.setCurrentWidget(table)
        fitting = shelf.fitting(words, self.tools.levels(shelf))
        table.show_lines(shelf, fitting)
        if fitting:
            self.states.show_rows()
        elif words:
            others = [one for one in self._shelves if one.key != shelf.key and one.fitting(words)]
            self.states.show_no_hit(shelf.name, self.side.search.text().strip(), others)
        else:
            self.states.show_empty(shelf.name)
        self._show_details()
        self.status_changed.emit()

    def _select(self, code: str) -> None:
        shelf = self.shelf()
        if shelf is not None and code in shelf.places:
            self.table(shelf).go_to(shelf.places[code])
            self._show_details()

    def _line(self) -> Line | None:
        shelf = self.shelf()
        at = self.table(shelf).sheet.view.source_at()[0] if shelf is not None else -1
        return shelf.lines[at] if shelf is not None and 0 <= at < len(shelf.lines) else None

    def _show_details(self) -> None:
        if self.inspector.isHidden():
            return
        line, shelf = self._line(), self.shelf()
        shown = self.states.rows_shown()
        if line is None or shelf is None or self._basics is None or not shown:
            words = tr("选中一行，这里说明它的用法、对应关系和出处。")
            self.inspector.set_sections([Label(words, tone="text2", wrap=True)])
            return
        self.inspector.set_sections(sections_of(line, shelf, self._basics, self._go))

    # -- hands

    def _look(self) -> None:
        if self.inspector.isHidden():
            self.toggle_inspector()

    def _to_search(self) -> None:
        self.side.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.side.search.selectAll()

    def _enter_rows(self) -> None:
        if self._pause.isActive():
            self._find()
        shelf = self.shelf()
        if shelf is not None and self.states.rows_shown():
            self.table(shelf).sheet.view.setFocus(Qt.FocusReason.TabFocusReason)
