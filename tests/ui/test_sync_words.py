"""How a run ended, in words; and when something is red."""

from decimal import Decimal

import pytest

from desktop.texts.outcome import RunEnd, ended, level, must_act


class TestTheEndOfARun:
    def test_a_good_run_says_what_went_and_names_the_receipt(self) -> None:
        told = ended(RunEnd("DONE", sent=6, accepted=6, total=Decimal("186420.00"), receipt_no=14))
        assert told.title == "同步完成"
        assert "送出 6 份（186,420.00 元），已接收 6 份，退回 0 份" in told.body
        assert "回执号 14" in told.body

    def test_a_run_with_returns_offers_to_look_at_them(self) -> None:
        end = RunEnd("DONE", sent=6, accepted=4, returned=2)
        assert ended(end).verbs[0] == "查看退回"
        assert level(end) == "warning"

    def test_a_run_without_documents_does_not_speak_of_sending(self) -> None:
        assert ended(RunEnd("DONE")).body == "没有要送出的单据。已是最新，没有新的基础数据。"
        assert "更新 12 条" in ended(RunEnd("DONE", received=12)).body

    def test_what_is_not_judged_yet_is_not_called_complete(self) -> None:
        told = ended(RunEnd("DONE", sent=6, undecided=1, receipt_no=13))
        assert "完成" not in told.title
        assert "还在审核" in told.body

    def test_a_stopped_run_gives_exact_numbers_and_never_says_complete(self) -> None:
        told = ended(RunEnd("STOPPED", stage="SEND", sent=0, left=6, code="STOPPED"))
        assert "已送达 0 份，未送出 6 份，没有重复也没有丢失" in told.body
        assert "完成" not in told.title + told.body

    def test_a_cut_line_while_carrying_keeps_the_progress(self) -> None:
        told = ended(RunEnd("FAILED", stage="SEND", left=6, code="NO_LINK"))
        assert told.title == "网络中断，已保留进度"
        assert "未送出 6 份" in told.body

    def test_no_platform_at_all_is_said_as_such(self) -> None:
        told = ended(RunEnd("FAILED", stage="CONNECT", left=6, code="NO_LINK", facts={"reason": "REFUSED"}))
        assert told.title == "连不上财政平台"
        assert "不影响填报" in told.body

    def test_every_other_fault_says_what_is_safe_and_what_to_do(self) -> None:
        told = ended(RunEnd("FAILED", stage="CONNECT", code="KEY_UNKNOWN"))
        assert "没有登记这台电脑的密钥" in told.body
        assert "联系财政局登记" in told.body


class TestRed:
    @pytest.mark.parametrize("code", ["NO_LINK", "BUSY", "STOPPED"])
    def test_what_passes_by_itself_is_never_red(self, code: str) -> None:
        assert not must_act(code, {})
        assert level(RunEnd("FAILED", code=code)) == "neutral"

    @pytest.mark.parametrize("code", ["KEY_REVOKED", "TIP_UNKNOWN", "FORK", "DISK_FULL", "PROGRAM_TOO_OLD"])
    def test_what_needs_a_person_is_red(self, code: str) -> None:
        assert level(RunEnd("FAILED", code=code)) == "error"

    def test_a_sign_in_page_of_the_network_needs_a_person(self) -> None:
        assert must_act("NO_LINK", {"reason": "CAPTIVE"})
