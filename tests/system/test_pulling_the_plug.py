"""The plug is pulled, the disk is full, the platform dies, a page answers for it: nothing is lost or booked twice."""

import os
import shutil
import socket
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from desktop.bootstrap import Installation, install
from desktop.demo.clock import StoryClock
from desktop.demo.stage import PLATFORM_FOLDER, TODAY, UNIT_FOLDER
from desktop.domain.document import Content, Post, State
from desktop.domain.fault import Fault
from desktop.domain.voucher import PaymentVoucher
from desktop.storage.backup import make_backup
from desktop.storage.workspace import open_workspace
from desktop.texts import faults
from desktop.usecases.month_end import Stage, StageReport
from desktop.usecases.seal_batch import UNLISTED
from desktop.usecases.write_document import save
from sync.faults import ExchangeFault
from sync.transport.http import HttpTransport
from tests.system import killed
from tests.system.conftest import secrets_in
from tests.system.standing import Desk, Standing, open_desk, press, standing_of

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def undisturbed(made_rehearsal: Path, tmp_path_factory: pytest.TempPathFactory) -> Standing:
    """How the month ends when nothing happens."""
    home = Path(shutil.copytree(made_rehearsal, tmp_path_factory.mktemp("undisturbed") / "home"))
    with open_desk(home) as desk:
        outcome = press(desk.installation)
        assert (outcome.fault, outcome.run.accepted) == (None, 6)
        return desk.standing()


def assert_well_ended(desk: Desk, expected: Standing) -> None:
    """Every document stands as in an undisturbed run, the money too, and the platform booked each of them once."""
    found = desk.standing()
    assert {key: one.state for key, one in found.documents.items()} == {
        key: one.state for key, one in expected.documents.items()
    }
    assert found.balances == expected.balances
    assert found.outbox - {UNLISTED} == {batch.path.name for batch in found.batches}
    assert {batch.stage for batch in found.batches} == {"decided"}
    booked = Counter(
        (one["kind"], one["key"], one["revision"])
        for one in desk.bureau.bureau.decided("219001")
        if one["verdict"] == "accepted"
    )
    assert set(booked.values()) == {1}
    ours = {one.central_no for one in found.documents.values() if one.state is State.ACCEPTED}
    assert len(ours) == sum(one.state is State.ACCEPTED for one in found.documents.values())
    with desk.books() as books:
        assert books.verify_audit().broken_at is None  # type: ignore[attr-defined]
    assert [path for path in desk.workspace.folder.rglob("*.partial") if "backups" not in path.parts] == []


MOMENTS = [*(stage.value for stage in Stage), "SIGN.DONE", "SEND.DONE", "batch-file", "arrived-file", "decided-file"]


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_month_end_killed_at_any_moment_ends_well_at_the_next(home: Path, undisturbed: Standing, moment: str) -> None:
    command = [sys.executable, "-m", "tests.system.killed", str(home), moment]
    ended = subprocess.run(command, cwd=ROOT, check=False, timeout=120)
    assert ended.returncode == killed.EXIT
    with open_desk(home) as desk:
        outcome = press(desk.installation)
        assert outcome.fault is None
        assert_well_ended(desk, undisturbed)


def test_after_a_restored_backup_nothing_is_sent_and_no_sealed_batch_is_deleted(home: Path, tmp_path: Path) -> None:
    with open_desk(home) as desk:
        (tmp_path / "stick").mkdir()
        backup = make_backup(desk.workspace, tmp_path / "stick")
        assert press(desk.installation).run.accepted == 6
        sent = desk.standing().batches[-1].path
        data = sent.read_bytes()
        desk.workspace.restore(backup.path)
        before = desk.standing()
        outcome = press(desk.installation)
        assert isinstance(outcome.fault, ExchangeFault)
        assert (outcome.fault.code, outcome.run.sent) == ("TIP_UNKNOWN", 0)
        after = desk.standing()
        assert (after.documents, after.balances, after.stream) == (before.documents, before.balances, before.stream)
        assert [path.read_bytes() for path in desk.workspace.outbox.rglob(sent.name)] == [data]


# --- the platform


