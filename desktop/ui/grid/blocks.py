"""What happens to a whole selected block: copy, paste, clear, fill, tick."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QDate, QMimeData, QModelIndex, QObject
from PySide6.QtGui import QGuiApplication

from desktop.domain.money import MoneyError
from desktop.domain.words import in_words
from desktop.texts import tr
from desktop.texts.messages import message
from desktop.ui.grid.base import GridBase
from desktop.ui.grid.clipboard import TooMuch, format_tsv
from desktop.ui.grid.clipboard_html import OutCell, format_html
from desktop.ui.grid.pasting import WAN, block_factor, read_clipboard, tile
from desktop.ui.grid.series import copies, series
from desktop.ui.kit.dialogs import Verb, ask

Cell = tuple[int, int]


class Blocks(QObject):
    """Works on the selection of a view; every action is one undo step of the model."""

    def __init__(self, view: GridBase) -> None:
        super().__init__(view)
        self._view, self._model = view, view.sheet
        self._model.stepped.connect(self._show_step)

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

    def selected(self) -> list[Cell]:
        """Return the selected visible cells in reading order; the current one when none is selected."""
        parts = self._view.ranges()
        shown = set(self._view.columns())
        cells = {(row, column) for part in parts for row in range(part.top(), part.bottom() + 1)
                 for column in range(part.left(), part.right() + 1) if column in shown}
        return sorted(cells) or ([self._view.at()] if self._view.currentIndex().isValid() else [])

    def _show_step(self, rows: Sequence[int]) -> None:
        """Bring the first row that an undo or redo changed into sight, where it is shown."""
        places = [place for at in rows if 0 <= (place := self._model.shown_row(at)) < self._model.rowCount()]
        row, column = self._view.at()
        if places and row not in places:
            self._view.scrollTo(self._model.index(places[0], max(column, 0)))

    # -- clipboard

    def copy(self, *, with_heads: bool = False) -> None:
        """Put the selected box on the clipboard, as tab-separated text and as HTML that keeps codes as texts."""
        rows, columns = self.box()
        if not rows or not columns:
            return
        whole = len(self._view.ranges()) == 1
        chosen = set() if whole else set(self.selected())
        block = [[self._out(row, at) if whole or (row, at) in chosen else OutCell("") for at in columns]
                 for row in rows]
        if with_heads:
            block.insert(0, [OutCell(self._model.columns[at].title) for at in columns])
        data = QMimeData()
        data.setText(format_tsv([[cell.text for cell in line] for line in block]))
        data.setHtml(format_html(block))
        QGuiApplication.clipboard().setMimeData(data)

    def _out(self, row: int, column: int) -> OutCell:
        draft = self._model.draft(row, column)
        if draft is not None:
            return OutCell(draft.text)
        return OutCell(self._model.clip(row, column), self._model.columns[column].kind)

    def copy_words(self) -> str:
        """Put the amount in the current cell, in capitals, on the clipboard and return it; empty when it has none."""
        row, column = self._view.at()
        number = self._model.number(row, column) if row >= 0 else None
        if number is None or self._model.columns[column].kind != "amount":
            return ""
        if self._model.source.money_unit() == "万元":
            number *= WAN
        try:
            words = in_words(number)
        except MoneyError:
            return ""
        QGuiApplication.clipboard().setText(words)
        return words

    def cut(self) -> None:
        """Copy, then clear."""
        self.copy()
        self._empty(tr("剪切"))

    def paste(self, *, as_text: bool = False) -> None:
        """Write the clipboard's block from the upper left selected cell, over the selection if that is a multiple.

        Before amounts are written that are off by the unit of money, the user is asked (M16).
        """
        rows, columns = self.box()
        if not rows or not columns or self._view.lists:
            return
        try:
            block: Sequence[Sequence[str]] = read_clipboard(QGuiApplication.clipboard().mimeData(), as_text=as_text)
        except TooMuch as problem:
            self._model.refused.emit(str(problem))
            return
        if not block or not block[0]:
            return
        if len(block) == 1 and len(block[0]) == 1 and len(self.selected()) < len(rows) * len(columns):
            self._write([(row, at, block[0][0]) for row, at in self.selected()], tr("粘贴"))
            return
        block = tile(block, len(rows), len(columns))
        shown = self._view.columns()
        targets = shown[shown.index(columns[0]):]
        factor = None if as_text else block_factor(self._model, rows[0], targets, block)
        if factor is not None:
            answer = self._ask_unit(factor)
            if answer == "leave":
                return
            factor = factor if answer == "convert" else None
        self._model.paste(rows[0], targets, block, as_text=as_text, factor=factor)

    def _ask_unit(self, factor: Decimal) -> str:
        unit, other = ("元", "万元") if factor > 1 else ("万元", "元")
        words = message("M16", unit=unit, other=other, times=tr("10,000 倍") if factor < 1 else tr("万分之一"))
        verbs = [Verb("convert", tr("换算成{unit}", unit=unit), "primary"), Verb("raw", words.verbs[1]),
                 Verb("leave", words.verbs[2])]
        return ask(words.title, words.body, verbs, level="warning", parent=self._view)

    # -- emptying

    def clear(self) -> None:
        """Empty the selected cells that may be typed into."""
        self._empty(tr("清除"))

    def _empty(self, word: str) -> None:
        self._write([(row, at, None) for row, at in self.selected() if not self._model.is_add_row(row)], word)

    def remove_lines(self) -> None:
        """Take the selected lines away, where the source lets lines come and go."""
        self._model.remove_rows({row for row, _ in self.selected()})

    # -- filling

    def fill_down(self) -> None:
        """Copy the first selected row over the others; of a single row, the row above into it."""
        rows, columns = self.box()
        if not rows:
            return
        origin = rows[0] if len(rows) > 1 else rows[0] - 1
        if origin >= 0:
            self._write([(row, at, self._carried((origin, at), at)) for row in rows if row != origin for at in columns],
                        tr("向下填充"))

    def fill_right(self) -> None:
        """Copy the first selected column over the others; of a single column, the one at its left into it."""
        rows, columns = self.box()
        shown = self._view.columns()
        if not columns:
            return
        left = shown.index(columns[0])
        origin, rest = (columns[0], columns[1:]) if len(columns) > 1 else (shown[left - 1] if left else -1, columns)
        if origin >= 0:
            self._write([(row, at, self._carried((row, origin), at)) for row in rows for at in rest], tr("向右填充"))

    def fill_selection(self, value: object = None) -> None:
        """Write a value into all selected cells; without one, that of the current cell."""
        row, column = self._view.at()
        if row < 0:
            return
        if value is None:
            cells = [(down, at, self._carried((row, column), at)) for down, at in self.selected()
                     if (down, at) != (row, column)]
        else:
            same = self._model.columns[column]
            cells = [(down, at, value if isinstance(value, str) or self._model.columns[at].kind == same.kind else "")
                     for down, at in self.selected()]
        self._write(cells, tr("填充"))

    def fill_today(self) -> None:
        """Write today's date into the selected cells of dates and texts."""
        day = QDate.currentDate().toPython()
        kinds = {"date": day, "text": str(day)}
        self._write([(row, at, kinds[self._model.columns[at].kind]) for row, at in self.selected()
                     if self._model.columns[at].kind in kinds], tr("填今天"))

    def extend(self, rows: Sequence[int], columns: Sequence[int], *, on: bool) -> None:
        """Fill on from the selected box into rows or columns beside it, as dragging the handle does.

        Args:
            rows, columns: The new cells only: rows below or above the box, or columns right or left of it; the other
                of the two is the box's own.
            on: Numbers, dates and numbered texts go on as a series; else they are copied.
        """
        own_rows, own_columns = self.box()
        cells: list[tuple[int, int, object]] = []
        make = series if on else copies
        if list(columns) == list(own_columns):
            back = bool(rows) and rows[0] < own_rows[0]
            line = sorted(rows, reverse=back)
            for at in columns:
                values = [self._carried((row, at), at) for row in own_rows]
                cells += [(row, at, value) for row, value in
                          zip(line, make(values, len(line), backwards=back), strict=True)]
        else:
            back = bool(columns) and columns[0] < own_columns[0]
            line = sorted(columns, reverse=back)
            alike = len({self._model.columns[at].kind for at in [*own_columns, *columns]}) == 1
            for row in rows:
                values = [self._carried((row, at), at) if alike else self._model.clip(row, at) for at in own_columns]
                made = (make if alike else copies)(values, len(line), backwards=back)
                cells += [(row, at, value) for at, value in zip(line, made, strict=True)]
        self._write(cells, tr("填充"))

    def _carried(self, origin: Cell, column: int) -> object:
        """Return what a cell hands on to a column: its value, its unread text, or words another kind may read."""
        row, at = origin
        if self._model.draft(row, at) is not None or (
                self._model.columns[at].kind != self._model.columns[column].kind):
            return self._model.clip(row, at)
        return self._value(row, at)

    # -- ticks

    def toggle(self, rows: Sequence[int], key: str) -> None:
        """Tick these rows, or untick them when all are ticked."""
        column = self._model.column_of(key)
        rows = [row for row in rows if self._model.editable(row, column) and not self._model.is_add_row(row)]
        on = not all(self._model.value(row, key) for row in rows)
        self._model.enter([(row, key, on) for row in rows], tr("勾选"))

    def toggle_all(self, key: str) -> None:
        """Tick every row that is shown, or untick all."""
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
        self.toggle(sorted({at for at, _ in self.selected()}) if self._view.lists else [row], spec.key)
        return True

    def _value(self, row: int, column: int) -> object:
        return self._model.value(row, self._model.columns[column].key)

    def _write(self, cells: Sequence[tuple[int, int, object]], word: str) -> None:
        keys = self._model.columns
        self._model.enter([(row, keys[at].key, value) for row, at, value in cells],
                          tr("{word} {count} 格", word=word, count=len(cells)))
