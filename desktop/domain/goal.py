"""A performance goal (绩效目标): a text and the indicators that were picked for a project's year."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from desktop.domain.head import Acknowledgement, Head
from desktop.domain.money import Yuan


class Level1(StrEnum):
    """一级指标."""

    COST = "COST"
    OUTPUT = "OUTPUT"
    BENEFIT = "BENEFIT"
    SATISFACTION = "SATISFACTION"


class Frame(StrEnum):
    """Which level-2 groups a goal form has (performance rules section 3).

    `F2021`: 财预〔2021〕101号. `F2015`: the older form, still used in many counties; cost is a group of output, and
    sustained influence (可持续影响) a group of benefit.
    """

    F2021 = "FRAME_2021"
    F2015 = "FRAME_2015"


class Operator(StrEnum):
    """指标性质 (performance rules section 5)."""

    GE = "GE"
    LE = "LE"
    EQ = "EQ"
    GT = "GT"
    LT = "LT"
    RANGE = "RANGE"
    QUAL = "QUAL"


class Direction(StrEnum):
    """指标方向性."""

    POSITIVE = "POSITIVE"
    NEGATIVE = "NEGATIVE"


class LibraryKind(StrEnum):
    """共性 / 个性 / 部门个性 / 案例 / 核心; CUSTOM is an indicator that the unit wrote itself (P-02)."""

    COMMON = "COMMON"
    SPECIFIC = "SPECIFIC"
    DEPARTMENT = "DEPARTMENT"
    CASE = "CASE"
    CORE = "CORE"
    CUSTOM = "CUSTOM"


@dataclass(frozen=True, slots=True)
class PlanValue:
    """What an indicator is to have reached by the end of a month (1 to 12), as a target is written; for monitoring."""

    month: int
    value: str


@dataclass(frozen=True, slots=True)
class ModelInput:
    """What was put into a quantification model under one name: one number, or one for each row of a table."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ModelUse:
    """A computed target: which model in which version (P-51), what went in, what came out."""

    code: str
    version: str
    inputs: tuple[ModelInput, ...]
    result: str


@dataclass(frozen=True, slots=True)
class GoalFund:
    """Yuan of one nature and source in the goal's year."""

    fund_nature: str
    fund_source: str
    amount: Yuan


@dataclass(frozen=True, slots=True)
class GoalLine:
    """One indicator of a goal form with its target and points.

    Attributes:
        indicator_code: Code in the library; stored with ``library_version`` so that an update changes nothing (P-01).
        level2: The full word of the library, "数量指标", "服务对象满意度指标".
        target: The target as typed: a number, ``a~b`` for a range, a sentence for a qualitative one; empty if missing.
        weight: Points; the form sums to 90 (P-05).
        explanation, formula, reason: What it means, how it is computed, and for one that the unit wrote itself why no
            entry of the library fits (P-02).
        scoring_params: Parameters of the scoring method, as the library writes them.
        value_basis, source_kind, collection_method: Codes of `desktop.domain.library`.
        due: Last day of a timeliness indicator (P-10).
        plan: Values by month for monitoring; may be empty.
        model: How the target was computed, where a model did it.
        kept_version: Newer edition of the library that the maker has seen and did not want (P-01).
    """

    line_id: str
    indicator_code: str
    library_version: str
    library_kind: LibraryKind
    level1: Level1
    level2: str
    name: str
    operator: Operator
    target: str = ""
    unit: str = ""
    weight: Decimal = Decimal(0)
    direction: Direction = Direction.POSITIVE
    is_core: bool = False
    scoring_method: str = ""
    data_source: str = ""
    evidence: str = ""
    last_target: str = ""
    explanation: str = ""
    formula: str = ""
    reason: str = ""
    scoring_params: str = ""
    value_basis: str = ""
    source_kind: str = ""
    collection_method: str = ""
    due: date | None = None
    plan: tuple[PlanValue, ...] = ()
    model: ModelUse | None = None
    kept_version: str = ""


@dataclass(frozen=True, slots=True)
class PerformanceGoal:
    """The goal form of one project and year.

    Attributes:
        project_key: ``head.key`` of the project document.
        profile: Code of the weight profile that P-05 checks against.
        year_total: Yuan of the project in ``head.fiscal_year``; equals the project's plan (C14 in the budget).
        project_code: The bureau's code, empty before admission.
        is_new: New in this year, else continuing.
        start_year, end_year: Of the project; 0 in goals written before the form had them.
        funds: ``year_total`` by nature and source.
        multi_year_total: Yuan over all years of the project.
        scoring_profile, scoring_version: How actual values become points; printed on the form, frozen with it.
    """

    head: Head
    project_key: str
    project_name: str
    profile: str
    general_goal: str = ""
    year_goal: str = ""
    year_total: Yuan = Decimal("0.00")
    lines: tuple[GoalLine, ...] = ()
    responsible: str = ""
    phone: str = ""
    acknowledgements: tuple[Acknowledgement, ...] = ()
    project_code: str = ""
    is_new: bool = True
    start_year: int = 0
    end_year: int = 0
    funds: tuple[GoalFund, ...] = ()
    multi_year_total: Yuan = Decimal("0.00")
    scoring_profile: str = ""
    scoring_version: str = ""

    def weight_of(self, level: Level1) -> Decimal:
        """Points of one level-1 group."""
        return sum((line.weight for line in self.lines if line.level1 is level), Decimal(0))
