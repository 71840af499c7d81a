"""Rules of the second submission. Source: budget rules, sections 3, 7, 10 and 11.

====  =========================================================================================================
B-06  an income line is not complete, or its money is not of its item
B-07  an expenditure line is not complete
B-08  the forms are not those of the lines: 运算 is due
B-09  two lines say the same (warning)
B-10  the project is not admitted, or the line does not agree with it
B-19  more than 30 % above last year (warning; asks for a reason)
B-51  more of the unit's own money is spent than is budgeted as income
C01…  cross-checks between the forms: `desktop.domain.budget_checks`
C16   more than the bureau's ceiling
C17   the two economic codes do not pair
====  =========================================================================================================
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from desktop.domain.budget import BudgetDraft, BudgetLine, line_total
from desktop.domain.budget_checks import cross_checks
from desktop.domain.code_tables import is_leaf, out_of_year
from desktop.domain.forms import CARRY_OVER, INCOME_COLUMNS, as_table, compute_forms, is_fiscal
from desktop.domain.mirrors import AdmittedProject, Ceiling, CodeEntry, EconomicPair
from desktop.domain.money import ZERO, format_yuan
from desktop.domain.pairing import gov_code, pairs_with
from desktop.domain.parameters import Parameters
from desktop.domain.problem import Level, Problem
from desktop.domain.project import ProjectClass

_SPENDABLE_STATES = frozenset({"ADMITTED", "BUDGETED", "EXECUTING", "CARRIED_OVER"})
_NATURES_OF_ITEM: Mapping[str, tuple[str, ...]] = {
    "GENERAL": ("111", "112"),
    "FUND": ("121", "122"),
    "STATE_CAPITAL": ("131",),
    "SPECIAL_ACCOUNT": ("21",),
    "BUSINESS": ("31",),
    "SUPERIOR": ("32",),
    "SUBSIDIARY": ("33",),
    "OPERATING": ("34",),
    "OTHER": ("35", "39"),
}


@dataclass(frozen=True, slots=True)
class BudgetFacts:
    """What the rules of a budget need to know.

    Attributes:
        functions: Code table ``FUNCTION``; so ``economics``, ``natures`` and ``sources`` of ``DEPT_ECONOMIC``,
            ``FUND_NATURE`` and ``FUND_SOURCE``.
        projects: Admitted projects by key, as the mirror has them.
        pairs: The synced table of economic codes.
        ceilings: Ceilings of the draft's year.
    """

    functions: Mapping[str, CodeEntry]
    economics: Mapping[str, CodeEntry]
    natures: Mapping[str, CodeEntry]
    sources: Mapping[str, CodeEntry]
    projects: Mapping[str, AdmittedProject]
    pairs: tuple[EconomicPair, ...] = ()
    ceilings: tuple[Ceiling, ...] = ()
    parameters: Parameters = field(default_factory=Parameters)

    def project(self, key: str) -> AdmittedProject | None:
        """Return the admitted project of a local key or bureau code."""
        found = self.projects.get(key)
        return found or next((p for p in self.projects.values() if key and p.code == key), None)


def settle(draft: BudgetDraft, pairs: Iterable[EconomicPair]) -> BudgetDraft:
    """Return the draft with government codes paired and the forms computed (运算).

    A line whose department code pairs with nothing keeps the code it has; C17 names it.
    """
    table = tuple(pairs)
    lines = tuple(
        replace(
            line, gov_economic_code=gov_code(line.dept_economic_code, draft.unit_kind, table) or line.gov_economic_code
        )
        for line in draft.lines
    )
    paired = replace(draft, lines=lines)
    return replace(paired, forms=compute_forms(paired))


def check_budget(draft: BudgetDraft, facts: BudgetFacts) -> list[Problem]:
    """Return every finding about the draft: lines in their order first, then ceilings, then the forms.

    Source: the rules in the table above; every amount is compared to the fen.
    """
    found = [problem for rule in _RULES for problem in rule(draft, facts)]
    return [*found, *cross_checks(draft.forms)]


def _income(draft: BudgetDraft, facts: BudgetFacts) -> Iterator[Problem]:
    for i, income in enumerate(draft.income):
        said = {"row": str(i + 1), "item": income.item, "nature": income.fund_nature}
        fitting = _NATURES_OF_ITEM.get(income.item)
        if income.item not in (*INCOME_COLUMNS, CARRY_OVER):
            yield Problem("B-06", f"income[{i}].item", {"case": "item", **said})
        elif not is_leaf(income.fund_nature, facts.natures):
            found = {"case": "nature", **said, **out_of_year(income.fund_nature, facts.natures)}
            yield Problem("B-06", f"income[{i}].fund_nature", found)
        elif fitting is not None and income.fund_nature not in fitting:
            yield Problem("B-06", f"income[{i}].fund_nature", {"case": "pair", **said})
        if not is_leaf(income.fund_source, facts.sources):
            found = {"case": "source", "code": income.fund_source, **said}
            yield Problem("B-06", f"income[{i}].fund_source", found | out_of_year(income.fund_source, facts.sources))
        if income.amount < 0:
            yield Problem("B-06", f"income[{i}].amount", {"case": "amount", **said})
    if draft.year_end_carry < 0:
        yield Problem("B-06", "year_end_carry", {"case": "carry", "amount": format_yuan(draft.year_end_carry)})


def _complete(draft: BudgetDraft, facts: BudgetFacts) -> Iterator[Problem]:
    if not draft.lines:
        yield Problem("B-07", "lines", {"case": "empty"})
    for i, line in enumerate(draft.lines):
        said = {"row": str(i + 1), "project": line.project_name}
        for name, code, table in (
            ("function_code", line.function_code, facts.functions),
            ("dept_economic_code", line.dept_economic_code, facts.economics),
            ("fund_nature", line.fund_nature, facts.natures),
            ("fund_source", line.fund_source, facts.sources),
        ):
            if not is_leaf(code, table):
                found = {"case": name, "code": code, **said, **out_of_year(code, table)}
                yield Problem("B-07", f"lines[{i}].{name}", found)
        if line.amount < 0:
            yield Problem("B-07", f"lines[{i}].amount", {"case": "negative", **said})
        elif not line.amount:
            yield Problem("B-07", f"lines[{i}].amount", {"case": "zero", **said}, Level.INFO)


def _pairing(draft: BudgetDraft, facts: BudgetFacts) -> Iterator[Problem]:
    for i, line in enumerate(draft.lines):
        dept, gov = line.dept_economic_code, line.gov_economic_code
        if dept and not pairs_with(dept, gov, draft.unit_kind, facts.pairs):
            expected = gov_code(dept, draft.unit_kind, facts.pairs)
            said = {"row": str(i + 1), "dept": dept, "gov": gov, "expected": expected}
            yield Problem("C17", f"lines[{i}].gov_economic_code", said)


def _same_twice(draft: BudgetDraft, _: BudgetFacts) -> Iterator[Problem]:
    seen: dict[tuple[str, ...], int] = {}
    for i, line in enumerate(draft.lines):
        identity = (line.project_key, line.function_code, line.dept_economic_code, line.fund_nature, line.fund_source)
        if identity in seen:
            rows = {"row": str(i + 1), "first": str(seen[identity] + 1)}
            yield Problem("B-09", f"lines[{i}].dept_economic_code", rows, Level.WARN)
        else:
            seen[identity] = i


def _admitted(draft: BudgetDraft, facts: BudgetFacts) -> Iterator[Problem]:
    for i, line in enumerate(draft.lines):
        where, said = f"lines[{i}].project_key", {"row": str(i + 1), "project": line.project_name or line.project_key}
        project = facts.project(line.project_key)
        if not line.project_key:
            yield Problem("B-10", where, {"case": "missing", **said})
        elif project is None or project.state not in _SPENDABLE_STATES:
            yield Problem("B-10", where, {"case": "admitted", **said})
        elif project.is_suspended:
            yield Problem("B-10", where, {"case": "suspended", **said})
        elif project.project_class != line.project_class.value:
            yield Problem("B-10", where, {"case": "class", "class": project.project_class, **said})
        elif line.project_class is not ProjectClass.R and project.function_code != line.function_code:
            # Personnel is paid under several codes: salaries, pensions, medical care, housing.
            function = {"case": "function", "code": project.function_code}
            yield Problem("B-10", f"lines[{i}].function_code", {**function, **said})


def _growth(draft: BudgetDraft, facts: BudgetFacts) -> Iterator[Problem]:
    limit = facts.parameters.number("growth_warn_percent")
    for i, line in enumerate(draft.lines):
        if line.last_year <= 0:
            continue
        percent = (line.amount - line.last_year) * 100 / line.last_year
        if percent > limit:
            entry = facts.economics.get(line.dept_economic_code)
            name = line.dept_economic_code if entry is None else entry.name
            said = {"row": str(i + 1), "name": name, "percent": f"{percent:.2f}", "limit": f"{limit.normalize():f}"}
            amounts = {"last": line.last_year, "amount": line.amount, "increase": line.amount - line.last_year}
            shown = {key: format_yuan(value) for key, value in amounts.items()}
            yield Problem("B-19", f"lines[{i}].amount", {**said, **shown}, Level.WARN)


def _own_money(draft: BudgetDraft, _: BudgetFacts) -> Iterator[Problem]:
    income: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for line in draft.income:
        income[line.fund_nature] += line.amount
    for nature in dict.fromkeys(line.fund_nature for line in draft.lines):
        places = [i for i, line in enumerate(draft.lines) if line.fund_nature == nature]
        spent = line_total(draft.lines[i] for i in places)
        if nature and not is_fiscal(nature) and spent > income[nature]:
            amounts = {"spent": spent, "income": income[nature], "difference": spent - income[nature]}
            shown = {key: format_yuan(value) for key, value in amounts.items()}
            yield Problem("B-51", f"lines[{places[0]}].amount", {"nature": nature, **shown})


def _ceilings(draft: BudgetDraft, facts: BudgetFacts) -> Iterator[Problem]:
    """C16: by project and nature, by line, and by the whole unit and nature; a line is named once."""
    named: set[int] = set()
    whole: list[Problem] = []
    for ceiling in facts.ceilings:
        places = _under(draft, ceiling, facts)
        amount = line_total(draft.lines[i] for i in places)
        if amount <= ceiling.amount:
            continue
        said = _over(amount, ceiling.amount) | {"document": ceiling.document_no, "nature": ceiling.fund_nature}
        if not ceiling.project_key:
            whole.append(Problem("C16", "lines", {"case": "unit", **said}))
            continue
        worst = max(places, key=lambda i: (_line_excess(draft.lines[i]), draft.lines[i].amount))
        named.add(worst)
        project = draft.lines[worst].project_name
        yield Problem("C16", f"lines[{worst}].amount", {"case": "project", "project": project, **said})
    for i, line in enumerate(draft.lines):
        if i not in named and line.ceiling is not None and line.amount > line.ceiling:
            said = _over(line.amount, line.ceiling) | {"row": str(i + 1), "project": line.project_name}
            yield Problem("C16", f"lines[{i}].amount", {"case": "line", **said})
    yield from whole


def _under(draft: BudgetDraft, ceiling: Ceiling, facts: BudgetFacts) -> list[int]:
    """Places of the lines that the ceiling holds down; one of the whole unit holds down fiscal money only."""
    places = [i for i, line in enumerate(draft.lines) if line.fund_nature == ceiling.fund_nature]
    if not ceiling.project_key:
        return places if is_fiscal(ceiling.fund_nature) else []
    target = facts.project(ceiling.project_key)
    keys = {ceiling.project_key} | (set() if target is None else {target.key, target.code})
    return [i for i in places if draft.lines[i].project_key in keys]


def _line_excess(line: BudgetLine) -> Decimal:
    return ZERO if line.ceiling is None else max(ZERO, line.amount - line.ceiling)


def _over(amount: Decimal, ceiling: Decimal) -> dict[str, str]:
    amounts = {"amount": amount, "ceiling": ceiling, "over": amount - ceiling}
    return {key: format_yuan(value) for key, value in amounts.items()}


def _stale(draft: BudgetDraft, _: BudgetFacts) -> Iterator[Problem]:
    fresh = compute_forms(draft)
    if draft.forms == fresh:
        return
    have, want = as_table(draft.forms), as_table(fresh)
    changed = sum(have.get(place) != want.get(place) for place in have.keys() | want.keys())
    yield Problem("B-08", "forms", {"count": str(changed)})


_RULES: tuple[Callable[[BudgetDraft, BudgetFacts], Iterator[Problem]], ...] = (
    _income,
    _complete,
    _admitted,
    _pairing,
    _same_twice,
    _growth,
    _own_money,
    _ceilings,
    _stale,
)
