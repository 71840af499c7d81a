"""The small calculator of number cells (F7): a line for the sum, a tape of what was computed, keys only."""

from decimal import Decimal

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.expression import NARROW
from desktop.texts import tr
from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.labels import Label
from desktop.ui.kit.numbers import NotANumber, compute, format_number
from desktop.ui.kit.paint import RIGHT, draw_box
from desktop.ui.kit.typography import font, px

TAPE, WIDTH = 6, 300
_GOES_ON = "+-*/×÷%"


class Calculator(QFrame):
    """A popup under a cell. "=" notes a result on the tape, Enter takes it into the cell, Esc leaves the cell alone.

    A sum that begins with an operator goes on from the result before.

    Signals:
        taken(object): The result, a Decimal rounded to the places of the cell.
    """

    taken = Signal(object)

    def __init__(self, parent: QWidget, title: str, *, places: int = 2, start: str = "") -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(tr("计算器"))
        self._places, self._last = places, Decimal(0)
        self._lines: list[tuple[str, str]] = []
        self._tape = [Label("", "caption", "text2") for _ in range(TAPE)]
        self.entry = QLineEdit(start)
        self.entry.setAccessibleName(tr("算式"))
        self.entry.setPlaceholderText(tr("例如 1200*12"))
        self.entry.setAlignment(RIGHT)
        self.entry.setFont(font("section"))
        self.entry.setMinimumHeight(px(32))
        self.entry.installEventFilter(self)
        self.result = Label("", "section", bold=True)
        self.result.setAlignment(RIGHT)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(4)
        column.addWidget(Label(tr("计算器 · {title}", title=title), "caption", "text2"))
        for label in self._tape:
            label.setAlignment(RIGHT)
            label.hide()
            column.addWidget(label)
        column.addWidget(self.entry)
        column.addWidget(self.result)
        column.addWidget(Label(tr("= 记一笔　Enter 填入　Esc 不填"), "caption", "text2"))
        self.setMinimumWidth(px(WIDTH))
        self.entry.textChanged.connect(self._show_result)
        self.setFocusProxy(self.entry)
        self._show_result()

    def open_at(self, box: QRect, host: QWidget) -> None:
        """Open under a cell, or above it where there is no room below; `box` in the host's coordinates."""
        self.adjustSize()
        corner = host.mapToGlobal(QPoint(box.right() - self.width(), box.bottom() + 2))
        area = host.screen().availableGeometry()
        if corner.y() + self.sizeHint().height() + TAPE * px(18) > area.bottom():
            corner.setY(host.mapToGlobal(box.topLeft()).y() - self.height() - 2)
        corner.setX(max(area.left(), min(corner.x(), area.right() - self.width())))
        corner.setY(max(area.top(), corner.y()))
        self.move(corner)
        self.show()
        self.entry.setFocus(Qt.FocusReason.PopupFocusReason)
        self.entry.selectAll()

    def tape(self) -> list[tuple[str, str]]:
        """Return the sums noted so far and their results, oldest first."""
        return list(self._lines)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys that the line left: "=", Enter, Esc."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_F7):
            self.close()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: object, event: object) -> bool:
        if watched is self.entry and isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress:
            if event.text() in ("=", "＝"):
                self._note()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_F7):
                self.keyPressEvent(event)
                return True
        return False

    def value(self) -> Decimal:
        """Compute what stands in the line; an empty line is the last result.

        Raises:
            NotANumber: It cannot be computed.
        """
        text = self.entry.text().strip().lstrip("=＝")
        if not text:
            return self._last
        if self._lines and text.translate(NARROW)[0] in _GOES_ON:
            text = f"({self._last}){text}"
        return compute(text)

    def _show_result(self) -> None:
        if not self.entry.text().strip():
            self._say(format_number(self._last, self._places) if self._lines else "")
            return
        try:
            self._say(format_number(self.value(), self._places))
        except NotANumber as problem:
            self._say(str(problem), wrong=True)

    def _say(self, text: str, *, wrong: bool = False) -> None:
        self.result.setText(text)
        self.result.set_tone("err" if wrong else "text")

    def _note(self) -> bool:
        try:
            number = self.value()
        except NotANumber as problem:
            self._say(str(problem), wrong=True)
            return False
        text = self.entry.text().strip()
        if text:
            self._lines.append((text, format_number(number, self._places)))
            self._last = number
            for label, (sum_text, result) in zip(self._tape, self._lines[-TAPE:], strict=False):
                label.setText(f"{sum_text} = {result}")
                label.show()
            self.adjustSize()
            self.entry.clear()
        return True

    def _take(self) -> None:
        if self._note():
            number = self._last.quantize(Decimal(1).scaleb(-self._places), "ROUND_HALF_UP")
            self.close()
            self.taken.emit(number)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_box(painter, self.rect(), "base", "ctl", radius=0)
        painter.fillRect(1, 1, self.width() - 2, 3, qcolor("accent"))
