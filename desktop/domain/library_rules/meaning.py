"""What the words of a name say against its group, direction and unit: L-05, L-07, L-08 (names), L-17, L-18.

Patterns are cautious: a name that may stand in two groups is left to people.
"""

import re
from collections.abc import Iterator

from desktop.domain.goal import Direction, Level1, Operator
from desktop.domain.library import Indicator
from desktop.domain.library_rules.finding import Finding, Placed
from desktop.domain.library_rules.naming import told

_COUNT = r"(?:人|户|家|个|项|件|起|次|期|场|篇|份|座|处|台|套|辆|条|所|点|站|村|栋|株|头|只)数|人次|面积|里程|长度"
# Level 2 -> what a name there may not look like, but for the exceptions, and where it belongs.
_MISPLACED = (
    # In quantity a share belongs to quality; how much of a task was done is counted as quantity on older forms.
    ({"数量指标"}, re.compile(r"(?:率|占比|比重|比例)$"), re.compile(r"完成率|完成比例|频率|功率|倍率"), "质量指标"),
    (
        {"数量指标", "质量指标", "经济成本指标", "经济效益指标"},
        re.compile(r"及时率$|按期完成|按时完成|完成及时|完成时间$|完成时限$|竣工时间$|完工时间$|到位时间$"),
        None,
        "时效指标",
    ),
    (
        {"数量指标", "质量指标", "时效指标"},
        re.compile(r"成本$|造价$|单价$|人均费用$|次均费用$|户均费用$|单位投资$"),
        re.compile(r"核算|公示|审核|监审"),
        "经济成本指标",
    ),
    ({"数量指标", "质量指标"}, re.compile(r"(?:按期|按时).*率$"), None, "时效指标"),
    # In quality a plain count of what was done belongs to quantity; a count of faults, prizes or level marks stays.
    (
        {"质量指标"},
        re.compile(rf"^(?:完成|新建|新增|建设|改造|开展|培训|购置|发放|举办).*(?:{_COUNT})$"),
        re.compile(r"优|奖|合格|达标|通过|违规|不|超"),
        "数量指标",
    ),
    (
        {"数量指标", "质量指标", "时效指标", "经济成本指标", "社会效益指标", "经济效益指标"},
        re.compile(r"满意度(?:（[^）]*）)?$"),
        None,
        "服务对象满意度指标",
    ),
)
_LIKES = re.compile(r"满意|好评|认可|获得感|评价|点赞")

_BAD = re.compile(
    r"投诉|事故|超标|流失|死亡|违规|违法|差错|返工|失败|故障|伤亡|辍学|返贫|逾期|纠纷|污染事件|舆情|泄密|泄露|"
    r"空置|闲置|上访|积压|拖欠|失信|复发|漏报|瞒报|误报|投诉率|损毁|损失"
)
# What turns a bad thing into a good one: less of it, or somebody deals with it.
_TURNED = re.compile(
    r"下降|降低|减少|减量|减免|降幅|降率|回复|办结|处置|处理|处罚|查处|整改|治理|防治|控制|避免|挽回|追偿|追缴|管控|"
    r"恢复|修复|调查|响应|整治|排查|消除|化解|调解|解决|清退|退出|停发|清理|利用|安全|监测|监管|覆盖|达标|合格|"
    r"更正|重新|家庭|保险|赔付|理赔|救助|预警|演练|减排|清零|销号|挂牌|督办|落实|检测|核查|治愈|追回|举报|"
    r"审核|评估|受理|查实率|回访|识别|发现|插入损失|扶助|关爱|盘活|挽损|清收|清欠|清偿|兑付|解除|保障|防护|安置|维修"
)
_LESS = re.compile(r"(?:下降|降低|减少|压减|减量|节约|节支|压缩)(?:率|幅度|比例|量|额|数)$|降幅$|节约率$|减排量$")
_GROWS = re.compile(r"增长|增速|增幅|增收|提高幅度|提升幅度|倍增")
# What is a share itself grows by points and ends at 100.
_POINTS = re.compile(
    r"(?:盖度|占比|比例|比重|率|得分|成绩|程度|系数|含量|质量|等级|水平|满意度)(?:较.{1,3})?年?(?:提高|提升|增长|增加)"
)
_WANTED_MORE = re.compile(r"(?:合格|达标|满意|优良|及时|覆盖|普及)(?:率|度)$")
_RATE = re.compile(r"率$")
_NO_PERCENT = re.compile(
    r"死亡率|发生率|故障率|成讼率|停播率|频率|功率|倍率|汇率|费率|利率|速率|效率|容积率|强度|发病率|报告率"
)
_PLAIN_COUNT = re.compile(rf"(?:{_COUNT})$")

