"""What stands on a goal form, in its order; the printed page and the Excel sheet are both made of it.

The columns of the indicators are those of public forms.
Source: performance rules, section 2; 财预〔2021〕101号.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from desktop.domain.frames import LEVEL1_WORDS
from desktop.domain.goal import Direction, GoalLine, LibraryKind, Operator, PerformanceGoal
from desktop.domain.goal_header import GoalMoney, goal_money
from desktop.domain.goal_rules import points
from desktop.domain.money import format_yuan

TITLE = "项目支出绩效目标申报表"
COLUMNS = ("一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "权重", "指标方向性")
EXPLAINED_TITLE = "指标说明"
EXPLAINED = ("三级指标", "指标解释", "计算公式", "数据来源", "佐证资料", "完成期限", "赋分规则", "自拟理由")
YEAR_GOAL, GENERAL_GOAL, PROJECT_NAME = "年度总体目标", "总体目标（项目期）", "项目名称"
TOTAL = "合计"
OPERATOR_SIGNS: Mapping[Operator, str] = {
    Operator.GE: "≥",
    Operator.LE: "≤",
    Operator.EQ: "＝",
    Operator.GT: "＞",
    Operator.LT: "＜",
    Operator.RANGE: "区间",
    Operator.QUAL: "定性",
}
DIRECTION_WORDS: Mapping[Direction, str] = {Direction.POSITIVE: "正向指标", Direction.NEGATIVE: "反向指标"}


@dataclass(frozen=True, slots=True)
class FormWords:
    """What the form says of codes.

    Attributes:
        unit: Code and name of the unit; ``department`` above it, empty where the unit stands for itself.
        project_class, profile, scoring: By name.
        natures: Fund nature to its name.
    """

    unit: str
    department: str
    project_class: str
    profile: str
    scoring: str
    natures: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class GoalForm:
    """The form's content as texts.

    Attributes:
        facts: Rows of label and value over the goal's text.
        funds: Label and yuan, in order; the first is the year's total.
        texts: Label and text of the two goals.
        lines: A row of `COLUMNS` for each indicator.
        total: Points of all lines.
        explained: A row of `EXPLAINED` for each indicator.
        foot: How points are given, who filled it in.
    """

    year: int
    facts: tuple[tuple[tuple[str, str], ...], ...]
    funds: tuple[tuple[str, str], ...]
    texts: tuple[tuple[str, str], ...]
    lines: tuple[tuple[str, ...], ...]
    total: str
    explained: tuple[tuple[str, ...], ...]
    foot: tuple[str, ...]


def goal_form(goal: PerformanceGoal, words: FormWords) -> GoalForm:
    """Return the form of a goal."""
    span = f"{goal.start_year}—{goal.end_year} 年" if goal.start_year != goal.end_year else f"{goal.start_year} 年"
    kind = f"{words.project_class}（{'新增' if goal.is_new else '延续'}项目）"
    facts = (
        ((PROJECT_NAME, goal.project_name), ("项目代码", goal.project_code or goal.project_key)),
        (("主管部门", words.department or words.unit), ("实施单位", words.unit)),
        (("项目类别", kind), ("项目期", span if goal.start_year else "")),
        (("项目负责人", goal.responsible), ("联系电话", goal.phone)),
    )
    money = goal_money(goal)
    scoring = f"{words.scoring}（{goal.scoring_version} 版）" if words.scoring else "由财政部门确定"
    return GoalForm(
        goal.head.fiscal_year,
        facts,
        _funds(money, words.natures),
        ((GENERAL_GOAL, goal.general_goal), (YEAR_GOAL, goal.year_goal)),
        tuple(_row(line) for line in goal.lines),
        points(sum((line.weight for line in goal.lines), Decimal(0))),
        tuple(_explained(line) for line in goal.lines),
        (
            f"分值方案：{words.profile}，预算执行率 10 分在自评时另计",
            f"评分办法：{scoring}",
        ),
    )


def target_words(line: GoalLine) -> str:
    """Return operator, target and unit in one: ``≥12000 亩``."""
    sign = "" if line.operator in (Operator.QUAL, Operator.RANGE) else OPERATOR_SIGNS[line.operator]
    return f"{sign}{line.target} {line.unit}".strip()


def _funds(money: GoalMoney, natures: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    rows = [("年度资金总额", money.total), ("其中：财政拨款", sum((one for _, one in money.fiscal), Decimal(0)))]
    if len(money.fiscal) > 1:
        rows += [(f"　　{natures.get(code, code)}", amount) for code, amount in money.fiscal]
    rows += [("　　　上年结转", money.carried_over), ("　　　其他资金", money.other)]
    rows.append(("各年资金合计", money.multi_year))
    return tuple((label, format_yuan(amount)) for label, amount in rows)


def _row(line: GoalLine) -> tuple[str, ...]:
    direction = "" if line.operator is Operator.QUAL else DIRECTION_WORDS[line.direction]
    sign = OPERATOR_SIGNS[line.operator]
    names = (LEVEL1_WORDS[line.level1], line.level2, line.name)
    return (*names, sign, line.target, line.unit, points(line.weight), direction)


def _explained(line: GoalLine) -> tuple[str, ...]:
    due = line.due.isoformat() if line.due is not None else ""
    reason = line.reason if line.library_kind is LibraryKind.CUSTOM else ""
    told = (line.explanation, line.formula, line.data_source, line.evidence)
    return (line.name, *told, due, line.scoring_method, reason)
