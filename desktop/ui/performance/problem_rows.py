"""Findings about project and goal: rows of the problems panel, and marks of cells."""

import re
from collections.abc import Mapping, Sequence

from desktop.domain.problem import Level, Problem
from desktop.texts import tr
from desktop.texts.problems import describe, place_name
from desktop.ui.grid.columns import Mark
from desktop.ui.kit.problems import ProblemRow
from desktop.ui.performance.session import PerformanceSession

LEVELS = {Level.ERROR: "error", Level.WARN: "warning", Level.INFO: "info"}
GOAL, PROJECT = "goal", "project"
EXPLAIN, EXPLAINED = tr("写说明"), tr("改说明")
_PATH = re.compile(r"([a-z]+)\[(\d+)]\.?([a-z_]*)")
_DIFFERENCES = ("difference", "over")


def rows(session: PerformanceSession) -> list[ProblemRow]:
    """Return the findings of both, the worst first; ``where`` begins with ``goal:`` or ``project:``."""
    look = session.look
    found: list[tuple[int, ProblemRow]] = []
    for owner, problems in ((PROJECT, look.project_problems), (GOAL, look.goal_problems)):
        reasons = session.reasons(owner)
        for problem in problems:
            found.append((list(LEVELS).index(problem.level), _row(owner, problem, bool(reasons.get(problem.code)))))
    return [row for _, row in sorted(found, key=lambda pair: pair[0])]


def _row(owner: str, problem: Problem, answered: bool) -> ProblemRow:
    text, warning = describe(problem), problem.level is Level.WARN
    level = "info" if warning and answered else LEVELS[problem.level]
    remedy = (EXPLAINED if answered else EXPLAIN) if warning else text.advice
    sheet = tr("立项") if owner == PROJECT else tr("目标")
    place = f"{sheet} · {_place(problem)}"
    difference = next((problem.facts[name] for name in _DIFFERENCES if problem.facts.get(name)), "")
    return ProblemRow(level, f"{owner}:{problem.where}", place, text.sentence, difference, problem.code, remedy)


def _place(problem: Problem) -> str:
    # A line of the goal is known by its indicator's name, not by a number that the grid does not show.
    found = _PATH.match(problem.where)
    if found is not None and found[1] == "lines" and problem.facts.get("name"):
        return problem.facts["name"]
    return place_name(problem.where)


def marks_of(problems: Sequence[Problem], list_name: str, keys: Mapping[str, str]) -> dict[tuple[int, str], Mark]:
    """Return the marks of one table's cells.

    Args:
        problems: Of the document.
        list_name: ``plan`` or ``basis``.
        keys: Field to column where they differ.
    """
    marks: dict[tuple[int, str], Mark] = {}
    for problem in problems:
        found = _PATH.match(problem.where)
        if found is not None and found[1] == list_name:
            text = describe(problem)
            message = f"{text.sentence}（{problem.code}）\n{text.advice}"
            place = int(found[2]), keys.get(found[3], found[3])
            marks.setdefault(place, Mark(LEVELS[problem.level], message))
    return marks
