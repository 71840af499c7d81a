"""The worked goal of the performance rules (sand control, 1,000,000 yuan) and its project, for tests."""

from decimal import Decimal

from desktop.domain.goal import Direction, GoalLine, Level1, LibraryKind, Operator, PerformanceGoal
from desktop.domain.goal_rules import GoalFacts
from desktop.domain.head import Head, Kind
from desktop.domain.library import Indicator, WeightProfile
from desktop.domain.mirrors import CodeEntry
from desktop.domain.project import Basis, Project, ProjectClass, YearPlan
from desktop.domain.project_rules import ProjectFacts

VERSION = "2026.3"
PROFILES = {
    "WITH_COST": WeightProfile("WITH_COST", "有成本指标", Decimal(20), Decimal(40), Decimal(20), Decimal(10)),
    "NO_COST": WeightProfile("NO_COST", "无成本指标", Decimal(0), Decimal(50), Decimal(30), Decimal(10)),
    "NO_COST_NO_SAT": WeightProfile(
        "NO_COST_NO_SAT", "无成本无满意度", Decimal(0), Decimal(50), Decimal(40), Decimal(0)
    ),
}
# code, level 1, level 2, name, operator, target, unit, points, core, default weight, last target
_ROWS = (
    ("I1", Level1.OUTPUT, "数量指标", "沙化土地治理面积", Operator.GE, "12000", "亩", 15, True, 3, "10000"),
    ("I2", Level1.OUTPUT, "数量指标", "栽植苗木数量", Operator.GE, "240,000", "株", 10, False, 2, "200000"),
    ("I3", Level1.OUTPUT, "质量指标", "苗木当年成活率", Operator.GE, "85", "%", 15, True, 3, "80"),
    ("I4", Level1.OUTPUT, "时效指标", "按期完成时间", Operator.QUAL, "11月30日前完成", "", 10, False, 2, ""),
    ("I5", Level1.BENEFIT, "生态效益指标", "沙化土地治理率", Operator.GE, "72", "%", 20, True, 2, "68.4"),
    ("I6", Level1.BENEFIT, "社会效益指标", "带动当地务工人数", Operator.GE, "200", "人", 10, False, 1, "180"),
    ("I7", Level1.SATISFACTION, "服务对象满意度指标", "农牧民满意度", Operator.GE, "90", "%", 10, False, 1, "88"),
)
INDICATORS = {
    code: Indicator(
        code, VERSION, LibraryKind.SPECIFIC, "农林", "林草", "防沙治沙", level1, level2, name,
        operator=operator, unit=unit, default_weight=default, is_core=core,
    )
    for code, level1, level2, name, operator, _, unit, _, core, default, _ in _ROWS
}  # fmt: skip


def goal(key: str = "219001-G-1", project_key: str = "L-219001-1") -> PerformanceGoal:
    """The goal of performance rules section 6, without a finding."""
    lines = tuple(
        GoalLine(
            f"l{i}", code, VERSION, LibraryKind.SPECIFIC, level1, level2, name, operator, target, unit,
            Decimal(weight), Direction.POSITIVE, core, last_target=last,
        )
        for i, (code, level1, level2, name, operator, target, unit, weight, core, _, last) in enumerate(_ROWS)
    )  # fmt: skip
    return PerformanceGoal(
        Head("g-1", Kind.GOAL, "1.0", "219001", key, 2027, 1, "zhangli"),
        project_key,
        "沙化土地综合治理",
        "NO_COST",
        year_goal="治理沙化土地 1.2 万亩，投资 100 万元；苗木当年成活率 85% 以上，支付农牧民劳务收入 30 万元。",
        year_total=Decimal("1000000.00"),
        lines=lines,
    )


def project() -> Project:
    """The project of the goal, without a finding."""
    return Project(
        Head("p-1", Kind.PROJECT, "1.0", "219001", "L-219001-1", 2027, 1, "zhangli"),
        "沙化土地综合治理",
        ProjectClass.T,
        "2130217",
        2027,
        2028,
        total=Decimal("1800000.00"),
        plan=(
            YearPlan(2027, "111", "LOCAL", Decimal("1000000.00")),
            YearPlan(2028, "111", "LOCAL", Decimal("800000.00")),
        ),
        basis=(Basis("全国防沙治沙规划（2021—2030年）", "林规发〔2022〕115号"),),
        responsible="巴图",
    )


FUNCTIONS = {
    "213": CodeEntry("FUNCTION", "213", "农林水支出", leaf=False),
    "21302": CodeEntry("FUNCTION", "21302", "林业和草原", "213", leaf=False),
    "2130217": CodeEntry("FUNCTION", "2130217", "防沙治沙", "21302"),
}
NATURES = {
    "111": CodeEntry("FUND_NATURE", "111", "一般公共预算资金"),
    "11": CodeEntry("FUND_NATURE", "11", "", leaf=False),
}
SOURCES = {"LOCAL": CodeEntry("FUND_SOURCE", "LOCAL", "本级财力")}


def goal_facts() -> GoalFacts:
    """Facts under which the goal has no finding."""
    return GoalFacts(PROFILES, INDICATORS, project())


def project_facts() -> ProjectFacts:
    """Facts under which the project has no finding."""
    return ProjectFacts(FUNCTIONS, NATURES, SOURCES, PROFILES, INDICATORS)
