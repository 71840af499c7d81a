"""Words of the import wizard: what is wrong with a cell, why a column was guessed, what becomes of a row."""

from collections import defaultdict
from collections.abc import Mapping

from desktop.texts import tr

_FLAWS: Mapping[str, tuple[str, str]] = {
    "I-01": ("没有填", "请补上"),
    "I-02": ("“{text}”不是金额", "请改成数字，如 1,234.50"),
    "I-03": ("{text} 有不到一分的零头", "改成 {rounded}，或一次全部四舍五入到分"),
    "I-04": ("“{text}”太大了", "请核对金额和单位"),
    "I-05": ("金额 {text} 不能这样填", "请改成大于零的数"),
    "I-06": ("“{text}”不是日期", "请写成 {year}-11-20 或 1120"),
    "I-07": ("{text} 不在 {year} 年", "请改成 {year} 年的日期"),
    "I-08": ("没有找到“{text}”", "请从列表里选，或核对编码和名称"),
    "I-09": ("“{text}”有 {count} 个可能：{choices}", "请写清是哪一个"),
    "I-10": ("“{text}”是汇总科目，不能直接用", "请选它下面的末级科目"),
    "I-11": ("号码已被 Excel 改坏：{text}", "请从原始资料重新填写完整号码"),
    "I-12": ("“{text}”不是一串数字", "请只填数字"),
    "I-13": ("有 {length} 个字，最多 {most} 个", "请写短一些"),
    "I-14": ("公式出错：{text}", "请在 Excel 里改好，或在这里直接填"),
    "I-15": ("“{text}”看不出是还是否", "请填 是 或 否"),
    "I-16": ("与第 {row} 行是同一项", "请合并成一行，或改其中一行"),
    "I-17": ("{what}", "请补上或改正"),
    "I-18": ("“{text}”用到 {last} 年为止", "请改用“{instead}”"),
    "I-19": ("“{text}”用到 {last} 年为止", "请从列表里选本年有效的"),
}

_GUESSES: Mapping[str, str] = {
    "NAME": "表头就叫“{name}”",
    "SYNONYM": "“{name}”通常就是这一栏",
    "PART": "表头里有“{name}”，请看一眼",
    "SAMPLE": "看内容像：{of} 个里有 {fit} 个",
    "TEMPLATE": "本程序的模板",
    "REMEMBERED": "按您上次的选择",
    "CHOSEN": "您选的",
    "NONE": "没有用到，不导入",
    "TAKEN": "“{by}”更像{column}，这一列不导入",
}

FATES: Mapping[str, str] = {"NEW": "新增", "CHANGE": "覆盖", "SAME": "没有变化", "REPEAT": "重复"}


def flaw(code: str, facts: Mapping[str, str]) -> str:
    """Return what is wrong with a cell."""
    return tr(_FLAWS[code][0]).format_map(defaultdict(str, facts))


def remedy(code: str, facts: Mapping[str, str]) -> str:
    """Return what to do about it."""
    return tr(_FLAWS[code][1]).format_map(defaultdict(str, facts))


def guess(why: str, facts: Mapping[str, str]) -> str:
    """Return why a column was taken for what it was."""
    return tr(_GUESSES[why]).format_map(defaultdict(str, facts))


def doubt(why: str, facts: Mapping[str, str]) -> str:
    """Return why the amounts may be in another unit of money."""
    words = {
        "SAYS": tr("表里写着“{where}”，单位是{text}；本程序按“元”记。"),
        "SMALL": tr("表里的数约为平常的 {times} 分之一，像是“万元”；本程序按“元”记。"),
        "LARGE": tr("表里的数约为平常的 {times} 倍，像是多乘了一万；本程序按“元”记。"),
    }
    return words[why].format_map(defaultdict(str, facts))
