"""参考案例: complete goal forms to look through and copy, those of the project's own field first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.goal_rules import points
from desktop.domain.library import CaseLine, GoalCase, Indicator
from desktop.domain.money import format_yuan
from desktop.texts import tr
from desktop.texts.words import LEVEL1, OPERATORS
from desktop.ui.grid.columns import TAKEN, ColumnSpec, Outcome, Rich, SheetSource
from desktop.ui.grid.model import SheetModel
from desktop.ui.grid.sheet import Sheet
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.dialogs import Question, Verb
from desktop.ui.kit.inputs import TextArea, search_input
from desktop.ui.kit.labels import Label
from desktop.ui.kit.typography import px
from desktop.ui.performance.goal_lines import shown_target, tag_of
from desktop.usecases.copy_case import Wanted, find_cases

ALL, TICKED, BACK = "all", "ticked", "back"
LIST_SHARE, FORM_SHARE = 2, 3  # of the width
LOW_WINDOW = 560
HEIGHT, WIDTH, AROUND = 380, 900, 190  # wished for, and what stands around it, logical pixels at 10 pt
_CASES = (
    ColumnSpec("name", tr("案例"), width=130, stretch=1, filter=False),
    ColumnSpec("amount", tr("金额（万元）"), width=100, align="right", filter=False),
)
_LINES = (
    ColumnSpec("on", "", "check", 34, editable=True, filter=False),
    ColumnSpec("name", tr("指标"), "rich", 124, stretch=1, filter=False),
    ColumnSpec("target", tr("案例的目标"), width=120, filter=False),
    ColumnSpec("weight", tr("分值"), width=48, align="right", filter=False),
    ColumnSpec("known", tr("指标库"), "rich", 64, room=440, filter=False),
)


class CaseRows(SheetSource):
    """The cases that were found."""

    def __init__(self) -> None:
        self.found: Sequence[GoalCase] = ()

    def row_count(self) -> int:
        return len(self.found)

    def value(self, row: int, key: str) -> object:
        case = self.found[row]
        return case.project_name if key == "name" else f"{case.amount / 10_000:,.2f}"

    def read_only_reason(self, row: int, key: str) -> str:
        return tr("案例只供参考，采用以后在目标里改")


@dataclass(frozen=True, slots=True)
class _Row:
    """A group by its level 1, or with a place one of the case's lines."""

    level: str
    place: int = -1


class CaseLineRows(SheetSource):
    """The lines of the case at hand, by level 1; `on` are the places that are ticked."""

    def __init__(self, *, may_own: bool) -> None:
        self._may_own = may_own
        self.case: GoalCase | None = None
        self.entries: Mapping[str, Indicator] = {}
        self.year = 0
        self.on: set[int] = set()
        self._rows: list[_Row] = []

    def show_case(self, case: GoalCase | None, entries: Mapping[str, Indicator], year: int) -> None:
        """Show another case, all of it ticked that can be taken."""
        self.case, self.entries, self.year, self._rows = case, entries, year, []
        lines = case.lines if case is not None else ()
        for level in LEVEL1:
            places = [at for at, line in enumerate(lines) if line.level1 == level]
            if places:
                self._rows += [_Row(level), *(_Row(level, at) for at in places)]
        self.on = {at for at, line in enumerate(lines) if self.takeable(line)}

    def takeable(self, line: CaseLine) -> bool:
        """Tell whether a line can be taken: the library has it, or the unit may write it itself."""
        return self._known(line) or self._may_own

    def _known(self, line: CaseLine) -> bool:
        entry = self.entries.get(line.indicator_code)
        return entry is not None and entry.is_open_in(self.year)

    def _line(self, row: int) -> CaseLine | None:
        place = self._rows[row].place
        return self.case.lines[place] if self.case is not None and place >= 0 else None

    def row_count(self) -> int:
        return len(self._rows)

    def row_kind(self, row: int) -> str:
        line = self._line(row)
        return "group" if line is None else "data" if self.takeable(line) else "void"

    def value(self, row: int, key: str) -> object:
        line = self._line(row)
        if line is None:
            return LEVEL1[self._rows[row].level] if key == "name" else None
        if key == "on":
            return self._rows[row].place in self.on
        if key == "name":
            return Rich(line.name, tag=tag_of(line.level2))
        if key == "target":
            return f"{OPERATORS[line.operator.value]} {shown_target(line.target)} {line.unit}".strip()
        if key == "weight":
            return points(line.weight)
        return None if self._known(line) else Rich(tr("自拟") if self._may_own else tr("没有"), tone="warn")

    def set_value(self, row: int, key: str, value: object) -> Outcome:
        (self.on.add if value else self.on.discard)(self._rows[row].place)
        return TAKEN

    def read_only_reason(self, row: int, key: str) -> str:
        line = self._line(row)
        if key != "on" or line is None:
            return tr("采用以后在目标里改")
        return "" if self.takeable(line) else tr("指标库里没有或已停用，不能带入")


