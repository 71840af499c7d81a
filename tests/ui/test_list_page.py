"""What every list of documents does: filters, the bin, long lists, and its states."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QApplication

from desktop.domain.document import Document, State
from desktop.domain.fault import Fault
from desktop.ui.documents import list_page, list_work
from desktop.ui.documents.actions import Act
from desktop.usecases.lists import BIN, ListFilter
from tests.ui.conftest import clipped
from tests.ui.payment_fixture import Office, office
from tests.ui.payment_keys import CTRL, Key, Person

__all__ = ["office"]

PRINTING = {"quota": "Q-DAILY", "payee": 2, "amount": "12800.00", "purpose": "宣传册印刷", "code": "30202"}
MANY = 10_000


@pytest.fixture
def person() -> Person:
    return Person()


@pytest.fixture
def yes(monkeypatch):
    """Answer every question with its first verb; return what was asked."""
    asked = []

    def ask(title, body, verbs, **more):
        asked.append((title, body, more.get("default")))
        return verbs[0].key

    monkeypatch.setattr(list_work, "ask", ask)
    return asked


def numbers(page) -> list[object]:
    source = page.list.source
    return [source.value(row, "number") for row in range(source.row_count())]


def count(page, key: str) -> int:
    return page.list.tabs.count_of(key)


def write_many(office: Office, many: int) -> None:
    """Put copies of one voucher into the books as a unit of many years would have them."""
    pattern = office.voucher()

    def work(books):
        with books:
            for at in range(many - 1):
                head = replace(pattern.head, doc_id=f"copy-{at}", key=f"219001-2026-{at + 2:06d}")
                content = replace(pattern, head=head, amount=Decimal(at + 1), evouchers=(),
                                  payee=replace(pattern.payee, name=f"收款人{at % 97}"))
                states = (State.DRAFT, State.ACCEPTED, State.PAID)
                made = Document(content, books.documents.digest(content), states[at % 3], updated_at="2026-11-20")
                books.documents.put(made, by="zhangli", why="导入", at="2026-11-20T09:00:00+08:00")
            books.commit()

    office.do(work)


def test_initials_find_a_payee(office):
    office.voucher()
    office.voucher(**PRINTING)
    _, page = office.window()
    page.list.search.setText("mengyuan")
    page.list.search.setText("myyw")
    office.qtbot.waitUntil(lambda: page.list.source.row_count() == 1)
    office.settle()
    assert numbers(page) == ["000002"]


def test_conditions_narrow_list_counts_and_total_and_each_chip_takes_its_own_away(office):
    office.voucher()
    office.voucher(**PRINTING)
    _, page = office.window()
    page.list.filters.card.taken.emit(ListFilter(amount_from=Decimal("10000.00"), date_from="2026-11-01"))
    office.settle()
    assert numbers(page) == ["000002"]
    assert count(page, "ALL") == 1
    assert page.list.source.total("amount") == Decimal("12800.00")
    chips = [chip for chip in page.list.filters.findChildren(type(page.list.filters.clear))
             if chip.text().startswith("金额")]
    chips[0].click()
    office.settle()
    assert len(numbers(page)) == 2
    assert page.list.filters.filter() == ListFilter(date_from="2026-11-01")


def test_a_day_that_is_none_is_told_beside_its_field(office):
    office.voucher()
    _, page = office.window()
    card = page.list.filters.card
    page.list.filters.button.click()
    card.first.setText("13月40日")
    card.apply.click()
    assert card.first.error()
    assert card.isVisible()
    card.first.setText("1118")
    card.apply.click()
    office.settle()
    assert page.list.filters.filter().date_from == "2026-11-18"


def test_heads_sort_in_the_database(office):
    office.voucher()
    office.voucher(**PRINTING)
    _, page = office.window()
    page.list.sheet.view.sort_requested.emit("amount")
    office.settle()
    assert numbers(page) == ["000002", "000001"]
    page.list.sheet.view.sort_requested.emit("amount")
    office.settle()
    assert numbers(page) == ["000001", "000002"]


def test_a_deleted_draft_lies_in_the_bin_and_comes_back_to_the_byte(office, person, yes):
    made = office.voucher()
    before = office.do(lambda books: _bytes(books, made))
    _, page = office.window()
    page.list.sheet.view.setFocus()
    person.presses_key(Key.Key_Delete)
    office.settle()
    assert yes[0][0] == "要删除“公务用车维修保养”吗？"
    assert yes[0][2] == "keep"
    assert (count(page, "ALL"), count(page, BIN)) == (0, 1)
    page.list.show_tab(BIN)
    office.settle()
    assert page.list.source.value(0, "state") == "void|还剩 30 天"
    page.list.tick_all()
    page.list.take(Act.RESTORE)
    office.settle()
    assert office.stored(made).state is State.DRAFT
    assert office.do(lambda books: _bytes(books, made)) == before
    assert (count(page, "ALL"), count(page, BIN)) == (1, 0)


def test_the_toast_takes_a_deletion_back(office, yes):
    made = office.voucher()
    said = []
    office.context.say_through(lambda text, kind="ok", **more: said.append((text, more)))
    _, page = office.window()
    page.list.delete()
    office.settle()
    assert said[-1][1]["action"] == "撤销"
    said[-1][1]["call"]()
    office.settle()
    assert office.stored(made).state is State.DRAFT


def test_what_is_on_its_way_cannot_be_deleted(office, yes):
    made = office.presented()
    _, page = office.window()
    page.list.delete()
    office.settle()
    assert yes == []
    assert office.stored(made).state is State.PRESENTED


def test_those_that_stayed_can_be_seen_alone(office):
    office.voucher()
    office.voucher(**PRINTING, invoiced=False)
    _, page = office.window()
    page.list.tick_all()
    page.list.take(Act.PRESENT)
    office.settle()
    assert page.list.notice.isVisible()
    page.list._show_failed.click()
    office.settle()
    assert numbers(page) == ["000002"]
    page.list.filters.clear.click()
    office.settle()
    assert len(numbers(page)) == 2


def test_f8_lists_every_problem_and_leads_to_its_cell(office, person):
    office.voucher()
    office.voucher(**PRINTING, invoiced=False)
    _, page = office.window()
    page.list.sheet.view.setFocus()
    person.presses_key(Key.Key_F8)
    office.settle()
    rows = page.list.problems.rows()
    assert {row.where.split("|")[0] for row in rows if row.level == "error"} == {page.list.source.hit(0).doc_id}
    assert all("000002" in row.place for row in rows if row.level == "error")
    with office.qtbot.waitSignal(page.ready):
        page.list.problems.opened.emit(rows[0].where)
    office.settle()


def test_a_list_that_cannot_be_read_says_why_and_tries_again(office, monkeypatch):
    office.voucher()

    def broken(*_, **__):
        raise Fault("DISK_FAILED", folder="D:")

    reading = list_page.list_page
    monkeypatch.setattr(list_page, "list_page", broken)
    _, page = office.window()
    states = page.list._states
    assert states.currentWidget() is states.broken
    assert states.error.text()
    states._copy.click()
    assert states.error.text() in QApplication.clipboard().text()
    monkeypatch.setattr(list_page, "list_page", reading)
    states.again.emit()
    office.settle()
    assert numbers(page) == ["000001"]


def test_a_slow_list_shows_bars_then_words_and_can_be_stopped(office, monkeypatch):
    office.voucher()
    _, page = office.window()
    states, said = page.list._states, page.list._states.reading
    started = []
    monkeypatch.setattr(page.list._context, "run_job", lambda *_, **__: started.append(1) or _Waiting())
    states.setCurrentWidget(states.nothing)
    page.list.refresh()
    assert states.currentWidget() is said
    assert not said.bars_shown()
    said._first.timeout.emit()
    assert said.bars_shown()
    assert not said.words_shown()
    said._second.timeout.emit()
    assert said.words_shown()
    assert "正在读取 1 行" in said.accessibleName()
    said._stop.click()
    assert states.currentWidget() is states.broken
    assert "没有改动" in states.error.text()


def test_ten_thousand_vouchers_are_counted_added_up_and_ticked(office):
    write_many(office, MANY)
    _, page = office.window(1366, 700)
    source = page.list.source
    assert source.row_count() == count(page, "ALL") == MANY
    assert source.total("amount") == sum(range(1, MANY), Decimal("6480.00"))
    assert page.list.complete()
    assert source.value(MANY - 1, "number") == "000001"
    page.list.tick_all()
    assert len(source.ticked()) == MANY
    assert page.list.segments()[0].value == f"{source.total('amount'):,.2f}"
    page.list.show_tab("DONE")
    office.settle()
    assert source.row_count() == count(page, "DONE") == 3333


@pytest.mark.parametrize(("width", "height"), [(1093, 557), (1366, 697), (1920, 1040)])
def test_no_tool_of_the_list_is_clipped(office, picture, width, height):
    office.voucher()
    office.voucher(**PRINTING, invoiced=False)
    window, page = office.window(width, height)
    page.list.filters.card.taken.emit(
        ListFilter(date_from="2026-11-01", amount_from=Decimal("100.00"), maker="zhangli"))
    office.settle()
    page.list.examine()
    office.settle()
    assert clipped(window) == []
    picture(window, f"list_filtered_{width}x{height}")


def test_an_empty_tab_says_what_it_would_hold_and_leads_to_all(office):
    office.voucher()
    _, page = office.window()
    states = page.list._states
    page.list.show_tab(BIN)
    office.settle()
    assert states.currentWidget() is states.empty_tab
    assert "回收站是空的" in states.empty_tab.sentence()
    page.list.show_tab("RETURNED")
    office.settle()
    assert states.empty_tab.sentence() == "没有“已退回”的支付申请。"
    states.every.click()
    office.settle()
    assert numbers(page) == ["000001"]


def test_ctrl_a_ticks_all_and_escape_none(office, person):
    office.voucher()
    office.voucher(**PRINTING)
    _, page = office.window()
    page.list.sheet.view.setFocus()
    person.presses_key(Key.Key_A, CTRL)
    assert len(page.list.source.ticked()) == 2
    page.list.sheet.view.head.check_clicked.emit("tick")
    assert page.list.source.ticked() == []


class _Waiting:
    """A job that never ends."""

    def cancel(self) -> None:
        return None


def _bytes(books, made) -> bytes:
    with books:
        return books.documents.bytes_of(made.head.doc_id)


def test_the_bin_forgets_after_thirty_days(office, yes):
    office.voucher()
    _, page = office.window()
    page.list.delete()
    office.settle()
    services = office.context.services
    office.context.services = replace(services, today=lambda: date(2026, 12, 19))
    page.refresh()
    office.settle()
    assert count(page, BIN) == 1
    office.context.services = replace(services, today=lambda: date(2026, 12, 20))
    page.refresh()
    office.settle()
    assert count(page, BIN) == 0
