"""The table of a quantification model: a column for each measured input, a row for each plot or answer."""

from collections.abc import Callable, Mapping, Sequence

from desktop.domain.problem import Problem
from desktop.domain.quant_model import MOST_ROWS, QuantInput
from desktop.texts import tr
from desktop.texts.problems import describe
from desktop.ui.grid.columns import NO_MARK, TAKEN, ColumnSpec, Mark, Outcome, SheetSource

_LEAST_ROWS = 3


def model_columns(inputs: Sequence[QuantInput]) -> tuple[ColumnSpec, ...]:
    """Return a number column, then one for each input with its unit."""
    return (
        ColumnSpec("row", tr("序号"), "index", 44),
        *(
            ColumnSpec(one.name, f"{one.name}（{one.unit}）" if one.unit else one.name, width=128, editable=True,
                       align="right", stretch=1, filter=False)
            for one in inputs
        ),
    )


class ModelTable(SheetSource):
    """Typed texts by input; the model reads and judges them."""

    def __init__(self, inputs: Sequence[QuantInput], changed: Callable[[], None]) -> None:
        self._names = tuple(one.name for one in inputs)
        self._changed = changed
        self._marks: Mapping[tuple[int, str], Mark] = {}
        self._rows: list[dict[str, str]] = [{} for _ in range(_LEAST_ROWS)]

    def fill(self, typed: Mapping[str, Sequence[str]]) -> None:
        """Show what was typed before."""
        count = max((len(cells) for cells in typed.values()), default=0)
        self._rows = [{name: cells[at] for name, cells in typed.items() if at < len(cells)} for at in range(count)]
        self._rows += [{} for _ in range(_LEAST_ROWS - count)]

    def typed(self) -> dict[str, tuple[str, ...]]:
        """Return the columns as typed, as long as the table."""
        return {name: tuple(row.get(name, "") for row in self._rows) for name in self._names}

    def show_problems(self, problems: Sequence[Problem], left_out: Sequence[int]) -> None:
        """Mark the cells that the model objects to, and the rows that do not count."""
        marks: dict[tuple[int, str], Mark] = {}
        for row in left_out:
            marks |= {(row, name): Mark("info", tr("这一行数量太少，不参加计算")) for name in self._names}
        for problem in problems:
            name, _, row_text = problem.where.removeprefix("inputs.").partition("[")
            if name in self._names and row_text:
                text = describe(problem)
                marks[int(row_text[:-1]), name] = Mark("error", f"{text.sentence}\n{text.advice}")
        self._marks = marks

    def row_count(self) -> int:
        return len(self._rows)

    def value(self, row: int, key: str) -> object:
        return row + 1 if key == "row" else self._rows[row].get(key, "")

    def set_value(self, row: int, key: str, value: object) -> Outcome:
        self._rows[row][key] = str(value or "").strip()
        self._changed()
        return TAKEN

    def mark(self, row: int, key: str) -> Mark:
        return self._marks.get((row, key), NO_MARK)

    def add_label(self) -> str:
        return tr("在此加一行") if len(self._rows) < MOST_ROWS else ""

    def insert_row(self, at: int) -> None:
        self._rows.insert(at, {})
        self._changed()

    def remove_row(self, at: int) -> None:
        del self._rows[at]
        self._changed()
