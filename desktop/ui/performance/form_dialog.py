"""Bring a filled goal form back: what each of its lines would change, before anything changes."""

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.goal import PerformanceGoal
from desktop.domain.goal_form.reading import FormReading
from desktop.texts import tr
from desktop.texts.goal_form import flaw_words
from desktop.ui.grid.model import SheetModel
from desktop.ui.grid.sheet import Sheet
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.dialogs import fit_dialog
from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.labels import Label
from desktop.ui.kit.panels import Line
from desktop.ui.kit.typography import px
from desktop.ui.performance.form_rows import FormRows, form_columns
from desktop.usecases.take_form import FormMatch, FormTaking

_WIDTH, _HEIGHT, _FLAWS_SHOWN = 900, 520, 4


class FormDialog(QDialog):
    """The lines with ticks, what could not be read, and what else is taken over; `taking` once it was accepted."""

    def __init__(self, file: str, goal: PerformanceGoal, reading: FormReading, matches: tuple[FormMatch, ...],
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.taking: FormTaking | None = None
        self.setWindowTitle(tr("导入绩效目标申报表"))
        self.setModal(True)
        self._reading, self._matches, self._goal = reading, matches, goal
        self.rows = FormRows(matches, self._count)
        self.sheet = Sheet(SheetModel(form_columns(), self.rows))
        self.sheet.view.setAccessibleName(tr("申报表里的指标"))
        left = self._left_out()
        self.texts = QCheckBox(tr("带入目标文字"))
        self.texts.setChecked(bool(reading.year_goal or reading.general_goal))
        self.texts.setEnabled(self.texts.isChecked())
        self.drop = QCheckBox(tr("移出表里没有的 {count} 条", count=left))
        self.drop.setVisible(left > 0)
        self.take = Button(tr("导入"), "primary", tall=True)
        self.back = Button(tr("返回"), tall=True)
        self._lay_out(file)
        for box in (self.texts, self.drop):
            box.toggled.connect(lambda on: self._count())
        self.take.clicked.connect(self._take)
        self.back.clicked.connect(self.reject)
        self._count()
        fit_dialog(self, px(_WIDTH), px(_HEIGHT))

    def _lay_out(self, file: str) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(20, 14, 20, 8)
        head.setSpacing(4)
        said = tr("{file} · 读到 {count} 条指标", file=file, count=len(self._matches))
        head.addWidget(Label(said, "section", wrap=True))
        if self._reading.project_name and self._reading.project_name != self._goal.project_name:
            other = tr("表里的项目是“{name}”，不是“{now}”，请先核对。", name=self._reading.project_name,
                       now=self._goal.project_name)
            head.addWidget(Label(other, tone="warn", wrap=True))
        flaws = [flaw_words(flaw) for flaw in self._reading.flaws]
        for words in flaws[:_FLAWS_SHOWN]:
            head.addWidget(Label(words, "caption", "err", wrap=True, selectable=True))
        if len(flaws) > _FLAWS_SHOWN:
            head.addWidget(Label(tr("还有 {count} 处读不出来。", count=len(flaws) - _FLAWS_SHOWN), "caption", "err"))
        options = QHBoxLayout()
        options.setContentsMargins(20, 8, 20, 8)
        options.setSpacing(20)
        options.addWidget(self.texts)
        options.addWidget(self.drop)
        options.addStretch(1)
        options.addWidget(self.back)
        options.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Line())
        column.addWidget(self.sheet, 1)
        column.addWidget(Line())
        column.addLayout(options)
        self.take.setDefault(True)
        self.sheet.view.setFocus()

    def _left_out(self) -> int:
        here = {match.now.line_id for match in self._matches if match.now is not None}
        return sum(line.line_id not in here for line in self._goal.lines)

    def _count(self) -> None:
        if not hasattr(self, "back"):
            return  # while the parts are still being made
        count = len(self.rows.ticked)
        self.take.setText(tr("导入 {count} 条", count=count) if count else tr("导入"))
        self.take.setEnabled(bool(count or self.texts.isChecked() or self.drop.isChecked()))

    def _take(self) -> None:
        self.taking = FormTaking(frozenset(self.rows.ticked), self.texts.isChecked(), self.drop.isChecked())
        self.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), qcolor("base"))
