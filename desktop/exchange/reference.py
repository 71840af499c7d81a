"""The public tables that ship with the program, as a platform publishes them.

They let a new platform, a rehearsal and the tests start with real codes and a real indicator library. They are never
read in place of the mirrors: what the bureau's platform has published always wins. What each file is, how sure it is
and how it is edited: resources/reference/README.md.
"""

import csv
import io
from collections.abc import Iterator

import resources
from desktop.domain.library import WeightProfile
from desktop.domain.mirrors import (
    AssetStandard,
    CodeEntry,
    CodeSet,
    EconomicPair,
    ExpenditureStandard,
    Parameter,
)
from desktop.exchange.library_files import Record, library_datasets, record_of
from desktop.exchange.model_files import model_datasets

_FOLDER = "reference"
# Set of `CodeEntry` -> the file that holds it.
_CODE_FILES = {
    "FUNCTION": "function_codes.csv",
    "DEPT_ECONOMIC": "dept_economic_codes.csv",
    "GOV_ECONOMIC": "gov_economic_codes.csv",
    "REVENUE": "revenue_codes.csv",
    "ACCOUNT": "account_codes.csv",
    "REGION": "region_codes.csv",
    "FUND_NATURE": "fund_natures.csv",
    "FUND_SOURCE": "fund_sources.csv",
    "INCOME_ITEM": "income_items.csv",
}
_OTHER_CODES = "code_sets.csv"  # all other sets; a column names the set


def public_datasets() -> dict[str, list[Record]]:
    """Read every dataset of `desktop.domain.mirrors.PUBLIC_DATASETS`.

    Returns:
        Dataset name -> records of the JSON profile, new at each call: flags are ``bool``, counts ``int``, points and
        prices decimal strings, lists of codes ``list``, all else text. A field that is empty and has a default in its
        class is left out. Records keep the order of the files.
    """
    return {
        "code": list(_codes()),
        "code_set": _records(CodeSet, "code_tables.csv"),
        "economic_pair": _records(EconomicPair, "economic_pairs.csv"),
        "expenditure_standard": _records(ExpenditureStandard, "expenditure_standards.csv"),
        "asset_standard": _records(AssetStandard, "asset_standards.csv"),
        **library_datasets(),
        **model_datasets(),
        "weight_profile": _records(WeightProfile, "weight_profiles.csv"),
        "parameter": _records(Parameter, "parameters.csv"),
    }


def _codes() -> Iterator[Record]:
    for name, file in _CODE_FILES.items():
        for record in _records(CodeEntry, file, ("set",)):
            yield {"set": name, **record}
    yield from _records(CodeEntry, _OTHER_CODES)


def _records(record_class: type, file: str, given: tuple[str, ...] = ()) -> list[Record]:
    """Read a file whose columns are named after the fields of the class; other columns are remarks.

    Args:
        given: Fields that the caller adds.
    """
    text = resources.read_text(_FOLDER, file)
    return [record_of(record_class, row, given) for row in csv.DictReader(io.StringIO(text, newline=""), strict=True)]
