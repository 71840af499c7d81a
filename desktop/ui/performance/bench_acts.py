"""What the tools of the performance page do with the goal at hand; each is one undo step with a name."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QWidget

from desktop.domain.document import Refused
from desktop.domain.goal import Frame, Level1, PerformanceGoal
from desktop.domain.goal_weights import fill_up, unreachable
from desktop.domain.library import GoalCase, Indicator, WeightProfile
from desktop.texts import tr
from desktop.texts.problems import describe
from desktop.texts.words import LEVEL1
from desktop.ui.performance import proposal
from desktop.ui.performance.cases import CaseQuestion
from desktop.ui.performance.goal_pane import GoalPane
from desktop.ui.performance.last_year import ask_last
from desktop.ui.performance.own_form import OwnQuestion
from desktop.ui.performance.profile_change import agreed_to
from desktop.ui.performance.reading import with_last_targets
from desktop.ui.performance.session import PerformanceSession
from desktop.usecases.copy_case import Wanted, cases_for, copy_case, entries_of_case
from desktop.usecases.fill_goal import (
    LastLibrary,
    SimilarNames,
    add_own,
    fill_group,
    library_of_last,
    may_write_own,
    own_levels,
    own_points,
    similar_names,
    with_profile,
)
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

    # -- points

    def evenly(self) -> None:
        """Split each level's points evenly (平均分配)."""
        self._weigh(proposal.evenly, tr("平均分配"))

    def by_library(self) -> None:
        """Split the points as the library suggests (按指标库建议)."""
        self._weigh(proposal.by_library, tr("采用建议分值"))

    def fill_up(self) -> None:
        """Let the line at hand take what its level lacks; on a group's row its lines without points (补足到满分)."""
        session, pane = self._free(), self._pane()
        level = pane.current_level() if pane is not None else None
        profile = self._profile()
        if session is None or session.goal is None or pane is None or level is None or profile is None:
            return
        line, goal = pane.current(), session.goal
        filled = fill_up(goal, profile, line.line_id) if line is not None else fill_group(goal, profile, level)
        session.change_goal(filled, tr("补足到满分"))
        lack = profile.points(level) - filled.weight_of(level)
        if filled == goal:
            self._say(_why_not(goal, profile, level), "info" if lack == 0 else "warning")

    def _weigh(self, propose: Propose, word: str) -> None:
        session, profile = self._free(), self._profile()
        proposed = propose(session) if session is not None else None
        if session is None or proposed is None or profile is None:
            return
        session.change_goal(proposed, word)
        texts = [describe(problem) for problem in unreachable(proposed, profile)]
        if texts:
            more = tr("另有 {count} 处。", count=len(texts) - 1) if len(texts) > 1 else ""
            self._say(f"{texts[0].sentence}{texts[0].advice}{more}", "warning")

    # -- lines

    def add(self, picked: Sequence[Indicator]) -> None:
        """Add what was ticked in the library, everything filled in but target and points."""
        session, pane = self._free(), self._pane()
        if session is None or session.goal is None:
            return
        try:
            made = add_indicators(session.goal, picked, session.context.seat(), self.frame())
        except Refused as refusal:
            said = describe(refusal.problem)
            self._say(f"{said.sentence}{said.advice}", "warning")
            return
        session.change_goal(with_last_targets(made, session.look.last_targets),
                            tr("加入 {count} 条指标", count=len(picked)))
        if pane is not None:
            pane.show_added([one.code for one in picked])
        self._say(tr("已加入 {count} 条指标，请填指标值和分值。", count=len(picked)), "ok")

    # -- whole goals, own lines

    def last_year(self) -> None:
        """Offer last year's goal line by line (取上年指标)."""
        session = self._free()
        last = session.look.last if session is not None else None
        if session is None or session.goal is None:
            return
        if last is None:
            year = session.goal.head.fiscal_year - 1
            self._say(tr("没有找到 {year} 年的绩效目标：这个项目上年没有在本机填过。可以参考案例，或从指标库选。",
                         year=year), "info")
            return
        year = session.goal.head.fiscal_year
        session.context.run(self._page, lambda books: library_of_last(books, last, year),
                            lambda found: self._offer_last(last, found))

    def _offer_last(self, last: PerformanceGoal, found: LastLibrary) -> None:
        session = self._free()
        if session is None or session.goal is None:
            return
        taken = ask_last(session.goal, last, found, session.context.seat(), self.frame(), self._page,
                         may_own=may_write_own(session.desk.parameters))
        if taken is not None:
            session.change_goal(taken[0], tr("取上年指标 {count} 条", count=taken[1]))
            self._say(tr("已带入上年指标 {count} 条，请核对指标值和分值。", count=taken[1]), "ok")

    def cases(self) -> None:
        """Offer the cases, the project's own field first (参考案例)."""
        session = self._free()
        if session is None or session.goal is None:
            return
        if not session.desk.cases:
            self._say(tr("指标库里还没有案例，同步以后再看。"), "info")
            return
        may_own = may_write_own(session.desk.parameters)
        question = CaseQuestion(cases_for(session.desk.cases, session.project), session.desk.year,
                                len(session.goal.lines), may_own=may_own, parent=self._page)
        question.case_wanted.connect(lambda case: session.context.run(
            question, lambda books: entries_of_case(books, case),
            lambda entries: question.show_entries(case, entries)))
        question.ask_first()
        question.exec()
        case, wanted, entries = question.current(), question.wanted(), question.lines.entries
        question.deleteLater()
        if case is not None and wanted is not None:
            self._copy(case, wanted, entries)

    def _copy(self, case: GoalCase, wanted: Wanted, entries: Mapping[str, Indicator]) -> None:
        session = self._free()
        if session is None or session.goal is None:
            return
        known = {**(session.look.facts.indicators if session.look.facts is not None else {}), **entries}
        copied = copy_case(session.goal, case, wanted, known, session.desk.profiles, session.context.seat())
        session.change_goal(with_last_targets(copied.goal, session.look.last_targets),
                            tr("采用案例“{name}”", name=case.project_name))
        said = [tr("已从案例带入 {count} 条指标，请填指标值，核对分值。", count=copied.added)]
        if copied.left_out:
            said.append(tr("{count} 条指标库里没有或已停用，没有带入。", count=len(copied.left_out)))
        if copied.without_place:
            said.append(tr("{count} 条在现在的表上没有位置，请处理。", count=len(copied.without_place)))
        self._say("".join(said), "ok" if len(said) == 1 else "warning")

    def own(self) -> None:
        """Write an indicator oneself where the bureau allows it; else say why not (P-02)."""
        session = self._free()
        if session is None or session.goal is None:
            return
        if not may_write_own(session.desk.parameters):
            self._say(tr("本地区没有开放自拟指标，请从指标库选取相近的；确实没有的，向财政部门反映。"), "warning")
            return
        year = session.goal.head.fiscal_year
        session.context.run(self._page, lambda books: similar_names(books, year), self._ask_own)

    def _ask_own(self, library: SimilarNames) -> None:
        session, profile, pane = self._free(), self._profile(), self._pane()
        if session is None or session.goal is None or profile is None:
            return
        goal = session.goal
        question = OwnQuestion(library, own_levels(profile.frame, profile),
                               own_points(goal, session.desk.parameters), self._page)
        question.exec()
        own, taken = question.written(), question.taken
        question.deleteLater()
        if taken is not None:
            self.add([taken])
        elif own is not None:
            made = add_own(goal, own, session.context.seat())
            session.change_goal(made, tr("自拟指标“{name}”", name=own.name))
            if pane is not None:
                pane.show_added([line.indicator_code for line in made.lines if line not in goal.lines])
            self._say(tr("已加入自拟指标“{name}”，请填分值。", name=own.name), "ok")

    # -- the profile

    def choose_profile(self, code: str) -> None:
        """Take another profile, after showing which lines move or have no place under it."""
        session, pane = self._free(), self._pane()
        goal, facts = (session.goal, session.look.facts) if session is not None else (None, None)
        profile = session.desk.profiles.get(code) if session is not None else None
        if session is None or goal is None or facts is None or profile is None:
            return
        changed, moves = with_profile(goal, profile, facts)
        if agreed_to(profile, moves, self._page):
            session.change_goal(changed, tr("改分值方案"))
        elif pane is not None:
            pane.show_content()  # the choice shows again which profile it is

    def frame(self) -> Frame:
        """Return the form of the goal's profile."""
        profile = self._profile()
        return profile.frame if profile is not None else Frame.F2021

    def _profile(self) -> WeightProfile | None:
        session = self._session()
        goal = session.goal if session is not None else None
        return session.desk.profiles.get(goal.profile) if session is not None and goal is not None else None

    def _free(self) -> PerformanceSession | None:
        session = self._session()
        return session if session is not None and session.goal_editable() else None


def _why_not(goal: PerformanceGoal, profile: WeightProfile, level: Level1) -> str:
    """Return why 补足到满分 changed nothing."""
    lack, word = profile.points(level) - goal.weight_of(level), LEVEL1[level.value]
    if lack == 0:
        return tr("{level}已经满分，不用补。", level=word)
    if not any(line.level1 is level for line in goal.lines):
        return tr("{level}还没有指标，先从指标库加入。", level=word)
    return tr("{level}多出 {over} 分，这一条不够减，请先调低别的指标。", level=word, over=f"{-lack.normalize():f}")
