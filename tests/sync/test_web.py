"""The platform's port: status, code and header of every answer."""

import base64
import socket
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import requests

from sync.crypto import SoftKey, sm3
from sync.faults import DiskFull, ExchangeFault, NoLink
from sync.manifest import NO_DIGEST, Tip
from sync.protocol import PROGRAM, PROTOCOL, Hello, session_message, too_old
from sync.transport.direct import DirectTransport
from sync.transport.http import HttpTransport
from tests.sync.office import Office
from tests.sync.papers import voucher
from tests.sync.rehearsal import SETTINGS, PlatformServer, Rehearsal

SOME_ID = "5f0c6f0e-7d0a-4c4b-9c9e-2d8f3b1a6e57"


class Client:
    """Plain requests to the platform, right or wrong."""

    def __init__(self, url: str) -> None:
        self.url, self.http = url, requests.Session()
        self.http.headers["BSP-Protocol"] = str(PROTOCOL)

    def call(self, method: str, path: str, **options: Any) -> tuple[int, str, requests.Response]:
        answer = self.http.request(method, self.url + path, timeout=20, **options)
        problem = answer.headers.get("Content-Type") == "application/problem+json"
        assert answer.headers["BSP-Protocol"] == str(PROTOCOL)
        return answer.status_code, answer.json()["code"] if problem else "", answer

    def sign_in(self, office: Office) -> None:
        stream = office.desk.state.stream
        _, _, asked = self.call("POST", "/v1/session", json={"stream": stream, "key_id": office.writer.key_id})
        nonce = asked.json()["nonce"]
        signature = office.writer.sign(session_message(stream, office.platform, nonce))
        answered = {"nonce": nonce, "signature": base64.b64encode(signature).decode()}
        _, _, answer = self.call("POST", "/v1/session", json=answered)
        self.http.headers["Authorization"] = f"Bearer {answer.json()['token']}"


@pytest.fixture
def client(quiet: PlatformServer) -> Iterator[Client]:
    made = Client(quiet.url)
    yield made
    made.http.close()


def announced(office: Office, **changes: Any) -> dict[str, Any]:
    (batch,) = office.desk.to_send()
    fields = {
        "id": batch.id,
        "stream": office.desk.state.stream,
        "epoch": 1,
        "seq": batch.seq,
        "size": batch.size,
        "sm3": batch.file_sm3,
    }
    return fields | changes


def piece(data: bytes, offset: int = 0, checksum: str | None = None) -> dict[str, Any]:
    headers = {"Upload-Offset": str(offset), "Upload-Checksum": f"sm3 {checksum or sm3(data)}"}
    return {"headers": headers, "data": data}


def test_request_without_the_protocols_header_is_refused(quiet: PlatformServer, client: Client):
    for spoken in (None, "0", "x"):
        client.http.headers["BSP-Protocol"] = spoken
        assert client.call("GET", "/v1/head")[:2] == (400, "PROTOCOL_UNKNOWN")


@pytest.mark.parametrize("path", ["/v1/hello", "/v1/receipts", "/v1/catalogue/1", f"/v1/batches/{SOME_ID}"])
@pytest.mark.parametrize("authorization", [None, "Bearer wrong", "Basic eDp5", ""])
def test_calls_of_a_stream_need_its_token(client: Client, path: str, authorization: str | None):
    client.http.headers["Authorization"] = authorization
    assert client.call("GET", path)[:2] == (401, "SESSION_UNKNOWN")


def test_root_and_head_are_for_everybody(client: Client, rehearsal: Rehearsal):
    assert client.call("GET", "/v1/root/1")[2].content == rehearsal.service.root(1)
    assert client.call("GET", "/v1/root/2")[:2] == (404, "NOT_FOUND")
    assert client.call("GET", "/v1/head")[2].content == rehearsal.service.head()


