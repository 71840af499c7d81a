"""Buttons, fields, tabs, problems, dialogs: how they behave under the user's hands."""

from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from desktop.ui.kit.buttons import Button
from desktop.ui.kit.choices import Choice, rank
from desktop.ui.kit.dialogs import Question, Verb
from desktop.ui.kit.flow import FlowStep, FlowStrip
from desktop.ui.kit.inputs import AmountInput, ChoiceInput, Field, LineInput, SelectInput, TextArea
from desktop.ui.kit.panels import Band, Header
from desktop.ui.kit.problems import ProblemModel, ProblemRow, ProblemsPanel
from desktop.ui.kit.tabs import DocumentTab, DocumentTabs, StateTab, StateTabs
from desktop.ui.kit.toast import Toast
from tests.ui.conftest import type_text

ROWS = [Choice("30218", "专用材料费", "zyclf"), Choice("30226", "劳务费", "lwf"),
        Choice("30227", "委托业务费", "wtywf"), Choice("30231", "公务用车运行维护费", "gwycyxwhf"),
        Choice("30211", "差旅费", "clf")]


def shown(qtbot, widget: QWidget) -> QWidget:
    qtbot.addWidget(widget)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
    widget.setFocus()
    return widget


class TestButton:
    def test_a_shortcut_clicks_it_and_survives_a_new_label(self, qtbot) -> None:
        host = shown(qtbot, QWidget())
        button = Button("审核", "primary", "shield", "F8", parent=host)
        button.show()
        button.setText("再审核")
        with qtbot.waitSignal(button.clicked):
            qtbot.keyClick(host, Qt.Key.Key_F8)

    def test_its_shortcut_first_commits_what_is_being_typed(self, qtbot) -> None:
        host = QWidget()
        column = QVBoxLayout(host)
        field, button = AmountInput(), Button("审核", "primary", "shield", "F8")
        column.addWidget(field)
        column.addWidget(button)
        shown(qtbot, host)
        field.setFocus()
        heard: list[Decimal | None] = []
        button.clicked.connect(lambda: heard.append(field.amount()))
        qtbot.keyClicks(field, "1,200")
        qtbot.keyClick(field, Qt.Key.Key_F8)
        assert heard == [Decimal("1200.00")]
        assert field.hasFocus()

    def test_enter_is_only_shown(self, qtbot) -> None:
        assert not Button("开始同步", "primary", "sync", "Enter").findChildren(QShortcut)

    @pytest.mark.parametrize("kind", ["second", "primary", "tonal", "flat", "danger"])
    def test_it_is_a_target_of_28_at_least(self, qtbot, kind: str) -> None:
        button = Button("好", kind)
        qtbot.addWidget(button)
        assert button.sizeHint().height() >= 28
        assert button.sizeHint().width() >= 28

    def test_it_grows_for_icon_shortcut_and_menu(self, qtbot) -> None:
        bare, full = Button("打印"), Button("打印", icon="copy", shortcut="Ctrl+P")
        width = full.sizeHint().width()
        full.setMenu(QMenu(full))
        assert bare.sizeHint().width() < width < full.sizeHint().width()

    def test_an_icon_alone_has_a_name_for_readers(self, qtbot) -> None:
        assert Button(kind="flat", icon="more", tip="更多").accessibleName() == "更多"


class TestAmountInput:
    def test_leaving_it_reads_the_number(self, qtbot) -> None:
        field = shown(qtbot, AmountInput())
        qtbot.keyClicks(field, "=1200*12")
        with qtbot.waitSignal(field.amount_changed) as signal:
            qtbot.keyClick(field, Qt.Key.Key_Return)
        assert signal.args == [Decimal("14400.00")]
        assert field.text() == "14,400.00"

    def test_what_cannot_be_read_stays_and_is_marked(self, qtbot) -> None:
        field = shown(qtbot, AmountInput(Decimal("5.00")))
        field.selectAll()
        qtbot.keyClicks(field, "12x")
        with qtbot.assertNotEmitted(field.amount_changed):
            qtbot.keyClick(field, Qt.Key.Key_Return)
        assert field.text() == "12x"
        assert field.error()
        assert field.amount() == Decimal("5.00")
        field.set_amount(Decimal("6.00"))
        assert not field.error()

    def test_setting_it_emits_nothing(self, qtbot) -> None:
        field = shown(qtbot, AmountInput())
        with qtbot.assertNotEmitted(field.amount_changed):
            field.set_amount(Decimal("1234.50"))
        assert field.text() == "1,234.50"


