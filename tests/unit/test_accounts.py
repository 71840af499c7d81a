"""Account numbers and the pairing of economic codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.accounts import grouped, is_digits, luhn_ok, normal_digits
from desktop.domain.mirrors import EconomicPair
from desktop.domain.pairing import gov_code, pairs_with


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("6222 0210 0112 3456 789", "6222021001123456789"),
        ("６２２２　０２１０", "62220210"),
        ("0512-0101-0400-1120-6", "05120101040011206"),
        (" 1505\t0166 ", "15050166"),
        ("150501A6", "150501A6"),
        ("①23", "①23"),
        ("", ""),
    ],
)
def test_account_is_stored_narrow_and_without_separators(typed: str, stored: str) -> None:
    assert normal_digits(typed) == stored


@pytest.mark.parametrize("number", ["4539578763621486", "79927398713", "6228480402564890018", "0"])
def test_card_number_with_its_check_digit_passes(number: str) -> None:
    assert luhn_ok(number)


@pytest.mark.parametrize("number", ["4539578763621487", "79927398710", "", "12a4", "１２", "²"])
def test_card_number_without_its_check_digit_is_seen(number: str) -> None:
    assert not luhn_ok(number)


@given(st.text(alphabet="0123456789", min_size=11, max_size=18), st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_is_always_seen(front: str, place: int, change: int) -> None:
    number = next(front + last for last in "0123456789" if luhn_ok(front + last))
    place %= len(number)
    wrong = number[:place] + str((int(number[place]) + change) % 10) + number[place + 1 :]
    assert not luhn_ok(wrong)


def test_account_is_shown_in_groups_of_four() -> None:
    assert grouped("15050166820009000428") == "1505 0166 8200 0900 0428"
    assert grouped("05120101040011206") == "0512 0101 0400 1120 6"
    assert grouped("") == ""
    assert is_digits("0123")
    assert not is_digits("")
    assert not is_digits("１")


@pytest.mark.parametrize(
    ("dept", "kind", "gov"),
    [
        ("30101", "ADMIN", "50101"),
        ("30103", "REF_ADMIN", "50101"),
        ("30108", "ADMIN", "50102"),
        ("30113", "ADMIN", "50103"),
        ("30199", "ADMIN", "50199"),
        ("30101", "PUBLIC_INST", "50501"),
        ("30201", "ADMIN", "50201"),
        ("30215", "ADMIN", "50202"),
        ("30216", "ADMIN", "50203"),
        ("30218", "ADMIN", "50204"),
        ("30226", "ADMIN", "50205"),
        ("30217", "ADMIN", "50206"),
        ("30212", "ADMIN", "50207"),
        ("30231", "ADMIN", "50208"),
        ("30213", "ADMIN", "50209"),
        ("30299", "ADMIN", "50299"),
        ("30218", "PUBLIC_INST", "50502"),
        ("30302", "ADMIN", "509"),
        ("30701", "ADMIN", "511"),
        ("30901", "ADMIN", "504"),
        ("30901", "PUBLIC_INST", "50602"),
        ("31002", "ADMIN", "503"),
        ("31002", "PUBLIC_INST", "50601"),
        ("31201", "ADMIN", "508"),
        ("31204", "ADMIN", "507"),
        ("39999", "ADMIN", ""),
        ("", "ADMIN", ""),
    ],
)
def test_fallback_map_pairs_as_the_rules_say(dept: str, kind: str, gov: str) -> None:
    assert gov_code(dept, kind) == gov


PAIRS = (
    EconomicPair("31002", "50306", "ADMIN"),
    EconomicPair("31002", "50601", "PUBLIC_INST"),
    EconomicPair("30302", "50905", ""),
)


def test_synced_table_goes_before_the_fallback() -> None:
    assert gov_code("31002", "ADMIN", PAIRS) == "50306"
    assert gov_code("31002", "REF_ADMIN", PAIRS) == "50306"
    assert gov_code("31002", "PUBLIC_INST", PAIRS) == "50601"
    assert gov_code("30302", "PUBLIC_INST", PAIRS) == "50905"
    assert gov_code("30201", "ADMIN", PAIRS) == "50201"


def test_pair_is_exact_by_the_table_and_by_class_by_the_fallback() -> None:
    assert pairs_with("31002", "50306", "ADMIN", PAIRS)
    assert not pairs_with("31002", "50302", "ADMIN", PAIRS)
    assert pairs_with("31005", "50302", "ADMIN")
    assert not pairs_with("31005", "50201", "ADMIN")
    assert not pairs_with("31005", "", "ADMIN")
    assert not pairs_with("39999", "59999", "ADMIN")
