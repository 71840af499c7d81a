"""The second submission (二上, 预算草案): lines that people type and the forms that follow from them."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from desktop.domain.head import Acknowledgement, Head
from desktop.domain.money import Yuan
from desktop.domain.project import ProjectClass


@dataclass(frozen=True, slots=True)
class IncomeLine:
    """One income of the year (or what is carried into it).

    Attributes:
        item: Row of form F01: ``GENERAL``, ``FUND``, ``STATE_CAPITAL``, ``SPECIAL_ACCOUNT``, ``BUSINESS``,
            ``SUPERIOR``, ``SUBSIDIARY``, ``OPERATING``, ``OTHER`` (一…九) or ``CARRY_OVER`` (上年结转结余).
        fund_nature: Code of budget rules section 7, "111"; says for ``CARRY_OVER`` which money is carried.
    """

    line_id: str
    item: str
    fund_nature: str
    fund_source: str
    amount: Yuan = Decimal("0.00")
    last_year: Yuan = Decimal("0.00")
    note: str = ""


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One line of expenditure: a project, what for, on what, with which money. Yuan.

    Attributes:
        project_key: Local key or bureau code of the project as the mirror of admitted projects names it (B-10).
        last_year: Spent last year, from the mirror; read only.
        ceiling: The bureau's ceiling of this line when it gives one; read only; None when it gives only the project's.
    """

    line_id: str
    project_key: str
    project_name: str
    project_class: ProjectClass
    function_code: str
    dept_economic_code: str
    gov_economic_code: str
    fund_nature: str
    fund_source: str
    amount: Yuan = Decimal("0.00")
    last_year: Yuan = Decimal("0.00")
    ceiling: Yuan | None = None
    procurement: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class FormCell:
    """One number of a standard form: F03, row ``2130217``, column ``project``. Yuan.

    Row names are codes (function, economic, income item) or ``TOTAL``; `desktop.domain.forms` has each form's columns.
    """

    form: str
    row: str
    column: str
    amount: Yuan


@dataclass(frozen=True, slots=True)
class BudgetDraft:
    """The unit's detailed budget within the ceilings, stage UP2.

    Attributes:
        year_end_carry: 年终结转结余, yuan.
        forms: Forms F01–F05 as computed when the draft was last recomputed; cross-checks compare them with each other.
        explanation: 编报说明.
    """

    head: Head
    unit_kind: str
    income: tuple[IncomeLine, ...] = ()
    lines: tuple[BudgetLine, ...] = ()
    year_end_carry: Yuan = Decimal("0.00")
    forms: tuple[FormCell, ...] = ()
    explanation: str = ""
    acknowledgements: tuple[Acknowledgement, ...] = ()

    def total(self) -> Decimal:
        """Yuan of all expenditure lines."""
        return line_total(self.lines)


def line_total(lines: Iterable[BudgetLine]) -> Decimal:
    """Sum of the lines, yuan."""
    return sum((line.amount for line in lines), Decimal("0.00"))
