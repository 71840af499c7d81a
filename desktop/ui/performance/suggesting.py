"""How a proposal comes to the goal on the bench: made in a worker, looked at in a dialog, taken over as one step."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from desktop.domain.suggesting.proposal import Candidate
from desktop.texts import tr
from desktop.ui.documents.wording import told
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.panels import Band
from desktop.ui.performance.session import PerformanceSession
from desktop.ui.performance.suggestion import SuggestionDialog
from desktop.usecases.propose_goal import Proposer, adopt, brief_of

Session = Callable[[], PerformanceSession | None]


class Suggesting:
    """Proposes goals for whatever is on the bench.

    Args:
        page: Parent of the dialog.
        session: Gives what is on the bench now, None for nothing.
        added: Called with the codes of the lines that were added.
        say: Shows a short message: text and kind.
    """

    def __init__(
        self,
        page: QWidget,
        session: Session,
        added: Callable[[Sequence[str]], None],
        say: Callable[[str, str], None],
    ) -> None:
        self._page, self._session, self._added, self._say = page, session, added, say
        self._proposer = Proposer()
        self.button = Button(tr("推荐一份"), "link")
        self.button.clicked.connect(self.open)
        self.band = Band("info", tr("目标还没有指标。可以按项目名称、内容和金额推荐一份，核对后再采用。"), self.button,
                         title=tr("智能推荐"))

    def wanted(self) -> bool:
        """Tell whether the goal on the bench is begun and empty: then a proposal is offered first."""
        session = self._session()
        return session is not None and session.goal is not None and session.goal_editable() and not session.goal.lines

    def open(self) -> None:
        """Propose lines for the goal on the bench and take over what the maker picks."""
        session = self._session()
        goal = session.goal if session is not None else None
        if session is None or goal is None or not session.goal_editable():
            self._say(_why_not(session), "info")
            return
        brief, proposer = brief_of(session.project, goal, session.look.last), self._proposer
        dialog = SuggestionDialog(brief, goal, self._page)
        session.context.run_in_net(dialog, lambda at, job: proposer.propose(at, brief), dialog.show_suggestion,
                                   lambda reason: dialog.show_trouble("：".join(told(reason))))
        if dialog.exec() and dialog.suggestion is not None:
            made = adopt(goal, dialog.suggestion, dialog.picked, session.context.seat(),
                         estimates=dialog.estimates.isChecked())
            session.change_goal(made, tr("采用 {count} 条推荐指标", count=len(dialog.picked)))
            self._added([one.indicator.code for one in dialog.picked])
            self._tell(dialog.picked, filled=dialog.estimates.isChecked())
        dialog.deleteLater()

    def _tell(self, picked: Sequence[Candidate], *, filled: bool) -> None:
        open_ = sum(not one.target.value or (one.target.estimated and not filled) for one in picked)
        check = sum(one.target.estimated for one in picked) if filled else 0
        said = tr("已加入 {count} 条推荐指标。", count=len(picked))
        if open_:
            said += tr("有 {count} 条要按项目实际填写指标值。", count=open_)
        if check:
            said += tr("有 {count} 条指标值是折算的，请核对。", count=check)
        self._say(said, "ok" if not open_ else "info")


def _why_not(session: PerformanceSession | None) -> str:
    """Return why nothing can be proposed for what is on the bench, and what to do."""
    if session is None:
        return tr("先在左边选一个项目，再用智能推荐。")
    if not session.project.project_class.needs_goal:
        return tr("人员类和公用经费项目不填绩效目标。")
    if session.goal is None:
        return tr("这个项目还没有绩效目标，先点“开始填绩效目标”。")
    return tr("这份绩效目标现在不能修改，不能采用推荐。")
