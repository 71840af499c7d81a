"""Fields that only the paper form has: the amount in digit boxes, and the account in groups of four."""

from decimal import Decimal

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QAction, QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.domain.accounts import grouped, is_digits, normal_digits
from desktop.texts import tr
from desktop.ui.kit.icons import icon, qcolor
from desktop.ui.kit.inputs import AmountInput, LineInput
from desktop.ui.kit.numbers import format_number
from desktop.ui.kit.paint import CENTER, draw_text
from desktop.ui.kit.typography import font, px

PLACES = ("亿", "千", "百", "十", "万", "千", "百", "十", "元", "角", "分")
HEAD, BODY = 18, 26
_DARK = (3, 6, 9)  # a stronger line before these boxes, where commas would stand


def box_digits(amount: Decimal) -> list[str] | None:
    """Return what stands in the eleven boxes: blanks, the ¥ sign, then the digits.

    Args:
        amount: Yuan with two decimals.

    Returns:
        None when the amount has no place in the boxes: below zero, or 1,000,000,000.00 and more.
    """
    if amount < 0:
        return None
    digits = str(int(amount.scaleb(2))).rjust(3, "0")
    if len(digits) > len(PLACES):
        return None
    signed = [*digits] if len(digits) == len(PLACES) else ["¥", *digits]
    return [""] * (len(PLACES) - len(signed)) + signed


class AmountBoxes(AmountInput):
    """The amount of the paper: eleven boxes while it is right and not being typed, a plain line while typing.

    Its place names are drawn above the boxes, inside the widget.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(None, frameless=True, parent=parent)
        self.setAccessibleName(tr("金额（小写）"))
        self._place_text()

    def boxes(self) -> list[str] | None:
        """Return the contents of the boxes; None while the plain line is shown: typed into, or not readable."""
        if self.hasFocus():
            return None
        if not self.text():
            return [""] * len(PLACES)
        amount = self.amount()
        return box_digits(amount) if amount is not None and self.text() == format_number(amount) else None

    def set_error(self, message: str = "", level: str = "error") -> None:
        """Mark the amount; the boxes are tinted, the sign stands only beside the plain line, where it has room."""
        super().set_error(message, level)
        self._show_sign()

    def _show_sign(self) -> None:
        self._sign.setVisible(bool(self.error()) and self.boxes() is None)

    def sizeHint(self) -> QSize:
        return QSize(px(20) * len(PLACES), px(HEAD + BODY) - 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(px(16) * len(PLACES), px(HEAD + BODY) - 1)

    def _place_text(self) -> None:
        self.setTextMargins(0, px(HEAD), 0, 0)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_sign()
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_sign()

    def paintEvent(self, event: QPaintEvent) -> None:
        shown = self.boxes()
        if shown is None:
            super().paintEvent(event)
        painter = QPainter(self)
        if shown is not None:
            tint = {"error": "errbg", "warning": "warnbg"}.get(str(self.property("state")), "base")
            painter.fillRect(self.rect(), qcolor(tint if self.error() else "base"))
        head = px(HEAD)
        edges = [round(at * self.width() / len(PLACES)) for at in range(len(PLACES) + 1)]
        if shown is None and self.hasFocus():
            return  # the focus ring and the typed text need the room
        for at, place in enumerate(PLACES):
            top = QRect(edges[at], 0, edges[at + 1] - edges[at], head)
            draw_text(painter, top, place, font("caption"), "text2", CENTER)
            if shown is not None:
                box = QRect(top.left(), head, top.width(), self.height() - head)
                draw_text(painter, box, shown[at], font("section"), "text", CENTER)
            if at and shown is not None:
                painter.fillRect(edges[at] - 1, 0, 1, self.height(), qcolor("ctl" if at in _DARK else "line"))
        painter.fillRect(0, head, self.width(), 1, qcolor("line"))
        if self.error() and shown is not None:
            painter.fillRect(0, 0, 2, self.height(), qcolor("err" if tint == "errbg" else "warn"))


class AccountInput(LineInput):
    """An account: shown in groups of four, given on as plain digits.

    `committed` carries the number as it is stored: full width narrowed, no spaces; wrong signs stay and are named.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", frameless=True, parent=parent)
        self.setAccessibleName(tr("收款人账号"))
        self._known = QAction(icon("check-circle", "ok"), tr("与常用收款人一致"), self)
        self.addAction(self._known, QLineEdit.ActionPosition.TrailingPosition)
        self._known.setVisible(False)

    def set_known(self, known: bool) -> None:
        """Show the green sign: the same name, account and bank were paid before or are registered."""
        self._known.setVisible(known)

    def commit(self, text: str) -> None:
        number = normal_digits(text)
        self.set_text(shown_number(number))
        self.committed.emit(number)


def shown_number(number: str) -> str:
    """Return a stored account as it is shown: digits in groups of four, anything else as it is."""
    return grouped(number) if is_digits(number) else number
