"""Tables of the mirrors: one for each dataset, its key, what is asked for, and the record as it came.

``record`` holds the record's canonical JSON, verbatim and whole; the other columns are made from it. ``version`` is
that of the catalogue which brought the record's present content.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from sqlalchemy import Column, Index, Integer, LargeBinary, Table, Text

from desktop.domain.library import Indicator
from desktop.domain.mirrors import PUBLIC_DATASETS, UNIT_DATASETS, KnownPayee
from desktop.storage.search import searchable
from desktop.storage.tables import metadata

# Column beside the key -> how it is made from the record's value.
Derived = Mapping[str, Callable[[Any], object]]


@dataclass(frozen=True, slots=True)
class MirrorTable:
    """How a dataset lies in the database.

    Attributes:
        record_class: The frozen class of one record.
        key: Fields that name a record; columns of the same names, `set` as `set_name`.
        derived: Columns made from the record for questions.
    """

    name: str
    table: Table
    record_class: type
    key: tuple[str, ...]
    derived: Derived

    def key_of(self, record: Mapping[str, object]) -> tuple[str, ...]:
        """Return the key of a record; a field with a default may be left out and counts as empty.

        Raises:
            KeyError: A field without a default is not there.
        """
        absent = _may_be_absent(self.record_class)
        return tuple(str(record.get(part, "") if part in absent else record[part]) for part in self.key)


@cache
def _may_be_absent(record_class: type) -> frozenset[str]:
    return frozenset(field.name for field in fields(record_class) if field.default == "")


def _table(name: str, key: tuple[str, ...], *columns: Column[Any] | Index) -> Table:
    return Table(
        f"mirror_{name}",
        metadata,
        *(Column(column_of(part), Text, nullable=False, primary_key=True) for part in key),
        *columns,
        Column("version", Integer, nullable=False),
        Column("record", LargeBinary, nullable=False),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def column_of(field: str) -> str:
    """Return the column of a key field."""
    return "set_name" if field == "set" else field


def _search_text() -> Column[str]:
    return Column("search", Text, nullable=False)


# ``id`` is the order of arrival. What is searched lies in `tables.library_index`.
indicator = Table(
    "mirror_indicator",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", Text, nullable=False, unique=True),
    Column("version", Integer, nullable=False),
    Column("record", LargeBinary, nullable=False),
    sqlite_strict=True,
)


def payee_search(one: KnownPayee) -> str:
    """Return what a search for a payee looks at."""
    return searchable(one.name, one.account, one.initials)


_TABLES: Mapping[str, tuple[tuple[Any, ...], Derived]] = {
    "code": ((), {}),
    "code_set": ((), {}),
    "economic_pair": ((), {}),
    "expenditure_standard": ((), {}),
    "asset_standard": ((), {}),
    "goal_case": ((), {}),
    "core_set": ((), {}),
    "weight_profile": ((), {}),
    "scoring_profile": ((), {}),
    "quant_model": ((), {}),
    "parameter": ((), {}),
    "unit_profile": ((), {}),
    "officer": ((), {}),
    "own_account": ((), {}),
    "payee": ((_search_text(),), {"search": payee_search}),
    "project": ((), {}),
    "ceiling": ((), {}),
    "last_year": ((), {}),
    "quota": ((), {}),
    "payment_result": (
        (Column("voucher_key", Text, nullable=False), Index("mirror_payment_result_by_voucher", "voucher_key")),
        {"voucher_key": lambda one: one.voucher_key},
    ),
}

_DATASETS: Mapping[str, tuple[type, tuple[str, ...]]] = {**PUBLIC_DATASETS, **UNIT_DATASETS}

MIRRORS: Mapping[str, MirrorTable] = {
    "indicator": MirrorTable(
        "indicator",
        indicator,
        Indicator,
        ("code",),
        {},
    ),
    **{
        name: MirrorTable(
            name, _table(name, _DATASETS[name][1], *columns), _DATASETS[name][0], _DATASETS[name][1], derived
        )
        for name, (columns, derived) in _TABLES.items()
    },
}
