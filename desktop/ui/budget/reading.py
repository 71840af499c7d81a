"""What the budget page reads and keeps, each a piece of work for the database thread; no widget here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from desktop.domain.budget import BudgetDraft, BudgetLine
from desktop.domain.code_tables import entry_of
from desktop.domain.document import Document
from desktop.domain.head import Kind
from desktop.domain.mirrors import AdmittedProject, Ceiling, CodeEntry, EconomicPair, UnitProfile
from desktop.domain.money import ZERO
from desktop.domain.pairing import gov_code
from desktop.domain.problem import Problem
from desktop.texts import tr
from desktop.texts.words import NATURES
from desktop.ui.budget.findings import Findings, sort_out
from desktop.ui.documents.codes import nodes_of, path_of
from desktop.ui.grid.columns import CodeNode
from desktop.ui.kit.choices import Choice
from desktop.usecases.initials import initials
from desktop.usecases.ports import Books, Revision
from desktop.usecases.problems_of import problems_of
from desktop.usecases.seat import Seat
from desktop.usecases.start_document import new_budget
from desktop.usecases.write_document import create, save

# The narrow column of the sheets shows four characters.
_SHORT_NATURES = {**NATURES, "121": tr("政府基金")}
Spent = tuple[str, str, str, str]  # project, function, department economic code, fund nature
MOST_COMMITS = 4


@dataclass(frozen=True, slots=True)
class BudgetDesk:
    """What the page chooses from and compares with; read at the start and again after the mirrors changed.

    Attributes:
        choices: Code set to code to the row that a cell shows; only leaves may be picked, but sums are known too.
        projects: Admitted projects by key.
        last_year: Yuan spent in the year before.
        officers: Officer id to name.
        head_from: Yuan from which the unit's head signs too.
        versions: Catalogue versions that this was read from.
    """

    unit: UnitProfile
    year: int
    tables: Mapping[str, Mapping[str, CodeEntry]]
    choices: Mapping[str, Mapping[str, Choice]]
    projects: Mapping[str, AdmittedProject]
    project_choices: Mapping[str, Choice]
    pairs: tuple[EconomicPair, ...]
    ceilings: tuple[Ceiling, ...]
    last_year: Mapping[Spent, Decimal]
    officers: Mapping[str, str]
    head_from: Decimal
    versions: Mapping[str, tuple[int, str]]
    _gov: dict[str, str] = field(default_factory=dict)

    def leaves(self, set_name: str) -> list[Choice]:
        """Return the rows of a code set that may be picked."""
        table = self.tables[set_name]
        return [row for code, row in self.choices[set_name].items() if table[code].leaf]

    def nodes(self, set_name: str) -> list[CodeNode]:
        """Return a code set as a tree; only its leaves may be picked."""
        return nodes_of(self.tables[set_name])

    def choice(self, set_name: str, code: str) -> Choice | None:
        """Return the row of a code, None for no code.

        A code that the table has only for other years keeps its name; one that it never had is repeated.
        """
        found = self.choices[set_name].get(code) if code else None
        if found is not None or not code:
            return found
        entry = entry_of(code, self.tables[set_name])
        return Choice(code, entry.name) if entry is not None else Choice(code, "", shown=code)

    def completed(self, line: BudgetLine) -> BudgetLine:
        """Return a line with what follows from its codes: the government code and what was spent last year."""
        gov = self._gov.get(line.dept_economic_code)
        if gov is None:
            gov = gov_code(line.dept_economic_code, self.unit.kind, self.pairs) if line.dept_economic_code else ""
            self._gov[line.dept_economic_code] = gov
        spent = self.last_year.get(
            (line.project_key, line.function_code, line.dept_economic_code, line.fund_nature), ZERO
        )
        return replace(line, gov_economic_code=gov or line.gov_economic_code, last_year=spent)

    def with_project(self, line: BudgetLine, key: str) -> BudgetLine:
        """Return a line moved to another admitted project: its name, class and function code, and its only money."""
        project = self.projects[key]
        kind = type(line.project_class)(project.project_class)
        natures = {ceiling.fund_nature for ceiling in self.ceilings if ceiling.project_key == key}
        fixed = kind.value != "R" or not line.function_code  # personnel is paid under several codes
        return replace(
            line,
            project_key=key,
            project_name=project.name,
            project_class=kind,
            function_code=project.function_code if fixed else line.function_code,
            fund_nature=line.fund_nature or (next(iter(natures)) if len(natures) == 1 else ""),
        )


@dataclass(frozen=True, slots=True)
class BudgetLook:
    """The budget as it lies in the books, what the rules say of its cells, and its last commits."""

    document: Document
    findings: Findings
    commits: tuple[Revision, ...]

    @property
    def draft(self) -> BudgetDraft:
        """The content."""
        return _draft_of(self.document)


def read_desk(books: Books, year: int) -> BudgetDesk:
    """Read the bureau's tables for a budget year."""
    with books:
        mirrors = books.mirrors
        sets = ("FUNCTION", "DEPT_ECONOMIC", "GOV_ECONOMIC", "FUND_NATURE", "FUND_SOURCE", "INCOME_ITEM")
        tables = {name: mirrors.codes(name, year) for name in sets}
        projects = mirrors.projects()
        return BudgetDesk(
            unit=mirrors.unit(),
            year=year,
            tables=tables,
            choices={name: _choices(name, table) for name, table in tables.items()},
            projects=projects,
            project_choices={key: _project_choice(project) for key, project in projects.items()},
            pairs=tuple(mirrors.pairs(year)),
            ceilings=tuple(mirrors.ceilings(year)),
            last_year={
                (row.project_key, row.function_code, row.dept_economic_code, row.fund_nature): row.amount
                for row in mirrors.last_year(year)
            },
            officers={officer.id: officer.name for officer in mirrors.officers()},
            head_from=mirrors.parameters().number("second_signer_from"),
            versions=dict(mirrors.versions()),
        )


