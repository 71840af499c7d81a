"""The platform is killed before every commit of a session; run again, the session comes to the same end."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sync.faults import NoLink
from sync.transport.http import HttpTransport
from tests.sync.mortal_platform import DIED
from tests.sync.papers import voucher
from tests.sync.rehearsal import Rehearsal

ROOT = Path(__file__).parents[2]


@contextmanager
def mortal(data: Path, deadly: int) -> Iterator[tuple[subprocess.Popen[str], HttpTransport]]:
    command = [sys.executable, "-m", "tests.sync.mortal_platform", str(data), str(deadly)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        link = HttpTransport(process.stdout.readline().strip(), connect_timeout=20.0, stall_timeout=30.0)
        try:
            yield process, link
        finally:
            link.close()
            process.communicate("", timeout=60)


@pytest.mark.system
def test_platform_killed_before_every_commit_books_everything_once(rehearsal: Rehearsal):
    office = rehearsal.office()
    office.seal(voucher(1), voucher(2, "200000.00"))
    pause = threading.Event()
    deaths = 0
    for deadly in range(1, 30):
        with mortal(rehearsal.platform.data, deadly) as (process, link):
            try:
                office.exchange(link, patience=60, pause=lambda seconds: pause.wait(seconds / 5) and None)
            except NoLink:
                assert process.wait(60) == DIED
                deaths += 1
                continue
            break
    assert deaths >= 6  # nonce, token, upload, arrival, decision, and the queue at the start
    assert sorted(office.desk.documents.values()) == ["accepted", "returned"]
    assert [(one.receipt_no, one.stage) for one in office.desk.receipts] == [(1, "arrived"), (2, "decided")]
    assert rehearsal.accepted() == ["219001-2026-000001"]
