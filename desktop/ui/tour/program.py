"""The program's own window in the hands of the tour: opened over a workspace, closed with everything saved."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QWidget

from desktop.domain.evoucher import Evoucher
from desktop.ui.app.installation import Installation
from desktop.ui.app.start import application, nobody
from desktop.ui.app.window import build_app, close_app
from desktop.ui.app.wiring import Wiring
from desktop.ui.shell.main_window import MainWindow
from desktop.ui.tasks import Tasks
from desktop.ui.tour.driver import Driver, TourBroken
from desktop.usecases.month_end import StageReport


@contextmanager
def open_driver(
    installation: Installation, read_evoucher: Callable[[Path], Evoucher], folder: Path, *, note: str
) -> Iterator["AppDriver"]:
    """Open the program's window offscreen over a workspace; everything is saved and closed at the end.

    Args:
        installation: Its books must not have been entered by another thread.
        read_evoucher: Reads an OFD or XML file.
        folder: Where pictures go.
        note: Words in a strip over everything.
    """
    application()
    window = build_app(installation, read_evoucher, nobody(installation), title_note=note)
    window.show()
    try:
        yield AppDriver(window, folder)
    finally:
        close_app(window)


class AppDriver(Driver):
    """The program's own window."""

    def __init__(self, window: MainWindow, folder: Path) -> None:
        tasks = window.findChild(Tasks)
        assert tasks is not None, "the program's window has workers"
        super().__init__(window, tasks, folder)
        self.window = window

    def page(self) -> QWidget:
        """Return the page in front."""
        return self.window.page(self.window.current_page())

    def open(self, page: str, argument: str) -> None:
        """Go to a page and open something on it, as the buttons of the home page do."""
        wiring = self.window.findChild(Wiring)
        assert wiring is not None, "the program's window is wired"
        wiring.open_page(page, argument)
        self.settle()

    def stages(self) -> tuple[StageReport, ...]:
        """Return how the stages of the last 一键同步 ended."""
        wiring = self.window.findChild(Wiring)
        assert wiring is not None, "the program's window is wired"
        return tuple(wiring.runner.reports.values())

    def until_rows(self, table: QWidget, count: int) -> None:
        """Wait until a table holds so many rows: the rules look a moment after a cell is left."""
        assert isinstance(table, QAbstractItemView), "only a table has rows"
        self.until(lambda: table.model().rowCount() == count, f"{count} rows")
        self.settle()

    def choose_row(self, table: QWidget, word: str) -> None:
        """Choose the row of a list that carries a word, by the arrow keys."""
        view = table if isinstance(table, QAbstractItemView) else table.findChild(QAbstractItemView)
        assert view is not None, "a list has a view"
        model = view.model()
        texts = [
            str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) or model.index(row, 0).data() or "")
            for row in range(model.rowCount())
        ]
        at = next((row for row, text in enumerate(texts) if word in text), -1)
        if at < 0:
            raise TourBroken(f"row {word} among {texts}")
        self.focus(view)
        self.key("Home")
        self.key("Down", at)

    def sit(self, person: str, pin: str = "") -> None:
        """Let a person take the seat by the menu of the top bar.

        Args:
            pin: Typed into the question for it; empty for a maker, who is not asked.
        """
        menu = self.window.top_bar.officer.menu()
        assert menu is not None, "several people work here"
        if pin:
            self.enter_secret(pin, lambda: self.choose(menu, person))
        else:
            self.choose(menu, person)
