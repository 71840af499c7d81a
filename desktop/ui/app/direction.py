"""Which way Enter goes, the same in every table of the program."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication, QWidget

from desktop.texts import tr
from desktop.ui.context import Context
from desktop.ui.grid.view import SheetView
from desktop.ui.kit.notes import read_note, write_note
from desktop.ui.shell.main_window import MainWindow
from desktop.ui.shell.state import Segment

NOTE, RIGHT, DOWN = "grid/direction", "right", "down"


class Direction(QObject):
    """Turned in the status bar or the menu, remembered, and given to a table when the cursor comes into it."""

    def __init__(self, window: MainWindow, context: Context) -> None:
        super().__init__(window)
        self._window, self._context = window, context
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._moved)

    def now(self) -> str:
        """Return where Enter goes: right or down."""
        return DOWN if read_note(self._context.notes, NOTE) == DOWN else RIGHT

    def turn(self) -> None:
        """Let Enter go the other way."""
        write_note(self._context.notes, NOTE, RIGHT if self.now() == DOWN else DOWN)
        for view in self._window.findChildren(SheetView):
            view.set_direction(self.now())
        self._context.say(tr("回车以后向下走。") if self.now() == DOWN else tr("回车以后向右走。"))

    def segment(self) -> Segment:
        """Return what the status bar says of it."""
        return Segment(tr("回车 ↓") if self.now() == DOWN else tr("回车 →"), key="direction")

    @Slot(QWidget, QWidget)
    def _moved(self, before: QWidget | None, after: QWidget | None) -> None:
        if isinstance(after, SheetView):
            after.set_direction(self.now())