def test_unknown_calls_and_bad_requests_are_problems_too(client: Client, office: Office):
    client.sign_in(office)
    assert client.call("GET", "/v1/nothing")[:2] == (404, "NOT_FOUND")
    assert client.call("DELETE", "/v1/head")[:2] == (405, "REQUEST_INVALID")
    assert client.call("GET", "/v1/receipts?after=-1")[:2] == (422, "REQUEST_INVALID")
    assert client.call("GET", "/v1/receipts?limit=51")[:2] == (422, "REQUEST_INVALID")
    assert client.call("POST", "/v1/session", data=b"{")[:2] == (422, "REQUEST_INVALID")
    assert client.call("PUT", f"/v1/batches/{uuid4()}", json={})[:2] == (422, "REQUEST_INVALID")
    assert client.call("GET", f"/v1/batches/{uuid4()}")[:2] == (404, "NOT_FOUND")
    assert client.call("GET", "/v1/catalogue/99")[:2] == (404, "NOT_FOUND")
    assert client.call("GET", "/v1/catalogue/1?scope=unit:219002")[:2] == (404, "NOT_FOUND")


def test_session_is_for_registered_keys_that_are_not_revoked(client: Client, office: Office, rehearsal: Rehearsal):
    stranger = {"stream": "219001/W1", "key_id": SoftKey.generate().key_id}
    assert client.call("POST", "/v1/session", json=stranger)[:2] == (401, "KEY_UNKNOWN")
    unknown = {"stream": "219009/W1", "key_id": office.writer.key_id}
    assert client.call("POST", "/v1/session", json=unknown)[:2] == (401, "KEY_UNKNOWN")
    client.sign_in(office)
    assert client.call("GET", "/v1/hello", headers={"BSP-Program": PROGRAM})[0] == 200
    rehearsal.bureau.revoke_writer("219001/W1")
    assert client.call("GET", "/v1/hello")[:2] == (403, "KEY_REVOKED")
    own = {"stream": "219001/W1", "key_id": office.writer.key_id}
    assert client.call("POST", "/v1/session", json=own)[:2] == (403, "KEY_REVOKED")


def test_nonce_works_once_and_only_with_the_right_signature(client: Client, office: Office):
    asked = {"stream": "219001/W1", "key_id": office.writer.key_id}
    nonce = client.call("POST", "/v1/session", json=asked)[2].json()["nonce"]
    for signer, platform in ((SoftKey.generate(), office.platform), (office.writer, "another-platform")):
        nonce = client.call("POST", "/v1/session", json=asked)[2].json()["nonce"]
        signature = base64.b64encode(signer.sign(session_message("219001/W1", platform, nonce))).decode()
        answer = {"nonce": nonce, "signature": signature}
        assert client.call("POST", "/v1/session", json=answer)[:2] == (422, "SIGNATURE_INVALID")
        assert client.call("POST", "/v1/session", json=answer)[:2] == (401, "NONCE_UNKNOWN")
    assert client.call("POST", "/v1/session", json={"nonce": nonce, "signature": "*"})[:2] == (
        422,
        "SIGNATURE_INVALID",
    )


def test_large_request_is_refused_before_it_is_read(client: Client, office: Office):
    client.sign_in(office)
    assert client.call("POST", "/v1/session", data=bytes(70_000))[:2] == (413, "TOO_LARGE")
    assert client.call("PUT", f"/v1/batches/{SOME_ID}", data=iter([b"{", b"}"]))[:2] == (413, "TOO_LARGE")


def test_program_below_the_oldest_one_is_told(client: Client, office: Office):
    client.sign_in(office)
    for program in ("0.0.9", "", "x"):
        assert client.call("GET", "/v1/hello", headers={"BSP-Program": program})[:2] == (426, "PROGRAM_TOO_OLD")


