"""The field that opens inside a cell: text, numbers and expressions, or codes with a list of hits."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.grid.columns import ColumnSpec
from desktop.ui.kit.choices import Choice, Finder
from desktop.ui.kit.completion import CompletionPopup
from desktop.ui.kit.typography import font


class CellEditor(QLineEdit):
    """A frameless line over its cell.

    Attributes:
        hits: Finds the rows to offer for a text; the view gives it recent codes and used phrases.

    Signals:
        picked(): A row of the list was chosen; the cell can be left.
        chosen(object): The row that was chosen, a Choice.
        referred(str): F2 or F7 asks for the tree or the calculator; the text so far.
    """

    picked = Signal()
    chosen = Signal(object)
    referred = Signal(str)

    def __init__(self, parent: QWidget, column: ColumnSpec | None, *, opened_by_typing: bool) -> None:
        super().__init__(parent)
        self.column, self.opened_by_typing, self.touched = column, opened_by_typing, False
        self.hits: Finder | None = column.find if column is not None and column.choices is not None else None
        self._choice: Choice | None = None
        self._popup: CompletionPopup | None = None
        self.setProperty("frameless", True)
        self.setFont(font())
        self.setAccessibleName(column.title if column is not None else "")
        if column is not None and column.numeric:
            self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.textEdited.connect(self._edited)

    def value(self) -> object:
        """Return the row that was picked from the list, else the text."""
        return self._choice if self._choice is not None else self.text()

    def begin(self, text: str) -> None:
        """Replace what is there by a first sign, as if it had been typed."""
        self.setText(text)
        self._edited(text)

    def take_key(self, event: QKeyEvent) -> bool:
        """Give a key to the open list first, open it by Alt+Down, the tree or calculator by F2 and F7."""
        if self._popup is not None and self._popup.take_key(event):
            return True
        key = event.key()
        if key == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier and self.hits is not None:
            self.offer("")
            return True
        if self.column is None or key not in (Qt.Key.Key_F2, Qt.Key.Key_F7):
            return False
        if self.column.tree is not None or (
                key == Qt.Key.Key_F7 and (self.column.numeric or self.column.kind == "date")):
            self.referred.emit(self.text())
            return True
        if self.hits is not None:
            self.offer("")
            return True
        return False

    def offer(self, typed: str) -> None:
        """Open the list of hits for a text; a code is selected at once, a phrase only by Down."""
        if self.hits is None:
            return
        if self._popup is None:
            self._popup = CompletionPopup(self)
            self._popup.picked.connect(self._pick)
        self._popup.show_rows(self.hits(typed), first=self._has_list())

    def _has_list(self) -> bool:
        return self.column is not None and self.column.choices is not None

    def _edited(self, text: str) -> None:
        self.touched, self._choice = True, None
        if self._has_list() or text.strip():
            self.offer(text)
        elif self._popup is not None:
            self._popup.hide()

    def _pick(self, choice: Choice) -> None:
        if self._has_list():
            self._choice = choice
            self.setText(choice.label)
        else:
            self.setText(choice.shown)
        self.touched = True
        self.chosen.emit(choice)
        self.picked.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if self._popup is not None:
            self._popup.hide()
        super().focusOutEvent(event)