class TestChoiceInput:
    @pytest.mark.parametrize(("typed", "code"), [("3022", "30226"), ("lwf", "30226"), ("公务", "30231"),
                                                 ("业务", "30227")])
    def test_code_name_and_initials_find_a_row(self, qtbot, typed: str, code: str) -> None:
        field = shown(qtbot, ChoiceInput(ROWS))
        type_text(field, typed)
        with qtbot.waitSignal(field.chosen) as signal:
            qtbot.keyClick(field, Qt.Key.Key_Return)
        assert signal.args[0].code == code
        assert field.text() == signal.args[0].label

    def test_down_moves_in_the_list(self, qtbot) -> None:
        field = shown(qtbot, ChoiceInput(ROWS))
        qtbot.keyClicks(field, "302")
        qtbot.keyClick(field, Qt.Key.Key_Down)
        qtbot.keyClick(field, Qt.Key.Key_Return)
        assert field.choice() == ROWS[1]

    def test_unknown_text_is_kept_and_marked(self, qtbot) -> None:
        field = shown(qtbot, ChoiceInput(ROWS))
        type_text(field, "没有的")
        qtbot.keyClick(field, Qt.Key.Key_Return)
        assert field.text() == "没有的"
        assert field.error()
        assert field.choice() is None

    def test_a_free_field_takes_unknown_text(self, qtbot) -> None:
        field = shown(qtbot, ChoiceInput(ROWS, free=True))
        type_text(field, "新收款人")
        with qtbot.waitSignal(field.committed) as signal:
            field.clearFocus()
        assert signal.args == ["新收款人"]
        assert not field.error()

    def test_a_select_shows_the_name_of_its_code(self, qtbot) -> None:
        field = shown(qtbot, SelectInput([Choice("1", "转账"), Choice("2", "现金")]))
        field.set_code("2")
        assert field.text() == "现金"
        assert field.choice().code == "2"

    def test_ranking_prefers_the_start_of_code_then_initials_then_the_middle(self) -> None:
        rows = [Choice("1", "甲乙", "jy"), Choice("21", "乙丙", "yb"), Choice("3", "丙", "b", "乙类")]
        assert [row.code for row in rank(rows, "乙")] == ["21", "1", "3"]
        assert [row.code for row in rank(rows, "y")] == ["21", "1"]
        assert rank(rows, "没有") == []
        assert len(rank([Choice(str(at), "名") for at in range(40)], "")) == 12


class TestFields:
    def test_a_message_shows_under_the_field_and_goes(self, qtbot) -> None:
        line = LineInput()
        field = shown(qtbot, Field("用途", line, "最多 60 字"))
        field.set_error("请写清买什么")
        words = [label.text() for label in field.findChildren(QWidget) if hasattr(label, "set_tone")]
        assert "请写清买什么" in words
        assert line.accessibleDescription() == "请写清买什么"
        field.set_error()
        assert "最多 60 字" in [label.text() for label in field.findChildren(QWidget) if hasattr(label, "set_tone")]

    def test_commit_comes_once_for_a_change_and_not_without_one(self, qtbot) -> None:
        line = shown(qtbot, LineInput("旧"))
        heard: list[str] = []
        line.committed.connect(heard.append)
        line.selectAll()
        qtbot.keyClicks(line, "xin")
        qtbot.keyClick(line, Qt.Key.Key_Return)
        qtbot.keyClick(line, Qt.Key.Key_Return)
        line.clearFocus()
        assert heard == ["xin"]

    def test_a_text_area_cuts_what_is_too_long(self, qtbot) -> None:
        area = shown(qtbot, TextArea(most=5))
        qtbot.keyClicks(area, "1234567")
        assert area.toPlainText() == "12345"

    def test_the_focus_ring_does_not_move_the_text(self, qtbot) -> None:
        line = shown(qtbot, LineInput("文字"))
        other = LineInput(parent=line.parentWidget())
        qtbot.addWidget(other)
        other.show()
        before = line.cursorRect().left()
        line.setFocus()
        qtbot.waitUntil(line.hasFocus)
        assert line.cursorRect().left() == before