def test_upload_goes_by_the_book(client: Client, office: Office, rehearsal: Rehearsal):
    batch = office.seal(voucher(1))
    data, client_path = batch.path.read_bytes(), f"/v1/uploads/{batch.id}"
    client.sign_in(office)
    assert client.call("PATCH", client_path, **piece(data))[:2] == (404, "NOT_FOUND")
    assert client.call("POST", f"{client_path}/complete")[:2] == (404, "NOT_FOUND")
    assert client.call("PUT", f"/v1/batches/{batch.id}", json=announced(office))[0] == 201
    assert client.call("PATCH", client_path, **piece(data[:500], 7))[:2] == (409, "OFFSET_WRONG")
    assert client.call("PATCH", client_path, **piece(data[:500], 0, sm3(b"x")))[:2] == (460, "CHUNK_DAMAGED")
    status, _, answer = client.call("PATCH", client_path, **piece(data[:500]))
    assert (status, answer.headers["Upload-Offset"]) == (204, "500")
    _, _, answer = client.call("PATCH", client_path, **piece(data[:500]))
    assert (answer.json()["code"], answer.json()["facts"]) == ("OFFSET_WRONG", {"offset": "500"})
    assert client.call("POST", f"{client_path}/complete")[:2] == (409, "UPLOAD_INCOMPLETE")
    assert client.call("PATCH", client_path, **piece(data[500:] + b"!", 500))[:2] == (413, "TOO_LARGE")
    assert client.call("PATCH", client_path, **piece(data[500:], 500))[0] == 204
    status, _, first = client.call("POST", f"{client_path}/complete")
    assert status == 202
    assert first.headers["ETag"] == f'"{sm3(first.content)}"'
    rehearsal.service.decide_all()
    status, _, again = client.call("POST", f"{client_path}/complete")
    assert (status, again.content) == (200, first.content)
    status, _, known = client.call("PUT", f"/v1/batches/{batch.id}", json=announced(office))
    assert (status, known.json()) == (200, {"offset": batch.size, "stage": "decided"})
    assert client.call("GET", f"/v1/batches/{batch.id}")[2].content == data


def test_unfinished_upload_starts_again_when_it_is_announced_again(client: Client, office: Office):
    batch = office.seal(voucher(1))
    client.sign_in(office)
    client.call("PUT", f"/v1/batches/{batch.id}", json=announced(office))
    client.call("PATCH", f"/v1/uploads/{batch.id}", **piece(batch.path.read_bytes()[:100]))
    status, _, answer = client.call("PUT", f"/v1/batches/{batch.id}", json=announced(office))
    assert (status, answer.json()) == (200, {"offset": 0, "stage": "receiving"})


def test_one_id_stands_for_one_file(client: Client, office: Office, quiet: PlatformServer):
    batch = office.seal(voucher(1))
    client.sign_in(office)
    path = f"/v1/batches/{batch.id}"
    client.call("PUT", path, json=announced(office))
    assert client.call("PUT", path, json=announced(office, sm3=sm3(b"x")))[:2] == (409, "ID_REUSED")
    announcement = announced(office)
    office.exchange(quiet.link(), pause=quiet.decide)
    assert client.call("PUT", path, json={**announcement, "size": 7})[:2] == (409, "ID_REUSED")


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({"stream": "219001/W2"}, (403, "STREAM_NOT_YOURS")),
        ({"size": SETTINGS.max_container + 1}, (413, "TOO_LARGE")),
        ({"id": "0b7f2f3e-5a4d-4f43-8d0e-6a1c9e2b7d11"}, (422, "REQUEST_INVALID")),
        ({"sm3": "x"}, (422, "REQUEST_INVALID")),
        ({"seq": 0}, (422, "REQUEST_INVALID")),
    ],
)
def test_announcement_is_checked(client: Client, office: Office, changes: dict[str, Any], answer: tuple[int, str]):
    batch = office.seal(voucher(1))
    client.sign_in(office)
    assert client.call("PUT", f"/v1/batches/{batch.id}", json=announced(office, **changes))[:2] == answer


