"""首页: what it says must be done, where its lines lead, for each post."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
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
from desktop.domain.year_calendar import coming
from desktop.ui.home.calendar_dialog import CalendarDialog
from desktop.ui.home.cards import time_gone
from desktop.ui.home.checklist import Checklist, lines_of
from desktop.ui.home.item_dialog import KEEP, ItemDialog
from desktop.ui.home.routing import Route, route_of
from desktop.ui.kit.buttons import Button
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


class TestOwnLines:
    def add(self, shown: Shown, monkeypatch: pytest.MonkeyPatch, title: str, due: str = "") -> None:
        def fill(dialog: ItemDialog) -> int:
            dialog.title.setText(title)
            dialog.due.setText(due)
            assert dialog.buttons[KEEP].isEnabled()
            dialog.buttons[KEEP].click()
            return 1

        monkeypatch.setattr(ItemDialog, "exec", fill)
        shown.home.own.add()
        shown.settle()

    def at(self, shown: Shown, title: str) -> int:
        return titles(shown).index(title)

    def test_a_line_is_added_ticked_and_taken_back(self, shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
        self.add(shown, monkeypatch, "装订凭证", "1125")
        row = self.at(shown, "装订凭证")
        line = shown.home.checklist.lines.lines[row]
        assert (line.due, line.button) == ("截止 11-25", "办完了")
        for _ in range(row):
            shown.press(Qt.Key.Key_Down)
        shown.press(Qt.Key.Key_Space)
        shown.settle()
        assert "装订凭证" not in titles(shown)
        assert "装订凭证" in [one.words for one in shown.home.done.done]
        shown.home.done.fold.click()
        back = next(one for one in shown.home.done.panel.findChildren(Button) if one.text() == "还没办完")
        back.click()
        shown.settle()
        assert "装订凭证" in titles(shown)

    def test_a_line_that_was_deleted_comes_back_by_the_message(
        self, shown: Shown, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.add(shown, monkeypatch, "对账")
        said: list[Callable[[], None]] = []
        monkeypatch.setattr(shown.home._context, "say", lambda *words, call=None, **more: said.append(call))
        for _ in range(self.at(shown, "对账")):
            shown.press(Qt.Key.Key_Down)
        shown.press(Qt.Key.Key_Delete)
        shown.settle()
        assert "对账" not in titles(shown)
        said[0]()
        shown.settle()
        assert "对账" in titles(shown)

    def test_the_form_waits_for_a_title_and_a_date_that_can_be_read(self, qtbot) -> None:
        dialog = ItemDialog(FRIDAY)
        qtbot.addWidget(dialog)
        assert not dialog.buttons[KEEP].isEnabled()
        dialog.title.setText("装订凭证")
        assert dialog.buttons[KEEP].isEnabled()
        dialog.due.setText("13月40日")
        assert not dialog.buttons[KEEP].isEnabled()
        dialog.due.setText("27")
        assert dialog.wanted().due == date(2026, 11, 27)


class TestCalendarAndReminder:
    def test_all_days_of_the_year_are_in_a_table_with_their_source(self, qtbot) -> None:
        dialog = CalendarDialog(coming(FRIDAY, 2026, Parameters()))
        qtbot.addWidget(dialog)
        model = dialog.sheet.model
        rows = [[model.index(row, column).data() for column in range(4)] for row in range(model.rowCount())]
        assert rows[0] == ["2026-11-27", "周五", "11月结账，18:00 截止", "剩 5 个工作日"]
        assert ["2026-12-20", "周日", "2027年预算二上草案报送", "剩 20 个工作日"] in rows

    def test_what_ends_soon_is_said_once_a_day(self, shown: Shown) -> None:
        view = shown.home.view
        assert view is not None
        near = replace(view, today=date(2026, 11, 26), due=coming(date(2026, 11, 26), 2026, Parameters()))
        words: list[str] = []
        shown.home.said.connect(lambda text, kind: words.append(text))
        shown.home._remind(near)
        shown.home._remind(near)
        assert words == ["11月结账，18:00 截止，剩 1 个工作日。"]
