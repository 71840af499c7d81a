"""Every kit widget at once, at every type size: nothing is cut off."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.charts.balance import BalanceBar, BalanceChart
from desktop.ui.charts.bullet import BulletBar, BulletChart
from desktop.ui.charts.history import HistoryStrip, RunBar
from desktop.ui.kit import typography
from desktop.ui.kit.bubble import Bubble
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.choices import Choice
from desktop.ui.kit.dialogs import Question, Verb
from desktop.ui.kit.flow import FlowStep, FlowStrip
from desktop.ui.kit.inputs import AmountInput, ChoiceInput, Field, LineInput, TextArea
from desktop.ui.kit.inspector import Inspector, Section
from desktop.ui.kit.panels import Band, Header, Panel, SectionTitle
from desktop.ui.kit.pills import PILLS, Pill, Tag
from desktop.ui.kit.problems import ProblemRow, ProblemsPanel
from desktop.ui.kit.tabs import StateTab, StateTabs
from tests.ui.conftest import clipped

SIZES = (9.0, 10.0, 11.5, 13.0)


def gallery() -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    header = Header("支付申请", "219001-2026-000131", [
        Button("复制上张", "flat", "copy"), Button("审核", "flat", "shield", "F8"),
        Button(kind="flat", icon="more", tip="更多"), Button("送复核", "primary", "send")], state="draft")
    header.saved.show_saved("10:36 已自动保存")
    column.addWidget(header)
    column.addWidget(StateTabs([StateTab("a", "全部", 59), StateTab("b", "有错误", 3, True)]))
    column.addWidget(Band("info", "按指标库默认权重：合计 90 分。", Button("采用建议", "link"), title="建议分值",
                          closable=True))
    column.addLayout(_row([Button("按钮", kind, "check", "F9") for kind in
                           ("primary", "second", "tonal", "flat", "link", "danger")]))
    column.addLayout(_row([Pill(state) for state in PILLS] + [Tag("个性")]))
    panel = Panel()
    panel.body.addWidget(SectionTitle("输入", "六种", Button("看数据", "link")))
    grid = QGridLayout()
    choice = ChoiceInput([Choice("30231", "公务用车运行维护费")])
    wrong = Field("用途", LineInput())
    wrong.set_error("请写清买什么、给谁用")
    for at, field in enumerate((LineInput("甲旗林业和草原局"), AmountInput(Decimal(6480)), choice,
                                TextArea("", "写一句说明", lines=2), wrong)):
        grid.addWidget(field, at // 2, at % 2)
    panel.body.addLayout(grid)
    column.addWidget(panel)
    column.addWidget(FlowStrip([FlowStep("经办", "张丽 · 11-20 10:36", "done"), FlowStep("复核", "李强", "now"),
                                FlowStep("签章", "王志远"), FlowStep("已送达", "等待同步")]))
    column.addWidget(_charts())
    problems = ProblemsPanel(exportable=True)
    problems.set_rows([ProblemRow("error", "a", "第 13 行 · 本年申报数", "超过控制数。", "-2.00", "C16", "填控制数")])
    column.addWidget(problems)
    return page


def _row(widgets: list[QWidget]) -> QHBoxLayout:
    row = QHBoxLayout()
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row


def _charts() -> QWidget:
    host = QWidget()
    row = QHBoxLayout(host)
    row.addWidget(BulletChart([BulletBar("人员经费", Decimal(4320000), Decimal(3805920), Decimal(9000)),
                               BulletBar("其他运转类", Decimal(250000), Decimal(1780))], Decimal("0.879")))
    row.addWidget(BalanceChart([BalanceBar("一般公共预算", Decimal(10380000), Decimal(3159580), Decimal(350000))]))
    row.addWidget(HistoryStrip([RunBar("10-26", 6), RunBar("10-28", 9, 1), RunBar("11-20", 0, 0, True)]))
    return host


@pytest.mark.parametrize("points", SIZES)
def test_nothing_in_the_kit_is_clipped(qtbot, picture: Callable[[QWidget, str], None], points: float) -> None:
    typography.set_base_size(points)
    page = gallery()
    qtbot.addWidget(page)
    page.resize(max(1093, page.minimumSizeHint().width()), page.sizeHint().height())
    page.show()
    qtbot.waitExposed(page)
    picture(page, f"gallery-{points}")
    assert clipped(page) == []


def test_nothing_is_clipped_when_the_type_grows_under_the_user(qtbot) -> None:
    page = gallery()
    qtbot.addWidget(page)
    page.show()
    typography.set_base_size(13)
    page.resize(max(1200, page.minimumSizeHint().width()), page.sizeHint().height())
    qtbot.waitUntil(lambda: clipped(page) == [])


@pytest.mark.parametrize("points", SIZES)
def test_a_long_question_and_the_inspector_have_room(qtbot, points: float) -> None:
    typography.set_base_size(points)
    question = Question("正在为 219001 甲旗林业和草原局 报送", "您刚从“市第十一中学”切换过来，请核对单位。" * 4,
                        (Verb("go", "确认报送", "primary"), Verb("back", "返回")))
    inspector = Inspector()
    inspector.set_sections([
        Section("填什么").add_text("写清买什么、给谁用。不要只写“款”“费用”。最多 60 字。"),
        Section("即时检查", "1 提示 · 17 通过").add_check("ok", "可用额度 8,740.00，够付", "R-01")
        .add_check("warning", "“三公”将超上年决算，可以送复核，需写说明", "R-06"),
        Section("上次支付").add_pair("金额", "3,160.00")])
    for window in (question, inspector):
        qtbot.addWidget(window)
        window.show()
        qtbot.waitExposed(window)
        window.resize(window.sizeHint().expandedTo(window.size()))
        qtbot.waitUntil(lambda window=window: clipped(window) == [])


def test_a_bubble_stays_inside_its_window(qtbot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(400, 200)
    host.show()
    bubble = Bubble(host)
    for corner in (host.rect().topLeft(), host.rect().bottomRight()):
        box = host.rect()
        box.setTopLeft(corner)
        box.setSize(host.size() / 10)
        bubble.say(box, "由公式算出：本年申报数减上年执行数，不能直接填写。")
        assert host.rect().contains(bubble.geometry())


def test_charts_say_their_numbers_in_words(qtbot) -> None:
    chart = BulletChart([BulletBar("人员经费", Decimal(200), Decimal(50))], Decimal("0.5"))
    qtbot.addWidget(chart)
    assert chart.accessibleName() == "人员经费已支付 50.00，占 25.0%；时间进度 50.0%"
    assert BulletChart().summary() == "还没有预算"
    assert BalanceChart([BalanceBar("基金", Decimal(0), Decimal(0))]).summary() == "基金可用 0.00，占全年 —"
    assert HistoryStrip([RunBar("11-19", 3, 1), RunBar("11-20", 0, 0, True)]).summary().endswith(
        "送达 3 张，退回 1 张，停止 1 次")
