"""什么变了: what an update brought, changed and withdrew, by the keyboard; who uses it; what takes its place."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget

from desktop.domain.document import State
from desktop.domain.fault import Fault
from desktop.domain.goal import GoalLine, PerformanceGoal
from desktop.domain.head import Kind
from desktop.domain.library_changes import ChangeKind
from desktop.ui.app.searching import library_hits
from desktop.ui.importing.exporting import Heading, table_of
from desktop.ui.kit import typography
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.tokens import BASE_SIZES
from desktop.ui.performance import changes
from desktop.ui.performance.bench import Bench
from desktop.ui.performance.changes import LibraryChanges
from desktop.ui.performance.changes_news import LibraryNews
from desktop.ui.performance.changes_opening import KEY, open_changes
from desktop.ui.performance.changes_rows import FORMS
from desktop.ui.performance.line_news import ChangesDialog, LineNews
from desktop.ui.performance.problem_rows import GOAL
from desktop.ui.shell.main_window import MainWindow
from desktop.usecases.apply_answer import apply_snapshot
from desktop.usecases.library_changes import library_standing
from desktop.usecases.ports import Books
from tests.ui.app_fixture import Shown, rehearsal
from tests.ui.app_fixture import shown as shown_app
from tests.ui.conftest import clipped
from tests.ui.payment_keys import Person
from tests.ui.planning_fixture import Planning, _public, library, person

__all__ = ["library", "person", "rehearsal", "shown_app"]

# Three of the sand project's indicators: one is reworded, one gets another unit, one is closed with a successor.
REWORDED, OTHER_UNIT, CLOSED, HEIR = "HY0307012204", "HY0307012101", "HY0307013301", "HY0307019901"
Record = dict[str, Any]


def second_edition() -> dict[str, Sequence[Record]]:
    """The library of the tests as the bureau's next edition has it."""
    public = {name: [dict(one) for one in _public(False)[name]] for name in ("indicator", "goal_case")}
    by_code = {str(one["code"]): one for one in public["indicator"]}
    changes: dict[str, Record] = {
        REWORDED: {"definition": "当年成活株数占当年全部栽植株数的比例，以秋季抽查为准",
                   "scoring_method": "按比例赋分，及格门槛60%"},
        OTHER_UNIT: {"unit": "公顷"},
        CLOSED: {"effective_to": "2026", "successor": HEIR},
    }
    for code, more in changes.items():
        by_code[code].update(more, version="2026.2")
    heir = {**by_code[CLOSED], "code": HEIR, "name": "沙化土地综合治理率", "initials": "shtdzhzll", "effective_to": "",
            "successor": "", "pinyin": ""}
    new = {**by_code[REWORDED], "code": "HY0307019902", "name": "造林地块当年成林率", "initials": "zldkdncll"}
    public["indicator"] += [heir, new]
    public["goal_case"][0]["year_goal"] = str(public["goal_case"][0]["year_goal"]) + "并按季度通报进度。"
    public["goal_case"][0]["version"] = "2026.2"
    return public


def update(planning: Planning, public: dict[str, Sequence[Record]] | None = None, version: int = 4) -> None:
    """Let the next edition arrive."""

    def work(books: Books) -> None:
        with books:
            apply_snapshot(books, planning.seat("zhangli"), "public", version, public or second_edition())
            books.commit()

    assert planning.do(work) is None


def shown(planning: Planning, width: int = 1366, height: int = 768) -> tuple[MainWindow, LibraryChanges]:
    window = planning.window("performance", lambda context: QWidget(), width, height)
    view = open_changes(window, planning.context)
    planning.settle()
    return window, view


def names(view: LibraryChanges) -> list[str]:
    return [str(view.source.value(row, "title") or "") for row in range(view.source.row_count())]


@pytest.fixture
def updated(library: Planning) -> Planning:
    """A unit with one draft goal that uses three of the indicators that the next edition changes."""
    library.project()
    update(library)
    return library


