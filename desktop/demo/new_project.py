"""The project that is begun before the eyes of who watches: its words, its money and what it rests on."""

from desktop.ui.tour.program import AppDriver

NAME, FUNCTION = "锁边林带营造工程", "2130217"
SUMMARY = "在沙地边缘营造锁边林带12公里，阻止流沙前移，保护草场和嘎查。"
YEAR_GOAL = "投入60万元营造锁边林带12公里，苗木当年成活率70%以上，沙区农牧民满意度88%以上。"
_PLAN = ("2027", "111", "bjcl", "60万")
_BASIS = ("“三北”工程六期规划", "林规发〔2023〕1号", "锁边林带")


def type_summary_and_plan(hands: AppDriver) -> None:
    """Type the summary, a year's money and a document that the project rests on into the open form."""
    hands.fill(hands.field("项目概述"), SUMMARY)
    for table, cells in (("分年度资金计划", _PLAN), ("立项依据", _BASIS)):
        hands.focus(hands.field(table))
        for cell in cells:
            hands.enter(cell)
