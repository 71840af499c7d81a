"""F1 from every field of budget, goal and project leads to a help of its own."""

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.texts.field_help import field_help
from desktop.ui.budget.findings import BASIC, COVER, INCOME, PROJECT
from desktop.ui.grid.sheet import Sheet
from desktop.ui.help.library import library as help_library
from desktop.ui.performance.help_topics import topic_in
from desktop.ui.performance.problem_rows import GOAL
from desktop.ui.performance.problem_rows import PROJECT as PROJECT_TAB
from tests.ui.planning_fixture import Planning, library, planning

__all__ = ["library", "planning"]


def focus(widget: QWidget) -> None:
    widget.setFocus()
    QApplication.processEvents()


def columns(sheet: Sheet) -> list[tuple[int, str]]:
    return [(at, spec.key) for at, spec in enumerate(sheet.model.columns) if spec.editable]


def leads_somewhere(topic: str) -> bool:
    return field_help(topic) is not None and help_library().knows(topic)


@pytest.mark.parametrize(("form", "word"), [(PROJECT, "budget"), (BASIC, "budget"), (INCOME, "income")])
def test_every_column_of_a_budget_sheet_has_its_help(planning: Planning, form: str, word: str):
    planning.budget()
    _, page = planning.budget_page()
    page.editor.show_form(form)
    sheet = page.editor.sheet()
    focus(sheet.view)
    for at, key in columns(sheet):
        sheet.view.setCurrentIndex(sheet.model.index(0, at))
        assert page.help_topic() == f"field:{word}/{key}"
        assert leads_somewhere(page.help_topic()), key


def test_the_inspector_says_the_same_as_the_help(planning: Planning):
    planning.budget()
    _, page = planning.budget_page()
    page.editor.show_form(PROJECT)
    page.toggle_inspector()
    sheet = page.editor.sheet()
    at = next(at for at, key in columns(sheet) if key == "economic")
    sheet.view.setCurrentIndex(sheet.model.index(0, at))
    QApplication.processEvents()
    said = " ".join(one.text() for one in page.editor.inspector.findChildren(QWidget) if hasattr(one, "text"))
    assert field_help("budget/economic").what in said


def test_cover_and_computed_forms_have_their_help(planning: Planning):
    planning.budget()
    _, page = planning.budget_page()
    page.editor.show_form(COVER)
    cover = page.editor.cover
    for field, topic in ((cover._words, "field:cover/words"), (cover._carry, "field:cover/carry")):
        focus(field)
        assert page.help_topic() == topic
        assert leads_somewhere(topic)
    page.editor.show_form("F01")
    assert help_library().knows(page.help_topic())


def test_every_field_of_a_goal_has_its_help(library: Planning):
    library.project()
    _, bench = library.bench()
    bench.show_tab(GOAL)
    pane, found = bench.goal_pane, []
    under = pane.scoring.fields
    pane.turn_head()
    for field in (pane.year.area, pane.general.area, pane.profile, pane.head.phone):
        focus(field)
        found.append(topic_in(bench))
    pane.sheet.view.go_to(1, "target")
    for page, fields in (("words", (under.due, under.texts["data_source"], under.texts["evidence"])),
                         ("plan", (pane.scoring.plan.inputs[3],))):
        pane.scoring.show_page(page)
        for field in fields:
            focus(field)
            found.append(topic_in(bench))
    focus(pane.sheet.view)
    for at, _ in columns(pane.sheet):
        pane.sheet.view.setCurrentIndex(pane.sheet.model.index(1, at))
        found.append(topic_in(bench))
    assert len(set(found)) == 12
    assert all(leads_somewhere(topic) for topic in found), found


def test_the_library_has_its_page(library: Planning):
    library.project()
    _, bench = library.bench()
    bench.show_tab(GOAL)
    focus(bench.picker.search)
    assert topic_in(bench) == "performance/library"
    assert help_library().knows("performance/library")


def test_every_field_of_a_project_has_its_help(library: Planning):
    library.project()
    _, bench = library.bench()
    bench.show_tab(PROJECT_TAB)
    form, found = bench.form, []
    for field in (*form._lines(), form.summary, *form.flags.values()):
        focus(field)
        found.append(topic_in(bench))
    for sheet in (form.plan_sheet, form.basis_sheet):
        focus(sheet.view)
        for at, _ in columns(sheet):
            sheet.view.setCurrentIndex(sheet.model.index(0, at))
            found.append(topic_in(bench))
    assert len(set(found)) == 20
    assert all(leads_somewhere(topic) for topic in found), found
