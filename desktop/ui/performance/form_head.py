"""The head of the goal form: what the project says of itself, in one line or in full; nothing is typed twice."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.goal import PerformanceGoal
from desktop.domain.goal_header import GoalMoney, goal_money
from desktop.domain.money import format_yuan
from desktop.texts import tr
from desktop.texts.words import NATURES
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.inputs import Field, LineInput
from desktop.ui.kit.labels import Label
from desktop.ui.kit.paint import hairline
from desktop.ui.performance.goal_text import GoalText
from desktop.ui.performance.session import PerformanceSession

_NONE = "–"


def kind_of(goal: PerformanceGoal) -> str:
    """Return 新增项目 or 延续项目."""
    return tr("新增项目") if goal.is_new else tr("延续项目")


def period_of(goal: PerformanceGoal) -> str:
    """Return the years of the project: "2027 年", "2027–2029 年"."""
    first, last = goal.start_year or goal.head.fiscal_year, goal.end_year or goal.head.fiscal_year
    return tr("{year} 年", year=first if first == last else f"{first}–{last}")


def summary_of(goal: PerformanceGoal) -> str:
    """Return the head in one line."""
    parts = (kind_of(goal), period_of(goal), tr("本年 {amount}", amount=format_yuan(goal.year_total)), goal.responsible)
    return " · ".join(part for part in parts if part)


class _Figure(QWidget):
    """An amount under its name, with a line for what it is made of."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._amount, self._note = Label("", bold=True), Label("", "caption", "text2")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Label(name, "caption", "text2"))
        column.addWidget(self._amount)
        column.addWidget(self._note)

    def show_amount(self, amount: Decimal, note: str = "") -> None:
        """Show an amount; zero is a dash."""
        self._amount.setText(format_yuan(amount) if amount else _NONE)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self.setAccessibleName(f"{self._name} {self._amount.text()} {note}".strip())


class FormHead(QWidget):
    """The head in full: project, unit, period, funds, who answers for it, the goal of the whole period.

    Signals:
        folded(): 收起.
    """

    folded = Signal()

    def __init__(self, session: PerformanceSession, limits: tuple[int, int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        hint = tr("整个项目期要达到什么，一年做完的可以不填")
        self.general = GoalText(tr("总体目标（整个项目期）"), (0, limits[1]), 2, hint)
        self.responsible, self.phone = LineInput("", tr("姓名")), LineInput("", tr("区号-电话或手机"))
        self._words = {name: Label("", wrap=True, selectable=True) for name in ("project", "unit", "kind", "period")}
        self._figures: Mapping[str, _Figure] = {
            "total": _Figure(tr("年度资金（元）")), "fiscal": _Figure(tr("其中财政拨款")),
            "carried_over": _Figure(tr("上年结转")), "other": _Figure(tr("其他资金")),
            "multi_year": _Figure(tr("项目总额")),
        }
        self.fold = Button(tr("收起"), "link", "chevron-up")
        self._lay_out()
        self.fold.clicked.connect(self.folded)
        self.responsible.committed.connect(lambda text: self._write("responsible", text, tr("填责任人")))
        self.phone.committed.connect(lambda text: self._write("phone", text, tr("填联系电话")))
        for field in (self.responsible, self.phone):
            field.returnPressed.connect(self.focusNextChild)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        names = {"project": tr("项目"), "unit": tr("单位"), "kind": tr("项目性质"), "period": tr("起止年度")}
        for at, (key, word) in enumerate(names.items()):
            row, column = divmod(at, 2)
            grid.addWidget(Label(word, tone="text2"), row, column * 2, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._words[key], row, column * 2 + 1)
            self._words[key].setMinimumHeight(1)  # as high as its width asks for, not as its shortest width would
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(3, 2)
        funds, people = QHBoxLayout(), QHBoxLayout()
        funds.setSpacing(10)
        for figure in self._figures.values():
            funds.addWidget(figure, 1, Qt.AlignmentFlag.AlignTop)
        people.setSpacing(12)
        people.addWidget(Field(tr("项目责任人"), self.responsible), 1)
        people.addWidget(Field(tr("联系电话"), self.phone), 1)
        people.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignBottom)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 8, 16, 8)
        whole.setSpacing(8)
        for part in (grid, funds, people):
            whole.addLayout(part)
        whole.addWidget(self.general)

    def show_goal(self, goal: PerformanceGoal, *, locked: bool) -> None:
        """Show the head; what is being typed stays."""
        unit, money = self._session.desk.unit, goal_money(goal)
        code = goal.project_code or tr("未入库，暂无编码")
        self._words["project"].setText(f"{goal.project_name}（{code}）")
        office = self._session.project.bureau_office.strip()
        said = tr("（财政归口：{office}）", office=office) if office else ""
        self._words["unit"].setText(f"{unit.unit_code} {unit.name}{said}")
        self._words["kind"].setText(kind_of(goal))
        self._words["period"].setText(period_of(goal))
        self._figures["total"].show_amount(money.total)
        fiscal = sum((amount for _, amount in money.fiscal), Decimal(0))
        self._figures["fiscal"].show_amount(fiscal, _natures(money))
        self._figures["carried_over"].show_amount(money.carried_over)
        self._figures["other"].show_amount(money.other)
        self._figures["multi_year"].show_amount(money.multi_year)
        for field, text in ((self.responsible, goal.responsible), (self.phone, goal.phone)):
            if locked or not field.typing():
                field.set_text(text)
            field.set_read_only(locked)
        self.general.show_text(goal.general_goal, locked=locked)

    def _write(self, field: str, text: str, word: str) -> None:
        """Keep a person or number: on the project while that may be typed into, for the goal follows it."""
        session, given = self._session, {field: text.strip()}
        if session.project_editable():
            session.change_project(replace(session.project, **given), word)  # type: ignore[arg-type]
        elif session.goal is not None:
            session.change_goal(replace(session.goal, **given), word)  # type: ignore[arg-type]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), qcolor("alt"))
        hairline(painter, self.rect(), "bottom")


class HeadLine(Button):
    """The head in one line beside the tabs; a click or Space shows it in full."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "flat", "chevron-down", tip=tr("看表头：资金、责任人、总体目标"), parent=parent)
        self._whole = ""
        self.set_caption()

    def show_goal(self, goal: PerformanceGoal | None, *, opened: bool, room: int) -> None:
        """Show as much of the summary as has room; nothing without a goal."""
        self.setVisible(goal is not None)
        if goal is None:
            return
        self._whole = summary_of(goal)
        self.set_icon("chevron-up" if opened else "chevron-down")
        parts = self._whole.split(" · ")
        while parts:
            self.setText(" · ".join(parts))
            if self.sizeHint().width() <= room:
                return
            parts.pop(0 if len(parts) > 1 else -1)
        self.setText(tr("表头"))


def _natures(money: GoalMoney) -> str:
    named = [(NATURES.get(code, ""), amount) for code, amount in money.fiscal if amount]
    if len(named) < 2:
        return named[0][0] if named else ""
    return "、".join(f"{name} {format_yuan(amount)}" for name, amount in named)