def test_the_list_is_grouped_by_what_happened(updated: Planning, picture: Callable[[QWidget, str], None]) -> None:
    window, view = shown(updated)
    QAbstractItemModelTester(view.sheet.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    kinds = [one for one in view.source.rows if isinstance(one, ChangeKind)]
    assert kinds == [ChangeKind.ADDED, ChangeKind.CHANGED, ChangeKind.WITHDRAWN]
    assert [view.tabs.count_of(key) for key in ("ALL", "ADDED", "CHANGED", "WITHDRAWN")] == [6, 2, 3, 1]
    assert view.updates.text().startswith("2026.2 版")
    assert view.detail.fields.lines()[0].startswith("类别：")
    picture(window, "changes")


def test_a_withdrawn_one_leads_to_its_successor_and_to_the_goals_that_use_it(
    updated: Planning, picture: Callable[[QWidget, str], None]
) -> None:
    window, view = shown(updated)
    view.sheet.view.select_source(view.source.row_of(CLOSED), 0)
    updated.settle()
    picture(window, "changes-withdrawn")
    assert view.detail.fields.lines() == [
        "最后年度：原（空），现2026", f"接替的指标：原（空），现沙化土地综合治理率（{HEIR}）",
    ]
    opened: list[tuple[str, str]] = []
    updated.context.route_to(lambda page, argument: opened.append((page, argument)))
    press(view.detail, "打开“沙化土地综合治理”的绩效目标")
    goal = updated.stored(Kind.GOAL)[0]
    assert opened == [("performance", goal.head.doc_id)]
    press(view.detail, "打开“沙化土地综合治理率”")
    updated.settle()
    assert view.source.change(view.sheet.view.source_at()[0]).key == HEIR


def test_a_successor_that_is_not_in_the_list_is_shown_beside_it(updated: Planning) -> None:
    _, view = shown(updated)
    view.tabs.choose("WITHDRAWN")
    updated.settle()
    assert names(view) == ["沙化土地治理率"]
    press(view.detail, "打开“沙化土地综合治理率”")
    updated.settle()
    assert any(line.startswith("名称：沙化土地综合治理率") for line in view.detail.fields.lines())
    press(view.detail, "回到“沙化土地治理率”")
    assert view.detail.fields.lines()[0].startswith("最后年度")


def test_old_and_new_text_stand_under_each_other(updated: Planning, picture: Callable[[QWidget, str], None]) -> None:
    window, view = shown(updated)
    view.tabs.choose("CHANGED")
    view.sheet.view.select_source(view.source.row_of(OTHER_UNIT), 0)
    updated.settle()
    assert view.detail.fields.lines() == ["计量单位：原万亩，现公顷"]
    picture(window, "changes-reworded")


def test_the_list_is_narrowed_by_words_level_and_use(updated: Planning) -> None:
    _, view = shown(updated)
    for typed, found in (("gsmm", ["固沙苗木当年成活率"]), (CLOSED, ["沙化土地治理率"]), ("没有这样的", [])):
        view.search.setFocus()
        view.search.setText(typed)
        updated.settle()
        assert [name for name in names(view) if name] == found
    assert not view.no_hit.isHidden()
    view.search.clear()
    view.level.set_code(FORMS)
    view.level.chosen.emit(view.level.choice())
    assert [name for name in names(view) if name] == [second_edition()["goal_case"][0]["project_name"]]
    view._clear()
    view.used.click()
    assert sorted(name for name in names(view) if name) == ["固沙苗木当年成活率", "沙化土地治理率", "沙化土地治理面积"]
    assert view.search.text() == ""


def test_typing_in_the_search_keeps_the_keyboard(updated: Planning, person: Person) -> None:
    window, view = shown(updated)
    view.find_text()
    person.types("shtd")
    updated.settle()
    assert window.focusWidget() is view.search
    person.presses_key(Qt.Key.Key_Return)
    assert window.focusWidget() is view.sheet.view


def test_what_was_read_is_no_news(updated: Planning) -> None:
    news = LibraryNews(updated.context)
    updated.qtbot.addWidget(news)
    updated.settle()
    assert news.link.text() == "指标库 2026.2 版有更新：新增 2、修改 3、停用 1"
    _, view = shown(updated)
    press(view, "标为已读")
    updated.settle()
    assert view.read.isHidden()
    assert news.isHidden()
    assert updated.do(library_standing).news is None


def test_a_reading_that_is_stopped_or_fails_says_so_and_can_be_tried_again(
    updated: Planning, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, view = shown(updated)
    view._reading.stopped.emit()
    assert view._fault.text() == "没有改动任何内容。"
    press(view._broken, "重试")
    updated.settle()
    assert view._body.isVisible()

    def fail(books: Books, version: int) -> None:
        raise Fault("WORKSPACE_DAMAGED")

    monkeypatch.setattr(changes, "look_at_changes", fail)
    view.refresh()
    updated.settle()
    assert view._broken.isVisible()
    assert view._fault.text()


def test_without_an_update_one_sentence_says_so(library: Planning) -> None:
    _, view = shown(library)
    assert not view.nothing.isHidden()
    assert view.read.isHidden()
    assert view.export_table() is view.sheet


def test_the_frame_finds_the_table_for_an_export(updated: Planning) -> None:
    _, view = shown(updated)
    table = table_of(view.export_table(), Heading("指标库更新", "甲旗林业和草原局", "张丽", updated.clock.now()))
    assert [column.title for column in table.columns][:4] == ["变化", "名称", "级别", "改了什么"]
    assert len(table.rows) == 9


SIZES = ((1920, 1040, "标准"), (1366, 697, "标准"), (1093, 557, "特大"))


def test_nothing_is_cut_off(updated: Planning, picture: Callable[[QWidget, str], None]) -> None:
    window, view = shown(updated)
    view.sheet.view.select_source(view.source.row_of(CLOSED), 0)
    for width, height, size in SIZES:
        typography.set_base_size(BASE_SIZES[size])
        window.resize(width, height)
        updated.settle()
        picture(window, f"changes-{width}")
        assert clipped(view) == []


def test_the_search_finds_the_way_and_a_goal_comes_before_the_list(shown_app: Shown) -> None:
    window = shown_app.window
    assert [hit.text for hit in library_hits("smbl")] == ["指标库更新：什么变了"]
    assert library_hits("校舍") == library_hits("什") == []
    window.hit_chosen.emit(library_hits("指标库更新")[0].code)
    shown_app.settle()
    assert (window.current_page(), window.active_document("performance")) == ("performance", KEY)
    goal_id = shown_app.do(_goal_id)
    shown_app.open("goal", goal_id)
    assert window.active_document("performance") != KEY
    window.hit_chosen.emit(library_hits("什么变了")[0].code)
    shown_app.settle()
    assert window.documents()["performance"] == [KEY]


def _goal_id(books: Books) -> str:
    with books:
        return books.documents.of_kind(Kind.GOAL)[0].head.doc_id


# In a draft goal


def goal_bench(planning: Planning, width: int = 1366, height: int = 768) -> tuple[MainWindow, Bench, LineNews]:
    window, bench = planning.bench(width, height)
    bench.show_tab(GOAL)
    planning.settle()
    assert bench.goal_pane is not None
    return window, bench, bench.goal_pane.news


def at_line(planning: Planning, bench: Bench, code: str) -> GoalLine:
    pane = bench.goal_pane
    assert pane is not None
    assert bench.session is not None
    assert bench.session.goal is not None
    place = next(at for at, line in enumerate(bench.session.goal.lines) if line.indicator_code == code)
    pane.go_to(f"lines[{place}].target")
    planning.settle()
    return bench.session.goal.lines[place]


def goal(planning: Planning) -> PerformanceGoal:
    content = planning.stored(Kind.GOAL)[0].content
    assert isinstance(content, PerformanceGoal)
    return content


def line(planning: Planning, code: str) -> GoalLine:
    return next(one for one in goal(planning).lines if one.indicator_code == code)


def test_the_new_edition_is_taken_with_one_step_that_can_be_undone(
    updated: Planning, picture: Callable[[QWidget, str], None]
) -> None:
    window, bench, news = goal_bench(updated)
    before = at_line(updated, bench, REWORDED)
    picture(window, "line-newer")
    assert news.newer.text() == "指标库有新版（2026.2）：改了指标解释、评分方法"
    news.adopt.click()
    updated.settle()
    after = line(updated, REWORDED)
    assert (after.library_version, after.scoring_method) == ("2026.2", "按比例赋分，及格门槛60%")
    assert (after.target, after.weight, after.last_target) == (before.target, before.weight, before.last_target)
    assert news.isHidden()
    bench.session.undo_stack.undo()
    updated.settle()
    assert line(updated, REWORDED) == before


def test_keeping_it_lasts_until_the_next_edition(updated: Planning) -> None:
    _, bench, news = goal_bench(updated)
    before = at_line(updated, bench, REWORDED)
    news.keep.click()
    updated.settle()
    assert line(updated, REWORDED) == replace(before, kept_version="2026.2")
    assert news.isHidden()
    assert "P-01" not in {one.code for one in bench.session.look.goal_problems if before.name in one.facts.values()}
    third = second_edition()
    for one in third["indicator"]:
        if one["code"] == REWORDED:
            one.update(version="2026.3", evidence="第三方抽查报告")
    update(updated, third, 5)
    updated.context.changed.emit("mirrors")
    updated.settle()
    at_line(updated, bench, REWORDED)
    assert not news.newer.isHidden()


def test_another_unit_is_told_because_the_target_may_mean_something_else(updated: Planning) -> None:
    _, bench, news = goal_bench(updated)
    at_line(updated, bench, OTHER_UNIT)
    news.adopt.click()
    updated.settle()
    assert (line(updated, OTHER_UNIT).unit, line(updated, OTHER_UNIT).target) == ("公顷", "1.2")
    assert updated.said[0] == "计量单位由“万亩”改为“公顷”，请核对指标值。"


def test_the_changes_can_be_read_before_deciding(
    updated: Planning, monkeypatch: pytest.MonkeyPatch, picture: Callable[[QWidget, str], None]
) -> None:
    _, bench, news = goal_bench(updated)
    at_line(updated, bench, REWORDED)
    seen: list[list[str]] = []

    def read(dialog: ChangesDialog) -> int:
        dialog.show()
        picture(dialog, "line-dialog")
        seen.append(dialog.fields.lines())
        assert clipped(dialog) == []
        dialog.all.click()
        return 0

    monkeypatch.setattr(ChangesDialog, "exec", read)
    news.look.click()
    updated.settle()
    assert [one.partition("：")[0] for one in seen[0]] == ["指标解释", "评分方法"]
    assert {line(updated, code).library_version for code in (REWORDED, OTHER_UNIT)} == {"2026.2"}
    bench.session.undo_stack.undo()
    updated.settle()
    assert {line(updated, code).library_version for code in (REWORDED, OTHER_UNIT)} == {"2026.1"}


def test_a_closed_indicator_becomes_its_successor_in_one_step(
    updated: Planning, picture: Callable[[QWidget, str], None]
) -> None:
    window, bench, news = goal_bench(updated)
    before = at_line(updated, bench, CLOSED)
    picture(window, "line-closed")
    assert news.take.text() == "换成“沙化土地综合治理率”"
    assert "P-03" in {one.code for one in bench.session.look.goal_problems}
    news.take.click()
    updated.settle()
    after = line(updated, HEIR)
    assert (after.target, after.weight, after.line_id) == (before.target, before.weight, before.line_id)
    assert "P-03" not in {one.code for one in bench.session.look.goal_problems}
    assert news.isHidden()
    bench.session.undo_stack.undo()
    updated.settle()
    assert line(updated, CLOSED) == before


def test_a_successor_in_another_unit_takes_no_target(library: Planning) -> None:
    library.project()
    public = second_edition()
    next(one for one in public["indicator"] if one["code"] == HEIR).update(unit="万亩")
    update(library, public)
    _, bench, news = goal_bench(library)
    at_line(library, bench, CLOSED)
    news.take.click()
    library.settle()
    assert (line(library, HEIR).target, line(library, HEIR).unit) == ("", "万亩")
    assert "请重新填指标值" in library.said[0]


def test_a_code_that_is_gone_still_names_its_successor(library: Planning) -> None:
    library.project()
    update(library)
    gone = second_edition()
    gone["indicator"] = [one for one in gone["indicator"] if one["code"] != CLOSED]
    update(library, gone, 5)
    _, bench, news = goal_bench(library)
    at_line(library, bench, CLOSED)
    assert news.closed.text().startswith("已停用，不在指标库里了")
    assert news.take.text() == "换成“沙化土地综合治理率”"


def test_a_goal_that_was_sent_stays_as_it_is_byte_for_byte(library: Planning) -> None:
    library.project()
    library.put_state(Kind.GOAL, State.SEALED)
    doc_id = library.stored(Kind.GOAL)[0].head.doc_id

    def content(books: Books) -> bytes:
        with books:
            return books.documents.bytes_of(doc_id)

    before = library.do(content)
    update(library)
    _, bench, news = goal_bench(library)
    for state in (State.SEALED, State.SUBMITTED, State.ACCEPTED):
        library.put_state(Kind.GOAL, state)
        library.context.changed.emit("mirrors")
        library.settle()
        at_line(library, bench, CLOSED)
        assert news.isHidden()
        assert not {"P-01", "P-03"} & {one.code for one in bench.session.look.goal_problems}
        bench.session.finish()
        library.settle()
        assert library.do(content) == before


def test_the_line_has_room_for_what_it_says(updated: Planning, picture: Callable[[QWidget, str], None]) -> None:
    window, bench, news = goal_bench(updated)
    for width, height, size in SIZES:
        typography.set_base_size(BASE_SIZES[size])
        window.resize(width, height)
        for code in (REWORDED, CLOSED):
            at_line(updated, bench, code)
            picture(window, f"line-{code}-{width}")
            assert clipped(news) == []


def press(widget: QWidget, name: str) -> None:
    """Click the visible button of this name."""
    found = [one for one in widget.findChildren(Button) if name in (one.text(), one.accessibleName())]
    next(one for one in found if not one.isHidden()).click()
