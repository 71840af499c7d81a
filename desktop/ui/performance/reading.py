"""What the performance page reads and keeps, each a piece of work for the database thread; no widget here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from desktop.domain.document import Document, State
from desktop.domain.goal import PerformanceGoal
from desktop.domain.goal_checklist import ChecklistItem, goal_checklist
from desktop.domain.goal_header import with_header
from desktop.domain.goal_rules import GoalFacts
from desktop.domain.head import Kind
from desktop.domain.library import GoalCase, WeightProfile
from desktop.domain.mirrors import CodeEntry, UnitProfile
from desktop.domain.parameters import Parameters
from desktop.domain.problem import Problem, errors, unanswered
from desktop.domain.project import Project, ProjectClass
from desktop.domain.quant_model import QuantModel
from desktop.domain.scoring import ScoringProfile
from desktop.texts.words import NATURES
from desktop.ui.kit.choices import Choice
from desktop.usecases.fill_goal import last_goal
from desktop.usecases.hand_over import Blocked, HandedOver, present
from desktop.usecases.ports import Books
from desktop.usecases.problems_of import goal_facts, goal_of, problems_at, problems_of
from desktop.usecases.seat import Seat
from desktop.usecases.start_document import begin_goal, new_project
from desktop.usecases.write_document import create, save

_GOAL_RULES = ("B-12", "B-13")  # what a project's rules say of its goal; the goal's own findings say it in detail


@dataclass(frozen=True, slots=True)
class PerformanceDesk:
    """What the page chooses from; read at the start and again after the mirrors changed.

    Attributes:
        choices: Code set to the leaves that may be picked.
        officers: Officer id to name.
        head_from: Yuan from which the unit's head signs too.
        goal_text: Least and most characters of the goal text.
        parameters: Numbers and permissions that the bureau sets.
        cases: Complete forms to copy and to compare with.
        models: Quantification models that compute a target.
        scorings: How results become points.
    """

    unit: UnitProfile
    year: int
    choices: Mapping[str, Mapping[str, Choice]]
    profiles: Mapping[str, WeightProfile]
    officers: Mapping[str, str]
    head_from: Decimal
    goal_text: tuple[int, int]
    versions: Mapping[str, tuple[int, str]]
    parameters: Parameters
    cases: tuple[GoalCase, ...]
    models: Mapping[str, QuantModel]
    scorings: Mapping[str, ScoringProfile]


@dataclass(frozen=True, slots=True)
class ProjectEntry:
    """A line of the project list.

    Attributes:
        amount: Yuan of the budget year.
        have, want: Points of the goal and of its profile; want is 0 where there is no goal.
        errors: Of project and goal together.
        warnings: Goal findings worth a look.
    """

    doc_id: str
    goal_id: str
    name: str
    project_class: ProjectClass
    amount: Decimal
    have: Decimal
    want: Decimal
    errors: int
    warnings: int
    state: State


@dataclass(frozen=True, slots=True)
class Work:
    """What is edited together: a project and its goal of the budget year."""

    project: Project
    goal: PerformanceGoal | None


@dataclass(frozen=True, slots=True)
class WorkLook:
    """Both as they lie in the books, and what the rules say of them.

    Attributes:
        facts: Of the goal's rules, with the library's present entries; None without a goal.
        last: The project's goal of the year before.
    """

    project: Document
    goal: Document | None
    project_problems: tuple[Problem, ...]
    goal_problems: tuple[Problem, ...]
    checklist: tuple[ChecklistItem, ...] = ()
    facts: GoalFacts | None = None
    last: PerformanceGoal | None = None

    @property
    def work(self) -> Work:
        """The contents."""
        return Work(project_in(self.project), goal_in(self.goal))

    @property
    def last_targets(self) -> Mapping[str, str]:
        """Indicator code to what the goal of the year before aimed at."""
        return {line.indicator_code: line.target for line in self.last.lines} if self.last is not None else {}


def read(
    books: Books, year: int, doc_id: str, known: PerformanceDesk | None = None
) -> tuple[PerformanceDesk, list[ProjectEntry], WorkLook | None]:
    """Return what the page chooses from, the list, and the chosen project.

    Args:
        books: Of the unit.
        year: The budget year.
        doc_id: Of a project or a goal, "" for none.
        known: What the page chose from until now; given back while the mirrors are the same.
    """
    return read_desk(books, year, known), read_list(books, year), look_at(books, doc_id) if doc_id else None


def read_desk(books: Books, year: int, known: PerformanceDesk | None = None) -> PerformanceDesk:
    """Read the bureau's tables, unless they are known already."""
    with books:
        mirrors = books.mirrors
        if known is not None and known.year == year and known.versions == dict(mirrors.versions()):
            return known
        sets = ("FUNCTION", "FUND_NATURE", "FUND_SOURCE")
        parameters = mirrors.parameters()
        return PerformanceDesk(
            unit=mirrors.unit(),
            year=year,
            choices={name: _leaves(name, mirrors.codes(name, year)) for name in sets},
            profiles=mirrors.weight_profiles(),
            officers={officer.id: officer.name for officer in mirrors.officers()},
            head_from=parameters.number("second_signer_from"),
            goal_text=(int(parameters.number("goal_text_min")), int(parameters.number("goal_text_max"))),
            versions=dict(mirrors.versions()),
            parameters=parameters,
            cases=mirrors.cases(),
            models=mirrors.quant_models(),
            scorings=mirrors.scoring_profiles(),
        )


