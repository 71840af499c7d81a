"""How an indicator is scored, proved and compared, in the words of the form."""

from collections.abc import Mapping

from desktop.domain.goal import GoalLine, Operator
from desktop.domain.library import Indicator
from desktop.domain.scoring import ScoringProfile
from desktop.texts import tr
from desktop.texts.scoring import scoring_example, scoring_words
from desktop.texts.words import COLLECTION_METHODS, OPERATORS, VALUE_BASES
from desktop.ui.kit.choices import Choice
from desktop.ui.performance.goal_lines import shown_target, value_words
from desktop.usecases.compare_values import CASE, LAST, TYPICAL, Comparable

_NAMED = 2  # function codes that are said by name
_ORIGINS: Mapping[str, str] = {LAST: tr("上年"), TYPICAL: tr("常用"), CASE: tr("案例"), **VALUE_BASES}


def goal_words(line: GoalLine) -> str:
    """Return a line's target as people say it: "≥ 72 %", 明显改善."""
    if line.operator is Operator.QUAL:
        return line.target.strip() or tr("定性目标")
    return value_words(OPERATORS[line.operator.value], line.target, line.unit)


def rule_words(line: GoalLine, how: ScoringProfile | None) -> str:
    """Return how a line becomes points under the bureau's way of scoring, with an example from its own target."""
    if how is None:
        return tr("{method}，评分办法由财政部门确定。", method=line.scoring_method or tr("完成比例赋分"))
    return " ".join(part for part in (scoring_words(line, how), scoring_example(line, how)) if part)


def meaning_words(explanation: str, formula: str) -> str:
    """Return what is counted and how it is computed."""
    parts = [part.rstrip("。") for part in (explanation, formula) if part.strip()]
    return "；".join(parts) + "。" if parts else ""


def proof_words(line: GoalLine) -> str:
    """Return what proves a value, where it comes from, how it is found, and on what the target rests."""
    return "　".join(f"{name}：{text}" for name, text in (
        (tr("佐证"), line.evidence), (tr("数据来源"), line.data_source),
        (tr("取值方式"), COLLECTION_METHODS.get(line.collection_method, "")),
        (tr("设定依据"), VALUE_BASES.get(line.value_basis, "")),
    ) if text.strip())


def scope_words(entry: Indicator | None, functions: Mapping[str, Choice]) -> str:
    """Return for what an entry of the library is meant: field, category, use of money, function codes by name."""
    if entry is None:
        return ""
    field = " › ".join(dict.fromkeys(part for part in (entry.industry, entry.category, entry.fund_use) if part))
    names = [functions[code].name for code in entry.applies_to if code in functions]
    more = tr("等 {count} 项", count=len(names)) if len(names) > _NAMED else ""
    scope = "、".join(names[:_NAMED]) + more
    return "，".join(part for part in (field, scope and tr("支出科目 {names}", names=scope)) if part)


def comparable_words(one: Comparable) -> str:
    """Return the short words before a value that can be taken: 上年, 行业标准（2025） 包头市, 案例."""
    year = tr("（{year}）", year=one.year) if one.year and one.origin != CASE else ""
    return f"{_ORIGINS.get(one.origin, '')}{year} {one.region}".strip()


def comparable_tip(one: Comparable, unit: str) -> str:
    """Return a value with everything that is known of it."""
    origin = " · ".join(part for part in (comparable_words(one), one.source) if part)
    return tr("取用 {value} {unit}（{origin}）", value=shown_target(one.value), unit=unit, origin=origin)
