"""The strip under the header: what may be spent, what is planned, the difference; view switches at its right."""

from decimal import Decimal

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop.texts import tr
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.choices import Choice
from desktop.ui.kit.icons import paint_icon, qcolor
from desktop.ui.kit.inputs import SelectInput
from desktop.ui.kit.labels import Label
from desktop.ui.kit.numbers import format_number
from desktop.ui.kit.paint import draw_box, draw_text, hairline, text_width
from desktop.ui.kit.panels import Line
from desktop.ui.kit.typography import font, px

YUAN, WAN = "yuan", "wan"
ROOMY = 740  # logical pixels at 10 pt from which the count of rows has room


class Difference(QWidget):
    """差额 as a chip: red with a sign and words when over, else plain."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._amount, self._word, self._bad, self._short = "", "", False, False

    def show_difference(self, amount: str, word: str, *, bad: bool) -> None:
        """Show an amount; `word` says what it means when it is wrong."""
        self._amount, self._word, self._bad = amount, word if bad else "", bad
        self.setAccessibleName(" ".join((tr("差额"), amount, self._word)).strip())
        self.updateGeometry()
        self.update()

    def set_short(self, on: bool) -> None:
        """Leave the word out where there is no room for it."""
        if on != self._short:
            self._short = on
            self.updateGeometry()
            self.update()

    def text(self) -> str:
        """Return the words shown."""
        return self.accessibleName()

    def _parts(self) -> list[tuple[str, str, bool]]:
        tone = "err" if self._bad else "text2"
        strong = "err" if self._bad else "text"
        parts = [(tr("差额"), tone, False), (self._amount, strong, True)]
        return [*parts, (self._word, tone, False)] if self._word and not self._short else parts

    def sizeHint(self) -> QSize:
        words = sum(text_width(self._font(bold=bold), text) + 6 for text, _, bold in self._parts())
        return QSize(words + (34 if self._bad else 0), px(26))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _font(self, *, bold: bool) -> QFont:
        return font("section") if bold else font()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        left = 0
        if self._bad:
            draw_box(painter, self.rect(), "errbg")
            paint_icon(painter, "error", 8, self.height() // 2 - 7, "err", 15)
            left = 28
        for text, tone, bold in self._parts():
            face = self._font(bold=bold)
            width = text_width(face, text) + 1
            draw_text(painter, self.rect().adjusted(left, 0, 0, 0), text, face, tone)
            left += width + 5


class Strip(QWidget):
    """36 high: two named amounts, their difference, the count of rows, 只看有数行 and 元/万元.

    Signals:
        only_numbers(bool): 只看有数行 was switched.
        unit_chosen(str): YUAN or WAN.
    """

    only_numbers = Signal(bool)
    unit_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = (Label("", tone="text2"), Label("", tone="text2"))
        self._amounts = (Label("", "section"), Label("", "section"))
        self.difference = Difference()
        self.rows = Label("", tone="text2")
        self.filter = Button(tr("只看有数行"), "flat")
        self.filter.setCheckable(True)
        self.unit = SelectInput([Choice(YUAN, tr("元")), Choice(WAN, tr("万元"))])
        self.unit.setAccessibleName(tr("金额单位"))
        self.unit.setFixedWidth(px(72))
        self.unit.set_code(YUAN)
        self._has_rows = self._tight = False
        self._room = 0
        self._lay_out()
        self.filter.toggled.connect(self.only_numbers)
        self.unit.chosen.connect(lambda choice: self.unit_chosen.emit(choice.code if choice else YUAN))

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 1)
        row.setSpacing(6)
        for at in (0, 1):
            row.addWidget(self._names[at])
            row.addWidget(self._amounts[at])
            row.addSpacing(8)
            line = Line(down=True)
            line.setFixedHeight(px(16))
            row.addWidget(line)
            row.addSpacing(8)
        row.addWidget(self.difference)
        row.addStretch(1)
        row.addWidget(self.rows)
        row.addSpacing(6)
        row.addWidget(self.filter)
        row.addSpacing(6)
        row.addWidget(self.unit)
        self.setFixedHeight(px(36))

    def show_amounts(self, first: tuple[str, Decimal | None], second: tuple[str, Decimal], word: str) -> None:
        """Show two named amounts in the chosen unit and first minus second; negative is wrong, as `word` says.

        A first amount of None is not known: then there is no difference.
        """
        for at, (name, amount) in enumerate((first, second)):
            self._names[at].setText(name)
            self._amounts[at].setText(tr("未下达") if amount is None else format_number(amount))
        self.difference.setVisible(first[1] is not None)
        if first[1] is not None:
            left = first[1] - second[1]
            self.difference.show_difference(format_number(left), word, bad=left < 0)

    def show_rows(self, rows: tuple[int, int] | None) -> None:
        """Say how many rows the sheet has, and how many of them are hidden; None: it is no sheet that is filled in."""
        self._has_rows = rows is not None
        if rows is not None:
            count, hidden = rows
            self.rows.setText(tr("{count} 行，收起 {hidden} 行", count=count, hidden=hidden) if hidden
                              else tr("{count} 行", count=count))
        self.fit(self._room, tight=self._tight)

    def choose_unit(self, unit: str) -> None:
        """Show amounts in YUAN or WAN."""
        self.unit.set_code(unit)
        self.unit_chosen.emit(unit)

    def fit(self, room: int, *, tight: bool) -> None:
        """Leave out what a tight window has no room for; the menu has it then.

        Args:
            room: Width of the strip, logical pixels; before the layout has given it.
            tight: Only amounts have room.
        """
        self._room, self._tight = room, tight
        self.rows.setVisible(self._has_rows and room >= px(ROOMY))
        self.filter.setVisible(self._has_rows and not tight)
        self.unit.setVisible(not tight)
        self.difference.set_short(tight)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), qcolor("alt"))
        hairline(painter, self.rect(), "bottom")
