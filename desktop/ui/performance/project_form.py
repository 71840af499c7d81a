"""立项: the project's own form, as a county accountant fills it in."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.project import Guarantee, Project, ProjectClass
from desktop.domain.project_rules import NAME_MAX
from desktop.texts import tr
from desktop.texts.problems import describe
from desktop.texts.words import GUARANTEES, PROJECT_CLASSES
from desktop.ui.documents.content import ContentModel
from desktop.ui.grid.sheet import Sheet
from desktop.ui.grid.skipped import tell_pastes
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.choices import Choice
from desktop.ui.kit.inputs import ChoiceInput, Field, LineInput, SelectInput, TextArea
from desktop.ui.kit.labels import Label
from desktop.ui.kit.panels import Panel, SectionTitle
from desktop.ui.kit.typography import px
from desktop.ui.performance.problem_rows import marks_of
from desktop.ui.performance.project_lists import BasisSource, PlanSource, basis_columns, plan_columns
from desktop.ui.performance.reading import Work
from desktop.ui.performance.session import PerformanceSession

NEW, GOING_ON = "new", "going_on"
MOST_SUMMARY, TABLE_HEIGHT = 500, 188
_FLAGS: Mapping[str, str] = {
    "is_major": tr("重大项目"),
    "is_works": tr("工程类"),
    "procurement": tr("政府采购"),
    "asset": tr("资产配置"),
    "service_purchase": tr("政府购买服务"),
}
_TEXTS = ("name", "responsible", "phone", "bureau_office")
_YEARS = ("start_year", "end_year")


def rows_of(words: Mapping[str, str]) -> list[Choice]:
    """Return the rows of a closed list."""
    return [Choice(code, word, shown=word) for code, word in words.items()]


class ProjectForm(QScrollArea):
    """Fields and two tables; every field is kept as soon as it is left."""

    def __init__(self, session: PerformanceSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.texts = {name: LineInput() for name in _TEXTS}
        self.years = {name: LineInput() for name in _YEARS}
        self.rank = LineInput("", tr("1 最先"))
        self.kind, self.guarantee = SelectInput(rows_of(PROJECT_CLASSES)), SelectInput(rows_of(GUARANTEES))
        self.nature = SelectInput([Choice(NEW, tr("新增项目")), Choice(GOING_ON, tr("延续项目"))])
        self.function = ChoiceInput(list(session.desk.choices["FUNCTION"].values()),
                                  placeholder=tr("编码、名称或拼音首字母"))
        self.summary = TextArea("", tr("项目内容、实施条件、预期成果"), lines=4, most=MOST_SUMMARY)
        self.flags = {name: Button(word, "second") for name, word in _FLAGS.items()}
        self.plan, self.basis = PlanSource(session), BasisSource(session)
        stack = session.undo_stack
        self.plan_model: ContentModel[Work] = ContentModel(plan_columns(session.desk), self.plan, session, stack)
        self.basis_model: ContentModel[Work] = ContentModel(basis_columns(), self.basis, session, stack)
        self.plan_sheet = Sheet(self.plan_model, total=True)
        self.basis_sheet = Sheet(self.basis_model)
        for sheet in (self.plan_sheet, self.basis_sheet):
            tell_pastes(sheet.view, session.context.say)
        self.plan_sheet.view.setAccessibleName(tr("分年度资金计划"))
        self.basis_sheet.view.setAccessibleName(tr("立项依据"))
        self._fields: dict[str, Field] = {}
        self._lay_out()
        self._connect()
        self.show_content()

    # -- set-up

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(12)
        for panel in (self._facts(), self._table(tr("分年度资金计划"), tr("项目总额随计划合计"), self.plan_sheet),
                      self._table(tr("立项依据"), tr("特定目标类项目必填"), self.basis_sheet), self._words()):
            panel.setMaximumWidth(px(980))
            column.addWidget(panel)
        column.addStretch(1)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)

    def _facts(self) -> Panel:
        panel, grid = Panel(), QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        places = (
            ("name", tr("项目名称"), self.texts["name"], 0, 0, 2, True),
            ("project_class", tr("项目类别"), self.kind, 0, 2, 1, True),
            ("function_code", tr("支出功能分类"), self.function, 1, 0, 2, True),
            ("nature", tr("项目性质"), self.nature, 1, 2, 1, False),
            ("start_year", tr("开始年度"), self.years["start_year"], 2, 0, 1, True),
            ("end_year", tr("结束年度"), self.years["end_year"], 2, 1, 1, True),
            ("guarantee", tr("保障类别"), self.guarantee, 2, 2, 1, False),
            ("responsible", tr("项目负责人"), self.texts["responsible"], 3, 0, 1, True),
            ("phone", tr("联系电话"), self.texts["phone"], 3, 1, 1, False),
            ("bureau_office", tr("财政归口股室"), self.texts["bureau_office"], 3, 2, 1, False),
            ("priority_rank", tr("单位内排序"), self.rank, 4, 0, 1, False),
        )
        for name, label, field, row, at, span, required in places:
            self._fields[name] = Field(label, field, required=required)
            grid.addWidget(self._fields[name], row, at, 1, span, Qt.AlignmentFlag.AlignTop)
        for at in range(3):
            grid.setColumnStretch(at, 1)
        grid.addLayout(self._flag_row(), 4, 1, 1, 2)
        panel.body.addWidget(SectionTitle(tr("基本信息")))
        panel.body.addLayout(grid)
        return panel

    def _flag_row(self) -> QVBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        for button in self.flags.values():
            button.setCheckable(True)
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(Label(tr("属于（点一下选中，再点取消）"), "caption", "text2"))
        column.addLayout(row)
        column.addStretch(1)
        return column

    @staticmethod
    def _table(title: str, note: str, sheet: Sheet) -> Panel:
        panel = Panel()
        sheet.view.setAccessibleName(title)
        panel.body.addWidget(SectionTitle(title, note))
        sheet.setFixedHeight(px(TABLE_HEIGHT))
        panel.body.addWidget(sheet)
        return panel

    def _words(self) -> Panel:
        panel = Panel()
        panel.body.addWidget(Field(tr("项目概述"), self.summary))
        return panel

    def _connect(self) -> None:
        for field in self._lines():
            field.returnPressed.connect(self.focusNextChild)  # Enter walks on, as in the grids
        for name, field in self.texts.items():
            field.committed.connect(self._writer(name))
        for name, field in self.years.items():
            field.committed.connect(self._year_writer(name, field))
        for name, button in self.flags.items():
            button.clicked.connect(self._flag_writer(name, button))
        self.rank.committed.connect(self._write_rank)
        self.summary.committed.connect(self._writer("summary"))
        self.kind.chosen.connect(lambda one: self._choose(one, lambda p, code: replace(
            p, project_class=ProjectClass(code))))
        self.guarantee.chosen.connect(lambda one: self._choose(one, lambda p, code: replace(
            p, guarantee=Guarantee(code))))
        self.nature.chosen.connect(lambda one: self._choose(one, lambda p, code: replace(
            p, is_new=code == NEW, is_ongoing=code == GOING_ON)))
        self.function.chosen.connect(lambda one: self._choose(one, lambda p, code: replace(p, function_code=code)))

    def _function(self, code: str) -> Choice | None:
        """Return the row of a function code; one that may not be chosen this year stays to be seen."""
        known = self._session.desk.choices["FUNCTION"]
        return known.get(code) or (Choice(code, "", shown=code) if code else None)

    def _lines(self) -> list[LineInput]:
        return [*self.texts.values(), *self.years.values(), self.rank, self.kind, self.guarantee, self.nature,
                self.function]

    # -- what is shown

    def show_content(self) -> None:
        """Show the session's project again."""
        project, locked = self._session.project, not self._session.project_editable()
        rank = str(project.priority_rank) if project.priority_rank else ""
        pairs = [*((field, str(getattr(project, name))) for name, field in (*self.texts.items(), *self.years.items())),
                 (self.rank, rank)]
        for field, text in pairs:
            if locked or not field.typing():  # what is being typed stays, whatever is saved meanwhile
                field.set_text(text)
        self.summary.set_text(project.summary)
        self.kind.set_code(project.project_class.value)
        self.guarantee.set_code(project.guarantee.value)
        self.nature.set_code(NEW if project.is_new else GOING_ON)
        self.function.set_choice(self._function(project.function_code))
        for field in self._lines():
            field.set_read_only(locked)
        self.summary.set_read_only(locked)
        for name, button in self.flags.items():
            button.setChecked(getattr(project, name))
            button.setEnabled(not locked)
        for model, sheet in ((self.plan_model, self.plan_sheet), (self.basis_model, self.basis_sheet)):
            if sheet.view.verticalHeader().count() == model.rowCount():
                model.refresh()
            else:
                model.reload()

    def show_problems(self) -> None:
        """Mark fields and cells with what the rules say of the project."""
        problems = self._session.look.project_problems
        said = {problem.where: describe(problem) for problem in reversed(problems)}
        for name, field in self._fields.items():
            text = said.get(name)
            field.set_error(f"{text.sentence}{text.advice}" if text is not None else "")
        self.plan.marks = marks_of(problems, "plan", {"fund_nature": "nature", "fund_source": "source"})
        self.basis.marks = marks_of(problems, "basis", {})
        self.plan_model.refresh()
        self.basis_model.refresh()

    def unread(self) -> list[tuple[int, str, str]]:
        """Return row, column and message of cells whose text could not be read."""
        return [*self.plan_model.drafts(), *self.basis_model.drafts()]

    def go_to(self, where: str) -> None:
        """Go to the field that a finding is about."""
        sheets = {"plan": self.plan_sheet, "basis": self.basis_sheet, "total": self.plan_sheet}
        name, _, rest = where.partition("[")
        if name in sheets:
            row, _, field = rest.partition("].")
            key = {"fund_nature": "nature", "fund_source": "source"}.get(field, field or "amount")
            sheet = sheets[name]
            self.ensureWidgetVisible(sheet)
            sheet.view.go_to(int(row) if row else 0, key if rest else "")
        elif where in self._fields:
            self.ensureWidgetVisible(self._fields[where])
            self._fields[where].input.setFocus()

    # -- changes

    def _change(self, project: Project, word: str) -> None:
        self._session.change_project(project, word)

    def _writer(self, name: str) -> Callable[[str], None]:
        def write(text: str) -> None:
            text = text.strip()[:NAME_MAX * 2] if name == "name" else text.strip()
            self._change(replace(self._session.project, **{name: text}), tr("填写立项信息"))  # type: ignore[arg-type]

        return write

    def _year_writer(self, name: str, field: LineInput) -> Callable[[str], None]:
        def write(text: str) -> None:
            plain = text.strip().removesuffix(tr("年"))
            if not plain.isascii() or not plain.isdigit() or len(plain) != 4:
                field.set_error(tr("年度写四位数，如 2027"))
                return
            field.set_error()
            year: dict[str, int] = {name: int(plain)}
            self._change(replace(self._session.project, **year), tr("填写起止年度"))  # type: ignore[arg-type]

        return write

    def _write_rank(self, text: str) -> None:
        plain = text.strip()
        if plain and (not plain.isascii() or not plain.isdigit() or len(plain) > 3):
            self.rank.set_error(tr("排序写 1 到 999 的整数"))
            return
        self.rank.set_error()
        self._change(replace(self._session.project, priority_rank=int(plain or 0)), tr("填写排序"))

    def _flag_writer(self, name: str, button: Button) -> Callable[[], None]:
        def write() -> None:
            flag: dict[str, bool] = {name: button.isChecked()}
            self._change(replace(self._session.project, **flag), tr("填写立项信息"))  # type: ignore[arg-type]

        return write

    def _choose(self, choice: Choice | None, make: Callable[[Project, str], Project]) -> None:
        if choice is not None:
            self._change(make(self._session.project, choice.code), tr("填写立项信息"))
