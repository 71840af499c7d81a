"""支付申请, whole: the list, and every voucher that is open as a tab over it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.domain.importing.targets import VOUCHERS
from desktop.texts import tr
from desktop.ui.context import Context
from desktop.ui.documents.list_kind import TABS
from desktop.ui.documents.list_page import DocumentList
from desktop.ui.documents.list_tools import Tool
from desktop.ui.grid.sheet import Sheet
from desktop.ui.importing import take_dropped_tables
from desktop.ui.payment.editor import VoucherEditor
from desktop.ui.payment.host import PAGE, DocumentHost
from desktop.ui.payment.list_kind import VOUCHER_LIST
from desktop.ui.payment.reading import (
    Desk,
    Look,
    Waiting,
    open_voucher,
    read_desk,
    read_waiting,
    start_copy,
    start_voucher,
)
from desktop.ui.payment.series import ReviewSeries
from desktop.ui.payment.session import VoucherSession
from desktop.ui.payment.title_bar import tab_title
from desktop.ui.printing.plain_reports import problems_report
from desktop.ui.printing.report import Report
from desktop.ui.printing.sheet_report import Around, sheet_report
from desktop.ui.printing.voucher_report import has_arrived, voucher_report
from desktop.ui.shell.main_window import MainWindow
from desktop.ui.shell.state import Segment
from desktop.usecases.ports import Books

NEW, TAB = "new", "tab:"


class PaymentPage(QWidget):
    """The page that the navigation shows.

    Args:
        context: The workspace.
        host: The window, which holds the open vouchers as tabs.

    Signals:
        ready(str): A voucher was opened as a tab; its doc id.
    """

    ready = Signal(str)

    def __init__(self, context: Context, host: DocumentHost, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._host = context, host
        self._editors: dict[str, VoucherEditor] = {}
        self._place = ("", "")
        self.series = ReviewSeries(context, self)
        if isinstance(host, MainWindow):
            host.curtain.installEventFilter(self.series)
        tools = (
            Tool(tr("导入"), "import", lambda: self._run("import"), tr("从 Excel 导入支付申请（Ctrl+I）"),
                 writes=True),
            Tool(tr("导出"), "export", lambda: self._run("export"), tr("把列表导出到 Excel（Ctrl+E）")),
            Tool(tr("打印"), "printer", lambda: self._run("print"), tr("打印勾选的支付申请，或整张清单（Ctrl+P）")),
        )
        self.list = DocumentList(context, VOUCHER_LIST, host.show_segments, tools)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)
        self.list.opened.connect(self.open_voucher)
        self.list.problem_opened.connect(self._open_at)
        self.list.new_wanted.connect(self.start)
        self.list.copy_wanted.connect(self.copy)
        context.changed.connect(self._changed)
        host.document_closed.connect(self._closed)
        host.about_to_close.connect(self._finish)
        self.setFocusProxy(self.list.sheet)
        take_dropped_tables(self, lambda: host, context, self.import_target)

    # -- what the window asks

    def refresh(self) -> None:
        """Read the list again."""
        self.list.refresh()

    def status(self) -> tuple[list[Segment], list[Segment]]:
        """Return what the status bar says at its left and right."""
        front = next((editor for editor in self._editors.values() if editor.isVisible()), self.list)
        return front.segments(), [Segment(tr("单位：元"))]

    def open(self, argument: str) -> None:
        """Go to a voucher by its doc id, start one (``new``), or show a state tab (``tab:PRESENTED``)."""
        if argument == NEW:
            self.start()
        elif argument.startswith(TAB) or not argument:
            self._host.show_list(PAGE)
            if argument.removeprefix(TAB) in dict(TABS):
                self.list.show_tab(argument.removeprefix(TAB))
        else:
            self.open_voucher(argument)

    def help_topic(self) -> str:
        """Return what F1 opens: of the voucher in front, else of the list."""
        front = next((editor for editor in self._editors.values() if editor.isVisible()), None)
        return front.help_topic() if front is not None else "payment/list"

    def import_target(self) -> str:
        """Return what Ctrl+I imports: the maker's sheets become vouchers."""
        return VOUCHERS if self._context.makes() else ""

    def reports(self) -> Sequence[Report]:
        """Return what is printed: the voucher in front; else the ticked ones, or the current one, and the list."""
        front = next((editor for editor in self._editors.values() if editor.isVisible()), None)
        if front is not None:
            return self._of_editor(front)
        source, at = self.list.source, self.list.sheet.view.source_at()[0]
        current = [source.hit(at)] if 0 <= at < source.row_count() else []
        ids = [row.doc_id for row in source.ticked() or current]
        around = Around((tr("{year} 年", year=self._context.year), tr("单位：元")))
        table = sheet_report(self.list.sheet, tr("支付申请清单"), key="vouchers", around=around)
        return [voucher_report(ids), table] if ids else []

    def _run(self, command: str) -> None:
        """Let the frame print, import or export what is in front, as its keys do."""
        window = self.window()
        if isinstance(window, MainWindow):
            window.commands.run(command)

    @staticmethod
    def _of_editor(editor: VoucherEditor) -> list[Report]:
        """A voucher of which nothing is stored has no number yet, and no paper."""
        editor.commit()
        document, found = editor.session.document, editor.rows()
        if document is None:
            return []
        slip = problems_report(tr("支付申请"), found, arrived=has_arrived(document.state))
        form = voucher_report([document.head.doc_id])
        return [form, slip] if found else [form]

    def export_table(self) -> Sheet | None:
        """Return the table for Ctrl+E, once all its rows are here."""
        return self.list.sheet if self.list.complete() else None

    # -- opening

    def start(self) -> None:
        """Open an empty voucher; a past year takes none."""
        if self._context.refuses_new():
            return
        seat, on = self._context.seat(), self._context.services.today()
        self._load(lambda books: start_voucher(books, seat, on))

    def copy(self, doc_id: str) -> None:
        """Open a new voucher with the content of another; a past year takes none."""
        if self._context.refuses_new():
            return
        seat, on = self._context.seat(), self._context.services.today()
        self._load(lambda books: start_copy(books, seat, on, doc_id))

    def open_voucher(self, doc_id: str) -> None:
        """Open a stored voucher, or bring its tab to the front."""
        if doc_id in self._editors:
            self._bring(self._editors[doc_id])
        else:
            self._load(lambda books: open_voucher(books, doc_id))

    def _open_at(self, doc_id: str, where: str) -> None:
        """Open a voucher at the place of a finding."""
        self._place = (doc_id, where)
        self.open_voucher(doc_id)

    def open_next(self) -> None:
        """Open the next voucher that waits for the person at the screen; say so when there is none."""
        seat, year = self._context.seat(), self._context.year
        self._context.run(self, lambda books: read_waiting(books, seat, year), self._open_waiting)

    def _open_waiting(self, found: tuple[Waiting, ...]) -> None:
        doc_id = next((one.doc_id for one in found if not one.own), "")
        if doc_id:
            self.open_voucher(doc_id)
        else:
            self._host.show_list(PAGE)
            self._host.toast.say(tr("没有等您办理的支付申请了。"), "ok")

    def _go(self, editor: VoucherEditor, doc_id: str) -> None:
        """Show another voucher of a series in the place of one that was looked at."""
        if doc_id in self._editors:
            self._bring(self._editors[doc_id], editor)
        else:
            self._load(lambda books: open_voucher(books, doc_id), editor)

    def _load(self, work: Callable[[Books], Look | None], instead: VoucherEditor | None = None) -> None:
        year = self._context.year
        self._context.run(self, lambda books: (read_desk(books, year), work(books)),
                          lambda both: self._open(*both, instead))

    def _open(self, desk: Desk, look: Look | None, instead: VoucherEditor | None = None) -> None:
        if look is None:
            return
        doc_id = look.voucher.head.doc_id
        if doc_id not in self._editors:
            self._editors[doc_id] = self._editor(desk, look)
            if look.document is None and look.voucher.purpose:
                self._editors[doc_id].session.save()  # a copy already says something
        self._bring(self._editors[doc_id], instead)
        self.ready.emit(doc_id)

    def _editor(self, desk: Desk, look: Look) -> VoucherEditor:
        editor = VoucherEditor(VoucherSession(self._context, desk, look), self._host, self.series)
        editor.copy_wanted.connect(self.copy)
        editor.new_wanted.connect(self.start)
        editor.steps.discarded.connect(
            lambda: self._host.close_document(PAGE, editor.session.voucher.head.doc_id))
        editor.go_wanted.connect(lambda doc_id: self._go(editor, doc_id))
        editor.person_wanted.connect(lambda: self._run("person"))
        editor.title.print_wanted.connect(lambda: self._run("print"))
        editor.previous_wanted.connect(lambda: self._fill_from_previous(editor))
        return editor

    def _bring(self, editor: VoucherEditor, instead: VoucherEditor | None = None) -> None:
        doc_id = editor.session.voucher.head.doc_id
        self._host.open_document(PAGE, doc_id, tab_title(editor.session), lambda: editor)
        if instead is not None and instead is not editor and isValid(instead):
            self._host.close_document(PAGE, instead.session.voucher.head.doc_id)
        editor.start()
        if self._place[0] == doc_id:
            editor.review()
            editor.go_to(self._place[1])
            self._place = ("", "")

    def _fill_from_previous(self, editor: VoucherEditor) -> None:
        seat, on = self._context.seat(), self._context.services.today()
        self._context.run(editor, lambda books: start_copy(books, seat, on), lambda look: self._fill(editor, look))

    def _fill(self, editor: VoucherEditor, look: Look | None) -> None:
        if look is None:
            self._host.toast.say(tr("还没有可以复制的支付申请。"), "info")
            return
        editor.session.fill_from(look.voucher)
        editor.start()

    # -- following

    def _changed(self, topic: str) -> None:
        if topic == "mirrors" or topic == "sync":
            year = self._context.year
            self._context.run(self, lambda books: read_desk(books, year), self._offer)
        if self.list.isVisible():
            self.list.refresh()
        for editor in self._editors.values():
            if editor.isVisible():
                editor.follow()

    def _offer(self, desk: Desk) -> None:
        for editor in self._editors.values():
            editor.session.desk = desk
            editor.form.offer()

    def _closed(self, page: str, doc_id: str) -> None:
        editor = self._editors.pop(doc_id, None) if page == PAGE else None
        if editor is not None and isValid(editor):
            editor.finish()

    def _finish(self) -> None:
        for editor in self._editors.values():
            editor.finish()
