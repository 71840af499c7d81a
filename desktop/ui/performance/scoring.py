"""Under the grid: how the indicator at hand is scored and proved, its further fields, what is planned by quarter."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.goal import Frame, GoalLine, LibraryKind
from desktop.domain.library import Indicator
from desktop.domain.scoring import ScoringProfile
from desktop.texts import tr
from desktop.texts.words import LIBRARY_KINDS
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.choices import Choice
from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.labels import Label
from desktop.ui.kit.paint import hairline
from desktop.ui.kit.typography import px
from desktop.ui.performance.goal_lines import shown_target
from desktop.ui.performance.line_fields import LineFields, PlanFields
from desktop.ui.performance.scoring_words import (
    comparable_tip,
    comparable_words,
    meaning_words,
    proof_words,
    rule_words,
    scope_words,
)
from desktop.usecases.compare_values import Comparable
from desktop.usecases.pick_indicators import line_of

WIDE = 760  # logical pixels at 10 pt from which on the name has room beside the values
RULE, WORDS, PLAN = "rule", "words", "plan"
_PAGES = ((RULE, tr("评分标准")), (WORDS, tr("填报要素")), (PLAN, tr("计划值")))


class Values(QWidget):
    """参考值 as links side by side: as many as have room; Enter or a click takes one.

    Signals:
        taken(str): The value.
    """

    taken = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: list[Button] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(14)
        self._word = Label(tr("参考值"), "caption", "text2")
        self._row.addWidget(self._word)
        self._row.addStretch(1)

    def show_values(self, values: Sequence[Comparable], unit: str, *, may_take: bool) -> None:
        """Show these, the nearest first."""
        for button in self.buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = [self._button(one, unit, may_take=may_take) for one in values]
        for at, button in enumerate(self.buttons):
            self._row.insertWidget(at + 1, button)
        self._fit()

    def _button(self, one: Comparable, unit: str, *, may_take: bool) -> Button:
        button = Button(f"{comparable_words(one)} {shown_target(one.value)}", "link", tip=comparable_tip(one, unit),
                        parent=self)
        button.set_caption()
        button.setEnabled(may_take)
        button.clicked.connect(lambda checked: self.taken.emit(one.value))
        return button

    def _fit(self) -> None:
        left = self.width() - self._word.sizeHint().width() - self._row.spacing()
        for button in self.buttons:
            width = button.sizeHint().width() + self._row.spacing()
            button.setVisible(width <= left)
            left -= width if width <= left else 0
        self._word.setVisible(any(not button.isHidden() for button in self.buttons))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._word.sizeHint().width(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        inside = [button for button in self.buttons if button.isVisible()]
        at = next((at for at, button in enumerate(inside) if button.hasFocus()), -1)
        if at >= 0 and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            inside[at].click()
        elif at >= 0 and event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            inside[(at + (1 if event.key() == Qt.Key.Key_Right else -1)) % len(inside)].setFocus()
        else:
            super().keyPressEvent(event)


class _Words(QScrollArea):
    """A few sentences, as high as they need; in a low window they scroll."""

    def __init__(self, labels: Sequence[Label], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        for label in labels:
            column.addWidget(label)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(self._inside)
        self.viewport().setAutoFillBackground(False)
        self._inside.setAutoFillBackground(False)

    def fit(self, most: int) -> None:
        """Take the height that the sentences need, at most so many pixels."""
        needed = max(self._inside.heightForWidth(self.viewport().width()), 0)
        self.setFixedHeight(min(needed, most))


class Scoring(QWidget):
    """One indicator on three pages; folded to its head where the window is low.

    Attributes:
        how: The bureau's way of scoring; None while it is not known.

    Signals:
        remove_requested(): 移出本表.
        changed(object, str): A `GoalLine` with another field, and the name of the undo step.
        taken(str): A value to compare with becomes the target.
        left(): Esc: the keyboard goes back to the grid.

    Left and right walk through the pages, down goes into one.
    """

    remove_requested = Signal()
    changed = Signal(object, str)
    taken = Signal(str)
    left = Signal()

    def __init__(self, year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._year = year
        self._page, self._low, self._opened = RULE, False, False
        self.how: ScoringProfile | None = None
        self._line: GoalLine | None = None
        self._in_goal = False
        self._name, self._code = Label("", bold=True), Label("", "caption", "text2")
        self._rule = Label("", wrap=True, selectable=True)
        self._meaning = Label("", tone="text2", wrap=True, selectable=True)
        self._proof = Label("", "caption", "text2", wrap=True, selectable=True)
        self.values, self.fields, self.plan = Values(), LineFields(year), PlanFields()
        self.remove = Button(tr("移出本表"), "link", tip=tr("移出本表（Ctrl+Delete）"))
        self.remove.set_caption()
        self.tabs = {key: self._tab(key, word) for key, word in _PAGES}
        self._scope = Label("", "caption", "text2", wrap=True, selectable=True)
        self._scope_words: tuple[str, ...] = ()
        self._words = _Words((self._rule, self._meaning, self._proof, self._scope))
        self._pages: dict[str, QWidget] = {RULE: self._words, WORDS: self.fields, PLAN: self.plan}
        self._lay_out()
        self.remove.clicked.connect(self.remove_requested)
        self.values.taken.connect(self.taken)
        for part in (self.fields, self.plan):
            part.changed.connect(self.changed)
        self.show_line(None, None, (), {}, free=False)

    def _tab(self, key: str, word: str) -> Button:
        button = Button(word, "flat")
        button.setCheckable(True)
        button.set_caption()
        button.clicked.connect(lambda checked: self.show_page(key))
        button.installEventFilter(self)
        return button

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(4)
        for button in self.tabs.values():
            head.addWidget(button)
        head.addSpacing(8)
        head.addWidget(self._name)
        head.addWidget(self._code)
        head.addSpacing(8)
        head.addWidget(self.values, 1)
        head.addStretch(0)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(12)
        self._actions.addWidget(self.remove)
        head.addLayout(self._actions)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 6)
        column.setSpacing(4)
        column.addLayout(head)
        for page in self._pages.values():
            column.addWidget(page)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def add_action(self, button: Button) -> None:
        """Put a button before 移出本表: what else can be done with the indicator at hand."""
        button.set_caption()
        self._actions.insertWidget(self._actions.count() - 1, button)

    # -- what is shown

    def show_line(
        self,
        line: GoalLine | None,
        entry: Indicator | None,
        values: Sequence[Comparable],
        functions: Mapping[str, Choice],
        *,
        free: bool,
    ) -> None:
        """Show a line of the goal, with what the library says of its indicator today.

        Args:
            line: None while no indicator is at hand.
            entry: Of the library; None where it has none.
            values: What its target can be compared with.
            functions: Function codes, for the words of where it applies.
            free: It may be changed.
        """
        self._line, self._in_goal = line, line is not None
        self.remove.setVisible(line is not None and free)
        self.values.show_values(values, line.unit if line is not None else "", may_take=free)
        if line is None:
            self._scope_words = ()
            self._show_scope()
            self._say("", tr("在上面选一条指标，这里显示它怎么评分、用什么作证。"), "", "")
        else:
            self.fields.show_line(line, locked=not free)
            self.plan.show_line(line, locked=not free)
            self._show(line, entry, functions)
        self._fit()

    def show_indicator(self, one: Indicator, functions: Mapping[str, Choice]) -> None:
        """Show an entry of the library that is not in the goal."""
        line = line_of(one, "", self._year, Frame.F2021)
        self._line, self._in_goal = line, False
        self.remove.hide()
        self.values.show_values((), "", may_take=False)
        self._show(line, one, functions)
        self._fit()

    def _show(self, line: GoalLine, entry: Indicator | None, functions: Mapping[str, Choice]) -> None:
        kind = LIBRARY_KINDS[line.library_kind.value]
        code = kind if line.library_kind is LibraryKind.CUSTOM else f"{line.indicator_code} · {kind}"
        scope = scope_words(entry, functions)
        parts = (scope and tr("适用：{scope}", scope=scope), tr("编码：{code}", code=code))
        self._scope_words = tuple(part for part in parts if part)
        self._code.setText(code)
        explanation, formula = line.explanation, line.formula
        if entry is not None:
            explanation, formula = explanation or entry.definition, formula or entry.formula
        self._say(line.name, rule_words(line, self.how), meaning_words(explanation, formula), proof_words(line))
        self._show_scope()

    def _show_scope(self) -> None:
        """Say where the indicator applies: beside its fields, in a low window, or without fields, under its proof."""
        apart = self._in_goal and not self._low
        self.fields.show_scope("\n".join(self._scope_words) if apart else "")
        self._scope.setText("" if apart else "　".join(self._scope_words))
        self._scope.setVisible(bool(self._scope.text()))

    def _say(self, name: str, rule: str, meaning: str, proof: str) -> None:
        self._name.setText(name)
        self._name.setToolTip(name)
        for label, text in ((self._rule, rule), (self._meaning, meaning), (self._proof, proof)):
            label.setText(text)
            label.setVisible(bool(text))

    # -- pages

    def show_page(self, key: str) -> None:
        """Show a page, also where the window is low."""
        self._page, self._opened = key, True
        self._fit()

    def page(self) -> str:
        """Return the key of the page in front."""
        return self._page if self._in_goal else RULE

    def set_low(self, low: bool) -> None:
        """Fold to the head where the window is low, until somebody asks for more."""
        if low != self._low:
            self._low, self._opened = low, False
            self._show_scope()
            self._fit()

    def folded(self) -> bool:
        """Tell whether only the head is seen."""
        return self._low and not self._opened

    def enter(self) -> None:
        """Take the keyboard: to the page's first field, on the first page to the first value."""
        self._opened = True
        self._fit()
        page = self.page()
        targets: Callable[[], QWidget] = {WORDS: self.fields.first, PLAN: self.plan.first}.get(page, self._first_value)
        targets().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def fold(self) -> None:
        """Give the grid its room back, where the window is low."""
        self._opened = False
        self._fit()

    def _first_value(self) -> QWidget:
        return next((button for button in self.values.buttons if button.isVisible() and button.isEnabled()),
                    self.tabs[RULE])

    def _fit(self) -> None:
        front = self.page()
        for key, button in self.tabs.items():
            button.setVisible(key == RULE or self._in_goal)
            button.setChecked(key == front and not self.folded())
        self._fit_head()
        for key, page in self._pages.items():
            page.setVisible(key == front and not self.folded())
        self.values.setVisible(bool(self.values.buttons) or self._in_goal)
        self._fit_words()
        self.updateGeometry()

    def _fit_head(self) -> None:
        """Show name and code where the grid does not say them, or where there is room beside the values."""
        wide = self.width() >= px(WIDE)
        self._name.setVisible(not self._in_goal or wide)
        self._code.setVisible(bool(self._code.text()) and wide)

    def _fit_words(self) -> None:
        around = self.parentWidget()
        self._words.fit((around.height() if around is not None else px(WIDE)) // 3)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_head()
        self._fit_words()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.fold()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let left and right walk through the pages, and down go into one."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        shown = [key for key, button in self.tabs.items() if not button.isHidden()]
        if step:
            at = next(at for at, key in enumerate(shown) if self.tabs[key] is watched)
            self.show_page(shown[(at + step) % len(shown)])
            self.tabs[self.page()].setFocus()
        elif event.key() == Qt.Key.Key_Down:
            self.enter()
        return bool(step) or event.key() == Qt.Key.Key_Down

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), qcolor("alt"))
        hairline(painter, self.rect(), "top")
