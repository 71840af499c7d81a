"""The platform's word changes under documents that are signed already: the central figure wins, and the books agree."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.bootstrap import install
from desktop.demo.clock import StoryClock
from desktop.demo.records import opening_records
from desktop.demo.stage import UNIT_FOLDER
from desktop.domain.document import Document, State
from desktop.domain.fault import Fault
from desktop.domain.head import Kind
from desktop.domain.mirrors import Officer
from desktop.domain.voucher import PaymentVoucher
from desktop.storage.workspace import open_workspace
from desktop.texts import faults
from sync.crypto import SoftKey
from sync.faults import ExchangeFault
from sync.transport.direct import DirectTransport
from tests.system.conftest import secrets_in
from tests.system.standing import Desk, open_desk, press, standing_of

UNIT = "219001"
Record = dict[str, object]


@pytest.fixture
def desk(home: Path) -> Iterator[Desk]:
    with open_desk(home) as opened:
        yield opened


def signed(desk: Desk) -> list[Document]:
    found = desk.standing().documents.values()
    return [one for one in found if one.state is State.SIGNED and one.head.kind is Kind.VOUCHER]


def quota_of(document: Document) -> str:
    assert isinstance(document.content, PaymentVoucher)
    return document.content.quota.quota_id


def publish_quotas(desk: Desk, change: Callable[[list[Record]], list[Record]]) -> None:
    desk.bureau.bureau.publish_unit(UNIT, {"quota": change(opening_records()["quota"])})


def officer(desk: Desk, post: str) -> Officer:
    with desk.books() as books:
        return next(one for one in books.mirrors.officers() if post in one.posts)


def test_a_quota_cut_below_what_is_reserved_sends_vouchers_back(desk: Desk) -> None:
    quota = quota_of(signed(desk)[0])
    on_it = [one.head.doc_id for one in signed(desk) if quota_of(one) == quota]
    left = desk.standing().balances[quota].paid + 1

    def cut(records: list[Record]) -> list[Record]:
        return [{**one, "amount": f"{left:.2f}"} if one["id"] == quota else one for one in records]

    publish_quotas(desk, cut)
    outcome = press(desk.installation)

    after = desk.standing()
    assert (outcome.fault, outcome.run.accepted) == (None, 6 - len(on_it))
    assert {after.documents[key].state for key in on_it} == {State.DRAFT}
    assert all(after.documents[key].comment is not None for key in on_it)
    balance = after.balances[quota]
    assert (balance.sources, balance.available, balance.reserved) == (left, Decimal("1.00"), Decimal("0.00"))


def test_a_quota_that_is_gone_sends_its_vouchers_back(desk: Desk) -> None:
    quota = quota_of(signed(desk)[0])
    on_it = [one.head.doc_id for one in signed(desk) if quota_of(one) == quota]
    publish_quotas(desk, lambda records: [one for one in records if one["id"] != quota])
    outcome = press(desk.installation)
    after = desk.standing()
    assert (outcome.fault, outcome.run.accepted) == (None, 6 - len(on_it))
    assert {after.documents[key].state for key in on_it} == {State.DRAFT}
    with desk.books() as books:
        assert books.ledger.balance(quota).reserved == 0


def test_a_catalogue_with_a_wrong_record_is_put_aside_and_changes_nothing(desk: Desk) -> None:
    before = desk.standing()
    publish_quotas(desk, lambda records: [{**records[0], "amount": "1.005"}, *records[1:]])
    for _ in range(2):
        outcome = press(desk.installation)
        assert isinstance(outcome.fault, Fault)
        assert (outcome.fault.code, outcome.run.sent) == ("MIRROR_INVALID", 0)
    assert desk.standing() == before
    assert len(list((desk.workspace.inbox / "set-aside").iterdir())) == 1
    publish_quotas(desk, lambda records: records)
    assert press(desk.installation).run.accepted == 6


@pytest.mark.parametrize("gone", ["another key", "inactive"])
def test_a_signature_whose_key_is_no_longer_registered_is_returned_with_its_reason(desk: Desk, gone: str) -> None:
    one, key = officer(desk, "checker"), SoftKey.generate().public
    public = (key.key_id, key.hex) if gone == "another key" else (one.key_id, one.public_key)
    names = {"id": one.id, "name": one.name, "posts": list(one.posts), "active": gone != "inactive"}
    desk.bureau.bureau.register_officer(UNIT, {**names, "key_id": public[0], "public_key": public[1]})
    keys = [document.head.doc_id for document in signed(desk)]
    outcome = press(desk.installation)
    assert (outcome.fault, outcome.run.accepted, outcome.run.returned) == (None, 0, 6)
    for key_of in keys:
        document = desk.standing().documents[key_of]
        assert document.state is State.RETURNED
        assert document.comment is not None
        assert "复核" in document.comment.text


def test_a_computer_whose_key_was_taken_back_sends_nothing(desk: Desk) -> None:
    before = desk.standing()
    desk.bureau.bureau.revoke_writer(f"{UNIT}/pc1")
    outcome = press(desk.installation)
    assert isinstance(outcome.fault, ExchangeFault)
    assert (outcome.fault.code, outcome.run.sent) == ("KEY_REVOKED", 0)
    assert "财政" in faults.describe("KEY_REVOKED", outcome.fault.facts).advice
    assert desk.standing() == before


def test_a_clock_that_is_a_year_slow_is_said_and_changes_no_number(home: Path) -> None:
    with open_desk(home) as there:
        slow = StoryClock(datetime(2025, 11, 20, 8, 30, tzinfo=timezone(timedelta(hours=8))))
        service = there.bureau.service
        there.workspace.close()
        with open_workspace(home / UNIT_FOLDER, secrets_in(home), clock=slow.now) as workspace:
            unit = install(workspace, clock=slow, connect=lambda _: DirectTransport(service))
            before = {path.name for path in (workspace.folder / "backups").iterdir()}
            outcome = press(unit)
            assert (outcome.fault, outcome.run.accepted) == (None, 6)
            connected = next(report for report in outcome.stages if report.stage == "CONNECT")
            assert abs(int(connected.facts["clock"])) > 300 * 24 * 3600
            assert {path.name for path in (workspace.folder / "backups").iterdir()} > before
            assert standing_of(workspace).stream.sealed.seq == 7
            with workspace.books() as books:
                assert books.verify_audit().broken_at is None
