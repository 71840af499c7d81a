"""Lists count, add up, sort and narrow in the database, beyond any number of rows; the bin stands apart."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.document import Refused, State, discarded, restored
from desktop.domain.head import Kind
from desktop.domain.listing import ListQuery
from desktop.storage.rebuild import compare_rebuild
from tests.storage.samples import AT, PAYEE, document, mark, project, save, use_of, voucher

VOUCHERS = (Kind.VOUCHER,)
LATER = "2026-11-04T10:00:00+08:00"


def ids(books, **asked):
    return [hit.doc_id for hit in books.documents.hits(ListQuery(VOUCHERS, **asked))]


def put(books, made):
    books.documents.put(made, by="zhangli", why="改", at=LATER)
    return made


def test_tallies_reach_beyond_a_thousand_rows(books):
    for number in range(1, 1203):
        save(books, voucher(number, amount="1.01"), state=State.PAID if number % 2 else State.DRAFT)
    found = {tally.state: (tally.count, tally.total) for tally in books.documents.tallies(ListQuery(VOUCHERS))}
    assert found == {State.PAID: (601, Decimal("607.01")), State.DRAFT: (601, Decimal("607.01"))}
    assert len(ids(books)) == 1202


def test_drafts_with_errors_are_counted_apart(books):
    save(books, voucher(1), problems_count=2)
    save(books, voucher(2))
    found = {tally.faulty: tally.count for tally in books.documents.tallies(ListQuery(VOUCHERS))}
    assert found == {True: 1, False: 1}
    assert ids(books, faulty=True) == ["voucher-1"]


@pytest.mark.parametrize(("asked", "numbers"), [
    ({"amount_from": Decimal("20.00")}, [3, 2]),
    ({"amount_from": Decimal("20.00"), "amount_to": Decimal("20.00")}, [2]),
    ({"date_to": "2026-11-02"}, []),
    ({"date_from": "2026-11-03", "date_to": "2026-11-03"}, [3, 2, 1]),
    ({"quota_id": "Q2"}, [2]),
    ({"project": "沙化土地综合治理"}, [3, 2, 1]),
    ({"maker": "nobody"}, []),
    ({"text": "30.00"}, [3]),
    ({"text": "ymmyxgs", "names": {"ymmyxgs": (PAYEE.name,)}}, [3, 2, 1]),
    ({"order": "amount", "descending": False}, [1, 2, 3]),
    ({"order": "number"}, [3, 2, 1]),
    ({"states": (State.PAID,)}, [3]),
    ({"fiscal_year": 2025}, []),
])
def test_conditions_narrow_and_orders_sort(books, asked, numbers):
    save(books, voucher(1, amount="10.00"))
    save(books, voucher(2, amount="20.00", quota="Q2"))
    save(books, voucher(3, amount="30.00"), state=State.PAID)
    save(books, project())
    assert ids(books, **asked) == [f"voucher-{number}" for number in numbers]


@given(st.lists(st.tuples(st.integers(1, 99_999), st.sampled_from(list(State)), st.booleans()), max_size=12))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_tallies_agree_with_the_hits(workspace, made):
    with workspace.books() as books:
        for number, (fen, state, faulty) in enumerate(made, start=1):
            amount = f"{Decimal(fen).scaleb(-2):.2f}"
            save(books, voucher(number, amount=amount), state=state, problems_count=int(faulty))
        hits, tallies = books.documents.hits(ListQuery(VOUCHERS)), books.documents.tallies(ListQuery(VOUCHERS))
        assert sum(tally.count for tally in tallies) == len(hits) == len(made)
        assert sum(tally.total for tally in tallies) == sum(hit.amount for hit in hits)


def test_rows_come_in_the_order_asked_for(books):
    for number in (1, 2, 3):
        save(books, voucher(number), signatures=(mark(),))
    rows = books.documents.rows_of(["voucher-2", "gone", "voucher-1"])
    assert [row.doc_id for row in rows] == ["voucher-2", "voucher-1"]
    assert rows[0].signers == ("liqiang",)


def test_a_document_in_the_bin_is_nowhere_else_and_takes_nothing(books):
    made = save(books, voucher(evoucher="EINV:1"))
    put(books, discarded(made, "zhangli", AT))
    assert books.documents.rows() == []
    assert books.documents.of_kind(Kind.VOUCHER) == []
    assert ids(books) == []
    assert ids(books, binned=True) == ["voucher-1"]
    assert ids(books, binned=True, binned_since="2026-11-04") == []
    assert books.documents.planned_use("Q1", "") == 0
    assert books.documents.evoucher_used("EINV:1", "") == 0
    assert books.documents.similar_vouchers(PAYEE.name, "", "") == []
    assert compare_rebuild(books) == []


def test_what_comes_out_of_the_bin_is_the_same_bytes_without_a_new_commit(books):
    made = save(books, voucher(evoucher="EINV:1"))
    before, commits = books.documents.bytes_of("voucher-1"), books.documents.revisions("voucher-1")
    back = restored(put(books, discarded(made, "zhangli", AT)), "zhangli")
    put(books, back)
    assert books.documents.bytes_of("voucher-1") == before
    assert books.documents.revisions("voucher-1") == commits
    assert books.documents.get("voucher-1") == replace(made, updated_at=LATER)
    assert books.documents.evoucher_used("EINV:1", "") == Decimal("4800.00")


def test_the_key_of_a_deleted_document_can_be_given_again(books):
    made = save(books, voucher())
    put(books, discarded(made, "zhangli", AT))
    other = replace(voucher(), head=replace(voucher().head, doc_id="other"))
    save(books, other)
    assert books.documents.find(Kind.VOUCHER, other.head.key).head.doc_id == "other"


@pytest.mark.parametrize("state", [state for state in State if state is not State.DRAFT])
def test_only_a_draft_goes_into_the_bin(books, state):
    with pytest.raises(Refused) as caught:
        discarded(document(books, voucher(), state=state), "zhangli", AT)
    assert caught.value.problem.code == "D-04"


def test_what_came_back_from_the_platform_is_not_deleted(books):
    second = replace(voucher(), head=replace(voucher().head, revision=2))
    with pytest.raises(Refused):
        discarded(document(books, second), "zhangli", AT)


def test_only_its_maker_deletes_and_restores(books):
    made = document(books, voucher())
    with pytest.raises(Refused) as caught:
        discarded(made, "liqiang", AT)
    assert caught.value.problem.code == "D-03"
    with pytest.raises(Refused):
        restored(discarded(made, "zhangli", AT), "liqiang")
    with pytest.raises(Refused):
        restored(made, "zhangli")


def test_an_earlier_content_is_read_whole(books):
    save(books, voucher(purpose="一"))
    save(books, voucher(purpose="二"))
    assert [books.documents.earlier("voucher-1", number).purpose for number in (1, 2)] == ["一", "二"]
    with pytest.raises(KeyError):
        books.documents.earlier("voucher-1", 3)


def test_two_uses_of_an_invoice_are_found_after_a_restore(books):
    first = save(books, voucher(1, evoucher="EINV:9"))
    put(books, discarded(first, "zhangli", AT))
    save(books, voucher(2, evoucher="EINV:9"))
    put(books, restored(books.documents.get("voucher-1"), "zhangli"))
    assert books.documents.evoucher_used("EINV:9", "voucher-1") == use_of("EINV:9", Decimal("4800.00")).used
