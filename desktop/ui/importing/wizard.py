"""The import wizard: five steps in a tab, nothing modal, closed and gone on with at will."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.document import Refused
from desktop.domain.fault import Fault
from desktop.domain.importing.precheck import Checked, bad
from desktop.texts import faults, problems, tr
from desktop.ui.context import Context
from desktop.ui.importing.check_pane import CheckPane
from desktop.ui.importing.choose_pane import STEPS, ChoosePane
from desktop.ui.importing.columns_pane import ColumnsPane
from desktop.ui.importing.done_pane import DonePane
from desktop.ui.importing.effect_pane import EffectPane
from desktop.ui.importing.errors_file import save_bad_rows
from desktop.ui.importing.session import ImportSession
from desktop.ui.importing.state import CHECK, COLUMNS, DONE, EFFECT, FILE
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.flow import FlowStep, FlowStrip
from desktop.ui.kit.labels import Label
from desktop.ui.kit.panels import Band, Header, Line
from desktop.ui.kit.typography import px
from sync.faults import ExchangeFault

SHOW_AFTER_MS, LOOK_MS = 300, 150


class ImportWizard(QWidget):
    """One import in one tab.

    Args:
        context: The workspace.
        key: Of the target, as `open_wizard` takes it.
        tab: Page and document under which the window shows it.
    """

    def __init__(
        self, context: Context, key: str, tab: tuple[str, str] = ("", ""), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._tab = tab
        self.session = ImportSession(context, key, self)
        session = self.session
        self.header = Header(tr("导入{what}", what=session.target.title))
        self.steps = FlowStrip(boxed=False)
        self.choose, self.columns, self.check = ChoosePane(session), ColumnsPane(session), CheckPane(session)
        self.effect, self.done = EffectPane(session), DonePane(session)
        self._panes = (self.choose, self.columns, self.check, self.effect, self.done)
        self.retry = Button(tr("换一个文件"), "tonal")
        self.band = Band("error", "", self.retry, closable=True)
        self.back = Button(tr("上一步"), "flat", shortcut="Alt+←", live=False)
        self.forward = Button("", "primary", shortcut="Ctrl+Enter")
        self.note = Label("", tone="text2")
        self._stack, self._busy = QStackedWidget(), _BusyLine()
        self._shown = -1
        self._lay_out()
        self._connect()
        self._show_state()
        session.start()

    def _lay_out(self) -> None:
        for pane in self._panes:
            self._stack.addWidget(pane)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 8)
        foot.setSpacing(8)
        foot.addWidget(self.back)
        foot.addWidget(self.note, 1)
        foot.addWidget(self.forward)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.steps)
        column.addWidget(Line())
        column.addWidget(self.band)
        column.addWidget(self._busy)
        column.addWidget(self._stack, 1)
        self._foot_line = Line()
        column.addWidget(self._foot_line)
        column.addLayout(foot)
        self.band.hide()

    def _connect(self) -> None:
        session = self.session
        session.changed.connect(self._show_state)
        session.judged.connect(self._show_judged)
        session.retyped.connect(self._show_retyped)
        session.fixed_changed.connect(self._show_foot)
        session.busy_changed.connect(self._show_busy)
        session.failed.connect(self._show_failure)
        self.choose.file_chosen.connect(self.open_file)
        self.choose.pasted.connect(session.paste)
        self.check.export_wanted.connect(self._export_rows)
        self.back.clicked.connect(session.back)
        self.forward.clicked.connect(self._next)
        self.retry.clicked.connect(lambda: session.go(FILE))
        self._busy.stop.clicked.connect(session.stop)
        QShortcut(QKeySequence("Alt+Left"), self, self.back.click)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self, self._by_key)
            shortcut.setAutoRepeat(False)

    # -- what the window asks

    def help_topic(self) -> str:
        """Return the help page about importing."""
        return "import"

    def panes(self) -> list[QWidget]:
        """Return what F6 walks through."""
        return [*self._panes[self.session.state.step].panes(), self.forward]

    def message_area(self) -> QWidget:
        """Return what short messages may cover."""
        return self._stack

    def refresh(self) -> None:
        """Keep what is shown: the import compares again when it is written."""

    def finish(self) -> None:
        """Keep how far the import has come; called before the tab goes."""
        self.session.finish()

    @Slot(str, str)
    def tab_closed(self, page: str, document: str) -> None:
        """Keep how far the import has come when its own tab goes."""
        if (page, document) == self._tab:
            self.finish()

    def open_file(self, path: str) -> None:
        """Read a file, as if it had been chosen."""
        self.band.hide()
        self.session.open_file(Path(path))

    def open_first(self, path: str) -> None:
        """Read a file as soon as the import is ready for one."""
        if self.session.desk is not None and self.session.job is None:
            self.open_file(path)
            return

        def once() -> None:
            if self.session.desk is not None:
                self.session.changed.disconnect(once)
                self.open_file(path)

        self.session.changed.connect(once)

    # -- showing

    def _show_state(self) -> None:
        session, step = self.session, self.session.state.step
        desk = session.desk
        self.header.set_title(
            tr("导入{what}", what=session.target.title),
            " · ".join(part for part in (desk.subject_words if desk else "", session.state.source) if part),
        )
        standing = ["done"] * step + ["now" if step < DONE else "done"] + ["later"] * (DONE - step)
        self.steps.set_steps([FlowStep(word, state=state) for word, state in zip(STEPS, standing, strict=True)])
        pane = self._panes[step]
        if pane in (self.choose, self.columns, self.done):
            pane.show_state()
        elif pane is self.check:
            self.check.show_results()
        else:
            self.effect.show_effect()
        if step != self._shown:
            self._shown = step
            self.band.hide()
            self._stack.setCurrentWidget(pane)
            if self.isVisible() and pane.panes():
                pane.panes()[0].setFocus()
        self._show_foot()

    def _show_judged(self) -> None:
        if self._shown == CHECK:
            self.check.show_results()
        elif self._shown == EFFECT:
            self.effect.show_effect()
        self._show_foot()

    def _show_retyped(self) -> None:
        self.check.show_results(anew=False)
        self._show_foot()

    def _show_foot(self) -> None:
        session, step = self.session, self.session.state.step
        self.back.setVisible(FILE < step < DONE)
        self.forward.setVisible(FILE < step < DONE)
        self._foot_line.setVisible(FILE < step < DONE)
        rows = session.found.rows
        wrong = len(bad(rows))
        note, word, ready = "", tr("下一步"), session.job is None
        if step == COLUMNS:
            ready = ready and not session.missing() and not any(session.fixed_flaw(key) for key in session.state.fixed)
            word = tr("下一步：预检")
        elif step == CHECK:
            left = len(rows) - wrong
            ready = ready and left > 0 and session.found.doubt is None
            word = tr("只导入其余 {count} 行", count=f"{left:,}") if wrong else tr("下一步：看影响")
            note = tr("红格可以直接改。") if wrong else tr("{count} 行都没有问题。", count=f"{len(rows):,}")
            if session.found.doubt is not None:
                note = tr("先决定金额的单位。")
        elif step == EFFECT and session.effect is not None:
            taken = len(session.effect.taken(repeats=session.state.repeats))
            ready = ready and taken > 0
            word = tr("导入 {count} 行", count=f"{taken:,}")
            note = "" if taken else tr("没有需要导入的行：都已经有了。")
        self.forward.setText(word)
        self.forward.setAccessibleName(word)
        self.forward.setEnabled(ready)
        self.note.setText(note)

    def _show_busy(self) -> None:
        session = self.session
        self._busy.show_job(session)
        for pane in self._panes:
            pane.setEnabled(session.job is None)
        if session.job is None:
            pane = self._panes[session.state.step]
            if self.isVisible() and pane.panes() and not self.isAncestorOf(self.focusWidget()):
                pane.panes()[0].setFocus()
        self._show_foot()

    def _show_failure(self, error: Exception) -> None:
        title, said = told(error)
        self.retry.setVisible(self.session.state.step in (FILE, COLUMNS))
        self.band.set_content("error", said, title)
        self.band.show()

    # -- going on

    def _by_key(self) -> None:
        if self.forward.isVisible() and self.forward.isEnabled():
            self.forward.setFocus()  # hands on what is being typed
            self._next()

    def _next(self) -> None:
        self.band.hide()
        self.session.next()

    def _export_rows(self, rows: Sequence[Checked]) -> None:
        save_bad_rows(self.session, rows, self)


def told(error: Exception) -> tuple[str, str]:
    """Return title and sentence of what could not be done."""
    if isinstance(error, Refused):
        text = problems.describe(error.problem)
        return text.title, f"{text.sentence}{text.advice}"
    if isinstance(error, (Fault, ExchangeFault)):
        fault = faults.describe(error.code, error.facts)
        return fault.title, f"{fault.happened}{fault.safe}{fault.advice}"
    return tr("没有做成"), str(error)


class _BusyLine(QWidget):
    """What runs, how far it is, and 取消; shown when it takes longer than a moment."""

    def __init__(self) -> None:
        super().__init__()
        self._label, self._bar = Label("", tone="text2"), QProgressBar()
        self.stop = Button(tr("取消"), "link")
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(6)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(12)
        row.addWidget(self._label)
        row.addWidget(self._bar, 1)
        row.addWidget(self.stop)
        self.setFixedHeight(px(32))
        self._session: ImportSession | None = None
        self._late, self._look = QTimer(self), QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(SHOW_AFTER_MS)
        self._look.setInterval(LOOK_MS)
        self._late.timeout.connect(self.show)
        self._look.timeout.connect(self._tick)
        self.hide()

    def show_job(self, session: ImportSession) -> None:
        """Follow the session's work; hide when there is none."""
        self._session = session
        if session.job is None:
            self._late.stop()
            self._look.stop()
            self.hide()
            return
        self._label.setText(session.words)
        self._bar.setRange(0, 0)
        self._late.start()
        self._look.start()

    def _tick(self) -> None:
        job = self._session.job if self._session is not None else None
        if job is not None and job.total:
            self._bar.setRange(0, job.total)
            self._bar.setValue(job.done)
