"""The list of vouchers: tabs, search, ticks, and steps on many with one PIN."""

import pytest

from desktop.domain.document import State
from desktop.ui.documents import list_work, signing
from desktop.ui.documents.actions import Act
from tests.ui.conftest import clipped
from tests.ui.payment_fixture import PIN, Office, office
from tests.ui.payment_keys import CTRL, Key, Person

__all__ = ["office"]

PRINTING = {"quota": "Q-DAILY", "payee": 2, "amount": "12800.00", "purpose": "宣传册印刷", "code": "30202"}
SEEDS = {"quota": "Q-SAND", "payee": 3, "amount": "36500.00", "purpose": "柠条籽款", "code": "30218"}


@pytest.fixture
def person() -> Person:
    return Person()


def shown(page, key: str) -> list[object]:
    source = page.list.source
    return [source.value(row, key) for row in range(source.row_count())]


def counts(page) -> dict[str, int | None]:
    return {tab.key: tab.count for tab in page.list.tabs._tabs}


def tick(page, *rows: int) -> None:
    for row in rows:
        page.list.sheet.view.blocks.toggle([row], "tick")


def test_tabs_count_and_choose_by_state(office):
    office.voucher()
    office.voucher(invoiced=False, purpose="费用")
    office.presented(**PRINTING)
    _, page = office.window()
    assert {key: count for key, count in counts(page).items() if count} == {
        "ALL": 3, "DRAFT": 1, "ERRORS": 1, "PRESENTED": 1}
    page.open("tab:PRESENTED")
    office.settle()
    assert shown(page, "number") == ["000003"]
    assert counts(page)["ALL"] == 3


def test_rows_show_names_instead_of_codes(office):
    office.checked(**PRINTING)
    _, page = office.window()
    source = page.list.source
    assert source.value(0, "state") == "to_sign|待签章"
    assert source.value(0, "economic").name == "印刷费"
    assert source.value(0, "people") == "张丽 / 李强"
    assert source.value(0, "date") == "11-20"
    assert source.total("amount") == source.value(0, "amount")


def test_search_narrows_the_list_and_enter_leads_into_it(office, person):
    office.voucher()
    office.voucher(**PRINTING)
    _, page = office.window()
    page.list.search.setFocus()
    person.enters("印刷")
    office.settle()
    assert shown(page, "purpose") == ["宣传册印刷"]
    assert person.at() is page.list.sheet.view
    with office.qtbot.waitSignal(page.ready):
        person.presses_key(Key.Key_Return)
    office.settle()
    assert [editor.session.voucher.purpose for editor in page._editors.values()] == ["宣传册印刷"]


def test_empty_list_offers_the_one_next_step(office, person):
    _, page = office.window()
    empty = page.list._stack.currentWidget()
    assert empty is page.list._nothing
    with office.qtbot.waitSignal(page.ready):
        page.list._empty_new.click()
    office.settle()


def test_search_without_a_hit_offers_to_clear_it(office):
    office.voucher()
    _, page = office.window()
    page.list.search.setText("没有的收款人")
    office.qtbot.waitUntil(lambda: page.list._stack.currentWidget() is page.list._no_hit)
    page.list._empty_clear.click()
    office.settle()
    assert page.list.source.row_count() == 1


def test_space_ticks_and_escape_takes_the_ticks_away(office, person):
    office.voucher()
    office.voucher(**PRINTING)
    _, page = office.window()
    view = page.list.sheet.view
    view.setFocus()
    assert not page.list.bulk.isVisible()
    person.presses_key(Key.Key_Space)
    assert len(page.list.source.ticked()) == 1
    assert page.list.bulk.isVisible()
    person.presses_key(Key.Key_A, CTRL)
    assert len(page.list.source.ticked()) == 2
    person.presses_key(Key.Key_Escape)
    assert page.list.source.ticked() == []
    assert not page.list.bulk.isVisible()


def test_ticks_follow_their_vouchers_when_the_list_changes(office):
    first = office.voucher()
    _, page = office.window()
    tick(page, 0)
    office.voucher(**PRINTING)
    page.refresh()
    office.settle()
    assert [row.doc_id for row in page.list.source.ticked()] == [first.head.doc_id]


