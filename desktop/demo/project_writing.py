"""Write the rehearsal's projects and goals as its maker does: indicators picked, targets and points set."""

from dataclasses import replace
from decimal import Decimal

from desktop.demo.material import Table, unit_material
from desktop.demo.records import BUDGET_YEAR, SPENDING_YEAR
from desktop.domain.goal import GoalLine, Level1, Operator, PerformanceGoal
from desktop.domain.head import Head, Kind
from desktop.domain.library import Indicator
from desktop.domain.library_search import LibraryQuery
from desktop.domain.project import Basis, Guarantee, Project, ProjectClass, YearPlan
from desktop.usecases.fill_goal import last_goal
from desktop.usecases.pick_indicators import add_indicators, proposed_weights, search_library
from desktop.usecases.ports import Books
from desktop.usecases.seat import Seat
from desktop.usecases.start_document import SCHEMA, begin_goal, new_project
from desktop.usecases.write_document import create, save

PROFILE = "WITHOUT_COST"
_CORE_POINTS = Decimal(36)  # 40 % of 90
PHONE = "0482-8219001"
# How many of each level 2 a goal of the rehearsal takes, by the first characters of the library's words.
_WANTED = (
    (Level1.OUTPUT, "数量", 2),
    (Level1.OUTPUT, "质量", 1),
    (Level1.OUTPUT, "时效", 1),
    (Level1.BENEFIT, "", 2),
    (Level1.SATISFACTION, "", 1),
)


def write_projects(books: Books, seat: Seat) -> list[str]:
    """Create every project of the rehearsal with the goal it needs; return their doc ids, drafts without errors."""
    doc_ids: list[str] = []
    for row in unit_material()["projects"]:
        project = _project(books, seat, row)
        if project.head.key != row["key"]:
            raise ValueError(f"the rehearsal expects {row['key']}, the books gave {project.head.key}")
        doc_ids += _write(books, seat, project, row)
    return doc_ids


def write_last_projects(books: Books, seat: Seat) -> list[str]:
    """Create the year's own projects with their goals, as the year before of 2027; return their doc ids."""
    doc_ids: list[str] = []
    for row in unit_material()["last_projects"]:
        doc_ids += _write(books, seat, _last_project(seat, row), row)
    return doc_ids


def _write(books: Books, seat: Seat, project: Project, row: Table) -> list[str]:
    doc_ids = [create(books, seat, project).document.head.doc_id]
    if project.project_class.needs_goal:
        goal = compose_goal(books, seat, project, row)
        doc_ids.append(create(books, seat, goal).document.head.doc_id)
        save(books, seat, replace(project, phone=PHONE))  # its goal is there now: the rules see it whole
    return doc_ids


def compose_goal(books: Books, seat: Seat, project: Project, row: Table) -> PerformanceGoal:
    """Return a complete goal for a project, every indicator picked from the library.

    Args:
        books: The books.
        seat: The maker's.
        project: As written.
        row: The project's material: names its indicators with targets, or at least their fund use.
    """
    given = {one["name"]: one["target"] for one in row.get("indicators", ())}
    picked = _named(books, project, list(given)) if given else _picked(books, project, row.get("fund_use", ""))
    goal = add_indicators(begin_goal(books, seat, project, PROFILE), picked, seat)
    year = project.head.fiscal_year
    with books:
        last = last_goal(books, project)
    before = {line.indicator_code: line.target for line in last.lines} if last is not None else {}
    lines = tuple(
        replace(line, target=given.get(line.name) or _target(line), last_target=before.get(line.indicator_code, ""))
        for line in goal.lines
    )
    amount = f"{project.year_amount(year) / 10000:f}".rstrip("0").rstrip(".")
    year_goal = f"{project.summary}{year}年安排资金{amount}万元，按计划完成全部任务并通过验收。"
    goal = replace(
        goal,
        lines=lines,
        general_goal=project.summary,
        year_goal=year_goal,
        responsible="斯琴",
        phone=PHONE,
    )
    return _with_enough_core(proposed_weights(books, goal))


