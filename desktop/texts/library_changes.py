"""What changed in the library, in words: kinds of records, their fields, the values of these, the sentence over all."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum

from desktop.domain.library_changes import BESIDE, ChangeKind, LibraryUpdate, RecordChange
from desktop.texts import tr
from desktop.texts.parameters import NAMES, value_words
from desktop.texts.words import (
    COLLECTION_METHODS,
    DATASETS,
    DIRECTIONS,
    FRAMES,
    LEVEL1,
    LIBRARY_KINDS,
    OPERATORS,
    PROJECT_CLASSES,
    SOURCE_KINDS,
    UNIT_KINDS,
    VALUE_BASES,
)

KINDS: Mapping[ChangeKind, str] = {
    ChangeKind.ADDED: tr("新增"),
    ChangeKind.CHANGED: tr("修改"),
    ChangeKind.WITHDRAWN: tr("停用"),
}
_FIELDS: Mapping[str, str] = {
    "aliases": tr("别名"),
    "amount": tr("金额（元）"),
    "applies_to": tr("适用功能分类"),
    "benefit": tr("效益指标分值"),
    "category": tr("行业类别"),
    "collection_method": tr("取值方式"),
    "check": tr("核对情况"),
    "core_owner": tr("核心指标归口部门"),
    "cost": tr("成本指标分值"),
    "data_source": tr("数据来源"),
    "decimals": tr("小数位数"),
    "default_weight": tr("建议权重"),
    "definition": tr("指标解释"),
    "department": tr("主管部门"),
    "direction": tr("方向"),
    "edition": tr("文件版次"),
    "effective_from": tr("启用年度"),
    "effective_to": tr("最后年度"),
    "evidence": tr("佐证材料"),
    "execution": tr("执行率分档"),
    "execution_points": tr("执行率分值"),
    "formula": tr("计算公式"),
    "frame": tr("表样"),
    "from_year": tr("启用年度"),
    "function_code": tr("支出功能分类"),
    "fund_use": tr("资金用途"),
    "general_goal": tr("总体目标"),
    "grades": tr("等级"),
    "high": tr("最大值"),
    "industry": tr("行业领域"),
    "inputs": tr("要填的数"),
    "expression": tr("计算式"),
    "is_core": tr("核心指标"),
    "leaf": tr("末级"),
    "level1": tr("一级指标"),
    "level2": tr("二级指标"),
    "library_kind": tr("类别"),
    "lines": tr("指标"),
    "low": tr("最小值"),
    "may_exceed": tr("可超过 100%"),
    "name": tr("名称"),
    "negative": tr("反向指标算法"),
    "note": tr("说明"),
    "operator": tr("指标性质"),
    "output": tr("产出指标分值"),
    "output_unit": tr("结果单位"),
    "over": tr("超额要说明的幅度（%）"),
    "parent": tr("上级"),
    "profile": tr("分值方案"),
    "project_kind": tr("项目类型"),
    "project_kinds": tr("适用项目"),
    "project_name": tr("项目名称"),
    "project_tags": tr("适用项目"),
    "quant_model_code": tr("量化模型"),
    "reference_values": tr("参考值"),
    "satisfaction": tr("满意度指标分值"),
    "scoring_method": tr("评分方法"),
    "scoring_params": tr("评分参数"),
    "set": tr("编码表"),
    "source": tr("依据"),
    "source_kind": tr("指标来源"),
    "successor": tr("接替的指标"),
    "threshold": tr("及格门槛（%）"),
    "to_year": tr("最后年度"),
    "typical_value": tr("参考指标值"),
    "unit": tr("计量单位"),
    "unit_kinds": tr("适用单位"),
    "value": tr("取值"),
    "value_basis": tr("指标值设定依据"),
    "year": tr("年度"),
    "year_goal": tr("年度目标"),
}
_CODES: Mapping[str, Mapping[str, str]] = {
    "basis": VALUE_BASES,
    "collection_method": COLLECTION_METHODS,
    "direction": DIRECTIONS,
    "frame": FRAMES,
    "level1": LEVEL1,
    "library_kind": LIBRARY_KINDS,
    "operator": OPERATORS,
    "project_kinds": PROJECT_CLASSES,
    "source_kind": SOURCE_KINDS,
    "unit_kinds": UNIT_KINDS,
    "value_basis": VALUE_BASES,
}
NOTHING = tr("（空）")
# Of a line of a case, a core set or a reference value: what is shown of it, in this order.
_OF_LINE = (
    "year", "region", "level2", "name", "operator", "target", "typical_value", "value", "unit", "weight", "basis",
)


def field_word(name: str) -> str:
    """Return what a field of a library record is called; one that only a newer program knows keeps its name."""
    return _FIELDS.get(name, tr("其他内容（{name}）", name=name))


def field_value(name: str, value: object) -> str:
    """Return a field's value as people read it: codes by their words, each line of a list in a line of its own."""
    if value is None or value == "" or value == ():
        return NOTHING
    if isinstance(value, bool):
        return tr("是") if value else tr("否")
    if isinstance(value, Decimal):
        return f"{value:,f}" if name == "amount" else f"{value.normalize():f}"
    if isinstance(value, tuple):
        return "\n".join(map(_line, value)) if is_dataclass(value[0]) else "、".join(_plain(name, one) for one in value)
    return _plain(name, value)


def title_of(change: RecordChange) -> str:
    """Return what a changed record is called; a parameter by its words, a code with its number."""
    if change.dataset == "parameter":
        return NAMES.get(change.title, change.title)
    return f"{change.key.split()[1]} {change.title}" if change.dataset == "code" and " " in change.key else change.title


def parameter_value(change: RecordChange, value: object) -> str:
    """Return the value of a changed parameter in words."""
    return value_words(change.title, str(value)) if value is not None else NOTHING


def what_changed(change: RecordChange) -> str:
    """Return in one line what happened to a record: the names of its fields, or until when it holds."""
    if change.kind is ChangeKind.WITHDRAWN:
        return tr("用到 {year} 年为止", year=change.last_year) if change.last_year else tr("已从库里移除")
    if change.kind is ChangeKind.ADDED:
        return tr("新增{what}", what=DATASETS.get(change.dataset, ""))
    return "、".join(dict.fromkeys(map(field_word, change.fields)))


def numbers(update: LibraryUpdate) -> str:
    """Return the numbers of an update: 新增 12、修改 3、停用 1; what is zero is left out."""
    counted = zip(KINDS.values(), (update.added, update.changed, update.withdrawn), strict=True)
    parts = [tr("{word} {count}", word=word, count=count) for word, count in counted if count]
    if update.beside and not parts:
        return tr("编码和参数 {count}", count=update.beside)
    return "、".join(parts)


def news(update: LibraryUpdate) -> str:
    """Return the sentence over the library: 指标库 2026.2 版有更新：新增 12、修改 3、停用 1."""
    return tr("指标库 {edition} 版有更新：{numbers}", edition=update.edition, numbers=numbers(update))


def is_beside(change: RecordChange) -> bool:
    """Tell whether a change is of codes or parameters, not of the library."""
    return change.dataset in BESIDE


def _plain(name: str, value: object) -> str:
    text = str(value.value) if isinstance(value, Enum) else str(value)
    return _CODES.get(name, {}).get(text, text)


def _line(row: object) -> str:
    have = [one.name for one in fields(row)]  # type: ignore[arg-type]  # known to be a dataclass
    shown = [name for name in _OF_LINE if name in have] or have
    found = [(name, getattr(row, name)) for name in shown]
    return " ".join(field_value(name, value) for name, value in found if value not in ("", None))
