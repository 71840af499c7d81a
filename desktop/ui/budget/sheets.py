"""The grids of the budget, one for each form, made when a form is first opened."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from desktop.ui.budget.findings import BASIC, INCOME, PROJECT, Findings
from desktop.ui.budget.forms import FormSource, form_columns
from desktop.ui.budget.income import IncomeSource, income_columns
from desktop.ui.budget.lines import LinesSource, line_columns
from desktop.ui.budget.overview import title_of
from desktop.ui.budget.session import BASIC_CLASSES, PROJECT_CLASSES, BudgetSession
from desktop.ui.documents.content import ContentModel
from desktop.ui.grid.model import SheetModel
from desktop.ui.grid.sheet import Sheet

EDITED = (INCOME, BASIC, PROJECT)
Typed = LinesSource | IncomeSource


class BudgetSheet(Sheet):
    """A grid that is filled in: 收入, 基本支出 or 项目支出.

    Rows without numbers can be left out; the rest of the filter and the sorting hold besides.
    """

    def __init__(self, session: BudgetSession, source: Typed) -> None:
        columns = income_columns(session.desk) if isinstance(source, IncomeSource) else line_columns(
            session.desk, source.classes
        )
        self.source, self._session = source, session
        self.content_model = ContentModel(columns, source, session, session.undo_stack)
        super().__init__(self.content_model, frozen=2, total=True)
        self.content_model.setParent(self)
        self._only_numbers = False

    def show_content(self) -> None:
        """Show the session's content again; rows that came or went were told by the model itself."""
        self.source.recount()
        # The view's own count follows the rows that the model told of; when it is right, nothing has to be reset.
        if self.view.verticalHeader().count() != self.content_model.rowCount():
            row, column = self.view.source_at()
            self.content_model.reload()
            self.view.select_source(row, column)
        else:
            self.content_model.refresh()

    def show_findings(self, findings: Findings) -> None:
        """Mark cells."""
        self.source.findings = findings
        self.content_model.refresh()

    def set_only_numbers(self, on: bool) -> None:
        """Hide the rows without any amount, or show them again."""
        self._only_numbers = on
        self.show_only(self.source.has_numbers if on else None)

    def hidden_rows(self) -> int:
        """Return how many rows are hidden."""
        if not self._only_numbers:
            return 0
        return sum(not self.source.has_numbers(row) for row in range(self.source.row_count()))

    def set_wan(self, on: bool) -> None:
        """Show amounts in 万元."""
        self.source.in_wan = on
        self.show_content()

    def selected_rows(self) -> list[int]:
        """Return the source rows of the selection that lie in the draft; the current row when nothing is selected."""
        count = self.source.row_count()
        return [row for row in self.view.selected_source_rows() if row < count]

    def remove_selected(self) -> int:
        """Take the selected lines out as one step; return how many."""
        rows = [self.content_model.shown_row(row) for row in self.selected_rows()]
        if not rows or not self._session.editable():
            return 0
        return self.content_model.remove_rows(rows)

    def add_line(self) -> None:
        """Go to the row for a new line."""
        if self.source.add_label():
            self.view.go_to(self.source.row_count())


class FormSheet(Sheet):
    """A standard form; read only."""

    def __init__(self, session: BudgetSession, form: str) -> None:
        self.source, self._session = FormSource(form, session.desk), session
        self.source.show_forms(session.forms)
        model = SheetModel(form_columns(form), self.source)
        super().__init__(model, frozen=1 if len(model.columns) > 6 else 0, total=True)
        model.setParent(self)

    def show_content(self) -> None:
        """Show the forms as computed at the last save."""
        before = self.source.row_count()
        self.source.show_forms(self._session.forms)
        if self.source.row_count() == before:
            self.model.refresh()
        else:
            self.model.reload()

    def set_wan(self, on: bool) -> None:
        """Show amounts in 万元."""
        self.source.in_wan = on
        self.model.refresh()


class Sheets(QObject):
    """All grids by form.

    Signals:
        made(object): A sheet was made; the editor connects it.
    """

    made = Signal(object)

    def __init__(self, session: BudgetSession, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._typed: dict[str, BudgetSheet] = {}
        self._forms: dict[str, FormSheet] = {}
        self.in_wan = False
        self.findings = Findings()

    def typed(self, form: str) -> BudgetSheet:
        """Return the grid of a form that is filled in, made now if it was not."""
        if form not in self._typed:
            classes = BASIC_CLASSES if form == BASIC else PROJECT_CLASSES
            source = IncomeSource(self._session) if form == INCOME else LinesSource(self._session, classes)
            source.findings, source.in_wan = self.findings, self.in_wan
            self._typed[form] = BudgetSheet(self._session, source)
            self._typed[form].view.setAccessibleName(title_of(form))
            self.made.emit(self._typed[form])
        return self._typed[form]

    def sheet(self, form: str) -> BudgetSheet | FormSheet:
        """Return the grid of any form, made now if it was not."""
        if form in EDITED:
            return self.typed(form)
        if form not in self._forms:
            self._forms[form] = FormSheet(self._session, form)
            self._forms[form].view.setAccessibleName(title_of(form))
            self._forms[form].set_wan(self.in_wan)
            self.made.emit(self._forms[form])
        return self._forms[form]

    def all_made(self) -> Sequence[BudgetSheet | FormSheet]:
        """Return the grids that were made so far."""
        return [*self._typed.values(), *self._forms.values()]

    def show_content(self) -> None:
        """Let every grid show the content again."""
        for sheet in self.all_made():
            sheet.show_content()

    def show_findings(self, findings: Findings) -> None:
        """Mark the cells of every grid."""
        self.findings = findings
        for sheet in self._typed.values():
            sheet.show_findings(findings)

    def set_wan(self, on: bool) -> None:
        """Show all amounts in 万元 or in 元."""
        self.in_wan = on
        for sheet in self.all_made():
            sheet.set_wan(on)

    def unread(self) -> list[tuple[str, int, str, str]]:
        """Return form, row, column and message of every cell whose text could not be read."""
        return [(form, *draft) for form, sheet in self._typed.items() for draft in sheet.content_model.drafts()]
