"""What the check of a library says: the sentence with its facts, and what to do. Keys are ``code`` or ``code.case``."""

from collections.abc import Mapping

from desktop.domain.library_rules.finding import Finding
from desktop.domain.library_rules.headings import TITLES
from desktop.texts import tr
from desktop.texts.words import DIRECTIONS, LEVEL1, OPERATORS

_TEXTS: Mapping[str, tuple[str, str]] = {
    "L-01.missing": ("没有指标编码", "请给它一个没有用过的编码"),
    "L-01.form": ("编码“{value}”不合格式", "编码只用字母、数字、点和横线，最多 40 位"),
    "L-01.twice": ("编码 {value} 已经用在 {file} 第 {row} 行", "每条指标一个编码，用过的编码不能再给别的指标"),
    "L-02.twice": ("三级指标“{value}”已经在 {file} 第 {row} 行", "同一张表上一个名称只能出现一次，请改名或合并"),
    "L-03.use": ("与同一用途的“{other}”（{file} 第 {row} 行）几乎同名", "请合并或改得能分清；确实不同的记入近名对照表"),
    "L-03.library": ("与“{other}”（{file} 第 {row} 行）几乎同名", "请写明对象以便分清；确实不同的记入近名对照表"),
    "L-03.alias": ("别名“{other}”是另一条指标的名称（{file} 第 {row} 行）", "请去掉这个别名，免得查到别的指标"),
    "L-04.unknown": ("没有“{level2}”这个二级指标", "请用绩效目标表上的二级指标"),
    "L-04.other": ("“{level2}”不属于“{level1}”", "请改一级指标或二级指标"),
    "L-05.misplaced": ("从名称看应是“{belongs}”，现在放在“{level2}”", "请换到合适的二级指标，或改名"),
    "L-05.not_satisfaction": ("名称里看不出是满意度", "请改名，或换到别的二级指标"),
    "L-06": ("性质是“{operator}”，方向却是“{direction}”", "≥、> 是正向，≤、< 是反向，定性是正向"),
    "L-07.bad_grows": ("这是不希望发生的事，性质却是“≥”", "请改为“≤”和反向，或改名为降低了多少"),
    "L-07.less_shrinks": ("降得越多越好，性质却是“≤”", "请改为“≥”和正向"),
    "L-07.good_shrinks": ("越高越好，性质却是“≤”", "请改为“≥”和正向"),
    "L-07.equal_negative": ("“=”只有目标值为 0 时才是反向，现在是 {value}", "请改为正向"),
    "L-08.missing": ("没有度量单位", "定量指标须有度量单位"),
    "L-08.qualitative": ("定性指标不写度量单位，现在是“{unit}”", "请删去单位，或改为定量"),
    "L-08.rate": ("名称是比率，单位却是“{unit}”", "请改为 %，或改名"),
    "L-08.count": ("名称是数量，单位却是“{unit}”", "请改为计数的单位，或改名为率"),
    "L-09": ("“{unit}”不在绩效计量单位里", "请换成已有的单位；确需新单位的，先加到代码表“绩效计量单位”里"),
    "L-10.words": ("指标值“{value}”不是数字", "请填数字，或留空由单位按项目填写"),
    "L-10.negative": ("指标值 {value} 是负数", "请改为零或正数；用“下降了多少”代替负数"),
    "L-10.over": ("指标值 {value}% 超过 100%", "请改正；确实可以超过的请标明“可超百分之百”"),
    "L-10.qualitative": ("定性指标的指标值是数字“{value}”", "请用文字写出等次，或改为定量"),
    "L-10.no_words": ("定性指标没有写等次", "请写出达到的程度，如“合理”“健全”"),
    "L-10.no_range": ("区间“{value}”写法不对", "请写成 下限~上限，如 85~95"),
    "L-10.turned": ("区间“{value}”下限大于上限", "请把小的数写在前面"),
    "L-11": ("功能分类科目 {value} 不存在", "请核对科目编码"),
    "L-12": ("编码以 {prefix} 开头的是“{first}”（如 {other}），这一行写的是“{value}”", "请核对编码或归属"),
    "L-13.core": ("标了核心，指标库类型却不是“核心”", "请把两处改成一致"),
    "L-13.kind": ("指标库类型是“核心”，却没有标核心", "请把两处改成一致"),
    "L-14.year": ("年度“{value}”不是四位年份", "请写成 2027 这样"),
    "L-14.turned": ("停用年度 {end} 早于启用年度 {start}", "请核对两个年度"),
    "L-14.none": ("{end} 年以后停用，没有写由哪条指标接替", "请写出接替的指标编码；没有接替的请在停用通知里说明"),
    "L-14.no_end": ("写了由 {value} 接替，却没有停用年度", "请写明停用年度"),
    "L-14.missing": ("接替它的 {value} 不在指标库里", "请核对编码"),
    "L-14.ring": ("接替关系绕成一圈：{ring}", "请改掉其中一处，让接替有尽头"),
    "L-15.needed": ("“{title}”没有填", "这是必填内容"),
    "L-15.wanted": ("“{title}”没有填", "请补上，推荐和核对都要用它"),
    "L-15.long": ("名称有 {length} 个字，最多 {most} 个", "请缩短，细节写到指标解释里"),
    "L-16": ("建议权重 {value} 不在 1 到 5 之间", "请按重要程度填 1 到 5"),
    "L-17": ("检查、处罚、抓捕、起诉、定罪的数量不能定数值目标", "请改为“=”、不给指标值，只对照批准的计划"),
    "L-18.no_percent": ("标了可超过 100%，单位却是“{unit}”", "单位不是百分数的不用标"),
    "L-18.growth": ("增长类的百分数可以超过 100%，没有标明", "请标明“可超百分之百”"),
    "L-19.missing": ("没有 {value} 这个量化模型", "请核对模型编码"),
    "L-19.unit": ("量化模型 {value} 算出来的单位是“{gives}”，这一行是“{unit}”", "请换模型，或改单位"),
    "L-20.missing": ("上级编码 {value} 不在表里", "请核对上级编码"),
    "L-20.ring": ("上下级绕成一圈：{ring}", "请改掉其中一处"),
    "L-21.long": ("“{title}”有 {length} 个字，最多 {most} 个", "多半是引号没有配对或文件没有写完，请核对这一格"),
    "L-21.choice": ("“{title}”的“{value}”认不出来", "请用表上规定的写法"),
    "L-21.number": ("“{title}”的“{value}”不是整数", "请填整数"),
    "L-21.width": ("这一行有 {have} 格，表头有 {want} 格", "多半是文件没有写完或逗号多少不对，请核对这一行"),
    "L-21.record": ("“{title}”的内容不能用", "请核对这一格"),
    "L-22.head": ("前 {within} 行里没有找到表头", "表头须有这几列：{titles}"),
    "L-22.twice": ("“{title}”有两列", "请只留一列"),
    "L-22.empty": ("表头下面没有指标", "请核对文件"),
    "L-22.sheets": ("{count} 张表里都没有指标", "表头须有：一级指标、二级指标、三级指标"),
    "L-23": ("这一格是公式", "请复制后“选择性粘贴为数值”，再核对"),
    "L-24.unknown": ("没有“{value}”这种赋分规则", "可以是：完成比例赋分、直接赋分、评判等级赋分、满意度赋分"),
    "L-24.satisfaction": ("赋分规则是“{value}”，与满意度不对应", "满意度指标用满意度赋分，其他指标不用"),
    "L-24.qualitative": ("定性指标不能按完成比例赋分", "请改为评判等级赋分或直接赋分"),
    "L-31.profile": ("没有“{value}”这个权重方案", "请核对方案"),
    "L-31.weight": ("“{line}”的分值 {value} 不对", "分值须大于 0，按 0.5 分取整"),
    "L-31.level": ("{level1}合计 {have} 分，方案是 {want} 分", "请调整各条分值"),
    "L-31.total": ("合计 {have} 分，应是 {want} 分", "请调整各条分值"),
    "L-32.no_code": ("“{line}”没有写指标编码", "请写上指标库里的编码，库里没有的先补到指标库"),
    "L-32.missing": ("“{line}”的 {value} 不在指标库里", "请核对编码"),
    "L-32.level": ("“{line}”的“{level2}”不属于“{level1}”", "请改一级指标或二级指标"),
    "L-33.group": ("没有{level2}", "数量和质量指标都必须有"),
    "L-33.output": ("产出指标不到 {least} 条", "请补上"),
    "L-33.benefit": ("没有效益指标", "请补上"),
    "L-33.twice": ("“{line}”出现了两次", "一个名称只能出现一次"),
    "L-34.function": ("功能分类科目 {value} 不存在", "请核对科目编码"),
    "L-34.use": ("资金用途“{value}”在指标库里没有", "请核对用途名称"),
    "L-34.length": ("目标文字有 {length} 字，应在 {least} 到 {most} 字之间", "请改写"),
    "L-42.weight": ("“{line}”的建议权重 {value} 不在 1 到 5 之间", "请填 1 到 5"),
    "L-42.twice": ("“{line}”出现了两次", "一个名称只能出现一次"),
    "L-42.group": ("没有{level2}", "数量和质量指标都必须有"),
    "L-51.missing": ("指标 {name} 不在指标库里", "请核对编码"),
    "L-51.source": ("“{name}”的参考值没有写出处", "请写明文件或统计资料的名称"),
    "L-51.number": ("“{name}”的参考值“{value}”不是数字", "请填数字，或 下限~上限"),
    "L-51.over": ("“{name}”的参考值 {value}% 超过 100%", "请核对"),
}
# Lines of cases and of core sets may go wrong in the same ways.
_LINES: Mapping[str, tuple[str, str]] = {
    **{key.partition(".")[2]: text for key, text in _TEXTS.items() if key.startswith("L-32.")},
    "other_name": ("“{here}”在指标库里的名称是“{there}”", "请改成一致"),
    "other_level1": ("“{line}”的一级指标与指标库不同", "指标库里是“{there}”，请改成一致"),
    "other_level2": ("“{line}”的二级指标“{here}”与指标库不同", "指标库里是“{there}”，请改成一致"),
    "other_unit": ("“{line}”的单位“{here}”与指标库不同", "指标库里是“{there}”，请改成一致"),
    "other_operator": ("“{line}”一处是定性，一处是定量", "请改成一致"),
    "not_core": ("“{line}”（{value}）在指标库里不是核心指标", "请在指标库里标为核心，或从核心指标集里去掉"),
}
_WORDS: Mapping[str, Mapping[str, str]] = {"level1": LEVEL1, "operator": OPERATORS, "direction": DIRECTIONS}
_MORE_FIELDS: Mapping[str, str] = {"lines": "指标行", "function_code": "功能分类科目", "general_goal": "总体目标",
                                   "year_goal": "年度目标", "profile": "权重方案", "indicator": "指标编码",
                                   "value": "参考值", "source": "出处", "reference_values": "参考值"}


