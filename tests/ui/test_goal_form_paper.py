"""The goal form on paper."""

from desktop.domain.goal_form.layout import goal_form
from desktop.domain.printed.marks import PageSetup
from desktop.ui.printing.engine import measure
from desktop.ui.printing.goal_report import goal_pages
from tests.exchange.test_goal_form import GOAL, WORDS


def test_the_printed_form_says_all_of_the_sheet(qapp: object) -> None:
    [page] = goal_pages(goal_form(GOAL, WORDS), "甲旗财政局", PageSetup(), measure)
    words = " ".join(page.texts())
    for said in ("沙化土地综合治理", "延续项目", "2027—2028 年", "900,000.00", "比例赋分（2026.1 版）", "正向指标"):
        assert said in words
    assert all(line.name in words for line in GOAL.lines)
