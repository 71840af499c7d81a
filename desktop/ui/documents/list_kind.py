"""What one kind of documents' list is made of, as data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from desktop.domain.head import Kind
from desktop.domain.mirrors import CodeEntry
from desktop.texts import tr
from desktop.ui.grid.columns import ColumnSpec
from desktop.usecases.lists import BIN
from desktop.usecases.ports import Books, DocumentRow

TABS = (("ALL", tr("全部")), ("DRAFT", tr("草稿")), ("ERRORS", tr("有错误")), ("PRESENTED", tr("待复核")),
        ("CHECKED", tr("待签章")), ("SIGNED", tr("可报送")), ("SEALED", tr("待同步")), ("SENT", tr("已送达")),
        ("RETURNED", tr("已退回")), ("DONE", tr("已办结")), ("VOIDED", tr("已作废")), (BIN, tr("回收站")))
URGENT = ("ERRORS", "RETURNED")


@dataclass(frozen=True, slots=True)
class Names:
    """What lists show instead of ids and codes; ``unit`` is the unit's name, ``head_from`` in yuan: from it on the
    unit's head signs too."""

    unit: str
    officers: Mapping[str, str]
    economics: Mapping[str, CodeEntry]
    head_from: Decimal


@dataclass(frozen=True, slots=True)
class ListKind:
    """A list, described.

    Attributes:
        key: Name of its page; its columns' layout is remembered under it.
        kinds: What it lists.
        title: Over it.
        noun: What one of them is called, "支付申请".
        measure: Its measure word, 张 or 份.
        hint: In the search field: what is searched.
        columns: Without the ticks and the state, which every list has.
        value: What a cell of these columns holds: (row, key, names, today).
        of_budget: Its documents belong to the year that the budget is made for.
    """

    key: str
    kinds: tuple[Kind, ...]
    title: str
    noun: str
    measure: str
    hint: str
    columns: tuple[ColumnSpec, ...]
    value: Callable[[DocumentRow, str, Names, str], object]
    icon: str = "document"
    of_budget: bool = False


def read_names(books: Books) -> Names:
    """Read the names that lists show."""
    with books:
        return Names(
            unit=books.mirrors.unit().name,
            officers={officer.id: officer.name for officer in books.mirrors.officers()},
            economics=books.mirrors.codes("DEPT_ECONOMIC"),
            head_from=books.mirrors.parameters().number("second_signer_from"),
        )


def day_words(day: str, today: str) -> str:
    """Return an ISO day as lists show it: 11-20 in the current year."""
    return day[5:] if day[:4] == today[:4] else day[2:]


def moment_words(at: str, today: str) -> str:
    """Return a moment as lists show it: the time of today, the day of any other."""
    return at[11:16] if at[:10] == today else day_words(at[:10], today)


def people_words(row: DocumentRow, names: Names) -> str:
    """Return "经办 / 复核" by their names."""
    checker = names.officers.get(row.signers[0], "—") if row.signers else "—"
    return f"{names.officers.get(row.maker, '—')} / {checker}"
