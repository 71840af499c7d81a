"""同步中心 through the keyboard, over real books and a real platform."""

import re
import threading
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget

from desktop.domain.document import State
from desktop.domain.head import Kind
from desktop.ui.sync.check_lines import BatchLine, DocumentLine, GroupLine
from desktop.ui.sync.stage_list import StageList, clock
from desktop.usecases.month_end import Stage, StageReport, Status
from desktop.usecases.ports import Books
from sync.faults import KeyNotAtHand
from sync.transport.http import HttpTransport
from tests.ui.app_fixture import PATIENCE, Shown, rehearsal, shown
from tests.ui.conftest import clipped

__all__ = ["rehearsal", "shown"]

READY, TOTAL = 6, "186,420.00"


def states(one: Shown) -> dict[str, int]:
    def count(books: Books) -> dict[str, int]:
        with books:
            rows = books.documents.rows((Kind.VOUCHER,))
        return {state.value: sum(row.state is state for row in rows) for state in State}

    return dict(one.do(count))


def count_vouchers(books: Books) -> int:
    with books:
        return len(books.documents.rows((Kind.VOUCHER,)))


def unplug(one: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody answer at the platform's address."""
    object.__setattr__(one.stage.installation, "connect", lambda url: HttpTransport("http://127.0.0.1:9"))


class TestTheCheckSheet:
    def test_f12_shows_what_would_go_and_sends_nothing(self, shown: Shown) -> None:
        shown.press(Qt.Key.Key_F12)
        shown.settle()
        assert shown.window.current_page() == "sync"
        assert shown.sync.check.head.words()[2] == TOTAL
        groups = [line for line in shown.sync.check.list.lines.lines if isinstance(line, GroupLine)]
        assert [group.title for group in groups] == ["可以送出", "有错误，不会送出", "需先复核或签章"]
        assert states(shown)["SIGNED"] == READY

    def test_enter_starts_because_the_focus_is_there(self, shown: Shown) -> None:
        shown.press(Qt.Key.Key_F12)
        shown.settle()
        assert shown.window.focusWidget() is shown.sync.check.start

    def test_esc_goes_home_and_nothing_was_sent(self, shown: Shown) -> None:
        shown.press(Qt.Key.Key_F12)
        shown.settle()
        shown.press(Qt.Key.Key_Escape)
        shown.settle()
        assert shown.window.current_page() == "home"
        assert states(shown)["SIGNED"] == READY

    def test_each_document_with_errors_names_its_first_one(self, shown: Shown) -> None:
        shown.open("sync", "check")
        lines = {line.row.key[-6:]: line.remark for line in shown.sync.check.list.lines.lines
                 if isinstance(line, DocumentLine) and line.tone == "err"}
        assert lines["000050"] == "用途没填"
        assert "超出可用额度" in lines["000051"]

    def test_a_document_opens_from_the_sheet(self, shown: Shown) -> None:
        shown.open("sync", "check")
        with shown.qtbot.waitSignal(shown.sync.check.document_chosen) as chosen:
            view = shown.sync.check.list
            row = next(at for at, line in enumerate(view.lines.lines) if isinstance(line, DocumentLine))
            view.setCurrentIndex(view.lines.index(row))
            shown.press(Qt.Key.Key_Return, view)
        shown.settle()
        assert chosen.args[0].kind is Kind.VOUCHER
        assert shown.window.current_page() == "voucher"

    def test_its_model_is_sound(self, shown: Shown) -> None:
        shown.open("sync", "check")
        QAbstractItemModelTester(shown.sync.check.list.lines, QAbstractItemModelTester.FailureReportingMode.Fatal)

    def test_a_missing_key_of_this_pc_is_said_before_anything_starts(
        self, shown: Shown, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def gone() -> None:
            raise KeyNotAtHand(key="writer")

        monkeypatch.setattr(type(shown.stage.installation.workspace.vault()), "writer_key", lambda vault: gone())
        shown.open("sync", "check")
        item = next(one for one in shown.sync.check.ready.items if one.state == "act")
        assert item.title == "本机没有所需密钥"


class TestARun:
    def test_it_sends_everything_that_is_signed_and_says_so_exactly(self, shown: Shown) -> None:
        shown.run()
        end = shown.wiring.runner.last.end
        assert (end.outcome, end.sent, end.accepted, end.left) == ("DONE", READY, READY, 0)
        assert shown.sync.run.band.text().startswith(f"送出 6 份（{TOTAL} 元），已接收 6 份，退回 0 份。")
        assert states(shown)["ACCEPTED"] == READY + 1
        assert all(report.status is Status.DONE for report in shown.wiring.runner.reports.values())

    def test_its_result_keeps_the_documents_that_came_back_at_hand(self, shown: Shown) -> None:
        bureau = shown.stage.bureau.bureau
        bureau.plan_return("219001", "VOUCHER", "219001-2026-000044", "R-06", "payee.account", "账号少一位，请核对。")
        shown.run()
        assert shown.wiring.runner.last.end.returned == 1
        source = shown.sync.run.returned.model.source
        assert source.row_count() == 1
        assert "000044" in source.value(0, "name").text
        assert source.value(0, "reason").text == "账号少一位，请核对。"

    def test_without_a_platform_nothing_is_lost_and_nothing_is_red(
        self, shown: Shown, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        unplug(shown, monkeypatch)
        shown.run()
        end = shown.wiring.runner.last.end
        assert (end.code, end.sent, end.left) == ("NO_LINK", 0, READY)
        assert shown.window.state().chip.offline
        assert shown.sync.run.head.words()[0] == "连不上财政平台"
        assert shown.said == []
        assert states(shown)["SIGNED"] == READY

    @pytest.mark.parametrize("stage", list(Stage))
    def test_stopped_at_any_stage_it_counts_as_the_platform_does(self, shown: Shown, stage: Stage) -> None:
        runner = shown.wiring.runner
        runner.reported.connect(lambda report: runner.stop() if report.stage is stage else None)
        shown.run()
        end, now = runner.last.end, states(shown)
        delivered = now["SUBMITTED"] + now["ACCEPTED"] - 1  # one arrived in the story
        waiting = now["SIGNED"] + now["SEALED"]
        assert (end.sent, end.left) == (delivered, waiting)
        assert end.sent + end.left == READY
        runner.reported.disconnect()
        runner.start()
        shown.wait_for_end()
        assert runner.last.end.left == 0
        assert states(shown)["ACCEPTED"] == READY + 1

    def test_it_goes_on_in_the_background_and_tells_where_the_user_is(self, shown: Shown) -> None:
        shown.press(Qt.Key.Key_F12)
        shown.settle()
        shown.press(Qt.Key.Key_Return, shown.sync.check.start)
        assert shown.window.focusWidget() is shown.sync.run.background
        shown.press(Qt.Key.Key_Space)
        assert shown.window.current_page() == "home"
        shown.wait_for_end()
        assert shown.window.toast.messages[0].startswith("同步完成：送出 6 份")

    def test_a_second_start_while_it_runs_does_nothing(self, shown: Shown) -> None:
        shown.open("sync", "check")
        shown.sync.check.start.click()
        shown.sync.check.start.click()
        shown.wait_for_end()
        assert len(shown.do(_runs)) == 12

    def test_pages_read_and_save_while_it_waits_for_the_line(self, shown: Shown) -> None:
        gate = threading.Event()
        connect = shown.stage.installation.connect

        class Slow(HttpTransport):
            def sign_in(self, *parts: Any) -> None:
                gate.wait(PATIENCE / 1000)
                super().sign_in(*parts)

        object.__setattr__(shown.stage.installation, "connect", lambda url: Slow(connect(url)._base))
        runner, counts = shown.wiring.runner, []
        runner.start()
        shown.qtbot.waitUntil(lambda: runner.reports[Stage.CONNECT].status is Status.RUNNING, timeout=PATIENCE)
        shown.wiring.context.run(shown.window, count_vouchers, counts.append)
        shown.qtbot.waitUntil(lambda: bool(counts), timeout=PATIENCE)
        assert shown.window.state().chip.running == "3/8"
        gate.set()
        shown.wait_for_end()
        assert runner.last.end.sent == READY

    def test_what_was_sealed_and_not_sent_is_offered_again_as_it_is(self, shown: Shown) -> None:
        runner = shown.wiring.runner

        def stop_at_once(report: StageReport) -> None:
            if report.stage is Stage.SEND:
                runner.stop()

        # In the worker's own thread: through the window's queue it would come after the sending.
        runner._carried.connect(stop_at_once, Qt.ConnectionType.DirectConnection)
        shown.run()
        shown.open("sync", "check")
        lines = shown.sync.check.list.lines.lines
        assert [line.words for line in lines if isinstance(line, BatchLine)] == [
            f"第 7 批 · 6 份，上次没有送达 {TOTAL} 原样再送"
        ]
        assert shown.sync.check.head.words()[2:] == ("6 份", "上次封好，原样再送")

    def test_our_own_bug_in_it_ends_it_and_is_told_with_its_number(
        self, shown: Shown, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*parts: object) -> None:
            raise ZeroDivisionError("a bug")

        monkeypatch.setattr("desktop.usecases.month_end.check_sheet", broken)
        shown.wiring.runner.start()
        shown.wait_for_end()
        title, body = shown.said[0]
        assert title == "程序出了点问题，您的数据安全"
        assert re.search(r"E-[0-9A-F]{4}", body)
        assert not shown.wiring.runner.running


def _runs(books: Books) -> list[object]:
    with books:
        return list(books.exchange.runs(100))


class TestTheHistory:
    def test_it_lists_every_run_and_every_receipt(self, shown: Shown) -> None:
        shown.open("sync", "history")
        assert shown.sync.history.runs.rowCount() == len(shown.do(_runs))
        assert shown.sync.history.receipts.source.value(0, "number") == "第 12 号"

    def test_its_models_are_sound(self, shown: Shown) -> None:
        shown.open("sync", "history")
        for model in (shown.sync.history.runs, shown.sync.history.receipts, shown.sync.recent.model):
            QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)

    def test_a_run_without_a_platform_has_no_receipt_and_its_reason(
        self, shown: Shown, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        unplug(shown, monkeypatch)
        shown.run()
        source = shown.sync.history.runs.source
        assert source.value(0, "receipt") == "—"
        assert (source.value(0, "outcome").text, source.value(0, "outcome").tone) == ("连不上财政平台", "text2")


class TestTheLook:
    @pytest.mark.parametrize("size", [(1093, 557), (1366, 697), (1920, 1040)])
    def test_nothing_is_cut_off(
        self, shown: Shown, size: tuple[int, int], picture: Callable[[QWidget, str], None]
    ) -> None:
        shown.window.resize(*size)
        for tab in ("check", "history", "run"):
            shown.open("sync", tab)
            assert clipped(shown.window) == []
            picture(shown.window, f"sync-{tab}-{size[0]}")
        shown.run()
        assert clipped(shown.window) == []
        picture(shown.window, f"sync-done-{size[0]}")

    def test_the_running_stage_stands_out_and_all_stay_in_sight(self, qtbot) -> None:
        stages = StageList()
        qtbot.addWidget(stages)
        stages.resize(600, stages.minimumSizeHint().height())
        reports = {stage: StageReport(stage, Status.WAITING) for stage in Stage}
        reports[Stage.SEND] = StageReport(Stage.SEND, Status.RUNNING, 3.0, {"done": "5000", "size": "10000"})
        stages.show_reports(reports)
        stages.show()
        assert any(line.startswith("7 送出 正在送出") for line in stages.lines())
        assert stages.minimumSizeHint().height() < 330

    def test_a_duration_is_short_and_readable(self) -> None:
        assert (clock(0.02), clock(4.26), clock(42), clock(130)) == ("0.1 秒", "4.3 秒", "0:42", "2:10")
