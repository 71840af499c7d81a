"""Undo of whole contents, and saving after every step; the same for budgets, projects and goals.

A content is an immutable value, so a step remembers it before and after. What the grid does itself (rows added by
pasting, texts that could not be read) stays in the grid's own step; both lie in one macro.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack
from shiboken6 import isValid

from desktop.domain.document import Refused
from desktop.texts import tr
from desktop.ui.context import Context
from desktop.ui.grid.columns import ColumnSpec, SheetSource
from desktop.ui.grid.edits import Draft
from desktop.ui.grid.model import SheetModel
from desktop.usecases.ports import Books

RETRY_MS = 30_000
C = TypeVar("C")
R = TypeVar("R")


class Holder(Protocol[C]):
    """Who shows a content; `put` neither saves nor pushes a step."""

    def content(self) -> C: ...

    def put(self, content: C) -> None: ...


class ContentStep(QUndoCommand, Generic[C]):
    """The content before and after; either may be None when the other half of a macro brings it."""

    def __init__(self, holder: Holder[C], before: C | None, after: C | None, word: str = "") -> None:
        super().__init__(word)
        self._holder, self._before, self._after = holder, before, after

    def redo(self) -> None:
        if self._after is not None:
            self._holder.put(self._after)

    def undo(self) -> None:
        if self._before is not None:
            self._holder.put(self._before)


class ContentModel(SheetModel, Generic[C]):
    """A sheet whose every edit is one step that restores the whole content exactly.

    Args:
        holder: Has the content that the source shows.
        undo: The document's stack.
    """

    def __init__(
        self,
        columns: Sequence[ColumnSpec],
        source: SheetSource,
        holder: Holder[C],
        undo: QUndoStack,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(columns, source, undo, parent)
        self._holder = holder

    def write(self, wanted: Sequence[tuple[int, str, object]], text: str) -> int:
        if not wanted:
            return 0
        self.undo_stack.beginMacro(text)
        self.undo_stack.push(ContentStep(self._holder, self._holder.content(), None))
        unread = super().write(wanted, text)
        self.undo_stack.push(ContentStep(self._holder, None, self._holder.content()))
        self.undo_stack.endMacro()
        return unread

    def keep_unread(self, row: int, key: str, text: str, message: str) -> None:
        """Put a text that could not be read back into its cell of a source row, after the rows were set up anew."""
        self.put(row, key, None, Draft(text, message))
        self.refresh()

    def remove_rows(self, rows: Iterable[int]) -> int:
        wanted = list(rows)
        if not self.source.add_label() or all(self.is_add_row(row) for row in wanted):
            return 0
        self.undo_stack.beginMacro(tr("删除 {count} 行", count=len(wanted)))
        self.undo_stack.push(ContentStep(self._holder, self._holder.content(), None))
        removed = super().remove_rows(wanted)
        self.undo_stack.push(ContentStep(self._holder, None, self._holder.content()))
        self.undo_stack.endMacro()
        return removed


class Autosave(QObject, Generic[R]):
    """Writes at once what changed; what changes meanwhile is written right after, in one go.

    What the world refused stays on the screen and is tried again: with the next change, every half minute, on request.

    Args:
        context: Runs the work.
        work: Makes the piece of work for the present content.
        kept: Called with its result.
        failed: Called when the world refused it; the content stays on the screen.
        topic: Names what others must read again once it is written, empty for nothing.

    Signals:
        troubled(): `error` is another one now, or none.
        settled(): A writing is over, and nothing waits behind it.
        withheld(): Something was to be written while `held`.
    """

    troubled = Signal()
    settled = Signal()
    withheld = Signal()

    def __init__(
        self,
        context: Context,
        work: Callable[[], Callable[[Books], R]],
        kept: Callable[[R], None],
        failed: Callable[[Exception], None],
        parent: QObject | None = None,
        *,
        topic: Callable[[], str] = str,
    ) -> None:
        super().__init__(parent)
        self._context, self._work, self._kept, self._failed, self._topic = context, work, kept, failed, topic
        self._busy = self._again = False
        self._bug: Exception | None = None
        self.error: Exception | None = None
        self.held = False  # nothing is written: the books hold a newer document, which nobody here has looked at
        self.timer = QTimer(self)
        self.timer.setInterval(RETRY_MS)
        self.timer.timeout.connect(self.request)
        context.broken.connect(self._broken)

    def busy(self) -> bool:
        """Say whether something is being written."""
        return self._busy

    def waiting(self) -> bool:
        """Say whether something on the screen is not in the books: it is being written, or could not be."""
        return self._busy or self.error is not None

    def request(self) -> None:
        """Write the present content."""
        if self.held:
            self.withheld.emit()
            return
        if self._busy:
            self._again = True
            return
        self._busy = True
        # The context owns the work, not the page: what was typed is written even if the page goes meanwhile.
        self._context.run(self._context, self._watched(), self._written, self._not_written, changes=self._topic())

    def finish(self) -> None:
        """Write what waits behind a writing that goes on, or could not be written; nobody hears of the result."""
        if not self.held and (self._again or self.error is not None):
            self.forget()
            self._context.run(self._context, self._work(), lambda result: None, changes=self._topic())

    def forget(self) -> None:
        """Let go of what waits or could not be written: another step writes it, or the user gives it up."""
        self._again = False
        self._trouble(None)

    def refused(self, error: Exception) -> None:
        """Take that another step, which was to write the content as well, failed: it is still not in the books."""
        self._trouble(error)
        self._failed(error)

    def settle(self) -> None:
        """Wait until nothing is being written any more; what the user does meanwhile waits."""
        if self._busy:
            loop = QEventLoop()
            self.settled.connect(loop.quit)
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    def _watched(self) -> Callable[[Books], R]:
        """Return the work, which leaves its own error behind: a bug comes back for the whole window alone."""
        work = self._work()

        def watched(books: Books) -> R:
            try:
                return work(books)
            except Exception as error:
                self._bug = error
                raise

        return watched

    def _written(self, result: R) -> None:
        if not isValid(self):
            return
        self._busy = False
        self._trouble(None)
        if self._again:
            self._again = False
            self.request()
        self._kept(result)
        if not self._busy:
            self.settled.emit()

    def _not_written(self, error: Exception) -> None:
        if not isValid(self):
            return
        self._busy = self._again = False
        self._trouble(error)
        self._failed(error)
        self.settled.emit()

    def _broken(self, error: object) -> None:
        if self._busy and error is self._bug and isinstance(error, Exception):
            self._not_written(error)

    def _trouble(self, error: Exception | None) -> None:
        if error is None:
            self.timer.stop()
        elif not isinstance(error, Refused):  # the rules say the same in half a minute; a disk may have room then
            self.timer.start()
        if error is not None or self.error is not None:
            self.error = error
            self.troubled.emit()