def sentence(finding: Finding) -> str:
    """Return what is wrong."""
    return tr(_text(finding)[0], **_facts(finding))


def advice(finding: Finding) -> str:
    """Return what to do."""
    return tr(_text(finding)[1], **_facts(finding))


def place(finding: Finding) -> str:
    """Return where it stands: 种植业.xlsx 第 12 行 C 列 度量单位（HY030101 亩均投资）."""
    at = finding.place
    row = tr("第 {row} 行", row=at.row) if at.row else ""
    column = tr("{column} 列", column=at.column) if at.column else ""
    parts = (at.file, row, column, title(at.field))
    where = " ".join(part for part in parts if part)
    return f"{where}（{finding.subject}）" if finding.subject else where


def title(field: str) -> str:
    """Return the Chinese heading of a field."""
    return TITLES.get(field) or _MORE_FIELDS.get(field, field)


def _text(finding: Finding) -> tuple[str, str]:
    case = finding.facts.get("case", "")
    if finding.code in ("L-32", "L-41"):
        return _LINES[case]
    return _TEXTS[f"{finding.code}.{case}" if case else finding.code]


def _facts(finding: Finding) -> dict[str, str]:
    facts = {"title": title(finding.place.field), **finding.facts}
    words = {name: table.get(facts[name], facts[name]) for name, table in _WORDS.items() if name in facts}
    if "there" in facts:
        words["there"] = LEVEL1.get(facts["there"], facts["there"])
    return {**facts, **words}
