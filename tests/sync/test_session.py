"""Whole sessions over a real port, with a platform and a network that misbehave."""


import random
from dataclasses import replace

import pytest

from sync.central.service import Service
from sync.crypto import SoftKey, sm3
from sync.faults import ExchangeFault, NoLink
from sync.session import Progress, Session
from sync.transport.direct import DirectTransport
from sync.transport.http import HttpTransport
from tests.sync.office import Office
from tests.sync.papers import UNIT, evoucher, voucher
from tests.sync.rehearsal import PlatformServer, Rehearsal


def numbers(office: Office) -> list[tuple[int, str, str]]:
    return [(one.receipt_no, one.stage, one.verdict) for one in office.desk.receipts]


WHOLE = [(1, "arrived", "accepted"), (2, "decided", "accepted")]


def run(office: Office, server: PlatformServer) -> Session:
    return office.exchange(server.link(), pause=server.decide)


def test_one_session_brings_mirrors_sends_documents_and_collects_decisions(quiet: PlatformServer, office: Office):
    batch = office.seal(voucher(1), voucher(2, "200000.00"))
    session = run(office, quiet)
    assert numbers(office) == WHOLE
    assert office.desk.batches[batch.id].stage == "decided"
    assert sorted(office.desk.documents.values()) == ["accepted", "returned"]
    assert set(office.desk.mirrors) == {"public", f"unit:{UNIT}"}
    assert abs(session.clock_difference) < 600


def test_stages_report_what_they_did(quiet: PlatformServer, office: Office):
    steps: list[Progress] = []
    batch = office.seal(voucher(1))
    session = office.session(quiet.link(), progress=steps.append, pause=quiet.decide)
    hello = session.connect()
    assert (hello.platform, hello.tip.seq) == ("rehearsal-150821", 0)
    received = session.receive()
    assert [ref.scope for ref in received.catalogues] == ["public", f"unit:{UNIT}"]
    (sent,) = session.send()
    assert (sent.batch_id, sent.verdict, sent.documents, sent.receipt_no) == (batch.id, "accepted", 1, 1)
    collected = session.collect(5)
    assert ([one.receipt_no for one in collected.receipts], collected.waiting) == ([2], ())
    assert {step.stage for step in steps} == {"connect", "receive", "send", "collect"}
    sizes = [step.done for step in steps if step.stage == "send"]
    assert (sizes[0], sizes[-1]) == (0, batch.size)


def test_second_session_moves_nothing(quiet: PlatformServer, office: Office):
    office.seal(voucher(1))
    run(office, quiet)
    before = len(quiet.app.calls)
    run(office, quiet)
    assert numbers(office) == WHOLE
    again = quiet.app.calls[before:]
    assert not [call for call in again if "PATCH" in call or "PUT" in call or "catalogue" in call]


def test_large_batch_travels_in_pieces(quiet: PlatformServer, office: Office):
    scan = random.Random(1).randbytes(700_000)
    paper = voucher(1, evouchers=[evoucher("EINV:1", "1200.00", "1200.00", sm3(scan))])
    batch = office.seal(paper, files={sm3(scan): scan})
    pieces = -(-batch.size // (256 << 10))
    assert pieces > 1
    run(office, quiet)
    assert len([call for call in quiet.app.calls if call.startswith("PATCH")]) == pieces
    assert set(office.desk.documents.values()) == {"accepted"}


LOST = ["POST /v1/uploads/.*/complete", "PATCH", "PUT", "GET /v1/receipts", "GET /v1/hello"]
WAYS = ["hang_up_after_work", "hang_up_before_work", "cut_reply"]
WITH_A_BODY = [(lost, how) for lost in LOST for how in WAYS if (lost, how) != ("PATCH", "cut_reply")]


@pytest.mark.parametrize(("lost", "how"), WITH_A_BODY)
def test_lost_reply_marks_nothing_and_the_next_session_ends_the_same(
    quiet: PlatformServer, office: Office, lost: str, how: str
):
    batch = office.seal(voucher(1))
    getattr(quiet.app, how)(lost)
    with pytest.raises(ExchangeFault):
        run(office, quiet)
    if lost.startswith("P"):
        assert office.desk.batches[batch.id].stage == "sealed"
        assert office.desk.receipts == []
    run(office, quiet)
    assert numbers(office) == WHOLE
    assert quiet.rehearsal.accepted() == ["219001-2026-000001"]
    assert set(office.desk.booked.values()) == {1}


def test_lost_reply_is_told_as_no_link(quiet: PlatformServer, office: Office):
    office.seal(voucher(1))
    quiet.app.hang_up_after_work("complete")
    with pytest.raises(NoLink) as caught:
        run(office, quiet)
    assert caught.value.facts["reason"] == "BROKEN"


def test_platform_that_does_not_listen_is_no_link(office: Office):
    link = HttpTransport("http://127.0.0.1:9", connect_timeout=5.0)
    with pytest.raises(NoLink) as caught:
        office.session(link).connect()
    link.close()
    assert caught.value.facts["reason"] == "REFUSED"


CAPTIVE = b"<html><body>Please sign in</body></html>"


@pytest.mark.parametrize("call", ["POST /v1/session", "GET /v1/hello", "PUT", "PATCH", "complete", "GET /v1/receipts"])
@pytest.mark.parametrize(
    ("status", "headers"), [(200, {"content-type": "text/html"}), (302, {"location": "http://127.0.0.1:9/login"})]
)
def test_page_of_a_captive_network_is_no_link_and_marks_nothing(
    quiet: PlatformServer, office: Office, call: str, status: int, headers: dict[str, str]
):
    batch = office.seal(voucher(1))
    quiet.app.answer(call, status, headers, CAPTIVE)
    with pytest.raises(NoLink) as caught:
        run(office, quiet)
    assert caught.value.facts["reason"] == "CAPTIVE"
    assert office.desk.batches[batch.id].stage == "sealed"
    run(office, quiet)
    assert numbers(office) == WHOLE


def test_catalogue_from_a_captive_network_leaves_no_file(quiet: PlatformServer, office: Office):
    quiet.app.answer("GET /v1/catalogue", 200, {}, CAPTIVE)
    with pytest.raises(NoLink):
        run(office, quiet)
    assert list(office.desk.inbox().iterdir()) == []
    assert office.desk.mirrors == {}


def test_busy_platform_is_told_with_its_delay(quiet: PlatformServer, office: Office):
    body = b'{"code":"BUSY","facts":{"retry_after":"5"},"status":503}'
    headers = {"content-type": "application/problem+json", "BSP-Protocol": "1", "retry-after": "5"}
    quiet.app.answer("GET /v1/hello", 503, headers, body)
    with pytest.raises(ExchangeFault) as caught:
        run(office, quiet)
    assert (caught.value.code, caught.value.facts) == ("BUSY", {"retry_after": "5"})


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"code":1}', b"\xff", b'{"receipts":"x"}', b'{"receipts":["*"]}'])
def test_answer_that_makes_no_sense_is_refused(quiet: PlatformServer, office: Office, body: bytes):
    office.seal(voucher(1))
    quiet.app.answer("GET /v1/receipts", 200, {"BSP-Protocol": "1", "content-type": "application/json"}, body)
    with pytest.raises(ExchangeFault) as caught:
        run(office, quiet)
    assert caught.value.code == "ANSWER_INVALID"


