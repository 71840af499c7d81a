"""The first sheet 封面: whose budget it is, what is carried into the next year, and the explanation in words."""

from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.money import ZERO, format_yuan
from desktop.texts import tr
from desktop.texts.words import UNIT_KINDS
from desktop.ui.budget.session import BudgetSession
from desktop.ui.kit.inputs import AmountInput, Field, TextArea
from desktop.ui.kit.labels import Label
from desktop.ui.kit.panels import Panel, SectionTitle
from desktop.ui.kit.typography import px

MOST_WORDS = 1000


class Cover(QScrollArea):
    """Facts that nobody types, and the two fields of the draft that belong to no line."""

    def __init__(self, session: BudgetSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._carry = AmountInput(ZERO, zero_blank=True)
        self._words = TextArea("", tr("本年主要工作、收支增减的原因、需要说明的事项"), lines=8, most=MOST_WORDS)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(24)
        self._facts.setVerticalSpacing(8)
        self._facts.setColumnStretch(3, 1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        for panel in (self._unit_panel(), self._words_panel()):
            panel.setMaximumWidth(px(860))
            column.addWidget(panel)
        column.addStretch(1)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)
        self._carry.amount_changed.connect(self._carried)
        self._words.committed.connect(self._explained)
        self.show_content()

    def help_topic(self) -> str:
        """Return what F1 opens."""
        return "field:cover/words" if self._words.hasFocus() else "field:cover/carry"

    def _unit_panel(self) -> Panel:
        panel = Panel()
        panel.body.addWidget(SectionTitle(tr("封面")))
        panel.body.addLayout(self._facts)
        return panel

    def _words_panel(self) -> Panel:
        panel = Panel()
        panel.body.addWidget(SectionTitle(tr("结转和说明")))
        carry = Field(tr("年终结转结余（元）"), self._carry, tr("预计到年底没有支出、结转到下一年的金额；没有就不填。"))
        carry.setMaximumWidth(px(360))
        panel.body.addWidget(carry)
        panel.body.addWidget(Field(tr("编报说明"), self._words))
        return panel

    def show_content(self) -> None:
        """Show the draft again."""
        session, draft = self._session, self._session.content()
        unit, lines = session.desk.unit, draft.lines
        basic = sum((line.amount for line in lines if line.project_class.is_basic), ZERO)
        facts = (
            (tr("单位"), f"{unit.unit_code}  {unit.name}"),
            (tr("单位性质"), UNIT_KINDS.get(draft.unit_kind, draft.unit_kind)),
            (tr("预算年度"), tr("{year} 年（二上预算草案）", year=draft.head.fiscal_year)),
            (tr("编制 / 实有"), tr("{quota} 人 / {actual} 人", quota=unit.staff_quota, actual=unit.staff_actual)),
            (tr("经办"), session.desk.officers.get(draft.head.maker, "")),
            (tr("报送"), unit.bureau_name),
            (tr("收入合计"), format_yuan(sum((line.amount for line in draft.income), ZERO))),
            (tr("支出合计"), format_yuan(draft.total())),
            (tr("基本支出"), format_yuan(basic)),
            (tr("项目支出"), format_yuan(draft.total() - basic)),
        )
        for at, (name, value) in enumerate(facts):
            self._show_fact(at, name, value)
        locked = bool(session.locked_reason())
        self._carry.set_amount(draft.year_end_carry)
        self._carry.set_read_only(locked)
        self._words.set_text(draft.explanation)
        self._words.set_read_only(locked)

    def _show_fact(self, at: int, name: str, value: str) -> None:
        row, column = divmod(at, 2)
        item = self._facts.itemAtPosition(row, column * 2 + 1)
        if item is not None and isinstance(label := item.widget(), Label):
            label.setText(value)
            return
        self._facts.addWidget(Label(name, tone="text2"), row, column * 2)
        self._facts.addWidget(Label(value, selectable=True), row, column * 2 + 1)

    def _carried(self, amount: Decimal | None) -> None:
        if amount is not None and amount < 0:
            self._carry.set_error(tr("结转结余不能是负数"))
            return
        self._session.change(replace(self._session.content(), year_end_carry=amount or ZERO), tr("填年终结转结余"))

    def _explained(self, text: str) -> None:
        self._session.change(replace(self._session.content(), explanation=text.strip()), tr("写编报说明"))
