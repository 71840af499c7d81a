"""The performance library as the platform publishes it: indicators, cases, core sets, weight profiles.

Each class is one record of a catalogue dataset (`desktop.domain.mirrors`); its fields are the record's JSON keys. A
goal keeps code **and** version of what it took, so that a later edition changes nothing in it (P-01).
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from desktop.domain.goal import Direction, Frame, Level1, LibraryKind, Operator
from desktop.domain.money import Yuan


class ValueBasis(StrEnum):
    """指标值设定依据: what a target rests on."""

    PLAN = "PLAN"  # 计划标准
    INDUSTRY = "INDUSTRY"  # 行业标准
    HISTORY = "HISTORY"  # 历史标准
    RECOGNISED = "RECOGNISED"  # 其他公认标准


class SourceKind(StrEnum):
    """指标来源: where an indicator comes from."""

    POLICY = "POLICY"  # 政策文件
    STATISTIC = "STATISTIC"  # 统计指标
    ASSESSMENT = "ASSESSMENT"  # 部门管理考核
    WORK_PLAN = "WORK_PLAN"  # 工作计划
    OTHER = "OTHER"


class CollectionMethod(StrEnum):
    """取值方式: how the actual value is found."""

    DIRECT = "DIRECT"  # 直接证明
    STATISTICS = "STATISTICS"  # 情况统计
    DESCRIPTION = "DESCRIPTION"  # 情况说明
    QUESTIONNAIRE = "QUESTIONNAIRE"  # 问卷调查
    TREND = "TREND"  # 趋势判断


@dataclass(frozen=True, slots=True)
class ReferenceValue:
    """A value to compare a target with.

    Attributes:
        year: Four digits, empty when it holds for any year.
        region: Name of the region, empty for the whole country. What else it holds for stands behind the source.
        value: As a target is written: a number, ``a~b``, or words.
        source: The plan, standard or statistic that says so.
    """

    value: str
    basis: ValueBasis
    year: str = ""
    region: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """An entry of the indicator library at level 3.

    Attributes:
        version: Edition of the library that last changed this entry.
        aliases: Other names that people search for.
        applies_to: Function codes (any of the three lengths).
        project_tags: Words of projects it suits: 维修, 培训, 采购.
        unit_kinds: ``ADMIN``, ``REF_ADMIN``, ``PUBLIC_INST``; empty for all.
        default_weight: 1 to 5 inside its level 1.
        core_owner: Department that keeps it as a core indicator.
        quant_model_code: Model that computes its value; empty for none.
        may_exceed: Whether a percentage may pass 100 (growth rates, P-20).
        effective_from, effective_to: First and last fiscal year, four digits; empty is open (P-03).
        successor: Code that takes the place of a retired one.
        region_uses: Units of the region whose goals use it.
        initials, pinyin: First letters, and full syllables without blanks, of the name; small letters.
    """

    code: str
    version: str
    library_kind: LibraryKind
    industry: str
    category: str
    fund_use: str
    level1: Level1
    level2: str
    name: str
    definition: str = ""
    formula: str = ""
    operator: Operator = Operator.GE
    typical_value: str = ""
    unit: str = ""
    direction: Direction = Direction.POSITIVE
    scoring_method: str = ""
    scoring_params: str = ""
    data_source: str = ""
    applies_to: tuple[str, ...] = ()
    evidence: str = ""
    default_weight: int = 1
    is_core: bool = False
    initials: str = ""
    pinyin: str = ""
    aliases: tuple[str, ...] = ()
    project_tags: tuple[str, ...] = ()
    unit_kinds: tuple[str, ...] = ()
    core_owner: str = ""
    source_kind: SourceKind | None = None
    value_basis: ValueBasis | None = None
    collection_method: CollectionMethod | None = None
    reference_values: tuple[ReferenceValue, ...] = ()
    quant_model_code: str = ""
    may_exceed: bool = False
    effective_from: str = ""
    effective_to: str = ""
    successor: str = ""
    region_uses: int = 0

    @property
    def is_qualitative(self) -> bool:
        """Whether its value is a grade in words."""
        return self.operator is Operator.QUAL

    def is_open_in(self, fiscal_year: int) -> bool:
        """Tell whether it may be picked for a goal of the year (P-03)."""
        year = f"{fiscal_year:04d}"
        return (self.effective_from or year) <= year <= (self.effective_to or year)


@dataclass(frozen=True, slots=True)
class WeightProfile:
    """Points by level 1; their sum is the form's total (P-05, performance rules section 4).

    Attributes:
        frame: Which level-2 groups the form has; with `Frame.F2015` cost is a group of output and `cost` is 0.
        project_kinds: Kinds of project (``WORKS``, ``PROCUREMENT``, or a class) whose goals start with it.
    """

    code: str
    name: str
    cost: Decimal
    output: Decimal
    benefit: Decimal
    satisfaction: Decimal
    frame: Frame = Frame.F2021
    project_kinds: tuple[str, ...] = ()

    def points(self, level: Level1) -> Decimal:
        """Points of one level-1 group."""
        return {
            Level1.COST: self.cost,
            Level1.OUTPUT: self.output,
            Level1.BENEFIT: self.benefit,
            Level1.SATISFACTION: self.satisfaction,
        }[level]

    def total(self) -> Decimal:
        """The form's total, 90 in the national scheme."""
        return self.cost + self.output + self.benefit + self.satisfaction


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A line of a case; ``indicator_code`` is empty where the library has no such entry."""

    level1: Level1
    level2: str
    name: str
    operator: Operator
    target: str
    unit: str
    weight: Decimal
    indicator_code: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class GoalCase:
    """A complete goal form to copy and edit (案例).

    Attributes:
        amount: Yuan of the year.
        profile: Code of the weight profile that its lines fit exactly; empty where the original had no points.
        source: Where it comes from.
    """

    code: str
    version: str
    project_name: str
    industry: str
    category: str
    fund_use: str
    function_code: str
    amount: Yuan
    year: str
    general_goal: str
    year_goal: str
    profile: str
    lines: tuple[CaseLine, ...]
    source: str = ""
    initials: str = ""


@dataclass(frozen=True, slots=True)
class CoreLine:
    """A mandatory indicator of a kind of project."""

    level1: Level1
    level2: str
    name: str
    operator: Operator
    unit: str
    typical_value: str = ""
    default_weight: int = 1
    indicator_code: str = ""


@dataclass(frozen=True, slots=True)
class CoreSet:
    """The fixed minimum of indicators of one kind of project (核心指标), kept by one department."""

    code: str
    version: str
    department: str
    project_kind: str
    lines: tuple[CoreLine, ...]
    initials: str = ""
