"""What F1 opens on the performance page: the help of the field or column in focus."""

from PySide6.QtWidgets import QApplication, QWidget

from desktop.texts.field_help import topic_of
from desktop.ui.grid.sheet import Sheet
from desktop.ui.performance.bench import Bench
from desktop.ui.performance.goal_pane import GoalPane
from desktop.ui.performance.problem_rows import GOAL
from desktop.ui.performance.project_form import ProjectForm

GOAL_PAGE, PROJECT_PAGE, LIBRARY_PAGE = "performance/goal", "performance/project", "performance/library"


def topic_in(bench: Bench) -> str:
    """Return the topic of what has the keyboard."""
    focus = QApplication.focusWidget()
    if focus is not None and bench.picker.isAncestorOf(focus):
        return LIBRARY_PAGE
    if bench.tabs.key() == GOAL:
        return _of_goal(bench.goal_pane, focus) if bench.goal_pane is not None else GOAL_PAGE
    return _of_project(bench.form, focus) if bench.form is not None else PROJECT_PAGE


def _of_goal(pane: GoalPane, focus: QWidget | None) -> str:
    under, head = pane.scoring.fields, pane.head
    fields: dict[QWidget, str] = {
        pane.year.area: "year_goal", pane.general.area: "general_goal", pane.profile: "profile",
        head.responsible: "responsible", head.phone: "responsible", under.due: "due",
        under.texts["data_source"]: "data_source", under.texts["evidence"]: "evidence",
        **dict.fromkeys(pane.scoring.plan.inputs.values(), "plan"),
    }
    if focus is not None and focus in fields:
        return topic_of("goal", fields[focus], GOAL_PAGE)
    return topic_of("goal", _column(pane.sheet, focus, "name"), GOAL_PAGE)


def _of_project(form: ProjectForm, focus: QWidget | None) -> str:
    fields: dict[QWidget, str] = {
        **{field: name for name, field in form.texts.items()},
        **{field: name for name, field in form.years.items()},
        form.rank: "priority_rank",
        form.kind: "project_class",
        form.guarantee: "guarantee",
        form.nature: "nature",
        form.function: "function_code",
        form.summary: "summary",
        **dict.fromkeys(form.flags.values(), "flags"),
    }
    if focus in fields:
        return topic_of("project", fields[focus], PROJECT_PAGE)
    for word, sheet, usual in (("plan", form.plan_sheet, "amount"), ("basis", form.basis_sheet, "name")):
        if focus is not None and (focus is sheet.view or sheet.isAncestorOf(focus)):
            return topic_of(word, _column(sheet, focus, usual), PROJECT_PAGE)
    return PROJECT_PAGE


def _column(sheet: Sheet, focus: QWidget | None, usual: str) -> str:
    row, column = sheet.view.source_at()
    inside = focus is not None and (focus is sheet.view or sheet.isAncestorOf(focus))
    return sheet.model.columns[column].key if inside and row >= 0 <= column else usual
