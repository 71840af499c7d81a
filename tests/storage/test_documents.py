"""A document is kept with its exact bytes, every commit of it, and the rows that lists and rules ask for."""

import json
import zlib
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlcipher3 import dbapi2 as driver

from desktop.domain.document import (
    Post,
    ReturnComment,
    State,
    checked,
    edited,
    presented,
    reopened,
    sealed,
    voided,
)
from desktop.domain.head import Acknowledgement, Kind
from desktop.domain.listing import ListQuery
from desktop.domain.voucher import Payee, VoucherLine
from desktop.storage import tables
from desktop.storage.codec import encode
from sync.crypto import sm3
from tests.storage.samples import AT, PAYEE, UNIT, budget, document, goal, mark, project, save, use_of, voucher

CONTENTS = [voucher(evoucher="EINV:1"), project(), goal(), budget()]


def put(books, made, why="改", at=AT):
    books.documents.put(made, by="zhangli", why=why, at=at)
    return made


def changed(books, made, content):
    return edited(made, content, books.documents.digest(content), "zhangli")


@pytest.mark.parametrize("content", CONTENTS, ids=lambda content: content.head.kind.value)
def test_a_document_comes_back_whole(books, content):
    comment = ReturnComment("国库股 王敏", AT, "R-12", "发票抬头与单位名称不一致\n请换开", "evouchers[0]")
    marks = (mark(), mark(Post.SIGNER, "wang", "s2"))
    made = document(
        books,
        content,
        state=State.RETURNED,
        signatures=marks,
        comment=comment,
        problems_count=2,
        central_no="ZF2026000123",
        batch_id="b1",
        receipt_no=4,
        updated_at=AT,
    )
    put(books, made)
    assert books.documents.get(content.head.doc_id) == made
    assert books.documents.find(content.head.kind, content.head.key) == made
    assert books.documents.of_kind(content.head.kind) == [made]
    assert books.documents.bytes_of(content.head.doc_id) == encode(content)
    assert books.documents.digest(content) == sm3(encode(content)) == made.digest


def test_a_document_that_is_not_there_is_a_key_error(books):
    for ask in (books.documents.get, books.documents.bytes_of):
        with pytest.raises(KeyError):
            ask("nobody")
    with pytest.raises(KeyError):
        books.documents.content_at("nobody", 1)
    assert books.documents.find(Kind.VOUCHER, "nobody") is None


def test_a_digest_that_is_not_the_contents_is_refused(books):
    made = replace(document(books, voucher()), digest="0" * 64)
    with pytest.raises(ValueError, match="digest"):
        put(books, made)


def test_every_changed_content_is_a_revision_and_a_new_state_is_none(books):
    first = save(books, voucher(purpose="一"), why="新建")
    second = put(books, changed(books, first, voucher(purpose="二")), why="改用途")
    put(books, presented(second, "zhangli"), why="提交")
    told = books.documents.revisions("voucher-1")
    commits = [(one.number, one.why, one.sm3) for one in told]
    assert commits == [(2, "改用途", second.digest), (1, "新建", first.digest)]
    assert {(one.revision, one.by, one.at) for one in told} == {(1, "zhangli", AT)}
    assert json.loads(books.documents.content_at("voucher-1", 1))["purpose"] == "一"
    assert books.documents.get("voucher-1").state is State.PRESENTED


def test_a_content_that_comes_back_is_one_more_revision(books):
    one, two = voucher(purpose="一"), voucher(purpose="二")
    for content in (one, two, one):
        save(books, content)
    assert [revision.number for revision in books.documents.revisions("voucher-1")] == [3, 2, 1]
    assert books.documents.get("voucher-1").content == one


def test_revisions_are_compressed_and_append_only(books):
    save(books, budget(lines=30))
    packed = books.connection.execute(select(tables.revision.c.content)).scalar_one()
    assert zlib.decompress(packed) == encode(budget(lines=30))
    assert len(packed) < len(encode(budget(lines=30))) / 3
    for statement in ("UPDATE revision SET why = ''", "DELETE FROM revision", "DELETE FROM document"):
        with pytest.raises(IntegrityError):
            books.connection.execute(text(statement))


@pytest.mark.parametrize(
    "state",
    [s for s in State if s not in (State.DRAFT, State.PRESENTED, State.CHECKED, State.SIGNED, State.RETURNED)],
)
def test_a_sealed_or_finished_document_never_changes_its_content(books, state):
    save(books, voucher(), state=state)
    with pytest.raises(IntegrityError):
        save(books, voucher(purpose="另一个"))


