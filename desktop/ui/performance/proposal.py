"""Points that are proposed: by the library's default weights, or split evenly; nothing changes before 采用."""

from decimal import Decimal

from desktop.domain.goal import Level1, PerformanceGoal
from desktop.domain.goal_rules import points
from desktop.domain.goal_weights import split_evenly
from desktop.domain.suggesting.weights import split_with_core
from desktop.texts import tr
from desktop.texts.words import LEVEL1
from desktop.ui.performance.session import PerformanceSession


def by_library(session: PerformanceSession) -> PerformanceGoal | None:
    """Return the goal with the points that the library's default weights and P-06 suggest; None without lines."""
    goal, facts = session.goal, session.look.facts
    profile = session.desk.profiles.get(goal.profile) if goal is not None else None
    if goal is None or facts is None or profile is None or not goal.lines:
        return None
    share = session.desk.parameters.number("core_weight_percent") / 100
    return split_with_core(goal, profile, facts.indicators, share)


def evenly(session: PerformanceSession) -> PerformanceGoal | None:
    """Return the goal with each level's points split evenly over its lines (平均分配)."""
    goal = session.goal
    profile = session.desk.profiles.get(goal.profile) if goal is not None else None
    if goal is None or profile is None or not goal.lines:
        return None
    return split_evenly(goal, profile)


def differing(goal: PerformanceGoal, proposed: PerformanceGoal) -> int:
    """Return in how many lines the points differ."""
    return sum(have.weight != want.weight for have, want in zip(goal.lines, proposed.lines, strict=True))


def sentence(goal: PerformanceGoal, proposed: PerformanceGoal) -> str:
    """Return the proposal in words, level by level, and how many lines would change."""
    parts = []
    for level in Level1:
        weights = [points(line.weight) for line in proposed.lines if line.level1 is level]
        if weights:
            name = LEVEL1[level.value].removesuffix(tr("指标"))
            parts.append(f"{name} {' · '.join(weights)}")
    total = points(sum((line.weight for line in proposed.lines), Decimal(0)))
    text = tr("按指标库默认权重：{parts}，合计 {total} 分。{count} 条与您填的不同。")
    return text.format(parts="，".join(parts), total=total, count=differing(goal, proposed))