# Targets on how much authorities inspect, fine, arrest, prosecute or convict invite them to do it for the number.
_INSPECTED = re.compile(
    r"(?:检查|抽查|执法|稽查|巡查).{0,10}(?:家次|户次|矿次|处次|项次|批次|家数|户数|企业数|单位数|次数|件数)$"
)
# Looked at by others than an authority, or a limit to how often one may come.
_NO_AUTHORITY = re.compile(r"健康|体检|桥梁|设备|房屋|隐患|预防性|救援|视察|街面|救助|自查|保洁|同一")
_PROSECUTED = re.compile(
    r"(?:破获|侦破|审结|办结|查办|查处|审查起诉).{0,8}(?:案件数|件数|起数|案数|人数)$|立案件数$|结案数$|破案数$|案件查办|"
    r"(?:逮捕|批捕|抓获|起诉|定罪|拘留|收戒|收治强制).{0,10}(?:人数|人次|人员数|件数)$|(?:破案|批捕|起诉|定罪|有罪判决)率$|"
    r"罚款|罚没|处罚.{0,6}(?:件数|起数|家数|人数|案数|金额)$"
)
_FOR_PEOPLE = re.compile(r"法律援助|调解|信访|投诉|举报|垫付|规范|合法|撤销|败诉|引发|外排|附条件不起诉")


def about_meaning(entry: Placed[Indicator]) -> Iterator[Finding]:
    """Find names that speak against the row that they stand in."""
    yield from _group(entry)
    yield from _direction(entry)
    yield from _unit(entry)
    yield from _target(entry)


def _group(entry: Placed[Indicator]) -> Iterator[Finding]:
    row = entry.item
    if row.level1 is Level1.SATISFACTION and not _LIKES.search(row.name):
        yield told("L-05", entry, "level2", case="not_satisfaction", level2=row.level2)
    for groups, looks, but, belongs in _MISPLACED:
        if row.level2 in groups and looks.search(row.name) and not (but and but.search(row.name)):
            yield told("L-05", entry, "level2", case="misplaced", level2=row.level2, belongs=belongs)


def _direction(entry: Placed[Indicator]) -> Iterator[Finding]:
    row = entry.item
    grows = row.operator in (Operator.GE, Operator.GT)
    liked = row.level1 is Level1.SATISFACTION
    if grows and not liked and _BAD.search(row.name) and not _TURNED.search(row.name) and not _LESS.search(row.name):
        yield told("L-07", entry, "operator", case="bad_grows")
    if row.operator in (Operator.LE, Operator.LT) and _LESS.search(row.name):
        yield told("L-07", entry, "operator", case="less_shrinks")
    if row.operator in (Operator.LE, Operator.LT) and _WANTED_MORE.search(row.name):
        yield told("L-07", entry, "operator", case="good_shrinks")
    if row.operator is Operator.EQ and row.direction is Direction.NEGATIVE and row.typical_value not in ("0", ""):
        yield told("L-07", entry, "direction", case="equal_negative", value=row.typical_value)


def _unit(entry: Placed[Indicator]) -> Iterator[Finding]:
    row = entry.item
    if row.operator is Operator.QUAL or not row.unit:
        return
    percent = row.unit in ("%", "‰")
    if _RATE.search(row.name) and not percent and not _NO_PERCENT.search(row.name):
        yield told("L-08", entry, "unit", case="rate", unit=row.unit)
    if percent and _PLAIN_COUNT.search(row.name):
        yield told("L-08", entry, "unit", case="count", unit=row.unit)


def _target(entry: Placed[Indicator]) -> Iterator[Finding]:
    row = entry.item
    if is_enforcement(row.name) and (row.operator is not Operator.EQ or row.typical_value):
        yield told("L-17", entry, "operator")
    percent = row.unit in ("%", "‰")
    if row.may_exceed and not percent:
        yield told("L-18", entry, "may_exceed", case="no_percent", unit=row.unit)
    if entry.has("may_exceed") and percent and grows_without_end(row.name) and not row.may_exceed:
        yield told("L-18", entry, "may_exceed", case="growth")


def is_enforcement(name: str) -> bool:
    """Tell whether it counts inspections, fines, arrests, prosecutions or convictions: no target may be set on them."""
    inspected = bool(_INSPECTED.search(name)) and not _NO_AUTHORITY.search(name)
    return inspected or (bool(_PROSECUTED.search(name)) and not _FOR_PEOPLE.search(name))


def grows_without_end(name: str) -> bool:
    """Tell whether a percentage of that name may pass 100: a growth rate."""
    return bool(_GROWS.search(name)) and not _POINTS.search(name)
