"""The numbers in rules by name, as people read them."""

from collections.abc import Mapping
from decimal import Decimal

from desktop.domain.money import format_yuan
from desktop.texts import tr
from desktop.texts.words import BUSINESS_TYPES, PROJECT_CLASSES

NAMES: Mapping[str, str] = {
    "second_signer_from": tr("单位负责人也要签章的金额（元起）"),
    "duplicate_days": tr("疑似重复支付的天数"),
    "invoice_exempt": tr("不用发票的支付类型"),
    "vague_purposes": tr("太笼统、不能用的用途"),
    "secret_words": tr("用途里不能出现的涉密字样"),
    "purpose_max": tr("用途最多字数"),
    "goal_total": tr("绩效目标分值合计"),
    "weight_decimals": tr("指标分值的小数位数"),
    "goal_text_min": tr("总体目标最少字数"),
    "goal_text_max": tr("总体目标最多字数"),
    "goal_output_min": tr("产出指标最少个数"),
    "satisfaction_exempt": tr("不用满意度指标的项目类别"),
    "core_weight_percent": tr("核心指标分值占比（%）"),
    "extra_level2": tr("表外仍可使用的二级指标"),
    "scoring_profile": tr("绩效评分办法"),
    "custom_indicators": tr("单位自拟指标"),
    "custom_weight_percent": tr("自拟指标分值占比上限（%）"),
    "project_span_max": tr("项目最长年限（年）"),
    "growth_warn_percent": tr("比上年增长要写说明的幅度（%）"),
    "month_end_deadline_day": tr("每月结账日（日）"),
    "month_end_deadline_hour": tr("结账日截止时间（时）"),
}


_CODES: Mapping[str, Mapping[str, str]] = {
    "invoice_exempt": BUSINESS_TYPES,
    "satisfaction_exempt": PROJECT_CLASSES,
    "scoring_profile": {"PROP_60": tr("比例赋分（60% 起得分）"), "PROP": tr("比例赋分（按完成比例）")},
    "custom_indicators": {"0": tr("不允许"), "1": tr("允许")},
}


def value_words(name: str, value: str) -> str:
    """Return a parameter's value as people read it: codes by their words, amounts in groups."""
    if name == "second_signer_from":
        return format_yuan(Decimal(value))
    words = _CODES.get(name, {})
    return "、".join(words.get(part.strip(), part.strip()) for part in value.split(",") if part.strip()) or tr("没有")


def scope_words(scope: str) -> str:
    """Return what a scope of the catalogue holds."""
    if scope == "public":
        return tr("公用：指标库、代码表、规则")
    unit = scope.partition(":")[2]
    return tr("本单位 {unit}：资料、人员、额度、控制数", unit=unit) if unit else scope
