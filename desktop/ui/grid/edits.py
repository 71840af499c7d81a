"""Changes of a table as undo steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import SignalInstance
from PySide6.QtGui import QUndoCommand


@dataclass(frozen=True, slots=True)
class Draft:
    """A text that could not be read or was not taken, and why."""
    text: str
    message: str


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell before and after; a draft stands for text that could not be read."""
    row: int
    key: str
    old: object
    old_draft: Draft | None
    new: object
    new_draft: Draft | None


class Changeable(Protocol):
    """What a command needs of its model."""
    edited: SignalInstance

    def put(self, row: int, key: str, value: object, draft: Draft | None) -> None: ...

    def add_rows(self, at: int, count: int) -> None: ...

    def drop_rows(self, at: int, count: int) -> None: ...

    def refresh(self) -> None: ...


class SheetCommand(QUndoCommand):
    """Cells written together, with the rows that had to be added for them."""

    def __init__(self, model: Changeable, changes: Sequence[CellChange], at: int, added: int, text: str) -> None:
        super().__init__(text)
        self._model, self._changes, self._at, self._added = model, tuple(changes), at, added

    def redo(self) -> None:
        self._model.add_rows(self._at, self._added)
        for change in self._changes:
            self._model.put(change.row, change.key, change.new, change.new_draft)
        self._tell()

    def undo(self) -> None:
        for change in reversed(self._changes):
            if change.row < self._at or not self._added:
                self._model.put(change.row, change.key, change.old, change.old_draft)
        self._model.drop_rows(self._at, self._added)
        self._tell()

    def _tell(self) -> None:
        self._model.refresh()
        self._model.edited.emit()


class RemoveCommand(QUndoCommand):
    """Lines taken away; undo brings them back with what the user had typed into them."""

    def __init__(self, model: Changeable, lines: Sequence[Sequence[CellChange]], text: str) -> None:
        super().__init__(text)
        self._model, self._lines = model, tuple(tuple(line) for line in lines)

    def redo(self) -> None:
        for line in reversed(self._lines):
            self._model.drop_rows(line[0].row, 1)
        self._tell()

    def undo(self) -> None:
        for line in self._lines:
            self._model.add_rows(line[0].row, 1)
            for change in line:
                self._model.put(change.row, change.key, change.old, None)
                if change.old_draft is not None:
                    self._model.put(change.row, change.key, change.old, change.old_draft)
        self._tell()

    def _tell(self) -> None:
        self._model.refresh()
        self._model.edited.emit()
