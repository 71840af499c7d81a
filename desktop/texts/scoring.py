"""How an indicator is scored, in a sentence, and what a result near its target would earn."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from desktop.domain.goal import GoalLine, Operator
from desktop.domain.goal_rules import points
from desktop.domain.goal_targets import target_bounds
from desktop.domain.scoring import Actual, Method, NotScorable, ScoringProfile, bands_in, method_of, score_line
from desktop.texts import tr

_HUNDRED = Decimal(100)
_MISSED, _BEYOND = Decimal("0.86"), Decimal("1.2")  # of the target: what the examples say was reached
_DIRECT = tr("直接赋分：达到得满分，没有达到不得分。")
_FIXED: Mapping[Method, str] = {
    Method.DIRECT: _DIRECT,
    Method.GRADE: tr("评判等级赋分：基本达成得 80%～100%，部分达成得 60%～80%（不含），未达成得 60% 以下。"),
}


def scoring_words(line: GoalLine, profile: ScoringProfile) -> str:
    """Return the method of a line under a profile in one sentence."""
    method = method_of(line)
    if method is Method.DIRECT and line.scoring_params.startswith("扣"):
        return tr("直接赋分：达到得满分，每漏一次{deduction} 分。", deduction=line.scoring_params)
    if method in _FIXED:
        return _FIXED[method]
    if method is Method.INTERVAL:
        return _interval(line)
    if method is Method.SATISFACTION and profile.satisfaction:
        return _satisfaction(profile)
    if method is Method.PROPORTION and profile.threshold:
        low = points(profile.threshold)
        return tr("完成比例赋分：完成 {low}% 以下不得分，{low}% 至 100% 按比例得分，超过的不加分。", low=low)
    return tr("完成比例赋分：得分＝完成比例×分值，超过的不加分。")


def scoring_example(line: GoalLine, profile: ScoringProfile) -> str:
    """Return what one result would earn, "例：完成 430 亩，得 6.50 分"; empty without a target or points."""
    method = method_of(line)
    bounds = target_bounds(line)
    if line.weight <= 0 or bounds is None or method in (Method.DIRECT, Method.GRADE):
        return ""
    worse = _BEYOND if line.operator in (Operator.LE, Operator.LT) else _MISSED
    reached = _rounded(bounds[0] * worse, bounds[0])
    try:
        score = score_line(line, Actual(f"{reached:f}"), profile)
    except NotScorable:
        return ""
    said = {"value": f"{reached:,f}", "unit": line.unit, "points": f"{score.points:f}", "weight": points(line.weight)}
    return tr("例：完成 {value} {unit}，得 {points} 分（满分 {weight}）。", **said)


def _interval(line: GoalLine) -> str:
    try:
        bands = bands_in(line.scoring_params)
    except NotScorable:
        return tr("区间赋分：指标库没有给出区间，请向财政部门询问。")
    parts = [tr("{low} 以上得 {share} 分", low=points(band.low), share=points(band.share)) for band in bands]
    return tr("区间赋分：{parts}。", parts="，".join(parts))


def _satisfaction(profile: ScoringProfile) -> str:
    parts = []
    for band in profile.satisfaction:
        if band.share == _HUNDRED:
            parts.append(tr("{low}% 以上得满分", low=points(band.low)))
        elif band.share:
            parts.append(tr("{low}% 以上得 {share}%", low=points(band.low), share=points(band.share)))
    return tr("满意度赋分：{parts}，其余不得分。", parts="，".join(parts))


def _rounded(value: Decimal, like: Decimal) -> Decimal:
    """Round to the decimals of the target, one more where it is small."""
    places = max(0, -int(like.normalize().as_tuple().exponent)) + (1 if abs(like) < 20 else 0)
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