def _leaves(set_name: str, table: Mapping[str, CodeEntry]) -> dict[str, Choice]:
    found = {}
    for code, entry in table.items():
        if entry.leaf:
            parent = table.get(entry.parent)
            shown = NATURES.get(code, "") if set_name == "FUND_NATURE" else entry.name if parent is None else ""
            found[code] = Choice(code, entry.name, entry.initials, parent.name if parent else "", shown)
    return found


def read_list(books: Books, year: int) -> list[ProjectEntry]:
    """Return the unit's projects of the year: those with a goal first, then personnel and public expenses."""
    with books:
        projects = books.documents.of_kind(Kind.PROJECT, year)
        goals = {goal.project_key: (document, goal) for document in books.documents.of_kind(Kind.GOAL, year)
                 if (goal := goal_in(document)) is not None}
        profiles = books.mirrors.weight_profiles()
        found = [_entry(books, document, goals.get(document.head.key), profiles) for document in projects]
    return sorted(found, key=lambda entry: entry.project_class.is_basic)


def _entry(
    books: Books,
    document: Document,
    goal: tuple[Document, PerformanceGoal] | None,
    profiles: Mapping[str, WeightProfile],
) -> ProjectEntry:
    project = project_in(document)
    wrong = _own(problems_of(books, project))
    goal_problems = problems_at(books, goal[0]) if goal else []
    profile = profiles.get(goal[1].profile) if goal else None
    return ProjectEntry(
        document.head.doc_id,
        goal[0].head.doc_id if goal else "",
        project.name,
        project.project_class,
        project.year_amount(project.head.fiscal_year),
        sum((line.weight for line in goal[1].lines), Decimal(0)) if goal else Decimal(0),
        profile.total() if profile else Decimal(0),
        len(errors(wrong)) + len(errors(goal_problems)),
        len(goal_problems) - len(errors(goal_problems)),
        document.state if goal is None or document.state is not State.ACCEPTED else goal[0].state,
    )


def look_at(books: Books, doc_id: str) -> WorkLook:
    """Read a project with its goal, by the id of either.

    Raises:
        KeyError: There is no such document.
    """
    with books:
        document = books.documents.get(doc_id)
        goal = goal_in(document)
        if goal is not None:
            found = books.documents.find(Kind.PROJECT, goal.project_key)
            if found is None:
                raise KeyError(goal.project_key)
            document = found
        return _look(books, document)


def _look(books: Books, document: Document) -> WorkLook:
    project = project_in(document)
    problems = tuple(_own(problems_of(books, project)))
    written = goal_of(books, project)
    if written is None:
        return WorkLook(document, None, problems, ())
    facts, stored = goal_facts(books, written), books.documents.get(written.head.doc_id)
    return WorkLook(
        document,
        stored,
        problems,
        tuple(problems_at(books, stored)),
        goal_checklist(written, facts),
        facts,
        last_goal(books, project),
    )


def start_project(
    books: Books, seat: Seat, name: str, kind: ProjectClass, function_code: str, year: int
) -> WorkLook:
    """Store a new project, and its empty goal where the class needs one."""
    project = new_project(books, seat, name, kind, function_code, year)
    create(books, seat, project)
    if kind.needs_goal:
        create(books, seat, begin_goal(books, seat, project))
    return look_at(books, project.head.doc_id)


