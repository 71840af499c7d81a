"""Pills: a document's state as icon and word on its tint, drawn alike by widgets and delegates."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.kit.drawn import Drawn
from desktop.ui.kit.icons import paint_icon, qcolor
from desktop.ui.kit.paint import LEFT, draw_box, draw_text, text_width
from desktop.ui.kit.typography import font, px

PADDING, ICON, GAP = 8, 14, 4


@dataclass(frozen=True, slots=True)
class PillLook:
    """How a state is shown: icon name, word, and tokens of text, fill and border (empty: none)."""
    icon: str
    word: str
    text: str
    fill: str
    border: str = ""
    struck: bool = False


PILLS: Mapping[str, PillLook] = MappingProxyType({
    "draft": PillLook("pencil", "草稿", "draft", "draftbg"),
    "invalid": PillLook("error", "有错误", "err", "errbg"),
    "to_check": PillLook("person", "待复核", "warn", "warnbg"),
    "to_sign": PillLook("stamp", "待签章", "warn", "warnbg"),
    "ready": PillLook("check", "可报送", "ready", "readybg"),
    "queued": PillLook("chevron-up", "待同步", "wait", "waitbg"),
    "delivered": PillLook("send", "已送达", "ok", "okbg"),
    "returned": PillLook("return", "已退回", "err", "base", "err"),
    "done": PillLook("check-circle", "已办结", "ok", "base", "ok"),
    "void": PillLook("trash", "已作废", "dis", "base", "line", struck=True),
})


def pill_look(state: str, word: str = "") -> PillLook:
    """Return the look of a state key, with another word if one is given.

    Raises:
        KeyError: The state is not in `PILLS`.
    """
    look = PILLS[state]
    return PillLook(look.icon, word, look.text, look.fill, look.border, look.struck) if word else look


def pill_width(look: PillLook) -> int:
    """Return the width of a pill in logical pixels."""
    icon = ICON + GAP if look.icon else 0
    return 2 * PADDING + icon + text_width(font("caption"), look.word)


def paint_pill(painter: QPainter, left: int, middle: int, look: PillLook, height: int = 20) -> int:
    """Draw a pill from its left edge around a vertical middle; return its width."""
    width = pill_width(look)
    box = QRect(left, middle - height // 2, width, height)
    draw_box(painter, box, look.fill, look.border)
    at = left + PADDING
    if look.icon:
        paint_icon(painter, look.icon, at, middle - ICON // 2, look.text, ICON)
        at += ICON + GAP
    draw_text(painter, QRect(at, box.top(), width, height), look.word, font("caption"), look.text, LEFT)
    if look.struck:         # not the font's own line: hinting drops it at small sizes
        painter.fillRect(at, middle, text_width(font("caption"), look.word), 1, qcolor(look.text))
    return width


class Pill(Drawn):
    """A state as a widget, 20 high; `set_state` changes it."""

    def __init__(self, state: str = "draft", word: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._look = pill_look(state, word)
        self.set_state(state, word)

    def set_state(self, state: str, word: str = "") -> None:
        """Show another state key of `PILLS`; `word` replaces its own word."""
        self._look = pill_look(state, word)
        self.setAccessibleName(self._look.word)
        self.updateGeometry()
        self.update()

    def set_look(self, look: PillLook) -> None:
        """Show a look of the page's own, as a tag of a form's round is."""
        self._look = look
        self.setAccessibleName(look.word)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(pill_width(self._look), px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_pill(QPainter(self), 0, self.height() // 2, self._look, self.height())


class Tag(Pill):
    """A small grey or tinted word without an icon, as 个性 or 产出 in the indicator picker."""

    def __init__(self, word: str, text: str = "text2", fill: str = "draftbg", parent: QWidget | None = None) -> None:
        super().__init__("draft", parent=parent)
        self.set_look(PillLook("", word, text, fill))
