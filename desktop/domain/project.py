"""A project (项目): the only thing that may be budgeted, by `domain` rules B-10 to B-15."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from desktop.domain.head import Acknowledgement, Head
from desktop.domain.money import Yuan


class ProjectClass(StrEnum):
    """项目类别."""

    R = "R"  # 人员类
    Y1 = "Y1"  # 运转类-公用经费
    Y2 = "Y2"  # 运转类-其他运转
    T = "T"  # 特定目标类

    @property
    def is_basic(self) -> bool:
        """Whether it counts as basic expenditure (基本支出)."""
        return self in (ProjectClass.R, ProjectClass.Y1)

    @property
    def needs_goal(self) -> bool:
        """Whether a performance goal is required (B-12)."""
        return not self.is_basic


class Guarantee(StrEnum):
    """保障类别, the first word in ranking (B-20)."""

    WAGE = "WAGE"
    LIVELIHOOD = "LIVELIHOOD"
    OPERATION = "OPERATION"
    DEBT = "DEBT"
    PRIORITY_LIST = "PRIORITY_LIST"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class Basis:
    """A document that the project rests on (立项依据)."""

    name: str
    number: str = ""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class YearPlan:
    """Money planned for one year of the project, yuan, by nature and source."""

    year: int
    fund_nature: str
    fund_source: str
    amount: Yuan


@dataclass(frozen=True, slots=True)
class Project:
    """One project as the unit proposes it.

    Attributes:
        code: The bureau's 21 characters, empty until admission; ``head.key`` is the local id ``L-<unit>-<n>``.
        name: At most 60 characters, without a year.
        total: Yuan over all years.
        priority_rank: 1…n inside the unit, 0 while not ranked.
    """

    head: Head
    name: str
    project_class: ProjectClass
    function_code: str
    start_year: int
    end_year: int
    total: Yuan = Decimal("0.00")
    plan: tuple[YearPlan, ...] = ()
    code: str = ""
    bureau_office: str = ""
    is_new: bool = True
    is_major: bool = False
    is_ongoing: bool = False
    is_works: bool = False
    guarantee: Guarantee = Guarantee.OTHER
    priority_rank: int = 0
    basis: tuple[Basis, ...] = ()
    procurement: bool = False
    asset: bool = False
    service_purchase: bool = False
    responsible: str = ""
    phone: str = ""
    summary: str = ""
    acknowledgements: tuple[Acknowledgement, ...] = ()

    @property
    def needs_cost(self) -> bool:
        """Whether it is one of works, large repair or purchase, whose goal needs a cost indicator.

        Source: P-11, 财预〔2021〕101号.
        """
        return self.is_works or self.procurement or self.asset

    def year_amount(self, year: int) -> Decimal:
        """Yuan planned for the year, all natures together."""
        return sum((line.amount for line in self.plan if line.year == year), Decimal("0.00"))
