"""最近 20 次: the strip and the last runs in two lines each, beside the run that goes on."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.texts import tr
from desktop.ui.app.rows import day
from desktop.ui.charts.history import HistoryStrip
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.icons import paint_icon, qcolor
from desktop.ui.kit.paint import LEFT, RIGHT, draw_text
from desktop.ui.kit.panels import Line, Panel, SectionTitle
from desktop.ui.kit.typography import font, px
from desktop.ui.sync.runs import outcome_cell, run_bar, run_receipt, short_line, took, way_word
from desktop.usecases.ports import SyncRun

_TOP = QModelIndex()
Index = QModelIndex | QPersistentModelIndex
LINE, SHOWN = 42, 20


class RunModel(QAbstractListModel):
    """The last runs, newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.runs: tuple[SyncRun, ...] = ()
        self.year = 0

    def show(self, runs: Sequence[SyncRun], year: int) -> None:
        """Replace all runs."""
        self.beginResetModel()
        self.runs, self.year = tuple(runs[:SHOWN]), year
        self.endResetModel()

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.runs)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        run = self.runs[index.row()]
        return " ".join((day(run.started_at, self.year), outcome_cell(run).text, short_line(run)))


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(240, px(LINE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, RunModel):
            return
        run, box = model.runs[index.row()], option.rect
        look = outcome_cell(run)
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, qcolor("line"))
        paint_icon(painter, look.icon, box.left(), box.center().y() - 12, look.tone, 16)
        upper = QRect(box.left() + 24, box.top() + px(3), px(112), px(18))
        draw_text(painter, upper, day(run.started_at, model.year), font(), "text", LEFT)
        lower = tr("{way} · {took}", way=way_word(run), took=took(run))
        draw_text(painter, upper.translated(0, px(17)), lower, font("caption"), "text2", LEFT)
        left = upper.right() + 8
        room = QRect(left, box.top(), box.right() - left - px(60), box.height())
        tone = "text" if look.tone in ("ok", "warn") else look.tone
        draw_text(painter, room, short_line(run), font(), tone, LEFT)
        number = QRect(room.right(), box.top(), px(60), box.height())
        draw_text(painter, number, run_receipt(run), font("caption"), "text2", RIGHT)


class RecentRuns(Panel):
    """The panel.

    Signals:
        history_requested(): 全部历史.
    """

    history_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        every = Button(tr("全部历史"), "link")
        every.clicked.connect(self.history_requested)
        self.strip, self.model, self.list = HistoryStrip(), RunModel(self), QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Delegate(self.list))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(tr("最近的同步"))
        self.body.addWidget(SectionTitle(tr("最近 20 次"), "", every))
        self.body.addWidget(self.strip)
        self.body.addWidget(Line())
        self.body.addWidget(self.list, 1)

    def show_runs(self, runs: Sequence[SyncRun], year: int) -> None:
        """Show the newest of these runs."""
        self.model.show(runs, year)
        self.strip.set_runs([run_bar(run) for run in reversed(runs[:SHOWN])])
