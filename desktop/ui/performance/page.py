"""The page 绩效目标: the unit's projects of the budget year, one of them with its goal on the bench."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.texts import tr
from desktop.ui.context import Context
from desktop.ui.kit.dialogs import Verb, ask
from desktop.ui.performance.bench import Bench
from desktop.ui.performance.help_topics import topic_in
from desktop.ui.performance.new_project import NewProject, ask_project
from desktop.ui.performance.problem_rows import GOAL, PROJECT
from desktop.ui.performance.reading import (
    PerformanceDesk,
    ProjectEntry,
    WorkLook,
    hand_over_ready,
    is_ready,
    read,
    read_list,
    start_goal,
    start_project,
)
from desktop.ui.performance.session import PerformanceSession
from desktop.ui.printing.goal_report import goal_report
from desktop.ui.printing.plain_reports import problems_report
from desktop.ui.printing.report import Report
from desktop.ui.printing.voucher_report import has_arrived
from desktop.ui.shell.state import Segment
from desktop.usecases.ports import Books

Found = tuple[PerformanceDesk, list[ProjectEntry], WorkLook | None]


class PerformancePage(QWidget):
    """绩效目标 and 立项 of the unit's projects for the budget year.

    Signals:
        status_changed(): `status` has other words.
    """

    status_changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.title = tr("绩效目标")
        self._desk: PerformanceDesk | None = None
        self._doc_id, self._tab = "", ""
        self._shown, self._asked = False, 0
        self.bench = Bench(context)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.bench)
        self.bench.status_changed.connect(self.status_changed)
        self.bench.projects.chosen.connect(self._choose)
        self.bench.new_project_wanted.connect(self._ask_project)
        self.bench.goal_wanted.connect(self._begin_goal)
        self.bench.present_all_wanted.connect(self._present_all)
        context.changed.connect(lambda topic: self.refresh() if self._shown else None)

    def refresh(self) -> None:
        """Read everything again; what is being typed stays."""
        session = self.bench.session
        if session is None or not session.busy():
            self._read()

    def _read(self) -> None:
        self._asked += 1
        asked, year, doc_id, known = self._asked, self._context.budget_year, self._doc_id, self._desk
        # Who walks down the list is faster than the books: only what was asked for last is shown.
        self._context.run(self, lambda books: _read(books, year, doc_id, known),
                          lambda found: self._arrived(found) if asked == self._asked else None)

    def open(self, argument: str) -> None:
        """Show a project or a goal by its document's id."""
        if argument and self._may_go(argument):
            self._doc_id, self._tab = argument, PROJECT
        self._read()

    def status(self) -> tuple[Sequence[Segment], Sequence[Segment]]:
        """Return the words for the status bar: left and right."""
        return self.bench.status()

    def toggle_inspector(self) -> None:
        """Show how the library's entry under the cursor is scored (F4)."""
        self.bench.look()

    def calculate(self) -> None:
        """Compute the target under the cursor by its quantification model (F9)."""
        if self.bench.goal_pane is not None:
            self.bench.goal_pane.compute_target()

    def suggest_goal(self) -> None:
        """Propose a whole goal for the project in front (Ctrl+J)."""
        self.bench.suggesting.open()

    def reports(self) -> Sequence[Report]:
        """Return what is printed: the goal's form once there is one, and the findings."""
        session = self.bench.session
        if session is None or session.goal is None or session.look.goal is None:
            return ()
        arrived = has_arrived(session.look.goal.state)
        form = goal_report(session.goal.head.doc_id, session.project.name, arrived=arrived)
        found = self.bench.problems.rows()
        return [form, problems_report(tr("绩效目标"), found, arrived=arrived)] if found else [form]

    def help_topic(self) -> str:
        """Return what F1 opens: the help of the field or column in focus."""
        return topic_in(self.bench)

    def message_area(self) -> QWidget:
        """Return what short messages may cover: the form, so that the findings below it stay readable."""
        return self.bench.stack

    def panes(self) -> list[QWidget]:
        """Return what F6 walks through."""
        front = self.bench.goal_pane.sheet.view if self.bench.goal_pane is not None else self.bench.stack
        return [self.bench.projects.list, front, self.bench.picker.search, self.bench.problems]

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._shown:
            self._shown = True
            self.refresh()

    # -- reading

    def _arrived(self, found: Found) -> None:
        desk, entries, look = found
        session = self.bench.session
        renewed = self._desk is not None and self._desk.versions != desk.versions
        self._desk = desk
        if look is None:
            self._show_list(entries)
            self.bench.show_session(None, self._nothing())
            return
        chosen = look.project.head.doc_id
        if session is not None and not renewed and session.project.head.doc_id == chosen:
            session.arrive(look)
        else:
            self._show_session(desk, look)
        if self._tab:
            # A goal's id opens the goal, a project's its form.
            is_goal = look.goal is not None and look.goal.head.doc_id == self._doc_id
            self.bench.show_tab(GOAL if is_goal else self._tab)
            self._tab = ""
        self._doc_id = chosen
        self._show_list(entries)

    def _show_session(self, desk: PerformanceDesk, look: WorkLook) -> None:
        session = PerformanceSession(self._context, desk, look)
        session.saved.connect(self._read_list)
        self.bench.show_session(session)

    def _show_list(self, entries: Sequence[ProjectEntry]) -> None:
        maker = self._context.makes()
        self.bench.show_projects(entries, self._doc_id, may_add=maker)

    def _read_list(self) -> None:
        year = self._context.budget_year
        self._context.run(self, lambda books: read_list(books, year), self._show_list)

    def _nothing(self) -> str:
        year = self._context.budget_year
        if self._context.makes():
            return tr("{year} 年还没有项目。点左上角“新增项目”开始立项。", year=year)
        return tr("{year} 年还没有项目，由经办人先立项。", year=year)

    def may_close(self) -> bool:
        """Tell whether the window may go; asks when what is typed can't be saved."""
        return self.bench.may_leave()

    def _may_go(self, doc_id: str) -> bool:
        session = self.bench.session
        shown = {one.head.doc_id for one in session.documents()} if session is not None else set()
        return doc_id in shown or self.bench.may_leave()

    def _choose(self, doc_id: str) -> None:
        if not self._may_go(doc_id):
            self._read_list()  # shows again which project is open
            return
        self._doc_id = doc_id
        if self.bench.session is not None:
            self.bench.session.finish()
        self._read()

    # -- beginning

    def _ask_project(self) -> None:
        if self._desk is None or self._context.refuses_new():
            return
        given = ask_project(list(self._desk.choices["FUNCTION"].values()), self)
        if given is not None:
            self._start(given)

    def _start(self, given: NewProject) -> None:
        seat, year = self._context.seat(), self._context.budget_year

        def back(look: WorkLook) -> None:
            self._doc_id, self._tab = look.project.head.doc_id, PROJECT
            self.bench.say(tr("已新增“{name}”，请填写立项信息。", name=given.name), "ok")

        self._context.run(
            self,
            lambda books: start_project(books, seat, given.name, given.kind, given.function_code, year),
            back,
            changes="documents",
        )

    def _present_all(self) -> None:
        """Give every project that is ready to the checker, after asking (批量送复核)."""
        if self._context.refuses_writing() or not self.bench.may_leave():
            return
        names = [entry.name for entry in self.bench.projects.entries if is_ready(entry)]
        body = tr("{names}。项目和绩效目标一起送，送出后可以撤回。有提示没写说明的会留下。", names="、".join(names))
        verbs = (Verb("go", tr("送复核 {count} 个", count=len(names)), "primary"), Verb("back", tr("不送")))
        if ask(tr("送复核 {count} 个项目", count=len(names)), body, verbs, parent=self) != "go":
            return
        seat, year = self._context.seat(), self._context.budget_year
        self._context.run(self, lambda books: hand_over_ready(books, seat, year), self._presented, changes="documents")

    def _presented(self, result: tuple[list[str], list[str]]) -> None:
        went, stayed = result
        if stayed:
            said = tr("已送复核 {count} 个，留下 {names}，请看它们的问题。", count=len(went), names="、".join(stayed))
            self.bench.say(said, "warning")
        else:
            self.bench.say(tr("已送复核 {count} 个项目，等待复核人审核。", count=len(went)), "ok")

    def _begin_goal(self) -> None:
        session = self.bench.session
        if session is None or self._context.refuses_new():
            return
        seat, project = self._context.seat(), session.project
        self._context.run(self, lambda books: start_goal(books, seat, project), lambda look: None, changes="documents")


def _read(books: Books, year: int, doc_id: str, known: PerformanceDesk | None) -> Found:
    """Read everything; the first project when none was chosen or the chosen one is gone."""
    entries = read_list(books, year)
    listed = {entry.doc_id for entry in entries} | {entry.goal_id for entry in entries}
    if not doc_id or doc_id not in listed:
        doc_id = entries[0].doc_id if entries else ""
    return read(books, year, doc_id, known)
