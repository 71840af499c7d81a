"""The shipped tables are whole: valid records, unique keys, trees without holes, and what a unit needs to start."""

import unicodedata
from dataclasses import fields
from decimal import Decimal
from importlib.resources import files

import msgspec
import pytest

import resources
from desktop.domain.goal import Level1
from desktop.domain.library import WeightProfile
from desktop.domain.mirrors import PUBLIC_DATASETS, CodeEntry, Parameter
from desktop.domain.parameters import DEFAULTS
from desktop.exchange.reference import Record, public_datasets
from sync.canonical import encode


@pytest.fixture(scope="module")
def datasets() -> dict[str, list[Record]]:
    return public_datasets()


@pytest.fixture(scope="module")
def codes(datasets: dict[str, list[Record]]) -> dict[tuple[str, str], CodeEntry]:
    entries = msgspec.convert(datasets["code"], list[CodeEntry], strict=True)
    return {(entry.set, entry.code): entry for entry in entries}


def test_every_public_dataset_is_shipped_and_no_other(datasets: dict[str, list[Record]]) -> None:
    assert set(datasets) == set(PUBLIC_DATASETS)
    least = {"code": 2900, "economic_pair": 298, "expenditure_standard": 376, "asset_standard": 115, "indicator": 4300,
             "goal_case": 42, "core_set": 28, "weight_profile": 6}
    assert all(len(records) >= least.get(name, 1) for name, records in datasets.items())


@pytest.mark.parametrize("name", sorted(PUBLIC_DATASETS))
def test_records_are_valid_unique_and_in_the_profile(name: str, datasets: dict[str, list[Record]]) -> None:
    record_class, key = PUBLIC_DATASETS[name]
    records = datasets[name]
    msgspec.convert(records, list[record_class], strict=True)  # type: ignore[valid-type]
    known = {field.name for field in fields(record_class)}
    assert all(set(record) <= known for record in records)
    assert len({tuple(record.get(part, "") for part in key) for record in records}) == len(records)
    assert encode(records)


def test_text_carries_no_stray_spaces(datasets: dict[str, list[Record]]) -> None:
    texts = [value for records in datasets.values() for record in records for value in record.values()]
    assert [text for text in texts if isinstance(text, str) and text != text.strip()] == []


def test_each_call_gives_records_of_its_own() -> None:
    first = public_datasets()
    first["indicator"][0]["name"] = "changed"
    assert public_datasets()["indicator"][0]["name"] != "changed"


def test_weight_profiles_sum_to_ninety(datasets: dict[str, list[Record]]) -> None:
    profiles = {p.code: p for p in msgspec.convert(datasets["weight_profile"], list[WeightProfile], strict=True)}
    points = {code: tuple(int(p.points(level)) for level in Level1) for code, p in profiles.items()}
    assert points == {
        "WITH_COST": (20, 40, 20, 10),
        "WITHOUT_COST": (0, 50, 30, 10),
        "WITH_COST_NO_SATISFACTION": (20, 40, 30, 0),
        "WITHOUT_COST_NO_SATISFACTION": (0, 50, 40, 0),
        "OLD_FORM": (0, 50, 30, 10),
        "OLD_FORM_NO_SATISFACTION": (0, 50, 40, 0),
    }
    assert {profile.total() for profile in profiles.values()} == {Decimal(90)}


def test_shipped_parameters_agree_with_the_built_in_ones(datasets: dict[str, list[Record]]) -> None:
    shipped = msgspec.convert(datasets["parameter"], list[Parameter], strict=True)
    assert len(shipped) >= 13
    assert {p.name: p.value for p in shipped} == {p.name: DEFAULTS[p.name][0] for p in shipped}
    assert all(p.source for p in shipped)


def test_initials_have_a_letter_for_each_character(codes: dict[tuple[str, str], CodeEntry]) -> None:
    named = [(c.name.split("、")[-1] if c.set == "INCOME_ITEM" else c.name, c.initials) for c in codes.values()]
    signs = ("＞", "＜", "＝", "≥", "≤", "%", "‰")  # spoken, since nobody types them
    for name, initials in (one for one in named if one[0] not in signs):
        assert initials.isascii(), name
        assert initials == initials.lower(), name
        assert len(initials) == sum(letter.isalnum() for letter in unicodedata.normalize("NFKC", name)), name


def test_shipped_reference_data_stays_small() -> None:
    names = [one.name for one in files(resources).joinpath("reference").iterdir()]
    assert len(names) >= 17
    sizes = [len(resources.read_bytes("reference", name)) for name in names]
    assert max(sizes) <= 300_000
    assert sum(sizes) <= 1_500_000
