"""已完成: what is done this month, one quiet green line; opened it is a list whose own lines can be taken back."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.texts import tr
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.drawn import Drawn
from desktop.ui.kit.icons import paint_icon
from desktop.ui.kit.labels import Label
from desktop.ui.kit.paint import LEFT, draw_box, draw_text, text_width
from desktop.ui.kit.panels import Icon, Panel, clear_layout
from desktop.ui.kit.typography import font, px

HEIGHT, FOLD_ROOM = 36, 92


@dataclass(frozen=True, slots=True)
class DoneThing:
    """A thing that is done; `item_id` names a line that somebody added, which can be taken back."""

    words: str
    item_id: str = ""


class DoneStrip(QWidget):
    """The line and, once opened, the list under it; hidden while nothing is done.

    Signals:
        taken_back(str): Id of an own line whose tick is to be taken away.
    """

    taken_back = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.done: tuple[DoneThing, ...] = ()
        self.line, self.fold = _DoneLine(), Button(tr("展开"), "link", "chevron-down")
        self.fold.clicked.connect(self._turn)
        over = QHBoxLayout(self.line)
        over.setContentsMargins(0, 0, 12, 0)
        over.addStretch(1)
        over.addWidget(self.fold)
        self.panel = Panel(12)
        self.panel.body.setSpacing(4)
        self.panel.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.line)
        column.addWidget(self.panel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_done(self, done: Sequence[DoneThing]) -> None:
        """Show these."""
        self.done = tuple(done)
        self.line.show_words([one.words for one in self.done])
        clear_layout(self.panel.body)
        for one in self.done:
            self.panel.body.addLayout(self._row(one))
        self.setVisible(bool(done))

    def _row(self, one: DoneThing) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Icon("check", "ok", 14))
        row.addWidget(Label(one.words))
        row.addStretch(1)
        if one.item_id:
            back = Button(tr("还没办完"), "link")
            back.setAccessibleName(tr("{what}：还没办完", what=one.words))
            back.clicked.connect(lambda _=False, item_id=one.item_id: self.taken_back.emit(item_id))
            row.addWidget(back)
        return row

    def _turn(self) -> None:
        opened = self.panel.isHidden()
        self.panel.setVisible(opened)
        self.fold.setText(tr("收起") if opened else tr("展开"))
        self.fold.set_icon("chevron-up" if opened else "chevron-down")


class _DoneLine(Drawn):
    """The painted line."""

    def __init__(self) -> None:
        super().__init__()
        self._words: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_words(self, words: Sequence[str]) -> None:
        """Show these."""
        self._words = tuple(words)
        self.setAccessibleName(tr("已完成：{what}", what="、".join(words)))
        self.setToolTip("\n".join(words))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_box(painter, self.rect(), "okbg")
        middle, height = self.height() // 2, self.height()
        paint_icon(painter, "check-circle", 17, middle - 9, "ok", 18)
        head = tr("已完成 {count} 项", count=len(self._words))
        left = 38
        draw_text(painter, QRect(left, 0, self.width() - left, height), head, font(bold=True), "ok", LEFT)
        left += text_width(font(bold=True), head) + 14
        for word in self._words:
            width = text_width(font(), word)
            if left + 18 + width > self.width() - px(FOLD_ROOM):
                break
            paint_icon(painter, "check", left, middle - 6, "ok", 12)
            draw_text(painter, QRect(left + 18, 0, width + 1, height), word, font(), "text", LEFT)
            left += 18 + width + 14
