"""Points for proposed lines: the library's default weights, core lines lifted until they carry their share (P-06)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from desktop.domain.goal import GoalLine, Level1, PerformanceGoal
from desktop.domain.goal_rules import is_core
from desktop.domain.goal_weights import split_by_library
from desktop.domain.library import Indicator, WeightProfile
from desktop.domain.suggesting.proposal import Candidate

# How many times its default weight a core line counts for: the first that reaches the share is taken, so that points
# stay as near to the library's as they can.
_LIFTS = (4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 16, 18, 20)
_PLAIN, _REACH = _LIFTS[0], 8
_LEAST = Decimal(2)  # points that a line keeps beside a lifted one


def split_with_core(
    goal: PerformanceGoal, profile: WeightProfile, indicators: Mapping[str, Indicator], share: Decimal
) -> PerformanceGoal:
    """Return the goal with the profile's points split in halves; core lines carry their share wherever possible.

    Args:
        goal: A level without lines stays without points, which P-05 reports.
        profile: Points of each level 1.
        indicators: Library entries by code.
        share: Of the points, 0 to 1 (P-06).
    """
    need = profile.total() * share
    split = goal
    for lift in _LIFTS:
        lifted = {line.indicator_code: _lifted(line, indicators, lift) for line in goal.lines
                  if line.indicator_code in indicators}
        tried = split_by_library(goal, profile, lifted)
        if lift > _PLAIN and any(line.weight < _LEAST for line in tried.lines):
            break
        split = tried
        if sum((line.weight for line in split.lines if is_core(line)), Decimal(0)) >= need:
            break
    return split


def core_within_reach(taken: Sequence[Candidate], profile: WeightProfile) -> Decimal:
    """Return the most points that the core lines among these could carry."""
    most = Decimal(0)
    for level in Level1:
        lines = [one for one in taken if one.level1 is level]
        core = [one for one in lines if one.is_core]
        if not core:
            continue
        plain = sum(max(1, one.indicator.default_weight) for one in lines if not one.is_core)
        heavy = sum(max(1, one.indicator.default_weight) for one in core) * _REACH // _PLAIN
        most += profile.points(level) * heavy / (heavy + plain)
    return most


def _lifted(line: GoalLine, indicators: Mapping[str, Indicator], lift: int) -> Indicator:
    entry = indicators[line.indicator_code]
    weight = max(1, entry.default_weight) * (lift if is_core(line) else _PLAIN)
    return replace(entry, default_weight=weight)
