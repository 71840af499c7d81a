"""Several installations at once, and one installation that asks twice at the same time."""

from concurrent.futures import ThreadPoolExecutor

from sync.protocol import Announcement
from tests.sync.office import Office
from tests.sync.papers import UNIT, head, quota, voucher
from tests.sync.rehearsal import PlatformServer, Rehearsal


def test_writers_that_send_at_once_all_get_their_receipts(platform: PlatformServer, rehearsal: Rehearsal):
    rehearsal.bureau.publish_unit(UNIT, {"quota": [quota(amount="12000.00")]})
    offices = [rehearsal.office(f"W{number}") for number in range(1, 5)]
    for number, office in enumerate(offices, start=1):
        for seq in range(1, 4):
            key = f"{UNIT}-2026-{number}0000{seq}"
            office.seal(voucher(1, "1000.00", head=head("VOUCHER", key)))
    links = [platform.link() for _ in offices]
    with ThreadPoolExecutor(len(offices)) as pool:
        list(pool.map(lambda pair: pair[0].exchange(pair[1], patience=60), zip(offices, links, strict=True)))
    rehearsal.service.decide_all()
    for office, link in zip(offices, links, strict=True):
        office.exchange(link, patience=60)
        assert set(office.desk.documents.values()) == {"accepted"}
        assert [one.receipt_no for one in office.desk.receipts] == [1, 2, 3, 4, 5, 6]
    assert len(set(rehearsal.accepted())) == 12
    numbers = [str(row["central_no"]) for row in rehearsal.bureau.decided(UNIT)]
    assert sorted(numbers) == [f"ZF2026{number:06d}" for number in range(1, 13)]


def test_batch_completed_twice_at_once_is_one_arrival(quiet: PlatformServer, office: Office, rehearsal: Rehearsal):
    batch = office.seal(voucher(1))
    links = [quiet.link() for _ in range(4)]
    for link in links:
        link.sign_in(office.desk.state.stream, office.platform, office.writer)
    stream = office.desk.state.stream
    links[0].announce(Announcement(batch.id, stream, 1, 1, batch.size, batch.file_sm3))
    links[0].append(batch.id, 0, batch.path.read_bytes())
    with ThreadPoolExecutor(len(links)) as pool:
        answers = [pool.submit(link.complete, batch.id) for link in links]
    assert len({answer.result() for answer in answers if answer.exception() is None}) == 1
    office.exchange(quiet.link(), pause=quiet.decide)
    assert [(one.receipt_no, one.stage) for one in office.desk.receipts] == [(1, "arrived"), (2, "decided")]
    assert rehearsal.accepted() == ["219001-2026-000001"]
