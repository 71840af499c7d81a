"""Why a line is proposed and what its value rests on, in sentences."""

from collections.abc import Mapping, Sequence

from desktop.domain.suggesting.proposal import Basis, Candidate, Evidence, Target, Why
from desktop.texts import tr

_REASONS: Mapping[Why, str] = {
    Why.CORE_SET: "{department}“{kind}”的必选核心指标",
    Why.LAST_YEAR: "{year}年的目标里有，当时是 {target}",
    Why.CORE_OF_USE: "资金用途“{use}”的核心指标",
    Why.CASES: "同类案例 {count} 个都用，如“{name}”",
    Why.USE: "资金用途“{use}”的指标",
    Why.COMMON: "这类项目通用的指标（{kind}）",
    Why.COMMON_CORE: "这类项目通用的核心指标（{kind}）",
    Why.GENERAL: "各类项目都可用的指标",
    Why.WORDS: "名称里有“{words}”",
}
_ONE_CASE = "同类案例“{name}”在用"
_BASES: Mapping[Basis, str] = {
    Basis.TYPICAL: "指标库参考值 {value}",
    Basis.REFERENCE: "参考值 {value}（{where}）",
    Basis.LAST_YEAR: "{year}年填的是 {target}",
    Basis.CASE: "案例“{name}”填的是 {target}",
    Basis.NAMED: "取自项目名称或内容：{number}",
    Basis.DIVIDED: "按项目金额除以 {number}",
    Basis.BUDGET: "按项目金额",
    Basis.BY_CASE: "参照案例“{name}”的 {target} 按金额折算，请核对",
    Basis.BY_PRICE: "按项目金额除以“{name}”{price} 折算，请核对",
    Basis.SISTER: "参照“{name}”的 {target}，请核对",
    Basis.BY_STANDARD: "按{said}折算，请核对",
    Basis.OPEN: "没有可参照的数，请按项目实际填写",
}
_MOST = 2  # reasons in one line: who reads ten lines reads no third reason


def why(evidence: Sequence[Evidence], most: int = _MOST) -> str:
    """Return the strongest reasons as one sentence without its full stop."""
    said = list(dict.fromkeys(_reason(one) for one in evidence))
    return tr("；").join(said[:most])


def basis(target: Target) -> str:
    """Return what the value rests on; for an estimate that it must be compared."""
    facts = dict(target.facts)
    if target.basis is Basis.REFERENCE:
        facts["where"] = "，".join(part for part in (facts["region"], facts["year"], facts["source"]) if part) or "—"
    if target.basis is Basis.TYPICAL and "value" not in facts:
        facts["value"] = target.value
    return tr(_BASES[target.basis], **facts)


def reason(one: Candidate) -> str:
    """Return why a line is proposed and, where that is not the library's usual value, where its value comes from."""
    parts = [why(one.evidence)]
    if one.target.basis is not Basis.TYPICAL:
        parts.append(basis(one.target))
    return tr("；").join(part for part in parts if part)


def _reason(one: Evidence) -> str:
    if one.why is Why.CASES and one.facts["count"] == "1":
        return tr(_ONE_CASE, **one.facts)
    return tr(_REASONS[one.why], **one.facts)
