"""The public tables that ship with the program, as a platform publishes them.

They let a new platform, a rehearsal and the tests start with real codes and a real indicator library. They are never
read in place of the mirrors: what the bureau's platform has published always wins. What each file is, how sure it is
and how it is edited: resources/reference/README.md.
"""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields
from typing import Any

import zstandard

import resources
from desktop.domain.mirrors import CodeEntry, EconomicPair, Indicator, Parameter, WeightProfile

Record = dict[str, Any]

_FOLDER = "reference"
# Set of `CodeEntry` -> the file that holds it.
_CODE_FILES = {
    "FUNCTION": "function_codes.csv",
    "DEPT_ECONOMIC": "dept_economic_codes.csv",
    "GOV_ECONOMIC": "gov_economic_codes.csv",
    "FUND_NATURE": "fund_natures.csv",
    "FUND_SOURCE": "fund_sources.csv",
    "INCOME_ITEM": "income_items.csv",
}
_FLAGS = {"0": False, "1": True}


def public_datasets() -> dict[str, list[Record]]:
    """Read every dataset of `desktop.domain.mirrors.PUBLIC_DATASETS`.

    Returns:
        Dataset name -> records of the JSON profile, new at each call: flags are ``bool``, counts ``int``, points
        decimal strings, lists of codes ``list``, all else text. A field that is empty and has a default in its class
        is left out. Records keep the order of the files.
    """
    codes = [
        {"set": name, **record} for name, file in _CODE_FILES.items() for record in _records(CodeEntry, file, ("set",))
    ]
    return {
        "code": codes,
        "economic_pair": _records(EconomicPair, "economic_pairs.csv"),
        "indicator": _records(Indicator, "indicators.csv.zst"),
        "weight_profile": _records(WeightProfile, "weight_profiles.csv"),
        "parameter": _records(Parameter, "parameters.csv"),
    }


def _records(record_class: type, file: str, given: tuple[str, ...] = ()) -> list[Record]:
    """Read a file whose columns are named after the fields of the class; other columns are remarks.

    Args:
        given: Fields that the caller adds.
    """
    rows = _rows(file)
    at = {name: number for number, name in enumerate(next(rows))}
    columns = [
        (field.name, at[field.name], _reader_of(field.type), field.default is not MISSING)
        for field in fields(record_class)
        if field.name not in given
    ]
    return [
        {name: read(row[number]) for name, number, read, optional in columns if row[number] or not optional}
        for row in rows
    ]


def _rows(file: str) -> Iterator[list[str]]:
    data = resources.read_bytes(_FOLDER, file)
    if file.endswith(".zst"):
        data = zstandard.decompress(data)
    return csv.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True)


def _reader_of(kind: object) -> Callable[[str], object]:
    """Say how a cell becomes a value; enums and decimals travel as the text that they are written with."""
    if kind is bool:
        return _FLAGS.__getitem__
    if kind is int:
        return int
    if kind == tuple[str, ...]:
        return _split
    return str


def _split(cell: str) -> list[str]:
    return cell.split(";")