@contextmanager
def serving(home: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """The rehearsal's platform as a program of its own."""
    command = [sys.executable, "-m", "desktop", "central", "serve", "--data", str(home / PLATFORM_FOLDER)]
    program = subprocess.Popen([*command, "--port", str(port)], cwd=ROOT, stderr=subprocess.PIPE, text=True)
    assert program.stderr is not None
    try:
        said = ""
        while "startup complete" not in said:
            said = program.stderr.readline()
            assert said, "the platform did not start"
        yield program
    finally:
        program.kill()
        program.communicate()


@contextmanager
def unit_over(home: Path, url: str) -> Iterator[Installation]:
    """The unit with a platform somewhere else."""
    clock = StoryClock(TODAY)
    with open_workspace(home / UNIT_FOLDER, secrets_in(home), clock=clock.now) as workspace:
        yield install(workspace, clock=clock, connect=lambda _: HttpTransport(url))


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.mark.parametrize("moment", ["announced", "uploaded", "arrived"])
def test_a_platform_killed_in_the_middle_loses_and_repeats_nothing(
    home: Path, undisturbed: Standing, moment: str
) -> None:
    port = free_port()
    with unit_over(home, f"http://127.0.0.1:{port}") as unit:
        with serving(home, port) as platform:

            def progress(report: StageReport) -> None:
                done, size = report.facts.get("done"), report.facts.get("size")
                reached = {
                    "announced": report.stage is Stage.SEND and done == "0",
                    "uploaded": report.stage is Stage.SEND and done is not None and done == size,
                    "arrived": report.stage is Stage.RECEIPT,
                }
                if reached[moment]:
                    platform.kill()

            outcome = press(unit, progress=progress, patience=0)
        assert isinstance(outcome.fault, ExchangeFault)
        assert (outcome.fault.code, outcome.run.accepted) == ("NO_LINK", 0)
        sealed = standing_of(unit.workspace)
        expected = {State.SUBMITTED} if moment == "arrived" else {State.SEALED}
        in_batch = [one for one in sealed.documents.values() if one.batch_id == sealed.batches[-1].id]
        assert ({one.state for one in in_batch}, len(in_batch)) == (expected, 6)
        with serving(home, port):
            again = press(unit)
        assert (again.fault, again.run.accepted) == (None, 6)
    with open_desk(home) as desk:
        assert_well_ended(desk, undisturbed)


class _Page(BaseHTTPRequestHandler):
    """What answers in a hotel, behind a proxy, or where somebody put another server."""

    def do_GET(self) -> None:
        status, headers, body = self.server.answer  # type: ignore[attr-defined]
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_PUT = do_PATCH = do_GET  # noqa: N815 - the names of http.server

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def page(status: int, headers: dict[str, str], body: bytes) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Page)
    server.answer = (status, headers, body)  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


_HTML = b"<html><body>\xe8\xaf\xb7\xe5\x85\x88\xe7\x99\xbb\xe5\xbd\x95</body></html>"
_OURS = {"BSP-Protocol": "1"}
PAGES: dict[str, tuple[int, dict[str, str], bytes, str]] = {
    "sign-in page with 200": (200, {"Content-Type": "text/html"}, _HTML, "NO_LINK"),
    "way to the sign-in page": (302, {"Location": "http://127.0.0.1:9/login"}, b"", "NO_LINK"),
    "proxy that fails": (502, {"Content-Type": "text/html"}, b"Bad Gateway", "NO_LINK"),
    "page that says our header": (200, {**_OURS, "Content-Type": "text/html"}, _HTML, "ANSWER_INVALID"),
    "JSON that says nothing": (200, _OURS, b"{}", "ANSWER_INVALID"),
    "JSON of another kind": (200, _OURS, b"[1, 2]", "ANSWER_INVALID"),
    "error without a reason": (500, _OURS, b"", "ANSWER_INVALID"),
    "way out with our header": (302, {**_OURS, "Location": "http://127.0.0.1:9/"}, b"", "ANSWER_INVALID"),
}


