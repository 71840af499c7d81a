"""What use cases and windows need of table files; the composition root gives it."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from desktop.domain.goal_form.layout import GoalForm
from desktop.domain.importing.outgoing import FormSheet, OutTable
from desktop.domain.importing.table import Table


class TableFiles(Protocol):
    """Reads foreign tables and writes ours; raises `Fault` T-… and X-…."""

    def read(self, path: Path, tick: Callable[[], None]) -> list[Table]:
        """Return the sheets of a file that hold something."""
        ...

    def clipboard(self, text: str, html: str) -> list[Table]:
        """Return the tables of what was copied."""
        ...

    def write(self, path: Path, table: OutTable, tick: Callable[[int, int], None]) -> None:
        """Write a table as xlsx, whole or not at all."""
        ...

    def write_template(self, path: Path, form: FormSheet) -> None:
        """Write an empty form."""
        ...

    def write_goal_form(self, path: Path, form: GoalForm) -> None:
        """Write 项目支出绩效目标申报表 with the official columns."""
        ...
