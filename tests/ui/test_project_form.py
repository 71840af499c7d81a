"""立项: a project is begun, filled in by keys, judged field by field, and its goal follows."""

from dataclasses import replace
from decimal import Decimal

import pytest

from desktop.domain.document import State
from desktop.domain.head import Kind
from desktop.domain.project import Guarantee, ProjectClass
from desktop.ui.documents import approval
from desktop.ui.documents.actions import Act
from desktop.ui.performance import page as page_module
from desktop.ui.performance.new_project import NewProject, NewProjectQuestion
from desktop.ui.performance.problem_rows import GOAL, PROJECT
from desktop.usecases.hand_over import present, send_back
from tests.ui.payment_keys import CTRL, Key, Person
from tests.ui.planning_fixture import YEAR, library

__all__ = ["library"]


@pytest.fixture
def person() -> Person:
    return Person()


def project_of(library):
    return library.stored(Kind.PROJECT)[0].content


def test_first_project_is_begun_from_an_empty_page_and_opens_its_form(library, person, monkeypatch):
    window, bench = library.bench()
    assert "还没有项目" in bench.empty._sentence.text()
    given = NewProject("沙区苗圃建设", ProjectClass.T, "2130217")
    monkeypatch.setattr(page_module, "ask_project", lambda functions, parent: given)
    window.page("performance").setFocus()
    bench.projects.list.setFocus()
    person.presses_key(Key.Key_N, CTRL)
    library.settle()
    project = project_of(library)
    assert (project.name, project.function_code, project.head.key) == ("沙区苗圃建设", "2130217", "L-219001-1")
    assert library.stored(Kind.GOAL)[0].content.project_key == project.head.key
    assert bench.tabs.key() == PROJECT
    assert bench.projects.model.entries[0].name == "沙区苗圃建设"


def test_new_project_needs_a_name_before_it_can_be_begun(qtbot):
    question = NewProjectQuestion(())
    qtbot.addWidget(question)
    assert not question.buttons["go"].isEnabled()
    question.name.setText("沙区苗圃建设")
    assert question.buttons["go"].isEnabled()
    question.buttons["go"].click()
    assert question.given() == NewProject("沙区苗圃建设", ProjectClass.T, "")


def test_class_without_a_goal_says_that_none_is_filled_in(library):
    library.project("公用经费")
    _, bench = library.bench()
    assert "不填绩效目标" in bench.empty._sentence.text()
    assert bench.begin.isHidden()
    assert library.stored(Kind.GOAL) == []


def test_fields_are_saved_as_they_are_left(library, person):
    library.project(filled=False)
    _, bench = library.bench()
    bench.show_tab(PROJECT)
    form = bench.form
    for field, text in ((form.texts["name"], "沙化土地综合整治"), (form.texts["phone"], "0482-8219002"),
                        (form.years["end_year"], "2028年"), (form.rank, "3")):
        field.setFocus()
        field.selectAll()
        person.types(text)
        person.presses_key(Key.Key_Tab)
    form.guarantee.setFocus()
    person.presses_key(Key.Key_Space)
    form.guarantee._pick(form.guarantee._all[2])
    form.flags["procurement"].click()
    library.settle()
    project = project_of(library)
    assert (project.name, project.phone) == ("沙化土地综合整治", "0482-8219002")
    assert (project.end_year, project.priority_rank) == (2028, 3)
    assert project.guarantee is Guarantee.OPERATION
    assert project.procurement
    assert library.stored(Kind.GOAL)[0].content.project_name == "沙化土地综合整治"


def test_plan_by_year_makes_the_total_and_the_goals_amount(library, person):
    library.project(filled=False)
    _, bench = library.bench()
    bench.show_tab(PROJECT)
    form = bench.form
    form.plan_sheet.view.go_to(0, "year")
    for text in ("2027", "一般公共", "bjcl", "60万"):
        person.enters(text)
    library.settle()
    project = project_of(library)
    assert project.total == Decimal("600000.00")
    assert project.year_amount(YEAR) == Decimal("600000.00")
    assert library.stored(Kind.GOAL)[0].content.year_total == Decimal("600000.00")
    person.presses_key(Key.Key_Z, CTRL)
    library.settle()
    assert project_of(library).total == 0


def test_bases_are_typed_and_removed(library, person):
    library.project()
    _, bench = library.bench()
    bench.show_tab(PROJECT)
    view = bench.form.basis_sheet.view
    view.go_to(1, "name")
    for text in ("旗委农村工作会议纪要", "〔2026〕3号", "第五条"):
        person.enters(text)
    library.settle()
    assert [one.number for one in project_of(library).basis] == ["林规发〔2023〕1号", "〔2026〕3号"]
    view.go_to(0, "name")
    person.presses_key(Key.Key_Delete, CTRL)
    library.settle()
    assert [one.name for one in project_of(library).basis] == ["旗委农村工作会议纪要"]


def test_wrong_year_stays_as_typed_and_marked(library, person):
    library.project()
    _, bench = library.bench()
    bench.show_tab(PROJECT)
    field = bench.form.years["end_year"]
    field.setFocus()
    field.selectAll()
    person.types("27")
    person.presses_key(Key.Key_Tab)
    library.settle()
    assert field.text() == "27"
    assert "四位数" in field.error()
    assert project_of(library).end_year == YEAR


def test_findings_stand_beside_their_fields(library):
    library.project(filled=False, goal=False)
    _, bench = library.bench()
    bench.show_tab(PROJECT)
    bench._open_problems()
    rules = {one.rule for one in bench.problems.rows()}
    assert {"B-12", "B-15", "B-16"} <= rules
    row = next(one for one in bench.problems.rows() if one.where == "project:plan")
    bench.show_tab(GOAL)
    bench.go_to(row.where)
    assert bench.tabs.key() == PROJECT
    bench.session.change_project(replace(bench.session.project, name="2027年治沙"), "x")
    library.settle()
    assert "年份" in bench.form.texts["name"].error()


