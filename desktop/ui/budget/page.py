"""The page 部门预算: begins the budget of the year, then shows its editor."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.importing.targets import BUDGET_LINES
from desktop.domain.importing.targets import INCOME as INCOME_ROWS
from desktop.texts import tr
from desktop.ui.budget.editor import BudgetEditor
from desktop.ui.budget.findings import INCOME, PROJECT
from desktop.ui.budget.overview import TITLES
from desktop.ui.budget.printed import budget_reports
from desktop.ui.budget.reading import BudgetDesk, BudgetLook, read, start
from desktop.ui.budget.session import BudgetSession
from desktop.ui.context import Context
from desktop.ui.documents.arrivals import differs, followed_words, is_typing, kept_words, leaves_draft
from desktop.ui.documents.unsaved import may_leave
from desktop.ui.grid.sheet import Sheet
from desktop.ui.importing import take_dropped_tables
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.focus import commit_typing
from desktop.ui.kit.panels import EmptyState
from desktop.ui.printing.report import Report
from desktop.ui.shell.main_window import MainWindow
from desktop.ui.shell.state import Segment


class BudgetPage(QWidget):
    """部门预算 of the unit for the budget year.

    Signals:
        status_changed(): `status` has other words.
    """

    status_changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.title = tr("部门预算")
        self.editor: BudgetEditor | None = None
        self._form = PROJECT
        self._stack = QStackedWidget()
        self.begin = Button(tr("开始编制"), "primary", "pencil")
        self.begin.clicked.connect(self._begin)
        self._empty = EmptyState(tr("正在读取部门预算…"), self.begin, "table")
        self.begin.hide()
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._shown = self._behind = False
        context.changed.connect(self._changed)
        take_dropped_tables(self, self._frame, context, self.import_target)

    def refresh(self) -> None:
        """Read the budget again; what is being typed stays."""
        if self.editor is not None and self.editor.session.saving.busy():
            self._behind = True
            return
        self._behind = False
        year = self._context.budget_year
        self._context.run(self, lambda books: read(books, year), self._arrived)

    def open(self, argument: str) -> None:
        """Show a form by its key, or with a document's id the budget as it stands."""
        if argument in TITLES:
            self._form = argument
            if self.editor is not None:
                self.editor.show_form(argument)
        self.refresh()

    def status(self) -> tuple[Sequence[Segment], Sequence[Segment]]:
        """Return the words for the status bar: left and right."""
        return self.editor.status() if self.editor is not None else ((), ())

    def toggle_inspector(self) -> None:
        """Show or hide the inspector (F4)."""
        if self.editor is not None:
            self.editor.toggle_inspector()

    def may_close(self) -> bool:
        """Tell whether the window may go; asks when what is typed can't be saved."""
        return self.editor is None or may_leave(self.editor.session.saving, self.title, self)

    def import_target(self) -> str:
        """Return what Ctrl+I imports into the form in front; empty where nothing can be typed."""
        if self.editor is None or not self.editor.session.editable():
            return ""
        return INCOME_ROWS if self.editor.form == INCOME else BUDGET_LINES

    def reports(self) -> Sequence[Report]:
        """Return what is printed: the form in front, the other forms, the findings."""
        if self.editor is None:
            return ()
        editor = self.editor
        editor.setFocus()  # the field at hand is committed
        front = self.export_table()
        return budget_reports(editor.session, (editor.form, front) if front is not None else None,
                              editor.problems.rows(), in_wan=editor.sheets.in_wan)

    def export_table(self) -> Sheet | None:
        """Return the table in front, for Ctrl+E; the cover is none."""
        front = self.editor.stack.currentWidget() if self.editor is not None else None
        return front if isinstance(front, Sheet) else None

    def help_topic(self) -> str:
        """Return what F1 opens: the help of the column or field in focus."""
        return self.editor.help_topic() if self.editor is not None else "budget/fill"

    def toggle_problems(self) -> None:
        """Show the findings or put them away (Ctrl+Shift+M)."""
        if self.editor is not None:
            self.editor.toggle_problems()

    def next_problem(self) -> None:
        """Go to the next finding (F3)."""
        if self.editor is not None:
            self.editor.next_problem()

    def turn_money_unit(self) -> None:
        """Show amounts in 万元, or in 元 again."""
        if self.editor is not None:
            self.editor.turn_money_unit()

    def message_area(self) -> QWidget:
        """Return what short messages may cover."""
        return self.editor.message_area() if self.editor is not None else self

    def panes(self) -> list[QWidget]:
        """Return what F6 walks through."""
        return self.editor.panes() if self.editor is not None else [self._stack]

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._shown:
            self._shown = True
            self.refresh()

    def _changed(self, topic: str) -> None:
        if self._shown:
            self.refresh()

    def _begin(self) -> None:
        if self._context.refuses_new():
            return
        seat, year = self._context.seat(), self._context.budget_year
        self.begin.setEnabled(False)
        context = self._context
        context.run(self, lambda books: start(books, seat, year), lambda look: self.refresh(), changes="documents")

    def _arrived(self, found: tuple[BudgetDesk, BudgetLook | None]) -> None:
        desk, look = found
        if look is None:
            self._show_empty()
        elif self.editor is not None and self._holds_typing(self.editor, desk, look):
            self._behind = True
        elif self.editor is None or not self._same(self.editor.session, desk, look):
            self._show_editor(desk, look)
        else:
            changed = differs(self.editor.session.document, look.document)
            self.editor.newer.dismiss()
            self.editor.session.arrive(look)
            frame = self._frame()
            if changed and frame is not None and not frame.toast.isVisible():  # whoever changed it may have said so
                frame.toast.say(followed_words(), "info")

    def _holds_typing(self, editor: BudgetEditor, desk: BudgetDesk, look: BudgetLook) -> bool:
        """Say whether something typed is not saved yet; then what has changed is said over it (M20)."""
        session = editor.session
        unsaved = session.saving.error is not None or session.saving.held or is_typing(editor)
        changed = differs(session.document, look.document)
        if unsaved and changed:
            session.saving.held = leaves_draft(look.document)
            editor.newer.show_update(look.document)
        return session.saving.busy() or (unsaved and (changed or not self._same(session, desk, look)))

    def _catch_up(self) -> None:
        """Read again once what was typed is saved, when something arrived meanwhile."""
        if self._behind:
            self.refresh()

    def _take_newest(self) -> None:
        """Put aside what is being typed, and show the newest (查看更新)."""
        editor, year = self.editor, self._context.budget_year
        if editor is None:
            return
        editor.session.saving.held = True
        commit_typing()
        editor.newer.dismiss()
        self._context.run(editor, lambda books: read(books, year), lambda found: self._took(editor, found[1]))

    def _took(self, editor: BudgetEditor, look: BudgetLook | None) -> None:
        if look is not None and editor.session.take_newest(look):
            self._context.say(kept_words(draft=editor.session.editable()), "info")

    @staticmethod
    def _same(session: BudgetSession, desk: BudgetDesk, look: BudgetLook) -> bool:
        same_document = session.document.head.doc_id == look.document.head.doc_id
        return same_document and session.desk.versions == desk.versions

    def _show_empty(self) -> None:
        year, maker = self._context.budget_year, self._context.makes()
        self._empty.set_sentence(
            tr("{year} 年部门预算还没有开始编制。按上年的项目和科目建好各行，再逐行填申报数。", year=year)
            if maker
            else tr("{year} 年部门预算还没有开始编制，由经办人先编制。", year=year)
        )
        self.begin.setVisible(maker)
        self.begin.setEnabled(True)
        self._stack.setCurrentWidget(self._empty)
        if self.editor is not None:
            self._drop_editor()

    def _show_editor(self, desk: BudgetDesk, look: BudgetLook) -> None:
        form = self.editor.form if self.editor is not None else self._form
        if self.editor is not None:
            self._drop_editor()
        session = BudgetSession(self._context, desk, look)
        self.editor = BudgetEditor(session, form)
        session.setParent(self.editor)
        self.editor.status_changed.connect(self.status_changed)
        self.editor.newer.wanted.connect(self._take_newest)
        session.saved.connect(self._catch_up)
        session.saving.withheld.connect(self.editor.newer.show)
        for word, name, command in ((tr("打印"), "printer", "print"), (tr("导入"), "import", "import"),
                                    (tr("导出表格"), "export", "export")):
            self.editor.tools.more.add(word, name, partial(self._run, command))
        self._stack.addWidget(self.editor)
        self._stack.setCurrentWidget(self.editor)
        self.status_changed.emit()

    def _frame(self) -> MainWindow | None:
        window = self.window()
        return window if isinstance(window, MainWindow) else None

    def _run(self, command: str) -> None:
        """Let the frame do a command for what is in front."""
        frame = self._frame()
        if frame is not None:
            frame.commands.run(command)

    def _drop_editor(self) -> None:
        if self.editor is not None:
            self.editor.setFocus()  # the field at hand is committed
            self.editor.session.finish()
            self._stack.removeWidget(self.editor)
            self.editor.deleteLater()
            self.editor = None
