"""Two kinds of tabs: states with counts above a list, and open documents above a page."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QTabBar, QWidget

from desktop.ui.kit import tokens
from desktop.ui.kit.icons import paint_icon, qcolor
from desktop.ui.kit.paint import LEFT, draw_box, draw_text, hairline, text_width
from desktop.ui.kit.typography import font, px

PITCH, INSET, COUNT_GAP = 24, 16, 6


@dataclass(frozen=True, slots=True)
class StateTab:
    """One tab: stable key, word, count (None: no number) and whether the count asks for action (red)."""
    key: str
    word: str
    count: int | None = None
    urgent: bool = False


class StateTabs(QTabBar):
    """全部 59 · 草稿 3 · 有错误 3 …: 34 high, the chosen one underlined.

    Signals:
        chosen(str): Key of the tab that the user (or `choose`) selected.
    """

    chosen = Signal(str)

    def __init__(self, tabs: Sequence[StateTab] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tabs: tuple[StateTab, ...] = ()
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.currentChanged.connect(self._tell)
        self.set_tabs(tabs)

    def set_tabs(self, tabs: Sequence[StateTab]) -> None:
        """Show these tabs; the chosen key stays chosen when it is still there."""
        kept = self.key()
        blocked = self.blockSignals(True)
        same = [tab.key for tab in tabs] == [tab.key for tab in self._tabs]
        self._tabs = tuple(tabs)
        if not same:
            while self.count():
                self.removeTab(0)
            for _ in self._tabs:
                self.addTab("")
        for at, tab in enumerate(self._tabs):
            self.setTabText(at, tab.word if tab.count is None else f"{tab.word} {tab.count}")
        at = next((at for at, tab in enumerate(self._tabs) if tab.key == kept), 0)
        self.setCurrentIndex(at)
        self.blockSignals(blocked)
        self.updateGeometry()
        self.update()

    def count_of(self, key: str) -> int:
        """Return the number behind a tab, 0 when it has none."""
        return next((tab.count or 0 for tab in self._tabs if tab.key == key), 0)

    def key(self) -> str:
        """Return the key of the chosen tab; empty when there are no tabs."""
        at = self.currentIndex()
        return self._tabs[at].key if 0 <= at < len(self._tabs) else ""

    def choose(self, key: str) -> None:
        """Choose a tab by its key; an unknown key changes nothing."""
        for at, tab in enumerate(self._tabs):
            if tab.key == key:
                self.setCurrentIndex(at)

    def _tell(self, at: int) -> None:
        if 0 <= at < len(self._tabs):
            self.chosen.emit(self._tabs[at].key)

    def _width(self, tab: StateTab) -> int:
        width = text_width(font("body", bold=True), tab.word)
        return width if tab.count is None else width + COUNT_GAP + text_width(font("caption"), str(tab.count))

    def tabSizeHint(self, index: int) -> QSize:
        first = INSET if index == 0 else PITCH // 2
        return QSize(first + self._width(self._tabs[index]) + PITCH // 2, px(tokens.STATE_TABS))

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), px(tokens.STATE_TABS))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(120), px(tokens.STATE_TABS))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), qcolor("base"))
        hairline(painter, self.rect(), "bottom")
        for at, tab in enumerate(self._tabs):
            box = self.tabRect(at)
            left = box.left() + (INSET if at == 0 else PITCH // 2)
            active = at == self.currentIndex()
            word = QRect(left, box.top(), text_width(font("body", bold=True), tab.word) + 1, box.height())
            over = box.contains(self.mapFromGlobal(self.cursor().pos())) and self.underMouse()
            color = "accent" if active or over else "text"
            draw_text(painter, word, tab.word, font("body", bold=active), color, LEFT)
            used = text_width(font("body", bold=active), tab.word)
            if tab.count is not None:
                number = QRect(left + used + COUNT_GAP, box.top() + 1, 60, box.height())
                shade = "err" if tab.urgent and tab.count else "accent" if active else "text2"
                draw_text(painter, number, str(tab.count), font("caption", bold=bool(tab.urgent and tab.count)), shade)
                used += COUNT_GAP + text_width(font("caption"), str(tab.count))
            if active:
                painter.fillRect(left, box.bottom() - 2, used, 3, qcolor("accent"))
                if self.hasFocus():
                    draw_box(painter, QRect(left - 6, box.top() + 4, used + 12, box.height() - 10), "", "accent", 2)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.HoverMove, QEvent.Type.HoverLeave):
            self.update()
        if event.type() == QEvent.Type.ApplicationFontChange:
            self.setFont(font())
        return super().event(event)


@dataclass(frozen=True, slots=True)
class DocumentTab:
    """An open document: key, title, icon, and whether it has changes that are not sent yet (a dot)."""
    key: str
    title: str
    icon: str = "document"
    dot: bool = False
    fixed: bool = False             # the list itself: cannot be closed


class DocumentTabs(QTabBar):
    """Open documents, 32 high, the active one white with a blue line on top.

    Signals:
        chosen(str), close_requested(str): With the key of the document.
        menu_requested(str, QPoint): The menu key or a right click on a tab; a point of the screen.
    """

    chosen = Signal(str)
    close_requested = Signal(str)
    menu_requested = Signal(str, QPoint)
    WIDEST, PAD, ICON, CROSS = 240, 12, 16, 16

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tabs: list[DocumentTab] = []
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.currentChanged.connect(self._tell)

    def set_tabs(self, tabs: Sequence[DocumentTab], active: str) -> None:
        """Show these documents; emits nothing."""
        blocked = self.blockSignals(True)
        self._tabs = list(tabs)
        while self.count() > len(self._tabs):
            self.removeTab(self.count() - 1)
        while self.count() < len(self._tabs):
            self.addTab("")
        for at, tab in enumerate(self._tabs):
            self.setTabText(at, tab.title)
            self.setTabToolTip(at, tab.title)
            if tab.key == active:
                self.setCurrentIndex(at)
        self.blockSignals(blocked)
        self.setVisible(bool(self._tabs))
        self.updateGeometry()
        self.update()

    def _tell(self, at: int) -> None:
        if 0 <= at < len(self._tabs):
            self.chosen.emit(self._tabs[at].key)

    def tabSizeHint(self, index: int) -> QSize:
        if index >= len(self._tabs):
            return QSize(0, px(tokens.DOCUMENT_TABS))
        text = text_width(font(), self._tabs[index].title)
        width = 2 * self.PAD + self.ICON + 6 + text + 2
        if not self._tabs[index].fixed:
            width += 10 + self.CROSS
        return QSize(min(px(self.WIDEST), width), px(tokens.DOCUMENT_TABS))

    def minimumTabSizeHint(self, index: int) -> QSize:
        return QSize(min(px(120), self.tabSizeHint(index).width()), px(tokens.DOCUMENT_TABS))

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), px(tokens.DOCUMENT_TABS))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(120), px(tokens.DOCUMENT_TABS))

    def _cross(self, box: QRect) -> QRect:
        top = box.top() + (box.height() - self.CROSS) // 2 + 1
        return QRect(box.right() - self.PAD - self.CROSS, top, self.CROSS, self.CROSS)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        keyboard = event.reason() is QContextMenuEvent.Reason.Keyboard
        at = self.currentIndex() if keyboard else self.tabAt(event.pos())
        if 0 <= at < len(self._tabs):
            corner = self.mapToGlobal(self.tabRect(at).bottomLeft()) if keyboard else event.globalPos()
            self.menu_requested.emit(self._tabs[at].key, corner)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = self.tabAt(event.position().toPoint())
        if 0 <= at < len(self._tabs) and not self._tabs[at].fixed:
            on_cross = self._cross(self.tabRect(at)).adjusted(-4, -4, 4, 4).contains(event.position().toPoint())
            if on_cross or event.button() == Qt.MouseButton.MiddleButton:
                self.close_requested.emit(self._tabs[at].key)
                return
        super().mouseReleaseEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), qcolor("head"))
        hairline(painter, self.rect(), "bottom")
        for at in range(min(self.count(), len(self._tabs))):
            self._paint_tab(painter, self._tabs[at], self.tabRect(at), at == self.currentIndex())

    def _paint_tab(self, painter: QPainter, tab: DocumentTab, box: QRect, active: bool) -> None:
        color = "accent" if active else "text2"
        if active:
            painter.fillRect(box, qcolor("base"))
            painter.fillRect(box.left(), box.top(), box.width(), 2, qcolor("accent"))
            if self.hasFocus():
                draw_box(painter, box.adjusted(2, 4, -3, -3), "", "accent", 2)
        hairline(painter, box, "right")
        middle = box.center().y()
        left = box.left() + self.PAD
        paint_icon(painter, tab.icon, left, middle - self.ICON // 2 + 1, color, self.ICON)
        left += self.ICON + 6
        side = self.PAD if tab.fixed else self.PAD + self.CROSS + 8
        text = QRect(left, box.top() + 1, box.right() - left - side, box.height())
        draw_text(painter, text, tab.title, font(), "text" if active else "text2")
        cross = self._cross(box)
        over = self.underMouse() and box.contains(self.mapFromGlobal(self.cursor().pos()))
        if tab.dot and not over:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(qcolor("accent"))
            painter.drawEllipse(cross.left() + 5, cross.top() + 3, 8, 8)
            painter.restore()
        elif not tab.fixed:
            paint_icon(painter, "close", cross.left() + 2, cross.top() + 2, "text2", 12)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.HoverMove, QEvent.Type.HoverLeave):
            self.update()
        if event.type() == QEvent.Type.ApplicationFontChange:
            self.setFont(font())
        return super().event(event)
