"""Read a goal form that somebody filled in: our own sheet, or another one with the public columns in any order."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from desktop.domain.frames import COST_2015, SUSTAINED
from desktop.domain.goal import Direction, Level1, Operator
from desktop.domain.goal_targets import target_number, target_range
from desktop.domain.importing.table import Table, is_blank, text_of

MOST_LINES = 200
_SIGNS: Mapping[str, Operator] = {
    "≥": Operator.GE, ">=": Operator.GE, "大于等于": Operator.GE, "不低于": Operator.GE, "不少于": Operator.GE,
    "不小于": Operator.GE, "≤": Operator.LE, "<=": Operator.LE, "小于等于": Operator.LE, "不高于": Operator.LE,
    "不超过": Operator.LE, "不大于": Operator.LE, "=": Operator.EQ, "等于": Operator.EQ, ">": Operator.GT,
    "大于": Operator.GT, "高于": Operator.GT, "<": Operator.LT, "小于": Operator.LT, "低于": Operator.LT,
    "区间": Operator.RANGE, "定性": Operator.QUAL,
}  # fmt: skip
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "level1": ("一级指标",),
    "level2": ("二级指标",),
    "name": ("三级指标", "指标名称", "绩效指标"),
    "operator": ("指标性质", "计算符号", "运算符号", "指标符号", "符号"),
    "target": ("指标值", "年度指标值", "目标值", "绩效指标值"),
    "unit": ("度量单位", "计量单位", "指标单位", "单位"),
    "weight": ("权重", "分值权重", "指标分值", "分值"),
    "direction": ("指标方向性", "指标方向", "方向"),
}
_EXPLAINED: Mapping[str, tuple[str, ...]] = {
    "name": ("三级指标",),
    "explanation": ("指标解释", "指标说明"),
    "formula": ("计算公式",),
    "data_source": ("数据来源",),
    "evidence": ("佐证资料",),
    "due": ("完成期限",),
    "reason": ("自拟理由",),
}
_TEXTS: Mapping[str, tuple[str, ...]] = {
    "project_name": ("项目名称",),
    "year_goal": ("年度总体目标", "年度目标", "年度绩效目标"),
    "general_goal": ("总体目标项目期", "总体目标", "中期目标", "实施期目标", "项目总体目标"),
}
_LEVEL1: Mapping[str, Level1] = {
    "成本": Level1.COST, "产出": Level1.OUTPUT, "效益": Level1.BENEFIT, "效果": Level1.BENEFIT,
    "满意度": Level1.SATISFACTION,
}  # fmt: skip
_LEVEL2: Mapping[str, tuple[Level1, str]] = {
    "经济成本": (Level1.COST, "经济成本指标"), "社会成本": (Level1.COST, "社会成本指标"),
    "生态环境成本": (Level1.COST, "生态环境成本指标"), "数量": (Level1.OUTPUT, "数量指标"),
    "质量": (Level1.OUTPUT, "质量指标"), "时效": (Level1.OUTPUT, "时效指标"), "成本": (Level1.OUTPUT, COST_2015),
    "经济效益": (Level1.BENEFIT, "经济效益指标"), "社会效益": (Level1.BENEFIT, "社会效益指标"),
    "生态效益": (Level1.BENEFIT, "生态效益指标"), "可持续影响": (Level1.BENEFIT, SUSTAINED),
    "服务对象满意度": (Level1.SATISFACTION, "服务对象满意度指标"),
    "满意度": (Level1.SATISFACTION, "服务对象满意度指标"),
}  # fmt: skip
_TOTALS = ("合计", "总计", "小计")
_DROPPED = re.compile(r"[\s*＊:：（）()]")
_NARROW = {0xFF01 + at: 0x21 + at for at in range(94)} | {0x3000: 0x20}
# "≥12000亩", "不低于 90%": sign, number or range, unit.
_JOINED = re.compile(
    r"(?P<sign>≥|≤|>=|<=|=|>|<|大于等于|小于等于|不低于|不少于|不小于|不高于|不超过|不大于|大于|小于|高于|低于|等于)?\s*"
    r"(?P<value>[-+]?[0-9][0-9,]*(?:\.[0-9]+)?(?:\s*[~∼〜至]\s*[0-9][0-9,]*(?:\.[0-9]+)?)?)\s*(?P<unit>[^0-9]{0,12})"
)


@dataclass(frozen=True, slots=True)
class FormFlaw:
    """Something on the sheet that cannot be taken.

    Attributes:
        case: ``columns``, ``level``, ``name``, ``twice``, ``weight``, ``operator``, ``many``.
        sheet, cell: Where, as the sheet counts: ``G12``; empty for the whole sheet.
    """

    case: str
    sheet: str = ""
    cell: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the second sheet says of an indicator; ``due`` as it is written."""

    explanation: str = ""
    formula: str = ""
    data_source: str = ""
    evidence: str = ""
    due: str = ""
    reason: str = ""


