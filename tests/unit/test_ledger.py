"""The quota ledger: its example and its invariants under any sequence of events."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.ledger import (
    Balance,
    Event,
    LedgerAccount,
    Movement,
    apply,
    arrival,
    payment,
    reclaim,
    refund,
    release,
    reserve,
)
from desktop.domain.money import from_fen


def test_the_rules_example_adds_up() -> None:
    balance = Balance()
    for movement in (
        arrival("Q1", "INITIAL", Decimal("1000000.00"), "1"),
        reserve("Q1", Decimal("30000.00"), "d-1", "1"),
        payment("Q1", Decimal("30000.00"), "P-1"),
        refund("Q1", Decimal("4000.00"), "P-2"),
        reclaim("Q1", Decimal("200000.00"), "N-1"),
    ):
        balance = apply(balance, movement)
        assert balance.holds()
    assert balance == Balance(
        sources=Decimal("1000000.00"),
        available=Decimal("774000.00"),
        reserved=Decimal("0.00"),
        paid=Decimal("26000.00"),
        reclaimed=Decimal("200000.00"),
    )


def test_released_voucher_gives_its_money_back() -> None:
    balance = apply(Balance(), arrival("Q1", "INITIAL", Decimal("100.00"), "1"))
    held = apply(balance, reserve("Q1", Decimal("40.00"), "d-1", "1"))
    assert (held.available, held.reserved) == (Decimal("60.00"), Decimal("40.00"))
    assert apply(held, release("Q1", Decimal("40.00"), "d-1", "1")) == balance


def test_reduction_swaps_debit_and_credit() -> None:
    less = arrival("Q1", "REALLOC", Decimal("-18000.00"), "2", parent="Q0")
    assert (less.debit, less.credit) == (LedgerAccount.SRC_REALLOC, LedgerAccount.USE_AVAILABLE)
    assert less.amount == Decimal("18000.00")
    assert less.parent_quota == "Q0"
    start = apply(Balance(), arrival("Q1", "INITIAL", Decimal("100000.00"), "1"))
    after = apply(start, less)
    assert after.sources == after.available == Decimal("82000.00")


@pytest.mark.parametrize(
    ("quota_type", "source"),
    [
        ("INITIAL", LedgerAccount.SRC_INITIAL),
        ("PRE_APPROVAL", LedgerAccount.SRC_INITIAL),
        ("PENDING", LedgerAccount.SRC_INITIAL),
        ("SUPPLEMENT", LedgerAccount.SRC_SUPPLEMENT),
        ("REALLOC", LedgerAccount.SRC_REALLOC),
        ("CARRY_OVER", LedgerAccount.SRC_CARRY),
    ],
)
def test_type_of_the_quota_names_the_source_account(quota_type: str, source: LedgerAccount) -> None:
    assert arrival("Q1", quota_type, Decimal("1.00"), "1").credit is source


def test_causes_tell_events_apart_and_name_the_same_event_the_same() -> None:
    one = Decimal("1.00")
    causes = [
        arrival("Q1", "INITIAL", one, "1").cause,
        arrival("Q1", "INITIAL", one, "2").cause,
        reserve("Q1", one, "d-1", "1").cause,
        reserve("Q1", one, "d-1", "2").cause,
        release("Q1", one, "d-1", "1").cause,
        payment("Q1", one, "P-1").cause,
        refund("Q1", one, "P-1").cause,
        reclaim("Q1", one, "N-1").cause,
    ]
    assert len(set(causes)) == len(causes)
    assert reserve("Q1", one, "d-1", "1").cause == causes[2]


def test_overdrawn_balance_does_not_hold() -> None:
    balance = apply(Balance(), arrival("Q1", "INITIAL", Decimal("10.00"), "1"))
    assert not apply(balance, reserve("Q1", Decimal("10.01"), "d-1", "1")).holds()
    assert not apply(balance, payment("Q1", Decimal("1.00"), "P-1")).holds()
    assert not apply(balance, arrival("Q1", "INITIAL", Decimal("-10.01"), "2")).holds()


AMOUNTS = st.integers(min_value=1, max_value=50_000_00).map(from_fen)
EVENTS = st.lists(
    st.tuples(st.sampled_from(["arrive", "reduce", "reserve", "release", "pay", "refund", "reclaim"]), AMOUNTS),
    max_size=40,
)


def _movement(name: str, amount: Decimal, turn: int) -> Movement:
    match name:
        case "arrive":
            return arrival("Q1", "SUPPLEMENT", amount, str(turn))
        case "reduce":
            return arrival("Q1", "SUPPLEMENT", -amount, str(turn))
        case "reserve":
            return reserve("Q1", amount, "d-1", str(turn))
        case "release":
            return release("Q1", amount, "d-1", str(turn))
        case "pay":
            return payment("Q1", amount, f"P-{turn}")
        case "refund":
            return refund("Q1", amount, f"R-{turn}")
        case _:
            return reclaim("Q1", amount, f"N-{turn}")


@given(EVENTS)
def test_invariants_hold_after_every_event_that_is_let_in(events: list[tuple[str, Decimal]]) -> None:
    balance = Balance()
    totals = dict.fromkeys(LedgerAccount, Decimal("0.00"))  # debit less credit of each account
    for turn, (name, amount) in enumerate(events):
        movement = _movement(name, amount, turn)
        after = apply(balance, movement)
        if not after.holds():
            assert min(after.available, after.reserved, after.paid) < 0
            continue
        balance = after
        totals[movement.debit] += movement.amount
        totals[movement.credit] -= movement.amount
    assert sum(totals.values()) == 0
    assert balance.available == totals[LedgerAccount.USE_AVAILABLE]
    assert balance.reserved == totals[LedgerAccount.USE_RESERVED]
    assert balance.paid == totals[LedgerAccount.USE_PAID]
    assert balance.reclaimed == totals[LedgerAccount.USE_RECLAIMED]
    assert balance.sources == -sum(total for account, total in totals.items() if account.startswith("SRC_"))


def test_every_event_has_two_different_sides() -> None:
    movements = [_movement(n, Decimal("1.00"), 1) for n in ("arrive", "reserve", "release", "pay", "refund", "reclaim")]
    assert {m.event for m in movements} == set(Event)
    assert all(m.debit is not m.credit for m in movements)
