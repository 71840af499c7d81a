"""The budget on the screen: forms at the left, the chosen one in the middle, findings below, inspector at the right."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.document import State
from desktop.texts import tr
from desktop.texts.field_help import topic_of
from desktop.texts.states import pill, pill_key
from desktop.ui.budget.cover import Cover
from desktop.ui.budget.editor_tools import Calls, EditorTools, Showing
from desktop.ui.budget.findings import COVER, EXPLAIN, EXPLAINED, FILL, INCOME, PROJECT, Findings, fit_panel
from desktop.ui.budget.inspection import help_word, sections
from desktop.ui.budget.lines import WAN as WAN_YUAN
from desktop.ui.budget.operations import Operations
from desktop.ui.budget.overview import nodes, title_of, totals
from desktop.ui.budget.session import BudgetSession
from desktop.ui.budget.sheets import EDITED, BudgetSheet, FormSheet, Sheets
from desktop.ui.budget.statistics import segments
from desktop.ui.budget.stepping import Stepping
from desktop.ui.budget.strip import WAN, YUAN, Strip
from desktop.ui.budget.tree import FormTree
from desktop.ui.documents.actions import Act
from desktop.ui.documents.approval import guidance
from desktop.ui.documents.arrivals import ArrivedBand
from desktop.ui.documents.history import open_history
from desktop.ui.documents.unsaved import UnsavedBand
from desktop.ui.grid.skipped import tell_pastes
from desktop.ui.grid.statistics import Statistics
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.inspector import Inspector, InspectorPlace, Section
from desktop.ui.kit.panels import Band
from desktop.ui.kit.problems import ProblemRow, ProblemsPanel
from desktop.ui.shell.state import Segment


class BudgetEditor(QWidget):
    """Everything around one `BudgetSession`.

    Signals:
        status_changed(): `status` has other words.
    """

    status_changed = Signal()

    def __init__(self, session: BudgetSession, form: str = PROJECT, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.form = session, form
        self.findings = Findings()
        self._statistics = Statistics()
        self._problems_wanted: bool | None = None
        self.operations = Operations(session, self, self.say)
        self.stepping = Stepping(session, self, self.say)
        self.sheets = Sheets(session, self)
        self.tree, self.strip = FormTree(tr("二上")), Strip()
        self.problems, self.inspector = ProblemsPanel(), Inspector()
        self.stack, self.cover = QStackedWidget(), Cover(session)
        self.reopen = Button(tr("更正并重报"), "tonal", "pencil")
        self.band, self.unsaved = Band("info", "", self.reopen), UnsavedBand(session.saving)
        self.newer = ArrivedBand()
        self._make_tools()
        self._lay_out()
        self._connect()
        self._judge()
        self.show_form(form)

    # -- set-up

    def _make_tools(self) -> None:
        calls = Calls(
            settle=self.operations.settle,
            last_year=lambda: self._on_sheet(self.operations.take_last_year),
            adjust=lambda: self._on_sheet(self.operations.adjust),
            review=self.stepping.review,
            take=self.stepping.take,
            add=lambda: self._on_sheet(BudgetSheet.add_line),
            remove=self._remove_lines,
            only_numbers=self.strip.filter.click,
            change_unit=self.turn_money_unit,
            history=self._show_history,
        )
        self.tools = EditorTools(title_of(self.form), calls, self.session.undo_stack, self)
        self.header = self.tools.header

    def _lay_out(self) -> None:
        middle = QVBoxLayout()
        middle.setSpacing(0)
        for part in (self.header, self.newer, self.unsaved, self.band, self.strip):
            middle.addWidget(part)
        middle.addWidget(self.stack, 1)
        middle.addWidget(self.problems)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.tree)
        row.addLayout(middle, 1)
        self.stack.addWidget(self.cover)
        self._place = InspectorPlace(self.inspector, self, row)

    def _connect(self) -> None:
        session = self.session
        self.tree.chosen.connect(self.show_form)
        self.strip.only_numbers.connect(self._filter)
        self.strip.unit_chosen.connect(lambda unit: self._set_wan(unit == WAN))
        self.reopen.clicked.connect(lambda: self.stepping.take(Act.REOPEN))
        self.stepping.look_wanted.connect(self._open_problems)
        self.problems.opened.connect(self.go_to)
        self.problems.remedy_requested.connect(self._remedy)
        self.problems.closed.connect(lambda: self._want_problems(False))
        self._place.turned.connect(self._inspector_turned)
        self.sheets.made.connect(self._connect_sheet)
        session.content_changed.connect(self._show_content)
        session.judged.connect(self._judge)
        session.saved.connect(self._show_saved)
        session.saved.connect(self.newer.dismiss)
        session.saving.troubled.connect(self._show_saved)

    def _connect_sheet(self, sheet: BudgetSheet | FormSheet) -> None:
        self.stack.addWidget(sheet)
        sheet.view.statistics_changed.connect(self._count)
        sheet.view.viewing.arranger.changed.connect(self.status_changed)
        form = sheet.source.form
        sheet.keep_layout(self.session.context.notes, f"budget/{form}")
        if isinstance(sheet, BudgetSheet):
            sheet.view.current_changed.connect(lambda row, key: self._inspect())
            sheet.content_model.refused.connect(lambda text: self.say(text, "warning"))
            tell_pastes(sheet.view, self.session.context.say)
            sheet.remember(self.session.context.notes, f"budget/{form}")
            sheet.content_model.edited.connect(lambda: self.show_form(form))

    # -- forms

    def show_form(self, form: str) -> None:
        """Bring a form to the front."""
        front: QWidget = self.cover if form == COVER else self.sheets.sheet(form)
        changed = self.stack.currentWidget() is not front
        self.form = form
        self.tree.choose(form)
        if changed:
            self.stack.setCurrentWidget(front)
            self._statistics = Statistics()
            self.strip.filter.setChecked(False)
            self._show_problems()
        self.header.set_title(title_of(form))
        self._show_cover()
        self._show_amounts()
        self._place.allow(form in EDITED)
        self._show_tools()
        self._inspect()
        self.status_changed.emit()

    def sheet(self) -> BudgetSheet | None:
        """Return the grid in front if it is one that is filled in."""
        return self.sheets.typed(self.form) if self.form in EDITED else None

    def go_to(self, where: str) -> None:
        """Go to the cell that a finding is about."""
        finding = self.findings.at(where)
        if finding is not None:
            form, row, key = finding.place.form, finding.place.row, finding.place.key
        else:
            form, row, key = next(
                ((form, row, key) for form, row, key, _ in self.sheets.unread() if _unread(form, row, key) == where),
                (self.form, -1, ""),
            )
        self.show_form(form)
        sheet = self.sheet()
        if sheet is not None and row >= 0:
            if sheet.model.shown_row(row) < 0:
                self.strip.filter.setChecked(False)
            sheet.view.go_to(row, key)

    def _on_sheet(self, call: Callable[[BudgetSheet], object]) -> None:
        sheet = self.sheet()
        if sheet is not None:
            call(sheet)

    def _show_history(self) -> None:
        document = self.session.document
        open_history(self.session.context, document.head.doc_id, tr("部门预算"), self)

    def _remove_lines(self) -> None:
        sheet = self.sheet()
        if sheet is not None and (count := sheet.remove_selected()):
            self.say(tr("已删除 {count} 行，Ctrl+Z 可以撤销。", count=count), "ok")

    def _filter(self, on: bool) -> None:
        for sheet in self.sheets.all_made():
            if isinstance(sheet, BudgetSheet):
                sheet.set_only_numbers(on and sheet.source.form == self.form)
        self._show_amounts()

    def _set_wan(self, on: bool) -> None:
        self.sheets.set_wan(on)
        self._show_amounts()
        self._show_tools()
        self.status_changed.emit()

    # -- what is shown

    def _show_content(self) -> None:
        self.sheets.show_content()
        self._show_cover()
        self._show_amounts()
        self._show_tools()

    def _show_cover(self) -> None:
        if self.form == COVER:
            self.cover.show_content()

    def _show_amounts(self) -> None:
        first, second, word = totals(self.form, self.session)
        if self.sheets.in_wan:
            first = (first[0], None if first[1] is None else first[1] / WAN_YUAN)
            second = (second[0], second[1] / WAN_YUAN)
        self.strip.show_amounts(first, second, word)
        sheet = self.sheet()
        rows = None if sheet is None else (sheet.source.row_count(), sheet.hidden_rows())
        self.strip.show_rows(rows)

    def _judge(self) -> None:
        """Show what the rules have said, and where the document stands."""
        self.findings = self.session.findings
        self.stepping.show_findings(self.findings, len(self.sheets.unread()))
        self.sheets.show_findings(self.findings)
        self.sheets.show_content()
        self._show_cover()
        self.tree.show_nodes(nodes(self.session, self.findings))
        self._show_problems()
        self._show_standing()
        self._show_saved()
        self._show_tools()
        self._inspect()

    def _show_problems(self) -> None:
        rows = [
            ProblemRow("error", _unread(form, row, key), tr("{form} · 第 {row} 行", form=title_of(form), row=row + 1),
                       text, remedy=tr("请重新输入"))
            for form, row, key, text in self.sheets.unread()
        ]
        self.problems.set_rows([*rows, *self.findings.rows(self.form)])
        self._fit_problems()

    def _fit_problems(self) -> None:
        """Show the panel when it has more than information, unless it was opened or closed by hand."""
        rows, wanted = self.problems.rows(), self._problems_wanted
        urgent = any(row.level != "info" for row in rows)
        self.problems.setVisible(bool(rows) and (urgent if wanted is None else wanted))
        fit_panel(self.problems, self.height())

    def _show_standing(self) -> None:
        document, errors = self.session.document, self.stepping.errors()
        word = pill(document.state, errors)
        self.header.set_state(pill_key(document.state, errors), word)
        reason, comment = self.session.locked_reason(), document.comment
        returned = comment is not None and document.state in (State.RETURNED, State.DRAFT)
        self.band.setVisible(bool(reason) or returned)
        self.reopen.setVisible(Act.REOPEN in self.stepping.acts())
        if comment is not None and returned:
            when = comment.at[:16].replace("T", " ")
            self.band.set_content("error", f"{comment.by} {when}：{comment.text}", tr("已退回"))
        elif reason:
            self.band.set_content("neutral", guidance(self.stepping.acts()) or f"{reason}。", word)

    def _show_tools(self) -> None:
        typed = self.form in EDITED
        showing = Showing(
            free=self.session.editable(),
            typed=typed,
            lines=typed and self.form != INCOME,
            errors=bool(self.stepping.errors()),
            acts=self.stepping.acts(),
            in_wan=self.sheets.in_wan,
        )
        room = self.width() - self.tree.width() - self._place.beside()
        self.tools.show(showing, room)
        self.strip.fit(room, tight=self.tools.tight)

    def _show_saved(self) -> None:
        if self.session.saving.error is not None:
            self.header.saved.show_problem(tr("没有保存"))
            return
        at, today = self.session.document.updated_at, self.session.context.services.today().isoformat()
        when = at[11:16] if at.startswith(today) else at[5:16].replace("T", " ")
        saved = tr("{time} 已自动保存", time=when) if at and self.session.editable() else ""
        self.header.saved.show_saved("" if self.tools.tight else saved)

    def _open_problems(self) -> None:
        self._want_problems(True)
        self.problems.go_next()

    def _want_problems(self, on: bool) -> None:
        self._problems_wanted = on
        self._fit_problems()

    def _remedy(self, row: ProblemRow) -> None:
        finding = self.findings.at(row.where, row.rule)
        self.go_to(row.where)
        if finding is None or not self.session.editable():
            return
        if row.remedy == FILL:
            self.operations.fill_ceiling(finding)
        elif row.remedy in (EXPLAIN, EXPLAINED):
            self.operations.explain(row.rule, row.text)

    # -- inspector and status bar

    def toggle_inspector(self) -> None:
        """Show or hide the inspector (F4)."""
        self._place.toggle()

    def toggle_problems(self) -> None:
        """Show the findings below, or put them away (Ctrl+Shift+M)."""
        self._want_problems(self.problems.isHidden())
        if not self.problems.rows():
            self.say(tr("这张表没有问题。"), "ok")

    def next_problem(self) -> None:
        """Go to the next finding (F3)."""
        self._open_problems()
        if not self.problems.rows():
            self.say(tr("这张表没有问题。"), "ok")

    def turn_money_unit(self) -> None:
        """Show amounts in 万元, or in 元 again."""
        self.strip.choose_unit(YUAN if self.sheets.in_wan else WAN)

    def panes(self) -> list[QWidget]:
        """Return what F6 walks through."""
        front = self.stack.currentWidget()
        return [self.tree.list, *([front] if front is not None else []), self.problems]

    def help_topic(self) -> str:
        """Return what F1 opens: the help of the column or field in focus; of the computed forms a page."""
        sheet = self.sheet()
        if sheet is None:
            return self.cover.help_topic() if self.form == COVER else "budget/forms"
        row, column = sheet.view.source_at()
        key = sheet.model.columns[column].key if row >= 0 <= column else "amount"
        return topic_of(help_word(sheet.source), key, "budget/fill")

    def message_area(self) -> QWidget:
        """Return what short messages may cover: the grid, so that the findings below it stay readable."""
        return self.stack

    def status(self) -> tuple[Sequence[Segment], Sequence[Segment]]:
        """Return the words for the status bar: left and right."""
        sheet = self.sheet()
        return segments(self._statistics, in_wan=self.sheets.in_wan, view=sheet.view if sheet is not None else None)

    def say(self, text: str, kind: str) -> None:
        """Show a short message."""
        self.session.context.say(text, kind)

    def _count(self, statistics: Statistics) -> None:
        self._statistics = statistics
        self.status_changed.emit()

    def _inspect(self) -> None:
        sheet = self.sheet()
        if self.inspector.isHidden() or sheet is None:
            return
        row, column = sheet.view.source_at()
        if row < 0 or column < 0:
            self.inspector.set_subject("")
            self.inspector.set_sections([Section(tr("填什么")).add_text(tr("选一个格，这里说明它填什么、和上年比怎样。"))])
            return
        spec, at = sheet.model.columns[column], sheet.model.source_row(row)
        self.inspector.set_subject(tr("第 {row} 行 · {title}", row=at + 1, title=spec.title))
        self.inspector.set_sections(sections(self.session, sheet.source, self.findings, at, spec.key))

    def _inspector_turned(self) -> None:
        self._inspect()
        self._show_tools()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_problems()
        self._show_tools()
        self._show_saved()


def _unread(form: str, row: int, key: str) -> str:
    return f"{form}:{row}:{key}"
