"""Findings of the rules in Chinese: title, sentence with its numbers, what to do; also what passed rules say."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.document import State
from desktop.domain.goal_checklist import ChecklistItem
from desktop.domain.money import MoneyError
from desktop.domain.problem import Problem
from desktop.domain.voucher_rules import RuleResult
from desktop.texts import tr
from desktop.texts.code_texts import YEARS
from desktop.texts.goal_texts import GOAL
from desktop.texts.model_texts import FLAWS, MODELS
from desktop.texts.places import place_name
from desktop.texts.problem_texts import BUDGET, DOCUMENT, EVOUCHER, MONEY, PROJECT, VOUCHER, Text
from desktop.texts.states import pill
from desktop.texts.words import (
    BUSINESS_TYPES,
    DIRECTIONS,
    INCOME_ITEMS,
    LEVEL1,
    NATURES,
    OPERATORS,
    POSTS,
    PROJECT_CLASSES,
)

__all__ = ["ProblemText", "checklist_item", "describe", "money_text", "passed", "place_name"]

TEXTS: Mapping[str, Text] = {**DOCUMENT, **PROJECT, **GOAL, **MODELS, **BUDGET, **VOUCHER, **EVOUCHER}
_UNKNOWN: Text = ("一条规则没有通过", "规则 {code} 没有通过（{place}）。", "请核对该处内容；不清楚请联系财政部门。")

# Facts that are codes, and their words.
_WORDS: Mapping[str, Mapping[str, str]] = {
    "level1": LEVEL1,
    "flaw": FLAWS,
    "operator": OPERATORS,
    "direction": DIRECTIONS,
    "role": POSTS,
    "post": POSTS,
    "item": INCOME_ITEMS,
    "nature": NATURES,
    "class": PROJECT_CLASSES,
    "business": BUSINESS_TYPES,
    "from": {state.value: pill(state) for state in State},
    "to": {state.value: pill(state) for state in State},
    "finding": {
        "E-01": "金额加不拢",
        "E-03": "号码或代码的格式不对",
        "E-04": "大小写金额不一致",
        "E-05": "签章的数字签名无效",
        "E-07": "内容前后不一致",
    },
    "status": {"FROZEN": "已冻结", "CLOSED": "已关闭"},
    "state": {
        "SUSPENDED": "停止执行",
        "VERIFYING": "核查整改",
        "ADJUSTING": "调整",
        "RECLAIMING": "收回资金",
        "NOT_CHECKED": "不能验证",
        "UNKNOWN_CA": "已验证，但不认识签发机构",
    },
}

_PASSED: Mapping[str, str] = {
    "V-01": "明细 {count} 行，合计 {lines}，等于金额",
    "V-02": "大写与金额一致",
    "V-03": "必填项已填全",
    "V-04": "付款账号是本单位账户",
    "V-05": "明细各行完整",
    "V-06": "日期没有超前",
    "R-01": "可用额度 {available}，够付",
    "R-03": "科目、项目与指标一致",
    "R-04": "指标可用，年度一致",
    "R-05": "工资指标使用正确",
    "R-09": "收款人不是本单位账户",
    "R-11": "发票没有用过，{days} 天内无重复",
    "R-12.equal": "发票合计 {covered}，等于金额",
    "R-12.more": "发票合计 {covered}，够付",
    "R-12.exempt": "{business}不需要发票",
    "R-13": "项目执行正常",
    "R-18": "账号、行号格式正确",
    "R-19": "用途写得具体",
}

# By (code, outcome); the outcome is yes, no or look.
_ITEMS: Mapping[tuple[str, str], str] = {
    ("LEVEL1", "yes"): "{level1} {count} 条，分值 {have}/{want}",
    ("LEVEL1", "no"): "{level1} {count} 条，分值 {have}/{want}",
    ("TOTAL", "yes"): "合计 {have}/{want} 分",
    ("TOTAL", "no"): "合计 {have}/{want} 分",
    ("SHAPE", "yes"): "数量、质量、效益、满意度都有",
    ("SHAPE", "no"): "必有的指标还不全，或有重复",
    ("NO_LINES", "no"): "还没有指标，从指标库勾选或用智能推荐",
    ("TARGETS", "yes"): "指标值都已填好，单位与指标库一致",
    ("TARGETS", "no"): "指标值有 {wrong} 条要改，其中 {missing} 条没填",
    ("TARGETS", "look"): "有 {wrong} 条的单位与指标库不同",
    ("CORE", "yes"): "核心指标 {count} 条，占 {have} 分（≥ {need}）",
    ("CORE", "no"): "还没有核心指标",
    ("CORE", "look"): "核心指标 {count} 条，占 {have} 分（应 ≥ {need}）",
    ("OWN", "yes"): "自拟指标 {count} 条，{have} 分（最多 {most} 分）",
    ("OWN", "no"): "自拟指标 {count} 条，{have} 分（最多 {most} 分）",
    ("LIBRARY", "no"): "{count} 条指标已停用：{name}",
    ("TEXT", "yes"): "目标文字 {length} 字",
    ("TEXT", "no"): "目标文字 {length} 字，长短不合要求",
    ("AMOUNT", "yes"): "金额与项目一致 {project}",
    ("AMOUNT", "no"): "金额与项目 {project} 不一致",
    ("AMOUNT", "look"): "文字里的 {written} 与项目 {project} 不同",
    ("LAST_YEAR", "look"): "{count} 条指标值与上年相同：{name} {target}",
}
_OUTCOMES: Mapping[bool | None, str] = {True: "yes", False: "no", None: "look"}


@dataclass(frozen=True, slots=True)
class ProblemText:
    """A finding as people read it."""

    title: str
    sentence: str
    advice: str


def describe(problem: Problem | RuleResult) -> ProblemText:
    """Return the text of a finding; a code that this program does not know gets a general one that names it."""
    place = place_name(problem.where)
    places = {**_in_words(problem.facts), "place": place, "code": problem.facts.get("code", problem.code)}
    title, sentence, advice = _text_of(problem.code, problem.where, problem.facts)
    return ProblemText(tr(title, **places), tr(sentence, **places), tr(advice, **places))


def passed(result: RuleResult) -> str:
    """Return what a passed rule says, with its numbers."""
    case = result.facts.get("case", "")
    text = _PASSED[f"{result.code}.{case}" if case else result.code]
    return tr(text, **_in_words(result.facts))


def checklist_item(item: ChecklistItem) -> str:
    """Return one line of the goal's live checklist."""
    return tr(_ITEMS[item.code, _OUTCOMES[item.ok]], **_in_words(item.facts))


def money_text(error: MoneyError) -> str:
    """Return why a typed amount was not taken and how to write it."""
    return MONEY[error.code]


def _text_of(code: str, where: str, facts: Mapping[str, str]) -> Text:
    if facts.get("case") in YEARS:
        return YEARS[facts["case"]]
    for case in (facts.get("case", ""), where.rpartition(".")[2]):
        if case and f"{code}.{case}" in TEXTS:
            return TEXTS[f"{code}.{case}"]
    return TEXTS.get(code, _UNKNOWN)


def _in_words(facts: Mapping[str, str]) -> dict[str, str]:
    return {name: _WORDS[name].get(value, value) if name in _WORDS else value for name, value in facts.items()}