NOTHING_SAID = Explanation()


@dataclass(frozen=True, slots=True)
class FormLine:
    """An indicator as the sheet has it; ``row`` as the sheet counts."""

    row: int
    level1: Level1
    level2: str
    name: str
    operator: Operator
    target: str
    unit: str
    weight: Decimal
    direction: Direction
    about: Explanation = NOTHING_SAID


@dataclass(frozen=True, slots=True)
class FormReading:
    """What a file says.

    Attributes:
        lines: Indicators that could be read, in the sheet's order.
        flaws: What could not, with its place.
    """

    sheet: str = ""
    project_name: str = ""
    year_goal: str = ""
    general_goal: str = ""
    lines: tuple[FormLine, ...] = ()
    flaws: tuple[FormFlaw, ...] = ()


def read_form(tables: Sequence[Table]) -> FormReading:
    """Read the first sheet that has the form's columns; a sheet of explanations is joined by name.

    Returns:
        Lines and flaws; without such a sheet only the flaw ``columns``.
    """
    for table in tables:
        head = _head_of(table, _COLUMNS, ("name", "target"))
        if head is not None and not table.hidden:
            more = [found for other in tables if other is not table for found in _explanations(other)]
            return _Reader(table, head, dict(more)).reading()
    return FormReading(flaws=(FormFlaw("columns"),))


def split_target(text: str) -> tuple[Operator | None, str, str]:
    """Return operator, value and unit of a target written in one cell; no operator where none is written."""
    plain = text.translate(_NARROW).strip()
    found = _JOINED.fullmatch(plain)
    if found is None:
        return None, text.strip(), ""
    value = found["value"]
    operator = _SIGNS[found["sign"]] if found["sign"] else None
    if operator is None and target_range(value) is not None:
        operator = Operator.RANGE
    return operator, value, found["unit"].strip()


@dataclass(frozen=True, slots=True)
class _Head:
    """Row of the headings and the column of each."""

    row: int
    columns: dict[str, int]


