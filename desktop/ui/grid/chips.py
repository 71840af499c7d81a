"""The bar over a table that is filtered or sorted: a chip for each condition, how many rows fit, and the way out."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.texts import tr
from desktop.ui.grid.arranging import Arranger
from desktop.ui.grid.filtering import ColumnFilter
from desktop.ui.grid.model import SheetModel
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.labels import Label
from desktop.ui.kit.paint import hairline
from desktop.ui.kit.typography import font, px

LONGEST, MORE = 220, 96


class ChipBar(QWidget):
    """Hidden while nothing is filtered or sorted. Each chip takes its own condition away."""

    def __init__(self, arranger: Arranger, model: SheetModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._arranger, self._model = arranger, model
        self.chips: list[Button] = []
        self.count = Label("", bold=True)
        self.more = Label("", tone="text2")
        self.again = Button(tr("重新筛选"), "flat", "sync", tip=tr("按现在的内容再筛选、再排序一次"))
        self.clear = Button(tr("清除全部"), "flat", "close", "Ctrl+Shift+L", live=False)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 3, 8, 4)
        self._row.setSpacing(6)
        self._row.addWidget(self.more)
        self._row.addStretch(1)
        for part in (self.count, self.again, self.clear):
            self._row.addWidget(part)
        self.again.clicked.connect(arranger.apply)
        self.clear.clicked.connect(arranger.clear)
        arranger.changed.connect(self.show_conditions)
        self.hide()

    def show_conditions(self) -> None:
        """Show the filters and the sorting that are on now."""
        for chip in self.chips:
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips = [self._chip(*condition) for condition in self._conditions()]
        for at, chip in enumerate(self.chips):
            self._row.insertWidget(at, chip)
        filtered = bool(self._arranger.filters())
        self.count.setText(self._arranger.shown().words() if filtered else "")
        self.setVisible(bool(self.chips))
        self._fit()

    def _conditions(self) -> list[tuple[str, str]]:
        titles = {spec.key: spec.title for spec in self._model.columns}
        found = [(key, wanted.words(titles[key])) for key, wanted in self._arranger.filters().items()]
        key, descending = self._arranger.sorting()
        if key:
            found.append(("", tr("按 {title} {way}", title=titles[key], way=tr("降序") if descending else tr("升序"))))
        return found

    def _chip(self, key: str, words: str) -> Button:
        metrics = QFontMetrics(font())
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, px(LONGEST))
        chip = Button(shown, "tonal", "close", tip=tr("点一下取消：{words}", words=words), parent=self)
        if key:
            chip.clicked.connect(lambda: self._arranger.set_filter(key, ColumnFilter()))
        else:
            chip.clicked.connect(lambda: self._arranger.sort(""))
        return chip

    def _fit(self) -> None:
        """Show as many chips as there is room for, and say how many more there are."""
        taken = 16 + sum(part.sizeHint().width() + 6 for part in (self.count, self.again, self.clear))
        room, widths = self.width() - taken, [chip.sizeHint().width() + 6 for chip in self.chips]
        if sum(widths) > room:
            room -= px(MORE)
        hidden = 0
        for at, chip in enumerate(self.chips):
            room -= widths[at]
            chip.setVisible(at == 0 or room >= 0)
            hidden += chip.isHidden()
        self.more.setText(tr("另有 {count} 个条件", count=hidden) if hidden else "")
        self.more.setVisible(bool(hidden))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), qcolor("alt"))
        hairline(painter, self.rect(), "bottom")
