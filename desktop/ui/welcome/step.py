"""What the steps of the first start share: a heading, a column, a band that tells, and the way to the worker."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.fault import Fault
from desktop.texts import faults
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.labels import Label
from desktop.ui.kit.notes import Notes
from desktop.ui.kit.panels import Band
from desktop.ui.tasks import Tasks
from desktop.ui.welcome.desk import OpenHome, WelcomeDesk
from sync.faults import ExchangeFault

T = TypeVar("T")


class Trip:
    """What the steps hand on to each other.

    Attributes:
        home: The workspace, once there is one.
        demo: The user wants the rehearsal instead.
        password: Of the file of secrets, as it was typed; kept until the window comes, nowhere else.
    """

    def __init__(self, desk: WelcomeDesk, notes: Notes, tasks: Tasks) -> None:
        self.desk, self.notes, self.tasks = desk, notes, tasks
        self.home: OpenHome | None = None
        self.demo, self.password = False, ""


class Step(QScrollArea):
    """One step.

    Signals:
        changed(): `complete` may answer otherwise now.
        through(): The step is done, the next one may come.

    Attributes:
        title: Short, for the stepper.
        skippable: Whether the next step may come although this one is not complete.
    """

    changed = Signal()
    through = Signal()
    title, skippable = "", True

    def __init__(self, trip: Trip, heading: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.trip = trip
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        inside = QWidget()
        down = QVBoxLayout(inside)
        down.setContentsMargins(28, 20, 28, 16)
        down.setSpacing(0)
        self.column = QVBoxLayout()
        self.column.setSpacing(10)
        self.column.addWidget(Label(heading, "title"))
        self.column.addWidget(Label(words, tone="text2", wrap=True))
        self.told = Band("info")
        self.told.hide()
        down.addLayout(self.column)
        down.addSpacing(10)
        down.addWidget(self.told)
        down.addStretch(1)
        self.setWidget(inside)

    def complete(self) -> bool:
        """Tell whether nothing is missing in this step."""
        return True

    def enter(self) -> None:
        """Show what is true now; called each time the step comes to the front."""

    def add(self, *parts: QWidget) -> None:
        """Add a line of parts, from the left."""
        if len(parts) == 1 and not isinstance(parts[0], Button):
            self.column.addWidget(parts[0])
            return
        row = QHBoxLayout()
        row.setSpacing(8)
        for part in parts:
            row.addWidget(part)
        row.addStretch(1)
        self.column.addLayout(row)

    def tell(self, kind: str, words: str) -> None:
        """Say something under the step; no words say nothing."""
        self.told.set_content(kind, words)
        self.told.setVisible(bool(words))
        if words:
            self.ensureWidgetVisible(self.told)

    def run(self, work: Callable[[], T], then: Callable[[T], None], *, net: bool = False) -> None:
        """Run work in the worker; a fault of the world is told under the step."""

        def back(future: object) -> None:
            try:
                done = future.result()  # type: ignore[attr-defined]
            except (Fault, ExchangeFault) as fault:
                told = faults.describe(fault.code, fault.facts)
                self.tell("error", f"{told.title}：{faults.sentence(fault.code, fault.facts)}")
                self.changed.emit()
                return
            then(done)
            self.changed.emit()

        self.trip.tasks.start(self, lambda job: work(), back, net=net)
