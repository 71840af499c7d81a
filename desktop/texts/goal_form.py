"""What a filled goal form that came back says: flaws with their cell, and how its lines stand to goal and library."""

from collections.abc import Mapping

from desktop.domain.goal_form.reading import FormFlaw
from desktop.texts import tr

_FLAWS: Mapping[str, str] = {
    "columns": tr("文件里没有找到申报表：要有“三级指标”和“指标值”两列。请核对选的文件，或先导出申报表再填。"),
    "level": tr("“{name}”的二级指标“{level2}”不认识，或与一级指标不一致。请改成表上的名称。"),
    "name": tr("这一行没有三级指标名称。请补上名称。"),
    "twice": tr("“{name}”在表里出现了两次，只取第一次。"),
    "weight": tr("“{name}”的权重“{value}”不是数，先按 0 分带入。"),
    "operator": tr("“{name}”的指标性质“{value}”不认识。请填 ≥ ≤ ＝ ＞ ＜ 区间 或 定性。"),
    "many": tr("指标超过 {most} 条，后面的没有读。"),
}
FOUND: Mapping[str, str] = {
    "HERE": tr("已在目标里"),
    "LIBRARY": tr("指标库有"),
    "OWN": tr("作为自拟"),
    "UNSAID": tr("自拟缺说明"),
    "CLOSED": tr("已停用"),
    "UNKNOWN": tr("库里没有"),
}


def flaw_words(flaw: FormFlaw) -> str:
    """Return where and what, "G12：…"; a flaw of the whole file without a cell."""
    said = tr(_FLAWS[flaw.case], **flaw.facts)
    return f"{flaw.cell}：{said}" if flaw.cell else said
