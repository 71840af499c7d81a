"""Findings, faults and refusals as the screen says them; the texts themselves lie in `desktop.texts`."""

from desktop.domain.document import Refused
from desktop.domain.fault import Fault
from desktop.domain.problem import Level, Problem
from desktop.domain.voucher_rules import RuleResult
from desktop.texts import faults, problems, tr
from desktop.ui.kit.problems import ProblemRow
from desktop.usecases.hand_over import Blocked
from sync.faults import ExchangeFault

LEVELS = {Level.ERROR: "error", Level.WARN: "warning", Level.INFO: "info"}


def describe(result: RuleResult) -> problems.ProblemText:
    """Return title, sentence and advice of a finding."""
    return problems.describe(result)


def row_of(result: RuleResult, remedy: str = "") -> ProblemRow:
    """Return a finding as a line of the problems panel."""
    text = describe(result)
    difference = result.facts.get("difference") or result.facts.get("over") or result.facts.get("short", "")
    return ProblemRow(LEVELS[result.level or Level.INFO], result.where, problems.place_name(result.where),
                      text.sentence, difference, result.code, remedy or text.advice)


def finding_row(doc_id: str, key: str, problem: Problem) -> ProblemRow:
    """Return a finding among those of many documents; ``where`` is "doc id|place"."""
    text = problems.describe(problem)
    facts = problem.facts
    difference = facts.get("difference") or facts.get("over") or facts.get("short", "")
    place = tr("{number} · {place}", number=key.rpartition("-")[2], place=problems.place_name(problem.where))
    where = f"{doc_id}|{problem.where}"
    return ProblemRow(LEVELS[problem.level], where, place, text.sentence, difference, problem.code, text.advice)


def told(error: Exception) -> tuple[str, str]:
    """Return title and body of a fault or a refusal."""
    if isinstance(error, Refused):
        text = problems.describe(error.problem)
        return text.title, f"{text.sentence}{text.advice}"
    if isinstance(error, (Fault, ExchangeFault)):
        return faults.describe(error.code, error.facts).title, faults.sentence(error.code, error.facts)
    raise error


def blocked_words(blocked: tuple[Blocked, ...]) -> str:
    """Return why some of many documents stayed where they were, one after the other."""
    parts = []
    for one in blocked:
        reasons = "；".join(problems.describe(problem).sentence.rstrip("。") for problem in one.problems[:2])
        more = tr("等 {count} 处", count=len(one.problems)) if len(one.problems) > 2 else ""
        parts.append(f"{one.key.rpartition('-')[2]}：{reasons}{more}。")
    return "".join(parts)
