"""A unit's real encrypted books while it plans its budget year: admitted projects, ceilings, last year, the library."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.bootstrap import table_files
from desktop.domain.budget import BudgetDraft
from desktop.domain.budget_rules import settle
from desktop.domain.document import Document, Post, ReturnComment, State
from desktop.domain.goal import PerformanceGoal
from desktop.domain.head import Kind
from desktop.domain.mirrors import Officer
from desktop.domain.project import Basis, Project, ProjectClass, YearPlan
from desktop.exchange.reference import public_datasets
from desktop.storage.vault import OfficerVault
from desktop.storage.workspace import create_workspace
from desktop.ui.budget.editor import BudgetEditor
from desktop.ui.budget.page import BudgetPage
from desktop.ui.context import Context, Services
from desktop.ui.performance.bench import Bench
from desktop.ui.performance.page import PerformancePage
from desktop.ui.performance.reading import Work
from desktop.ui.shell.main_window import MainWindow
from desktop.ui.shell.state import Officer as ShownOfficer
from desktop.ui.shell.state import Segment, ShellState
from desktop.ui.tasks import Tasks
from desktop.usecases.apply_answer import apply_snapshot
from desktop.usecases.pick_indicators import add_indicators
from desktop.usecases.ports import Books
from desktop.usecases.seat import Seat, seat_of
from desktop.usecases.start_document import new_budget, new_goal, new_project
from desktop.usecases.write_document import create
from sync.catalogue import Pin, Trust
from tests.data import golden
from tests.ui.payment_keys import Person
from tests.ui.people import CHEAP, PEOPLE, PIN, UNIT, Clock, Ids, Memory

YEAR = 2027


class Planning:
    """One workspace at one screen; `do` runs a piece of work where the program runs it, and waits for it."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot, self.clock, self.ids = qtbot, Clock(), Ids()
        secrets = Memory()
        self.workspace = create_workspace(folder / "unit", secrets, clock=self.clock.now, cost=CHEAP).workspace
        (folder / "keys").mkdir()
        self.vault = OfficerVault(folder / "keys", secrets, cost=CHEAP)
        self.officers: dict[str, Officer] = {}
        for person, (name, posts) in PEOPLE.items():
            public = self.vault.create(person, PIN)
            self.officers[person] = Officer(person, name, posts, self.vault.unlock(person, PIN).key_id, public)
        self.tasks = Tasks()
        services = Services(read_evoucher=_none, month_end=_none, today=self.clock.time.date,
                            tables=table_files())
        self.context = Context(self.tasks, self.workspace.books, self.vault, services, self.seat("zhangli"), YEAR - 1)
        self.said: list[str] = []  # newest first
        self.context.say_through(lambda text, *rest, **more: self.said.insert(0, text))
        self.failures: list[Exception] = []
        self.context.failed.connect(self.failures.append)
        self.context.broken.connect(self.failures.append)

    def seat(self, person: str) -> Seat:
        officer = self.officers[person]
        return seat_of(officer, Post(officer.posts[0]), self.clock, self.ids)

    def sit(self, person: str) -> None:
        """Let somebody else sit down, and wait until the pages have seen it."""
        self.context.sit(self.seat(person))
        self.settle()

    def do(self, work: Callable[[Books], Any]) -> Any:
        done: list[Any] = []
        self.context.run(self.context, work, done.append, done.append)
        self.qtbot.waitUntil(lambda: bool(done) or bool(self.failures), timeout=90_000)
        assert not self.failures, self.failures
        return done[0]

    def settle(self) -> None:
        """Wait until nothing is being read or written any more."""
        self.qtbot.waitUntil(lambda: self.tasks.busy() == 0, timeout=90_000)
        QApplication.processEvents()
        assert not self.failures, self.failures

    def close(self) -> None:
        self.settle()
        self.tasks.close()
        self.workspace.close()

    # -- content

    def budget(self, change: Callable[[BudgetDraft], BudgetDraft] = lambda draft: draft) -> BudgetDraft:
        """Store the golden budget, changed, as the maker's draft; return it."""

        def work(books: Books) -> BudgetDraft:
            seat = self.seat("zhangli")
            draft = new_budget(books, seat, YEAR)
            gold = golden.budget()
            lines = tuple(
                replace(line, ceiling=line.amount, procurement=line.dept_economic_code.startswith("310"))
                for line in gold.lines
            )
            made = replace(gold, head=draft.head, lines=lines, explanation="按上级要求编制。")
            draft = settle(change(made), golden.pairs())
            create(books, seat, draft)
            return draft

        made: BudgetDraft = self.do(work)
        return made

    def project(self, name: str = "沙化土地综合治理", *, goal: bool = True, filled: bool = True) -> Work:
        """Store a project of the golden unit, with its goal of the mock's seven indicators if wanted; return both."""
        row = next(one for one in golden.material()["projects"] if one["name"] == name)
        kind = ProjectClass(row["project_class"])

        def work(books: Books) -> Work:
            seat = self.seat("zhangli")
            project = new_project(books, seat, name, kind, row["function_code"], YEAR)
            if filled:
                amount = Decimal(row["amount"])
                project = replace(
                    project, total=amount, plan=(YearPlan(YEAR, row["fund_nature"], row["fund_source"], amount),),
                    basis=tuple(Basis(**one) for one in row["basis"]), phone="0482-8219001", summary=row["summary"],
                )
            create(books, seat, project)
            written = _goal(books, seat, project) if goal and kind.needs_goal else None
            if written is not None:
                create(books, seat, written)
            return Work(project, written)

        made: Work = self.do(work)
        return made

    def stored(self, kind: Kind) -> list[Document]:
        """Return the documents of a kind as they lie in the books."""

        def work(books: Books) -> list[Document]:
            with books:
                return books.documents.of_kind(kind)

        found: list[Document] = self.do(work)
        return found

    def put_state(self, kind: Kind, state: State, comment: str = "") -> None:
        """Let the documents of a kind stand where only the exchange can bring them."""

        def work(books: Books) -> None:
            with books:
                at = self.clock.now().isoformat()
                said = ReturnComment("国库股 王敏", at, "X-01", comment) if comment else None
                for document in books.documents.of_kind(kind):
                    books.documents.put(replace(document, state=state, comment=said), by="zhangli", why="回执", at=at)
                books.commit()

        self.do(work)

    def draft(self) -> BudgetDraft:
        """Return the stored budget."""
        content = self.stored(Kind.BUDGET_UP2)[0].content
        assert isinstance(content, BudgetDraft)
        return content

    # -- windows

    def window(self, key: str, factory: Callable[[Context], QWidget], width: int, height: int) -> MainWindow:
        """Return a shown window with one page in front, read."""
        state = ShellState(UNIT, "甲旗林业和草原局", "#0E7490", YEAR - 1,
                           ShownOfficer("x", self.context.seat().name, "经办"),
                           right=(Segment("单位：元"), Segment("离线可用")))
        window = MainWindow(state)
        self.qtbot.addWidget(window)
        window.resize(width, height)
        words = {"budget": ("部门预算", "table"), "performance": ("绩效目标", "target")}
        window.add_page(key, *words[key], lambda: factory(self.context))
        window.show()
        window.show_page(key)
        self.qtbot.waitActive(window)
        self.settle()
        return window

    def budget_page(self, width: int = 1366, height: int = 768) -> tuple[MainWindow, BudgetPage]:
        """Return a window with the budget in front."""
        window = self.window("budget", BudgetPage, width, height)
        page = window.page("budget")
        assert isinstance(page, BudgetPage)
        return window, page

    def bench(self, width: int = 1366, height: int = 768) -> tuple[MainWindow, Bench]:
        """Return a window with the performance page in front."""
        window = self.window("performance", PerformancePage, width, height)
        page = window.page("performance")
        assert isinstance(page, PerformancePage)
        return window, page.bench

    def budget_editor(self, width: int = 1366, height: int = 768) -> tuple[MainWindow, BudgetEditor]:
        """Return a window with the budget's editor in front; there must be a budget."""
        window, page = self.budget_page(width, height)
        assert page.editor is not None
        return window, page.editor