def test_a_returned_document_is_opened_again_with_the_next_revision(books):
    comment = ReturnComment("王敏", AT, "R-12", "不符")
    first = save(books, voucher(), state=State.RETURNED, batch_id="b1", comment=comment)
    content = voucher(purpose="改正")
    content = replace(content, head=replace(content.head, revision=2, supersedes=first.digest))
    put(books, reopened(first, content, books.documents.digest(content)), why="改正")
    again = books.documents.get("voucher-1")
    assert (again.state, again.head.revision, again.batch_id) == (State.DRAFT, 2, "")
    assert [(one.number, one.revision) for one in books.documents.revisions("voucher-1")] == [(2, 2), (1, 1)]


def test_a_document_never_goes_back_to_an_earlier_revision(books):
    content = voucher()
    save(books, replace(content, head=replace(content.head, revision=2)))
    with pytest.raises(IntegrityError):
        save(books, content)


def test_present_signatures_follow_the_document(books):
    made = presented(save(books, voucher()), "zhangli")
    put(books, checked(made, mark()))
    assert [one.officer for one in books.documents.get("voucher-1").signatures] == ["liqiang"]
    other = voucher(purpose="二")
    put(books, changed(books, books.documents.get("voucher-1"), other))
    assert books.documents.get("voucher-1").signatures == ()


def test_a_key_belongs_to_one_document(books):
    save(books, voucher(1))
    second = voucher(2)
    with pytest.raises(IntegrityError):
        save(books, replace(second, head=replace(second.head, key=voucher(1).head.key)))


def test_a_step_half_done_is_never_kept_whoever_caught_its_error(workspace):
    with workspace.books() as books:
        save(books, voucher(1))
        with pytest.raises(IntegrityError):
            save(books, replace(voucher(2), head=replace(voucher(2).head, key=voucher(1).head.key)))
        with pytest.raises(driver.IntegrityError):
            books.commit()
    with workspace.books() as books:
        assert books.documents.rows() == []


def test_the_key_of_a_void_document_is_free_again(books):
    first = save(books, voucher(1))
    second = voucher(2)
    second = replace(second, head=replace(second.head, key=first.head.key))
    put(books, voided(first, "zhangli"))
    made = save(books, second)
    assert books.documents.find(Kind.VOUCHER, first.head.key) == replace(made, updated_at=AT)
    assert [one.head.doc_id for one in books.documents.of_kind(Kind.VOUCHER)] == ["voucher-2"]


def test_of_kind_is_in_order_of_keys_and_of_one_year_when_asked(books):
    for content in (voucher(3), voucher(1), project(2), budget(1)):
        save(books, content)
    assert [one.head.key for one in books.documents.of_kind(Kind.VOUCHER)] == [
        f"{UNIT}-2026-000001",
        f"{UNIT}-2026-000003",
    ]
    assert books.documents.of_kind(Kind.VOUCHER, 2027) == []
    assert len(books.documents.of_kind(Kind.BUDGET_UP2, 2027)) == 1


def test_a_row_shows_what_lists_need(books):
    content = voucher(evoucher="EINV:1", amount="4800.00")
    more = VoucherLine("l2", "30201", "50201", "", Decimal("0.00"))
    content = replace(content, lines=(*content.lines, more, more))
    save(
        books,
        content,
        signatures=(mark(), mark(Post.SIGNER, "wang", "s2")),
        comment=ReturnComment("王敏", AT, "R-12", "  发票抬头不一致\n请换开"),
        problems_count=2,
        state=State.CHECKED,
    )
    (row,) = books.documents.rows()
    assert row.amount == Decimal("4800.00")
    assert (row.economic, row.attachments, row.date) == ("30218 等2项", 1, "2026-11-03")
    assert (row.counterpart, row.purpose, row.title) == (PAYEE.name, "购固沙苗木款", "购固沙苗木款")
    assert (row.project_key, row.project_name) == ("P7", "沙化土地综合治理")
    assert (row.signers, row.maker) == (("liqiang", "wang"), "zhangli")
    assert (row.comment, row.problems_count, row.state) == ("发票抬头不一致", 2, State.CHECKED)


def test_rows_of_other_kinds_show_their_own(books):
    for content in (project(), goal(), budget()):
        save(books, content)
    shown = {row.kind: row for row in books.documents.rows()}
    assert shown[Kind.PROJECT].title == shown[Kind.PROJECT].project_name == "沙化土地综合治理"
    assert shown[Kind.GOAL].project_key == f"L-{UNIT}-7"
    assert shown[Kind.BUDGET_UP2].amount == budget().total()
    assert shown[Kind.BUDGET_UP2].title == shown[Kind.BUDGET_UP2].date == ""


