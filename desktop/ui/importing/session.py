"""One import under way: reads, recognises, checks and writes in workers; the panes only show it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from desktop.domain.importing.effect import Effect, effect_of
from desktop.domain.importing.header import Recognition, read_head, recognise
from desktop.domain.importing.table import Table
from desktop.domain.importing.target import ImportTarget
from desktop.domain.importing.targets import BUDGET_LINES, INCOME, TARGETS
from desktop.domain.importing.values import Reading, Unfit, Value, convert
from desktop.texts import tr
from desktop.ui.context import Context
from desktop.ui.importing.state import CHECK, COLUMNS, DONE, EFFECT, FILE, Kept, WizardState, as_kept, from_kept
from desktop.ui.tasks import Cancelled, Job
from desktop.usecases.import_check import Judged, ReadingPlan, best_table, judge, judge_row, refuse_too_many
from desktop.usecases.import_desk import ImportDesk
from desktop.usecases.import_rows import (
    Imported,
    import_rows,
    keep_layout,
    keep_open,
    read_import_desk,
    read_layout,
    read_open,
    split_key,
    undo_import,
)
from desktop.usecases.ports import AtBooks, Books
from desktop.usecases.table_files import TableFiles

T = TypeVar("T")


class ImportSession(QObject):
    """Holds the state of one import.

    Signals:
        changed(): The state is another one; the panes show it anew.
        judged(): The check has other results.
        retyped(): One row was typed into and read again.
        busy_changed(): Work began or ended; `job` is what runs.
        fixed_changed(): A value for every row was typed; what is still missing may be another.
        failed(object): What could not be done; the exception.
    """

    changed = Signal()
    fixed_changed = Signal()
    judged = Signal()
    retyped = Signal()
    busy_changed = Signal()
    failed = Signal(object)

    def __init__(self, context: Context, key: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context, self.key = context, key
        self.target: ImportTarget = TARGETS[split_key(key)[0]]
        self.state = WizardState()
        self.desk: ImportDesk | None = None
        self.found = Judged()
        self.effect: Effect | None = None
        self.done: Imported | None = None
        self.undone = False
        self.offer: Kept | None = None
        self.job: Job | None = None
        self.words, self._waits = "", False

    @property
    def year(self) -> int:
        """The fiscal year that rows belong to."""
        return self.context.budget_year if self.target.key in (BUDGET_LINES, INCOME) else self.context.year

    # -- start

    def start(self) -> None:
        """Read what rows are compared with, and whether an import was left open."""
        seat, key, year, today = self.context.seat(), self.key, self.year, self.context.services.today()

        def read(books: Books) -> tuple[ImportDesk, dict[str, object] | None]:
            return read_import_desk(books, seat, key, year, today), read_open(books, key)

        def take(result: tuple[ImportDesk, dict[str, object] | None]) -> None:
            self.desk = result[0]
            self.offer = from_kept(result[1]) if result[1] is not None else None
            self.changed.emit()

        self._run(tr("正在读取基础资料…"), lambda then, failed: self.context.run(self, read, then, failed), take)

    def files(self) -> TableFiles:
        """Return what reads and writes tables."""
        tables = self.context.services.tables
        if tables is None:
            raise LookupError("the window was built without a way to files")
        return tables

    # -- 1 the file

    def open_file(self, path: Path, then: Callable[[], None] = lambda: None) -> None:
        """Read a file and recognise its first sheet that is seen."""
        files = self.files()
        self._load(path.name, lambda job: files.read(path, job.tick), then)

    def paste(self, text: str, html: str, then: Callable[[], None] = lambda: None) -> None:
        """Read what was copied from a sheet."""
        files = self.files()
        self._load(tr("剪贴板"), lambda job: files.clipboard(text, html), then)

    def _load(self, name: str, read: Callable[[Job], list[Table]], then: Callable[[], None]) -> None:
        desk = self.desk
        if desk is None:
            return

        def work(at: AtBooks, job: Job) -> tuple[list[Table], int, Recognition]:
            tables = read(job)
            chosen = best_table(tables, self.target)
            return tables, chosen, self._recognised(at, tables[chosen], desk)

        def take(result: tuple[list[Table], int, Recognition]) -> None:
            tables, chosen, recognition = result
            self.offer = None
            self.done, self.undone = None, False
            self.state = WizardState(name, tuple(tables), chosen, recognition, step=COLUMNS)
            self.changed.emit()
            then()

        words = tr("正在读取 {name}…", name=name)
        self._run(words, lambda back, no: self.context.run_in_net(self, work, back, no), take)

    def _recognised(self, at: AtBooks, table: Table, desk: ImportDesk) -> Recognition:
        """Recognise a table, and take over how the user read the same layout before; runs in a worker."""
        recognition = recognise(table, self.target, desk.reading.lists)
        refuse_too_many(len(table.rows) - recognition.bottom - 1 - self.target.most_rows, table.name, self.target)
        kept = at(lambda books: read_layout(books, self.target.key, recognition.layout()))
        return recognition.remembered(kept, [column.key for column in self.target.columns])

    def resume(self) -> None:
        """Go on with the import that was left open."""
        kept, desk = self.offer, self.desk
        if kept is None or desk is None or kept.state.table is None:
            return
        found = read_head(kept.state.table, self.target, desk.reading.lists, *kept.head)
        found = found.remembered(kept.layout, [column.key for column in self.target.columns])
        self.offer = None
        step = kept.state.step
        self.state = replace(kept.state, recognition=found, step=COLUMNS)
        self.changed.emit()
        if step > COLUMNS:
            self.check(lambda: self.go(CHECK))

    def forget(self) -> None:
        """Let the import that was left open go."""
        self.offer = None
        self._keep(None)
        self.changed.emit()

    # -- 2 the columns

    def choose_table(self, at: int) -> None:
        """Take another sheet of the file."""
        desk, tables = self.desk, self.state.tables
        if desk is None or at == self.state.chosen:
            return

        def take(recognition: Recognition) -> None:
            self.state = replace(self.state, chosen=at, recognition=recognition, typed={})
            self.changed.emit()

        self._run(tr("正在识别表头…"), lambda back, no: self.context.run_in_net(
            self, lambda books, job: self._recognised(books, tables[at], desk), back, no), take)

    def choose_head(self, top: int, bottom: int) -> None:
        """Say which rows are the head; -1, -1 for none."""
        table, desk = self.state.table, self.desk
        if table is not None and desk is not None:
            found = read_head(table, self.target, desk.reading.lists, top, bottom)
            self.state = replace(self.state, recognition=found, typed={})
            self.changed.emit()

    def choose_column(self, at: int, key: str) -> None:
        """Say what a column is; an empty key leaves it out."""
        if self.state.recognition is not None:
            self.state = replace(self.state, recognition=self.state.recognition.chosen(at, key))
            self.changed.emit()

    def fix(self, key: str, text: str) -> str:
        """Set the value that stands in every row where the file has none; return what is wrong with it."""
        fixed = {**self.state.fixed, key: text}
        if not text:
            fixed.pop(key)
        self.state = replace(self.state, fixed=fixed)
        self.fixed_changed.emit()
        return "" if not text else self.fixed_flaw(key)

    def fixed_flaw(self, key: str) -> str:
        """Return the code of what is wrong with a fixed value; empty when it is right."""
        try:
            self._fixed_value(key)
        except Unfit as unfit:
            return unfit.code
        return ""

    def _fixed_value(self, key: str) -> Value:
        return convert(self.state.fixed[key], self.target.column(key), self.reading(), typed=True)

    def fixed_values(self) -> dict[str, Value]:
        """Return the fixed values that can be read."""
        return {key: self._fixed_value(key) for key in self.state.fixed if not self.fixed_flaw(key)}

    def missing(self) -> list[str]:
        """Return the titles of required columns that have neither a column nor a fixed value."""
        mapped = self.state.recognition.mapping() if self.state.recognition is not None else {}
        given = {*mapped, *self.fixed_values()}
        return [column.title for column in self.target.columns if column.required and column.key not in given]

    # -- 3 the check

    def reading(self) -> Reading:
        """Return how cells are read: the desk's way, with what the user decided about amounts."""
        if self.desk is None:
            raise LookupError("nothing was read yet")
        return replace(self.desk.reading, factor=self.state.factor, round_fen=self.state.round_fen)

    def check(self, then: Callable[[], None] = lambda: None) -> None:
        """Read every row in a worker, and compare the good ones with what is there."""
        state, desk = self.state, self.desk
        table, recognition = state.table, state.recognition
        if table is None or recognition is None or desk is None:
            return
        reading, fixed = self.reading(), self.fixed_values()

        def work(at: AtBooks, job: Job) -> tuple[Judged, Effect]:
            plan = ReadingPlan(table, recognition, reading, fixed, state.typed, state.unit_settled)
            return judge(plan, desk, state.source, job.tick)

        def take(result: tuple[Judged, Effect]) -> None:
            self.found, self.effect = result
            self.judged.emit()
            then()

        self._run(tr("正在预检…"), lambda back, no: self.context.run_in_net(self, work, back, no), take)

    def type_cell(self, at: int, key: str, text: str) -> None:
        """Type over one cell of a row and read the row again, here and now."""
        row = self.found.rows[at]
        self.state = self.state.with_typed(row.source.number, key, text)
        desk = self.desk
        if desk is None:
            return
        source = row.source.with_cell(key, text)
        again = judge_row(source, self.found.rows, desk, self.reading(), self.fixed_values())
        rows = list(self.found.rows)
        rows[at] = again
        self.found = replace(self.found, rows=tuple(rows))
        self.effect = effect_of(rows, self.target, desk.present)
        self.retyped.emit()

    def decide_unit(self, *, convert_it: bool) -> None:
        """Take the amounts as they are, or as the doubt says."""
        doubt = self.found.doubt
        factor = doubt.factor if doubt is not None and convert_it else self.state.factor
        self.state = replace(self.state, factor=factor, unit_settled=True)
        self.check()

    def round_amounts(self) -> None:
        """Round parts of a fen in every amount."""
        self.state = replace(self.state, round_fen=True)
        self.check()

    # -- 4 and 5

    def want_repeats(self, on: bool) -> None:
        """Say whether rows that are there already are wanted a second time."""
        self.state = replace(self.state, repeats=on)
        self.judged.emit()

    def write(self) -> None:
        """Import, in one transaction."""
        effect, seat, state = self.effect, self.context.seat(), self.state
        if effect is None:
            return
        key, year, today, target = self.key, self.year, self.context.services.today(), self.target
        layout = state.recognition

        def work(books: Books, job: Job) -> Imported | None:
            try:
                done = import_rows(
                    books, seat, key, effect, today, state.source, year, repeats=state.repeats, tick=job.tick
                )
            except Cancelled:
                return None
            keep_open(books, key, None)
            if layout is not None:
                keep_layout(books, target.key, layout.layout(), layout.memory())
            return done

        def take(done: Imported | None) -> None:
            if done is not None:
                self.done = done
                self.go(DONE)

        # Whether it came in is known only when the work says so: stopping waits for that.
        self._run(tr("正在导入…"), lambda back, no: self.context.run_job(self, work, back, no, changes="documents"),
                  take, waits=True)

    def undo(self) -> None:
        """Take the import back, if nothing of it was touched."""
        done, seat = self.done, self.context.seat()
        if done is None:
            return

        def take(rows: int) -> None:
            self.undone = True
            self.changed.emit()

        def work(books: Books) -> int:
            return undo_import(books, seat, done.import_id)

        self._run(tr("正在撤销…"), lambda back, no: self.context.run(self, work, back, no, changes="documents"), take,
                  waits=True)

    # -- walking and keeping

    def go(self, step: int) -> None:
        """Show a step."""
        self.state = replace(self.state, step=step)
        self.changed.emit()

    def next(self) -> None:
        """Go on from the step in front."""
        if self.state.step == COLUMNS:
            self.check(lambda: self.go(CHECK))
        elif self.state.step == CHECK:
            self.check(lambda: self.go(EFFECT))
        elif self.state.step == EFFECT:
            self.write()

    def back(self) -> None:
        """Go one step back; nothing is lost."""
        if FILE < self.state.step < DONE:
            self.go(self.state.step - 1)

    def again(self) -> None:
        """Begin with another file."""
        self.state, self.done, self.undone = WizardState(), None, False
        self.start()

    def finish(self) -> None:
        """Keep how far the import has come; called before the tab goes."""
        if self.job is not None:
            self.job.cancel()
        if self.state.table is not None and self.done is None:
            self._keep(as_kept(self.state))

    def _keep(self, kept: Mapping[str, object] | None) -> None:
        key = self.key
        # The context owns this work: the tab may be gone before it is done.
        self.context.run(self.context, lambda books: keep_open(books, key, kept), lambda nothing: None)

    # -- work

    def _run(
        self,
        words: str,
        start: Callable[[Callable[[T], None], Callable[[Exception], None]], Job],
        take: Callable[[T], None],
        *,
        waits: bool = False,
    ) -> None:
        if self.job is not None:
            return
        self._waits = waits

        def back(result: T) -> None:
            self._ended()
            take(result)

        def failed(error: Exception) -> None:
            self._ended()
            self.failed.emit(error)

        self.words = words
        self.job = start(back, failed)
        self.busy_changed.emit()

    def _ended(self) -> None:
        self.job = None
        if isValid(self):
            self.busy_changed.emit()

    def stop(self) -> None:
        """Stop what runs; the state stays as it was."""
        if self.job is not None:
            self.job.cancel()
            if not self._waits:
                self._ended()
