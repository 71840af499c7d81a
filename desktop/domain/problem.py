"""What a rule says about a document: values, all at once, beside the fields."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Level(StrEnum):
    """How much a finding weighs."""

    ERROR = "ERROR"  # blocks handing over, checking, signing and sealing
    WARN = "WARN"  # goes on once the maker has written a reason, which travels with the document
    INFO = "INFO"  # worth knowing, blocks nothing


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason, found by a rule, why a document cannot go forward or deserves a look.

    Attributes:
        code: The rule's id, "R-01"; never a sentence.
        where: The field it is about, a path inside the document: ``amount``, ``payee.account``, ``lines[2].amount``.
        facts: What the shown text needs, already formatted (amounts as ``1,234.50``).
        level: How much it weighs.
    """

    code: str
    where: str
    facts: Mapping[str, str] = field(default_factory=dict)
    level: Level = Level.ERROR


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Return only the findings that block."""
    return [problem for problem in problems if problem.level is Level.ERROR]


def unanswered(problems: Iterable[Problem], answered: Mapping[str, str]) -> list[Problem]:
    """Return the warnings whose rule has no written reason yet.

    Args:
        problems: Findings of any level.
        answered: Rule id to the maker's reason.
    """
    return [p for p in problems if p.level is Level.WARN and not answered.get(p.code, "").strip()]
