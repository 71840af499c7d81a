"""Faults carry a code and facts, and survive the way from a worker process."""

import pickle

import pytest

from sync import faults
from sync.faults import CodedFault, DamagedFile, ExchangeFault, WrongPin


def coded_faults() -> list[type[CodedFault]]:
    return [one for one in vars(faults).values() if isinstance(one, type) and "CODE" in vars(one)]


def test_a_fault_shows_its_code_and_facts():
    assert str(WrongPin(left="3")) == "PIN_WRONG (left=3)"
    assert str(ExchangeFault("QUOTA", {"b": "2", "a": "1"})) == "QUOTA (a=1, b=2)"
    assert str(DamagedFile()) == "FILE_DAMAGED"


def test_every_class_of_fault_has_a_code_of_its_own():
    codes = [one.CODE for one in coded_faults()]
    assert len(codes) >= 15
    assert len(set(codes)) == len(codes)
    assert all(code == code.upper() and " " not in code for code in codes)


@pytest.mark.parametrize("fault", [WrongPin(left="3"), ExchangeFault("QUOTA", {"over": "1.00"}), DamagedFile()])
def test_a_fault_survives_pickling(fault):
    again = pickle.loads(pickle.dumps(fault))
    assert (type(again), again.code, again.facts) == (type(fault), fault.code, fault.facts)
    assert isinstance(again, ExchangeFault)


def test_the_facts_of_a_fault_are_a_copy():
    facts = {"a": "1"}
    fault = ExchangeFault("X", facts)
    facts["a"] = "2"
    assert fault.facts == {"a": "1"}
