"""Every container of the shared vectors gets the answer that its index names."""

import json

import pytest

from sync.batch import open_sealed, verify
from sync.faults import ExchangeFault
from tests.sync.make_vectors import FOLDER, all_vectors
from tests.sync.material import PLATFORM, RECEIPT_KEY, WRITER, trusted

INDEX: dict[str, dict[str, str]] = json.loads((FOLDER / "index.json").read_text(encoding="ascii"))
MADE_NOW = all_vectors()


def answer(data: bytes) -> str:
    """Open and verify as a reader does that holds the keys of writer and platform."""
    try:
        opened = open_sealed(data, keys=[WRITER, PLATFORM])
        verify(opened, trusted(RECEIPT_KEY if opened.header.kind == "receipt" else WRITER))
    except ExchangeFault as fault:
        return fault.code
    for name in opened.parts:
        assert len(opened.read(name)) == opened.parts[name].size
    return "OK"


@pytest.mark.parametrize("name", sorted(INDEX))
def test_a_kept_vector_gets_the_expected_answer(name):
    assert answer((FOLDER / f"{name}.bsp").read_bytes()) == INDEX[name]["expect"]


@pytest.mark.parametrize("name", sorted(MADE_NOW))
def test_a_vector_made_now_gets_the_expected_answer(name):
    data, expect, _ = MADE_NOW[name]
    assert answer(data) == expect


def test_the_kept_vectors_are_those_that_the_script_makes():
    assert {name: one["expect"] for name, one in INDEX.items()} == {name: one[1] for name, one in MADE_NOW.items()}
    assert {path.stem for path in FOLDER.glob("*.bsp")} == set(INDEX)
