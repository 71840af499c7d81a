"""The list of projects beside the goal: searched, narrowed, handed over together."""

from dataclasses import replace

import pytest

from desktop.domain.document import State
from desktop.domain.head import Kind
from desktop.ui.performance import page as page_module
from desktop.usecases.write_document import create
from tests.ui.payment_keys import Key, Person
from tests.ui.planning_fixture import library

__all__ = ["library"]
NAMES = ("草原防火", "林区道路", "苗圃更新", "湿地巡护", "古树保护", "野生动物救护", "病虫害防治", "林业站修缮")


@pytest.fixture
def person() -> Person:
    return Person()


def more_projects(library, made) -> None:
    """Store eight more projects without a goal."""

    def work(books):
        for at, name in enumerate(NAMES):
            head = replace(made.project.head, doc_id=f"more-{at}", key=f"L-219001-9{at}")
            create(books, library.seat("zhangli"), replace(made.project, head=head, name=name))

    library.do(work)


def test_a_long_list_is_searched_by_letters_and_narrowed(library, person):
    made = library.project()
    _, bench = library.bench()
    assert not bench.projects.search.isVisible()  # one project is found without a search
    more_projects(library, made)
    library.context.changed.emit("documents")
    library.settle()
    assert bench.projects.search.isVisible()
    bench.projects.search.setFocus()
    person.types("lqdl")
    library.settle()
    assert [one.name for one in bench.projects.model.entries] == ["林区道路"]
    bench.projects.search.setText("保护")
    assert [one.name for one in bench.projects.model.entries] == ["古树保护"]
    person.presses_key(Key.Key_Return)
    library.settle()
    assert bench.projects.list.hasFocus()
    assert bench.session.project.name == "古树保护"
    bench.projects.search.clear()
    assert bench.projects.filters["empty"].text() == "未填 8"
    bench.projects.filters["open"].click()
    assert {one.name for one in bench.projects.model.entries} == set(NAMES)  # all lack their goal
    assert bench.projects._title._note.text() == "8/9 个"


def test_projects_that_are_ready_go_to_the_checker_together(library, monkeypatch):
    made = library.project()

    def work(books):
        seat = library.seat("zhangli")
        head = replace(made.project.head, doc_id="second", key="L-219001-90")
        second = replace(made.project, head=head, name="退化草原生态修复治理", priority_rank=2)
        goal = replace(made.goal, head=replace(made.goal.head, doc_id="second-goal", key=f"{head.key}@2027"),
                       project_key=head.key, project_name=second.name)
        create(books, seat, second)
        create(books, seat, goal)

    library.do(work)
    _, bench = library.bench()
    asked = []
    monkeypatch.setattr(page_module, "ask", lambda title, body, verbs, **more: asked.append((title, body)) or "go")
    ready = [entry.name for entry in bench.projects.entries if not entry.errors]
    assert len(ready) == 2, bench.projects.entries
    bench.tools.more.menu.actions()
    next(one for one in bench.tools.more.menu.actions() if one.text().startswith("填好的 2 个")).trigger()
    library.settle()
    assert asked[0][0] == "送复核 2 个项目"
    assert {one.state for kind in (Kind.PROJECT, Kind.GOAL) for one in library.stored(kind)} == {State.PRESENTED}
    assert library.said[0].startswith("已送复核 2 个项目")
