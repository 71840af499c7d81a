"""审核 and the steps of the budget's life: nothing goes on with errors, unread cells or warnings without a reason."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.texts import tr
from desktop.texts.messages import message
from desktop.ui.budget.findings import Findings
from desktop.ui.budget.session import BudgetSession
from desktop.ui.documents.actions import Act
from desktop.ui.documents.approval import Approval, Subject, why_blocked
from desktop.usecases.hand_over import Blocked


class Stepping(QObject):
    """Takes steps for the editor.

    Args:
        session: The budget.
        page: Parent of dialogs.
        say: Shows a short message: text and kind.

    Signals:
        look_wanted(): The problems panel must be opened at its first row.
    """

    look_wanted = Signal()

    def __init__(self, session: BudgetSession, page: QWidget, say: Callable[[str, str], None]) -> None:
        super().__init__(page)
        self._session, self._say = session, say
        self._waiting: Act | None = None
        self._findings, self._unread = Findings(), 0
        self._approval = Approval(session.context, page, say)
        self._approval.blocked.connect(self._blocked)
        self._approval.running.connect(session.hold)
        session.saved.connect(self._go_on)

    def show_findings(self, findings: Findings, unread: int) -> None:
        """Remember what the rules said, and how many cells hold a text that could not be read."""
        self._findings, self._unread = findings, unread

    def acts(self) -> tuple[Act, ...]:
        """Return the steps that the person at the screen may take now."""
        return self._subject().acts(self._session.context.seat(), self._session.desk.head_from)

    def errors(self) -> int:
        """Return how many findings and cells keep the budget back."""
        return self._findings.errors() + self._unread

    def review(self) -> None:
        """Say what the rules have found, and go to the first of it (F8)."""
        errors, warnings = self.errors(), self._findings.warnings()
        if errors:
            said = message("M23", count=errors)
            self._say(f"{said.title}。{said.body}", "error")
            self.look_wanted.emit()
        elif warnings:
            self._say(tr("没有错误，还有 {count} 条提示要写说明。", count=warnings), "warning")
            self.look_wanted.emit()
        else:
            self._say(tr("审核通过：没有错误，可以送复核。"), "ok")

    def take(self, act: Act) -> None:
        """Take a step; handing over waits until everything typed lies in the books."""
        if act is Act.PRESENT and not self._may_present():
            return
        if self._session.busy():
            self._waiting = act
            return
        session, subject = self._session, self._subject()
        ids = subject.ids(act, session.context.seat(), session.desk.head_from)
        self._approval.take(act, ids, subject.name)

    def _go_on(self) -> None:
        if self._waiting is not None:
            act, self._waiting = self._waiting, None
            self.take(act)

    def _may_present(self) -> bool:
        errors, warnings = self.errors(), self._findings.warnings()
        if errors:
            self._say(tr("还有 {count} 处错误，改正后才能送复核。", count=errors), "error")
        elif warnings:
            self._say(tr("还有 {count} 条提示没有写说明，写好后才能送复核。", count=warnings), "warning")
        if errors or warnings:
            self.look_wanted.emit()
        return not (errors or warnings)

    def _blocked(self, blocked: list[Blocked]) -> None:
        self._say(why_blocked(blocked), "error")
        self.look_wanted.emit()

    def _subject(self) -> Subject:
        document = self._session.document
        return Subject((document,), tr("{year} 年部门预算", year=document.head.fiscal_year))
