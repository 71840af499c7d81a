"""新增项目: a name, a class and a function code; the rest is filled in on its form."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop.domain.project import ProjectClass
from desktop.domain.project_rules import NAME_MAX
from desktop.texts import tr
from desktop.texts.words import PROJECT_CLASSES
from desktop.ui.kit.choices import Choice
from desktop.ui.kit.dialogs import Question, Verb
from desktop.ui.kit.inputs import ChoiceInput, Field, LineInput, SelectInput


@dataclass(frozen=True, slots=True)
class NewProject:
    """What was given; the function code may still be missing."""

    name: str
    kind: ProjectClass
    function_code: str


class NewProjectQuestion(Question):
    """Asks for the three; the verb stays grey until there is a name."""

    def __init__(self, functions: Sequence[Choice], parent: QWidget | None = None) -> None:
        title = tr("新增一个项目")
        body = tr("名称不带年份。特定目标类和其他运转类项目同时建立绩效目标。")
        verbs = (Verb("go", tr("新增"), "primary"), Verb("back", tr("不新增")))
        super().__init__(title, body, verbs, default="go", parent=parent)
        self.name = LineInput("", tr("如：沙化土地综合治理"))
        self.name.setMaxLength(NAME_MAX)
        self.kind = SelectInput([Choice(code, word, shown=word) for code, word in PROJECT_CLASSES.items()])
        self.kind.set_code(ProjectClass.T.value)
        self.function = ChoiceInput(functions, placeholder=tr("编码、名称或拼音首字母，可以以后再填"))
        self.add_field(Field(tr("项目名称"), self.name, required=True))
        self.add_field(Field(tr("项目类别"), self.kind))
        self.add_field(Field(tr("支出功能分类"), self.function))
        self.name.setFocus()
        self.name.textChanged.connect(self._allow)
        self._allow()

    def given(self) -> NewProject | None:
        """Return what was given; None when the user stepped back."""
        kind, function = self.kind.choice(), self.function.choice()
        name = self.name.text().strip()
        if self.answer != "go" or not name or kind is None:
            return None
        return NewProject(name, ProjectClass(kind.code), function.code if function is not None else "")

    def _allow(self) -> None:
        self.buttons["go"].setEnabled(bool(self.name.text().strip()))


def ask_project(functions: Sequence[Choice], parent: QWidget) -> NewProject | None:
    """Ask and wait; None when the user steps back."""
    question = NewProjectQuestion(functions, parent)
    question.exec()
    given = question.given()
    question.deleteLater()
    return given