@pytest.mark.parametrize("kind", PAGES)
def test_an_answer_that_is_not_the_platforms_changes_nothing(lone: Desk, kind: str) -> None:
    status, headers, body, code = PAGES[kind]
    before = lone.standing()
    with page(status, headers, body) as url:
        deaf = install(lone.workspace, clock=lone.installation.clock, connect=lambda _: HttpTransport(url))
        outcome = press(deaf)
    assert isinstance(outcome.fault, ExchangeFault)
    assert (outcome.fault.code, outcome.run.outcome, outcome.run.sent) == (code, "FAILED", 0)
    assert faults.describe(code, outcome.fault.facts).advice
    assert lone.standing() == before


@pytest.fixture(scope="module")
def lone(made_rehearsal: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One desk for all answers that are none: each test proves that they changed nothing."""
    home = Path(shutil.copytree(made_rehearsal, tmp_path_factory.mktemp("lone") / "home"))
    with open_desk(home) as desk:
        yield desk


# --- the disk


@contextmanager
def small_disk(at: Path, room: int) -> Iterator[None]:
    """A disk of its own over a folder, with what lay there, and little more room than that."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root can mount a small disk")
    kept = at.with_name(f"{at.name}-kept")
    at.rename(kept)
    at.mkdir()
    used = sum(-(-path.stat().st_size // 4096) * 4096 for path in kept.rglob("*") if path.is_file())
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={used + room}", "tmpfs", str(at)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting is not allowed here")
    try:
        shutil.copytree(kept, at, dirs_exist_ok=True)
        yield
        shutil.copytree(at, kept, dirs_exist_ok=True)
    finally:
        subprocess.run(["umount", "-l", str(at)], check=True)
        shutil.rmtree(at)
        kept.rename(at)


def enlarge(at: Path) -> None:
    subprocess.run(["mount", "-o", "remount,size=256m", str(at)], check=True, capture_output=True)


def test_a_full_disk_while_sealing_leaves_every_document_ready(home: Path, undisturbed: Standing) -> None:
    outbox = home / UNIT_FOLDER / "outbox"
    with small_disk(outbox, room=4096), open_desk(home) as desk:
        before = desk.standing()
        outcome = press(desk.installation)
        assert isinstance(outcome.fault, Fault | ExchangeFault)
        assert outcome.fault.code == "DISK_FULL"
        assert outcome.run.code == "DISK_FULL"
        after = desk.standing()
        assert (after.documents, after.balances, after.batches) == (
            before.documents,
            before.balances,
            before.batches,
        )
        assert [path for path in outbox.iterdir() if path.name not in before.outbox] == []
        enlarge(outbox)
        assert press(desk.installation).run.accepted == 6
        assert_well_ended(desk, undisturbed)


def test_a_full_disk_keeps_what_was_saved_last(home: Path) -> None:
    folder = home / UNIT_FOLDER
    shutil.rmtree(folder / "backups")
    (folder / "backups").mkdir()
    with small_disk(folder, room=1 << 20), open_desk(home) as desk:
        draft = next(one for one in desk.standing().documents.values() if one.state is State.PRESENTED)
        assert isinstance(draft.content, PaymentVoucher)
        fill(folder / "ballast")

        texts = (f"办公用房维修第 {number} 次" for number in range(1000))  # some room is left in the database's log
        saved = [draft.content]
        with pytest.raises(Fault) as refusal:
            saved.extend(written(desk, replace(draft.content, purpose=text)) for text in texts)
        assert refusal.value.code == "DISK_FULL"
        assert "满" in faults.describe("DISK_FULL", refusal.value.facts).happened
        before = desk.standing()
        assert before.documents[draft.head.doc_id].content == saved[-1]

        outcome = press(desk.installation)
        assert isinstance(outcome.fault, Fault | ExchangeFault)
        assert outcome.fault.code == "DISK_FULL"
        assert desk.standing() == before

        (folder / "ballast").unlink()
        wanted = replace(draft.content, purpose="办公用房屋顶防水维修")
        assert written(desk, wanted) == wanted


def written(desk: Desk, voucher: PaymentVoucher) -> Content:
    return save(desk.books(), desk.installation.seat(Post.MAKER), voucher).document.content


def fill(ballast: Path) -> None:
    """Leave no byte on the disk."""
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            return
