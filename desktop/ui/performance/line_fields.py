"""填报要素 and 计划值 of one indicator: due day, sources, proofs, what is to be reached by each quarter or month."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.goal import GoalLine, LibraryKind, Operator, PlanValue
from desktop.domain.goal_rules import points
from desktop.domain.goal_targets import target_number
from desktop.texts import tr
from desktop.texts.words import COLLECTION_METHODS, VALUE_BASES
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.choices import Choice
from desktop.ui.kit.dates import NotADate, parse_date
from desktop.ui.kit.inputs import Field, LineInput, SelectInput
from desktop.ui.kit.labels import Label
from desktop.ui.performance.goal_lines import plain_target, shown_target
from desktop.ui.performance.scoring_words import goal_words

TIMELINESS = "时效"
_QUARTERS, _MONTHS = (3, 6, 9, 12), tuple(range(1, 13))
_COLUMNS = 6


class LineFields(QWidget):
    """Further fields of the line at hand; Enter walks on.

    Signals:
        changed(object, str): The line with another field, and the name of the undo step.
    """

    changed = Signal(object, str)

    def __init__(self, year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._year = year
        self._line: GoalLine | None = None
        self.due = LineInput("", tr("如 11-30"))
        self.texts = {name: LineInput() for name in ("data_source", "evidence", "explanation", "formula", "reason")}
        self.collection, self.basis = _select(COLLECTION_METHODS), _select(VALUE_BASES)
        words = {"data_source": tr("数据来源"), "evidence": tr("佐证资料"), "explanation": tr("指标解释"),
                 "formula": tr("计算公式"), "reason": tr("自拟理由")}
        self.fields = {
            "due": Field(tr("完成期限"), self.due),
            "collection_method": Field(tr("取值方式"), self.collection),
            "value_basis": Field(tr("指标值设定依据"), self.basis),
            **{name: Field(word, self.texts[name]) for name, word in words.items()},
        }
        self._scope = Label("", "caption", "text2", wrap=True, selectable=True)
        self._own = [self.fields[name] for name in ("explanation", "formula", "reason")]
        self._lay_out()
        for name, field in self.texts.items():
            field.committed.connect(self._writer(name, words[name]))
        self.due.committed.connect(self._write_due)
        self.collection.chosen.connect(lambda one: self._choose(one, "collection_method", tr("取值方式")))
        self.basis.chosen.connect(lambda one: self._choose(one, "value_basis", tr("设定依据")))
        for entry in (self.due, self.collection, self.basis, *self.texts.values()):
            entry.returnPressed.connect(self.focusNextChild)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        places = (("due", 0, 0, 1), ("data_source", 0, 1, 1), ("evidence", 0, 2, 2), ("collection_method", 1, 0, 1),
                  ("value_basis", 1, 1, 1), ("explanation", 1, 2, 1), ("formula", 1, 3, 1), ("reason", 2, 0, 4))
        for name, row, column, span in places:
            grid.addWidget(self.fields[name], row, column, 1, span, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._scope, 1, 2, 1, 2, Qt.AlignmentFlag.AlignTop)
        for column, share in enumerate((3, 3, 3, 3)):
            grid.setColumnStretch(column, share)

    def show_line(self, line: GoalLine, *, locked: bool) -> None:
        """Show a line; what is being typed into it stays."""
        other = self._line is None or self._line.line_id != line.line_id
        self._line = line
        due = line.due.isoformat() if line.due is not None else ""
        pairs = [(self.due, due), *((field, getattr(line, name)) for name, field in self.texts.items())]
        for field, text in pairs:
            if other or locked or not field.typing():
                field.set_text(text)
                field.setCursorPosition(0)
                field.set_error()
            field.set_read_only(locked)
        self.collection.set_code(line.collection_method)
        self.basis.set_code(line.value_basis)
        for one in (self.collection, self.basis):
            one.set_read_only(locked)
        for part in self._own:
            part.setVisible(line.library_kind is LibraryKind.CUSTOM)

    def show_scope(self, words: str) -> None:
        """Say for what the library means the indicator; own ones have their words in that place."""
        own = self._line is not None and self._line.library_kind is LibraryKind.CUSTOM
        self._scope.setText(words)
        self._scope.setVisible(bool(words) and not own)

    def first(self) -> QWidget:
        """Return where the cursor begins: the day for a timeliness indicator, else the source of its values."""
        timely = self._line is not None and self._line.level2.startswith(TIMELINESS)
        return self.due if timely else self.texts["data_source"]

    def input_of(self, name: str) -> QWidget | None:
        """Return the input of a field by its name in the line."""
        field = self.fields.get(name)
        return field.input if field is not None else None

    def _writer(self, name: str, word: str) -> Callable[[str], None]:
        def write(text: str) -> None:
            if self._line is not None:
                given: dict[str, str] = {name: text.strip()}
                self._emit(replace(self._line, **given), tr("填{word}", word=word))  # type: ignore[arg-type]

        return write

    def _write_due(self, text: str) -> None:
        if self._line is None:
            return
        try:
            due = parse_date(text, self._year, 12)
        except NotADate as problem:
            self.due.set_error(str(problem))
            return
        self.due.set_error()
        self._emit(replace(self._line, due=due), tr("填完成期限"))

    def _choose(self, choice: Choice | None, name: str, word: str) -> None:
        if self._line is not None and choice is not None:
            given: dict[str, str] = {name: choice.code}
            self._emit(replace(self._line, **given), tr("选{word}", word=word))  # type: ignore[arg-type]

    def _emit(self, line: GoalLine, word: str) -> None:
        if line != self._line:
            self._line = line
            self.changed.emit(line, word)


class PlanFields(QWidget):
    """What is to be reached by the end of each quarter or month, added up; monitoring compares with it.

    Signals:
        changed(object, str): The line with other plan values, and the name of the undo step.
    """

    changed = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line: GoalLine | None = None
        self._months: Sequence[int] = _QUARTERS
        self._chosen: Sequence[int] | None = None
        self.inputs = {month: LineInput() for month in _MONTHS}
        self._fields = {month: Field(tr("{month} 月底", month=month), field) for month, field in self.inputs.items()}
        self.turn = Button(tr("按月填"), "link")
        self.spread = Button(tr("按时间进度填"), "link", tip=tr("按时间过去的份额把指标值分到各期"))
        self._note = Label("", "caption", "text2", wrap=True)
        tools = QHBoxLayout()
        tools.setSpacing(16)
        for button in (self.spread, self.turn):
            button.set_caption()
            tools.addWidget(button)
        tools.addWidget(self._note, 1)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._grid)
        column.addLayout(tools)
        self.turn.clicked.connect(self._turn)
        self.spread.clicked.connect(self._spread)
        for month, field in self.inputs.items():
            field.committed.connect(self._writer(month))
            field.returnPressed.connect(self.focusNextChild)
        self._place()

    def show_line(self, line: GoalLine, *, locked: bool) -> None:
        """Show a line's plan; what is being typed into it stays."""
        other = self._line is None or self._line.line_id != line.line_id
        if other:
            self._chosen = None
        self._line = line
        known = {one.month: one.value for one in line.plan}
        monthly = any(month not in _QUARTERS for month in known)
        months = self._chosen or (_MONTHS if monthly else _QUARTERS)
        if months != self._months:
            self._months = months
            self._place()
        for month, field in self.inputs.items():
            if other or locked or not field.typing():
                field.set_text(shown_target(known.get(month, "")))
                field.set_error()
            field.set_read_only(locked)
        self.turn.setText(tr("按季填") if months == _MONTHS else tr("按月填"))
        self.turn.setVisible(not locked and not (months == _MONTHS and monthly))
        self.spread.setVisible(not locked and _spreadable(line))
        said = tr("到期末累计要达到的值，年终为 {goal}；监控时拿实际值来比，可以不填。", goal=goal_words(line))
        self._note.setText(said)

    def first(self) -> QWidget:
        """Return where the cursor begins."""
        return self.inputs[self._months[0]]

    def _place(self) -> None:
        for field in self._fields.values():
            self._grid.removeWidget(field)
            field.hide()
        for at, month in enumerate(self._months):
            self._grid.addWidget(self._fields[month], at // _COLUMNS, at % _COLUMNS)
            self._fields[month].show()

    def _turn(self) -> None:
        self._chosen = _QUARTERS if self._months == _MONTHS else _MONTHS
        if self._line is not None:
            self.show_line(self._line, locked=False)
            self.first().setFocus()

    def _writer(self, month: int) -> Callable[[str], None]:
        def write(text: str) -> None:
            line = self._line
            if line is None:
                return
            value = plain_target(text)
            if value and line.operator is not Operator.QUAL and target_number(value) is None:
                why = tr("“{typed}”不是数，这里填到 {month} 月底累计的数。", typed=value, month=month)
                self.inputs[month].set_error(why)
                return
            self.inputs[month].set_error()
            kept = [one for one in line.plan if one.month != month] + ([PlanValue(month, value)] if value else [])
            self._emit(tuple(sorted(kept, key=lambda one: one.month)), tr("填计划值"))

        return write

    def _spread(self) -> None:
        if self._line is not None:
            self._emit(spread_plan(self._line, self._months), tr("按时间进度填计划值"))

    def _emit(self, plan: tuple[PlanValue, ...], word: str) -> None:
        if self._line is not None and plan != self._line.plan:
            self._line = replace(self._line, plan=plan)
            self.changed.emit(self._line, word)


def spread_plan(line: GoalLine, months: Sequence[int]) -> tuple[PlanValue, ...]:
    """Return a line's target spread over the year as time passes, with the target's own decimals; December is it."""
    target = target_number(line.target)
    if target is None:
        return line.plan
    step = Decimal(1).scaleb(min(0, int(target.as_tuple().exponent)))
    values = ((month, (target * month / 12).quantize(step, ROUND_HALF_UP)) for month in months)
    return tuple(PlanValue(month, points(value)) for month, value in values)


def _spreadable(line: GoalLine) -> bool:
    rising = line.operator in (Operator.GE, Operator.GT, Operator.EQ)
    return rising and target_number(line.target) is not None


def _select(words: Mapping[str, str]) -> SelectInput:
    return SelectInput([Choice(code, word, shown=word) for code, word in words.items()])
