"""The preview: always comes before paper; the same pages go to the screen, the printer and the PDF."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.printed.marks import Page
from desktop.texts import tr
from desktop.ui.context import Context
from desktop.ui.documents.wording import told
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.file_names import file_name
from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.labels import Label
from desktop.ui.kit.panels import Band, EmptyState, Line
from desktop.ui.printing.bars import PrintBar
from desktop.ui.printing.engine import Engine
from desktop.ui.printing.laying import Layer
from desktop.ui.printing.output import printers as installed
from desktop.ui.printing.page_view import STEP, PageView
from desktop.ui.printing.report import Report, keep_choice, read_choice
from desktop.ui.printing.sending import Sending

LOOK_MS = 150  # how often the progress is looked at


class Preview(QDialog):
    """Shows reports, one at a time, and sends them to paper or into a PDF.

    Args:
        window: Over which it stands.
        context: The workspace.
        reports: At least one.
        printers: Names of printers, the usual one first.
    """

    def __init__(self, window: QWidget, context: Context, reports: Sequence[Report], *,
                 printers: Sequence[str] | None = None) -> None:
        super().__init__(window)
        self._context, self._reports = context, tuple(reports)
        self.setWindowTitle(tr("打印预览"))
        self.pages: tuple[Page, ...] = ()
        self.at, self._report = 0, self._reports[0]
        self._layer, self.sending = Layer(context, self), Sending(context, self)
        self._look_again = QTimer(self)
        self._look_again.setInterval(LOOK_MS)
        self._engine = Engine(context.unit.color)
        self.bar = PrintBar(self._reports, installed() if printers is None else printers)
        self.view, self.band = PageView(), Band("info", closable=True)
        self._stop = Button(tr("停止"), "second", tall=True)
        self.number = Label("", tone="text2")
        self.before, self.after = (Button(kind="flat", icon=name, tip=words, tall=True) for name, words in
                                   (("chevron-up", tr("上一页（PgUp）")), ("chevron-down", tr("下一页（PgDn）"))))
        self.close_it = Button(tr("关闭"), "second", shortcut="Esc", tall=True)
        self.pdf = Button(tr("存为 PDF"), "second", "export", tall=True)
        self.print_it = Button(tr("打印"), "primary", "printer", tall=True)
        self._lay_out()
        self._connect()
        self._add_keys()
        self.resize(window.size().expandedTo(self.minimumSizeHint()))
        self.show_report(0)

    def _lay_out(self) -> None:
        colors = self.palette()
        colors.setColor(colors.ColorRole.Window, qcolor("base"))
        self.setPalette(colors)
        self._stack = QStackedWidget()
        self._waiting = EmptyState(tr("正在排版…"), icon="clock")
        self._stack.addWidget(self._waiting)
        self._stack.addWidget(self.view)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.band)
        right.addWidget(self._stack, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.bar)
        middle.addWidget(Line(down=True))
        middle.addLayout(right, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 8, 12, 8)
        foot.setSpacing(8)
        for part in (self.before, self.after, self.number):
            foot.addWidget(part)
        foot.addStretch(1)
        for part in (self._stop, self.close_it, self.pdf, self.print_it):
            foot.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(middle, 1)
        column.addWidget(Line())
        column.addLayout(foot)
        self.band.hide()
        self._stop.hide()

    def _connect(self) -> None:
        self.bar.report_chosen.connect(self.show_report)
        self.bar.changed.connect(self._choice_changed)
        self.bar.calibrate.clicked.connect(self._calibrate)
        self.before.clicked.connect(lambda: self.turn(-1))
        self.after.clicked.connect(lambda: self.turn(1))
        self.close_it.clicked.connect(self.reject)
        self.pdf.clicked.connect(self.save_pdf)
        self.print_it.clicked.connect(self.print_now)
        self._stop.clicked.connect(self.sending.stop)
        self._layer.laid.connect(self._laid)
        self._layer.failed.connect(self._failed)
        self.sending.told.connect(self._tell)
        self.sending.finished.connect(self._ended)
        self._look_again.timeout.connect(self._look_on)
        for button in (self.before, self.after, self.close_it, self.pdf, self._stop, self.bar.calibrate):
            button.setAutoDefault(False)
        (self.print_it if self.bar.printers else self.pdf).setDefault(True)
        self.print_it.setEnabled(bool(self.bar.printers))
        self.view.setFocus()

    def _add_keys(self) -> None:
        calls: tuple[tuple[str, Callable[[], None]], ...] = (
            ("PgUp", lambda: self.turn(-1)), ("PgDown", lambda: self.turn(1)),
            ("Ctrl+Home", lambda: self.go_to(0)), ("Ctrl+End", lambda: self.go_to(len(self.pages) - 1)),
            ("Ctrl+=", lambda: self.view.set_zoom(self.view.zoom * STEP)),
            ("Ctrl+-", lambda: self.view.set_zoom(self.view.zoom / STEP)), ("Ctrl+0", lambda: self.view.set_zoom(1)),
        )
        for keys, call in calls:
            QShortcut(QKeySequence(keys), self, call)

    # -- pages

    def show_report(self, number: int) -> None:
        """Show another of the reports, as it was printed last."""
        self._report = self._reports[number]
        self.bar.report.set_code(str(number))
        self.bar.show_choice(self._report, read_choice(self._context.notes, self._report))
        self._lay()

    def _choice_changed(self) -> None:
        keep_choice(self._context.notes, self._report, self.bar.choice())
        self._lay()

    def _lay(self) -> None:
        """Lay the pages in the books' thread; what was asked for last is shown."""
        self._stack.setCurrentWidget(self._waiting)
        self._show_tools(ready=False)
        self._layer.lay(self._report, self.bar.choice().setup)

    def _laid(self, pages: tuple[Page, ...]) -> None:
        self.pages = pages
        self._engine = Engine(self._context.unit.color, self._report.drawings)
        self._stack.setCurrentWidget(self.view)
        self._show_tools(ready=True)
        self.go_to(min(self.at, len(pages) - 1))

    def _failed(self, error: Exception) -> None:
        title, body = told(error)
        self._tell("error", body, title)

    def go_to(self, at: int) -> None:
        """Show a page, from 0."""
        if self.pages:
            self.at = min(max(at, 0), len(self.pages) - 1)
            self.view.show_page(self._engine, self.pages[self.at], over_form=self.bar.choice().over_form)
            self.number.setText(tr("第 {at} 页 / 共 {count} 页", at=self.at + 1, count=len(self.pages)))
            self.before.setEnabled(self.at > 0)
            self.after.setEnabled(self.at < len(self.pages) - 1)

    def turn(self, by: int) -> None:
        """Go on or back by pages."""
        self.go_to(self.at + by)

    # -- paper and file

    def print_now(self) -> None:
        """Send the wanted pages to the chosen printer."""
        pages, copies, choice = self._wanted(), self.bar.copy_count(), self.bar.choice()
        if pages and copies and choice.printer:
            keep_choice(self._context.notes, self._report, choice)
            self._begin()
            self.sending.to_printer(choice.printer, pages, self._engine, self._report.title, copies)

    def save_pdf(self) -> None:
        """Ask where, and write the wanted pages into a PDF."""
        pages = self._wanted()
        if not pages:
            return
        offered = file_name(self._report.title) + ".pdf"
        chosen, _ = QFileDialog.getSaveFileName(self, tr("PDF 存到哪里"), offered, "PDF (*.pdf)")
        if chosen:
            keep_choice(self._context.notes, self._report, self.bar.choice())
            self._begin()
            self.sending.to_pdf(Path(chosen), pages, self._engine, self._report.title)

    def _calibrate(self) -> None:
        choice = self.bar.choice()
        if choice.printer and not self.sending.busy():
            self._begin()
            self.sending.calibrate(choice.printer, choice.setup, self._engine)

    def _wanted(self) -> list[Page]:
        found = self.bar.wanted(len(self.pages)) if self.pages and not self.sending.busy() else None
        pages = [self.pages[at] for at in found or ()]
        return [page.only_fields() for page in pages] if self.bar.choice().over_form else pages

    def _begin(self) -> None:
        self._show_tools(ready=False)
        self.bar.setEnabled(False)
        self._stop.show()
        self._look_again.start()
        self._look_on()

    def _look_on(self) -> None:
        done, count = self.sending.progress()
        if self.sending.busy() and count:
            self._tell("info", tr("正在输出第 {at} 页，共 {count} 页…", at=min(done + 1, count), count=count))

    def _ended(self) -> None:
        self._look_again.stop()
        self._stop.hide()
        self.bar.setEnabled(True)
        self._show_tools(ready=True)
        self.view.setFocus()

    def _tell(self, kind: str, text: str, title: str = "") -> None:
        self.band.set_content(kind, text, title)
        self.band.show()

    def _show_tools(self, *, ready: bool) -> None:
        self.pdf.setEnabled(ready)
        self.print_it.setEnabled(ready and bool(self.bar.printers))

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.view.hasFocus():
            (self.print_it if self.bar.printers else self.pdf).click()
            return
        super().keyPressEvent(event)

    def reject(self) -> None:
        """Close (Esc); a job that runs is stopped first and the preview stays."""
        if self.sending.busy():
            self.sending.stop()
        else:
            super().reject()


def open_preview(window: QWidget, context: Context, reports: Sequence[Report]) -> Preview:
    """Show the preview over a window; it is modal, so that nobody changes what is being laid out."""
    preview = Preview(window, context, reports)
    preview.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    preview.setModal(True)
    preview.show()
    return preview
