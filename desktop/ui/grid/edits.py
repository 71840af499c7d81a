"""Changes of a table as undo steps."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from PySide6.QtCore import SignalInstance
from PySide6.QtGui import QUndoCommand

from desktop.ui.grid.columns import ColumnSpec, SheetSource, Unreadable, read


@dataclass(frozen=True, slots=True)
class Draft:
    """A text that could not be read or was not taken, and why."""
    text: str
    message: str


def read_or_draft(spec: ColumnSpec, text: str, names: dict[str, Decimal] | None = None) -> object:
    """Return the value that a text gives in a column, or a draft with the reason why it gives none."""
    try:
        return read(spec, text, names)
    except Unreadable as problem:
        return Draft(text, str(problem))


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell of a source row before and after; a draft stands for text that could not be read."""
    row: int
    key: str
    old: object
    old_draft: Draft | None
    new: object
    new_draft: Draft | None


Written = tuple[int, str, object, Draft | None]


class Changeable(Protocol):
    """What a command needs of its model; rows are source rows."""
    edited: SignalInstance
    stepped: SignalInstance
    source: SheetSource

    def put_all(self, cells: Sequence[Written], *, drafts_only: bool = False) -> None: ...

    def add_rows(self, at: int, count: int) -> None: ...

    def drop_rows(self, at: int, count: int) -> None: ...

    def refresh(self) -> None: ...


class _Step(QUndoCommand):
    """A step that remembers the source's whole state, where the source can give it; undo is exact then."""

    def __init__(self, model: Changeable, text: str, rows: Sequence[int]) -> None:
        super().__init__(text)
        self._model, self._rows, self._done = model, tuple(rows), False
        self._before: object = model.source.snapshot()
        self._after: object = None

    def redo(self) -> None:
        """Do it, or do it again."""
        self.forwards()
        if self._done and self._after is not None:
            self._model.source.restore(self._after)
        self._after, again, self._done = self._model.source.snapshot(), self._done, True
        self._tell(again=again)

    def undo(self) -> None:
        """Take it back."""
        self.backwards()
        if self._before is not None:
            self._model.source.restore(self._before)
        self._tell(again=True)

    @property
    def exact(self) -> bool:
        """Tell whether the source brings its own state back, so that values need not be written."""
        return self._before is not None

    def forwards(self) -> None:
        """Change rows and cells."""
        raise NotImplementedError

    def backwards(self) -> None:
        """Change them back."""
        raise NotImplementedError

    def _tell(self, *, again: bool) -> None:
        self._model.refresh()
        self._model.edited.emit()
        if again:
            self._model.stepped.emit(self._rows)


class SheetCommand(_Step):
    """Cells written together, with the rows that had to be added for them."""

    def __init__(self, model: Changeable, changes: Sequence[CellChange], at: int, added: int, text: str) -> None:
        super().__init__(model, text, sorted({change.row for change in changes}))
        self._changes, self._at, self._added = tuple(changes), at, added

    def forwards(self) -> None:
        self._model.add_rows(self._at, self._added)
        self._model.put_all([(change.row, change.key, change.new, change.new_draft) for change in self._changes])

    def backwards(self) -> None:
        self._model.put_all([(change.row, change.key, change.old, change.old_draft)
                             for change in reversed(self._changes) if change.row < self._at or not self._added],
                            drafts_only=self.exact)
        self._model.drop_rows(self._at, self._added)


class RemoveCommand(_Step):
    """Lines taken away; undo brings them back, with the texts that could not be read."""

    def __init__(self, model: Changeable, lines: Sequence[Sequence[CellChange]], text: str) -> None:
        super().__init__(model, text, [line[0].row for line in lines])
        self._lines = tuple(tuple(line) for line in lines)

    def forwards(self) -> None:
        for first, count in reversed(self._blocks()):
            self._model.drop_rows(first, count)

    def backwards(self) -> None:
        for first, count in self._blocks():
            self._model.add_rows(first, count)
        cells = [change for line in self._lines for change in line]
        self._model.put_all([(change.row, change.key, change.old, None) for change in cells], drafts_only=self.exact)
        self._model.put_all([(change.row, change.key, change.old, change.old_draft) for change in cells
                             if change.old_draft is not None])

    def _blocks(self) -> list[tuple[int, int]]:
        blocks: list[tuple[int, int]] = []
        for line in self._lines:
            if blocks and sum(blocks[-1]) == line[0].row:
                blocks[-1] = blocks[-1][0], blocks[-1][1] + 1
            else:
                blocks.append((line[0].row, 1))
        return blocks


class NamedStep(QUndoCommand):
    """A big step of a page (运算, 取上年数, an import) as one step: how to do it and how to take it back."""

    def __init__(self, text: str, redo: Callable[[], None], undo: Callable[[], None]) -> None:
        super().__init__(text)
        self._redo, self._undo = redo, undo

    def redo(self) -> None:
        self._redo()

    def undo(self) -> None:
        self._undo()
