"""Painted pieces of the top bar: words with an icon and an arrow, and the sync chip."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QWidget

from desktop.ui.kit.icons import paint_icon
from desktop.ui.kit.paint import draw_box, draw_text, text_width
from desktop.ui.kit.typography import font, px
from desktop.ui.shell.state import SyncChip

PAD, ICON, GAP, CHEVRON = 8, 16, 6, 16


@dataclass(frozen=True, slots=True)
class Words:
    """A run of words in one tone; `drop` says how early it is left out when there is no room (0: never)."""
    text: str
    tone: str = "text"
    bold: bool = False
    role: str = "body"
    drop: int = 0


class BarItem(QAbstractButton):
    """A flat piece of the bar, 28 high; shows an arrow only when a menu opens."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: tuple[Words, ...] = ()
        self._icon, self._icon_tone = "", "text2"
        self._menu: QMenu | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._open)

    def show_words(self, words: Sequence[Words], icon: str = "", icon_tone: str = "text2", tip: str = "") -> None:
        """Show these words; the tip is the accessible name too."""
        self._words, self._icon, self._icon_tone = tuple(words), icon, icon_tone
        whole = " ".join(part.text for part in words)
        self.setToolTip(tip)
        self.setAccessibleName(tip or whole)
        self.updateGeometry()
        self.update()

    def set_menu(self, menu: QMenu | None) -> None:
        """Open this menu on a click; None: a click only emits `clicked`."""
        self._menu = menu
        self.set_reachable(menu is not None)
        self.updateGeometry()
        self.update()

    def set_reachable(self, on: bool) -> None:
        """Let Tab come here; what does nothing is passed over."""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if on else Qt.FocusPolicy.NoFocus)

    def menu(self) -> QMenu | None:
        """Return the menu."""
        return self._menu

    def words(self) -> str:
        """Return all words shown, for tests and readers."""
        return " ".join(part.text for part in self._words)

    def _width(self, words: Sequence[Words]) -> int:
        width = sum(text_width(font(part.role, bold=part.bold), part.text) for part in words)
        width += GAP * max(0, len(words) - 1)
        return width + 2 * PAD + (ICON + GAP if self._icon else 0) + (CHEVRON + GAP if self._menu else 0)

    def _fitting(self, width: int) -> list[Words]:
        words = list(self._words)
        for level in sorted({part.drop for part in words if part.drop}, reverse=True):
            if self._width(words) <= width:
                break
            words = [part for part in words if part.drop != level]
        return words

    def sizeHint(self) -> QSize:
        return QSize(self._width(self._words), px(28))

    def minimumSizeHint(self) -> QSize:
        kept = [part for part in self._words if not part.drop]
        return QSize(self._width(kept), px(28))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ApplicationFontChange:
            self.updateGeometry()
        return super().event(event)

    def open_menu(self) -> None:
        """Open the menu with its first entry that can be taken chosen, so that arrows and Enter go on from there."""
        self._open()
        if self._menu is not None:
            first = next((one for one in self._menu.actions() if one.isEnabled() and not one.isChecked()), None)
            if first is not None:
                self._menu.setActiveAction(first)

    def _open(self) -> None:
        if self._menu is not None:
            self._menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.underMouse() and self.isEnabled():
            draw_box(painter, self.rect(), "alt")
        if self.hasFocus():
            draw_box(painter, self.rect(), "", "accent", 2)
        left, middle = PAD, self.height() // 2
        if self._icon:
            paint_icon(painter, self._icon, left, middle - ICON // 2, self._icon_tone, ICON)
            left += ICON + GAP
        end = self.width() - PAD - (CHEVRON + GAP if self._menu else 0)
        for part in self._fitting(self.width()):
            face = font(part.role, bold=part.bold)
            width = min(text_width(face, part.text), max(0, end - left))
            draw_text(painter, QRect(left, 0, width + 1, self.height()), part.text, face, part.tone)
            left += width + GAP
        if self._menu is not None:
            paint_icon(painter, "chevron-down", left, middle - CHEVRON // 2, "text2", CHEVRON)


def chip_words(chip: SyncChip) -> tuple[str, str, list[Words]]:
    """Return icon, its tone and the words of the sync chip."""
    dot = Words("·", "text2", drop=1)
    words: list[Words] = []
    icon, tone = "sync", "text2"
    if chip.running:
        words.append(Words(f"同步中 {chip.running}", "accent", bold=True))
        tone = "accent"
    elif chip.offline:
        words.append(Words("离线（可继续工作）", "text2"))
        icon = "cloud-off"
    if chip.waiting and not chip.running:
        words.append(Words(f"待同步 {chip.waiting}", "warn" if chip.stale else "wait", bold=chip.stale))
    if chip.returned:
        words.append(Words(f"退回 {chip.returned}", "err", bold=True))
    if chip.last and not chip.running:
        words.append(Words(f"上次 {chip.last}" if words else f"已同步 {chip.last}", "text2" if words else "ok", drop=2))
    if not words:
        words.append(Words("还没有同步过", "text2"))
    spaced: list[Words] = []
    for at, part in enumerate(words):
        if at:
            spaced.append(Words("·", "text2", drop=part.drop) if part.drop else Words(dot.text, "text2"))
        spaced.append(part)
    if not chip.waiting and not chip.returned and not chip.running and not chip.offline and chip.last:
        icon, tone = "check-circle", "ok"
    return icon, tone, spaced