@pytest.mark.parametrize("at", [0.05, 0.3, 0.5, 0.7, 0.95])
def test_receipt_with_a_changed_byte_is_kept_aside_and_not_applied(quiet: PlatformServer, office: Office, at: float):
    batch = office.seal(voucher(1))
    quiet.app.flip_byte("complete", at)
    with pytest.raises(ExchangeFault):
        run(office, quiet)
    ((kept, code),) = office.desk.aside
    assert kept.exists()
    assert code
    assert office.desk.batches[batch.id].stage == "sealed"
    run(office, quiet)
    assert numbers(office) == WHOLE


def test_catalogue_with_a_changed_byte_is_refused(quiet: PlatformServer, office: Office):
    quiet.app.flip_byte("GET /v1/catalogue")
    with pytest.raises(ExchangeFault):
        run(office, quiet)
    assert office.desk.mirrors == {}
    run(office, quiet)
    assert len(office.desk.mirrors) == 2


@pytest.mark.parametrize("role", ["stranger", "catalogue"])
def test_receipt_under_another_key_is_kept_aside(rehearsal: Rehearsal, office: Office, role: str):
    keys = rehearsal.platform.keys
    other = SoftKey.generate() if role == "stranger" else keys.catalogue
    forging = Service(replace(rehearsal.platform, keys=replace(keys, receipt=other)))
    batch = office.seal(voucher(1))
    with pytest.raises(ExchangeFault) as caught:
        office.exchange(DirectTransport(forging))
    assert caught.value.code == "SIGNATURE_INVALID"
    assert [code for _, code in office.desk.aside] == ["SIGNATURE_INVALID"]
    assert (office.desk.receipts, office.desk.batches[batch.id].stage) == ([], "sealed")


def test_receipt_of_another_unit_is_kept_aside(rehearsal: Rehearsal, office: Office):
    class Crossed(DirectTransport):
        def receipts(self, after: int, limit: int) -> list[bytes]:
            return rehearsal.service.receipts("219001/W2", after, limit)

    other = rehearsal.office("W2")
    other.seal(voucher(1))
    other.exchange(DirectTransport(rehearsal.service))
    with pytest.raises(ExchangeFault) as caught:
        office.exchange(Crossed(rehearsal.service))
    assert caught.value.code == "WRONG_RECIPIENT"
    assert office.desk.receipts == []
    assert [code for _, code in office.desk.aside] == ["WRONG_RECIPIENT"]


def test_missing_receipt_in_the_middle_is_noticed(rehearsal: Rehearsal, office: Office):
    class Forgetful(DirectTransport):
        def complete(self, batch_id: str) -> bytes:
            super().complete(batch_id)
            raise NoLink(reason="BROKEN")

        def receipts(self, after: int, limit: int) -> list[bytes]:
            return super().receipts(after + 1, limit)

    office.seal(voucher(1))
    with pytest.raises(NoLink):
        office.exchange(Forgetful(rehearsal.service))
    with pytest.raises(ExchangeFault) as caught:
        office.exchange(Forgetful(rehearsal.service))
    assert caught.value.code == "RECEIPT_GAP"
    office.exchange(DirectTransport(rehearsal.service))
    assert numbers(office) == WHOLE
