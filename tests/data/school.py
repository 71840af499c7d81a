"""A small library of school repairs and its neighbours, for proposals that do not depend on the shipped sheets."""

from decimal import Decimal

from desktop.domain.goal import Direction, GoalLine, Level1, LibraryKind, Operator
from desktop.domain.library import CaseLine, GoalCase, Indicator

VERSION = "2026.1"
REPAIR = ("教育", "义务教育", "校舍维修改造")
OFFICE = ("通用", "修缮工程", "办公用房维修改造")
BUYING = ("通用", "资产购置", "办公和专用设备购置")
GRASS = ("农林水", "草原保护", "草原生态保护补助奖励")
GENERAL = ("通用", "项目支出核心指标", "项目支出核心指标（财预〔2021〕101号）")
_LEVELS = {
    "成本": (Level1.COST, "经济成本指标"),
    "数量": (Level1.OUTPUT, "数量指标"),
    "质量": (Level1.OUTPUT, "质量指标"),
    "时效": (Level1.OUTPUT, "时效指标"),
    "社会": (Level1.BENEFIT, "社会效益指标"),
    "生态": (Level1.BENEFIT, "生态效益指标"),
    "满意": (Level1.SATISFACTION, "服务对象满意度指标"),
}
# fund use, level 2, name, operator, usual value, unit, core
_ROWS = (
    (REPAIR, "成本", "校舍维修单位面积造价", "LE", "1500", "元/平方米", False),
    (REPAIR, "成本", "校舍维修工程变更比例", "LE", "5", "%", False),
    (REPAIR, "数量", "校舍维修面积", "GE", "", "平方米", True),
    (REPAIR, "数量", "维修改造学校数", "GE", "", "所", False),
    (REPAIR, "质量", "校舍维修验收合格率", "EQ", "100", "%", True),
    (REPAIR, "质量", "进场材料检验合格率", "EQ", "100", "%", False),
    (REPAIR, "时效", "开学前完工率", "EQ", "100", "%", False),
    (REPAIR, "社会", "校舍安全隐患消除率", "EQ", "100", "%", True),
    (REPAIR, "生态", "校舍能耗下降率", "GE", "10", "%", False),
    (REPAIR, "满意", "师生对校舍条件满意度", "GE", "90", "%", False),
    (OFFICE, "数量", "维修改造面积", "GE", "", "平方米", False),
    (OFFICE, "质量", "隐蔽工程检验通过率", "EQ", "100", "%", True),
    (OFFICE, "社会", "施工安全事故发生数", "EQ", "0", "起", False),
    (OFFICE, "满意", "房屋使用人员满意度", "GE", "90", "%", False),
    (BUYING, "成本", "设备购置资金节约率", "GE", "3", "%", False),
    (BUYING, "数量", "购置设备数量", "EQ", "", "台", False),
    (BUYING, "质量", "设备验收合格率", "EQ", "100", "%", True),
    (BUYING, "时效", "设备到位及时率", "EQ", "100", "%", False),
    (BUYING, "社会", "设备利用率", "GE", "80", "%", True),
    (BUYING, "满意", "设备使用人员满意度", "GE", "90", "%", False),
    (GRASS, "成本", "禁牧补助测算标准", "EQ", "7.5", "元/亩", False),
    (GRASS, "数量", "草原禁牧补助面积", "GE", "", "万亩", True),
    (GRASS, "质量", "禁牧区偷牧违规率", "LE", "3", "%", True),
    (GRASS, "时效", "草原补奖资金年底前兑付率", "GE", "98", "%", False),
    (GRASS, "生态", "草原综合植被盖度", "GE", "45", "%", True),
    (GRASS, "满意", "牧民对补奖政策满意度", "GE", "90", "%", False),
    (GENERAL, "数量", "核心产出数量完成率", "GE", "100", "%", True),
    (GENERAL, "时效", "核心任务按期完成率", "GE", "95", "%", True),
    (GENERAL, "满意", "直接受益对象满意度", "GE", "90", "%", True),
)


def _indicator(at: int, use: tuple[str, str, str], level: str, name: str, sign: str, value: str, unit: str,
               core: bool) -> Indicator:
    level1, level2 = _LEVELS[level]
    return Indicator(
        f"I{at:03d}", VERSION, LibraryKind.CORE if core else LibraryKind.SPECIFIC, *use, level1, level2, name,
        operator=Operator(sign), typical_value=value, unit=unit, default_weight=4 if core else 2, is_core=core,
        direction=Direction.NEGATIVE if sign == "LE" else Direction.POSITIVE, definition=f"{name}的解释",
    )  # fmt: skip


INDICATORS = tuple(_indicator(at, *row) for at, row in enumerate(_ROWS, 1))
CODES = {one.name: one.code for one in INDICATORS}
CASES = (
    GoalCase(
        "AL1", VERSION, "旗第一中学校舍维修", *REPAIR, "2050203", Decimal("600000.00"), "2026",
        "消除校舍安全隐患。", "安排60万元维修校舍。", "WITH_COST",
        (
            CaseLine(Level1.OUTPUT, "数量指标", "维修改造学校数", Operator.GE, "2", "所", Decimal(10),
                     CODES["维修改造学校数"]),
            CaseLine(Level1.OUTPUT, "质量指标", "校舍维修验收合格率", Operator.EQ, "100", "%", Decimal(10),
                     CODES["校舍维修验收合格率"]),
        ),
    ),
)  # fmt: skip


def line(one: Indicator) -> GoalLine:
    """Return a line of the indicator as somebody picked it."""
    return GoalLine(one.code, one.code, one.version, one.library_kind, one.level1, one.level2, one.name, one.operator,
                    unit=one.unit, is_core=one.is_core)
