"""The audit is a chain: whoever changes, removes or inserts a row is found by the row behind it."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from desktop.storage import tables
from tests.storage.samples import AT


@pytest.fixture
def told(workspace):
    for number in range(5):
        with workspace.books() as books:
            books.audit("zhangli", "maker", "OPENED", f"d{number}", {"why": "核对①"}, at=AT)
            books.audit("liqiang", "checker", "CLOSED", f"d{number}", {}, at=AT)
            books.commit()
    return workspace


def test_an_untouched_audit_holds_over_many_transactions(told):
    with told.books() as books:
        check = books.verify_audit()
        last = books.connection.execute(select(tables.audit.c.hash).order_by(tables.audit.c.number.desc())).scalar()
    assert (check.rows, check.broken_at, check.last_hash) == (10, None, last)


def test_an_empty_audit_holds(books):
    assert books.verify_audit().broken_at is None
    assert books.verify_audit().last_hash == "0" * 64


def test_a_row_keeps_what_was_told(told):
    with told.books() as books:
        row = books.connection.execute(select(tables.audit).where(tables.audit.c.number == 1)).one()
    assert row[1:7] == (AT, "zhangli", "maker", "OPENED", "d0", '{"why":"核对①"}')


@pytest.mark.parametrize("statement", ["UPDATE audit SET who = 'x'", "DELETE FROM audit"])
def test_rows_are_append_only(told, statement):
    with told.books() as books, pytest.raises(IntegrityError):
        books.connection.execute(text(statement))


@pytest.mark.parametrize(
    ("statement", "broken_at"),
    [
        ("UPDATE audit SET who = 'x' WHERE number = 4", 4),
        ("UPDATE audit SET facts = '{}' WHERE number = 5", 5),
        ("UPDATE audit SET hash = replace(hash, 'a', 'b') WHERE number = 10", 10),
        ("DELETE FROM audit WHERE number = 6", 6),
        ("DELETE FROM audit WHERE number = 1", 1),
        ("UPDATE audit SET number = number + 100 WHERE number >= 7", 7),
    ],
)
def test_a_chain_that_was_tampered_with_behind_the_triggers_is_found(told, statement, broken_at):
    with told.books() as books:
        for trigger in ("audit_no_update", "audit_no_delete"):
            books.connection.execute(text(f"DROP TRIGGER {trigger}"))
        books.connection.execute(text(statement))
        assert books.verify_audit().broken_at == broken_at
