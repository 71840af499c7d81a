"""The project and goal on the screen: their content, undo steps, and their copy in the books after every change."""

from collections.abc import Callable, Collection
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QWidget

from desktop.domain.document import Document, State
from desktop.domain.goal import PerformanceGoal
from desktop.domain.project import Project
from desktop.texts import tr
from desktop.ui.budget.changes import acknowledged
from desktop.ui.context import Context
from desktop.ui.documents.approval import locked_words
from desktop.ui.documents.content import Autosave, ContentStep
from desktop.ui.documents.history import open_history
from desktop.ui.performance.reading import PerformanceDesk, Work, WorkLook, keep, with_project
from desktop.usecases.ports import Books

UNDO_STEPS = 200


class PerformanceSession(QObject):
    """Holds one project with its goal.

    Signals:
        content_changed(): Project or goal are others now.
        judged(): The rules have spoken, or a document's standing changed.
        saved(): What is on the screen lies in the books.
        failed(object): It could not be saved; the exception. It stays on the screen.
    """

    content_changed = Signal()
    judged = Signal()
    saved = Signal()
    failed = Signal(object)

    def __init__(
        self, context: Context, desk: PerformanceDesk, look: WorkLook, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.context, self.desk, self.look = context, desk, look
        self._work = look.work
        goal = self._work.goal
        self.opened = {line.line_id: line for line in goal.lines} if goal else {}
        self._held, self._writer = False, context.seat()
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(UNDO_STEPS)
        self.undo_stack.indexChanged.connect(self._stepped)
        self.saving: Autosave[WorkLook] = Autosave(context, self._job, self._kept, self.failed.emit, self)

    # -- standing

    @property
    def project(self) -> Project:
        """The project as it is on the screen."""
        return self._work.project

    @property
    def goal(self) -> PerformanceGoal | None:
        """The goal as it is on the screen."""
        return self._work.goal

    def documents(self) -> tuple[Document, ...]:
        """Return the stored documents: the project, and the goal if there is one."""
        return tuple(one for one in (self.look.project, self.look.goal) if one is not None)

    def editable(self, document: Document | None) -> bool:
        """Say whether the person at the screen may type into a document."""
        seat = self.context.seat()
        own = document is not None and self.context.makes() and seat.officer == document.head.maker
        return own and document is not None and document.state is State.DRAFT and not self._held

    def goal_editable(self) -> bool:
        """Say whether the goal may be typed into."""
        return self.editable(self.look.goal)

    def project_editable(self) -> bool:
        """Say whether the project may be typed into."""
        return self.editable(self.look.project)

    def locked_reason(self, document: Document | None) -> str:
        """Return why a document cannot be typed into, empty when it can."""
        if document is None or self.editable(document):
            return ""
        return locked_words(document, self.context.seat(), sending=self.context.sending)

    def hold(self, on: bool) -> None:
        """Let nothing be typed while a step is being taken."""
        self._held = on
        self.judged.emit()

    # -- content

    def content(self) -> Work:
        """Return what is on the screen."""
        return self._work

    def put(self, content: Work) -> None:
        """Show a content; undo steps come back through here."""
        self._work = content
        self.content_changed.emit()

    def put_project(self, project: Project) -> None:
        """Take what a grid of the project's form writes, inside its own undo step."""
        self._work = with_project(self._work, project)

    def put_goal(self, goal: PerformanceGoal) -> None:
        """Take what the goal's grid writes, inside its own undo step."""
        self._work = replace(self._work, goal=goal)

    def change_project(self, project: Project, word: str) -> None:
        """Take a changed project as one undo step, and save it."""
        if self.project_editable() and project != self.project:
            self._push(with_project(self._work, project), word)

    def change_goal(self, goal: PerformanceGoal, word: str) -> None:
        """Take a changed goal as one undo step, and save it."""
        if self.goal_editable() and goal != self.goal:
            self._push(replace(self._work, goal=goal), word)

    def _push(self, work: Work, word: str) -> None:
        self.undo_stack.push(ContentStep(self, self._work, work, word))

    def acknowledge(self, where: str, codes: Collection[str], text: str) -> None:
        """Take the maker's reason for going on in spite of warnings.

        Args:
            where: ``goal`` or ``project``: whose rules warn.
            codes: Rules.
            text: Empty takes the reason away.
        """
        content: Project | PerformanceGoal | None = self.goal if where == "goal" else self.project
        if content is None:
            return
        given = content.acknowledgements
        for code in codes:
            given = acknowledged(given, code, text)
        if isinstance(content, PerformanceGoal):
            self.change_goal(replace(content, acknowledgements=given), tr("写说明"))
        else:
            self.change_project(replace(content, acknowledgements=given), tr("写说明"))

    def reasons(self, where: str) -> dict[str, str]:
        """Return rule to the maker's reason, of ``goal`` or ``project``."""
        content = self.goal if where == "goal" else self.project
        given = content.acknowledgements if content is not None else ()
        return {one.code: one.text for one in given if one.text.strip()}

    # -- saving

    def _stepped(self) -> None:
        if self.goal_editable() or self.project_editable():
            self._writer = self.context.seat()  # not who may sit here when it is written
            self.saving.request()

    def busy(self) -> bool:
        """Say whether something on the screen is being saved, or could not be."""
        return self.saving.waiting()

    def finish(self) -> None:
        """Write what still waits; called before the session goes."""
        self.saving.finish()

    def _job(self) -> Callable[[Books], WorkLook]:
        work, seat = self._work, self._writer
        word = self.undo_stack.undoText() or tr("编辑")
        return lambda books: keep(books, seat, work, word)

    def _kept(self, look: WorkLook) -> None:
        self.look = look
        self.judged.emit()
        if not self.saving.busy():
            self.saved.emit()

    def arrive(self, look: WorkLook) -> None:
        """Take the documents as they lie in the books now, unless something of them is being saved."""
        if self.busy():
            return
        self.look, self._held = look, False
        if look.work != self._work:
            self.undo_stack.clear()
            self.put(look.work)
        self.judged.emit()


def show_history(session: PerformanceSession | None, *, on_goal: bool, window: QWidget) -> None:
    """Show who changed what: of the goal while it is in front, else of the project (修改记录)."""
    if session is not None:
        goal = session.look.goal if on_goal else None
        document, kind = (goal, tr("绩效目标")) if goal is not None else (session.look.project, tr("立项信息"))
        open_history(session.context, document.head.doc_id, f"{session.project.name} {kind}", window)
