"""The texts of a proposed goal, composed from its lines and its money: what is done, how much, how well, for whom."""

import re
from collections.abc import Sequence
from decimal import Decimal

from desktop.domain.goal import Level1, Operator
from desktop.domain.suggesting.project_words import ProjectKind
from desktop.domain.suggesting.proposal import Brief, Candidate
from desktop.domain.suggesting.targets import PERCENT, shown

_TEN_THOUSAND = Decimal(10000)
_ASIDE = re.compile(r"[（(][^）)]*[）)]$")
_FUNDS = re.compile("(?:工作|专项|业务)*(?:经费|资金)$")
_BLANKS = re.compile(r"\s+")
_MOST = 460  # characters, below the 500 of P-16
_MOST_SUMMARY = 120
_PURPOSE = "按计划完成各项任务，保证质量，发挥资金效益"
_MONEY_ENDS = ("资金", "经费", "补助", "补贴", "费", "津贴", "工资", "报酬", "金", "贴息", "保险")
_ENDS = (*_MONEY_ENDS, "项目", "工程", "计划", "行动", "活动", "工作")


def year_goal(brief: Brief, lines: Sequence[Candidate]) -> str:
    """Return the year's goal: the money, the output, the effect; 20 to 500 characters (P-16, P-17)."""
    spent = f"安排资金{money(brief.amount)}，用于" if brief.amount > 0 else "实施"
    head = f"{brief.year}年{spent}{named(_FUNDS.sub('', brief.name) or brief.name)}。"
    parts = [_said(lines, (Level1.OUTPUT,)), _said(lines, (Level1.COST,)), _said(lines, (Level1.BENEFIT,)),
             _said(lines, (Level1.SATISFACTION,))]
    text = head
    for part in parts:
        for phrase in part:
            longer = f"{text}{'' if text.endswith('。') else '，'}{phrase}"
            text = longer if len(longer) < _MOST else text
        text = text if text.endswith("。") else f"{text}。"
    return text


def general_goal(brief: Brief, kinds: Sequence[ProjectKind], lines: Sequence[Candidate]) -> str:
    """Return the goal of the whole period: what the project is for, in the summary's own words where it has them."""
    purpose = _BLANKS.sub("", brief.summary).rstrip("。；，;,.")[:_MOST_SUMMARY]
    purpose = purpose or next((kind.purpose for kind in kinds if kind.purpose), _PURPOSE)
    effects = _said(lines, (Level1.BENEFIT, Level1.SATISFACTION))
    after = f"；{'，'.join(effects[:3])}" if effects else ""
    verb = "安排" if brief.name.endswith(_MONEY_ENDS) else "实施"
    return f"通过{verb}{named(brief.name)}，{purpose}{after}。"[:_MOST]


def money(amount: Decimal) -> str:
    """Return yuan as a goal's text says them: 120万元, 12,345.60元."""
    tens = amount / _TEN_THOUSAND
    return f"{shown(tens)}万元" if tens == round(tens, 2) else f"{amount:,.2f}元"


def named(name: str) -> str:
    """Return the project as it stands inside a sentence."""
    name = _BLANKS.sub("", name)
    return name if name.endswith(_ENDS) else f"{name}项目"


def phrase(one: Candidate) -> str:
    """Return a line as a clause of the text."""
    name, value, unit = _ASIDE.sub("", one.indicator.name), one.target.value, one.indicator.unit
    unit = unit if unit in PERCENT else _ASIDE.sub("", unit)
    if one.operator is Operator.QUAL:
        return f"{name}{value}"
    if one.operator is Operator.RANGE:
        return f"{name}保持在{value.replace('~', '至')}{unit}"
    if one.operator in (Operator.LE, Operator.LT):
        return f"{name}不超过{value}{unit}"
    if one.operator is Operator.EQ:
        return f"{name}为零" if value == "0" else f"{name}{'达到' if unit in PERCENT else '为'}{value}{unit}"
    if unit in PERCENT:
        return f"{name}达到{value}{unit}{'' if value == '100' else '以上'}"
    return f"{name}不少于{value}{unit}"


def _said(lines: Sequence[Candidate], levels: Sequence[Level1]) -> list[str]:
    return [phrase(one) for one in lines if one.level1 in levels and one.target.value]
