"""自拟指标: the name first, with what the library has of the kind; then everything that P-02 asks for."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from desktop.domain.goal import Direction, Level1, Operator
from desktop.domain.goal_rules import points
from desktop.domain.library import Indicator
from desktop.texts import tr
from desktop.texts.words import DIRECTIONS, LEVEL1
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.choices import Choice
from desktop.ui.kit.dialogs import Question, Verb
from desktop.ui.kit.inputs import Field, LineInput, SelectInput
from desktop.ui.kit.labels import Label
from desktop.ui.kit.typography import px
from desktop.ui.performance.goal_lines import OPERATOR_ROWS, tag_of
from desktop.usecases.fill_goal import OwnIndicator, SimilarNames

GO, BACK = "go", "back"
NAME_MOST, OFFERED = 40, 3
FORM_LEAST, AROUND = 130, 330  # height of the form, and of what stands around it, logical pixels at 10 pt
_DOWN = (Operator.LE, Operator.LT)
_WORDS = {
    "explanation": (tr("指标解释"), tr("统计什么、不统计什么")),
    "formula": (tr("计算公式"), tr("怎样算出完成值")),
    "data_source": (tr("数据来源"), tr("完成值从哪里取得")),
    "reason": (tr("自拟理由"), tr("指标库里为什么没有合适的")),
}


class OwnQuestion(Question):
    """Two steps in one window: the name with what is like it, then the rest; Esc leaves everything as it was.

    Args:
        library: Names of the library.
        levels: Groups of the form that have points.
        share: Points of the goal's own indicators, and the most that they may have.
    """

    def __init__(
        self,
        library: SimilarNames,
        levels: Sequence[tuple[Level1, str]],
        share: tuple[Decimal, Decimal],
        parent: QWidget | None = None,
    ) -> None:
        body = tr("先写名称，看看指标库里有没有相近的：用库里的不用写解释和理由，也不占自拟的分值。")
        super().__init__(tr("自拟一条指标"), body, (Verb(GO, tr("继续自拟"), "primary"), Verb(BACK, tr("不自拟"))),
                         default=GO, parent=parent)
        self._library, self._levels = library, levels
        self.taken: Indicator | None = None
        self.name = LineInput("", tr("如：课后服务惠及率"))
        self.name.setMaxLength(NAME_MOST)
        self._said = Label("", tone="text2", wrap=True)
        self.offers = [self._offer() for _ in range(OFFERED)]
        self._found: list[Indicator] = []
        rows = [Choice(f"{at}", level2, detail=LEVEL1[level1.value], shown=f"{LEVEL1[level1.value]} · {level2}")
                for at, (level1, level2) in enumerate(levels)]
        self.level = SelectInput(rows)
        self.operator = SelectInput(OPERATOR_ROWS)
        self.operator.set_code(Operator.GE.value)
        self.direction = SelectInput([Choice(code, word, shown=word) for code, word in DIRECTIONS.items()])
        self.direction.set_code(Direction.POSITIVE.value)
        self.target, self.unit = LineInput("", tr("要达到的值")), LineInput("", tr("如 %、人次"))
        self.words = {name: LineInput("", hint) for name, (_, hint) in _WORDS.items()}
        self.rest = self._form()
        self._share = Label(_share_words(share), "caption", "text2", wrap=True)
        for part in (Field(tr("指标名称"), self.name, required=True), self._said, *self.offers, self.rest, self._share):
            self.add_field(part)
        self.rest.hide()
        self._share.hide()
        self._connect()
        self._look()
        self.name.setFocus()

    def _offer(self) -> Button:
        button = Button("", "link", "check")
        button.setAutoDefault(False)
        button.hide()
        return button

    def _form(self) -> QWidget:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 4, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        places = ((tr("二级指标"), self.level, 0, 0, 2), (tr("符号"), self.operator, 0, 2, 1),
                  (tr("方向"), self.direction, 0, 3, 1), (tr("指标值"), self.target, 1, 0, 2),
                  (tr("度量单位"), self.unit, 1, 2, 2))
        for label, field, row, column, span in places:
            grid.addWidget(Field(label, field, required=True), row, column, 1, span, Qt.AlignmentFlag.AlignTop)
        for at, (name, (label, _)) in enumerate(_WORDS.items()):
            grid.addWidget(Field(label, self.words[name], required=True), 2 + at // 2, at % 2 * 2, 1, 2,
                           Qt.AlignmentFlag.AlignTop)
        for column in range(4):
            grid.setColumnStretch(column, 1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        area.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        self._inside = inside
        area.setMinimumWidth(px(560))
        return area

    def _connect(self) -> None:
        self.name.textChanged.connect(lambda text: self._look())
        for at, button in enumerate(self.offers):
            button.clicked.connect(self._taking(at))
        self.operator.chosen.connect(self._follow)
        fields = (self.level, self.operator, self.direction, self.target, self.unit, *self.words.values())
        for field in fields:
            field.textChanged.connect(lambda text: self._allow())
        for field in (self.level, self.operator, self.direction):
            field.chosen.connect(lambda one: self._allow())

    # -- the name, and what is like it

    def _look(self) -> None:
        typed = self.name.text().strip()
        self._found = self._library.find(typed, OFFERED) if len(typed) > 1 else []
        same = any(one.name == typed for one in self._found)
        if same:
            said = tr("指标库里就有“{name}”，请直接用它。", name=typed)
        elif self._found:
            said = tr("指标库里已有相近的 {count} 条，合适就点它直接加入：", count=len(self._found))
        else:
            said = tr("指标库里没有相近的，可以自拟。") if len(typed) > 1 else ""
        self._said.setText(said)
        self._said.setVisible(bool(said))
        for at, button in enumerate(self.offers):
            button.setVisible(at < len(self._found))
            if at < len(self._found):
                one = self._found[at]
                button.setText(tr("用“{name}”（{group}）", name=one.name, group=tag_of(one.level2)))
        self._allow()

    def _taking(self, at: int) -> Callable[[], None]:
        def take() -> None:
            self.taken = self._found[at]
            self.answer = BACK
            self.accept()

        return take

    def _answered(self, key: str) -> Callable[[], None]:
        choose = super()._answered(key)

        def answer() -> None:
            if key == GO and self.rest.isHidden():
                self._go_on()
            else:
                choose()

        return answer

    def _go_on(self) -> None:
        """Show the rest of the form; the name stays to be changed."""
        self.rest.show()
        self._share.show()
        page = self.parentWidget()
        room = page.window().height() - px(AROUND) if page is not None else px(FORM_LEAST)
        self.rest.setFixedHeight(min(self._inside.sizeHint().height(), max(px(FORM_LEAST), room)))
        self.buttons[GO].setText(tr("加入"))
        self._allow()
        self.adjustSize()
        self.level.setFocus()

    def _follow(self, choice: Choice | None) -> None:
        """Let the direction follow the sign; it may still be changed."""
        if choice is not None:
            down = Operator(choice.code) in _DOWN
            self.direction.set_code((Direction.NEGATIVE if down else Direction.POSITIVE).value)

    # -- what was written

    def own(self) -> OwnIndicator | None:
        """Return the indicator; None while a closed list has nothing picked."""
        level, operator, direction = self.level.choice(), self.operator.choice(), self.direction.choice()
        if level is None or operator is None or direction is None:
            return None
        name, target, unit = (field.text().strip() for field in (self.name, self.target, self.unit))
        words = (field.text().strip() for field in self.words.values())
        return OwnIndicator(*self._levels[int(level.code)], name, Operator(operator.code), target, unit,
                            Direction(direction.code), *words)

    def written(self) -> OwnIndicator | None:
        """Return the indicator that is to be added; None when the user stepped back or took one of the library."""
        own = self.own()
        return own if self.answer == GO and own is not None and not own.missing() else None

    def _allow(self) -> None:
        typed = self.name.text().strip()
        if self.rest.isHidden():
            ready = len(typed) > 1 and not any(one.name == typed for one in self._found)
        else:
            own = self.own()
            ready = own is not None and not own.missing()
        self.buttons[GO].setEnabled(ready)


def _share_words(share: tuple[Decimal, Decimal]) -> str:
    have, most = share
    return tr("自拟指标现有 {have} 分，合计最多 {most} 分；在目标里标“自拟”。", have=points(have), most=points(most))
