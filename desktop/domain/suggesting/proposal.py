"""What a proposal is made from and what it says: plain values, no sentences for the screen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from desktop.domain.goal import Level1, LibraryKind, Operator, PerformanceGoal
from desktop.domain.library import Indicator
from desktop.domain.project import ProjectClass


@dataclass(frozen=True, slots=True)
class Brief:
    """What is known of a project before it has a goal.

    Attributes:
        amount: Yuan of the year; 0 while nobody has said: then nothing is worked out from it.
        profile: Code of the weight profile that the form has already; empty lets the kind of project decide.
        needs_cost: The project says itself that it is works or a purchase (P-11).
        last_goal: Last year's goal of the same project.
    """

    name: str
    amount: Decimal
    year: int
    summary: str = ""
    project_class: ProjectClass = ProjectClass.T
    function_code: str = ""
    profile: str = ""
    needs_cost: bool = False
    last_goal: PerformanceGoal | None = None


class Why(StrEnum):
    """Why a line is proposed; the reasons that convince most come first."""

    CORE_SET = "CORE_SET"  # department, kind: of its fixed minimum set
    LAST_YEAR = "LAST_YEAR"  # target, year: last year's goal has it
    CORE_OF_USE = "CORE_OF_USE"  # use: a core indicator of the fund use
    COMMON_CORE = "COMMON_CORE"  # kind: a core one of those common to this kind of project
    CASES = "CASES"  # count, name: similar cases have it
    USE = "USE"  # use: an indicator of the fund use
    COMMON = "COMMON"  # kind: a common indicator of this kind of project
    WORDS = "WORDS"  # words: its name has words of the project's
    GENERAL = "GENERAL"  # any project may use it


class Basis(StrEnum):
    """What a proposed target rests on."""

    TYPICAL = "TYPICAL"  # the library's usual value
    REFERENCE = "REFERENCE"  # value, year, region, source: a reference value of the library
    LAST_YEAR = "LAST_YEAR"  # target
    CASE = "CASE"  # name, target: a rate or a price of a similar case
    NAMED = "NAMED"  # number: stands in the project's name or summary
    DIVIDED = "DIVIDED"  # number: the money over a number that the project names
    BUDGET = "BUDGET"  # amount: the money itself
    BY_CASE = "BY_CASE"  # name, target, amount: a case's quantity, by the amounts
    BY_PRICE = "BY_PRICE"  # name, price, unit: the amount over the price of one
    SISTER = "SISTER"  # name, target: another indicator of the same thing has a usual value
    BY_STANDARD = "BY_STANDARD"  # said: the amount over a published ceiling
    OPEN = "OPEN"  # nothing to go by: the maker types it


ESTIMATES = frozenset({Basis.BY_CASE, Basis.BY_PRICE, Basis.BY_STANDARD, Basis.SISTER})


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason with the facts that its sentence needs, and codes of what it was found in."""

    why: Why
    facts: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """A proposed value; empty where nothing supports one.

    Attributes:
        sources: Codes of cases or indicators that it was derived from.
    """

    value: str
    basis: Basis
    facts: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[str, ...] = ()

    @property
    def estimated(self) -> bool:
        """Whether somebody must compare it with the project before it stands."""
        return self.basis in ESTIMATES


@dataclass(frozen=True, slots=True)
class Candidate:
    """An indicator that suits the project, with a target and why.

    Attributes:
        level1, level2: Where it stands on the form, by the profile's frame.
        score: Only to be compared with others of the same level 2.
        near: Its fund use is of the project's kind, or its name has words of the project.
    """

    indicator: Indicator
    level1: Level1
    level2: str
    score: float
    evidence: tuple[Evidence, ...]
    target: Target
    operator: Operator
    near: bool = True

    @property
    def is_core(self) -> bool:
        """Whether its points count for P-06."""
        return self.indicator.is_core or self.indicator.library_kind is LibraryKind.CORE

    @property
    def sources(self) -> tuple[str, ...]:
        """Codes of everything that it rests on, each once."""
        codes = (code for one in self.evidence for code in one.sources)
        return tuple(dict.fromkeys((*codes, *self.target.sources)))


@dataclass(frozen=True, slots=True)
class ProposedLine:
    """A line of the proposed goal, and what else could stand in its place, best first.

    Attributes:
        due: Last day of a timeliness indicator: the end of the fiscal year (P-10).
        confidence: 0 to 1, how sure the program is that the line belongs to the project.
    """

    candidate: Candidate
    weight: Decimal
    confidence: float
    due: date | None = None
    others: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Recognised:
    """What the program took the project for.

    Attributes:
        uses: Fund uses, the likeliest first, as the library names them.
        kinds: Names of kinds of project.
        cases: Codes of similar cases.
        sure: 0 to 1: how much of the project's name the library knows.
    """

    uses: tuple[str, ...]
    kinds: tuple[str, ...]
    cases: tuple[str, ...]
    sure: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """A complete goal for a project, to be accepted whole or in part."""

    profile: str
    lines: tuple[ProposedLine, ...]
    general_goal: str
    year_goal: str
    recognised: Recognised
