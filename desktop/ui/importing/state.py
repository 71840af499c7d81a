"""How far an import has come: all of it as one value that can be kept in the books and gone on with."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from desktop.domain.importing.header import Recognition
from desktop.domain.importing.table import Cell, Row, Table

FILE, COLUMNS, CHECK, EFFECT, DONE = range(5)
MOST_KEPT_CELLS = 400_000  # beyond, only the file's name is kept


@dataclass(frozen=True, slots=True)
class WizardState:
    """Everything the user gave or decided.

    Attributes:
        source: Name of the file, or 剪贴板.
        tables: Sheets of the file; one alone after going on later.
        chosen: Place of the sheet in ``tables``.
        fixed: Column key to the text that stands in every row.
        typed: Row number to column key to the text typed over the file's.
        factor: What amounts are multiplied by.
        unit_settled: The user has decided about the unit of money.
        round_fen: Parts of a fen are rounded.
        repeats: Rows that are there already are wanted a second time.
        step: Where the wizard stands.
    """

    source: str = ""
    tables: tuple[Table, ...] = ()
    chosen: int = 0
    recognition: Recognition | None = None
    fixed: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    factor: Decimal = Decimal(1)
    unit_settled: bool = False
    round_fen: bool = False
    repeats: bool = False
    step: int = FILE

    @property
    def table(self) -> Table | None:
        """The sheet that is imported."""
        return self.tables[self.chosen] if self.tables else None

    def with_typed(self, row: int, key: str, text: str) -> "WizardState":
        """Return the state with a cell typed over."""
        return replace(self, typed={**self.typed, row: {**self.typed.get(row, {}), key: text}})


def as_kept(state: WizardState) -> dict[str, object] | None:
    """Return the state as JSON's kinds; None when there is nothing to go on with, or too much to keep."""
    table = state.table
    if table is None or state.recognition is None or state.step == DONE:
        return None
    if len(table.rows) * table.width > MOST_KEPT_CELLS:
        return None
    return {
        "source": state.source,
        "name": table.name,
        "rows": [[_cell(cell) for cell in row] for row in table.rows],
        "first": [table.first_row, table.first_column],
        "marker": table.marker,
        "merged": [list(area) for area in table.merged],
        "head": [state.recognition.top, state.recognition.bottom],
        "layout": state.recognition.memory(),
        "fixed": dict(state.fixed),
        "typed": {str(row): dict(cells) for row, cells in state.typed.items()},
        "factor": str(state.factor),
        "settled": state.unit_settled,
        "round": state.round_fen,
        "repeats": state.repeats,
        "step": state.step,
    }


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept: the state without its recognition, which the head and the layout bring back."""

    state: WizardState
    head: tuple[int, int]
    layout: Mapping[str, str]


def from_kept(kept: Mapping[str, object]) -> Kept | None:
    """Return what `as_kept` kept; None when it cannot be read any more."""
    try:
        return _from_kept(dict(kept))
    except (KeyError, TypeError, ValueError, ArithmeticError, IndexError):
        return None


def _from_kept(kept: dict[str, object]) -> Kept:
    rows, first, head = _list(kept["rows"]), _list(kept["first"]), _list(kept["head"])
    table = Table(
        str(kept["name"]),
        tuple(_row(row) for row in rows),
        int(str(first[0])),
        int(str(first[1])),
        marker=str(kept["marker"]),
        merged=tuple(_area(area) for area in _list(kept["merged"])),
    )
    state = WizardState(
        str(kept["source"]),
        (table,),
        fixed=_texts(kept["fixed"]),
        typed={int(row): _texts(cells) for row, cells in _dict(kept["typed"]).items()},
        factor=Decimal(str(kept["factor"])),
        unit_settled=bool(kept["settled"]),
        round_fen=bool(kept["round"]),
        repeats=bool(kept["repeats"]),
        step=min(max(int(str(kept["step"])), COLUMNS), EFFECT),
    )
    return Kept(state, (int(str(head[0])), int(str(head[1]))), _texts(kept["layout"]))


def _cell(cell: Cell) -> object:
    if isinstance(cell, bool) or cell is None or isinstance(cell, str):
        return cell
    return {"n": str(cell)} if isinstance(cell, Decimal) else {"d": cell.isoformat()}


def _row(row: object) -> Row:
    return tuple(_read(cell) for cell in _list(row))


def _read(cell: object) -> Cell:
    if isinstance(cell, dict):
        return Decimal(cell["n"]) if "n" in cell else date.fromisoformat(cell["d"])
    if cell is None or isinstance(cell, (str, bool)):
        return cell
    raise TypeError(cell)


def _area(area: object) -> tuple[int, int, int, int]:
    top, left, bottom, right = (int(str(edge)) for edge in _list(area))
    return top, left, bottom, right


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError(value)
    return value


def _dict(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise TypeError(value)
    return value


def _texts(value: object) -> dict[str, str]:
    return {str(key): str(text) for key, text in _dict(value).items()}
