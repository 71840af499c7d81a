"""The rehearsal from the first start: made under the eyes of the user, its people named."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop.domain.fault import Fault
from desktop.texts import faults, tr
from desktop.ui.kit.dialogs import Question, Verb, tell
from desktop.ui.kit.labels import Label
from desktop.ui.tasks import Cancelled, Job, Tasks
from sync.faults import ExchangeFault

STOP, MADE = "stop", "made"
BEAT_MS = 200


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """The unit that anybody may practise in.

    Attributes:
        made: It lies there already.
        make: Makes it in some other thread, and tells each step in Chinese; an exception of the one told ends it.
        people: Name and PIN of everybody who works in it.
    """

    made: bool
    make: Callable[[Callable[[str], None]], None]
    people: Sequence[tuple[str, str]]


def prepare(rehearsal: Rehearsal) -> bool:
    """Make the rehearsal when it is not there, and name its people; False when it was stopped or failed.

    A QApplication with the theme must exist.
    """
    if not (rehearsal.made or _made(rehearsal.make)):
        return False
    _introduce(rehearsal.people)
    return True


def _introduce(people: Sequence[tuple[str, str]]) -> None:
    lines = "\n".join(tr("{name}　签名口令 {pin}", name=name, pin=pin) for name, pin in people)
    body = tr("演示里有 {count} 个人，点顶栏里的姓名可以换人。签名时输入各人的口令：", count=len(people))
    tell(tr("演示已经准备好"), f"{body}\n{lines}", level="ok", word=tr("进入演示"))


def _made(make: Callable[[Callable[[str], None]], None]) -> bool:
    """Make the rehearsal under the eyes of the user; False when it was stopped or failed, which is told."""
    dialog = MakingDialog(make)
    dialog.exec()
    answer, error = dialog.answer, dialog.error
    dialog.deleteLater()
    if isinstance(error, (Fault, ExchangeFault)):
        told = faults.describe(error.code, error.facts)
        tell(told.title, faults.sentence(error.code, error.facts), level="error")
    elif error is not None:
        raise error
    return answer == MADE


class MakingDialog(Question):
    """Makes the rehearsal in a worker while it shows the step and the seconds; stopping waits for the step's end.

    Attributes:
        error: What kept it from being made.
    """

    def __init__(self, make: Callable[[Callable[[str], None]], None], parent: QWidget | None = None) -> None:
        body = tr("正在演练一整年的业务，约需半分钟。全部为虚构数据，可以随时删除。")
        super().__init__(tr("正在准备演示"), body, (Verb(STOP, tr("停止")),), level="info", parent=parent)
        self.error: BaseException | None = None
        self._words = Label("", wrap=True)
        self._words.setMinimumHeight(2 * self._words.fontMetrics().lineSpacing())
        self.add_field(self._words)
        self.buttons[STOP].setFocus()
        self._since = time.monotonic()
        self._tasks = Tasks(self)
        self._job: Job | None = self._tasks.start(
            self, lambda job: make(lambda line: job.tick(words=line)), self._over, net=True
        )
        self._beat = QTimer(self)
        self._beat.timeout.connect(self._show)
        self._beat.start(BEAT_MS)
        self._show()

    def words(self) -> str:
        """Return what is shown of the work."""
        return self._words.text()

    def done(self, result: int) -> None:
        """Stop the work first; the dialog closes when it has come back."""
        if self._job is None:
            super().done(result)
            return
        self._job.cancel()
        self.buttons[STOP].setEnabled(False)
        self._show()

    def _show(self) -> None:
        if self._job is None:
            return
        if self._job.stop.is_set():
            self._words.setText(tr("正在停止，做完这一步就停…"))
            return
        seconds = int(time.monotonic() - self._since)
        self._words.setText(tr("{step}（已用 {seconds} 秒）", step=self._job.words or tr("正在开始"), seconds=seconds))

    def _over(self, future: "Future[None]") -> None:
        self._job = None
        self._beat.stop()
        self._tasks.close()
        error = future.exception()
        self.answer = MADE if error is None else STOP
        self.error = None if isinstance(error, Cancelled) else error
        self.accept()
