"""What happens to a whole selected block: copy, paste, clear, fill, tick."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject
from PySide6.QtGui import QGuiApplication

from desktop.ui.grid.base import GridBase
from desktop.ui.grid.clipboard import TooMuch, format_tsv, parse_tsv


class Blocks(QObject):
    """Works on the selection of a view; every action is one undo step of the model."""

    def __init__(self, view: GridBase) -> None:
        super().__init__(view)
        self._view, self._model = view, view.sheet

    def box(self) -> tuple[Sequence[int], Sequence[int]]:
        """Return rows and visible columns of the smallest box around the selection."""
        parts = self._view.ranges()
        if not parts:
            row, column = self._view.at()
            return ([row], [column]) if row >= 0 else ([], [])
        rows = range(min(part.top() for part in parts), max(part.bottom() for part in parts) + 1)
        first, last = min(part.left() for part in parts), max(part.right() for part in parts)
        return rows, [at for at in self._view.columns() if first <= at <= last]

    def anchor(self) -> QModelIndex:
        """Return the corner from which Shift extends the selection: the one opposite the current cell."""
        rows, columns = self.box()
        row, column = self._view.at()
        return self._model.index(rows[0] if row == rows[-1] else rows[-1],
                                 columns[0] if column == columns[-1] else columns[-1])

    def _selected(self) -> list[tuple[int, int]]:
        parts = self._view.ranges()
        shown = set(self._view.columns())
        cells = {(row, column) for part in parts for row in range(part.top(), part.bottom() + 1)
                 for column in range(part.left(), part.right() + 1) if column in shown}
        return sorted(cells) or ([self._view.at()] if self._view.currentIndex().isValid() else [])

    def copy(self) -> None:
        """Put the selected box on the clipboard as tab-separated text."""
        rows, columns = self.box()
        if rows and columns:
            chosen = set(self._selected())
            block = [[self._model.clip(row, at) if (row, at) in chosen else "" for at in columns] for row in rows]
            QGuiApplication.clipboard().setText(format_tsv(block))

    def cut(self) -> None:
        """Copy, then clear."""
        self.copy()
        self._empty("剪切")

    def paste(self) -> None:
        """Write the clipboard's block from the upper left selected cell; one value fills the selection."""
        text = QGuiApplication.clipboard().text()
        rows, columns = self.box()
        if not text or not rows or not columns:
            return
        try:
            block = parse_tsv(text)
        except TooMuch as problem:
            self._model.refused.emit(str(problem))
            return
        if len(block) == 1 and len(block[0]) == 1 and len(rows) * len(columns) > 1:
            self._write([(row, at, block[0][0]) for row, at in self._selected()], "粘贴")
            return
        shown = self._view.columns()
        self._model.paste(rows[0], shown[shown.index(columns[0]):], block)

    def clear(self) -> None:
        """Empty the selected cells that may be typed into."""
        self._empty("清除")

    def _empty(self, word: str) -> None:
        self._write([(row, at, None) for row, at in self._selected() if not self._model.is_add_row(row)], word)

    def remove_lines(self) -> None:
        """Take the selected lines away, where the source lets lines come and go."""
        self._model.remove_rows({row for row, _ in self._selected()})

    def fill_down(self) -> None:
        """Copy the first selected row over the others; of a single row, the row above into it."""
        rows, columns = self.box()
        if not rows:
            return
        origin = rows[0] if len(rows) > 1 else rows[0] - 1
        if origin >= 0:
            self._write([(row, at, self._value(origin, at)) for row in rows if row != origin for at in columns],
                        "向下填充")

    def fill_right(self) -> None:
        """Copy the first selected column over the others, as text."""
        rows, columns = self.box()
        if len(columns) > 1:
            self._write([(row, at, self._model.clip(row, columns[0])) for row in rows for at in columns[1:]],
                        "向右填充")

    def fill_selection(self) -> None:
        """Write the current cell's value into all selected cells."""
        row, column = self._view.at()
        if row >= 0:
            self._write([(down, at, self._value(row, at) if at == column else self._model.clip(row, column))
                         for down, at in self._selected() if (down, at) != (row, column)], "填充")

    def toggle(self, rows: Sequence[int], key: str) -> None:
        """Tick these rows, or untick them when all are ticked."""
        column = self._model.column_of(key)
        rows = [row for row in rows if self._model.editable(row, column) and not self._model.is_add_row(row)]
        on = not all(self._model.value(row, key) for row in rows)
        self._model.enter([(row, key, on) for row in rows], "勾选")

    def toggle_all(self, key: str) -> None:
        """Tick every row, or untick all."""
        self.toggle(range(self._model.shown_count()), key)

    def toggle_selected(self) -> bool:
        """Tick the selected rows of a list, or the current cell if it is a tick; tell whether there are ticks."""
        row, column = self._view.at()
        if row < 0:
            return False
        spec = self._model.columns[column]
        if self._view.lists:
            spec = next((at for at in self._model.columns if at.kind == "check"), spec)
        if spec.kind != "check":
            return False
        self.toggle(sorted({at for at, _ in self._selected()}) if self._view.lists else [row], spec.key)
        return True

    def _value(self, row: int, column: int) -> object:
        return self._model.value(row, self._model.columns[column].key)

    def _write(self, cells: Sequence[tuple[int, int, object]], word: str) -> None:
        keys = self._model.columns
        self._model.enter([(row, keys[at].key, value) for row, at, value in cells], f"{word} {len(cells)} 格")


