"""A grid with its total row and scroll bar: what a page puts into its layout."""

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollBar, QVBoxLayout, QWidget

from desktop.ui.grid.chips import ChipBar
from desktop.ui.grid.columns import ColumnSpec, Mark, Rich, show
from desktop.ui.grid.find_bar import FindBar
from desktop.ui.grid.look import alignment
from desktop.ui.grid.model import SheetModel
from desktop.ui.grid.view import SheetView
from desktop.ui.kit import tokens
from desktop.ui.kit.icons import paint_icon, qcolor
from desktop.ui.kit.notes import Notes
from desktop.ui.kit.paint import draw_text, hairline
from desktop.ui.kit.typography import font, px

PAD, SIGN = 8, 13


class TotalRow(QWidget):
    """The bold row under a grid, 26 high; follows its columns and scrolling."""

    def __init__(self, view: SheetView, model: SheetModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view, self._model = view, model
        self.setFixedHeight(px(tokens.TOTAL_ROW))
        view.horizontalScrollBar().valueChanged.connect(self.update)
        view.horizontalHeader().sectionResized.connect(self.update)
        model.dataChanged.connect(self.update)
        model.modelReset.connect(self.update)
        model.rowsInserted.connect(self.update)
        model.rowsRemoved.connect(self.update)
        model.layoutChanged.connect(self.update)
        view.viewing.arranger.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), qcolor("head"))
        head, frozen = self._view.horizontalHeader(), self._view.frozen.count if self._view.frozen is not None else 0
        columns = self._view.columns()
        edge = self._view.frozen_width()
        painter.setClipRect(QRect(edge, 0, self.width() - edge, self.height()))
        for at in (at for at in columns if at >= frozen):
            self._paint_cell(painter, at, head.sectionViewportPosition(at))
        painter.setClipping(False)
        left = 0
        for at in (at for at in columns if at < frozen):
            self._paint_cell(painter, at, left)
            left += self._view.columnWidth(at)
        if frozen:
            painter.fillRect(edge - 1, 0, 1, self.height(), qcolor("ctl"))
        hairline(painter, self.rect(), "top", "ctl")

    def _paint_cell(self, painter: QPainter, at: int, left: int) -> None:
        spec = self._model.columns[at]
        box = QRect(left, 0, self._view.columnWidth(at), self.height())
        mark = self._model.source.total_mark(spec.key)
        self._paint_back(painter, box, mark)
        value = self._value(spec)
        text = value if isinstance(value, str) else show(spec, value)
        if not text:
            return
        tone = value.tone if isinstance(value, Rich) else "neg" if text.startswith("-") else "text"
        painter.setFont(font("body", bold=True))
        painter.setPen(qcolor(tone))
        align = alignment(spec) if not isinstance(value, str) or spec.numeric else Qt.AlignmentFlag.AlignVCenter
        inner = box.adjusted(PAD, 1, -PAD - 1, 0)
        if spec.numeric:
            painter.drawText(inner, align | Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip, text)
        else:
            draw_text(painter, inner, text, font("body", bold=True), tone)

    def _paint_back(self, painter: QPainter, box: QRect, mark: Mark) -> None:
        if mark.level == "error":
            painter.fillRect(box, qcolor("errbg"))
            painter.fillRect(box.left(), box.top(), 2, box.height(), qcolor("err"))
            paint_icon(painter, "error", box.left() + 6, box.center().y() - SIGN // 2, "err", SIGN)
        if not self._view.lists:
            hairline(painter, box, "right")

    def _value(self, spec: ColumnSpec) -> object:
        """Return a total; of the rows that are shown while a filter is on, with words for how many they are."""
        value = self._model.source.total(spec.key)
        arranger = self._view.viewing.arranger
        if not arranger.is_filtered():
            return value
        if isinstance(value, Decimal):
            return arranger.shown_sum(spec.key)
        words = self._words_key()
        return arranger.shown().words() if spec.key == words else value if spec.numeric else None

    def _words_key(self) -> str:
        """Return the column whose total is a word ("合计"), else the widest that is seen and has no total."""
        model = self._model
        specs = [model.columns[at] for at in self._view.columns()]
        worded = next((spec.key for spec in specs if isinstance(model.source.total(spec.key), str)), "")
        free = [spec for spec in specs if not spec.numeric and spec.kind != "check"]
        return worded or max(free, key=lambda spec: spec.width, default=specs[0]).key

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ApplicationFontChange:
            self.setFixedHeight(px(tokens.TOTAL_ROW))
        return super().event(event)


class Sheet(QWidget):
    """A `SheetView` with a total row under it and a scroll bar under that.

    Args:
        total: Show the total row.
        frozen, lists, row_height: As of `SheetView`.
    """

    def __init__(self, model: SheetModel, *, frozen: int = 0, total: bool = False, lists: bool = False,
                 row_height: int = tokens.ROW, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self.view = SheetView(model, frozen=frozen, lists=lists, row_height=row_height)
        self.total_row = TotalRow(self.view, model) if total else None
        self._bar = QScrollBar(Qt.Orientation.Horizontal)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.chips = ChipBar(self.view.viewing.arranger, model)
        self.finder = FindBar(self.view)
        self.view.viewing.offer_filters()
        for bar in (self.finder, self.chips):
            column.addWidget(bar)
        column.addWidget(self.view, 1)
        if self.total_row is not None:
            column.addWidget(self.total_row)
        column.addWidget(self._bar)
        inner = self.view.horizontalScrollBar()
        inner.rangeChanged.connect(self._range)
        inner.valueChanged.connect(self._bar.setValue)
        self._bar.valueChanged.connect(inner.setValue)
        self._range(inner.minimum(), inner.maximum())
        self.setFocusProxy(self.view)

    def keep_layout(self, notes: Notes, table: str) -> None:
        """Remember order, widths and hidden columns for this user, and take over what was chosen before.

        Args:
            notes: What the window remembers; the note is `columns/<table>`.
            table: Name of the table, the same at every start.
        """
        self.view.viewing.columns.keep(notes, table)

    def show_only(self, fitting: Callable[[int], bool] | None) -> None:
        """Show only the source rows that fit, as 只看有数行; None: all. Filters of the user hold besides."""
        self.view.viewing.arranger.show_only(fitting)

    def remember(self, notes: Notes, table: str) -> None:
        """Put the codes that this user picked last in this table on top of its lists."""
        self.view.reference.remember(notes, table)

    def _range(self, least: int, most: int) -> None:
        inner = self.view.horizontalScrollBar()
        self._bar.setPageStep(inner.pageStep())
        self._bar.setSingleStep(inner.singleStep())
        self._bar.setRange(least, most)
        self._bar.setVisible(most > least)
