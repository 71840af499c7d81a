"""After any history the index tables say what the documents, mirrors and entries say; and they can be made again."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from desktop.domain import ledger
from desktop.domain.document import State, presented, voided
from desktop.domain.voucher import Payee
from desktop.storage.faults import IntegrityFault
from desktop.storage.index_rows import INDEX_TABLES
from desktop.storage.rebuild import compare_rebuild, rebuild_indexes
from tests.storage.samples import (
    AT,
    UNIT,
    budget,
    goal,
    indicator_record,
    mark,
    project,
    quota_record,
    save,
    use_of,
    voucher,
)

PAYEES = [
    Payee("甲公司", "1", "行"),
    Payee("乙公司", "2", "行"),
    Payee("", "", ""),
    Payee("甲公司", "1", "新行", "103205100014"),
]
WORDS = ["沙化", "草原", "ABC", "（%）", "治 理"]
amounts = st.integers(0, 99999).map(lambda fen: Decimal(fen).scaleb(-2))

steps = st.one_of(
    st.tuples(
        st.just("voucher"),
        st.integers(1, 4),
        st.builds(
            lambda payee, amount, purpose, uses: {
                "payee": payee,
                "amount": amount,
                "purpose": purpose,
                "evouchers": tuple(use_of(f"EINV:{number}", amount) for number in uses),
            },
            st.sampled_from(PAYEES),
            amounts,
            st.sampled_from([*WORDS, "e\u0301"]),  # typed in two characters, kept as one
            st.lists(st.integers(1, 3), max_size=2),
        ),
    ),
    st.tuples(st.sampled_from(["present", "void", "sign"]), st.integers(1, 4), st.none()),
    st.tuples(st.just("goal"), st.integers(1, 2), st.integers(0, 2)),
    st.tuples(st.just("budget"), st.integers(1, 2), st.integers(0, 4)),
    st.tuples(st.just("project"), st.integers(1, 2), st.sampled_from(WORDS)),
    st.tuples(
        st.just("library"),
        st.integers(1, 3),
        st.dictionaries(st.integers(1, 5), st.tuples(st.sampled_from(WORDS), st.booleans()), max_size=5),
    ),
    st.tuples(st.just("register"), st.integers(1, 3), st.sets(st.sampled_from(WORDS))),
    st.tuples(st.sampled_from(["arrival", "reserve"]), st.integers(1, 9), amounts),
)


def play(books, place, step):
    what, number, value = step
    doc_id = f"voucher-{number}"
    known = {row.doc_id: row.state for row in books.documents.rows()}
    if what == "voucher" and known.get(doc_id) in (None, State.DRAFT, State.PRESENTED, State.CHECKED):
        save(books, replace(voucher(number), **value))
    elif what in ("present", "void", "sign") and known.get(doc_id) is State.DRAFT:
        made = books.documents.get(doc_id)
        moved = {"present": presented, "void": voided, "sign": lambda one, by: replace(one, signatures=(mark(),))}
        books.documents.put(moved[what](made, "zhangli"), by="zhangli", why=what, at=AT)
    elif what == "goal":
        save(books, replace(goal(number), lines=goal().lines[:value]))
    elif what == "budget":
        save(books, budget(number, value))
    elif what == "project":
        save(books, project(number, name=value))
    elif what == "library":
        records = [
            indicator_record(n, word, is_core=core, applies_to=["213", f"213{n}"]) for n, (word, core) in value.items()
        ]
        books.exchange.replace_mirror("public", {"indicator": records}, place)
    elif what == "register":
        records = [{"name": word, "account": "1", "bank": "行"} for word in sorted(value)]
        books.exchange.replace_mirror(f"unit:{UNIT}", {"payee": records, "quota": [quota_record()]}, place)
    elif what in ("arrival", "reserve"):
        make = {
            "arrival": lambda: ledger.arrival("Q1", "INITIAL", value, str(place)),
            "reserve": lambda: ledger.reserve("Q1", value, "v", str(place)),
        }
        try:
            books.ledger.post(make[what](), at=AT)
        except IntegrityFault:
            return


def snapshot(books):
    names = ["document", *(table.name for table in INDEX_TABLES), "payee", "ledger_balance"]
    return {name: sorted(map(tuple, books.connection.execute(text(f"SELECT * FROM {name}")))) for name in names}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=20)
@given(st.lists(steps, max_size=20))
def test_after_any_history_nothing_differs_and_a_rebuild_changes_nothing(workspace, history):
    with workspace.books() as books:
        for place, step in enumerate(history, start=1):
            play(books, place, step)
        assert compare_rebuild(books) == []
        before = snapshot(books)
        rebuild_indexes(books)
        assert compare_rebuild(books) == []
        assert snapshot(books) == before


SPOILT = {
    "document": "UPDATE document SET counterpart = 'x' WHERE kind = 'VOUCHER'",
    "voucher": "UPDATE voucher SET amount = 1",
    "voucher_line": "DELETE FROM voucher_line",
    "evoucher_use": "UPDATE evoucher_use SET used = 1",
    "goal_line": "INSERT INTO goal_line SELECT doc_id, position + 50, indicator_code, '', level1, name FROM goal_line",
    "form_cell": "UPDATE form_cell SET amount = amount + 1",
    "payee": "DELETE FROM payee",
    "ledger_balance": "DELETE FROM ledger_balance",
    "library_index": "DELETE FROM library_index WHERE shelf LIKE 'n:%'",
    "mirror_payee": "UPDATE mirror_payee SET search = ''",
}


@pytest.fixture
def lively(books):
    save(books, voucher(1, evoucher="EINV:1"), state=State.CHECKED)
    for content in (project(), goal(), budget()):
        save(books, content)
    records = [indicator_record(1, "沙化土地治理面积", applies_to=["213"])]
    books.exchange.replace_mirror("public", {"indicator": records}, 1)
    books.exchange.replace_mirror(f"unit:{UNIT}", {"payee": [{"name": "乙", "account": "1", "bank": "行"}]}, 1)
    books.ledger.post(ledger.arrival("Q1", "INITIAL", Decimal("5.00"), "1"), at=AT)
    books.ledger.post(ledger.reserve("Q1", Decimal("2.00"), "v", "1"), at=AT)
    return books


@pytest.mark.parametrize("table", SPOILT)
def test_a_spoilt_index_is_found_and_made_again(lively, table):
    before = snapshot(lively)
    lively.connection.execute(text(SPOILT[table]))
    assert {one.table for one in compare_rebuild(lively)} == {table}
    rebuild_indexes(lively)
    assert compare_rebuild(lively) == []
    assert snapshot(lively) == before
    assert lively.mirrors.search_indicators("沙化")
    lively.ledger.post(ledger.reserve("Q1", Decimal("3.00"), "v", "2"), at=AT)


def test_a_difference_names_the_row_and_which_way(lively):
    lively.connection.execute(text("UPDATE evoucher_use SET used = 1"))
    found = {one.missing: dict(one.row) for one in compare_rebuild(lively)}
    assert found[True]["used"] == Decimal("4800.00")
    assert found[False]["used"] == Decimal("0.01")
