"""The goal form in the middle: text with a counter, the grid of indicators, how the current one is scored."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.goal import GoalLine
from desktop.domain.library import Indicator
from desktop.texts import tr
from desktop.ui.documents.content import ContentModel
from desktop.ui.grid.sheet import Sheet
from desktop.ui.grid.skipped import tell_pastes
from desktop.ui.kit.choices import Choice
from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.inputs import SelectInput, TextArea
from desktop.ui.kit.labels import Label
from desktop.ui.kit.typography import px
from desktop.ui.performance.goal_lines import GoalSource, goal_columns
from desktop.ui.performance.reading import Work
from desktop.ui.performance.scoring import Scoring
from desktop.ui.performance.session import PerformanceSession
from desktop.usecases.pick_indicators import remove_indicator

ROW = 32


class GoalText(QWidget):
    """A text of the goal with its label and a live count of characters.

    Signals:
        committed(str): The field was left after a change.
    """

    committed = Signal(str)

    def __init__(self, label: str, limits: tuple[int, int], lines: int, hint: str) -> None:
        super().__init__()
        self._limits = limits
        self.area = TextArea("", hint, lines=lines)
        self.area.setAccessibleName(label)
        name = Label(label, bold=True)
        name.setBuddy(self.area)
        self._count = Label("", "caption", "text2")
        self.extra = QHBoxLayout()
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        if lines == 1:  # beside its label: few projects need more than a sentence here
            head.addWidget(self.area, 1)
        else:
            head.addLayout(self.extra)
            head.addStretch(1)
            column.addWidget(self.area)
        head.addWidget(self._count)
        self.area.setFixedHeight(self.area.sizeHint().height() + (px(6) if lines == 1 else 0))
        self.area.textChanged.connect(self._tell)
        self.area.committed.connect(self.committed)
        self._tell()

    def show_text(self, text: str, *, locked: bool) -> None:
        """Show a text; one that is being typed stays."""
        if not self.area.hasFocus() or locked:
            self.area.set_text(text)
        self.area.set_read_only(locked)

    def _tell(self) -> None:
        length, (least, most) = len("".join(self.area.toPlainText().split())), self._limits
        self._count.setText(tr("{length} / {most} 字", length=length, most=most))
        self._count.set_tone("text2" if least <= length <= most else "err" if length else "text2")


class GoalPane(QWidget):
    """Everything of the goal but the picker.

    Signals:
        looked_at(object): The `GoalLine` under the cursor, or None.
        refused(str): A cell was not taken; why.
    """

    looked_at = Signal(object)
    refused = Signal(str)

    def __init__(self, session: PerformanceSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        limits = session.desk.goal_text
        whole = tr("整个项目期要达到什么，一年做完的可以不填")
        self.general = GoalText(tr("总体目标（整个项目期）"), (0, limits[1]), 1, whole)
        self.year = GoalText(tr("年度总体目标"), limits, 3, tr("做什么、做多少、花多少钱、达到什么效果"))
        rows = [Choice(code, one.name, shown=one.name) for code, one in session.desk.profiles.items()]
        self.profile = SelectInput(rows)
        self.profile.setAccessibleName(tr("分值方案"))
        self.profile.setFixedWidth(px(196))
        self.source = GoalSource(session)
        self.model: ContentModel[Work] = ContentModel(goal_columns(), self.source, session, session.undo_stack)
        self.sheet = Sheet(self.model, total=True, row_height=ROW)
        self.model.setParent(self.sheet)
        self.sheet.keep_layout(session.context.notes, "goal")
        self.sheet.view.setAccessibleName(tr("绩效指标"))
        self.scoring = Scoring()
        self._lay_out()
        self._connect()
        self.show_content()

    def _lay_out(self) -> None:
        texts = QVBoxLayout()
        texts.setContentsMargins(16, 8, 16, 10)
        texts.setSpacing(8)
        texts.addWidget(self.year)
        texts.addWidget(self.general)
        profile = Label(tr("分值方案"), tone="text2")
        profile.setBuddy(self.profile)
        self.year.extra.addSpacing(16)
        self.year.extra.addWidget(profile)
        self.year.extra.addWidget(self.profile)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(texts)
        column.addWidget(self.sheet, 1)
        column.addWidget(self.scoring)

    def _connect(self) -> None:
        self.year.committed.connect(lambda text: self._write(text, "year_goal", tr("写年度目标")))
        self.general.committed.connect(lambda text: self._write(text, "general_goal", tr("写总体目标")))
        self.profile.chosen.connect(self._choose_profile)
        self.sheet.view.current_changed.connect(lambda row, key: self._look())
        self.model.refused.connect(self.refused)
        tell_pastes(self.sheet.view, self._session.context.say)
        self.scoring.remove_requested.connect(self.remove_current)

    # -- what is shown

    def show_content(self) -> None:
        """Show the session's goal again."""
        goal, locked = self._session.goal, not self._session.goal_editable()
        if goal is None:
            return
        self.general.show_text(goal.general_goal, locked=locked)
        self.year.show_text(goal.year_goal, locked=locked)
        self.profile.set_code(goal.profile)
        self.profile.set_read_only(locked)
        self._show_rows()
        self._look()

    def _show_rows(self) -> None:
        kept = self._drafts()
        self.source.recount()
        if self.sheet.view.verticalHeader().count() == self.source.row_count():
            self.model.refresh()
            return
        self.model.reload()
        # What could not be read stays with its line, wherever that stands now.
        goal = self._session.goal
        ids = [line.line_id for line in goal.lines] if goal is not None else []
        for line_id, key, text in kept:
            if line_id in ids:
                self.model.keep_unread(self.source.row_of(ids.index(line_id)), key, *text)

    def _drafts(self) -> list[tuple[str, str, tuple[str, str]]]:
        found = []
        for row, key, message in self.model.drafts():
            line_id = self.source.line_id(row)
            if line_id:
                found.append((line_id, key, (self.model.typed(row, self.model.column_of(key)), message)))
        return found

    def show_problems(self) -> None:
        """Mark the cells that the rules speak of."""
        self.source.show_problems(self._session.look.goal_problems)
        self.model.refresh()

    def unread(self) -> list[tuple[int, str, str]]:
        """Return row, column and message of cells whose text could not be read."""
        return self.model.drafts()

    def current(self) -> GoalLine | None:
        """Return the line under the cursor."""
        return self.source.line(self.sheet.view.source_at()[0])

    def go_to(self, where: str) -> None:
        """Go to the field that a finding is about."""
        if where.startswith("lines["):
            place, _, field = where.removeprefix("lines[").partition("].")
            row = self.source.row_of(int(place))
            key = field if field in ("weight", "target", "operator", "unit") else "target"
            if row >= 0:
                self.sheet.view.go_to(row, key)
        elif where == "general_goal":
            self.general.area.setFocus()
        elif where == "profile":
            self.profile.setFocus()
        elif where == "year_goal":
            self.year.area.setFocus()
        else:
            self.sheet.view.setFocus()

    def show_indicator(self, indicator: Indicator) -> None:
        """Show how an entry of the library is scored."""
        self.scoring.show_indicator(indicator)

    def _look(self) -> None:
        line, facts = self.current(), self._session.look.facts
        entry = facts.indicators.get(line.indicator_code) if line is not None and facts is not None else None
        self.scoring.show_line(line, entry, may_remove=self._session.goal_editable())
        self.looked_at.emit(line)

    # -- changes

    def remove_current(self) -> None:
        """Take the selected indicators out of the goal."""
        goal = self._session.goal
        rows = set(self.sheet.view.selected_source_rows())
        rows = rows or {self.sheet.view.source_at()[0]}
        lines = [line for row in sorted(rows) if (line := self.source.line(row)) is not None]
        if goal is None or not lines:
            return
        for line in lines:
            goal = remove_indicator(goal, line.line_id)
        self._session.change_goal(goal, tr("移出 {count} 条指标", count=len(lines)))

    def show_added(self, codes: Sequence[str]) -> None:
        """Go to the first of the indicators that were added, to its target."""
        goal = self._session.goal
        places = [at for at, line in enumerate(goal.lines) if line.indicator_code in codes] if goal else []
        if places:
            row = self.source.row_of(places[0])
            self.sheet.view.setCurrentIndex(self.model.index(row, self.model.column_of("target")))
            self.sheet.view.scrollTo(self.model.index(row, 0))

    def _write(self, text: str, field: str, word: str) -> None:
        goal = self._session.goal
        if goal is not None:
            self._session.change_goal(replace(goal, **{field: text.strip()}), word)  # type: ignore[arg-type]

    def _choose_profile(self, choice: Choice | None) -> None:
        goal = self._session.goal
        if goal is not None and choice is not None:
            self._session.change_goal(replace(goal, profile=choice.code), tr("改分值方案"))

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), qcolor("base"))
