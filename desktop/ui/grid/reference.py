"""What F2, F7 and the lists of a cell refer to: tree of codes, calculator, calendar, recent codes, used phrases."""

import datetime
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QModelIndex, QObject

from desktop.ui.grid.base import GridBase
from desktop.ui.grid.calculator import Calculator
from desktop.ui.grid.code_tree import CodeTreeDialog
from desktop.ui.grid.columns import ColumnSpec
from desktop.ui.grid.day_picker import DayPicker
from desktop.ui.grid.editors import CellEditor
from desktop.ui.grid.recent import Recent, hits
from desktop.ui.kit.choices import MOST, Choice
from desktop.ui.kit.notes import Notes

MOST_ROWS = 5_000  # how many rows are looked through for phrases


class Reference(QObject):
    """Serves the cells of one view."""

    def __init__(self, view: GridBase) -> None:
        super().__init__(view)
        self._view, self._model = view, view.sheet
        self._recent: Recent | None = None

    def remember(self, notes: Notes, table: str) -> None:
        """Keep the codes picked last in this table, for the user on this PC."""
        self._recent = Recent(notes, table)

    def watch(self, editor: CellEditor, index: QModelIndex) -> None:
        """Give an editor that has just opened its lists, and its way to tree and calculator."""
        column = self._model.columns[index.column()]
        if column.choices is not None:
            editor.hits = lambda typed: hits(column, typed, self._codes(column))
        elif column.kind == "text":
            editor.hits = PhraseSearch(self._phrases(column))
        editor.referred.connect(lambda text: self._from_editor(editor, text))
        editor.chosen.connect(lambda choice: self._note(column, choice))

    def _from_editor(self, editor: CellEditor, typed: str) -> None:
        # Closed first, and without writing: what the tree or the calculator gives takes the place of what was typed.
        self._view.itemDelegate().closeEditor.emit(editor)
        self.open(typed)

    def open_tree(self) -> bool:
        """Open the tree of the current cell, if it is a code cell with one; tell whether it is."""
        at = self._view.at()[1]
        return at >= 0 and self._model.columns[at].tree is not None and self.open()

    def open(self, typed: str = "") -> bool:
        """Open what F7 means for the current cell; tell whether there is something.

        Args:
            typed: What stands in its editor, to go on with.
        """
        row, at = self._view.at()
        if row < 0 or not self._model.editable(row, at):
            return False
        column = self._model.columns[at]
        if column.tree is not None:
            self._open_tree(row, column)
        elif column.numeric:
            self._open_calculator(row, at, typed)
        elif column.kind == "date":
            self._open_calendar(row, at)
        else:
            return False
        return True

    def _open_tree(self, row: int, column: ColumnSpec) -> None:
        value = self._model.value(row, column.key)
        dialog = CodeTreeDialog(column.title, column.tree() if column.tree is not None else (),
                                value.code if isinstance(value, Choice) else "", self._view)
        dialog.exec()
        choice = dialog.choice
        dialog.deleteLater()
        if choice is not None:
            known = [found for found in column.find(choice.code) if found.code == choice.code]
            self._take(row, column, known[0] if known else choice.code)

    def _open_calculator(self, row: int, at: int, typed: str) -> None:
        column = self._model.columns[at]
        number = self._model.number(row, at)
        start = typed.lstrip("=＝") or (str(number) if number else "")
        places = 2 if column.kind == "amount" else column.places
        popup = Calculator(self._view, column.title, places=places, start=start)
        popup.taken.connect(lambda result: self._take(row, column, result))
        popup.open_at(self._view.cell_box(row, at), self._view.viewport())

    def _open_calendar(self, row: int, at: int) -> None:
        column = self._model.columns[at]
        value = self._model.value(row, column.key)
        picker = DayPicker(self._view, value if isinstance(value, datetime.date) else None)
        picker.taken.connect(lambda day: self._take(row, column, day))
        picker.open_at(self._view.cell_box(row, at), self._view.viewport())

    def _take(self, row: int, column: ColumnSpec, value: object) -> None:
        written = str(value) if isinstance(value, Decimal) else value
        self._model.setData(self._model.index(row, self._model.column_of(column.key)), written)
        self._note(column, value)
        self._view.setFocus()

    def _note(self, column: ColumnSpec, choice: object) -> None:
        if self._recent is not None and isinstance(choice, Choice):
            self._recent.add(column.key, choice.code)

    def _codes(self, column: ColumnSpec) -> Sequence[str]:
        return self._recent.codes(column.key) if self._recent is not None else ()

    def _phrases(self, column: ColumnSpec) -> list[str]:
        source = self._model.source
        used = Counter(text for row in range(min(source.row_count(), MOST_ROWS))
                       if isinstance(text := source.value(row, column.key), str) and text.strip())
        return list(dict.fromkeys([*(text for text, _ in used.most_common()), *column.phrases]))


class PhraseSearch:
    """Finds the phrases that contain a typed text; those that begin with it come first, the text itself not."""

    def __init__(self, phrases: Sequence[str]) -> None:
        self._phrases = phrases

    def __call__(self, typed: str) -> Sequence[Choice]:
        word = typed.strip().lower()
        fitting = [text for text in self._phrases if word in text.lower() and text.strip() != typed.strip()]
        fitting.sort(key=lambda text: not text.lower().startswith(word))
        return [Choice("", text, shown=text) for text in fitting[:MOST]]
