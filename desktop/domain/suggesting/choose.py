"""Which of the candidates make up a goal: enough of every group, no two nearly alike, core ones for P-06."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from desktop.domain.frames import COST_2015, level2_of
from desktop.domain.goal import Level1
from desktop.domain.library import WeightProfile
from desktop.domain.suggesting.grams import likeness
from desktop.domain.suggesting.proposal import Basis, Candidate
from desktop.domain.suggesting.rank import Ranking
from desktop.domain.suggesting.weights import core_within_reach

_ALIKE = 0.42  # names that share more of their pairs say the same thing
_SECOND = 0.62  # of the best one's score, for a second line of a group
_SECOND_BENEFIT, _ANY_BENEFIT = 0.4, 0.6  # one benefit alone would carry all the points of its level
_MOST = {Level1.COST: 3, Level1.OUTPUT: 6, Level1.BENEFIT: 3, Level1.SATISFACTION: 1}
_QUANTITY, _QUALITY, _TIMELINESS = "数量指标", "质量指标", "时效指标"
_BY_MONEY = frozenset({Basis.BY_PRICE, Basis.BY_STANDARD})


@dataclass(slots=True)
class _Choice:
    """What was taken so far, and what may not be taken beside it."""

    complete: bool
    taken: list[Candidate] = field(default_factory=list)

    def may(self, one: Candidate) -> bool:
        """Tell whether the candidate says something that no taken one says, and can stand on the form."""
        if self.complete and one.target.basis is Basis.OPEN:
            return False
        if one.target.basis in _BY_MONEY and any(self._same_money(one, other) for other in self.taken):
            return False
        return not any(_alike(one, other) for other in self.taken)

    def take(self, one: Candidate | None) -> None:
        """Take a candidate, if there is one."""
        if one is not None:
            self.taken.append(one)

    def best(self, some: Iterable[Candidate], least: float = float("-inf")) -> Candidate | None:
        """Return the first that may be taken and scores enough."""
        return next((one for one in some if one.score >= least and one not in self.taken and self.may(one)), None)

    @staticmethod
    def _same_money(one: Candidate, other: Candidate) -> bool:
        return other.target.basis in _BY_MONEY and other.indicator.unit == one.indicator.unit


def choose(
    ranking: Ranking, profile: WeightProfile, share: Decimal, *, complete: bool, needs_cost: bool
) -> list[Candidate]:
    """Return the lines of a goal in the order of the form.

    Args:
        ranking: Candidates of the form's frame.
        profile: Says which levels have points.
        share: Of the points that core lines should be able to carry, 0 to 1 (P-06).
        complete: No line whose value is open; a person at the screen can type one, a file cannot.
        needs_cost: A cost line must be there even where the frame counts it under output (P-11).

    Returns:
        At least three output lines, with quantity and quality (P-10, P-15), wherever the library has them.
    """
    chosen = _Choice(complete)
    if profile.points(Level1.COST):
        _some(chosen, ranking.of(Level1.COST), 2)
    if profile.points(Level1.OUTPUT):
        _output(chosen, ranking, cost=needs_cost and COST_2015 in level2_of(profile.frame, Level1.OUTPUT))
    if profile.points(Level1.BENEFIT):
        _benefit(chosen, ranking, level2_of(profile.frame, Level1.BENEFIT))
    if profile.points(Level1.SATISFACTION):
        _some(chosen, ranking.of(Level1.SATISFACTION), 1)
    _more_core(chosen, ranking, profile, profile.total() * share)
    return sorted(chosen.taken, key=lambda one: _place(one, profile))


def others(one: Candidate, taken: Sequence[Candidate], ranking: Ranking, most: int = 5) -> tuple[Candidate, ...]:
    """Return what could stand in the place of a line: the next best of its group that the goal does not have."""
    names = {each.indicator.name for each in taken}
    group = ranking.of(one.level1, one.level2)
    return tuple(each for each in group if each.indicator.name not in names)[:most]


def _some(chosen: _Choice, group: Sequence[Candidate], most: int) -> None:
    first = chosen.best(group)
    chosen.take(first)
    for _ in range(most - 1):
        if first is not None:
            chosen.take(chosen.best(group, first.score * _SECOND))


def _output(chosen: _Choice, ranking: Ranking, *, cost: bool) -> None:
    for level2, most in ((_QUANTITY, 2), (_QUALITY, 2), (_TIMELINESS, 1)):
        _some(chosen, ranking.of(Level1.OUTPUT, level2), most)
    if cost:
        chosen.take(chosen.best(ranking.of(Level1.OUTPUT, COST_2015)))
    while sum(one.level1 is Level1.OUTPUT for one in chosen.taken) < 3:
        more = chosen.best(ranking.of(Level1.OUTPUT))
        if more is None:
            return
        chosen.take(more)


def _benefit(chosen: _Choice, ranking: Ranking, groups: Sequence[str]) -> None:
    """Take the best benefit, and a second one, rather of another kind; what the frame only tolerates comes last."""
    group = sorted(ranking.of(Level1.BENEFIT), key=lambda one: one.level2 not in groups)
    first = chosen.best(group)
    chosen.take(first)
    if first is None:
        return
    elsewhere = [one for one in group if one.level2 != first.level2 and one.level2 in groups]
    least = min(first.score * _SECOND_BENEFIT, _ANY_BENEFIT)
    chosen.take(chosen.best(elsewhere, first.score * _SECOND) or chosen.best(group, least))


def _more_core(chosen: _Choice, ranking: Ranking, profile: WeightProfile, need: Decimal) -> None:
    """Take core indicators until they can carry their share of the points (P-06)."""
    candidates = [one for level in _MOST if profile.points(level) for one in ranking.of(level) if one.is_core]
    candidates.sort(key=lambda one: (not one.near, -one.score))
    while core_within_reach(chosen.taken, profile) < need:
        room = [one for one in candidates if _count(chosen.taken, one.level1) < _MOST[one.level1]]
        more = chosen.best(room, 0.0)
        if more is None:
            return
        chosen.take(more)


def _count(taken: Sequence[Candidate], level: Level1) -> int:
    return sum(one.level1 is level for one in taken)


def _alike(one: Candidate, other: Candidate) -> bool:
    mine, theirs = one.indicator, other.indicator
    if mine.name == theirs.name or likeness(mine.name, theirs.name) > _ALIKE:
        return True
    return bool(mine.definition) and mine.definition == theirs.definition


def _place(one: Candidate, profile: WeightProfile) -> tuple[int, int, float]:
    groups = level2_of(profile.frame, one.level1)
    at = groups.index(one.level2) if one.level2 in groups else len(groups)
    return tuple(Level1).index(one.level1), at, -one.score

