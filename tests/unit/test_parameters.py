"""The bureau's parameters over the defaults."""

from decimal import Decimal

import pytest

from desktop.domain.parameters import DEFAULTS, Parameters


def test_synced_value_goes_before_the_default() -> None:
    assert Parameters().number("second_signer_from") == Decimal("50000.00")
    assert Parameters({"second_signer_from": "20000.00"}).number("second_signer_from") == Decimal("20000.00")


def test_list_is_parted_by_commas_and_may_be_empty() -> None:
    assert Parameters().names("satisfaction_exempt") == ()
    assert Parameters({"satisfaction_exempt": " Y2 ,T,"}).names("satisfaction_exempt") == ("Y2", "T")


def test_name_that_no_rule_knows_is_a_bug() -> None:
    with pytest.raises(KeyError):
        Parameters().text("no_such_parameter")


@pytest.mark.parametrize("name", DEFAULTS)
def test_default_has_a_source(name: str) -> None:
    assert DEFAULTS[name][1]