def start_goal(books: Books, seat: Seat, project: Project) -> WorkLook:
    """Store an empty goal for a project that has none yet, with the points that its kind asks for."""
    create(books, seat, begin_goal(books, seat, project))
    return look_at(books, project.head.doc_id)


def keep(books: Books, seat: Seat, work: Work, why: str) -> WorkLook:
    """Store what changed of project and goal, each only while it is its maker's draft."""
    for content in (work.project, work.goal):
        if content is None:
            continue
        with books:
            stored = books.documents.get(content.head.doc_id)
        if stored.state is State.DRAFT and stored.content != content:
            save(books, seat, content, why)
    _count_again(books, seat, work.project.head.doc_id)
    return look_at(books, work.project.head.doc_id)


def _count_again(books: Books, seat: Seat, doc_id: str) -> None:
    """Let the project remember how many errors it has now: its goal, which its rules look at, may be another."""
    with books:
        stored = books.documents.get(doc_id)
        wrong = len(errors(problems_of(books, stored.content)))
        if stored.state is State.DRAFT and stored.problems_count != wrong:
            books.documents.put(replace(stored, problems_count=wrong), by=seat.officer, why="审核", at=seat.at())
            books.commit()


def hand_over(books: Books, seat: Seat, doc_ids: Sequence[str]) -> HandedOver:
    """Give project and goal to the checker together: both or, when a rule objects to one, neither."""
    with books:
        kept_back = [blocked for doc_id in doc_ids if (blocked := _blocked(books, doc_id)) is not None]
    return HandedOver((), tuple(kept_back)) if kept_back else present(books, seat, doc_ids)


def is_ready(entry: ProjectEntry) -> bool:
    """Tell whether a project of the list can go to the checker as far as its errors say."""
    complete = entry.have == entry.want if entry.want else not entry.project_class.needs_goal
    return entry.state is State.DRAFT and not entry.errors and complete


def hand_over_ready(books: Books, seat: Seat, year: int) -> tuple[list[str], list[str]]:
    """Give every project that is ready to the checker with its goal, each pair for itself.

    Returns:
        Names of the projects that went, and of those that a rule or a warning without a reason kept back.
    """
    went: list[str] = []
    stayed: list[str] = []
    for entry in [one for one in read_list(books, year) if is_ready(one)]:
        ids = [doc_id for doc_id in (entry.doc_id, entry.goal_id) if doc_id]
        (stayed if hand_over(books, seat, ids).blocked else went).append(entry.name)
    return went, stayed


def _blocked(books: Books, doc_id: str) -> Blocked | None:
    document = books.documents.get(doc_id)
    problems = problems_of(books, document.content)
    answered = {one.code: one.text for one in document.content.acknowledgements}
    reasons = [*errors(problems), *unanswered(problems, answered)]
    return Blocked(doc_id, document.head.key, tuple(reasons)) if reasons else None


def _own(problems: Sequence[Problem]) -> list[Problem]:
    """Leave out what the goal's findings say in detail, but keep that there is no goal at all."""
    return [p for p in problems if p.code not in _GOAL_RULES or p.facts.get("case") == "missing"]


def project_in(document: Document) -> Project:
    """Return the project that a document holds."""
    if not isinstance(document.content, Project):
        raise TypeError(f"{document.head.doc_id} is no project")
    return document.content


def goal_in(document: Document | None) -> PerformanceGoal | None:
    """Return the goal that a document holds, None for no goal."""
    return document.content if document is not None and isinstance(document.content, PerformanceGoal) else None


def with_last_targets(goal: PerformanceGoal, last: Mapping[str, str]) -> PerformanceGoal:
    """Return the goal whose lines know what the year before aimed at; what a line knows already stays."""
    known = {line.indicator_code: line.last_target or last.get(line.indicator_code, "") for line in goal.lines}
    return replace(goal, lines=tuple(replace(line, last_target=known[line.indicator_code]) for line in goal.lines))


def with_project(work: Work, project: Project) -> Work:
    """Return the work with another project; its goal follows in everything that its header says."""
    goal = work.goal
    if goal is not None:
        goal = with_header(goal, project)
    return replace(work, project=project, goal=goal)
