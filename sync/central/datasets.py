"""The datasets of catalogues, and the fields that make a record's key.

The same sets are the mirrors of a client; a record's other fields are the client's and the rules' business.
"""

from collections.abc import Mapping
from typing import Any

from sync import canonical
from sync.catalogue import record_key

SCHEMA = "1.0"

PUBLIC_DATASETS: Mapping[str, tuple[str, ...]] = {
    "code": ("set", "code"),
    "economic_pair": ("dept", "unit_kind"),
    "indicator": ("code",),
    "goal_case": ("code",),
    "core_set": ("code",),
    "weight_profile": ("code",),
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

Record = Mapping[str, Any]


def key_of(dataset: str, record: Record) -> str:
    """Give a record's key.

    Raises:
        ValueError: No such dataset, or a key field is missing or no text.
    """
    fields = {**PUBLIC_DATASETS, **UNIT_DATASETS}.get(dataset)
    if fields is None:
        raise ValueError(f"no dataset {dataset}")
    values = [record.get(name) for name in fields]
    if not all(isinstance(value, str) and value for value in values):
        raise ValueError(f"{dataset}: a record without {', '.join(fields)}")
    return record_key(str(value) for value in values)


def encoded(record: Record) -> bytes:
    """Give a record's canonical bytes; absent values are left out."""
    return canonical.encode({name: value for name, value in record.items() if value is not None})