class _Reader:
    """Reads one sheet."""

    def __init__(self, table: Table, head: _Head, explained: Mapping[str, Explanation]) -> None:
        self._table, self._head, self._explained = table, head, explained
        self._flaws: list[FormFlaw] = []

    def reading(self) -> FormReading:
        lines: list[FormLine] = []
        for line in self._lines():
            if any(one.name == line.name for one in lines):
                self._object("twice", line.row, "name", name=line.name)
            elif len(lines) >= MOST_LINES:
                self._object("many", line.row, "name", most=str(MOST_LINES))
                break
            else:
                lines.append(line)
        texts = {key: self._text(labels) for key, labels in _TEXTS.items()}
        return FormReading(self._table.name, **texts, lines=tuple(lines), flaws=tuple(self._flaws))

    def _lines(self) -> Iterator[FormLine]:
        above = {"level1": "", "level2": ""}
        for at in range(self._head.row + 1, len(self._table.rows)):
            cells = {key: self._cell(at, key) for key in _COLUMNS}
            if any(_bare(text_of(cell)).startswith(_TOTALS) for cell in self._table.rows[at][:4]):
                return
            for key in above:
                if cells[key]:
                    above = {**above, key: cells[key]} if key == "level2" else {"level1": cells[key], "level2": ""}
            if not any(cells[key] for key in ("name", "target", "weight")):
                continue
            line = self._line(at, cells, above)
            if line is not None:
                yield line

    def _line(self, at: int, cells: Mapping[str, str], above: Mapping[str, str]) -> FormLine | None:
        row = self._table.row_number(at)
        if not cells["name"]:
            self._object("name", row, "name")
            return None
        level = _level(above["level1"], above["level2"])
        if level is None:
            self._object("level", row, "level2", name=cells["name"], level2=above["level2"] or above["level1"])
            return None
        operator, target, unit = self._target(cells, row)
        if operator is None:
            return None
        weight = target_number(cells["weight"]) if cells["weight"] else Decimal(0)
        if weight is None or weight < 0:
            self._object("weight", row, "weight", name=cells["name"], value=cells["weight"])
            weight = Decimal(0)
        return FormLine(
            row, *level, cells["name"], operator, target, unit, weight, _direction(cells["direction"], operator),
            self._explained.get(cells["name"], NOTHING_SAID),
        )  # fmt: skip

    def _target(self, cells: Mapping[str, str], row: int) -> tuple[Operator | None, str, str]:
        """Return operator, value and unit; the three may stand in one cell."""
        written, said = cells["operator"], cells["target"]
        named = _SIGNS.get(written.translate(_NARROW)) if written else None
        if written and named is None:
            self._object("operator", row, "operator", name=cells["name"], value=written)
            return None, "", ""
        if named is Operator.QUAL:
            return named, said, cells["unit"]
        operator, value, unit = split_target(said)
        is_number = target_number(value) is not None or target_range(value) is not None
        operator = named or operator or (Operator.GE if is_number or not said else Operator.QUAL)
        if operator is Operator.QUAL:
            return operator, said, cells["unit"]
        return operator, value, cells["unit"] or unit

    def _cell(self, at: int, key: str) -> str:
        column = self._head.columns.get(key)
        return "" if column is None else text_of(self._table.rows[at][column]).strip()

    def _text(self, labels: Sequence[str]) -> str:
        """Return what stands right of a label over the indicators."""
        for row in self._table.rows[: self._head.row]:
            for at, cell in enumerate(row):
                if _bare(text_of(cell)) in labels:
                    return next((text_of(one).strip() for one in row[at + 1:] if not is_blank(one)), "")
        return ""

    def _object(self, case: str, row: int, key: str, **facts: str) -> None:
        column = self._head.columns.get(key, 0)
        self._flaws.append(FormFlaw(case, self._table.name, f"{self._table.column_name(column)}{row}", facts))


def _explanations(table: Table) -> Iterator[tuple[str, Explanation]]:
    head = _head_of(table, _EXPLAINED, ("name", "explanation"))
    if head is None:
        return
    for row in table.rows[head.row + 1:]:
        cells = {key: text_of(row[column]).strip() for key, column in head.columns.items()}
        name = cells.pop("name")
        if name:
            yield name, Explanation(**cells)


def _head_of(table: Table, columns: Mapping[str, Sequence[str]], needed: Sequence[str]) -> _Head | None:
    for at, row in enumerate(table.rows):
        found: dict[str, int] = {}
        for column, cell in enumerate(row):
            word = _bare(text_of(cell))
            for key, names in columns.items():
                if word in names:
                    found.setdefault(key, column)
        if all(key in found for key in needed):
            return _Head(at, found)
    return None


def _bare(text: str) -> str:
    return _DROPPED.sub("", text)


def _level(level1: str, level2: str) -> tuple[Level1, str] | None:
    one = _LEVEL1.get(_bare(level1).removesuffix("指标"))
    two = _LEVEL2.get(_bare(level2).removesuffix("指标"))
    if two is None or (one is None and level1):
        return (one, "服务对象满意度指标") if one is Level1.SATISFACTION else None
    if one is None or one is two[0]:
        return two
    return None


def _direction(written: str, operator: Operator) -> Direction:
    if written.startswith(("反", "负", "逆")):
        return Direction.NEGATIVE
    return Direction.NEGATIVE if operator in (Operator.LE, Operator.LT) and not written else Direction.POSITIVE