def test_upload_whose_bytes_are_others_starts_again(client: Client, office: Office):
    batch = office.seal(voucher(1))
    client.sign_in(office)
    client.call("PUT", f"/v1/batches/{batch.id}", json=announced(office))
    changed = bytearray(batch.path.read_bytes())
    changed[-1] ^= 1
    client.call("PATCH", f"/v1/uploads/{batch.id}", **piece(bytes(changed)))
    assert client.call("POST", f"/v1/uploads/{batch.id}/complete")[:2] == (422, "FILE_DAMAGED")
    assert client.call("PUT", f"/v1/batches/{batch.id}", json=announced(office))[0] == 201


def test_file_that_is_not_the_announced_one_starts_again(client: Client, office: Office):
    batch = office.seal(voucher(1))
    client.sign_in(office)
    client.call("PUT", f"/v1/batches/{batch.id}", json=announced(office, sm3=sm3(b"another file")))
    client.call("PATCH", f"/v1/uploads/{batch.id}", **piece(batch.path.read_bytes()))
    assert client.call("POST", f"/v1/uploads/{batch.id}/complete")[:2] == (422, "FILE_DAMAGED")
    assert client.call("PUT", f"/v1/batches/{batch.id}", json=announced(office))[0] == 201


def test_upload_of_another_unit_cannot_be_touched(client: Client, office: Office, rehearsal: Rehearsal):
    batch = office.seal(voucher(1))
    client.sign_in(office)
    client.call("PUT", f"/v1/batches/{batch.id}", json=announced(office))
    client.sign_in(rehearsal.office("W2"))
    data = batch.path.read_bytes()
    assert client.call("PATCH", f"/v1/uploads/{batch.id}", **piece(data))[:2] == (404, "NOT_FOUND")
    assert client.call("POST", f"/v1/uploads/{batch.id}/complete")[:2] == (404, "NOT_FOUND")


def test_piece_above_the_limit_is_refused(tmp_path: Path):
    small = Rehearsal.opened(tmp_path, replace(SETTINGS, max_chunk=1000))
    office = small.office()
    batch = office.seal(voucher(1))
    with PlatformServer(small, decide=False) as server:
        client = Client(server.url)
        client.sign_in(office)
        client.call("PUT", f"/v1/batches/{batch.id}", json=announced(office))
        assert client.call("PATCH", f"/v1/uploads/{batch.id}", **piece(bytes(1001)))[:2] == (413, "TOO_LARGE")
        client.http.close()
        office.exchange(server.link(), pause=server.decide)
    small.close()
    assert office.desk.batches[batch.id].stage == "decided"


def test_hostile_container_is_turned_away_and_the_platform_goes_on(
    client: Client, office: Office, rehearsal: Rehearsal
):
    client.sign_in(office)
    for data in (b"", b"BSP1\n" + bytes(1000), b"PK\x03\x04" + bytes(200), b"BSP1\nH" + b"\xff" * 8):
        one = str(uuid4())
        fields = {"id": one, "stream": "219001/W1", "epoch": 1, "seq": 1, "size": max(len(data), 1), "sm3": sm3(data)}
        client.call("PUT", f"/v1/batches/{one}", json=fields)
        client.call("PATCH", f"/v1/uploads/{one}", **piece(data))
        status, code, _ = client.call("POST", f"/v1/uploads/{one}/complete")
        assert (status in (409, 413, 422), bool(code)) == (True, True)
    assert list(rehearsal.platform.folder("batches").iterdir()) == []
    assert client.call("GET", "/v1/hello", headers={"BSP-Program": PROGRAM})[2].json()["tip"]["seq"] == 0


def test_disk_of_the_platform_is_no_fault_of_the_unit(
    client: Client, office: Office, monkeypatch: pytest.MonkeyPatch
):
    def full(*arguments: Any) -> Any:
        raise DiskFull(folder="/srv/platform")

    batch = office.seal(voucher(1))
    client.sign_in(office)
    monkeypatch.setattr("sync.central.service.announce", full)
    status, code, answer = client.call("PUT", f"/v1/batches/{batch.id}", json=announced(office))
    assert (status, code, answer.headers["Retry-After"]) == (503, "BUSY", "5")
    assert "/srv" not in answer.text


