"""The line over the library that says what is new in it, and leads to 什么变了."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.texts.library_changes import news
from desktop.ui.app.routes import LIBRARY_CHANGES
from desktop.ui.context import Context
from desktop.ui.kit.buttons import Button
from desktop.usecases.library_changes import LibraryStanding, library_standing


class LibraryNews(QWidget):
    """Hidden while there is nothing unread; reads again when the mirrors changed or something was marked as read."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.link = Button("", "link", "info")
        self.link.set_caption()
        self.link.clicked.connect(lambda: context.open_page(LIBRARY_CHANGES))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.link)
        row.addStretch(1)
        self.hide()
        context.changed.connect(lambda topic: self.refresh() if topic != "documents" else None)
        self.refresh()

    def refresh(self) -> None:
        """Ask again what is unread."""
        self._context.run(self, library_standing, self._show)

    def _show(self, standing: LibraryStanding) -> None:
        if standing.news is not None:
            self.link.setText(news(standing.news))
            self.link.setAccessibleName(self.link.text())
            self.link.setToolTip(self.link.text())
        self.setVisible(standing.news is not None)
