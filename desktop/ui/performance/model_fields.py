"""A single input of a quantification model: its number, unit, what it may be and what proves it."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.quant_model import QuantInput, converted
from desktop.texts import tr
from desktop.texts.words import INPUT_SOURCES
from desktop.ui.kit.choices import Choice
from desktop.ui.kit.inputs import LineInput, SelectInput
from desktop.ui.kit.labels import Label
from desktop.ui.kit.paint import RIGHT
from desktop.ui.kit.typography import px

_ANY = 1_000_000  # a bound so high says nothing to people


class ModelField(QWidget):
    """Label, number, unit; below what the number is, or what is wrong with it."""

    def __init__(self, one: QuantInput, changed: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.input = one
        self.number = LineInput(one.default)
        self.number.setAlignment(RIGHT)
        self.number.setAccessibleName(one.name)
        self.number.setFixedWidth(px(150))
        units = (one.unit, *(other.unit for other in one.other_units))
        self.unit = SelectInput([Choice(unit, unit, shown=unit) for unit in units])
        self.unit.setAccessibleName(tr("{name}的单位", name=one.name))
        self.unit.setFixedWidth(px(132))
        self.unit.set_code(one.unit)
        self._note = Label("", "caption", "text2", wrap=True)
        name = Label(one.name, bold=True)
        name.setBuddy(self.number)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(name, 1)
        row.addWidget(self.number)
        if one.other_units:
            row.addWidget(self.unit)
        else:
            unit = Label(one.unit, tone="text2")
            unit.setFixedWidth(px(132))
            row.addWidget(unit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self._note)
        self.number.textChanged.connect(lambda text: changed())
        self.unit.chosen.connect(lambda choice: changed())
        self.number.returnPressed.connect(self.focusNextChild)
        self.show_problem("")

    def value(self) -> str:
        """Return what was typed, in the input's own unit."""
        choice = self.unit.choice()
        return converted(self.input, self.number.text(), choice.code if choice is not None else self.input.unit)

    def fill(self, typed: str) -> None:
        """Show a number in the input's own unit."""
        self.unit.set_code(self.input.unit)
        self.number.set_text(typed)

    def show_problem(self, message: str) -> None:
        """Say what is wrong; without a message where the number comes from."""
        self.number.set_error(message)
        self._note.setText(message or _about(self.input))
        self._note.set_tone("err" if message else "text2")


def _about(one: QuantInput) -> str:
    bounds = ""
    if one.low is not None and one.high is not None and one.high < _ANY:
        bounds = tr("{low} 至 {high}", low=f"{one.low:f}", high=f"{one.high:f}")
    proof = tr("凭{evidence}", evidence=one.evidence) if one.evidence else ""
    return " · ".join(part for part in (one.note, INPUT_SOURCES[one.source.value], proof, bounds) if part)
