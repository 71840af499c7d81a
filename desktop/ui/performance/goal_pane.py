"""The goal form in the middle: head, text with a counter, the grid of indicators, how the current one is scored."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.goal import GoalLine, Level1
from desktop.domain.library import Indicator
from desktop.domain.quant_model import QuantModel, model_for
from desktop.domain.scoring import ScoringProfile
from desktop.texts import tr
from desktop.ui.documents.content import ContentModel
from desktop.ui.grid.sheet import Sheet
from desktop.ui.grid.skipped import tell_pastes
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.choices import Choice
from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.inputs import SelectInput
from desktop.ui.kit.labels import Label
from desktop.ui.kit.typography import px
from desktop.ui.performance.form_head import FormHead
from desktop.ui.performance.goal_lines import GoalSource, goal_columns, plain_target
from desktop.ui.performance.goal_text import GoalText
from desktop.ui.performance.line_news import LineNews
from desktop.ui.performance.model_dialog import computed
from desktop.ui.performance.reading import Work
from desktop.ui.performance.scoring import WORDS, Scoring
from desktop.ui.performance.session import PerformanceSession
from desktop.usecases.compare_values import comparables
from desktop.usecases.fill_goal import as_cost, may_be_cost
from desktop.usecases.pick_indicators import remove_indicator

ROW = 32
# Logical pixels at 10 pt: below, text and scoring fold; from there on, the head stands open; below, a word is left out.
LOW, TALL, NARROW = 440, 760, 500
LOWEST, TEXT_LINES = 440, 3  # height of a window: below, the text has one line even while it is written
_CELLS = ("weight", "target", "operator", "unit")


class GoalPane(QWidget):
    """Everything of the goal but the picker.

    Signals:
        looked_at(object): The `GoalLine` under the cursor, or None.
        refused(str): A cell was not taken; why.
        profile_chosen(str): Code of another profile that the user wants.
        head_turned(): The head was opened or folded.
    """

    looked_at = Signal(object)
    refused = Signal(str)
    profile_chosen = Signal(str)
    head_turned = Signal()

    def __init__(self, session: PerformanceSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        limits = session.desk.goal_text
        self.head = FormHead(session, limits)
        self._head_wanted: bool | None = None
        self.general = self.head.general
        self.year = GoalText(tr("年度总体目标"), limits, TEXT_LINES, tr("做什么、做多少、花多少钱、达到什么效果"))
        rows = [Choice(code, one.name, shown=one.name) for code, one in session.desk.profiles.items()]
        self.profile = SelectInput(rows)
        self.profile.setAccessibleName(tr("分值方案"))
        self.source = GoalSource(session)
        columns = goal_columns(session.desk.year)
        self.model: ContentModel[Work] = ContentModel(columns, self.source, session, session.undo_stack)
        self.sheet = Sheet(self.model, total=True, row_height=ROW)
        self.model.setParent(self.sheet)
        self.sheet.keep_layout(session.context.notes, "goal")
        self.sheet.view.setAccessibleName(tr("绩效指标"))
        self.news = LineNews(session)
        self.scoring = Scoring(session.desk.year)
        self.compute = Button(tr("用模型计算"), "link", "calculator", tip=tr("用量化模型计算指标值（F9）"))
        self.as_cost = Button(tr("改列成本"), "link", tip=tr("能用钱衡量的社会、生态效益可以改列成本"))
        for action in (self.compute, self.as_cost):
            self.scoring.add_action(action)
        self._lay_out()
        self._connect()
        self.show_content()

    def _lay_out(self) -> None:
        texts = self._texts = QVBoxLayout()
        texts.setContentsMargins(16, 8, 16, 10)
        texts.setSpacing(8)
        texts.addWidget(self.year)
        self._profile_word = Label(tr("分值方案"), tone="text2")
        self._profile_word.setBuddy(self.profile)
        self.year.extra.addSpacing(8)
        self.year.extra.addWidget(self._profile_word)
        self.year.extra.addWidget(self.profile)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._head_room = QScrollArea()
        self._head_room.setFrameShape(QFrame.Shape.NoFrame)
        self._head_room.setWidgetResizable(True)
        self._head_room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._head_room.setWidget(self.head)
        column.addWidget(self._head_room)
        column.addLayout(texts)
        column.addWidget(self.sheet, 1)
        column.addWidget(self.news)
        column.addWidget(self.scoring)

    def _connect(self) -> None:
        self.year.committed.connect(lambda text: self._write(text, "year_goal", tr("写年度目标")))
        self.general.committed.connect(lambda text: self._write(text, "general_goal", tr("写总体目标")))
        self.profile.chosen.connect(self._choose_profile)
        self.sheet.view.current_changed.connect(lambda row, key: self._look())
        self.model.refused.connect(self.refused)
        tell_pastes(self.sheet.view, self._session.context.say)
        self.scoring.remove_requested.connect(self.remove_current)
        self.news.remove_wanted.connect(self.remove_current)
        self.scoring.changed.connect(self._put_line)
        self.scoring.taken.connect(self._take_value)
        self.scoring.left.connect(self.sheet.view.setFocus)
        self.compute.clicked.connect(self.compute_target)
        self.as_cost.clicked.connect(self._list_as_cost)
        self.head.folded.connect(self.turn_head)

    # -- what is shown

    def show_content(self) -> None:
        """Show the session's goal again."""
        goal, locked = self._session.goal, not self._session.goal_editable()
        if goal is None:
            return
        self.head.show_goal(goal, locked=locked)
        self.year.show_text(goal.year_goal, locked=locked)
        self.profile.set_code(goal.profile)
        self.profile.set_read_only(locked)
        self._show_rows()
        self._look()
        self._fit()

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

    def current_level(self) -> Level1 | None:
        """Return the level 1 of the row under the cursor, a group's too."""
        return self.source.level(self.sheet.view.source_at()[0])

    def go_to(self, where: str) -> None:
        """Go to the field that a finding is about."""
        if where.startswith("lines["):
            place, _, field = where.removeprefix("lines[").partition("].")
            row = self.source.row_of(int(place))
            if row >= 0:
                self.sheet.view.go_to(row, field if field in _CELLS else "target")
                self._enter_field(field)
        elif where == "general_goal":
            self._open_head()
            self.general.area.setFocus()
        elif where == "profile":
            self.profile.setFocus()
        elif where == "year_goal":
            self.year.area.setFocus()
        else:
            self.sheet.view.setFocus()

    def show_indicator(self, indicator: Indicator) -> None:
        """Show how an entry of the library is scored."""
        self.scoring.show_indicator(indicator, self._session.desk.choices["FUNCTION"])

    def turn_to_scoring(self) -> None:
        """Take the keyboard from the grid to what stands under it, or back (F4)."""
        inside = QApplication.focusWidget()
        if inside is not None and self.scoring.isAncestorOf(inside):
            self.scoring.fold()
            self.sheet.view.setFocus()
        else:
            self.scoring.enter()

    def _enter_field(self, name: str) -> None:
        field = self.scoring.fields.input_of(name)
        if field is not None:
            self.scoring.show_page(WORDS)
            field.setFocus()

    def _look(self) -> None:
        line, entry, session = self.current(), self._entry(), self._session
        self.scoring.how = self._how()
        values = comparables(line, entry, session.desk.cases) if line is not None else []
        self.scoring.show_line(line, entry, values, session.desk.choices["FUNCTION"], free=session.goal_editable())
        self.compute.setVisible(session.goal_editable() and self._model() is not None)
        profile = session.desk.profiles.get(session.goal.profile) if session.goal is not None else None
        movable = line is not None and profile is not None and may_be_cost(line, profile)
        self.as_cost.setVisible(session.goal_editable() and movable)
        self.news.show_line(line)
        self.looked_at.emit(line)

    def _entry(self) -> Indicator | None:
        """Return the library's entry of the line under the cursor."""
        line, facts = self.current(), self._session.look.facts
        return facts.indicators.get(line.indicator_code) if line is not None and facts is not None else None

    def _how(self) -> ScoringProfile | None:
        """Return the way of scoring that the goal names; an older goal goes by the bureau's present one."""
        goal, desk = self._session.goal, self._session.desk
        named = goal.scoring_profile if goal is not None else ""
        return desk.scorings.get(named or desk.parameters.text("scoring_profile"))

    def _model(self) -> QuantModel | None:
        """Return the quantification model of the line under the cursor."""
        line, entry = self.current(), self._entry()
        code = entry.quant_model_code if entry is not None else ""
        return model_for(code, line.name, self._session.desk.models) if line is not None else None

    # -- room

    def head_shown(self) -> bool:
        """Tell whether the head is shown in full: as the user wants it, else where there is room for it."""
        return self._head_wanted if self._head_wanted is not None else self.height() >= px(TALL)

    def turn_head(self) -> None:
        """Show the head in full, or in one line."""
        self._head_wanted = not self.head_shown()
        self._fit()
        if self._head_wanted:
            self.head.responsible.setFocus()
        else:
            self.sheet.view.setFocus()

    def _open_head(self) -> None:
        if not self.head_shown():
            self.turn_head()

    def _fit(self) -> None:
        low, opened = self.height() < px(LOW), self.head_shown()
        alone = low and opened  # a low window shows the head in the place of the rest
        self._head_room.setVisible(opened)
        for part in (self.year, self.sheet, self.scoring):
            part.setVisible(not alone)
        self._texts.setContentsMargins(16, 0 if alone else 8, 16, 0 if alone else 10)
        tall = max(self.head.heightForWidth(self.width()), self.head.minimumSizeHint().height())
        self._head_room.setFixedHeight(self.height() if alone else tall)
        self.year.set_low(low, 1 if self.window().height() < px(LOWEST) else 2 if low else TEXT_LINES)
        self._profile_word.setVisible(self.width() >= px(NARROW))
        self.profile.setFixedWidth(min(px(196), max(px(96), self.width() - px(200))))
        self.scoring.set_low(low or (opened and self.height() < px(TALL)))
        self.head_turned.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

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
        if goal is not None and choice is not None and choice.code != goal.profile:
            self.profile_chosen.emit(choice.code)

    def _put_line(self, line: GoalLine, word: str) -> None:
        goal = self._session.goal
        if goal is not None:
            lines = tuple(line if one.line_id == line.line_id else one for one in goal.lines)
            self._session.change_goal(replace(goal, lines=lines), word)

    def _list_as_cost(self) -> None:
        line, goal = self.current(), self._session.goal
        if line is not None and goal is not None:
            self._session.change_goal(as_cost(goal, line.line_id), tr("“{name}”改列成本", name=line.name))

    def compute_target(self) -> None:
        """Compute the target of the line under the cursor by its model; what went in is kept with it (P-51)."""
        line, model = self.current(), self._model()
        if line is None or model is None or not self._session.goal_editable():
            if line is not None and model is None:
                self.refused.emit(tr("“{name}”没有量化模型，请直接填指标值。", name=line.name))
            return
        use = computed(line, model, self.window())
        if use is not None:
            made = replace(line, target=use.result, unit=line.unit or model.output_unit, model=use)
            self._put_line(made, tr("用模型计算“{name}”", name=line.name))
        self.sheet.view.setFocus()

    def _take_value(self, value: str) -> None:
        line = self.current()
        if line is not None:
            self._put_line(replace(line, target=plain_target(value), model=None), tr("取用参考值"))
            self.sheet.view.go_to(self.sheet.view.source_at()[0], "target")

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), qcolor("base"))