SAND, LABOUR = "沙化土地综合治理", "30226"


def over(draft: BudgetDraft) -> BudgetDraft:
    """Let the labour of the sand project stand 20,000 yuan over its ceiling, and the one warning without a reason."""
    return replace(with_amount(draft, SAND, LABOUR, "300000.00"), acknowledgements=())


def row_of(editor: BudgetEditor, code: str, project: str = SAND) -> int:
    """Return the row of a line on the sheet in front."""
    source = editor.sheet().source
    return next(row for row in range(source.row_count())
                if source.line(row).dept_economic_code == code and source.line(row).project_name == project)


@pytest.fixture
def person() -> Person:
    return Person()


def answering(monkeypatch: pytest.MonkeyPatch, *modules: ModuleType) -> Callable[..., list[tuple[str, str]]]:
    """Return what lets the dialogs of these modules be answered by name; it gives back what they said."""
    said: list[tuple[str, str]] = []

    def give(**answers: object) -> list[tuple[str, str]]:
        for name, answer in answers.items():
            def reply(title, body, *rest, answer=answer, **more):
                said.append((title, body))
                return answer.pop(0) if isinstance(answer, list) else answer

            for module in modules:
                if hasattr(module, name):
                    monkeypatch.setattr(module, name, reply)
        return said

    return give


