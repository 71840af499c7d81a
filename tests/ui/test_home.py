"""首页: what it says must be done, where its lines lead, for each post."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget

from desktop.domain.document import Post, State
from desktop.domain.head import Kind
from desktop.domain.home_rules import ChecklistEntry, Urgency
from desktop.domain.parameters import Parameters
from desktop.ui.home.cards import time_gone
from desktop.ui.home.checklist import Checklist, lines_of
from desktop.ui.home.reading import reminders
from desktop.ui.home.routing import Route, route_of
from desktop.usecases.ports import DocumentRow
from tests.ui.app_fixture import Shown, rehearsal, shown
from tests.ui.conftest import clipped

__all__ = ["rehearsal", "shown"]

FRIDAY = date(2026, 11, 20)


def entry(key: str, urgency: Urgency = Urgency.INFO, count: str = "2", page: str = "payment") -> ChecklistEntry:
    facts = {"kind": key.rpartition(".")[2], "count": count, "reasons": "账号不符。；用途不具体。"}
    return ChecklistEntry(key, urgency, "info", facts, Decimal("10.00"), None, FRIDAY, page)


def row(kind: Kind, doc_id: str, state: State = State.PRESENTED) -> DocumentRow:
    return DocumentRow(
        doc_id=doc_id, kind=kind, key=f"219001-2026-{doc_id}", fiscal_year=2026, revision=1, state=state, title="校舍",
        amount=Decimal("10.00"), counterpart="甲公司", project_key="", project_name="", economic="", purpose="",
        attachments=0, date="2026-11-20", maker="zhangli", signers=(), problems_count=0, comment="", central_no="",
        updated_at="2026-11-20T09:20:00+08:00",
    )


class TestWhereALineLeads:
    def test_vouchers_go_to_their_tab(self) -> None:
        assert route_of(entry("returned.VOUCHER"), (), Post.MAKER) == Route("voucher", "tab:RETURNED")
        assert route_of(entry("errors.VOUCHER"), (), Post.MAKER) == Route("voucher", "tab:ERRORS")

    def test_the_only_one_that_waits_is_opened_at_once(self) -> None:
        waiting = [row(Kind.GOAL, "g1"), row(Kind.VOUCHER, "v1")]
        assert route_of(entry("to_check.GOAL"), waiting, Post.CHECKER) == Route("performance", "g1")
        assert route_of(entry("to_check.VOUCHER"), waiting, Post.CHECKER) == Route("voucher", "v1")

    def test_several_without_a_list_of_their_own_are_shown_on_the_page(self) -> None:
        waiting = [row(Kind.PROJECT, "p1"), row(Kind.PROJECT, "p2")]
        assert route_of(entry("to_check.PROJECT"), waiting, Post.CHECKER) == Route.WAITING

    def test_what_is_ready_goes_to_the_check_sheet(self) -> None:
        assert route_of(entry("ready", Urgency.READY), (), Post.MAKER) == Route("sync", "check")


class TestTheLines:
    def test_reasons_are_joined_without_doubled_signs(self) -> None:
        line = lines_of([entry("returned.VOUCHER", Urgency.RETURNED)], FRIDAY)[0]
        assert line.reason == "账号不符；用途不具体"
        assert line.due_tone(FRIDAY) == "err"

    def test_their_model_is_sound(self, qtbot) -> None:
        view = Checklist()
        qtbot.addWidget(view)
        QAbstractItemModelTester(view.lines, QAbstractItemModelTester.FailureReportingMode.Fatal)
        view.show_lines(lines_of([entry("returned.VOUCHER"), entry("errors.GOAL")], FRIDAY), FRIDAY)
        assert view.lines.rowCount() == 2

    def test_the_same_line_stays_current_when_they_are_read_again(self, qtbot) -> None:
        view = Checklist()
        qtbot.addWidget(view)
        lines = lines_of([entry("returned.VOUCHER"), entry("errors.GOAL"), entry("drafts.GOAL")], FRIDAY)
        view.show_lines(lines, FRIDAY)
        view.setCurrentIndex(view.lines.index(2))
        view.show_lines(lines, FRIDAY)
        assert view.currentIndex().row() == 2


class TestTheCalendar:
    def test_it_holds_what_follows_from_parameters_and_the_year(self) -> None:
        found = [(one.key, one.day, one.days) for one in reminders(FRIDAY, 2026, Parameters())]
        assert found == [
            ("month_end", date(2026, 11, 27), 5),
            ("next_month_end", date(2026, 12, 27), 25),
            ("year_end", date(2026, 12, 31), 29),
        ]

    def test_a_deadline_that_is_over_is_left_out(self) -> None:
        keys = [one.key for one in reminders(date(2026, 11, 28), 2026, Parameters())]
        assert keys == ["next_month_end", "year_end"]

    def test_next_year_is_left_to_next_year(self) -> None:
        keys = [one.key for one in reminders(date(2026, 12, 30), 2026, Parameters())]
        assert keys == ["year_end"]

    def test_a_bureaus_own_day_counts(self) -> None:
        own = Parameters({"month_end_deadline_day": "25", "month_end_deadline_hour": "16"})
        first = reminders(FRIDAY, 2026, own)[0]
        assert (first.day, first.hour, first.days) == (date(2026, 11, 25), 16, 3)

    def test_the_share_of_the_year_counts_today(self) -> None:
        assert time_gone(date(2026, 12, 31)) == 1
        assert round(time_gone(FRIDAY), 3) == Decimal("0.888")


def titles(one: Shown) -> list[str]:
    return [line.title for line in one.home.checklist.lines.lines]


class TestThePage:
    def test_the_maker_sees_what_came_back_first(self, shown: Shown) -> None:
        assert titles(shown)[:3] == ["2 张支付申请被退回", "1 份二上预算有错误", "2 张支付申请有错误"]
        assert "用途没填 1 处" in shown.home.checklist.lines.lines[2].reason
        assert not shown.home.waiting.isVisible()

    def test_enter_opens_the_line_under_the_cursor(self, shown: Shown) -> None:
        assert shown.window.focusWidget() is shown.home.checklist
        shown.press(Qt.Key.Key_Return)
        shown.settle()
        assert shown.window.current_page() == "voucher"
        assert shown.window.page("voucher").list.tabs.key() == "RETURNED"

    def test_the_line_of_what_is_ready_opens_the_check_sheet(self, shown: Shown) -> None:
        at = next(at for at, title in enumerate(titles(shown)) if "可报送" in title)
        for _ in range(at):
            shown.press(Qt.Key.Key_Down)
        shown.press(Qt.Key.Key_Return)
        shown.settle()
        assert shown.window.current_page() == "sync"
        assert shown.sync.tabs.key() == "check"

    def test_a_checker_sees_what_waits_for_a_checker(self, shown: Shown) -> None:
        shown.sit("复核")
        assert titles(shown) == ["2 张支付申请待复核", "6 张支付申请可报送，尚未送出"]
        assert shown.home.waiting.isVisible()
        assert [one.key[-6:] for one in shown.home.waiting.source.rows] == ["000049", "000048"]

    def test_a_signer_with_nothing_to_sign_is_told_so(self, shown: Shown) -> None:
        shown.sit("签章")
        assert not shown.home.waiting.isVisible()
        assert shown.window.state().badges == {}

    def test_the_money_of_the_year_is_shown(self, shown: Shown) -> None:
        assert "人员经费已支付 3,805,920.00" in shown.home.execution.chart.summary()
        assert "一般公共可用" in shown.home.balance.chart.summary()

    def test_recent_documents_stand_there_when_there_is_room(self, shown: Shown) -> None:
        assert not shown.home.recent.isVisible()
        shown.window.resize(1920, 1040)
        shown.settle()
        assert shown.home.recent.isVisible()
        assert shown.home.recent.model.rowCount() == 12

    def test_its_tables_are_sound(self, shown: Shown) -> None:
        for table in (shown.home.waiting, shown.home.recent):
            QAbstractItemModelTester(table.model, QAbstractItemModelTester.FailureReportingMode.Fatal)

    @pytest.mark.parametrize("size", [(1093, 557), (1366, 697), (1920, 1040)])
    def test_nothing_is_cut_off(
        self, shown: Shown, size: tuple[int, int], picture: Callable[[QWidget, str], None]
    ) -> None:
        shown.window.resize(*size)
        shown.settle()
        assert clipped(shown.window) == []
        picture(shown.window, f"home-{size[0]}")

    def test_no_latin_words_are_shown(self, shown: Shown) -> None:
        words = [line.words for line in shown.home.checklist.lines.lines]
        words += [shown.home.done.accessibleName(), shown.home.calendar.tiles.accessibleName()]
        assert [word for word in words if re.search(r"[A-Za-z]{2,}", word)] == []


class TestSigningFromThePage:
    def select_all(self, one: Shown) -> None:
        one.home.waiting.sheet.view.selectAll()

    def answer(self, monkeypatch: pytest.MonkeyPatch, pins: Sequence[str | None]) -> list[str]:
        asked: list[str] = []
        left = list(pins)

        def ask(title: str, body: str, **more: object) -> str | None:
            asked.append(body)
            return left.pop(0)

        monkeypatch.setattr("desktop.ui.documents.approval.ask_secret", ask)
        return asked

    def test_one_pin_checks_all_that_are_selected(self, shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
        pin = shown.sit("复核")
        asked = self.answer(monkeypatch, [pin])
        self.select_all(shown)
        assert shown.home.waiting.sign.text() == "复核通过所选 2 份"
        shown.home.waiting.sign.click()
        shown.settle()
        assert len(asked) == 1
        assert not shown.home.waiting.isVisible()
        assert shown.window.toast.messages[0] == "复核通过，已送签章。"

    def test_a_wrong_pin_is_asked_for_again_and_says_how_many_are_left(
        self, shown: Shown, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        shown.sit("复核")
        asked = self.answer(monkeypatch, ["000000", None])
        self.select_all(shown)
        shown.home.waiting.sign.click()
        shown.settle()
        assert "还可以试 4 次" in asked[1]
        assert len(shown.home.waiting.source.rows) == 2

    def test_the_signer_finds_them_next(self, shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
        pin = shown.sit("复核")
        self.answer(monkeypatch, [pin])
        self.select_all(shown)
        shown.home.waiting.sign.click()
        shown.settle()
        pin = shown.sit("签章")
        assert shown.window.state().badges == {"voucher": 2}
        self.answer(monkeypatch, [pin])
        self.select_all(shown)
        assert shown.home.waiting.sign.text() == "签章所选 2 份"
        shown.home.waiting.sign.click()
        shown.settle()
        assert shown.window.state().chip.waiting == 8

    def test_nothing_selected_signs_nothing(self, shown: Shown) -> None:
        shown.sit("复核")
        shown.home.waiting.sheet.view.clearSelection()
        assert not shown.home.waiting.sign.isEnabled()