def test_many_are_handed_over_and_the_wrong_ones_stay_with_their_reasons(office):
    good, bad = office.voucher(), office.voucher(**PRINTING, invoiced=False)
    _, page = office.window()
    tick(page, 0, 1)
    page.list.take(Act.PRESENT)
    office.settle()
    assert office.stored(good).state is State.PRESENTED
    assert office.stored(bad).state is State.DRAFT
    assert page.list.notice.isVisible()
    assert "000002" in page.list.notice.text()
    assert "发票" in page.list.notice.text()


def test_many_are_checked_with_one_pin(office, monkeypatch):
    one, two = office.presented(), office.presented(**PRINTING)
    office.sit("liqiang")
    _, page = office.window()
    asked = []

    def secret(title, body, **_):
        asked.append((title, body))
        return PIN

    monkeypatch.setattr(signing, "ask_secret", secret)
    tick(page, 0, 1)
    page.list.take(Act.CHECK)
    office.settle()
    assert [office.stored(made).state for made in (one, two)] == [State.CHECKED, State.CHECKED]
    assert len(asked) == 1
    assert "2 张" in asked[0][0]
    assert "19,280.00" in asked[0][1]


def test_many_are_taken_back_after_a_question(office, monkeypatch):
    one, two = office.presented(), office.checked(**PRINTING)
    _, page = office.window()
    replies = ["keep", "go"]
    monkeypatch.setattr(list_work, "ask", lambda *_, **__: replies.pop(0))
    tick(page, 0, 1)
    page.list.take(Act.RECALL)
    office.settle()
    assert office.stored(one).state is State.PRESENTED
    page.list.take(Act.RECALL)
    office.settle()
    assert [office.stored(made).state for made in (one, two)] == [State.DRAFT, State.DRAFT]


@pytest.mark.parametrize(("person_id", "words"), [
    ("zhangli", {"送复核 1 张", "撤回 2 张", "删除 1 张"}),
    ("liqiang", {"复核通过 1 张"}),
    ("wangzhiyuan", {"签章 1 张"}),
    ("batu", set()),
])
def test_bar_offers_only_what_the_post_may_do(office, person_id, words):
    office.voucher()
    office.presented(**PRINTING)
    office.checked(**SEEDS)
    office.sit(person_id)
    _, page = office.window()
    page.list.source.tick_all()
    page.list._ticked()
    from_bar = {button.text() for button in page.list.bulk.findChildren(type(page.list._new)) if button.isVisible()}
    assert from_bar - {"取消选择"} == words


def test_checker_has_no_button_for_new_vouchers(office):
    office.presented()
    office.sit("liqiang")
    _, page = office.window()
    assert not page.list._new.isVisible()


def test_list_shows_what_a_tab_changed(office):
    window, page = office.window()
    made = office.voucher()
    editor = office.open(page, made.head.doc_id)
    editor.take(Act.PRESENT)
    office.settle()
    window.show_list("voucher")
    office.settle()
    assert shown(page, "state") == ["to_check|待复核"]


def test_voucher_that_is_open_is_brought_to_the_front_not_opened_twice(office):
    window, page = office.window()
    made = office.voucher()
    editor = office.open(page, made.head.doc_id)
    window.show_list("voucher")
    page.open(made.head.doc_id)
    office.settle()
    assert editor.isVisible()
    assert len(page._editors) == 1


def test_list_model_is_a_sound_model(office, qtmodeltester):
    office.voucher()
    _, page = office.window()
    qtmodeltester.check(page.list.model)


@pytest.mark.parametrize(("width", "height"), [(1093, 557), (1366, 697), (1920, 1040)])
def test_nothing_of_the_list_is_clipped(office: Office, picture, width, height):
    office.voucher()
    office.voucher(invoiced=False, purpose="费用")
    office.checked(**PRINTING)
    office.signed(**SEEDS)
    window, page = office.window(width, height)
    assert clipped(window) == []
    page.list.source.tick_all()
    page.list.model.refresh()
    page.list._ticked()
    assert clipped(window) == []
    picture(window, f"list_{width}x{height}")
