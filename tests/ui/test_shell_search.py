"""Ctrl+K: hits under headings, never too many, and what each of them does."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.domain.document import State
from desktop.domain.head import Kind
from desktop.ui.app.searching import CODE, groups_of
from desktop.ui.shell.search_box import SearchBox
from desktop.ui.shell.search_popup import MOST, Hit, HitGroup, rows_of, shown_counts
from desktop.usecases.ports import DocumentRow
from desktop.usecases.search import fits_initials, initials, keep_search, recent_searches, search_everything
from tests.ui.app_fixture import PATIENCE, Shown, rehearsal, shown
from tests.ui.conftest import type_text

__all__ = ["rehearsal", "shown"]


def group(title: str, count: int) -> HitGroup:
    return HitGroup(title, tuple(Hit(f"{title}{number}", f"{title} {number}") for number in range(count)))


class TestTheList:
    @pytest.mark.parametrize(("sizes", "counts"), [
        ((30,), [12]), ((30, 30), [6, 6]), ((2, 30, 30), [2, 5, 5]), ((1, 1), [1, 1]), ((), []), ((0, 3), [0, 3]),
    ])
    def test_every_group_has_its_share_of_twelve_rows(self, sizes: tuple[int, ...], counts: list[int]) -> None:
        assert shown_counts([group(str(at), size) for at, size in enumerate(sizes)]) == counts

    def test_what_is_left_out_is_counted_and_shown_when_it_is_wanted(self) -> None:
        groups = [group("甲", 20), group("乙", 0)]
        rows = list(rows_of(groups, everything=False))
        assert [row.kind for row in rows] == ["heading", *["hit"] * MOST, "more"]
        assert rows[-1].text == "更多（还有 8 条）"
        assert len(list(rows_of(groups, everything=True))) == 1 + 20

    def test_keys_pass_over_headings_and_enter_on_more_shows_all(self, qtbot) -> None:
        box = SearchBox()
        qtbot.addWidget(box)
        with qtbot.waitActive(box):
            box.show()
            box.activateWindow()
        box.set_search(lambda text, answer: answer([group("甲", 3), group("乙", 20)]))
        box.setFocus()
        QTest.keyClicks(box, "qqq")
        qtbot.waitUntil(lambda: bool(box.popup.hits()))
        assert box.popup.current() == Hit("甲0", "甲 0")
        for _ in range(3):
            QTest.keyClick(box, Qt.Key.Key_Down)
        assert box.popup.current() == Hit("乙0", "乙 0")
        for _ in range(MOST):
            QTest.keyClick(box, Qt.Key.Key_Down)
        QTest.keyClick(box, Qt.Key.Key_Return)
        assert len(box.popup.hits()) == 3 + 20
        chosen: list[str] = []
        box.chosen.connect(chosen.append)
        QTest.keyClick(box, Qt.Key.Key_Down)
        QTest.keyClick(box, Qt.Key.Key_Return)
        assert chosen == ["甲1"]

    def test_enter_before_the_answer_opens_the_first_hit_when_it_comes(self, qtbot) -> None:
        box = SearchBox()
        qtbot.addWidget(box)
        with qtbot.waitActive(box):
            box.show()
            box.activateWindow()
        later: list[object] = []
        chosen: list[str] = []
        box.chosen.connect(chosen.append)
        box.set_search(lambda text, answer: later.append(answer))
        box.setFocus()
        QTest.keyClicks(box, "qqq")
        QTest.keyClick(box, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: bool(later))
        later[0]([group("甲", 2)])
        assert chosen == ["甲0"]

    def test_nothing_found_is_said(self, qtbot) -> None:
        box = SearchBox()
        qtbot.addWidget(box)
        box.show()
        box.set_search(lambda text, answer: answer([]))
        box.setFocus()
        QTest.keyClicks(box, "qqq")
        qtbot.waitUntil(box.popup.isVisible)
        assert box.popup.model().index(0, 0).data().startswith("没有找到“qqq”")


class TestInitials:
    def test_a_document_is_found_by_the_initials_of_any_of_its_names(self) -> None:
        zero = Decimal("0.00")
        row = DocumentRow("d", Kind.VOUCHER, "219001-2026-000131", 2026, 1, State.DRAFT, "", zero, "甲旗自来水公司", "",
                          "公用经费", "30205", "10月水费", 0, "", "", (), 0, "", "", "")
        assert initials("重庆市会计局") == "cqskjj"
        assert fits_initials(row, ["zls"])
        assert fits_initials(row, ["sf", "gyjf"])
        assert not fits_initials(row, ["zls", "xyz"])


class TestInTheBooks:
    def ask(self, shown: Shown, text: str) -> SearchBox:
        box = shown.window.top_bar.search
        shown.press(Qt.Key.Key_K, shown.window, Qt.KeyboardModifier.ControlModifier)
        box.set_text("")
        type_text(box, text)
        box.textEdited.emit(text)
        shown.qtbot.waitUntil(lambda: box.popup.isVisible() and not box._pause.isActive(), timeout=PATIENCE)
        shown.settle()
        return box

    def test_documents_codes_indicators_pages_and_commands_stand_under_their_headings(self, shown: Shown) -> None:
        found = shown.do(lambda books: search_everything(books, "维修"))
        assert all((found.documents, found.codes, found.indicators))
        assert [one.title for one in groups_of(found)] == ["单据", "编码", "绩效指标"]
        assert shown.do(lambda books: search_everything(books, "ssm")).documents  # 梭梭苗
        assert "备份" in [hit.text for hit in self.ask(shown, "bf").popup.hits()]
        assert self.ask(shown, "tbzx").popup.headings()[0] == "页面"

    def test_a_code_is_copied_and_said_where_it_is_used(self, shown: Shown) -> None:
        box = self.ask(shown, "30205")
        hit = next(hit for hit in box.popup.hits() if hit.code.startswith(f"{CODE}DEPT_ECONOMIC/30205"))
        box.popup.picked.emit(hit)
        shown.settle()
        assert QApplication.clipboard().text() == "30205"
        assert shown.window.toast.messages[0].startswith("已复制编码 30205 水费（部门经济分类）。本年 ")

    def test_a_command_is_run_and_the_search_is_remembered_in_the_books(self, shown: Shown) -> None:
        box = self.ask(shown, "一键同步")
        QTest.keyClick(box, Qt.Key.Key_Return)
        shown.settle()
        assert shown.window.current_page() == "sync"
        assert shown.do(recent_searches) == ("一键同步",)
        for number in range(9):
            recent = shown.do(lambda books, number=number: keep_search(books, str(number)))
        assert recent == ("8", "7", "6", "5", "4", "3", "2", "1")
        box.set_recent(recent)
        shown.press(Qt.Key.Key_K, shown.window, Qt.KeyboardModifier.ControlModifier)
        assert [hit.text for hit in box.popup.hits()] == list(recent)