def _choices(set_name: str, table: Mapping[str, CodeEntry]) -> dict[str, Choice]:
    rows = {}
    for code, entry in table.items():
        shown = _SHORT_NATURES.get(code, "") if set_name == "FUND_NATURE" else ""
        if set_name in ("FUND_SOURCE", "INCOME_ITEM"):
            shown = entry.name.partition("、")[2] or entry.name
        rows[code] = Choice(code, entry.name, entry.initials, path_of(table, code), shown)
    return rows


def _project_choice(project: AdmittedProject) -> Choice:
    return Choice(project.key, project.name, initials(project.name), project.code, project.name)


def read(books: Books, year: int) -> tuple[BudgetDesk, "BudgetLook | None"]:
    """Return both: what the page chooses from, and the budget if it was begun."""
    return read_desk(books, year), look_at(books, year)


def look_at(books: Books, year: int) -> BudgetLook | None:
    """Return the unit's budget of the year; None while nobody has begun it."""
    with books:
        found = books.documents.of_kind(Kind.BUDGET_UP2, year)
        return _look(books, found[-1], problems_of(books, found[-1].content)) if found else None


def start(books: Books, seat: Seat, year: int) -> BudgetLook:
    """Begin the budget with last year's lines, and store it."""
    draft = new_budget(books, seat, year)
    create(books, seat, draft)
    look = look_at(books, year)
    if look is None:
        raise LookupError(draft.head.key)
    return look


def keep(books: Books, seat: Seat, draft: BudgetDraft, why: str) -> BudgetLook:
    """Store the draft; its forms are computed anew with it."""
    saved = save(books, seat, draft, why)
    with books:
        return _look(books, saved.document, saved.problems)


def _look(books: Books, document: Document, problems: Sequence[Problem]) -> BudgetLook:
    draft = _draft_of(document)
    reasons = {one.code: one.text for one in draft.acknowledgements if one.text.strip()}
    commits = books.documents.revisions(document.head.doc_id)[:MOST_COMMITS]
    return BudgetLook(document, sort_out(problems, draft.lines, reasons), tuple(commits))


def _draft_of(document: Document) -> BudgetDraft:
    if not isinstance(document.content, BudgetDraft):
        raise TypeError(f"{document.head.doc_id} is no budget")
    return document.content