class TestTabs:
    def test_a_click_tells_the_key_and_counts_do_not_lose_it(self, qtbot) -> None:
        tabs = shown(qtbot, StateTabs([StateTab("all", "全部", 5), StateTab("draft", "草稿", 2)]))
        with qtbot.waitSignal(tabs.chosen) as signal:
            qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(1).center())
        assert signal.args == ["draft"]
        with qtbot.assertNotEmitted(tabs.chosen):
            tabs.set_tabs([StateTab("all", "全部", 6), StateTab("draft", "草稿", 3)])
        assert tabs.key() == "draft"

    def test_a_document_closes_by_its_cross_but_the_list_stays(self, qtbot) -> None:
        tabs = shown(qtbot, DocumentTabs())
        tabs.resize(600, 32)
        tabs.set_tabs([DocumentTab("", "列表", fixed=True), DocumentTab("a", "甲单据")], "a")
        cross = QPoint(tabs.tabRect(1).right() - 18, tabs.tabRect(1).center().y())
        with qtbot.waitSignal(tabs.close_requested) as signal:
            qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=cross)
        assert signal.args == ["a"]
        with qtbot.assertNotEmitted(tabs.close_requested):
            qtbot.mouseClick(tabs, Qt.MouseButton.MiddleButton, pos=tabs.tabRect(0).center())


class TestProblems:
    FOUND = (ProblemRow("error", "r13", "第 13 行", "超过控制数。", "-20,000.00", "C16", "填入控制数"),
             ProblemRow("warning", "r11", "第 11 行", "比上年增加 60.00%。", "", "M19", "写说明"))

    def test_the_model_keeps_the_rules_of_qt(self, qtbot) -> None:
        model = ProblemModel()
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        model.show_rows(self.FOUND)
        model.show_rows(())

    def test_f3_walks_through_the_findings_and_around(self, qtbot) -> None:
        panel = shown(qtbot, ProblemsPanel())
        panel.set_rows(self.FOUND)
        heard: list[str] = []
        panel.opened.connect(heard.append)
        for _ in range(3):
            qtbot.keyClick(panel, Qt.Key.Key_F3)
        assert heard == ["r13", "r11", "r13"]

    def test_new_findings_keep_the_place(self, qtbot) -> None:
        panel = shown(qtbot, ProblemsPanel())
        panel.set_rows(self.FOUND)
        panel.go_next()
        panel.go_next()
        panel.set_rows((ProblemRow("info", "r1", "第 1 行", "新"), *self.FOUND))
        heard: list[str] = []
        panel.opened.connect(heard.append)
        panel.go_next()
        assert heard == ["r1"]


class TestQuestion:
    def test_escape_gives_the_last_verb(self, qtbot) -> None:
        question = Question("要删除“11月水费”吗？", "草稿会移到回收站。", (Verb("delete", "删除", "danger"),
                                                                   Verb("keep", "不删除")))
        shown(qtbot, question)
        qtbot.keyClick(question, Qt.Key.Key_Escape)
        assert question.answer == "keep"
        assert not question.isVisible()

    def test_enter_never_chooses_a_dangerous_verb(self, qtbot) -> None:
        question = Question("要删除吗？", "不能撤销。", (Verb("delete", "删除", "danger"), Verb("keep", "不删除")))
        shown(qtbot, question)
        qtbot.keyClick(question, Qt.Key.Key_Return)
        assert question.answer == "keep"

    def test_enter_chooses_the_wanted_verb(self, qtbot) -> None:
        question = Question("要撤回这 3 张单据吗？", "可继续修改。",
                            (Verb("go", "撤回 3 张", "primary"), Verb("no", "不撤回")))
        shown(qtbot, question)
        qtbot.keyClick(question, Qt.Key.Key_Return)
        assert question.answer == "go"


class TestMessages:
    def test_a_toast_is_kept_and_calls_back(self, qtbot) -> None:
        window = shown(qtbot, QWidget())
        window.resize(800, 400)
        toast, heard = Toast(window), []
        toast.say("已粘贴 12 行", action="撤销", call=lambda: heard.append(1))
        assert toast.isVisible()
        qtbot.mouseClick(toast.findChildren(Button)[0], Qt.MouseButton.LeftButton)
        assert heard == [1]
        assert not toast.isVisible()
        assert list(toast.messages) == ["已粘贴 12 行"]

    def test_a_band_says_its_sentence_to_readers(self, qtbot) -> None:
        band = Band("warning", "三公将超上年决算", title="提示")
        qtbot.addWidget(band)
        assert band.accessibleName() == "提示 三公将超上年决算"

    def test_a_flow_says_its_steps_to_readers(self, qtbot) -> None:
        strip = FlowStrip([FlowStep("经办", "张丽", "done"), FlowStep("复核", "李强", "now")])
        qtbot.addWidget(strip)
        assert "经办已完成张丽" in strip.accessibleName()
        assert "复核当前李强" in strip.accessibleName()

    def test_a_header_hides_what_it_does_not_have(self, qtbot) -> None:
        host = QWidget()
        QVBoxLayout(host).addWidget(header := Header("支付申请"))
        shown(qtbot, host)
        assert not header.pill.isVisible()
        header.set_state("invalid")
        assert header.pill.isVisible()
        assert header.height() == 40
