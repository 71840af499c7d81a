"""Step 1: a file, the clipboard, or an empty form to fill in first."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.texts import tr
from desktop.ui.importing.session import ImportSession
from desktop.ui.importing.templates import save_template
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.labels import Label
from desktop.ui.kit.panels import Band, Icon, Panel
from desktop.ui.kit.typography import px

FILTER = tr("表格文件 (*.xlsx *.xls *.xlsm *.ods *.csv *.txt *.tsv *.htm *.html);;所有文件 (*)")
STEPS = (tr("选文件"), tr("识别表头"), tr("预检"), tr("影响"), tr("完成"))
_WIDEST = 720


class ChoosePane(QWidget):
    """The first step.

    Signals:
        file_chosen(str): Path of a file.
        pasted(str, str): Text and HTML of the clipboard.
    """

    file_chosen = Signal(str)
    pasted = Signal(str, str)

    def __init__(self, session: ImportSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setAcceptDrops(True)
        self.choose = Button(tr("选择文件"), "primary", "folder", "Ctrl+O", tall=True)
        self.paste = Button(tr("粘贴表格"), "second", "copy", "Ctrl+V", tall=True)
        self.template = Button(tr("导出模板"), "flat", "export", tall=True)
        self.resume, self.forget = Button(tr("接着做"), "tonal"), Button(tr("重新开始"), "link")
        self.band = Band("info", "", self.resume, self.forget)
        self.band.hide()
        self.place = Panel(28)
        self._words = Label(tr("把 Excel 文件拖到这里"), "title")
        self._lay_out()
        self.choose.clicked.connect(self._choose)
        self.paste.clicked.connect(self._paste)
        self.template.clicked.connect(lambda: save_template(session, self))
        self.resume.clicked.connect(session.resume)
        self.forget.clicked.connect(session.forget)
        QShortcut(QKeySequence("Shift+Ins"), self, self._paste)

    def _lay_out(self) -> None:
        notes = (
            tr("也可以在 Excel 或 WPS 里选中表格（连同表头）复制，回到这里粘贴。"),
            tr("能读 xlsx、xls、ods、csv；表头在前 15 行里就行，列的顺序和叫法不限。"),
            tr("只读取文件里的数，不会改动您的文件；导入前会先给您看结果，导入后可以整批撤销。"),
        )
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        for button in (self.choose, self.paste, self.template):
            buttons.addWidget(button)
        buttons.addStretch(1)
        body = self.place.body
        body.setSpacing(12)
        body.addWidget(Icon("table", "accent", 40), 0, Qt.AlignmentFlag.AlignHCenter)
        body.addWidget(self._words, 0, Qt.AlignmentFlag.AlignHCenter)
        body.addLayout(buttons)
        for note in notes:
            label = Label(note, tone="text2", wrap=True)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            body.addWidget(label)
        middle = QVBoxLayout()
        middle.setSpacing(12)
        middle.addStretch(1)
        middle.addWidget(self.band)
        middle.addWidget(self.place)
        middle.addStretch(2)
        self.place.setMaximumWidth(px(_WIDEST))
        self.band.setMaximumWidth(px(_WIDEST))
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(16, 8, 16, 8)
        row.addStretch(1)
        row.addLayout(middle, 20)
        row.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(inside))

    def show_state(self) -> None:
        """Offer to go on with what was left open."""
        offer = self._session.offer
        self.band.setVisible(offer is not None)
        if offer is not None and offer.state.table is not None:
            self.band.set_content(
                "info",
                tr(
                    "{source}，{rows} 行，做到第 {step} 步“{word}”。",
                    source=offer.state.source,
                    rows=len(offer.state.table.rows),
                    step=offer.state.step + 1,
                    word=STEPS[offer.state.step],
                ),
                tr("上次没有做完"),
            )
        ready = self._session.desk is not None
        for button in (self.choose, self.paste, self.template):
            button.setEnabled(ready)

    def panes(self) -> Sequence[QWidget]:
        """Return what F6 walks through."""
        return (self.choose,)

    def _choose(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, tr("选择要导入的表格"), "", FILTER)
        if path:
            self.file_chosen.emit(path)

    def _paste(self) -> None:
        data = QGuiApplication.clipboard().mimeData()
        path = local_file(data)
        if path:
            self.file_chosen.emit(path)
        else:
            self.pasted.emit(data.text() if data.hasText() else "", data.html() if data.hasHtml() else "")

    # -- a file that is dragged here

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_file(event.mimeData()):
            self._words.setText(tr("放开鼠标就开始读取"))
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._words.setText(tr("把 Excel 文件拖到这里"))

    def dropEvent(self, event: QDropEvent) -> None:
        self._words.setText(tr("把 Excel 文件拖到这里"))
        path = local_file(event.mimeData())
        if path:
            event.acceptProposedAction()
            self.file_chosen.emit(path)


def scrolled(content: QWidget) -> QScrollArea:
    """Return the content in an area that scrolls down where the window is too low for it."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    return area


def local_file(data: QMimeData | None) -> str:
    """Return the path of the one file that is dragged or was copied; empty for anything else."""
    urls = data.urls() if data is not None and data.hasUrls() else []
    path = urls[0].toLocalFile() if len(urls) == 1 and urls[0].isLocalFile() else ""
    return path if path and Path(path).is_file() else ""
