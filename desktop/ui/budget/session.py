"""The budget open on the page: its content, its undo steps, and its copy in the books after every change."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from desktop.domain.budget import BudgetDraft, BudgetLine, FormCell, IncomeLine
from desktop.domain.document import Document, State
from desktop.domain.project import ProjectClass
from desktop.texts import tr
from desktop.ui.budget.changes import acknowledged
from desktop.ui.budget.findings import Findings
from desktop.ui.budget.reading import BudgetDesk, BudgetLook, keep
from desktop.ui.context import Context
from desktop.ui.documents.approval import locked_words
from desktop.ui.documents.content import Autosave, ContentStep
from desktop.usecases.ports import Books, Revision

UNDO_STEPS = 200
BASIC_CLASSES = (ProjectClass.R, ProjectClass.Y1)
PROJECT_CLASSES = (ProjectClass.Y2, ProjectClass.T)


class BudgetSession(QObject):
    """Holds one draft. Lines and income are lists here, so that a pasted block costs no copy for each cell.

    Signals:
        content_changed(): Lines, income or other fields are others now.
        judged(): The rules have spoken, or the document's standing changed.
        saved(): What is on the screen lies in the books.
        failed(object): It could not be saved; the exception. It stays on the screen.
    """

    content_changed = Signal()
    judged = Signal()
    saved = Signal()
    failed = Signal(object)

    def __init__(self, context: Context, desk: BudgetDesk, look: BudgetLook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context, self.desk = context, desk
        self.document: Document = look.document
        self.findings: Findings = look.findings
        self.commits: Sequence[Revision] = look.commits
        self._draft = look.draft
        self.lines, self.income = list(self._draft.lines), list(self._draft.income)
        self.opened = {line.line_id: line for line in self._draft.lines}
        self.opened_income = {line.line_id: line for line in self._draft.income}
        self.last_forms: Sequence[FormCell] = self._draft.forms
        self._held, self._writer = False, context.seat()
        self._aside: BudgetDraft | None = None  # typed, but not saved when something newer was looked at
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(UNDO_STEPS)
        self.undo_stack.indexChanged.connect(self._stepped)
        self.saving: Autosave[BudgetLook] = Autosave(context, self._work, self._kept, self.failed.emit, self)

    # -- standing

    @property
    def state(self) -> State:
        """Where the document stands."""
        return self.document.state

    def editable(self) -> bool:
        """Say whether the person at the screen may type into it."""
        seat = self.context.seat()
        own = self.context.makes() and seat.officer == self.document.head.maker
        return own and self.state is State.DRAFT and not self._held

    def locked_reason(self) -> str:
        """Return why nothing can be typed, empty when it can."""
        if self.editable():
            return ""
        return locked_words(self.document, self.context.seat(), sending=self.context.sending)

    def hold(self, on: bool) -> None:
        """Let nothing be typed while a step is being taken."""
        self._held = on
        self.judged.emit()

    # -- content

    def content(self) -> BudgetDraft:
        """Return the draft as it is on the screen; the forms are those of the last save."""
        return replace(self._draft, lines=tuple(self.lines), income=tuple(self.income))

    def put(self, content: BudgetDraft) -> None:
        """Show a content; undo steps come back through here."""
        self._draft = content
        self.lines, self.income = list(content.lines), list(content.income)
        self.content_changed.emit()

    @property
    def forms(self) -> Sequence[FormCell]:
        """The forms as they were computed at the last save."""
        return self._draft.forms

    def change(self, content: BudgetDraft, word: str) -> None:
        """Take a changed content with the same lines as one undo step, and save it."""
        if self.editable() and content != self.content():
            self.undo_stack.push(ContentStep(self, self.content(), content, word))

    def acknowledge(self, codes: Collection[str], text: str) -> None:
        """Take the maker's reason for going on in spite of warnings; an empty one takes it away."""
        given = self._draft.acknowledgements
        for code in codes:
            given = acknowledged(given, code, text)
        self.change(replace(self.content(), acknowledgements=given), tr("写说明"))

    def reason_for(self, code: str) -> str:
        """Return the maker's reason for going on in spite of a warning."""
        return next((one.text for one in self._draft.acknowledgements if one.code == code), "")

    def new_line(self, kind: ProjectClass) -> BudgetLine:
        """Return an empty line of expenditure."""
        return BudgetLine(self.context.seat().ids.new(), "", "", kind, "", "", "", "", "LOCAL")

    def new_income(self) -> IncomeLine:
        """Return an empty line of income."""
        return IncomeLine(self.context.seat().ids.new(), "", "", "LOCAL")

    # -- saving

    def _stepped(self) -> None:
        if self.editable():
            self._writer = self.context.seat()  # not who may sit here when it is written
            self.saving.request()

    def busy(self) -> bool:
        """Say whether something on the screen is being saved, or could not be."""
        return self.saving.waiting()

    def finish(self) -> None:
        """Write what still waits; called before the session goes."""
        self.saving.finish()

    def _work(self) -> Callable[[Books], BudgetLook]:
        draft, seat = self.content(), self._writer
        word = self.undo_stack.undoText() or tr("编辑")
        return lambda books: keep(books, seat, draft, word)

    def _kept(self, look: BudgetLook) -> None:
        had = bool(self.document.problems_count)
        self._take(look)
        if self.saving.busy():
            return
        self.saved.emit()
        if had != bool(look.document.problems_count):
            self.context.changed.emit("documents")

    def _take(self, look: BudgetLook) -> None:
        self.document, self.findings, self.commits = look.document, look.findings, look.commits
        # What was typed since then stays; only what the books computed is taken over.
        self._draft = replace(self._draft, forms=look.draft.forms)
        self.judged.emit()

    def arrive(self, look: BudgetLook) -> None:
        """Take the document as it lies in the books now, unless something of it is being saved."""
        if self.busy():
            return
        self._held = False
        if look.draft != self.content():
            self.undo_stack.clear()
            self.put(look.draft)
        self._take(look)
        if self._aside is not None and self.editable():
            mine, self._aside = replace(self._aside, head=look.draft.head), None
            self.undo_stack.push(ContentStep(self, mine, look.draft, tr("查看更新")))

    def take_newest(self, look: BudgetLook) -> bool:
        """Show the document as it lies in the books (查看更新); what was typed comes back with undo.

        Returns:
            Whether something typed was put aside.
        """
        mine = self.content()
        self._aside = mine if mine != look.draft else None
        aside = self._aside is not None
        self.saving.forget()
        self.saving.held = False
        self.arrive(look)
        return aside
