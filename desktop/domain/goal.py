"""A performance goal (绩效目标): a text and the indicators that were picked for a project's year."""

from dataclasses import dataclass
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
class GoalLine:
    """One indicator of a goal form with its target and points.

    Attributes:
        indicator_code: Code in the library; stored with ``library_version`` so that an update changes nothing (P-01).
        level2: The full word of the library, "数量指标", "服务对象满意度指标".
        target: The target as typed: a number, ``a~b`` for a range, a sentence for a qualitative one; empty if missing.
        weight: Points; the form sums to 90 (P-05).
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


@dataclass(frozen=True, slots=True)
class PerformanceGoal:
    """The goal form of one project and year.

    Attributes:
        project_key: ``head.key`` of the project document.
        profile: Code of the weight profile that P-05 checks against.
        year_total: Yuan of the project in ``head.fiscal_year``; equals the project's plan (C14 in the budget).
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

    def weight_of(self, level: Level1) -> Decimal:
        """Points of one level-1 group."""
        return sum((line.weight for line in self.lines if line.level1 is level), Decimal(0))
