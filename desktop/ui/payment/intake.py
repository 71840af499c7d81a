"""Takes files of e-vouchers behind the open voucher, and says of each what came of it."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.domain.problem import Level
from desktop.texts import problems, tr
from desktop.ui.documents.wording import told
from desktop.ui.payment.session import VoucherSession
from desktop.usecases.take_evoucher import Taken

SHOWN = 3


class EvoucherIntake(QObject):
    """The way of a file into a voucher.

    Signals:
        told(str, str, str): Kind, title and text for the band: what is wrong with a file, or with its invoice.
        taken(str): A short word that all went well, for a toast.
        begun(): Files are being taken; what was told before is no longer of interest.
    """

    told = Signal(str, str, str)
    taken = Signal(str)
    begun = Signal()

    def __init__(self, session: VoucherSession, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A dragging that enters is a kind of drop event to Qt; only the drop itself takes files.
        if isinstance(event, QDropEvent) and event.type() in (QEvent.Type.DragEnter, QEvent.Type.Drop):
            files = self.files_in(event.mimeData())
            if files:
                event.acceptProposedAction()
                if event.type() == QEvent.Type.Drop:
                    self.take(files)
                return True
        return super().eventFilter(watched, event)

    def ask(self) -> None:
        """Ask for files and take them."""
        if self._session.editable():
            words = tr("电子发票 (*.ofd *.xml);;所有文件 (*)")
            paths, _ = QFileDialog.getOpenFileNames(self._window, tr("选择电子发票"), "", words)
            self.take([Path(path) for path in paths])

    def take(self, paths: Sequence[Path]) -> None:
        """Take files, one after the other."""
        if self._session.editable() and paths:
            self.begun.emit()
            for path in paths:
                self._session.take(path, self._taken, partial(self._refused, path))

    def files_in(self, content: QMimeData) -> list[Path]:
        """Return the files that are being dragged; none while the voucher can't be typed into."""
        if not self._session.editable():
            return []
        return [Path(url.toLocalFile()) for url in content.urls() if url.isLocalFile()]

    def _taken(self, taken: Taken, new: bool) -> None:
        number = taken.evoucher.invoice_no[-4:]
        if not new:
            text = tr("尾号 {number} 的发票已经加入过，没有重复加入。", number=number)
            self.told.emit("info", tr("已在本单里"), text)
            return
        found = [problem for problem in taken.problems if problem.level is not Level.INFO]
        if not found:
            self.taken.emit(tr("已加入尾号 {number} 的发票。", number=number))
            return
        kind = "error" if any(problem.level is Level.ERROR for problem in found) else "warning"
        texts = [problems.describe(problem).sentence for problem in found[:SHOWN]]
        self.told.emit(kind, tr("发票 …{number}", number=number), "".join(texts))

    def _refused(self, path: Path, error: Exception) -> None:
        title, body = told(error)
        self.told.emit("error", tr("{file}：{title}", file=path.name, title=title), body)
