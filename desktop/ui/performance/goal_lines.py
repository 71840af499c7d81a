"""The indicators of a goal in the grid: by level 1, with operator, target, unit, points and last year's value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from desktop.domain.goal import GoalLine, Level1, LibraryKind, Operator
from desktop.domain.goal_rules import is_core, points
from desktop.domain.goal_targets import target_number
from desktop.domain.problem import Level, Problem
from desktop.texts import tr
from desktop.texts.problems import describe
from desktop.texts.words import LEVEL1, OPERATORS
from desktop.ui.grid.columns import NO_MARK, TAKEN, ColumnSpec, Mark, Outcome, Rich, SheetSource
from desktop.ui.kit.choices import Choice
from desktop.ui.kit.numbers import NotANumber, parse_number
from desktop.ui.performance.session import PerformanceSession

OPERATOR_ROWS = tuple(Choice(code, word, shown=word) for code, word in OPERATORS.items())
_OPERATORS = {row.code: row for row in OPERATOR_ROWS}
_COLUMN_OF = {"weight": "weight", "target": "target", "operator": "operator", "unit": "unit"}
_LEVELS = {Level.ERROR: "error", Level.WARN: "warning", Level.INFO: "info"}
_SAME_AS_LAST_YEAR = "P-19"
PLACES = 1  # decimals of points
_TEXTS = ("unit", "data_source", "evidence")
_FIELDS = ("due", "data_source", "evidence")
_LONG_TAGS = {"服务对象满意度": tr("满意"), "可持续": tr("可持续")}


def goal_columns(year: int) -> tuple[ColumnSpec, ...]:
    """Return the columns of the goal form; a wide window also has those that a narrow one shows under the grid."""
    picked = tr("指标从指标库选取，名称不能改；不要时按 Ctrl+Delete 移出")
    return (
        ColumnSpec("name", tr("三级指标"), "rich", 170, reason=picked, stretch=1),
        ColumnSpec("operator", tr("符号"), "choice", 44, editable=True, choices=OPERATOR_ROWS, align="center"),
        ColumnSpec("target", tr("指标值"), width=76, editable=True, align="right"),
        ColumnSpec("unit", tr("单位"), width=56, editable=True),
        ColumnSpec("weight", tr("分值"), "number", 64, editable=True, places=PLACES),
        ColumnSpec("last", tr("上年值"), width=72, tint="ro", align="right", room=500,
                   reason=tr("上年申报的指标值，由系统带出，不能修改")),
        ColumnSpec("core", "", "rich", 42, room=540, reason=tr("核心指标由财政确定")),
        ColumnSpec("due", tr("完成期限"), "date", 96, editable=True, year=year, month=12, room=720),
        ColumnSpec("data_source", tr("数据来源"), width=140, editable=True, room=860),
        ColumnSpec("evidence", tr("佐证资料"), width=170, editable=True, room=1020),
    )


def tag_of(level2: str) -> str:
    """Return the short word of a level 2: 数量, 生态, 满意."""
    word = level2.removesuffix("指标").removesuffix("效益").removesuffix("影响")
    return _LONG_TAGS.get(word, word[:2])


def shown_target(text: str) -> str:
    """Return a target as the grid shows it: numbers with grouping commas, other texts as typed."""
    number = target_number(text)
    return text.strip() if number is None else f"{number:,f}"


def value_words(sign: str, value: str, unit: str) -> str:
    """Return "≥ 85 %"; a blank line where the value is still to be typed."""
    return " ".join(part for part in (sign, shown_target(value) or "___", unit.strip()) if part)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the grid: a group, or with a place one of the goal's lines."""

    level: Level1
    place: int = -1
    line_id: str = ""


