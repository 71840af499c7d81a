"""From a foreign table to what importing it would do, off the books: the same for the window and the command line."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from desktop.domain.fault import Fault
from desktop.domain.importing.effect import Effect, effect_of
from desktop.domain.importing.header import Recognition
from desktop.domain.importing.money_unit import UnitDoubt, doubt_of_size, said_unit
from desktop.domain.importing.precheck import Checked, Skipped, Source, check_row, check_rows, key_of, rows_of
from desktop.domain.importing.table import Table
from desktop.domain.importing.target import ImportTarget, Kind
from desktop.domain.importing.values import Flaw, Reading, Value
from desktop.usecases.import_desk import ImportDesk


@dataclass(frozen=True, slots=True)
class Judged:
    """What the check found.

    Attributes:
        rows: Every row, read.
        skipped: What of the sheet is no row.
        doubt: Why the amounts may not be in yuan; None once that was decided.
    """

    rows: tuple[Checked, ...] = ()
    skipped: Skipped = field(default_factory=Skipped)
    doubt: UnitDoubt | None = None


@dataclass(frozen=True, slots=True)
class ReadingPlan:
    """How a table is to be read.

    Attributes:
        fixed: Values for columns that the table lacks.
        typed: Row number to column key to the text typed over the file's.
        unit_settled: Somebody has decided about the unit of money.
    """

    table: Table
    recognition: Recognition
    reading: Reading
    fixed: Mapping[str, Value] = field(default_factory=dict)
    typed: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    unit_settled: bool = False


def best_table(tables: Sequence[Table], target: ImportTarget) -> int:
    """Return the place of our own template, else of the first sheet that is seen, else of the first."""
    ours = next((at for at, table in enumerate(tables) if table.marker == target.key), None)
    seen = next((at for at, table in enumerate(tables) if not table.hidden), 0)
    return seen if ours is None else ours


def refuse_too_many(rows: int, source: str, target: ImportTarget) -> None:
    """Refuse more rows than one import may bring.

    Raises:
        Fault: I-TOO_MANY.
    """
    if rows > target.most_rows:
        facts = {"file": source, "rows": f"{rows:,}", "target": target.title, "limit": f"{target.most_rows:,}"}
        raise Fault("I-TOO_MANY", **facts)


def judge(
    plan: ReadingPlan, desk: ImportDesk, source: str, tick: Callable[[int, int], None] = lambda done, total: None
) -> tuple[Judged, Effect]:
    """Read every row and compare the good ones with what is there.

    Args:
        plan: The table and how to read it.
        desk: What the rows are compared with.
        source: Name of the file.
        tick: Called with rows done and rows in all; may raise to stop.

    Raises:
        Fault: I-TOO_MANY.
    """
    cut = rows_of(plan.table, plan.recognition.bottom, plan.recognition.mapping())
    refuse_too_many(len(cut.sources), source, desk.target)
    sources = [_retyped(one, plan.typed.get(one.number)) for one in cut.sources]
    rows = check_rows(sources, desk.target, plan.reading, plan.fixed, desk.finish, tick)
    doubt = None if plan.unit_settled else _doubt(plan, rows, desk)
    return Judged(rows, cut.skipped, doubt), effect_of(rows, desk.target, desk.present)


def judge_row(
    source: Source, rows: Sequence[Checked], desk: ImportDesk, reading: Reading, fixed: Mapping[str, Value]
) -> Checked:
    """Read one row again, after it was typed into; the others stay as they were read."""
    row = check_row(source, desk.target, reading, fixed)
    if row.flaws:
        return row
    values, flaws = desk.finish(row.values)
    row = replace(row, values=values, flaws=tuple(flaws))
    if row.flaws or desk.target.repeats:
        return row
    key = key_of(values, desk.target)
    others = (one for one in rows if one.source.number != source.number and not one.flaws)
    same = next((one for one in others if key_of(one.values, desk.target) == key), None)
    if same is None:
        return row
    return replace(row, flaws=(Flaw("I-16", desk.target.key_columns[0], {"row": str(same.source.number)}),))


def _retyped(source: Source, cells: Mapping[str, str] | None) -> Source:
    for key, text in (cells or {}).items():
        source = source.with_cell(key, text)
    return source


def _doubt(plan: ReadingPlan, rows: Sequence[Checked], desk: ImportDesk) -> UnitDoubt | None:
    amounts = {column.key for column in desk.target.columns if column.kind is Kind.AMOUNT}
    titles = [guess.title for guess in plan.recognition.guesses if guess.key in amounts]
    said = said_unit(plan.table, titles, plan.recognition.bottom)
    if said is not None:
        return said
    pairs: list[tuple[Decimal, Decimal]] = []
    for row in rows:
        amount = row.values.get("amount")
        usual = desk.usual.get(key_of(row.values, desk.target)) or desk.usual.get(())
        if usual is not None and isinstance(amount, Decimal):
            pairs.append((amount, usual))
    return doubt_of_size(pairs)
