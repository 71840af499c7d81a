"""Rules of a project before the bureau may admit it. Source: budget rules, section 3.

====  =========================================================================================================
B-12  classes Y2 and T need a complete performance goal
B-13  class T needs a core indicator with points
B-15  class T needs a document that it rests on
B-16  a field that the form requires is empty
B-17  the name: at most 60 characters, no year in it
B-18  years: end not before start, at most five, the budget year among them
B-21  the plan by years adds up to the total; each row has a year inside the project, an amount and known money
B-22  the function code is a leaf of the bureau's table
====  =========================================================================================================
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from desktop.domain.code_tables import is_leaf, out_of_year
from desktop.domain.goal import PerformanceGoal
from desktop.domain.goal_rules import GoalFacts, check_goal, is_core
from desktop.domain.library import Indicator, WeightProfile
from desktop.domain.mirrors import CodeEntry
from desktop.domain.money import ZERO, format_yuan
from desktop.domain.parameters import Parameters
from desktop.domain.problem import Problem, errors
from desktop.domain.project import Project, ProjectClass

NAME_MAX = 60
# A year, not a quantity: "2026年", "2026草原…", but not "2000亩".
_YEAR = re.compile(
    r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9.,]|\s*(?:万|亩|公顷|平|米|公里|千米|吨|公斤|人|户|套|台|头|只|株|元|个|件|型|号|线))"
    r"|[一二][〇零○九一二三四五六七八]{3}年"
)
_NARROW = {0xFF10 + i: 0x30 + i for i in range(10)}


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """What the rules of a project need to know.

    Attributes:
        functions: Code table ``FUNCTION`` by code; so ``natures`` and ``sources`` of ``FUND_NATURE``, ``FUND_SOURCE``.
        profiles: Weight profiles by code, for the goal.
        indicators: Library entries that the goal uses, by code.
    """

    functions: Mapping[str, CodeEntry]
    natures: Mapping[str, CodeEntry]
    sources: Mapping[str, CodeEntry]
    profiles: Mapping[str, WeightProfile]
    indicators: Mapping[str, Indicator]
    parameters: Parameters = field(default_factory=Parameters)


def check_project(project: Project, goal: PerformanceGoal | None, facts: ProjectFacts) -> list[Problem]:
    """Return every finding about the project, in the order of its form; the goal's own findings are `check_goal`'s.

    Args:
        project: The project as it stands.
        goal: Its goal for the project's budget year, None while there is none.
        facts: Tables of the bureau.

    Source: budget rules B-12 to B-18, B-21, B-22 as in the table above.
    """
    found = [problem for rule in _RULES for problem in rule(project, facts)]
    return [*found, *_goal(project, goal, facts)]


def _required(project: Project, _: ProjectFacts) -> Iterator[Problem]:
    empty = {
        "name": not project.name.strip(),
        "function_code": not project.function_code.strip(),
        "total": project.total <= 0,
        "plan": not project.plan,
        "responsible": not project.responsible.strip(),
    }
    for name in (name for name, is_empty in empty.items() if is_empty):
        yield Problem("B-16", name, {"case": name})


def _name(project: Project, _: ProjectFacts) -> Iterator[Problem]:
    if len(project.name) > NAME_MAX:
        yield Problem("B-17", "name", {"case": "long", "length": str(len(project.name)), "max": str(NAME_MAX)})
    year = _YEAR.search(project.name.translate(_NARROW))
    if year is not None:
        yield Problem("B-17", "name", {"case": "year", "year": year[0]})


def _years(project: Project, facts: ProjectFacts) -> Iterator[Problem]:
    said = {"start": str(project.start_year), "end": str(project.end_year), "year": str(project.head.fiscal_year)}
    if project.end_year < project.start_year:
        yield Problem("B-18", "end_year", {"case": "order", **said})
        return
    most = int(facts.parameters.number("project_span_max"))
    span = project.end_year - project.start_year + 1
    if span > most:
        yield Problem("B-18", "end_year", {"case": "span", "span": str(span), "max": str(most), **said})
    if not project.start_year <= project.head.fiscal_year <= project.end_year:
        yield Problem("B-18", "start_year", {"case": "year", **said})


def _plan(project: Project, facts: ProjectFacts) -> Iterator[Problem]:
    for i, row in enumerate(project.plan):
        said = {"row": str(i + 1), "year": str(row.year)}
        if not project.start_year <= row.year <= project.end_year:
            yield Problem("B-21", f"plan[{i}].year", {"case": "year", **said})
        if row.amount <= 0:
            yield Problem("B-21", f"plan[{i}].amount", {"case": "amount", **said})
        for name, code, table in (
            ("nature", row.fund_nature, facts.natures),
            ("source", row.fund_source, facts.sources),
        ):
            if not is_leaf(code, table):
                found = {"case": name, "code": code, **said, **out_of_year(code, table)}
                yield Problem("B-21", f"plan[{i}].fund_{name}", found)
    planned = sum((row.amount for row in project.plan), ZERO)
    if project.plan and planned != project.total:
        amounts = {"planned": planned, "total": project.total, "difference": planned - project.total}
        yield Problem("B-21", "total", {"case": "sum", **{k: format_yuan(v) for k, v in amounts.items()}})


def _function(project: Project, facts: ProjectFacts) -> Iterator[Problem]:
    code = project.function_code.strip()
    if not code or is_leaf(code, facts.functions):
        return
    entry = facts.functions.get(code)
    said = {"case": "unknown", "name": ""} if entry is None else {"case": "sum", "name": entry.name}
    yield Problem("B-22", "function_code", {"code": code, **said, **out_of_year(code, facts.functions)})


def _basis(project: Project, _: ProjectFacts) -> Iterator[Problem]:
    if project.project_class is ProjectClass.T and not any(basis.name.strip() for basis in project.basis):
        yield Problem("B-15", "basis")


def _goal(project: Project, goal: PerformanceGoal | None, facts: ProjectFacts) -> Iterator[Problem]:
    if not project.project_class.needs_goal:
        return
    if goal is None:
        yield Problem("B-12", "goal", {"case": "missing", "year": str(project.head.fiscal_year)})
        return
    wrong = errors(check_goal(goal, goal_facts(project, facts)))
    if wrong:
        yield Problem("B-12", "goal", {"case": "incomplete", "count": str(len(wrong))})
    core = sum((line.weight for line in goal.lines if is_core(line)), Decimal(0))
    if project.project_class is ProjectClass.T and core <= 0:
        yield Problem("B-13", "goal")


def goal_facts(project: Project, facts: ProjectFacts) -> GoalFacts:
    """Return the facts under which the project's goal is checked."""
    return GoalFacts(facts.profiles, facts.indicators, project, facts.parameters)


_RULES: tuple[Callable[[Project, ProjectFacts], Iterator[Problem]], ...] = (
    _required,
    _name,
    _function,
    _years,
    _plan,
    _basis,
)
