"""What an import reads before it starts, and what it leaves behind so that it can be taken back."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from desktop.domain.code_tables import CodeTable, is_leaf
from desktop.domain.importing.effect import Planned, Present
from desktop.domain.importing.target import CodeList, Ended, ImportTarget, Item
from desktop.domain.importing.values import Flaw, Reading, Value
from desktop.domain.mirrors import CodeEntry
from desktop.usecases.ports import Books
from desktop.usecases.seat import Seat

Values = Mapping[str, Value]
Key = tuple[Value, ...]
Tick = Callable[[int, int], None]


def _as_they_are(values: Values) -> tuple[Values, Sequence[Flaw]]:
    return values, ()


@dataclass(frozen=True, slots=True)
class ImportDesk:
    """Everything that reading and comparing rows needs; read once, used off the books.

    Attributes:
        subject: Doc id of the document that rows go into; empty when each row becomes one.
        subject_words: Names it for people.
        present: What is there, by the key of a row.
        usual: What the amount of a row usually is, yuan, by its key; ``()`` for a row without one of its own.
        finish: As in `desktop.domain.importing.precheck.check_rows`.
    """

    target: ImportTarget
    reading: Reading
    subject: str = ""
    subject_words: str = ""
    present: Mapping[Key, Present] = field(default_factory=dict)
    usual: Mapping[Key, Decimal] = field(default_factory=dict)
    finish: Callable[[Values], tuple[Values, Sequence[Flaw]]] = _as_they_are


@dataclass(frozen=True, slots=True)
class Written:
    """What one import wrote.

    Attributes:
        items: As JSON, what is needed to take it back.
        with_errors: Documents that rules find errors in; they are there all the same.
        documents: Doc ids that were made or changed.
    """

    items: list[dict[str, object]]
    documents: tuple[str, ...]
    with_errors: int = 0


@dataclass(frozen=True, slots=True)
class Importer:
    """How one target reads, writes and takes back; each works inside a ``with books`` of the caller.

    Attributes:
        read: (books, seat, year, today, subject) to the desk.
        write: (books, seat, desk, rows, why, today, tick) to what was written; ``tick`` gets rows done and in all, and
            may raise to stop.
        take_back: (books, seat, desk's subject, items); `Fault` I-CHANGED when something has changed since.
        page: Where the result is seen.
    """

    read: Callable[[Books, Seat, int, date, str], ImportDesk]
    write: Callable[[Books, Seat, ImportDesk, Sequence[Planned], str, date, Tick], Written]
    take_back: Callable[[Books, Seat, str, Sequence[Mapping[str, object]]], None]
    page: str


def code_list(table: Mapping[str, CodeEntry]) -> CodeList:
    """Return a code table as a list to pick from; 一、 before a name is no part of it."""
    items = tuple(
        Item(entry.code, entry.name, (entry.name.partition("、")[2],) if "、" in entry.name else (), entry.leaf)
        for entry in table.values()
    )
    ended = table.ended() if isinstance(table, CodeTable) else ()
    return CodeList(items, tuple(Ended(one.code, one.name, one.to_year, _instead(one, table)) for one in ended))


def _instead(ended: CodeEntry, table: Mapping[str, CodeEntry]) -> str:
    return f"{ended.successor} {table[ended.successor].name}" if is_leaf(ended.successor, table) else ""


def text(values: Values, key: str) -> str:
    """Return a text value, empty for none."""
    value = values.get(key)
    return value if isinstance(value, str) else ""


def yuan(values: Values, key: str) -> Decimal:
    """Return an amount, zero for none."""
    value = values.get(key)
    return value if isinstance(value, Decimal) else Decimal("0.00")


def as_json(value: object) -> str:
    """Return a value of JSON's kinds as short text."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