def test_rows_are_chosen_by_kind_state_year_and_limit_newest_change_first(books):
    for content in (voucher(1), voucher(2), project(), budget()):
        save(books, content)
    put(books, presented(books.documents.get("voucher-1"), "zhangli"))
    ids = lambda **asked: [row.doc_id for row in books.documents.rows(**asked)]  # noqa: E731
    assert ids() == ["voucher-1", "budget_up2-1", "project-7", "voucher-2"]
    assert ids(kinds=(Kind.VOUCHER,)) == ["voucher-1", "voucher-2"]
    assert ids(states=(State.PRESENTED,)) == ["voucher-1"]
    assert ids(fiscal_year=2027) == ["budget_up2-1", "project-7"]
    assert ids(limit=1) == ["voucher-1"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("000001", 1),
        ("苗木", 2),
        ("绿源", 2),
        ("沙化土地", 2),
        ("4,800.00", 1),
        ("¥4800元", 1),
        ("4800.00 苗木", 1),
        ("１２", 1),
        ("苗木 无此", 0),
        ("100%", 0),
        ("_", 0),
        ("'", 0),
        ("  ", 2),
    ],
)
def test_rows_are_found_by_any_word_of_what_they_show(books, asked, found):
    save(books, voucher(1, amount="4800.00"))
    save(books, voucher(12, amount="77.01"))
    assert len(books.documents.rows(text=asked)) == found


@pytest.mark.parametrize("asked", ["苗木 " * 5000, "苗木\t\n" * 3000, " ".join(f"苗木{at}" for at in range(5000))])
def test_a_whole_sheet_pasted_into_a_search_is_searched_and_breaks_nothing(books, asked):
    save(books, voucher(1))
    found = len(books.documents.rows(text=asked))
    assert found == len(books.documents.hits(ListQuery((Kind.VOUCHER,), text=asked)))
    assert found == (0 if "苗木1" in asked else 1)
    assert books.mirrors.payees(asked) == []


def test_numbers_of_a_sequence_are_never_given_twice(workspace):
    given = []
    for _ in range(2):
        with workspace.books() as books:
            given += [books.documents.next_number("voucher-2026"), books.documents.next_number("voucher-2026")]
            given.append(books.documents.next_number("project"))
            books.commit()
    assert given == [1, 2, 1, 3, 4, 2]


def test_similar_vouchers_are_those_to_the_same_payee_that_are_not_void(books):
    for number, day in ((1, 1), (2, 9), (3, 5)):
        save(books, voucher(number, date=date(2026, 11, day)))
    save(books, voucher(4, payee=replace(PAYEE, name="别家")))
    put(books, voided(save(books, voucher(5)), "zhangli"))
    found = books.documents.similar_vouchers(PAYEE.name, "2026-11-02", "voucher-9")
    assert [one.date for one in found] == ["2026-11-09", "2026-11-05"]
    assert found[0].key.endswith("000002")
    assert (found[0].amount, found[0].account, found[0].bank) == (Decimal("4800.00"), PAYEE.account, PAYEE.bank)
    assert len(books.documents.similar_vouchers(PAYEE.name, "", "voucher-2")) == 2


def test_the_use_of_an_evoucher_counts_every_voucher_that_is_not_void(books):
    save(books, voucher(1, evoucher="EINV:1", amount="1000.50"))
    save(books, voucher(2, evoucher="EINV:1", amount="2000.00"))
    save(books, voucher(3, evouchers=(use_of("EINV:1", Decimal("0.25")), use_of("EINV:1", Decimal("0.25")))))
    put(books, voided(save(books, voucher(4, evoucher="EINV:1")), "zhangli"))
    assert books.documents.evoucher_used("EINV:1", "") == Decimal("3001.00")
    assert books.documents.evoucher_used("EINV:1", "voucher-2") == Decimal("1001.00")
    assert books.documents.evoucher_used("EINV:2", "") == Decimal("0.00")


def test_planned_use_counts_only_what_reserves_nothing_yet(books):
    save(books, voucher(1, amount="10.00"))
    put(books, presented(save(books, voucher(2, amount="20.00")), "zhangli"))
    save(books, voucher(3, amount="40.00"), state=State.CHECKED)
    save(books, voucher(4, amount="80.00", quota="Q2"))
    assert books.documents.planned_use("Q1", "") == Decimal("30.00")
    assert books.documents.planned_use("Q1", "voucher-1") == Decimal("20.00")
    assert books.documents.planned_use("Q3", "") == Decimal("0.00")