def test_choosing_another_project_keeps_what_was_typed_last(library, person):
    library.project("退化草原生态修复治理")
    library.project()
    _, bench = library.bench()
    first = bench.session.project.head.doc_id
    bench.show_tab(PROJECT)
    field = bench.form.texts["bureau_office"]
    field.setFocus()
    person.types("农业农村股")
    row = next(at for at, one in enumerate(bench.projects.model.entries) if one.doc_id != first)
    bench.projects.list.setCurrentIndex(bench.projects.model.index(row))
    library.settle()
    assert bench.session.project.head.doc_id != first
    stored = next(one.content for one in library.stored(Kind.PROJECT) if one.head.doc_id == first)
    assert stored.bureau_office == "农业农村股"


def test_returned_goal_is_opened_again_as_its_next_revision(library):
    made = library.project()
    ids = [made.project.head.doc_id, made.goal.head.doc_id]
    library.do(lambda books: present(books, library.seat("zhangli"), ids))
    for doc_id in ids:
        library.do(lambda books, doc_id=doc_id: send_back(books, library.seat("liqiang"), doc_id, "目标值偏低"))
    _, bench = library.bench()
    assert "目标值偏低" in bench.bands.standing.text()
    assert bench.session.goal_editable()
    assert {one.state for kind in (Kind.PROJECT, Kind.GOAL) for one in library.stored(kind)} == {State.DRAFT}


def test_open_by_id_shows_the_goal_or_the_form(library):
    made = library.project()
    other = library.project("退化草原生态修复治理")
    window, bench = library.bench()
    page = window.page("performance")
    page.open(other.project.head.doc_id)
    library.settle()
    assert (bench.session.project.name, bench.tabs.key()) == ("退化草原生态修复治理", PROJECT)
    page.open(made.goal.head.doc_id)
    library.settle()
    assert (bench.session.project.name, bench.tabs.key()) == ("沙化土地综合治理", GOAL)


def test_enter_walks_from_field_to_field(library, person):
    library.project(filled=False)
    _, bench = library.bench()
    bench.show_tab(PROJECT)
    form = bench.form
    form.texts["responsible"].setFocus()
    form.texts["responsible"].selectAll()
    person.enters("斯琴")
    assert form.texts["phone"].hasFocus()
    person.enters("0482-1")
    assert form.texts["bureau_office"].hasFocus()
    library.settle()
    assert (project_of(library).responsible, project_of(library).phone) == ("斯琴", "0482-1")


def test_goal_returned_by_the_bureau_is_opened_again_with_its_project(library):
    library.project()
    for kind in (Kind.PROJECT, Kind.GOAL):
        library.put_state(kind, State.RETURNED, "目标值偏低")
    _, bench = library.bench()
    assert "目标值偏低" in bench.bands.standing.text()
    assert not bench.session.goal_editable()
    bench.bands.reopen.click()
    library.settle()
    assert bench.session.goal_editable()
    assert {one.head.revision for kind in (Kind.PROJECT, Kind.GOAL) for one in library.stored(kind)} == {2}


def test_accepted_project_and_goal_are_read_only(library):
    library.project()
    for kind in (Kind.PROJECT, Kind.GOAL):
        library.put_state(kind, State.ACCEPTED)
    _, bench = library.bench()
    assert "财政已接收" in bench.bands.standing.text()
    assert not bench.picker.isVisible()
    assert bench.form.texts["name"].isReadOnly()
    assert bench.goal_pane.year.area.isReadOnly()


def test_picked_indicator_knows_last_years_target(library):
    made = library.project()
    _, bench = library.bench()
    line = made.goal.lines[0]
    library.settle()
    bench.session.change_goal(replace(made.goal, lines=made.goal.lines[1:]), "x")
    library.settle()
    before = replace(made.goal, lines=(replace(line, target="0.9"),))
    bench.session.look = replace(bench.session.look, last=before)
    bench.picker.search.setText("沙化土地治理面积")
    library.settle()
    bench.picker._pick()
    library.settle()
    again = next(one for one in library.stored(Kind.GOAL)[0].content.lines if one.indicator_code == line.indicator_code)
    assert again.last_target == "0.9"


def test_project_is_made_void_together_with_its_goal(library, monkeypatch):
    library.project()
    _, bench = library.bench()
    monkeypatch.setattr(approval, "ask", lambda *rest, **more: "go")
    bench.take(Act.VOID)
    library.settle()
    assert library.stored(Kind.PROJECT) == library.stored(Kind.GOAL) == []
    assert "还没有项目" in bench.empty._sentence.text()


def test_goal_alone_is_never_made_void(library):
    library.project()
    library.put_state(Kind.PROJECT, State.ACCEPTED)
    library.put_state(Kind.GOAL, State.RETURNED, "目标值偏低")
    _, bench = library.bench()
    assert bench.stepping.acts() == (Act.REOPEN,)


def test_what_is_being_typed_stays_when_an_earlier_field_is_saved(library, person):
    library.project()
    _, bench = library.bench()
    bench.show_tab(PROJECT)
    bench.form.texts["name"].setFocus()
    bench.form.texts["name"].selectAll()
    person.types("沙化土地治理二期")
    bench.form.texts["phone"].setFocus()  # leaves the name, which is being saved now
    bench.form.texts["phone"].selectAll()
    person.types("0482")
    library.settle()
    assert bench.form.texts["phone"].text() == "0482"
    assert library.stored(Kind.PROJECT)[0].content.name == "沙化土地治理二期"
