"""基础资料 by keyboard: every table, a search over all of them, what a code goes with, and the years."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.fault import Fault
from desktop.domain.mirrors import CodeEntry
from desktop.domain.printed.marks import PageSetup
from desktop.exchange.reference import Record, public_datasets
from desktop.texts.problems import describe
from desktop.ui.app.searching import Searching
from desktop.ui.basics import page as module
from desktop.ui.basics.page import BasicsPage
from desktop.ui.basics.shelves import shelves_of
from desktop.ui.help.library import library
from desktop.ui.importing.exporting import Heading, table_of
from desktop.ui.kit import typography
from desktop.ui.kit.buttons import Button
from desktop.ui.printing.engine import measure
from desktop.ui.shell.main_window import MainWindow
from desktop.ui.shell.search_popup import HitGroup
from desktop.ui.shell.state import Officer as ShownOfficer
from desktop.ui.shell.state import ShellState
from desktop.usecases.basics import read_basics
from desktop.usecases.ports import Books
from desktop.usecases.problems_of import problems_of
from tests.ui.conftest import clipped
from tests.ui.payment_fixture import Office, office
from tests.ui.people import UNIT

__all__ = ["office"]


@cache
def shipped() -> Mapping[str, Sequence[Record]]:
    """The tables that ship, as a platform publishes them."""
    found = public_datasets()
    return {name: found[name] for name in BASICS}


def publish(office: Office, datasets: Mapping[str, Sequence[Record]], version: int) -> None:
    """Let a catalogue arrive."""

    def work(books: Books) -> None:
        with books:
            books.exchange.replace_mirror("public", datasets, version)
            books.commit()

    office.do(work)


@pytest.fixture
def opened(office: Office) -> list[tuple[str, str]]:
    """Note which pages are opened."""
    pages: list[tuple[str, str]] = []
    office.context.route_to(lambda page, argument: pages.append((page, argument)))
    return pages


@pytest.fixture
def window(office: Office, qtbot: QtBot) -> MainWindow:
    made = MainWindow(ShellState(UNIT, "甲旗林业和草原局", "#0E7490", 2026, ShownOfficer("x", "张丽", "经办")))
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.add_page("basics", "基础资料", "list", lambda: BasicsPage(office.context, made))
    made.offer_pages(["basics"])
    return made


BASICS = ("code", "code_set", "economic_pair", "expenditure_standard", "asset_standard")


@pytest.fixture
def page(office: Office, window: MainWindow, qtbot: QtBot) -> BasicsPage:
    publish(office, shipped(), 90)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.show_page("basics")
    office.settle()
    made = window.page("basics")
    assert isinstance(made, BasicsPage)
    return made


def look_for(page: BasicsPage, qtbot: QtBot, text: str, *, leave: bool = False) -> None:
    page.side.search.setFocus()
    page.side.search.selectAll()
    if text.isascii():
        qtbot.keyClicks(page.side.search, text)
    else:  # an input method brings it in one piece
        page.side.search.insert(text)
    if leave:
        qtbot.keyClick(page.side.search, Qt.Key.Key_Down)
    else:
        qtbot.waitUntil(lambda: not page._pause.isActive())


def codes(page: BasicsPage) -> list[str]:
    """The codes of the rows that are shown."""
    shelf = page.shelf()
    assert shelf is not None
    model = page.table(shelf).model
    return [shelf.lines[model.source_row(at)].code for at in range(model.shown_count())]


def said(page: BasicsPage) -> str:
    """What the inspector says."""
    QApplication.processEvents()
    return "\n".join(label.text() for label in page.inspector.findChildren(QLabel) if label.isVisible())


def ways(page: BasicsPage) -> dict[str, Button]:
    QApplication.processEvents()
    return {one.text(): one for one in page.inspector.findChildren(Button) if one.text() and one.isVisible()}


def names(page: BasicsPage) -> list[str]:
    return [item.words for item in page.side.model.items if item.key]


def test_every_table_is_listed_with_its_edition_and_count(page: BasicsPage):
    items = {item.words: item for item in page.side.model.items if item.key}
    assert len(items) == 58
    assert (items["支出功能分类"].count, items["支出功能分类"].detail) == ("1,759", "政府收支分类科目（2024年版）")
    assert items["支出标准"].count == "376"
    headings = [item.words for item in page.side.model.items if not item.key]
    assert headings[:3] == ["科目", "标准", "资金与收入"]
    assert page.status()[0][0].value == "1,759 条"


def test_models_keep_the_rules_of_qt(page: BasicsPage, qtbot: QtBot):
    QAbstractItemModelTester(page.side.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    QAbstractItemModelTester(page.tables["codes"].model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for text in ("bgf", "没有的词", "302"):
        look_for(page, qtbot, text)
    page.side.look_for("")


def test_a_search_finds_by_code_name_and_initials(page: BasicsPage):
    for typed, table, found in (
        ("gwjd", "DEPT_ECONOMIC", ["30217"]),
        ("公务接待", "DEPT_ECONOMIC", ["30217"]),
        ("2130217", "FUNCTION", ["2130217"]),
        ("213 防沙", "FUNCTION", ["2130217"]),
        ("ewkz", "REGION", ["150724"]),
        ("5020", "GOV_ECONOMIC", [f"5020{digit}" for digit in range(1, 10)]),
    ):
        page.show_table(table)
        page.side.look_for(typed)
        page._find()
        assert codes(page) == found, typed


def test_typing_narrows_all_tables_and_keeps_the_keyboard(page: BasicsPage, qtbot: QtBot):
    page.show_table("DEPT_ECONOMIC")
    look_for(page, qtbot, "gwjd")
    assert page.side.search.hasFocus()
    assert {"部门经济分类", "政府经济分类", "支出标准"} <= set(names(page))
    assert "支出功能分类" not in names(page)
    qtbot.keyClick(page.side.search, Qt.Key.Key_Return)
    assert page.tables["codes"].sheet.view.hasFocus()
    page.side.search.setFocus()
    qtbot.keyClick(page.side.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(names(page)) == 58)


def test_what_is_only_in_another_table_is_one_button_away(page: BasicsPage, qtbot: QtBot):
    look_for(page, qtbot, "内蒙古")
    assert not page.states.rows_shown()
    assert page.states.other.sentence() == "“支出功能分类”里没有“内蒙古”，在支出标准、行政区划（内蒙古）里找到了。"
    page.states.there.click()
    assert page.shelf().key == "EXPENDITURE_STANDARD"
    assert len(codes(page)) == 15
    look_for(page, qtbot, "没有的词")
    assert "没有找到“没有的词”" in page.states.no_hit.sentence()
    page.states.clear.click()
    qtbot.waitUntil(page.states.rows_shown)


def test_it_opens_at_a_code_of_a_table_or_looks_for_words(page: BasicsPage):
    page.open("FUNCTION/2130217")
    view = page.tables["codes"].sheet.view
    assert view.hasFocus()
    shelf = page.shelf()
    assert shelf.lines[view.source_at()[0]].code == "2130217"
    page.open("差旅")
    assert page.side.search.text() == "差旅"


def test_a_department_code_says_what_it_pairs_with_for_this_unit(page: BasicsPage, qtbot: QtBot):
    page.open("DEPT_ECONOMIC/30211")
    assert page.inspector.isHidden()
    qtbot.keyClick(page.tables["codes"].sheet.view, Qt.Key.Key_Return)
    words = said(page)
    assert "30211 差旅费" in words
    assert "本单位（行政单位）：50201 办公经费" in words
    assert "50502 商品和服务支出" in words
    assert "来源：上海市普陀区 2026 年公开的单位预算" in words
    ways(page)["差旅费 321 条"].click()
    assert page.shelf().key == "EXPENDITURE_STANDARD"
    assert len(codes(page)) == 321
    page.toggle_inspector()
    assert page.inspector.isHidden()


def test_a_code_says_which_codes_of_the_other_table_go_with_it_or_why_none(page: BasicsPage):
    page.open("DEPT_ECONOMIC/30107")
    page.toggle_inspector()
    assert "本单位（行政单位）没有对应的科目。" in said(page)
    assert "只有事业单位发放" in said(page)
    page.open("GOV_ECONOMIC/50204")
    assert "30218 专用材料费\n30224 被装购置费\n30225 专用燃料费" in said(page)
    ways(page)["看对照表"].click()
    assert page.shelf().key == "ECONOMIC_PAIR"


def test_a_code_found_by_the_search_of_the_window_leads_here(
    page: BasicsPage, window: MainWindow, office: Office, opened: list[tuple[str, str]], qtbot: QtBot
):
    said: list[tuple[str, Callable[[], None]]] = []
    office.context.say_through(lambda text, kind, action="", call=None: said.append((f"{text}{action}", call)))
    searching = Searching(window, office.context, readonly=True)
    answers: list[Sequence[HitGroup]] = []
    searching._search("1821", answers.append)
    office.settle()
    (hit,) = answers[0][1].hits
    assert (hit.text, hit.detail) == ("1821 文物资源", "政府会计科目")
    searching._search("30211", answers.append)
    office.settle()
    window.hit_chosen.emit("code:DEPT_ECONOMIC/30211")
    office.settle()
    assert said[0][0] == "已复制编码 30211 差旅费（部门经济分类）。本年还没有支付申请用到它。看说明"
    said[0][1]()
    assert opened == [("basics", "DEPT_ECONOMIC/30211")]


def test_a_standard_says_its_limit_and_where_it_is_paid(page: BasicsPage):
    page.open("ASSET_STANDARD/台式计算机")
    page.toggle_inspector()
    words = said(page)
    assert "5,000.00 元/台" in words
    assert "6 年" in words
    ways(page)["31002 办公设备购置"].click()
    assert page.shelf().key == "DEPT_ECONOMIC"


def choose_year(page: BasicsPage, office: Office, year: int) -> None:
    page._take_year(year)
    office.settle()


def test_another_year_shows_what_was_in_use_then(page: BasicsPage, office: Office):
    assert "2010308" not in codes(page)
    choose_year(page, office, 2023)
    assert "2010308" in codes(page)
    assert page.tools.year_words() == "2023 年"
    choose_year(page, office, 0)
    assert codes(page).count("2130153") == 2
    page.open("FUNCTION/2010308")
    page.toggle_inspector()
    assert "至 2023 年" in said(page)
    assert "2014004 信访业务" in said(page)


def test_the_frames_year_is_the_pages_year(page: BasicsPage, office: Office):
    office.context.show_year(2024)
    office.settle()
    assert page.tools.year_words() == "2024 年"


def test_fewer_levels_show_only_the_upper_codes(page: BasicsPage):
    page.tools.level.set_code("1")
    page._show_rows()
    assert len(codes(page)) == 29
    assert {len(code) for code in codes(page)} == {3}
    page.open("FUNCTION/2130217")
    assert "2130217" in codes(page)


def test_a_new_catalogue_is_read_at_once(page: BasicsPage, office: Office):
    code = {"set": "OWN", "code": "1", "name": "本地代码", "check": "已与文件核对"}
    publish(office, {"code": [code], "code_set": []}, 99)
    office.context.changed.emit("mirrors")
    office.settle()
    assert "代码表 OWN" in names(page)
    page.show_table("OWN")
    page.toggle_inspector()
    assert codes(page) == ["1"]
    assert "已与文件核对" in said(page)


def test_before_the_first_catalogue_there_is_one_sentence_and_one_way(
    page: BasicsPage, office: Office, opened: list[tuple[str, str]]
):
    publish(office, {name: [] for name in BASICS}, 99)
    office.context.changed.emit("mirrors")
    office.settle()
    assert page.states.currentWidget() is page.states.nothing
    page.states.sync.click()
    assert opened == [("sync", "")]
    assert page.export_table() is None
    assert page.reports() == []


def test_a_failure_says_why_and_can_be_tried_again(
    page: BasicsPage, office: Office, monkeypatch: pytest.MonkeyPatch
):
    def fail(books: Books, year: int | None) -> None:
        raise Fault("FILE_DAMAGED", file="x")

    with monkeypatch.context() as broken:
        broken.setattr(module, "read_basics", fail)
        choose_year(page, office, 2025)
    assert page.states.currentWidget() is page.states.broken
    page.states.again.emit()
    office.settle()
    assert page.states.rows_shown()


def test_what_is_shown_is_exported_and_printed(page: BasicsPage, office: Office, qtbot: QtBot):
    page.show_table("DEPT_ECONOMIC")
    look_for(page, qtbot, "费", leave=True)
    sheet = page.export_table()
    made = table_of(sheet, Heading("部门经济分类", "甲旗", "张丽", office.clock.now()))
    assert [column.title for column in made.columns][:3] == ["编码", "名称", "上级"]
    assert len(made.rows) == len(codes(page))
    (report,) = page.reports()

    def laid(books: Books) -> int:
        return len(report.load(books)(PageSetup(), measure))

    assert report.title == "部门经济分类"
    assert office.do(laid) >= 1


def test_help_and_panes_lead_somewhere(page: BasicsPage):
    assert library().knows(page.help_topic())
    assert page.panes()[0] is page.side.search
    assert all(isinstance(pane, QWidget) for pane in page.panes())


def test_nothing_is_cut_off(
    window: MainWindow, page: BasicsPage, picture: Callable[[QWidget, str], None], qtbot: QtBot
):
    for width, height, points in ((1920, 1040, 10.0), (1366, 697, 10.0), (1093, 557, 13.0)):
        typography.set_base_size(points)
        window.resize(width, height)
        page.open("DEPT_ECONOMIC/30211")
        if page.inspector.isHidden():
            page.toggle_inspector()
        qtbot.waitUntil(lambda: clipped(window) == [])
        picture(window, f"basics-{width}-{points:g}")


def test_tables_of_an_older_platform_have_their_names(office: Office):
    publish(office, shipped(), 90)
    basics = office.do(lambda books: read_basics(books, 2026))
    older = replace(basics, sets=tuple(replace(one, name="", group="") for one in basics.sets[:2]), codes={
        "FUNCTION": (
            CodeEntry("FUNCTION", "201", "一般公共服务支出", leaf=False),
            CodeEntry("FUNCTION", "20101", "人大", "201"),
        ),
    })
    found = {shelf.name: shelf for shelf in shelves_of(older)}
    assert list(found) == ["支出功能分类", "部门经济分类", "经济分类对照表", "支出标准", "资产配置标准"]
    assert [line.level for line in found["支出功能分类"].lines] == [0, 1]
    assert found["支出功能分类"].fitting(["人大"]) == [1]
    assert found["支出功能分类"].fitting([], levels=1) == [0]


def test_a_document_is_told_when_its_code_has_ended(office: Office):
    made = office.voucher()
    over = {"to_year": "2025", "successor": "30239"}
    ended = [{**one, **over} if one["code"] == "30231" else one for one in shipped()["code"]]
    publish(office, {**shipped(), "code": ended}, 91)

    def look(books: Books) -> list[str]:
        with books:
            found = problems_of(books, made)
        return [text.sentence + text.advice for text in map(describe, found) if "30231" in text.sentence]

    (said,) = office.do(look)
    assert said.startswith("第 1 行 · 部门经济分类的“30231 公务用车运行维护费”用到 2025 年为止，2026 年不能再用。")
    assert said.endswith("请改用“30239 其他交通费用”。")