def test_index_rows_follow_the_newest_content(books):
    save(books, voucher(evoucher="EINV:1"))
    save(books, voucher(evoucher="EINV:2", quota="Q2"))
    assert books.documents.evoucher_used("EINV:1", "") == 0
    assert books.documents.planned_use("Q1", "") == 0
    assert books.documents.planned_use("Q2", "") == Decimal("4800.00")
    save(books, goal())
    save(books, replace(goal(), lines=goal().lines[:1]))
    assert len(books.connection.execute(select(tables.goal_line)).all()) == 1
    save(books, budget(lines=5))
    save(books, budget(lines=2))
    cells = books.connection.execute(select(tables.form_cell.c.row, tables.form_cell.c.amount)).all()
    assert cells == [("2130200", Decimal("1000.05")), ("2130201", Decimal("2000.10"))]


def test_payees_are_remembered_from_handing_over_until_the_last_voucher_is_void(books):
    names = lambda: [one.name for one in books.mirrors.payees()]  # noqa: E731
    made = save(books, voucher(1))
    assert names() == []
    made = put(books, presented(made, "zhangli"))
    assert names() == [PAYEE.name]
    other = voucher(1, payee=Payee("别家", "1", "行"))
    made = put(books, changed(books, made, other))
    assert names() == []
    made = put(books, presented(made, "zhangli"))
    assert names() == ["别家"]
    put(books, presented(save(books, voucher(2, payee=Payee("别家", "1", "新行"), date=date(2026, 11, 9))), "zhangli"))
    assert books.mirrors.payees()[0].bank == "新行"
    put(books, voided(put(books, replace(books.documents.get("voucher-2"), state=State.DRAFT)), "zhangli"))
    assert books.mirrors.payees()[0].bank == "行"


def test_every_put_writes_an_audit_row(books):
    made = save(books, voucher(), why="新建")
    put(books, sealed(replace(made, state=State.SIGNED), "b1"), why="封入批次")
    told = [json.loads(row) for row in books.connection.execute(select(tables.audit.c.facts)).scalars()]
    steps = [(row["from"], row["to"], row["why"]) for row in told]
    assert steps == [("", "DRAFT", "新建"), ("DRAFT", "SEALED", "封入批次")]
    digests = [(row["digest_before"], row["digest_after"]) for row in told]
    assert digests == [("", made.digest), (made.digest, made.digest)]


def test_what_is_read_is_what_the_bytes_say_however_it_was_typed(books):
    typed = "cafe\u0301"  # an accent as a character of its own
    for purpose in (typed, f"{typed}{typed}"):
        save(books, voucher(purpose=purpose, amount="4800"))
        read = books.documents.get("voucher-1").content
        assert read.purpose == purpose.replace("e\u0301", "\u00e9")
        assert str(read.amount) == "4800.00"
        assert len(books.documents.rows(text="caf\u00e9")) == len(books.documents.rows(text="cafe\u0301")) == 1


def test_a_change_of_one_field_touches_no_other_row(books):
    save(books, voucher(evoucher="EINV:1"))
    statements = []
    driver_connection = books.connection.connection.driver_connection
    driver_connection.set_trace_callback(statements.append)
    save(books, voucher(evoucher="EINV:1", acknowledgements=(Acknowledgement("R-11", "两次供货"),)))
    driver_connection.set_trace_callback(None)
    written = {text.split()[1 if text.startswith("UPDATE") else 2] for text in statements if text[0] in "UID"}
    assert written == {"revision", "document", "audit"}


def test_numbers_go_back_with_an_undone_transaction(workspace):
    with workspace.books() as books:
        save(books, voucher(1))
        books.commit()
    with workspace.books() as books:
        save(books, voucher(2))
    with workspace.books() as books:
        save(books, voucher(3))
        books.commit()
    with workspace.books() as books:
        assert [row.doc_id for row in books.documents.rows()] == ["voucher-3", "voucher-1"]
        assert (books.verify_audit().rows, books.verify_audit().broken_at) == (2, None)


def test_every_document_is_counted_however_many_there_are(books):
    for number in range(1001):
        save(books, voucher(number + 1))
    assert len(books.documents.rows()) == 1001
    assert len(books.documents.rows(limit=12)) == 12
