"""What the rules of quantification models say: an input, a result or the model itself does not fit."""

from collections.abc import Mapping

from desktop.domain.expression import Flaw
from desktop.texts.problem_texts import Text

MODELS: Mapping[str, Text] = {
    "P-50.missing": ("还有数没填", "“{name}”第 {row} 行还没有填。", "请填写测得的数，没有就填 0。"),
    "P-50.number": ("填的不是数", "“{name}”填的是“{value}”，这里要填数。", "请只填数，单位在后面选。"),
    "P-50.low": ("填的数太小", "“{name}”填的是 {value}，不应小于 {low}。", "请核对原始记录和单位。"),
    "P-50.high": ("填的数太大", "“{name}”填的是 {value}，不应大于 {high}。", "请核对原始记录和单位。"),
    "P-50.rows": ("表里还没有数", "“{name}”一行都没有填。", "请至少填一行，也可以从表格里粘贴。"),
    "P-50.none_left": ("没有可用的行", "各行的数量都太少，按规定都不参加计算。", "请补充调查后再算。"),
    "P-50.zero": ("除数是零", "按填的数，公式里的除数是零，算不出结果。", "请核对作除数的那几个数。"),
    "P-50.result_low": ("结果太小", "算出来是 {value}，不应小于 {low}。", "请核对各项数据是否填反。"),
    "P-50.result_high": ("结果太大", "算出来是 {value}，不应大于 {high}。", "请核对各项数据是否填反。"),
    "P-51.target": (
        "指标值改过了",
        "“{name}”按模型算出 {result}，现在填的是 {target}。",
        "请重新用模型计算，或写一句说明。",
    ),
    "P-51.version": (
        "量化模型有新版本",
        "“{name}”用的模型已由 {old} 更新为 {new}，已算的结果不变。",
        "需要时可以用新版本重新计算。",
    ),
    "P-52.twice": ("模型有误", "模型里“{name}”出现了两次。", "请向财政部门反映，先按公式手工计算。"),
    "P-52.bounds": ("模型有误", "模型里“{name}”的上下限颠倒。", "请向财政部门反映，先按公式手工计算。"),
    "P-52.unknown": ("模型有误", "模型公式里的“{name}”没有对应的数据项。", "请向财政部门反映，先按公式手工计算。"),
    "P-52.unused": ("模型有误", "模型的数据项“{name}”没有用在公式里。", "请向财政部门反映，先按公式手工计算。"),
    "P-52.formula": ("模型有误", "模型的公式从第 {at} 个字起{flaw}。", "请向财政部门反映，先按公式手工计算。"),
}

# Why a formula cannot be read or computed, after "从第 5 个字起".
FLAWS: Mapping[str, str] = {
    Flaw.EMPTY: "没有内容",
    Flaw.TOO_LONG: "超过了长度限制",
    Flaw.TOO_DEEP: "括号套得太多",
    Flaw.TOO_LARGE: "算出来的数太大",
    Flaw.SIGN: "有不认识的符号",
    Flaw.INCOMPLETE: "缺一个数",
    Flaw.NO_OPERATOR: "缺加减乘除号",
    Flaw.OPEN_BRACKET: "缺少右括号",
    Flaw.CLOSE_BRACKET: "多了一个右括号",
    Flaw.ZERO_DIVISION: "除数是零",
    Flaw.NAME: "有没见过的名称",
    Flaw.ARGUMENTS: "函数里的内容不对",
    Flaw.TABLE: "各列行数不一样，或结果不是一个数",
}