def test_mistake_of_ours_is_a_problem_without_details(
    client: Client, office: Office, monkeypatch: pytest.MonkeyPatch
):
    def broken(*arguments: Any) -> Any:
        raise KeyError("secret")

    client.sign_in(office)
    monkeypatch.setattr("sync.central.service.receipts_after", broken)
    status, code, answer = client.call("GET", "/v1/receipts")
    assert (status, code) == (500, "PLATFORM_FAILED")
    assert "secret" not in answer.text


def test_own_batch_comes_back_whole(quiet: PlatformServer, office: Office, tmp_path: Path):
    batch = office.seal(voucher(1))
    link = quiet.link()
    office.exchange(link, pause=quiet.decide)
    direct = DirectTransport(quiet.rehearsal.service)
    direct.sign_in(office.desk.state.stream, office.platform, office.writer)
    for number, carrier in enumerate((link, direct)):
        into = tmp_path / f"again-{number}.bsp"
        carrier.batch(batch.id, into)
        assert into.read_bytes() == batch.path.read_bytes()
    with pytest.raises(ExchangeFault) as caught:
        link.batch(str(uuid4()), tmp_path / "none.bsp")
    assert caught.value.code == "NOT_FOUND"
    assert not (tmp_path / "none.bsp").exists()


def test_system_proxies_are_not_used_for_this_pc(monkeypatch: pytest.MonkeyPatch, quiet: PlatformServer):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert quiet.link().root(1)


def test_link_over_tls_trusts_what_the_system_trusts():
    link = HttpTransport("https://127.0.0.1:9", connect_timeout=5.0)
    with pytest.raises(ExchangeFault) as caught:
        link.head()
    link.close()
    assert caught.value.code == "NO_LINK"


def test_address_that_has_no_name_is_no_link(monkeypatch: pytest.MonkeyPatch):
    def unknown(*arguments: Any, **named: Any) -> Any:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    link = HttpTransport("http://platform.invalid")
    with pytest.raises(NoLink) as caught:
        link.head()
    link.close()
    assert caught.value.facts["reason"] == "REFUSED"


def test_platform_that_never_answers_is_no_link():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        link = HttpTransport(f"http://127.0.0.1:{silent.getsockname()[1]}", stall_timeout=0.05)
        with pytest.raises(NoLink) as caught:
            link.head()
        link.close()
    assert caught.value.facts["reason"] == "TIMEOUT"


def test_openapi_page_names_every_call(quiet: PlatformServer):
    paths = requests.get(f"{quiet.url}/openapi.json", timeout=20).json()["paths"]
    assert set(paths) == {
        "/v1/session",
        "/v1/hello",
        "/v1/batches/{batch_id}",
        "/v1/uploads/{batch_id}",
        "/v1/uploads/{batch_id}/complete",
        "/v1/receipts",
        "/v1/root/{version}",
        "/v1/head",
        "/v1/catalogue/{version}",
    }


def test_clocks_are_compared_in_whole_seconds():
    now = datetime(2026, 11, 20, 10, 0, 0, tzinfo=UTC)
    hello = Hello("p", 1, 1, "0.1.0", "2026-11-20T17:50:00+08:00", 1, 1, Tip(1, 0, NO_DIGEST), 0)
    assert hello.clock_difference(now) == 600
    assert hello.clock_difference(now - timedelta(minutes=20)) == -600


def test_versions_are_compared_by_their_numbers():
    assert too_old("0.9.0", "0.10.0")
    assert not too_old("0.10.0", "0.9.0")
    assert not too_old("0.1.0", "0.1.0")
    assert too_old("x", "0.1.0")
    assert too_old("", "0.1.0")


def test_version_of_the_protocol_is_the_projects():
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["version"] == PROGRAM