class GoalSource(SheetSource):
    """Rows of the form: each level 1 with its lines under it."""

    def __init__(self, session: PerformanceSession) -> None:
        self.session = session
        self._rows: list[Row] = []
        self._marks: Mapping[tuple[int, str], Mark] = {}
        self.recount()

    def recount(self) -> None:
        """Find the rows again, after the goal changed."""
        goal, self._rows = self.session.goal, []
        if goal is None:
            return
        profile = self.session.desk.profiles.get(goal.profile)
        for level in Level1:
            places = [at for at, line in enumerate(goal.lines) if line.level1 is level]
            if places or (profile is not None and profile.points(level)):
                self._rows += [Row(level), *(Row(level, at, goal.lines[at].line_id) for at in places)]

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Mark the cells that findings are about."""
        marks: dict[tuple[int, str], Mark] = {}
        for problem in sorted(problems, key=lambda one: list(_LEVELS).index(one.level)):
            if not problem.where.startswith("lines["):
                continue
            place, _, field = problem.where.removeprefix("lines[").partition("].")
            text = describe(problem)
            level = "warning" if problem.code == _SAME_AS_LAST_YEAR else _LEVELS[problem.level]
            message = f"{text.sentence}（{problem.code}）\n{text.advice}"
            marks.setdefault((int(place), _COLUMN_OF.get(field, "name")), Mark(level, message))
            if field in _FIELDS:  # its own column may have no room
                marks.setdefault((int(place), field), Mark(level, message))
        self._marks = marks

    # -- what the page asks

    def line(self, row: int) -> GoalLine | None:
        """Return the line of a row, None for a group."""
        goal = self.session.goal
        if goal is None or not 0 <= row < len(self._rows) or self._rows[row].place < 0:
            return None
        place = self._rows[row].place
        return goal.lines[place] if place < len(goal.lines) else None

    def level(self, row: int) -> Level1 | None:
        """Return the level 1 of a row, group or line."""
        return self._rows[row].level if 0 <= row < len(self._rows) else None

    def line_id(self, row: int) -> str:
        """Return which line a row stands for, also while the goal has changed and the rows have not yet."""
        return self._rows[row].line_id if row < len(self._rows) else ""

    def row_of(self, place: int) -> int:
        """Return the row of a line by its place in the goal; -1 when there is none."""
        return next((at for at, row in enumerate(self._rows) if row.place == place), -1)

    # -- SheetSource

    def row_count(self) -> int:
        return len(self._rows)

    def row_kind(self, row: int) -> str:
        return "group" if self._rows[row].place < 0 else "data"

    def value(self, row: int, key: str) -> object:
        line = self.line(row)
        if line is None:
            return self._group(self._rows[row].level, key)
        if key == "name":
            return Rich(line.name, tag=tag_of(line.level2))
        if key == "operator":
            return _OPERATORS[line.operator.value]
        if key == "target":
            return shown_target(line.target)
        if key == "unit":
            return line.unit
        if key == "weight":
            return Rich(points(line.weight) if line.weight else "")
        if key == "last":
            return shown_target(line.last_target)
        if key in _FIELDS:
            return getattr(line, key)
        return _badge(line)

    def _group(self, level: Level1, key: str) -> object:
        goal = self.session.goal
        if key == "name":
            return LEVEL1[level.value]
        if key != "weight" or goal is None:
            return None
        profile = self.session.desk.profiles.get(goal.profile)
        have, want = goal.weight_of(level), profile.points(level) if profile else Decimal(0)
        return Rich(f"{points(have)} / {points(want)}", tone="text" if have == want else "err", bold=True)

    def set_value(self, row: int, key: str, value: object) -> Outcome:
        line, goal = self.line(row), self.session.goal
        if line is None or goal is None:
            return Outcome(False, tr("这里不能修改"))
        changed = self._changed(line, key, value)
        if isinstance(changed, Outcome):
            return changed
        lines = list(goal.lines)
        lines[self._rows[row].place] = changed
        self.session.put_goal(replace(goal, lines=tuple(lines)))
        return TAKEN

    def _changed(self, line: GoalLine, key: str, value: object) -> GoalLine | Outcome:
        if key == "operator":
            return replace(line, operator=Operator(value.code)) if isinstance(value, Choice) else line
        if key == "target":
            return replace(line, target=plain_target(str(value or "")))
        if key == "due":
            return replace(line, due=value if isinstance(value, date) else None)
        if key in _TEXTS:
            given: dict[str, str] = {key: str(value or "").strip()}
            return replace(line, **given)  # type: ignore[arg-type]
        if isinstance(value, Rich):  # filled in from another row; a group's own "15 / 50" is no points
            try:
                value = parse_number(value.text, PLACES)
            except NotANumber as reason:
                return Outcome(False, str(reason))
        weight = value if isinstance(value, Decimal) else Decimal(0)
        if weight < 0:
            return Outcome(False, tr("分值不能是负数"))
        return replace(line, weight=Decimal(points(weight)))

    def read_only_reason(self, row: int, key: str) -> str:
        return self.session.locked_reason(self.session.look.goal)

    def mark(self, row: int, key: str) -> Mark:
        line = self.line(row)
        if line is None:
            return NO_MARK
        mark = self._marks.get((self._rows[row].place, key), NO_MARK)
        before = self.session.opened.get(line.line_id)
        differs = before is None or getattr(before, key, None) != getattr(line, key, None)
        changed = key in ("weight", "target") and differs
        return Mark(mark.level, mark.message, changed) if changed else mark

    def total(self, key: str) -> object:
        goal = self.session.goal
        if key == "name":
            return tr("合计")
        if key != "weight" or goal is None:
            return None
        profile = self.session.desk.profiles.get(goal.profile)
        have = sum((line.weight for line in goal.lines), Decimal(0))
        want = profile.total() if profile else Decimal(0)
        return Rich(f"{points(have)} / {points(want)}", tone="ok" if have == want else "err", bold=True)


def _badge(line: GoalLine) -> Rich | None:
    """Return 核心 or 自拟 behind a line."""
    if line.library_kind is LibraryKind.CUSTOM:
        return Rich(tr("自拟"), tone="warn")
    return Rich(tr("核心"), tone="accent") if is_core(line) else None


def plain_target(typed: str) -> str:
    """Return a typed target as it is kept: a number without commas and spaces, an expression's result, or the text."""
    text = typed.strip()
    if target_number(text) is None and not text.startswith("="):
        return text
    try:
        number = parse_number(text, 6)
    except NotANumber:
        return text
    return "" if number is None else points(number)