def _with_enough_core(goal: PerformanceGoal) -> PerformanceGoal:
    """Move points inside a level 1 from other lines to core ones until these have their share of the form (P-06)."""
    lines = list(goal.lines)
    missing = _CORE_POINTS - sum((line.weight for line in lines if line.is_core), Decimal(0))
    for to, core in enumerate(lines):
        for of, other in enumerate(lines):
            if not core.is_core or other.is_core or other.level1 is not core.level1 or missing <= 0:
                continue
            moved = min(missing, other.weight - Decimal(5))
            if moved > 0:
                lines[of] = replace(lines[of], weight=lines[of].weight - moved)
                lines[to] = replace(lines[to], weight=lines[to].weight + moved)
                missing -= moved
    return replace(goal, lines=tuple(lines))


def _project(books: Books, seat: Seat, row: Table) -> Project:
    kind = ProjectClass(row["project_class"])
    return _filled(new_project(books, seat, row["name"], kind, row["function_code"], BUDGET_YEAR), row)


def _last_project(seat: Seat, row: Table) -> Project:
    """Return a project of the year before; it has a key of its own, so that the numbers of 2027 begin with 1."""
    unit = unit_material()["unit"]["unit_code"]
    head = Head(seat.ids.new(), Kind.PROJECT, SCHEMA, unit, row["key"], SPENDING_YEAR, 1, seat.officer)
    kind = ProjectClass(row["project_class"])
    return _filled(Project(head, row["name"], kind, row["function_code"], start_year=SPENDING_YEAR,
                           end_year=BUDGET_YEAR), row)


def _filled(project: Project, row: Table) -> Project:
    amount = Decimal(row["amount"])
    return replace(
        project,
        total=amount,
        plan=(YearPlan(project.head.fiscal_year, row["fund_nature"], row["fund_source"], amount),),
        bureau_office="农业农村股",
        is_new=row["is_new"],
        is_ongoing=row["is_ongoing"],
        guarantee=Guarantee(row["guarantee"]),
        priority_rank=row["rank"],
        basis=tuple(Basis(one["name"], one["number"], one["clause"]) for one in row["basis"]),
        responsible="斯琴",
        phone=PHONE,
        summary=row["summary"],
    )


def _named(books: Books, project: Project, names: list[str]) -> list[Indicator]:
    hits = [search_library(books, LibraryQuery(name, function_code=project.function_code)).hits for name in names]
    return [next(hit for hit in found if hit.name == name) for name, found in zip(names, hits, strict=True)]


def _picked(books: Books, project: Project, fund_use: str) -> list[Indicator]:
    picked: list[Indicator] = []
    for level, word, count in _WANTED:
        # What the purpose has is asked for by itself: it may stand behind the hits that a page holds.
        hits = [
            *search_library(books, LibraryQuery(fund_use, level1=level)).hits,
            *search_library(books, LibraryQuery(level1=level, function_code=project.function_code)).hits,
        ]
        fitting = [hit for hit in dict.fromkeys(hits) if hit.level2.startswith(word) and hit not in picked]
        # Those of the purpose first, core ones before others: P-06 asks for a share of core points.
        fitting.sort(key=lambda hit: (hit.fund_use != fund_use, not hit.is_core, -hit.default_weight))
        picked += fitting[:count]
    return picked


# A believable quantity for each unit of measure.
_QUANTITIES = {
    "亩": "1200",
    "万亩": "0.60",
    "公里": "12",
    "平方米": "2600",
    "株": "48000",
    "人": "120",
    "人次": "240",
    "万元": "18",
    "元": "860",
    "期": "4",
    "次": "12",
    "天": "3",
    "台": "26",
    "台（套）": "26",
    "万亩次": "1.50",
}


def _target(line: GoalLine) -> str:
    if line.target:
        return line.target
    if line.operator is Operator.QUAL:
        return "明显改善"
    return "95" if line.unit == "%" else _QUANTITIES.get(line.unit, "6")
