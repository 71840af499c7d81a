"""The datasets of catalogues, and the fields that make a record's key.

The same sets are the mirrors of a client; a record's other fields are the client's and the rules' business.
"""

import re
from collections.abc import Mapping
from typing import Any

from sync import canonical
from sync.catalogue import record_key

SCHEMA = "1.0"

PUBLIC_DATASETS: Mapping[str, tuple[str, ...]] = {
    "code": ("set", "code", "from_year"),
    "code_set": ("set",),
    "economic_pair": ("dept", "unit_kind", "from_year"),
    "expenditure_standard": ("standard", "item", "scope", "grade", "from_year"),
    "asset_standard": ("kind", "item", "asset_code", "grade", "from_year"),
    "indicator": ("code",),
    "goal_case": ("code",),
    "core_set": ("code",),
    "weight_profile": ("code",),
    "scoring_profile": ("code",),
    "quant_model": ("code",),
    "parameter": ("name",),
}
UNIT_DATASETS: Mapping[str, tuple[str, ...]] = {
    "unit_profile": ("unit_code",),
    "officer": ("id",),
    "own_account": ("number",),
    "payee": ("name", "account"),
    "project": ("key",),
    "ceiling": ("id",),
    "last_year": ("id",),
    "quota": ("id",),
    "payment_result": ("result_no",),
}

# Key fields that a record may leave out: it then holds for every one.
MAY_BE_ABSENT = frozenset({"from_year", "scope", "grade", "asset_code"})

YEARS = ("from_year", "to_year")  # four digits where they are there
_YEAR = re.compile(r"(?:[0-9]{4})?")

Record = Mapping[str, Any]


def key_of(dataset: str, record: Record) -> str:
    """Give a record's key. Fields at its end that are absent are no part of it, so that older keys stay what they were.

    Raises:
        ValueError: No such dataset, a key field is missing or no text, or a year is none.
    """
    fields = {**PUBLIC_DATASETS, **UNIT_DATASETS}.get(dataset)
    if fields is None:
        raise ValueError(f"no dataset {dataset}")
    values = [record.get(name, "") for name in fields]
    for name, value in zip(fields, values, strict=True):
        if not isinstance(value, str) or not (value or name in MAY_BE_ABSENT):
            raise ValueError(f"{dataset}: a record without {name}")
    if not all(_YEAR.fullmatch(str(record.get(name, ""))) for name in YEARS):
        raise ValueError(f"{dataset}: a year without four digits")
    while not values[-1]:
        values.pop()
    return record_key(values)


def encoded(record: Record) -> bytes:
    """Give a record's canonical bytes; absent values are left out."""
    return canonical.encode({name: value for name, value in record.items() if value is not None})
