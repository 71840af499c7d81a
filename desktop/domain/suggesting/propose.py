"""A complete goal for a project: profile, lines with targets and points, texts; every part with its reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from desktop.domain.frames import COST_2015, level2_of
from desktop.domain.goal import GoalLine, Level1, PerformanceGoal
from desktop.domain.head import Head, Kind
from desktop.domain.library import WeightProfile
from desktop.domain.parameters import Parameters
from desktop.domain.suggesting.choose import choose, others
from desktop.domain.suggesting.compose import general_goal, year_goal
from desktop.domain.suggesting.library_index import LibraryIndex
from desktop.domain.suggesting.project_words import ProjectKind
from desktop.domain.suggesting.proposal import Brief, Candidate, Proposal, ProposedLine, Recognised
from desktop.domain.suggesting.rank import Ranking, rank
from desktop.domain.suggesting.recognise import Picture, recognise
from desktop.domain.suggesting.weights import split_with_core

_SURE_SCORE = 6.0  # of a candidate that nothing speaks against


@dataclass(frozen=True, slots=True)
class Rules:
    """What the bureau says about goal forms.

    Attributes:
        profiles: Weight profiles by code.
        parameters: Its parameters over the defaults.
    """

    profiles: Mapping[str, WeightProfile]
    parameters: Parameters = field(default_factory=Parameters)

    @property
    def core_share(self) -> Decimal:
        """Of the form's points, 0 to 1 (P-06)."""
        return self.parameters.number("core_weight_percent") / 100


def propose(brief: Brief, index: LibraryIndex, rules: Rules, *, complete: bool = False) -> Proposal | None:
    """Return a goal for the project; None when the library has nothing or no profile fits.

    Args:
        brief: The project.
        index: The library of today.
        rules: Profiles and parameters of the bureau.
        complete: Leave out lines whose value only a person can know.
    """
    picture = recognise(brief, index)
    profile = _profile(brief, picture, rules)
    if profile is None:
        return None
    needs_cost = brief.needs_cost or any(kind.needs_cost for kind in picture.kinds[:1])
    ranking = rank(brief, picture, index, profile.frame, rules.parameters.names("extra_level2"))
    taken = choose(ranking, profile, rules.core_share, complete=complete, needs_cost=needs_cost)
    if not taken:
        return None
    weights = weigh(taken, profile, rules.core_share)
    lines = tuple(_line(one, weights[one.indicator.code], brief, taken, ranking) for one in taken)
    return Proposal(
        profile.code,
        lines,
        general_goal(brief, picture.kinds, taken),
        year_goal(brief, taken),
        Recognised(
            tuple(use.name for use, _ in picture.uses) or tuple(use.name for use in picture.common[:1]),
            tuple(kind.name for kind in picture.kinds),
            tuple(near.case.code for near in picture.cases),
            picture.sure,
        ),
    )


def weigh(taken: Sequence[Candidate], profile: WeightProfile, share: Decimal) -> dict[str, Decimal]:
    """Return the points of each line by its indicator's code; they fill the profile (P-05)."""
    entries = {one.indicator.code: one.indicator for one in taken}
    split = split_with_core(_goal([_bare(one) for one in taken]), profile, entries, share)
    return {line.indicator_code: line.weight for line in split.lines}


def _profile(brief: Brief, picture: Picture, rules: Rules) -> WeightProfile | None:
    """Return the form's profile, else the one that the bureau meant for the kind, else one with or without cost."""
    if brief.profile in rules.profiles:
        return rules.profiles[brief.profile]
    exempt = brief.project_class.value in rules.parameters.names("satisfaction_exempt")
    usable = [one for one in rules.profiles.values() if exempt or one.satisfaction > 0]
    kinds = [kind.profile_kind for kind in picture.kinds[:1] if kind.profile_kind]
    for kind in (*kinds, brief.project_class.value):
        meant = next((one for one in usable if kind in one.project_kinds), None)
        if meant is not None:
            return meant
    cost = brief.needs_cost or any(kind.needs_cost for kind in picture.kinds[:1]) or _priced(picture.kinds, picture)
    return next((one for one in usable if _has_cost(one) is cost), next(iter(usable), None))


def _priced(kinds: Sequence[ProjectKind], picture: Picture) -> bool:
    """Tell whether goals of such projects have cost indicators: those of similar cases do, or the kind has prices."""
    if picture.cases:
        case = picture.cases[0].case
        return any(line.level1 is Level1.COST for line in case.lines)
    return bool(kinds) and kinds[0].has_prices


def _has_cost(profile: WeightProfile) -> bool:
    return profile.cost > 0 or COST_2015 in level2_of(profile.frame, Level1.OUTPUT)


def _line(
    one: Candidate, weight: Decimal, brief: Brief, taken: Sequence[Candidate], ranking: Ranking
) -> ProposedLine:
    due = date(brief.year, 12, 31) if one.level2.startswith("时效") else None
    confidence = max(0.05, min(1.0, one.score / _SURE_SCORE))
    return ProposedLine(one, weight, round(confidence, 2), due, others(one, taken, ranking))


def _bare(one: Candidate) -> GoalLine:
    entry = one.indicator
    return GoalLine(
        entry.code, entry.code, entry.version, entry.library_kind, one.level1, one.level2, entry.name, one.operator,
        is_core=one.is_core,
    )  # fmt: skip


def _goal(lines: Sequence[GoalLine]) -> PerformanceGoal:
    return replace(_EMPTY, lines=tuple(lines))


_EMPTY = PerformanceGoal(Head("", Kind.GOAL, "1.0", "", "", 0, 1, ""), "", "", "")
