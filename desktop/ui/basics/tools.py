"""The line above the rows: which table, which year, how many levels, and what can be done with it."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.texts import tr
from desktop.ui.basics.shelves import Shelf
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.choices import Choice
from desktop.ui.kit.inputs import SelectInput
from desktop.ui.kit.panels import Header
from desktop.ui.kit.typography import px

EARLIER, LATER = 3, 1  # years offered around the one at hand
SELECT_WIDTH = 100
# What the levels of a classification are called.
_LEVEL_WORDS = {
    "FUNCTION": (tr("类"), tr("款"), tr("项")),
    "REVENUE": (tr("类"), tr("款"), tr("项")),
    "DEPT_ECONOMIC": (tr("类"), tr("款")),
    "GOV_ECONOMIC": (tr("类"), tr("款")),
    "REGION": (tr("自治区"), tr("盟市"), tr("旗县")),
}


class Tools(Header):
    """The header.

    Signals:
        year_chosen(int): A fiscal year, 0 for all years.
        levels_chosen(): More or fewer levels are wanted.
    """

    year_chosen = Signal(int)
    levels_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.year, self.level = SelectInput(), SelectInput()
        self.look = Button(tr("说明"), "second", "info", tip=tr("看选中一行的说明和出处（F4）"))
        self.export = Button(tr("导出"), "second", "export", tip=tr("导出成 Excel 表格（Ctrl+E）"))
        super().__init__(tr("基础资料"), "", (self.level, self.year, self.look, self.export), parent=parent)
        self.year.setAccessibleName(tr("年度"))
        self.level.setAccessibleName(tr("显示到哪一级"))
        self._base = 0
        self._measure()
        self.year.chosen.connect(self._year_chosen)
        self.level.chosen.connect(lambda choice: self.levels_chosen.emit() if choice is not None else None)

    def offer_years(self, base: int, year: int) -> None:
        """Offer the years around the one at hand, and all together.

        Args:
            year: The one that is shown; 0 for all.
        """
        if base != self._base:
            self._base = base
            years = range(base + LATER, base - EARLIER - 1, -1)
            rows = [Choice(str(one), tr("{year} 年", year=one)) for one in years]
            self.year.set_rows([*rows, Choice("0", tr("全部年度"))])
        self.year.set_code(str(year))

    def year_words(self) -> str:
        """Return which year is shown."""
        choice = self.year.choice()
        return choice.name if choice is not None else ""

    def show_shelf(self, shelf: Shelf) -> None:
        """Name a table and offer its levels."""
        self.set_title(shelf.name)
        self.level.setVisible(shelf.depth > 1)
        words = _LEVEL_WORDS.get(shelf.key, ())
        rows = [Choice(str(at), _level_words(at, words)) for at in range(1, shelf.depth)]
        now = self.level.choice()
        self.level.set_rows([Choice("0", tr("全部级次")), *rows])
        self.level.set_code(now.code if now is not None and int(now.code) < shelf.depth else "0")
        self._fold()

    def show_all_levels(self) -> None:
        """Show every level from now on."""
        self.level.set_code("0")

    def levels(self, shelf: Shelf) -> int:
        """Return how many levels of a table are shown; 0 for all."""
        choice = self.level.choice()
        return int(choice.code) if choice is not None and shelf.depth > 1 else 0

    def _measure(self) -> None:
        for part in (self.year, self.level):
            part.setFixedWidth(px(SELECT_WIDTH))

    def _fold(self) -> None:
        """Leave the buttons their signs alone where there is no room for their words."""
        words = ((self.look, tr("说明")), (self.export, tr("导出")))
        for button, word in words:
            button.setText(word)
        if self.wanted() > self.width():
            for button, _ in words:
                button.setText("")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ApplicationFontChange:
            self._measure()
            self._fold()
        return super().event(event)

    def _year_chosen(self, choice: Choice | None) -> None:
        if choice is not None:
            self.year_chosen.emit(int(choice.code))


def _level_words(at: int, words: tuple[str, ...]) -> str:
    return tr("只到{level}", level=words[at - 1]) if at <= len(words) else tr("前 {count} 级", count=at)