# Name, target, points, last year's target: the goal of the mock.
INDICATORS = (
    ("HY0307012101", "1.2", "15", "1"),
    ("HY0307012102", "0.8", "10", "0.65"),
    ("HY0307012204", "85", "15", "85"),
    ("HY0307012301", "95", "10", "92"),
    ("HY0307013301", "72", "20", "68.4"),
    ("HY0307013101", "30", "10", "26"),
    ("HY0307014101", "90", "10", "88"),
)
GOAL_TEXT = ("治理沙化土地 1.2 万亩，其中设置沙障 0.8 万亩，投资 100 万元；固沙苗木当年成活率 85% 以上，"
             "沙化土地治理率达到 72%，支付农牧民劳务收入 30 万元以上，促进当地生态和群众增收。")


def _goal(books: Books, seat: Seat, project: Project) -> PerformanceGoal:
    with books:
        found = books.mirrors.indicators([code for code, *_ in INDICATORS])
    goal = add_indicators(new_goal(seat, project, "WITHOUT_COST"), [found[code] for code, *_ in INDICATORS], seat)
    values = {code: (target, Decimal(weight), last) for code, target, weight, last in INDICATORS}
    lines = tuple(
        replace(line, target=values[line.indicator_code][0], weight=values[line.indicator_code][1],
                last_target=values[line.indicator_code][2])
        for line in goal.lines
    )
    return replace(goal, lines=lines, year_goal=GOAL_TEXT)


def line_where(draft: BudgetDraft, project: str, code: str) -> int:
    """Return the place of a line."""
    return next(at for at, line in enumerate(draft.lines)
                if line.project_name == project and line.dept_economic_code == code)


def with_amount(draft: BudgetDraft, project: str, code: str, amount: str) -> BudgetDraft:
    """Return the draft with another amount in one line."""
    at = line_where(draft, project, code)
    lines = list(draft.lines)
    lines[at] = replace(lines[at], amount=Decimal(amount))
    return replace(draft, lines=tuple(lines))


@cache
def _public(full: bool) -> dict[str, Sequence[dict[str, object]]]:
    data = dict(public_datasets())
    if not full:
        data["indicator"] = [one for one in data["indicator"] if str(one["code"]).startswith(("HY0307", "GX00"))]
    return data


def arrive(books: Books, planning: Planning, *, library: bool, full: bool = False, version: int = 3) -> None:
    """Bring the mirrors into the books."""
    public = {name: rows for name, rows in _public(full).items() if library or name != "indicator"}
    unit = {
        "unit_profile": [dict(golden.material()["unit"])],
        "officer": [{"id": o.id, "name": o.name, "posts": list(o.posts), "key_id": o.key_id,
                     "public_key": o.public_key, "active": True} for o in planning.officers.values()],
        "project": [{"key": p.key, "code": p.code, "name": p.name, "project_class": p.project_class,
                     "function_code": p.function_code} for p in golden.projects().values()],
        "ceiling": [{"id": c.id, "fiscal_year": c.fiscal_year, "fund_nature": c.fund_nature, "amount": str(c.amount),
                     "document_no": c.document_no, "project_key": c.project_key}
                    for c in golden.ceilings()],
        "last_year": [{"id": f"L{at}", "fiscal_year": YEAR, "project_key": row["project"],
                       "function_code": row["function_code"], "dept_economic_code": row["dept_economic_code"],
                       "fund_nature": row["fund_nature"], "amount": row["last_year"]}
                      for at, row in enumerate(golden.material()["lines"])],
    }
    seat = planning.seat("zhangli")
    with books:
        apply_snapshot(books, seat, "public", version, public)
        apply_snapshot(books, seat, f"unit:{UNIT}", 1, unit)
        books.exchange.set_trust(Trust(1, b"root", version, {"public": Pin(version, f"digest {version}")}))
        books.commit()


@pytest.fixture
def planning(qtbot: QtBot, tmp_path: Path) -> Iterator[Planning]:
    """A unit whose mirrors have arrived, without the indicator library."""
    made = Planning(qtbot, tmp_path)
    made.do(lambda books: arrive(books, made, library=False))
    yield made
    made.close()


@pytest.fixture
def library(qtbot: QtBot, tmp_path: Path) -> Iterator[Planning]:
    """A unit whose mirrors have arrived, with the part of the library that a forestry bureau uses."""
    made = Planning(qtbot, tmp_path)
    made.do(lambda books: arrive(books, made, library=True))
    yield made
    made.close()


def _none(*_: object) -> Any:
    raise AssertionError("not in these tests")
