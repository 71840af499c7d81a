"""Compute a target by a quantification model: inputs, the formula with the numbers put in, the result."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.expression import ExpressionError
from desktop.domain.goal import GoalLine, ModelUse
from desktop.domain.problem import Problem
from desktop.domain.quant_formula import FUNCTION_WORDS, read_formula, shown_formula
from desktop.domain.quant_model import InputKind, ModelResult, QuantModel, compute, use_of
from desktop.texts import tr
from desktop.texts.problems import describe
from desktop.ui.grid.model import SheetModel
from desktop.ui.grid.sheet import Sheet
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.dialogs import fit_dialog
from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.labels import Label
from desktop.ui.kit.numbers import format_number
from desktop.ui.kit.panels import Line
from desktop.ui.kit.typography import px
from desktop.ui.performance.model_fields import ModelField
from desktop.ui.performance.model_table import ModelTable, model_columns

_WIDTH, _TABLE_HEIGHT = 560, 190


class ModelDialog(QDialog):
    """One model with what was put into it; `use` is the computed target once it was taken.

    Args:
        unit: Unit of the indicator; a result in another unit is shown but cannot be taken.
        before: What the line was computed with; None starts with the defaults.
    """

    def __init__(self, model: QuantModel, unit: str, before: ModelUse | None = None,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model, self._unit = model, unit
        self.use: ModelUse | None = None
        self.result_now = ModelResult(None)
        self.setWindowTitle(tr("用量化模型计算"))
        self.setModal(True)
        self.fields = {
            one.name: ModelField(one, self._compute) for one in model.inputs if one.kind is InputKind.SCALAR
        }
        tables = [one for one in model.inputs if one.kind is InputKind.TABLE]
        self.table = ModelTable(tables, self._compute)
        self.sheet = Sheet(SheetModel(model_columns(tables), self.table)) if tables else None
        self._formula = Label("", tone="text2", wrap=True, selectable=True)
        self._result = Label("", "title")
        self._said = Label("", "caption", "text2", wrap=True)
        self.take = Button(tr("采用结果"), "primary", tall=True)
        self.back = Button(tr("返回"), tall=True)
        self._fill(before)
        self._lay_out()
        self.take.clicked.connect(self._take)
        self.back.clicked.connect(self.reject)
        self._compute()

    def _fill(self, before: ModelUse | None) -> None:
        kept = {one.name: one.values for one in before.inputs} if before is not None else {}
        typed = {one.name: kept.get(one.name) or tuple(filter(None, one.default.split(";")))
                 for one in self.model.inputs}
        for name, field in self.fields.items():
            field.fill(typed[name][0] if typed[name] else "")
        self.table.fill({name: cells for name, cells in typed.items() if name not in self.fields})

    def _lay_out(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(20, 4, 20, 12)
        column.setSpacing(10)
        for field in self.fields.values():
            column.addWidget(field)
        if self.sheet is not None:
            self.sheet.view.setAccessibleName(self.model.name)
            self.sheet.setMinimumHeight(px(_TABLE_HEIGHT))
            column.addWidget(self.sheet, 1)
        else:
            column.addStretch(1)
        area = QScrollArea()
        area.setWidget(body)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.viewport().setAutoFillBackground(False)
        body.setAutoFillBackground(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self._head())
        whole.addWidget(area, 1)
        whole.addWidget(Line())
        whole.addLayout(self._foot())
        wanted = body.sizeHint().height() + px(250)
        fit_dialog(self, px(_WIDTH), min(wanted, px(600)))

    def _head(self) -> QVBoxLayout:
        head = QVBoxLayout()
        head.setContentsMargins(20, 16, 20, 10)
        head.setSpacing(4)
        head.addWidget(Label(self.model.name, "section", wrap=True))
        head.addWidget(Label(f"＝ {shown_formula(self.model.expression)}", wrap=True, selectable=True))
        notes = [self.model.note, tr("依据：{source}", source=self.model.source) if self.model.source else "",
                 tr("模型 {code} · {version} 版", code=self.model.code, version=self.model.version)]
        head.addWidget(Label("　".join(filter(None, notes)), "caption", "text2", wrap=True))
        return head

    def _foot(self) -> QVBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._result)
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.take)
        foot = QVBoxLayout()
        foot.setContentsMargins(20, 10, 20, 12)
        foot.setSpacing(6)
        foot.addWidget(self._formula)
        foot.addWidget(self._said)
        foot.addLayout(row)
        self.take.setDefault(True)
        return foot

    def typed(self) -> dict[str, Sequence[str]]:
        """Return what is typed, in the units of the model."""
        return {**{name: (field.value(),) for name, field in self.fields.items()}, **self.table.typed()}

    def _compute(self) -> None:
        if not hasattr(self, "take"):
            return  # while the parts are still being made
        result = self.result_now = compute(self.model, self.typed())
        self._show_places(result)
        fits = self._unit.strip() in ("", self.model.output_unit)
        self.take.setEnabled(result.value is not None and fits)
        if result.value is None:
            self._result.setText(tr("还算不出结果"))
            self._formula.hide()
            said = [describe(problem) for problem in result.problems[:1]]
            self._said.setText(" ".join(f"{text.sentence}{text.advice}" for text in said))
            return
        shown = format_number(result.value, self.model.decimals, zero_blank=False)
        self._result.setText(f"{shown} {self.model.output_unit}")
        words = self._filled(result)
        self._formula.setText(words)
        self._formula.setVisible(bool(words))
        self._said.setText(self._remark(result, fits))

    def _remark(self, result: ModelResult, fits: bool) -> str:
        if not fits:
            return tr("结果的单位是{result}，指标的单位是{unit}，请换算后自己填写。", result=self.model.output_unit,
                      unit=self._unit)
        if result.left_out:
            rows = "、".join(str(row + 1) for row in result.left_out)
            return tr("第 {rows} 行数量太少，没有参加计算。", rows=rows)
        return tr("采用后，填的数和模型版本随目标一起保存。")

    def _show_places(self, result: ModelResult) -> None:
        """Say each problem at its field; what is only not filled yet is said at the foot alone."""
        wrong: Mapping[str, Problem] = {
            problem.where: problem for problem in result.problems if problem.facts.get("case") != "missing"
        }
        for name, field in self.fields.items():
            problem = wrong.get(f"inputs.{name}")
            field.show_problem(describe(problem).sentence if problem is not None else "")
        if self.sheet is not None:
            self.table.show_problems(list(wrong.values()), result.left_out)
            self.sheet.view.viewport().update()

    def _filled(self, result: ModelResult) -> str:
        """Return the formula with single numbers put in; with tables its words say more than long columns."""
        if self.sheet is not None:
            return ""
        try:
            numbers = {name: Decimal(field.value().replace(",", "")) for name, field in self.fields.items()}
            words = read_formula(self.model.expression).filled(numbers, lambda value: f"{value:,f}")
        except (ExpressionError, ArithmeticError):
            return ""
        for name, word in FUNCTION_WORDS.items():
            words = words.replace(f"{name}(", f"{word}(")
        return f"＝ {words}"

    def _take(self) -> None:
        if self.result_now.value is not None:
            self.use = use_of(self.model, self.typed(), self.result_now.value)
            self.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), qcolor("base"))


def computed(line: GoalLine, model: QuantModel, parent: QWidget | None = None) -> ModelUse | None:
    """Let a line's target be computed; None when the user steps back."""
    before = line.model if line.model is not None and line.model.code == model.code else None
    dialog = ModelDialog(model, line.unit, before, parent)
    dialog.exec()
    use = dialog.use
    dialog.deleteLater()
    return use
