"""An open voucher that changed in the books: followed, or said over it while something typed is not saved."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.ui.documents.arrivals import ArrivedBand, followed_words, kept_words
from desktop.ui.kit.toast import Toast
from desktop.ui.payment.session import VoucherSession


class Following(ArrivedBand):
    """The band M20 of one session.

    Args:
        session: Says when its document is another one in the books.
        toast: Says that the newest is shown.
        commit: Takes what is being typed.
    """

    def __init__(self, session: VoucherSession, toast: Toast, commit: Callable[[], None],
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._toast, self._commit = session, toast, commit
        session.outdated.connect(self.show_update)
        session.followed.connect(self._followed)
        session.saved.connect(self.dismiss)
        self.wanted.connect(self._take_newest)

    def _followed(self) -> None:
        """Say that another content is shown, unless whoever changed it has just said so."""
        self.dismiss()
        if not self._toast.isVisible():
            self._toast.say(followed_words(), "info")

    def _take_newest(self) -> None:
        """Put aside what is being typed, and show the newest."""
        self._session.saving.held = True
        self._commit()
        self.dismiss()
        self._session.take_newest(lambda draft: self._toast.say(kept_words(draft=draft), "info"))
