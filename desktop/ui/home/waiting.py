"""待我复核、待我签章: what waits for the person at the screen, of every kind; one PIN for all that are selected."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QItemSelection, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.document import Post
from desktop.texts import tr
from desktop.ui.app.rows import counted
from desktop.ui.home.tables import WAITING_COLUMNS, DocumentTable
from desktop.ui.kit.buttons import Button
from desktop.usecases.ports import DocumentRow

MOST_SHOWN = 8
_TITLES = {
    Post.MAKER: tr("退回给我的单据"),
    Post.CHECKER: tr("待我复核的单据"),
    Post.SIGNER: tr("待我签章的单据"),
    Post.HEAD: tr("待我签章的单据"),
}


class WaitingPanel(DocumentTable):
    """The table with its one button.

    Signals:
        sign_requested(object): The selected `DocumentRow` values, to be checked or signed with one PIN.
    """

    sign_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.sign = Button("", "tonal", "stamp")
        super().__init__(_TITLES[Post.CHECKER], MOST_SHOWN, self.sign, columns=WAITING_COLUMNS, parent=parent)
        self._post = Post.MAKER
        self.sign.clicked.connect(lambda: self.sign_requested.emit(self.selected()))
        self.sheet.view.selectionModel().selectionChanged.connect(self._selection_changed)

    def show_waiting(self, post: Post, rows: Sequence[DocumentRow], names: Mapping[str, str], year: int) -> None:
        """Show what waits for a person in this post."""
        self._post = post
        self.title.set_text(_TITLES[post], tr("{what}，回车打开，可多选", what=counted(rows)))
        self.show_rows(rows, names, year)
        self._selection_changed(QItemSelection(), QItemSelection())

    def selected(self) -> list[DocumentRow]:
        """Return the selected documents."""
        chosen = self.sheet.view.selected_source_rows() if self.sheet.view.selectionModel().hasSelection() else []
        return [self.source.rows[row] for row in chosen]

    def _selection_changed(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        count = len(self.selected())
        word = tr("复核通过") if self._post is Post.CHECKER else tr("签章")
        self.sign.setText(tr("{word}所选 {count} 份", word=word, count=count) if count else tr("{word}所选", word=word))
        self.sign.set_icon("check" if self._post is Post.CHECKER else "stamp")
        self.sign.setEnabled(bool(count))
