"""The one push button of the program, in six kinds, with an icon and a lighter shortcut."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QEnterEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.ui.kit import tokens
from desktop.ui.kit.focus import commit_typing, give_back
from desktop.ui.kit.icons import paint_icon, qcolor
from desktop.ui.kit.paint import LEFT, draw_box, draw_text, text_width
from desktop.ui.kit.typography import font, px

ICON, GAP, CHEVRON = 16, 6, 16
_SHOWN_ONLY = ("Enter", "Esc", "空格", "Ctrl+Enter")      # keys that the page itself must handle


@dataclass(frozen=True, slots=True)
class _Look:
    fill: str
    text: str
    border: str
    over: str               # fill under the pointer
    padding: int


_LOOKS = {
    "primary": _Look("accent", "white", "", "hover", 12),
    "tonal": _Look("readybg", "accent", "", "sel", 12),
    "second": _Look("base", "text", "ctl", "alt", 12),
    "flat": _Look("", "text", "", "head", 8),
    "link": _Look("", "accent", "", "", 0),
    "danger": _Look("base", "err", "err", "errbg", 12),
    "nav": _Look("navactive", "white", "", "text2", 12),
}


class Button(QPushButton):
    """A push button drawn by the kit.

    Args:
        text: Label; may be empty when there is an icon (then give `tip`).
        kind: second, primary, tonal, flat, link, danger or nav (on the dark bulk bar). One primary a screen.
        icon: Name of an icon.
        shortcut: Shown after the label, as "F8" or "Ctrl+N"; a live shortcut unless it is Enter or Esc.
        tip: Tooltip and accessible name; the label when empty.
        tall: 32 high instead of 28, for the foot of a sheet.
        live: Whether the shortcut works; off where something else listens for it.
    """

    def __init__(self, text: str = "", kind: str = "second", icon: str = "", shortcut: str = "", *,
                 tip: str = "", tall: bool = False, live: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind, self._icon_name, self._keys, self._tall = kind, icon, shortcut, tall
        self._caption = False
        self.setCursor(Qt.CursorShape.PointingHandCursor if kind == "link" else Qt.CursorShape.ArrowCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setToolTip(tip)
        self.setText(text)
        self.setAccessibleName(tip or text)
        if live and shortcut and shortcut not in _SHOWN_ONLY:
            # Not QAbstractButton's own shortcut: that clicks a tenth of a second later and drops quick repeats.
            QShortcut(QKeySequence(shortcut), self, self._by_key)

    def _by_key(self) -> None:
        """Click, after the field that is being typed into has handed its text on."""
        place = commit_typing()
        self.click()
        give_back(place)

    def set_kind(self, kind: str) -> None:
        """Change the kind, as 审核 and 送复核 do when they swap the primary place."""
        self._kind = kind
        self.updateGeometry()
        self.update()

    def set_icon(self, name: str) -> None:
        """Change the icon by name."""
        self._icon_name = name
        self.updateGeometry()
        self.update()

    def set_caption(self, small: bool = True) -> None:
        """Draw the label in caption size, as links inside bands and inspectors are."""
        self._caption = small
        self.updateGeometry()

    def kind(self) -> str:
        """Return the kind."""
        return self._kind

    def sizeHint(self) -> QSize:
        look, label = _LOOKS[self._kind], font("caption") if self._caption else font()
        width = text_width(label, self.text()) if self.text() else 0
        parts = [part for part in (ICON if self._icon_name else 0, width,
                                   text_width(font("caption"), self._keys) if self._keys else 0,
                                   CHEVRON if self.menu() is not None else 0) if part]
        height = px(tokens.SHEET_FOOT_CONTROL if self._tall else tokens.CONTROL)
        total = sum(parts) + GAP * max(0, len(parts) - 1) + 2 * look.padding
        return QSize(max(total, height if self._kind != "link" else 0), height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ApplicationFontChange:
            self.updateGeometry()
        return super().event(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def _colors(self) -> tuple[str, str, str]:
        look = _LOOKS[self._kind]
        if not self.isEnabled():
            return ("" if self._kind in ("flat", "link") else "ro"), "dis", ""
        fill = look.over if look.over and (self.underMouse() or self.isDown()) else look.fill
        if self.isChecked():
            return "sel", "text", look.border and "accent"
        color = "hover" if self._kind == "link" and self.underMouse() else look.text
        return fill, color, look.border

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill, color, border = self._colors()
        box = self.rect()
        if fill or border:
            draw_box(painter, box, fill, border)
        if self.hasFocus() and self.isEnabled():
            self._paint_focus(painter, box)
        self._paint_content(painter, color)

    def _paint_focus(self, painter: QPainter, box: QRect) -> None:
        if self._kind == "primary":
            draw_box(painter, box, "", "hover", 2)
            draw_box(painter, box.adjusted(2, 2, -2, -2), "", "white", 1, 3)
        elif self._kind == "nav":
            draw_box(painter, box, "", "white", 2)
        elif self._kind == "link":
            painter.fillRect(0, box.bottom() - 4, box.width(), 2, qcolor("accent"))
        else:
            draw_box(painter, box, "", "accent", 2)

    def _paint_content(self, painter: QPainter, color: str) -> None:
        content = self.sizeHint().width()
        look = _LOOKS[self._kind]
        label = font("caption") if self._caption else font()
        left = look.padding if self._kind == "link" else look.padding + max(0, (self.width() - content) // 2)
        if self._icon_name and not self.text() and not self._keys and self.menu() is None:
            left = (self.width() - ICON) // 2
        middle = self.height() // 2
        if self._icon_name:
            tint = "text2" if self._kind in ("flat", "second") and color == "text" else color
            paint_icon(painter, self._icon_name, left, middle - ICON // 2, tint, ICON)
            left += ICON + GAP
        if self.text():
            width = min(text_width(label, self.text()), self.width() - left)
            draw_text(painter, QRect(left, 0, width + 1, self.height()), self.text(), label, color, LEFT)
            left += width + GAP
        if self._keys:
            shade = {"text": "text2", "white": "sel"}.get(color, color)
            draw_text(painter, QRect(left, 0, self.width() - left, self.height()), self._keys, font("caption"), shade)
            left += text_width(font("caption"), self._keys) + GAP
        if self.menu() is not None:
            paint_icon(painter, "chevron-down", left, middle - CHEVRON // 2, "text2", CHEVRON)
