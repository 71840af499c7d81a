"""取上年指标: last year's goal line by line, before and after; what is ticked comes into this year's as one step."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.domain.goal import Frame, GoalLine, PerformanceGoal
from desktop.texts import tr
from desktop.ui.grid.columns import TAKEN, ColumnSpec, Outcome, Rich, SheetSource
from desktop.ui.grid.model import SheetModel
from desktop.ui.grid.sheet import Sheet
from desktop.ui.kit.dialogs import Question, Verb
from desktop.ui.kit.segmented import Segmented
from desktop.ui.kit.typography import px
from desktop.ui.performance.goal_lines import shown_target, tag_of
from desktop.ui.performance.scoring_words import goal_words
from desktop.usecases.fill_goal import LastLibrary, LastLine, Standing, compare_with_last, take_last
from desktop.usecases.seat import Seat

TAKE, BACK = "take", "back"
BRING, COMPARE = "bring", "compare"
ROWS, WIDTH = 8, 700
_COLUMNS = (
    ColumnSpec("on", "", "check", 36, editable=True, filter=False),
    ColumnSpec("name", tr("指标"), "rich", 180, stretch=2, filter=False),
    ColumnSpec("before", tr("上年目标"), width=108, filter=False),
    ColumnSpec("done", tr("上年完成"), width=76, filter=False),
    ColumnSpec("after", tr("本年"), width=210, stretch=3, filter=False),
)


class LastRows(SheetSource):
    """Last year's lines with what becomes of them; `on` are those that are taken."""

    def __init__(self, found: Sequence[LastLine], *, may_own: bool) -> None:
        self.found, self._may_own = tuple(found), may_own
        self.bring = True
        self.on = {at for at in range(len(self.found)) if self.takeable(at)}

    def takeable(self, row: int) -> bool:
        """Tell whether a line can be taken here: own ones only where the bureau allows them."""
        one = self.found[row]
        return one.takeable and (self._may_own or one.standing is not Standing.OWN)

    def picked(self) -> list[LastLine]:
        """Return the ticked lines."""
        return [self.found[row] for row in sorted(self.on)]

    def row_count(self) -> int:
        return len(self.found)

    def row_kind(self, row: int) -> str:
        return "data" if self.takeable(row) else "void"

    def value(self, row: int, key: str) -> object:
        one = self.found[row]
        if key == "on":
            return row in self.on
        if key == "name":
            return Rich(one.line.name, tag=tag_of(one.line.level2))
        if key == "before":
            return goal_words(one.line)
        return tr("尚未自评") if key == "done" else self._after(one)

    def set_value(self, row: int, key: str, value: object) -> Outcome:
        (self.on.add if value else self.on.discard)(row)
        return TAKEN

    def read_only_reason(self, row: int, key: str) -> str:
        if key != "on":
            return tr("带入以后在目标里改")
        return "" if self.takeable(row) else tr("这一条不能带入：{why}", why=self._after(self.found[row]))

    def _after(self, one: LastLine) -> str:
        if one.standing is Standing.HERE and one.now is not None:
            return self._here(one.line, one.now)
        if one.standing is Standing.GONE:
            return tr("已停用，没有接替的指标")
        if one.standing is Standing.OWN:
            return self._added(one.line, tr("加入（自拟）")) if self._may_own else tr("本地区没有开放自拟")
        same = one.entry is not None and one.entry.unit.strip() == one.line.unit.strip()
        if one.standing is Standing.SUCCEEDED and one.entry is not None:
            word = tr("已停用，换成“{name}”", name=one.entry.name)
            return self._added(one.line, word) if same else tr("{word}，单位不同，待填", word=word)
        return self._added(one.line, tr("加入"))

    def _added(self, line: GoalLine, word: str) -> str:
        return tr("{word}，{goal}", word=word, goal=goal_words(line)) if self.bring else tr("{word}，待填", word=word)

    def _here(self, last: GoalLine, now: GoalLine) -> str:
        have = shown_target(now.target) or tr("未填")
        if self.bring and now.target != last.target:
            return tr("已有，{have} 改为 {last}", have=have, last=shown_target(last.target))
        return tr("已有，{have} 不变", have=have)


class LastYearQuestion(Question):
    """The lines; Space ticks, Enter takes what is ticked, Esc leaves the goal as it is.

    Args:
        year: Last year.
        rows: Its lines.
    """

    def __init__(self, year: int, rows: LastRows, parent: QWidget | None = None) -> None:
        body = tr("下面是 {year} 年的绩效目标。勾选的指标带入本年，用 Ctrl+Z 可以整批撤销。", year=year)
        super().__init__(tr("取上年指标"), body, (Verb(TAKE, "", "primary"), Verb(BACK, tr("不带入"))), default=TAKE,
                         level="info", parent=parent)
        self.rows = rows
        self.model = SheetModel(_COLUMNS, rows, parent=self)
        self.sheet = Sheet(self.model, lists=True)
        self.sheet.view.setAccessibleName(tr("上年指标"))
        shown = min(max(rows.row_count(), 3), ROWS)
        self.sheet.setFixedHeight(px(28) + px(24) * shown + 14)
        self.sheet.setMinimumWidth(px(WIDTH))
        self.mode = Segmented(((BRING, tr("带入上年的指标值")), (COMPARE, tr("只作上年值，指标值另填"))), tr("指标值"))
        self.add_field(self.mode)
        self.add_field(self.sheet)
        self.mode.chosen.connect(self._change_mode)
        self.model.edited.connect(self._count)
        self.sheet.view.opened.connect(lambda row: self._take())
        self.sheet.view.setFocus()
        self._count()

    def picked(self) -> list[LastLine]:
        """Return the lines that are taken; none when the user stepped back."""
        return self.rows.picked() if self.answer == TAKE else []

    def _change_mode(self, key: str) -> None:
        self.rows.bring = key == BRING
        self.model.refresh()

    def _count(self) -> None:
        count = len(self.rows.on)
        self.buttons[TAKE].setText(tr("带入 {count} 条", count=count))
        self.buttons[TAKE].setEnabled(bool(count))

    def _take(self) -> None:
        if self.rows.on:
            self.answer = TAKE
            self.accept()


def ask_last(
    goal: PerformanceGoal,
    last: PerformanceGoal,
    library: LastLibrary,
    seat: Seat,
    frame: Frame,
    page: QWidget,
    *,
    may_own: bool,
) -> tuple[PerformanceGoal, int] | None:
    """Ask which of last year's lines come along, and wait; None when the user steps back.

    Returns:
        The goal with them, and how many they are.
    """
    rows = LastRows(compare_with_last(goal, last, library), may_own=may_own)
    question = LastYearQuestion(last.head.fiscal_year, rows, page)
    question.exec()
    picked, bring = question.picked(), question.rows.bring
    question.deleteLater()
    return (take_last(goal, picked, seat, frame, with_targets=bring), len(picked)) if picked else None
