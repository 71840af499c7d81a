"""The problems panel: what is wrong, where, by how much, by which rule, and what to do."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.kit import tokens
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.headers import PlainHeader
from desktop.ui.kit.icons import paint_icon, qcolor
from desktop.ui.kit.labels import Label
from desktop.ui.kit.paint import LEFT, RIGHT, draw_text, hairline
from desktop.ui.kit.panels import Icon
from desktop.ui.kit.typography import font, px

_TOP = QModelIndex()
_LEVELS = {"error": ("error", "错误", "err"), "warning": ("warning", "提示", "warn"), "info": ("info", "说明", "ready")}
_TITLES = ("级别", "位置", "问题", "差额", "规则", "怎么改")
_WIDTHS = (72, 168, 0, 108, 64, 182)
LEVEL, PLACE, TEXT, DIFFERENCE, RULE, REMEDY = range(6)
# Columns that give way to the sentence in a panel narrower than so many logical pixels at 10 pt.
_FROM = {DIFFERENCE: 800, RULE: 720, PLACE: 520}


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """One finding as shown.

    Attributes:
        level: error, warning or info.
        where: Given back by the signals; the page knows what it means.
        place: Words for the place, "第 13 行 · 本年申报数".
        difference: Shown amount with its sign, or empty.
        rule: Rule number.
        remedy: What to do, drawn as a link; a click emits `remedy_requested`.
    """
    level: str
    where: str
    place: str
    text: str
    difference: str = ""
    rule: str = ""
    remedy: str = ""


class ProblemModel(QAbstractTableModel):
    """The findings as a table of six columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: Sequence[ProblemRow] = ()

    def show_rows(self, rows: Sequence[ProblemRow]) -> None:
        """Replace all findings."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _TOP) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _TOP) -> int:
        return 0 if parent.isValid() else len(_TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(_TITLES):
            if role == Qt.ItemDataRole.DisplayRole:
                return _TITLES[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return RIGHT if section == DIFFERENCE else LEFT
        return None

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        row = self.rows[index.row()]
        return (_LEVELS[row.level][1], row.place, row.text, row.difference, row.rule, row.remedy)[index.column()]


class _ProblemDelegate(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem,
              index: QModelIndex | QPersistentModelIndex) -> None:
        model, box = index.model(), option.rect
        if not isinstance(model, ProblemModel):
            return
        row = model.rows[index.row()]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(box, qcolor("sel" if chosen else "base"))
        hairline(painter, box, "bottom")
        inner, text = box.adjusted(8, 0, -8, 0), str(index.data() or "")
        if index.column() == LEVEL:
            icon, word, color = _LEVELS[row.level]
            paint_icon(painter, icon, inner.left(), box.center().y() - 7, color, 16)
            draw_text(painter, inner.adjusted(22, 0, 0, 0), word, font(), color)
        elif index.column() == DIFFERENCE:
            draw_text(painter, inner, text, font(), "neg" if text.startswith("-") else "text", RIGHT)
        elif index.column() == REMEDY:
            draw_text(painter, inner, text, font(), "accent")
        else:
            draw_text(painter, inner, text, font(), "text2" if index.column() == RULE else "text")

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(40, px(tokens.ROW))


class _ProblemTable(QTableView):
    opened = Signal(int)
    remedied = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
            return
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.remedied.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)


class ProblemsPanel(QWidget):
    """The panel under an editor, 124 to 200 high.

    Signals:
        opened(str): Double click, Enter or F3 on a finding; carries its `where`.
        remedy_requested(object): A click on 怎么改, or Space on the finding; carries the ProblemRow.
        export_requested(), closed(): The two buttons at its right.
    """

    opened = Signal(str)
    remedy_requested = Signal(object)
    export_requested = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None, *, exportable: bool = False) -> None:
        super().__init__(parent)
        self._model, self._table = ProblemModel(self), _ProblemTable(self)
        self._counts = {level: (Icon(look[0], look[2]), Label("", tone=look[2])) for level, look in _LEVELS.items()}
        self._next = Button("下一处", "flat", "chevron-down", "F3")
        export, cross = Button("导出问题单", "flat", "export"), Button(kind="flat", icon="close", tip="关闭")
        export.setVisible(exportable)
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 0, 8, 0)
        bar.addWidget(Label("问题", "section"))
        bar.addSpacing(8)
        for icon, label in self._counts.values():
            bar.addWidget(icon)
            bar.addWidget(label)
            bar.addSpacing(8)
        bar.setSpacing(5)
        bar.addStretch(1)
        for button in (export, self._next, cross):
            bar.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 1, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self._table, 1)
        self._set_up_table()
        export.clicked.connect(self.export_requested)
        cross.clicked.connect(self._close)
        self._next.clicked.connect(self.go_next)
        self.set_rows(())

    def _set_up_table(self) -> None:
        table = self._table
        table.setModel(self._model)
        table.setItemDelegate(_ProblemDelegate(table))
        table.setHorizontalHeader(PlainHeader(table))
        table.verticalHeader().hide()
        table.verticalHeader().setMinimumSectionSize(16)
        table.verticalHeader().setDefaultSectionSize(px(tokens.ROW))
        table.setShowGrid(False)
        table.setFrameShape(QTableView.Shape.NoFrame)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setAccessibleName("问题")
        header = table.horizontalHeader()
        for at, width in enumerate(_WIDTHS):
            header.setSectionResizeMode(at, QHeaderView.ResizeMode.Interactive if width
                                        else QHeaderView.ResizeMode.Stretch)
            if width:
                table.setColumnWidth(at, width)
        table.doubleClicked.connect(lambda index: self._open(index.row()))
        table.clicked.connect(self._clicked)
        table.opened.connect(self._open)
        table.remedied.connect(lambda at: self._clicked(self._model.index(at, REMEDY)))

    def set_rows(self, rows: Sequence[ProblemRow]) -> None:
        """Show these findings; the one that was selected stays so while it is there, then the one in its place."""
        at = self._table.currentIndex().row()
        kept = self._model.rows[at].where if 0 <= at < len(self._model.rows) else ""
        self._model.show_rows(rows)
        for level, (icon, label) in self._counts.items():
            count = sum(row.level == level for row in rows)
            label.setText(f"{count} {_LEVELS[level][1]}")
            icon.setVisible(bool(count))
            label.setVisible(bool(count))
        self._next.setEnabled(bool(rows))
        if rows and at >= 0:
            here = min(at, len(rows) - 1)
            self._table.selectRow(next((place for place, row in enumerate(rows) if row.where == kept), here))

    def rows(self) -> Sequence[ProblemRow]:
        """Return the findings shown."""
        return self._model.rows

    def turn(self) -> None:
        """Show the panel, or put it away as its cross does."""
        if self.isHidden():
            self.show()
        else:
            self._close()

    def open_next(self) -> None:
        """Show the panel and go to the next finding."""
        self.show()
        self.go_next()

    def go_next(self) -> None:
        """Select the finding after the current one, around the end, and open it."""
        if self._model.rows:
            at = (self._table.currentIndex().row() + 1) % len(self._model.rows)
            self._table.selectRow(at)
            self._open(at)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        for column, wide in _FROM.items():
            self._table.setColumnHidden(column, self.width() < px(wide))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ApplicationFontChange:
            self._fit()
            self._table.verticalHeader().setDefaultSectionSize(px(tokens.ROW))
            self.updateGeometry()
        return super().event(event)

    def sizeHint(self) -> QSize:
        rows = min(6, max(3, len(self._model.rows)))
        return QSize(400, px(tokens.CONTROL) + px(tokens.HEAD_ROW) + rows * px(tokens.ROW) + 1)

    def _open(self, at: int) -> None:
        self.opened.emit(self._model.rows[at].where)

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == REMEDY and self._model.rows[index.row()].remedy:
            self.remedy_requested.emit(self._model.rows[index.row()])

    def _close(self) -> None:
        self.hide()
        self.closed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), qcolor("base"))
        hairline(painter, QRect(self.rect()), "top")
