"""The head row of plain tables: grey, caption type, short separators."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from desktop.ui.kit import tokens
from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.paint import LEFT, draw_text, hairline
from desktop.ui.kit.typography import font, px


class PlainHeader(QHeaderView):
    """A horizontal header, 28 high, that asks its model for text and alignment only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setMinimumSectionSize(16)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), px(tokens.HEAD_ROW))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        painter.fillRect(rect, qcolor("head"))
        hairline(painter, rect, "bottom")
        if logicalIndex + 1 < self.count():
            painter.fillRect(rect.right(), rect.top() + 8, 1, rect.height() - 16, qcolor("line"))
        model = self.model()
        orientation = Qt.Orientation.Horizontal
        align = model.headerData(logicalIndex, orientation, Qt.ItemDataRole.TextAlignmentRole)
        text = model.headerData(logicalIndex, orientation, Qt.ItemDataRole.DisplayRole)
        draw_text(painter, rect.adjusted(8, 0, -8, 0), str(text or ""), font("caption"), "text2",
                  align if isinstance(align, Qt.AlignmentFlag) else LEFT)
