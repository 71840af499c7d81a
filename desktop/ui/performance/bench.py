"""One project with its goal on the performance page: what is shown, and what the tools do with it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.document import Document
from desktop.domain.library import Indicator
from desktop.texts import tr
from desktop.texts.states import pill, pill_key
from desktop.ui.budget.findings import fit_panel
from desktop.ui.context import Context
from desktop.ui.documents.actions import Act
from desktop.ui.documents.unsaved import may_leave
from desktop.ui.kit.focus import commit_typing, give_back
from desktop.ui.kit.problems import ProblemRow
from desktop.ui.kit.typography import px
from desktop.ui.performance.bench_acts import GoalActs
from desktop.ui.performance.bench_bands import SUGGESTION
from desktop.ui.performance.bench_findings import explain, findings, unread
from desktop.ui.performance.bench_frame import LEFT_WIDTH, BenchFrame
from desktop.ui.performance.bench_library import show_goal_in
from desktop.ui.performance.bench_tools import Calls, Showing
from desktop.ui.performance.checklist import LIBRARY, checks
from desktop.ui.performance.form_acts import FormActs
from desktop.ui.performance.goal_pane import GoalPane
from desktop.ui.performance.picker import WIDTH as PICKER_WIDTH
from desktop.ui.performance.problem_rows import GOAL
from desktop.ui.performance.project_form import ProjectForm
from desktop.ui.performance.reading import ProjectEntry, is_ready
from desktop.ui.performance.session import PerformanceSession, show_history
from desktop.ui.performance.status_words import empty_words, saved_words, segments
from desktop.ui.performance.stepping import Stepping
from desktop.ui.performance.suggesting import Suggesting
from desktop.ui.shell.state import Segment
from desktop.usecases.initials import initials

CENTRE_LEAST, HEAD_GAP = 400, 24


class Bench(BenchFrame):
    """Shows one `PerformanceSession` at a time.

    Signals:
        goal_wanted(): A goal must be begun for the project.
        new_project_wanted(): 新增项目.
        present_all_wanted(): Every project that is ready goes to the checker.
        status_changed(): `status` has other words.
    """

    goal_wanted = Signal()
    new_project_wanted = Signal()
    present_all_wanted = Signal()
    status_changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self.acts = GoalActs(self, lambda: self.session, lambda: self.goal_pane, self.say)
        self.form_acts = FormActs(self, context, lambda: self.session, self.acts.frame)
        self.suggesting = Suggesting(self, lambda: self.session, self._show_added, self.say)
        super().__init__(context, self._calls(), parent)
        self.session: PerformanceSession | None = None
        self.stepping: Stepping | None = None
        self.goal_pane: GoalPane | None = None
        self.form: ProjectForm | None = None
        self._picker_first = False
        self._connect()
        self.show_session(None, tr("正在读取项目…"))

    def _calls(self) -> Calls:
        return Calls(
            evenly=self.acts.evenly,
            by_library=self.acts.by_library,
            fill_up=self.acts.fill_up,
            last_year=self.acts.last_year,
            cases=self.acts.cases,
            own=self.acts.own,
            suggest=self.suggesting.open,
            export_form=self.form_acts.export_form,
            import_form=self.form_acts.import_form,
            review=lambda: self.stepping.review() if self.stepping else None,
            take=self.take,
            picker=self.toggle_picker,
            remove=lambda: self.goal_pane.remove_current() if self.goal_pane else None,
            undo=lambda: self.session.undo_stack.undo() if self.session else None,
            redo=lambda: self.session.undo_stack.redo() if self.session else None,
            new_project=lambda: self._tell(self.new_project_wanted),
            present_all=lambda: self._tell(self.present_all_wanted),
            history=lambda: show_history(self.session, on_goal=self.tabs.key() == GOAL, window=self),
        )

    def _connect(self) -> None:
        self.tabs.chosen.connect(lambda key: self._show_tab())
        self.begin.clicked.connect(self.goal_wanted)
        self.head_line.clicked.connect(lambda: self.goal_pane.turn_head() if self.goal_pane else None)
        self.projects.new_requested.connect(self.new_project_wanted)
        self.projects.letters_typed.connect(self._spell)
        self.bands.reopen.clicked.connect(lambda: self.take(Act.REOPEN))
        self.bands.adopted.connect(self.acts.by_library)
        self.bands.profile_wanted.connect(self.acts.choose_profile)
        self.bands.add_advice(self.suggesting.band, SUGGESTION)
        self.picker.picked.connect(self.acts.add)
        self.picker.own.clicked.connect(self.acts.own)
        self.picker.left.connect(lambda: self.goal_pane.sheet.view.setFocus() if self.goal_pane else None)
        self.picker.looked_at.connect(self._look_at)
        self.picker.look.clicked.connect(self.look)
        self.problems.opened.connect(self.go_to)
        self.checklist.opened.connect(self.go_to)
        self.problems.remedy_requested.connect(self._remedy)

    def _spell(self, names: list[str]) -> None:
        """Find the pinyin initials of projects, off the window: the readings are many."""
        self._context.run(self, lambda books: {name: initials(name) for name in names}, self.projects.know_initials)

    @staticmethod
    def _tell(signal: SignalInstance) -> None:
        signal.emit()

    def show_projects(self, entries: Sequence[ProjectEntry], chosen: str, *, may_add: bool) -> None:
        """Show the projects of the year, and which of them is on the bench."""
        self.projects.show_entries(entries, chosen, may_add=may_add)
        self._show_tools()

    # -- the session

    def show_session(self, session: PerformanceSession | None, sentence: str = "") -> None:
        """Show a project with its goal; without one a sentence."""
        self._leave()
        old = (self.goal_pane, self.form, self.session)
        self.session, self.goal_pane, self.form, self.stepping = session, None, None, None
        self.bands.show_unsaved(session.saving if session is not None else None)
        for part in old[:2]:
            if part is not None:
                self.stack.removeWidget(part)
                part.deleteLater()
        if old[2] is not None:
            old[2].deleteLater()
        self.problems.hide()
        if session is None:
            self.empty.set_sentence(sentence)
            self._show_nothing()
            return
        session.setParent(self)
        self.stepping = Stepping(session, self, self.say, self._unread)
        self.stepping.look_wanted.connect(self._open_problems)
        self.form = ProjectForm(session)
        self.form.plan_model.refused.connect(lambda text: self.say(text, "warning"))
        self.stack.addWidget(self.form)
        session.content_changed.connect(self._show_content)
        session.judged.connect(self._judge)
        session.saved.connect(self._show_saved)
        session.saving.troubled.connect(self._show_troubled)
        self._judge()
        self._show_saved()

    def _leave(self) -> None:
        """Let the field at hand be committed and everything typed be written, before another project comes."""
        inside = QApplication.focusWidget()
        if inside is not None and self.stack.isAncestorOf(inside):
            inside.clearFocus()
        if self.session is not None:
            self.session.finish()

    def may_leave(self) -> bool:
        """Tell whether another project may come; asks when what is typed can't be saved."""
        place, session = commit_typing(), self.session
        may = session is None or may_leave(session.saving, session.project.name or tr("新项目"), self)
        give_back(place)  # who walks down the list of projects goes on walking
        return may

    def _make_goal_pane(self, session: PerformanceSession) -> GoalPane:
        pane = GoalPane(session)
        pane.refused.connect(lambda text: self.say(text, "warning"))
        pane.looked_at.connect(lambda line: self.status_changed.emit())
        pane.profile_chosen.connect(self.acts.choose_profile)
        pane.head_turned.connect(self._show_head_line)
        self.stack.addWidget(pane)
        return pane

    def _show_nothing(self) -> None:
        self.tools.show_none(maker=self._maker())
        self.bands.hide()
        self.begin.hide()
        self.tabs.hide()
        self.head_line.hide()
        self.picker.hide()
        self.checklist.show_checks(())
        self.stack.setCurrentWidget(self.empty)

    # -- what is shown

    def show_tab(self, key: str) -> None:
        """Bring the goal or the project's form to the front."""
        self.tabs.choose(key)
        self._show_tab()

    def _show_tab(self) -> None:
        session = self.session
        if session is None:
            return
        on_goal = self.tabs.key() == GOAL
        self.tabs.show()
        if not on_goal and self.form is not None:
            self.stack.setCurrentWidget(self.form)
        elif self.goal_pane is not None:
            self.stack.setCurrentWidget(self.goal_pane)
        else:
            self._show_no_goal(session)
        self._fit()
        self._show_head_line()
        self._show_tools()
        self._show_bands()

    def _show_head_line(self) -> None:
        session, pane = self.session, self.goal_pane
        goal = session.goal if session is not None and self.tabs.key() == GOAL else None
        room = self.stack.width() - self.tabs.sizeHint().width() - px(HEAD_GAP)
        self.head_line.show_goal(goal, opened=pane is not None and pane.head_shown(), room=room)

    def _show_no_goal(self, session: PerformanceSession) -> None:
        needed = session.project.project_class.needs_goal
        self.empty.set_sentence(empty_words(needed=needed))
        self.begin.setVisible(needed and self._maker())
        self.stack.setCurrentWidget(self.empty)

    def _show_content(self) -> None:
        session = self.session
        if session is None:
            return
        if self.goal_pane is not None:
            self.goal_pane.show_content()
        if self.form is not None:
            self.form.show_content()
        self._show_library()
        self._show_head_line()
        self._show_tools()
        self._show_bands()
        self.status_changed.emit()

    def _judge(self) -> None:
        """Show what the rules have said, and where the documents stand."""
        session = self.session
        if session is None or self.form is None:
            return
        if self.goal_pane is None and session.goal is not None:
            self.goal_pane = self._make_goal_pane(session)
        self.form.show_content()
        self.form.show_problems()
        if self.goal_pane is not None:
            self.goal_pane.show_content()
            self.goal_pane.show_problems()
        self.checklist.show_checks(checks(session.look.checklist, session.look.project_problems))
        self.problems.set_rows(findings(session, self.goal_pane, self.form))
        if not self.problems.rows():
            self.problems.hide()
        self._show_library()
        self._show_tab()
        self._show_saved()

    def _show_library(self) -> None:
        if self.session is not None:
            show_goal_in(self.picker, self.session)

    def _show_tools(self) -> None:
        session, stepping = self.session, self.stepping
        if session is None or stepping is None:
            return
        on_goal, errors = self.tabs.key() == GOAL, bool(stepping.errors())
        ready = sum(is_ready(entry) for entry in self.projects.entries)
        showing = Showing(stepping.acts(), on_goal, errors, self._narrow(), self._maker(), ready)
        self.tools.show_session(session, showing, self.width())
        document = self._document()
        if document is not None:
            self.tools.header.set_state(pill_key(document.state, errors), pill(document.state, errors))
        else:
            self.tools.header.set_state("")

    def _document(self) -> Document | None:
        if self.session is None:
            return None
        return self.session.look.goal if self.tabs.key() == GOAL else self.session.look.project

    def _show_bands(self) -> None:
        session, stepping = self.session, self.stepping
        if session is not None and stepping is not None:
            self.bands.show_standing(session, stepping, self._document())
            self.bands.show_proposal(session, on_goal=self.tabs.key() == GOAL)
            self.bands.show_profile(session, on_goal=self.tabs.key() == GOAL)
            self.bands.want(self.suggesting.band, self.tabs.key() == GOAL and self.suggesting.wanted())

    def _show_troubled(self) -> None:
        self._show_saved()
        self.bands.fit()

    def _show_saved(self) -> None:
        if self.session is None:
            return
        if self.session.saving.error is not None:
            self.tools.header.saved.show_problem(tr("没有保存"))
            return
        self.tools.header.saved.show_saved(saved_words(self.session, self._context.services.today()))

    # -- tools

    def take(self, act: Act) -> None:
        """Take a step with project and goal."""
        if self.stepping is not None:
            self.stepping.take(act)

    def look(self) -> None:
        """Show how the library's entry under the cursor is scored; in the form go to what stands under it (F4)."""
        inside, pane = QApplication.focusWidget(), self.goal_pane
        if pane is None:
            return
        indicator = self.picker.current()
        if inside is not None and pane.isAncestorOf(inside):
            pane.turn_to_scoring()
        elif indicator is not None:
            pane.show_indicator(indicator)

    def _show_added(self, codes: Sequence[str]) -> None:
        if self.goal_pane is not None:
            self.goal_pane.show_added(codes)

    def toggle_picker(self) -> None:
        """Where the window is narrow, show the library in place of the projects, or these again."""
        self._picker_first = not self._picker_first
        self._fit()
        self.give_room()
        if self._picker_first:
            self.picker.search.setFocus()

    def _look_at(self, indicator: Indicator | None) -> None:
        inside = QApplication.focusWidget()
        if indicator is not None and inside is not None and self.picker.isAncestorOf(inside):
            self.look()

    # -- findings

    def go_to(self, where: str) -> None:
        """Go to the field that a finding is about, or to the library where something is missing."""
        owner, _, path = where.partition(":")
        if owner == LIBRARY:
            self._seek(path)
            return
        self.show_tab(owner)
        pane = self.goal_pane if owner == GOAL else self.form
        if pane is not None:
            pane.go_to(path)

    def _seek(self, level: str) -> None:
        """Look for an indicator of a level that lacks one."""
        self.show_tab(GOAL)
        if self._narrow() and not self._picker_first:
            self.toggle_picker()
        level1, _, level2 = level.partition("/")
        self.picker.seek(level1, level2)

    def _remedy(self, row: ProblemRow) -> None:
        self.go_to(row.where)
        if self.session is not None:
            explain(self.session, row, self)

    def _unread(self) -> int:
        return len(unread(self.goal_pane, self.form))

    def _open_problems(self) -> None:
        self.problems.show()
        self.bands.fit()
        fit_panel(self.problems, self.height())
        self.problems.go_next()

    # -- size, status

    def _maker(self) -> bool:
        return self._context.makes()

    def _narrow(self) -> bool:
        return self.width() < px(LEFT_WIDTH) + px(CENTRE_LEAST) + px(PICKER_WIDTH)

    def _fit(self) -> None:
        """Show the library beside an editable goal; where that is too narrow, in place of the projects on request."""
        session = self.session
        wanted = session is not None and self.tabs.key() == GOAL and session.goal_editable()
        instead = wanted and self._narrow() and self._picker_first
        self.picker.setVisible(wanted and (instead or not self._narrow()))
        self.left.setVisible(not instead)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        fit_panel(self.problems, self.height())
        self._show_tools()

    def status(self) -> tuple[Sequence[Segment], Sequence[Segment]]:
        """Return the words for the status bar: target, last year's and the difference of the current line."""
        line = self.goal_pane.current() if self.goal_pane is not None and self.tabs.key() == GOAL else None
        return (segments(line), ()) if line is not None else ((), ())
