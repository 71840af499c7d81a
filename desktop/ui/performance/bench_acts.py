"""What the tools of the performance page do with the goal at hand; each is one undo step with a name."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from desktop.domain.goal import PerformanceGoal
from desktop.domain.library import Indicator
from desktop.texts import tr
from desktop.ui.performance import proposal
from desktop.ui.performance.goal_pane import GoalPane
from desktop.ui.performance.reading import with_last_targets
from desktop.ui.performance.session import PerformanceSession
from desktop.usecases.pick_indicators import add_indicators

Propose = Callable[[PerformanceSession], PerformanceGoal | None]


class GoalActs:
    """Acts on whatever goal is on the bench.

    Args:
        page: Parent of dialogs.
        session, pane: Give what is on the bench now, None for nothing.
        say: Shows a short message: text and kind.
    """

    def __init__(
        self,
        page: QWidget,
        session: Callable[[], PerformanceSession | None],
        pane: Callable[[], GoalPane | None],
        say: Callable[[str, str], None],
    ) -> None:
        self._page, self._session, self._pane, self._say = page, session, pane, say

    def evenly(self) -> None:
        """Split each level's points evenly (平均分配)."""
        self._weigh(proposal.evenly, tr("平均分配"))

    def by_library(self) -> None:
        """Split the points as the library suggests (按指标库建议)."""
        self._weigh(proposal.by_library, tr("采用建议分值"))

    def add(self, picked: Sequence[Indicator]) -> None:
        """Add what was ticked in the library, everything filled in but target and points."""
        session, pane = self._session(), self._pane()
        if session is None or session.goal is None or not session.goal_editable():
            return
        goal = with_last_targets(add_indicators(session.goal, picked, session.context.seat()),
                                 session.look.last_targets)
        session.change_goal(goal, tr("加入 {count} 条指标", count=len(picked)))
        if pane is not None:
            pane.show_added([one.code for one in picked])
        self._say(tr("已加入 {count} 条指标，请填指标值和分值。", count=len(picked)), "ok")

    def _weigh(self, propose: Propose, word: str) -> None:
        session = self._session()
        proposed = propose(session) if session is not None else None
        if session is not None and proposed is not None:
            session.change_goal(proposed, word)
