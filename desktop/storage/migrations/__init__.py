"""Numbered, frozen steps from an empty file to today's tables. A released step is never edited; a change is a new step.

The number of the last step done lies in ``PRAGMA user_version``. Statements stand in SQL files, separated by blank
lines.
"""

from collections.abc import Callable, Sequence
from importlib.resources import files
from typing import Protocol

from desktop.storage.faults import WorkspaceFault

_FILES = tuple(f"step_{number:04d}.sql" for number in range(1, 8))


class Driver(Protocol):
    """A connection of the database driver, with ``isolation_level=None``."""

    def execute(self, sql: str, /) -> "Cursor": ...


class Cursor(Protocol):
    """What a statement gives back."""

    def fetchone(self) -> tuple[int, ...]: ...


def steps() -> list[list[str]]:
    """Return the statements of every step, oldest first."""
    folder = files(__name__)
    texts = [(folder / name).read_text(encoding="utf-8") for name in _FILES]
    return [[part for part in text.split("\n\n") if _is_statement(part)] for text in texts]


def version_of(db: Driver) -> int:
    """Return how many steps the file has seen."""
    return db.execute("PRAGMA user_version").fetchone()[0]


def upgrade(db: Driver, wanted: Sequence[Sequence[str]], back_up: Callable[[int], None]) -> None:
    """Bring the file to the last step, a whole step or nothing of it.

    Args:
        db: No transaction is open.
        wanted: All steps, `steps()`.
        back_up: Called with the file's version before the first step on a file that holds data.

    Raises:
        WorkspaceFault: WORKSPACE_TOO_NEW when the file has seen more steps than these; it was not touched.
    """
    found = version_of(db)
    if found > len(wanted):
        raise WorkspaceFault("WORKSPACE_TOO_NEW", found=str(found), known=str(len(wanted)))
    if 0 < found < len(wanted):
        back_up(found)
    for number, statements in enumerate(wanted[found:], start=found + 1):
        db.execute("BEGIN IMMEDIATE")
        try:
            for statement in (*statements, f"PRAGMA user_version = {number}", "COMMIT"):
                db.execute(statement)
        except BaseException:
            db.execute("ROLLBACK")
            raise


def _is_statement(part: str) -> bool:
    return any(line.strip() and not line.startswith("--") for line in part.splitlines())
