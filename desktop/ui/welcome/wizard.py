"""The window of the first start: five steps, a stepper above, back and on below; it can be left and taken up again."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout

from desktop.texts import tr
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.flow import FlowStep, FlowStrip
from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.notes import Notes, read_note, write_note
from desktop.ui.kit.panels import Line
from desktop.ui.tasks import Tasks
from desktop.ui.welcome.desk import CLOSE, DEMO, OPEN, OpenHome, WelcomeDesk
from desktop.ui.welcome.keys import KeysStep
from desktop.ui.welcome.looking import LookStep
from desktop.ui.welcome.net import NetStep
from desktop.ui.welcome.place import PlaceStep
from desktop.ui.welcome.step import Step, Trip
from desktop.ui.welcome.unfinished import FOLDER, UNPROVEN
from desktop.ui.welcome.unit import UnitStep

AT = "welcome/step"
SIZE = (900, 600)
PLACE = 1


class Welcome(QDialog):
    """Ends with `outcome`: `OPEN` (then `folder` is the workspace), `DEMO` or `CLOSE`.

    Args:
        desk: What storage can do.
        notes: Remember the look, and how far the first start has come.
        resume: A workspace that an earlier first start has made, open already.
    """

    def __init__(self, desk: WelcomeDesk, notes: Notes, resume: OpenHome | None = None) -> None:
        super().__init__()
        self.setWindowTitle(tr("预算单位工作台　第一次使用"))
        self.outcome = CLOSE
        self._notes, self._tasks = notes, Tasks(self)
        self.trip = Trip(desk, notes, self._tasks)
        self.trip.home = resume
        self.steps: list[Step] = [make(self.trip) for make in (LookStep, PlaceStep, UnitStep, KeysStep, NetStep)]
        self._stack, self.strip = QStackedWidget(), FlowStrip([])
        self.back, self.skip = Button(tr("上一步"), tall=True), Button(tr("跳过这一步"), tall=True)
        self.on = Button(tr("下一步"), "primary", tall=True)
        self._lay_out()
        for step in self.steps:
            self._stack.addWidget(step)
            step.changed.connect(self._show_state)
            step.through.connect(self._next)
        self.back.clicked.connect(lambda: self.go(self.at() - 1))
        self.skip.clicked.connect(self._next)
        self.on.clicked.connect(self._next)
        kept = read_note(notes, AT)
        self.resize(*SIZE)
        here = kept if isinstance(kept, int) and 0 <= kept < len(self.steps) and resume is not None else 0
        self.go(PLACE if resume is not None and read_note(notes, UNPROVEN) else here)

    @property
    def folder(self) -> Path | None:
        """The workspace."""
        return self.trip.home.folder if self.trip.home is not None else None

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(28, 12, 28, 12)
        head.addWidget(self.strip, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(28, 10, 28, 10)
        foot.setSpacing(8)
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.skip)
        foot.addWidget(self.on)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Line())
        column.addWidget(self._stack, 1)
        column.addWidget(Line())
        column.addLayout(foot)
        for button in (self.back, self.skip, self.on):
            button.setAutoDefault(False)

    def at(self) -> int:
        """Return the number of the step in front, from 0."""
        return self._stack.currentIndex()

    def go(self, number: int) -> None:
        """Bring a step to the front and remember it."""
        self._stack.setCurrentIndex(number)
        write_note(self._notes, AT, number)
        self.steps[number].enter()
        self._show_state()
        self.steps[number].setFocus()
        self.focusNextChild()

    def _show_state(self) -> None:
        here = self.at()
        step = self.steps[here]
        marks = [
            FlowStep(one.title, "", "now" if number == here else "done" if number < here else "later")
            for number, one in enumerate(self.steps)
        ]
        self.strip.set_steps(marks)
        last, complete = here == len(self.steps) - 1, step.complete()
        self.back.setEnabled(here > 0)
        self.on.setText(tr("开始使用") if last else tr("下一步"))
        self.on.setEnabled(complete)
        self.on.updateGeometry()
        self.skip.setVisible(step.skippable and not complete and not last)

    def _next(self) -> None:
        if self.trip.demo:
            self._end(DEMO)
        elif self.at() == len(self.steps) - 1:
            self._end(OPEN)
        elif self.steps[self.at()].complete() or self.steps[self.at()].skippable:
            self.go(self.at() + 1)

    def _end(self, outcome: str) -> None:
        self.outcome = outcome
        if outcome == OPEN:
            for name in (AT, FOLDER):
                write_note(self._notes, name, None)
        self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # Never by itself a button somewhere in the step: the one that has the keyboard, else the way on.
            focused = self.focusWidget()
            button = focused if isinstance(focused, Button) else self.on
            if button.isEnabled():
                button.click()
            return
        super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """Let the worker finish and the workspace go, then close; what was done so far stays."""
        self._tasks.close()
        if self.trip.home is not None:
            self.trip.home.close()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.reject()
        super().closeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), qcolor("base"))