class CaseQuestion(Question):
    """A list at the left, the whole form of the case at hand at the right.

    Args:
        cases: The nearest first.
        year: Of the goal.
        may_own: The bureau lets a unit write indicators itself.
        lines: How many lines the goal has already.

    Signals:
        case_wanted(object): The library's entries of this `GoalCase` are wanted: `show_entries`.
    """

    case_wanted = Signal(object)

    def __init__(
        self, cases: Sequence[GoalCase], year: int, lines: int, *, may_own: bool, parent: QWidget | None = None
    ) -> None:
        verbs = (Verb(ALL, tr("全部采用"), "primary"), Verb(TICKED, ""), Verb(BACK, tr("不采用")))
        body = tr("指标库里的完整目标表，供参考。采用后分值按分值方案配好，可以整批撤销。")
        super().__init__(tr("参考案例"), body, verbs, default=ALL, level="info", parent=parent)
        self._all, self._year, self._may_own = cases, year, may_own
        self.search = search_input(tr("项目名称、行业、用途或拼音首字母"), lambda text: self._find())
        self.rows, self.lines = CaseRows(), CaseLineRows(may_own=may_own)
        self.case_model, self.line_model = SheetModel(_CASES, self.rows), SheetModel(_LINES, self.lines)
        self.list, self.form = Sheet(self.case_model, lists=True), Sheet(self.line_model, lists=True)
        for sheet, name in ((self.list, tr("案例")), (self.form, tr("案例的指标"))):
            sheet.view.sheet.setParent(sheet)
            sheet.view.setAccessibleName(name)
        self._about = Label("", "caption", "text2", wrap=True)
        low = parent is not None and parent.window().height() < px(LOW_WINDOW)
        self._text = TextArea("", lines=1 if low else 3)
        self._about.setVisible(not low)
        self._text.setAccessibleName(tr("案例的目标文字"))
        self._text.set_read_only(True)
        self._text.setFixedHeight(self._text.sizeHint().height())
        self.replace = _switch(tr("替换现有 {count} 条", count=lines))
        self.targets, self.texts = _switch(tr("带入指标值")), _switch(tr("带入目标文字"))
        self.replace.setVisible(bool(lines))
        self._lay_out()
        self.list.view.current_changed.connect(lambda row, key: self._turn())
        self.line_model.edited.connect(self._count)
        self.search.installEventFilter(self)
        self.search.setFocus()
        self._find()

    def _lay_out(self) -> None:
        left, right, both, switches = QVBoxLayout(), QVBoxLayout(), QHBoxLayout(), QHBoxLayout()
        left.setSpacing(6)
        left.addWidget(self.search)
        left.addWidget(self.list, 1)
        switches.setSpacing(8)
        for button in (self.replace, self.targets, self.texts):
            switches.addWidget(button)
        switches.addStretch(1)
        right.setSpacing(6)
        for part in (self._about, self._text):
            right.addWidget(part)
        right.addWidget(self.form, 1)
        right.addLayout(switches)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(14)
        both.addLayout(left, LIST_SHARE)
        both.addLayout(right, FORM_SHARE)
        whole = QWidget()
        whole.setLayout(both)
        page = self.parentWidget()
        high, wide = (page.window().height(), page.window().width()) if page is not None else (px(HEIGHT), px(WIDTH))
        whole.setFixedHeight(min(px(HEIGHT), high - px(AROUND)))
        whole.setMinimumWidth(min(px(WIDTH), wide - px(AROUND)))
        self.add_field(whole)

    # -- what is shown

    def ask_first(self) -> None:
        """Ask for the entries of the first case, once somebody listens."""
        case = self.current()
        if case is not None:
            self.case_wanted.emit(case)

    def current(self) -> GoalCase | None:
        """Return the case at hand."""
        at = self.list.view.source_at()[0]
        return self.rows.found[at] if 0 <= at < len(self.rows.found) else None

    def show_entries(self, case: GoalCase, entries: Mapping[str, Indicator]) -> None:
        """Take the library's entries of a case, unless another one is at hand by now."""
        if case == self.current():
            self.lines.show_case(case, entries, self._year)
            self.line_model.reload()
            self._count()

    def _find(self) -> None:
        self.rows.found = find_cases(self._all, self.search.text())
        self.case_model.reload()
        if self.rows.found:
            self.list.view.select_source(0, 0)
        self._turn()

    def _turn(self) -> None:
        case = self.current()
        if case is not None and case == self.lines.case:
            return
        self.lines.show_case(None, {}, self._year)
        self.line_model.reload()
        self._about.setText(_about(case))
        self._text.set_text(_texts(case) if case is not None else tr("没有这样的案例，换个词试试。"))
        self._count()
        if case is not None:
            self.case_wanted.emit(case)

    def _count(self) -> None:
        count = len(self.lines.on)
        self.buttons[TICKED].setText(tr("只加勾选的 {count} 条", count=count))
        for key in (ALL, TICKED):
            self.buttons[key].setEnabled(bool(count))

    # -- what is wanted

    def wanted(self) -> Wanted | None:
        """Return what is taken of the case at hand; None when the user stepped back."""
        if self.answer == BACK or self.lines.case is None:
            return None
        whole = self.answer == ALL
        places = range(len(self.lines.case.lines)) if whole else sorted(self.lines.on)
        return Wanted(places, in_place=self.replace.isChecked() or not self.replace.isVisibleTo(self),
                      targets=self.targets.isChecked(), texts=self.texts.isChecked(), own=self._may_own)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows walk through the cases while the search field has the keyboard."""
        if watched is self.search and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step and self.rows.found:
                row = min(max(self.list.view.source_at()[0] + step, 0), len(self.rows.found) - 1)
                self.list.view.select_source(row, 0)
                return True
        return super().eventFilter(watched, event)


def _about(case: GoalCase | None) -> str:
    if case is None:
        return ""
    field = " › ".join(dict.fromkeys(part for part in (case.industry, case.category, case.fund_use) if part))
    year = tr("{year} 年", year=case.year) if case.year else ""
    parts = (field, year, tr("{amount} 元", amount=format_yuan(case.amount)), case.source)
    return " · ".join(part for part in parts if part)


def _texts(case: GoalCase) -> str:
    """Return the goal of the year, and of the whole period where the case has one."""
    whole = tr("总体目标：{words}", words=case.general_goal) if case.general_goal.strip() else ""
    return "\n".join(part for part in (case.year_goal, whole) if part)


def _switch(word: str) -> Button:
    button = Button(word, "second")
    button.setCheckable(True)
    button.setAutoDefault(False)
    return button
