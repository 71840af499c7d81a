"""The ledger is append only and balanced by the database itself, whatever a program asks of it."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from desktop.domain import ledger
from desktop.domain.ledger import Balance, Event, LedgerAccount, Movement
from desktop.storage.faults import IntegrityFault
from desktop.storage.rebuild import compare_rebuild
from tests.storage.samples import AT, UNIT, save, voucher

YUAN = Decimal("1.00")


def post(books, *movements):
    for movement in movements:
        books.ledger.post(movement, at=AT)


def refused(books, movement):
    with pytest.raises(IntegrityFault) as caught:
        books.ledger.post(movement, at=AT)
    return caught.value.code


def raw(books, statement):
    with pytest.raises(IntegrityError) as caught:
        books.connection.execute(text(statement))
    return str(caught.value.orig)


def entry(cause, debit, credit, amount, quota="Q1"):
    return (
        "INSERT INTO ledger_entry (cause, event, quota_id, debit, credit, amount, source_record, parent_quota, at)"
        f" VALUES ('{cause}', 'X', '{quota}', '{debit}', '{credit}', {amount}, '', '', '')"
    )


@pytest.fixture
def funded(books):
    post(books, ledger.arrival("Q1", "INITIAL", Decimal("1000000.00"), "1"))
    return books


def test_the_example_of_the_rules_comes_out_to_the_fen(funded):
    post(
        funded,
        ledger.reserve("Q1", Decimal("30000.00"), "v1", "1"),
        ledger.payment("Q1", Decimal("30000.00"), "r1"),
        ledger.refund("Q1", Decimal("4000.00"), "r2"),
        ledger.reclaim("Q1", Decimal("200000.00"), "c1"),
    )
    assert funded.ledger.balance("Q1") == Balance(
        sources=Decimal("1000000.00"),
        available=Decimal("774000.00"),
        reserved=Decimal("0.00"),
        paid=Decimal("26000.00"),
        reclaimed=Decimal("200000.00"),
    )


def test_a_reduction_is_a_debit_of_the_source(funded):
    post(funded, ledger.arrival("Q1", "REALLOC", Decimal("-18000.00"), "2"))
    assert funded.ledger.balance("Q1").sources == Decimal("982000.00")
    assert funded.ledger.balance("Q1").holds()


def test_the_same_cause_twice_is_one_effect(funded):
    post(funded, *[ledger.reserve("Q1", YUAN, "v1", "1")] * 3)
    assert funded.ledger.balance("Q1").reserved == YUAN


def test_a_cause_with_another_effect_is_refused(funded):
    post(funded, ledger.reserve("Q1", YUAN, "v1", "1"))
    assert refused(funded, ledger.reserve("Q1", 2 * YUAN, "v1", "1")) == "LEDGER_CAUSE"


def test_nothing_goes_below_zero_and_the_transaction_goes_on(workspace):
    with workspace.books() as books:
        post(books, ledger.arrival("Q1", "INITIAL", YUAN, "1"))
        assert refused(books, ledger.reserve("Q1", 2 * YUAN, "v1", "1")) == "LEDGER_OVERDRAWN"
        assert refused(books, ledger.payment("Q1", YUAN, "r1")) == "LEDGER_OVERDRAWN"
        assert refused(books, ledger.reserve("Q9", YUAN, "v1", "1")) == "LEDGER_OVERDRAWN"
        assert refused(books, ledger.reserve("Q1", Decimal("0.00"), "v1", "1")) == "LEDGER_ENTRY"
        post(books, ledger.reserve("Q1", YUAN, "v1", "1"))
        books.commit()
    with workspace.books() as books:
        assert books.ledger.balance("Q1").reserved == YUAN
        assert books.ledger.balance("Q9") == Balance()


def test_balances_are_given_for_every_quota_asked(funded):
    assert funded.ledger.balances(["Q1", "Q2", "Q1"]) == {"Q1": funded.ledger.balance("Q1"), "Q2": Balance()}
    assert funded.ledger.balances([]) == {}


def test_what_a_document_holds_reserved_follows_its_checks_releases_and_payment(funded):
    content = voucher(1)
    doc_id, key = content.head.doc_id, content.head.key
    save(funded, content)
    reserved = lambda: funded.ledger.reserved_by(doc_id)  # noqa: E731
    assert reserved() == 0
    post(funded, ledger.reserve("Q1", content.amount, doc_id, "1"), ledger.reserve("Q1", YUAN, "other", "1"))
    assert reserved() == Decimal("4800.00")
    post(funded, ledger.release("Q1", content.amount, doc_id, "2"))
    assert reserved() == 0
    post(funded, ledger.reserve("Q1", content.amount, doc_id, "3"), ledger.payment("Q1", content.amount, "R7"))
    result = {
        "result_no": "R7",
        "kind": "PAID",
        "voucher_key": key,
        "central_no": "ZF1",
        "bank_serial": "s",
        "date": "2026-11-05",
        "amount": "4800.00",
    }
    funded.exchange.replace_mirror(f"unit:{UNIT}", {"payment_result": [result]}, 1)
    assert reserved() == 0
    post(funded, ledger.refund("Q1", YUAN, "R8"))
    assert reserved() == 0


def test_a_payment_is_traced_back_to_its_source(funded):
    moves = [ledger.reserve("Q1", YUAN, "v1", "1"), ledger.payment("Q1", YUAN, "r1")]
    post(funded, *moves)
    assert funded.ledger.entries("Q1")[1:] == moves
    assert funded.ledger.entries("Q1")[0].source_record == "Q1@1"


def test_entries_are_append_only(funded):
    for statement in ("UPDATE ledger_entry SET amount = 1", "DELETE FROM ledger_entry"):
        assert "append only" in raw(funded, statement)


def test_the_database_itself_refuses_an_overdraft(funded):
    for account in ("AVAILABLE", "RESERVED", "PAID", "RECLAIMED", "CARRIED"):
        told = raw(funded, entry("x", "SRC_INITIAL", f"USE_{account}", 100000001))
        assert f"{account.lower()}_not_below_zero" in told
    assert funded.ledger.balance("Q1").available == Decimal("1000000.00")
    assert len(funded.ledger.entries("Q1")) == 1


def test_the_database_itself_refuses_an_entry_that_is_none(funded):
    assert "above_zero" in raw(funded, entry("x", "USE_PAID", "USE_AVAILABLE", 0))
    assert "above_zero" in raw(funded, entry("x", "USE_PAID", "USE_AVAILABLE", -5))
    assert "two_accounts" in raw(funded, entry("x", "USE_PAID", "USE_PAID", 5))
    assert "debit_known" in raw(funded, entry("x", "MINE", "USE_PAID", 5))
    assert "credit_known" in raw(funded, entry("x", "USE_PAID", "MINE", 5))
    assert "UNIQUE" in raw(funded, entry("arrival:Q1:1", "USE_PAID", "USE_AVAILABLE", 5))
    assert "cannot store REAL" in raw(funded, entry("x", "USE_PAID", "USE_AVAILABLE", 0.5))


def test_only_entries_move_a_balance(funded):
    for statement in (
        "UPDATE ledger_balance SET available = available + 1, sources = sources + 1",
        "UPDATE ledger_balance SET last_entry = 7",
        "INSERT INTO ledger_balance VALUES ('Q2', 5, 5, 0, 0, 0, 0, 0)",
    ):
        assert "only entries move a balance" in raw(funded, statement)


moves = st.lists(
    st.tuples(
        st.sampled_from(["arrive", "reduce", "reserve", "release", "pay", "refund", "reclaim"]),
        st.sampled_from(["Q1", "Q2"]),
        st.integers(1, 500).map(lambda fen: Decimal(fen).scaleb(-2)),
    ),
    max_size=25,
)


def movement_of(place, kind, quota, amount):
    match kind:
        case "arrive":
            return ledger.arrival(quota, "INITIAL", amount, str(place))
        case "reduce":
            return ledger.arrival(quota, "REALLOC", -amount, str(place))
        case "reserve":
            return ledger.reserve(quota, amount, "v", str(place))
        case "release":
            return ledger.release(quota, amount, "v", str(place))
        case "pay":
            return ledger.payment(quota, amount, f"p{place}")
        case "refund":
            return ledger.refund(quota, amount, f"f{place}")
    return ledger.reclaim(quota, amount, f"c{place}")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(moves)
def test_any_run_of_events_keeps_the_invariants_and_equals_the_fold(workspace, drawn):
    fold = {"Q1": Balance(), "Q2": Balance()}
    with workspace.books() as books:
        for place, (kind, quota, amount) in enumerate(drawn):
            movement = movement_of(place, kind, quota, amount)
            after = ledger.apply(fold[quota], movement)
            if after.holds():
                post(books, movement)
                fold[quota] = after
            else:
                assert refused(books, movement) == "LEDGER_OVERDRAWN"
            assert books.ledger.balances(["Q1", "Q2"]) == fold
        assert all(balance.holds() for balance in fold.values())
        assert compare_rebuild(books) == []


def test_a_movement_keeps_every_field(funded):
    movement = Movement(
        Event.RESERVE, "Q1", LedgerAccount.USE_RESERVED, LedgerAccount.USE_AVAILABLE, YUAN, "c", "s", "parent"
    )
    post(funded, movement)
    assert funded.ledger.entries("Q1")[-1] == movement
    assert replace(movement, cause="d") != movement
