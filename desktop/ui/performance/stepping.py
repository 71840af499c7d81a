"""审核 and the steps of project and goal, taken together: neither goes on while a rule objects to one of them."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.problem import errors, unanswered
from desktop.texts import tr
from desktop.ui.documents.actions import Act
from desktop.ui.documents.approval import Approval, Subject, why_blocked
from desktop.ui.performance.problem_rows import GOAL, PROJECT
from desktop.ui.performance.reading import hand_over
from desktop.ui.performance.session import PerformanceSession
from desktop.usecases.hand_over import Blocked


class Stepping(QObject):
    """Takes steps for one session.

    Args:
        session: Project and goal.
        page: Parent of dialogs.
        say: Shows a short message: text and kind.
        unread: Returns how many cells hold a text that could not be read.

    Signals:
        look_wanted(): The problems panel must be opened at its first row.
    """

    look_wanted = Signal()

    def __init__(
        self,
        session: PerformanceSession,
        page: QWidget,
        say: Callable[[str, str], None],
        unread: Callable[[], int],
    ) -> None:
        super().__init__(session)
        self._session, self._say, self._unread = session, say, unread
        self._waiting: Act | None = None
        self._approval = Approval(session.context, page, say, hand_over)
        self._approval.setParent(self)
        self._approval.blocked.connect(self._blocked)
        self._approval.running.connect(session.hold)
        session.saved.connect(self._go_on)

    def acts(self) -> tuple[Act, ...]:
        """Return the steps that the person at the screen may take now, on project or goal."""
        found = self._subject().acts(self._session.context.seat(), self._session.desk.head_from)
        # A goal alone is never voided: its number belongs to project and year, and could not be given again.
        with_project = self._session.look.project.head.doc_id in self._ids(Act.VOID)
        return tuple(act for act in found if act is not Act.VOID or with_project)

    def errors(self) -> int:
        """Return how many findings and cells keep project and goal back."""
        look = self._session.look
        return len(errors(look.project_problems)) + len(errors(look.goal_problems)) + self._unread()

    def warnings(self) -> int:
        """Return how many warnings have no reason yet."""
        look, session = self._session.look, self._session
        return len(unanswered(look.project_problems, session.reasons(PROJECT))) + len(
            unanswered(look.goal_problems, session.reasons(GOAL))
        )

    def review(self) -> None:
        """Say what the rules have found, and go to the first of it (F8)."""
        wrong, warnings = self.errors(), self.warnings()
        if wrong:
            self._say(tr("项目和目标还有 {count} 处错误。", count=wrong), "error")
        elif warnings:
            self._say(tr("没有错误，还有 {count} 条提示要写说明。", count=warnings), "warning")
        else:
            self._say(tr("审核通过：项目和绩效目标没有错误，可以送复核。"), "ok")
        if wrong or warnings:
            self.look_wanted.emit()

    def take(self, act: Act) -> None:
        """Take a step; handing over waits until everything typed lies in the books."""
        if act is Act.PRESENT and (self.errors() or self.warnings()):
            self.review()
            return
        if self._session.busy():
            self._waiting = act
            return
        self._approval.take(act, self._ids(act), self._subject().name)

    def _go_on(self) -> None:
        if self._waiting is not None:
            act, self._waiting = self._waiting, None
            self.take(act)

    def _blocked(self, blocked: list[Blocked]) -> None:
        self._say(why_blocked(blocked), "error")
        self.look_wanted.emit()

    def _ids(self, act: Act) -> list[str]:
        return self._subject().ids(act, self._session.context.seat(), self._session.desk.head_from)

    def _subject(self) -> Subject:
        name = self._session.project.name or tr("未命名项目")
        return Subject(self._session.documents(), tr("{name}（项目和绩效目标）", name=name))
