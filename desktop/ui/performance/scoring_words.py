"""How an indicator is scored, proved and compared, in the words of the form."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from desktop.domain.goal import GoalLine, Operator
from desktop.domain.goal_rules import points
from desktop.domain.library import Indicator
from desktop.texts import tr
from desktop.texts.words import COLLECTION_METHODS, OPERATORS, VALUE_BASES
from desktop.ui.kit.choices import Choice
from desktop.ui.performance.goal_lines import shown_target
from desktop.usecases.compare_values import CASE, LAST, TYPICAL, Comparable

SATISFACTION, DIRECT, GRADE = "满意度赋分", "直接赋分", "评判等级赋分"
_PLEASED = (("90", Decimal(1)), ("80", Decimal("0.8")), ("60", Decimal("0.5")))  # performance rules, section 5
_GRADES = ((tr("基本达成"), Decimal("0.8"), Decimal(1)), (tr("部分达成"), Decimal("0.6"), Decimal("0.8")),
           (tr("未达成"), Decimal(0), Decimal("0.6")))
_NAMED = 2  # function codes that are said by name
_ORIGINS: Mapping[str, str] = {LAST: tr("上年"), TYPICAL: tr("常用"), CASE: tr("案例"), **VALUE_BASES}


def goal_words(line: GoalLine) -> str:
    """Return a line's target as people say it: "≥ 72 %", 明显改善."""
    if line.operator is Operator.QUAL:
        return line.target.strip() or tr("定性目标")
    sign = OPERATORS[line.operator.value]
    return f"{sign} {shown_target(line.target) or '___'} {line.unit}".strip()


def scoring_words(line: GoalLine) -> str:
    """Return how a line becomes points, with its own target and points."""
    weight, goal = line.weight, goal_words(line)
    full = tr("满分 {points} 分", points=points(weight)) if weight else tr("满分")
    if line.scoring_method == SATISFACTION:
        steps = [tr("{low}% 及以上得 {points}", low=low, points=_share(weight, share)) for low, share in _PLEASED]
        return tr("满意度赋分：{steps}，60% 以下不得分。", steps="，".join(steps))
    if line.scoring_method == DIRECT:
        return tr("直接赋分：达到“{goal}”得{full}，达不到不得分。", goal=goal, full=full)
    if line.scoring_method == GRADE or line.operator is Operator.QUAL:
        steps = [tr("{name} {low}～{high}", name=name, low=_bare(weight, low), high=_share(weight, high))
                 for name, low, high in _GRADES]
        return tr("评判等级赋分：{steps}，由评价人写明比例和理由。", steps="，".join(steps))
    method = line.scoring_method or tr("完成比例赋分")
    return tr("{method}：达到“{goal}”得{full}，达不到的按完成比例得分。", method=method, goal=goal, full=full)


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


def _share(weight: Decimal, share: Decimal) -> str:
    if not weight:
        return tr("{percent}% 的分", percent=points(share * 100))
    return tr("{points} 分", points=_bare(weight, share))


def _bare(weight: Decimal, share: Decimal) -> str:
    """Return a share of the points, or of a hundred percent while there are no points yet."""
    if not weight:
        return points(share * 100)
    return points((weight * share).quantize(Decimal("0.01"), ROUND_HALF_UP))
