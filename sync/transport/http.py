"""The exchange over HTTP: one connection, no repeats, no other host.

An answer counts only when it carries ``BSP-Protocol``. Anything else on the way (a sign-in page of the network, an
error of a proxy) is no answer of the platform: ``NO_LINK``, and nothing is known about what the platform did. So is
every break of the connection. Only the session above decides to ask again.
"""

import base64
import binascii
import json
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit
from urllib.request import getproxies

import requests
import truststore
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase
from requests.utils import should_bypass_proxies

from sync import canonical
from sync.canonical import NotCanonical
from sync.crypto import Signer, Sm3, sm3
from sync.durable import new_file
from sync.faults import ContentInvalid, ExchangeFault, NoLink
from sync.fields import Canonical
from sync.manifest import CatalogueRef
from sync.protocol import (
    CHECKSUM_HEADER,
    OFFSET_HEADER,
    PROBLEM_TYPE,
    PROGRAM_HEADER,
    PROTOCOL,
    PROTOCOL_HEADER,
    Announcement,
    Hello,
    UploadState,
    session_message,
)
from sync.transport import Tick

CONNECT_TIMEOUT = 10.0  # seconds
STALL_TIMEOUT = 60.0  # seconds without a byte; the whole may take as long as it needs
_MOST_JSON = 64 << 20  # bytes of an answer that is read in one piece
_PIECE = 64 << 10

Told = TypeVar("Told", bound=Canonical)


class HttpTransport:
    """One link to a platform; used by one thread at a time.

    Args:
        url: Where the platform is, ``https://host[:port][/path]``.
        connect_timeout: Seconds until a connection must stand.
        stall_timeout: Seconds without a byte after which the link counts as lost.
    """

    def __init__(
        self, url: str, *, connect_timeout: float = CONNECT_TIMEOUT, stall_timeout: float = STALL_TIMEOUT
    ) -> None:
        self._base = url.rstrip("/")
        self._timeouts = (connect_timeout, stall_timeout)
        self._http = requests.Session()
        self._http.mount("https://", _SystemTrust(max_retries=0))
        self._http.mount("http://", HTTPAdapter(max_retries=0))
        self._token = _Token()
        # A platform on this PC is never behind the proxy that the system names.
        self._http.trust_env = not _on_this_pc(url)
        self._http.headers.update({PROTOCOL_HEADER: str(PROTOCOL), "Accept-Encoding": "identity"})

    def sign_in(self, stream: str, platform: str, signer: Signer) -> None:
        """See `Transport.sign_in`."""
        asked = canonical.encode({"stream": stream, "key_id": signer.key_id})
        nonce = _text(self._json("POST", "/v1/session", body=asked), "nonce")
        signature = base64.b64encode(signer.sign(session_message(stream, platform, nonce))).decode("ascii")
        answer = canonical.encode({"nonce": nonce, "signature": signature})
        self._token.value = _text(self._json("POST", "/v1/session", body=answer), "token")

    def hello(self, program: str) -> Hello:
        """See `Transport.hello`."""
        return _value(self._json("GET", "/v1/hello", headers={PROGRAM_HEADER: program}), Hello)

    def announce(self, batch: Announcement) -> UploadState:
        """See `Transport.announce`."""
        return _value(self._json("PUT", f"/v1/batches/{batch.id}", body=batch.to_bytes()), UploadState)

    def append(self, batch_id: str, offset: int, chunk: bytes) -> int:
        """See `Transport.append`."""
        headers = {
            OFFSET_HEADER: str(offset),
            CHECKSUM_HEADER: f"sm3 {sm3(chunk)}",
            "Content-Type": "application/octet-stream",
        }
        with self._call("PATCH", f"/v1/uploads/{batch_id}", headers=headers, data=chunk) as answer:
            reached = answer.headers.get(OFFSET_HEADER, "")
        if not (reached.isascii() and reached.isdecimal()):
            raise ExchangeFault("ANSWER_INVALID", {"what": OFFSET_HEADER})
        return int(reached)

    def complete(self, batch_id: str) -> bytes:
        """See `Transport.complete`."""
        with self._call("POST", f"/v1/uploads/{batch_id}/complete") as answer:
            return _whole(answer)

    def receipts(self, after: int, limit: int) -> list[bytes]:
        """See `Transport.receipts`."""
        listed = self._json("GET", f"/v1/receipts?after={after}&limit={limit}").get("receipts")
        if not isinstance(listed, list):
            raise ExchangeFault("ANSWER_INVALID", {"what": "receipts"})
        try:
            return [base64.b64decode(one, validate=True) for one in listed]
        except (binascii.Error, TypeError, ValueError) as reason:
            raise ExchangeFault("ANSWER_INVALID", {"what": "receipts"}) from reason

    def batch(self, batch_id: str, into: Path) -> None:
        """See `Transport.batch`."""
        self._fetch(f"/v1/batches/{batch_id}", into, lambda done: None)

    def root(self, version: int) -> bytes | None:
        """See `Transport.root`."""
        try:
            with self._call("GET", f"/v1/root/{version}") as answer:
                return _whole(answer)
        except ExchangeFault as fault:
            if fault.code == "NOT_FOUND":
                return None
            raise

    def head(self) -> bytes:
        """See `Transport.head`."""
        with self._call("GET", "/v1/head") as answer:
            return _whole(answer)

    def catalogue(self, ref: CatalogueRef, into: Path, tick: Tick) -> None:
        """See `Transport.catalogue`."""
        scope = ref.scope.partition(":")[0]
        self._fetch(f"/v1/catalogue/{ref.version}?scope={scope}", into, tick)

    def close(self) -> None:
        """See `Transport.close`."""
        self._http.close()

    def _json(
        self, method: str, path: str, *, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> dict[str, Any]:
        sent = headers if body is None else {"Content-Type": "application/json", **(headers or {})}
        with self._call(method, path, headers=sent, data=body) as answer:
            return _object(_whole(answer))

    def _fetch(self, path: str, into: Path, tick: Tick) -> None:
        """Bring a container into a file that is complete or not there."""
        with self._call("GET", path) as answer, new_file(into, replace=True) as file:
            state, done = Sm3(), 0
            for piece in _pieces(answer):
                state.update(piece)
                done += file.write(piece)
                tick(done)
            tag = answer.headers.get("ETag", "").strip('"')
            if tag and tag != state.hexdigest():
                raise NoLink(reason="BROKEN")

    @contextmanager
    def _call(
        self, method: str, path: str, *, headers: Mapping[str, str] | None = None, data: bytes | None = None
    ) -> Iterator[requests.Response]:
        """Make one request; the block reads the answer, and every break on the way is ``NO_LINK``."""
        try:
            with self._http.request(
                method,
                self._base + path,
                headers=headers,
                data=data,
                auth=self._token,
                timeout=self._timeouts,
                allow_redirects=False,
                stream=True,
            ) as answer:
                _require_platform(answer)
                yield answer
        except requests.RequestException as reason:
            raise NoLink(reason=_reason(reason)) from reason


def proxy_of(url: str) -> str:
    """Return the address of the proxy that the system names for a platform, as the link uses it; empty for none."""
    if _on_this_pc(url) or should_bypass_proxies(url, no_proxy=None):
        return ""
    return str(getproxies().get(urlsplit(url).scheme, ""))


def _on_this_pc(url: str) -> bool:
    return urlsplit(url).hostname in ("127.0.0.1", "::1", "localhost")


class _Token(AuthBase):
    """Puts the session's token on a request; having one at all keeps passwords of the system off it."""

    def __init__(self) -> None:
        self.value = ""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self.value:
            request.headers["Authorization"] = f"Bearer {self.value}"
        return request


class _SystemTrust(HTTPAdapter):
    """Takes the certificates that the system trusts: a bureau's own authority is installed there, not here."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        kwargs["ssl_context"] = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        super().init_poolmanager(*args, **kwargs)


def _require_platform(answer: requests.Response) -> None:
    """Let only a good answer of the platform through.

    Raises:
        NoLink: Somebody else answered.
        ExchangeFault: The platform refused, with its code.
    """
    spoken = answer.headers.get(PROTOCOL_HEADER, "")
    if not (spoken.isascii() and spoken.isdecimal()):
        raise NoLink(reason="CAPTIVE", status=str(answer.status_code))
    if answer.status_code < 300:
        return
    if answer.headers.get("Content-Type", "").partition(";")[0] != PROBLEM_TYPE:
        raise ExchangeFault("ANSWER_INVALID", {"what": f"status {answer.status_code}"})
    problem = _object(_whole(answer))
    facts = problem.get("facts")
    given = {str(name): str(value) for name, value in facts.items()} if isinstance(facts, dict) else {}
    raise ExchangeFault(_text(problem, "code"), given)


def _pieces(answer: requests.Response) -> Iterator[bytes]:
    """Give the body in pieces. A break becomes a fault here: requests' errors are OSErrors, as those of a disk are."""
    try:
        yield from answer.iter_content(_PIECE)
    except requests.RequestException as reason:
        raise NoLink(reason=_reason(reason)) from reason


def _whole(answer: requests.Response) -> bytes:
    found = bytearray()
    for piece in _pieces(answer):
        found += piece
        if len(found) > _MOST_JSON:
            raise ExchangeFault("ANSWER_INVALID", {"what": "size"})
    return bytes(found)


def _object(data: bytes) -> dict[str, Any]:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as reason:
        raise ExchangeFault("ANSWER_INVALID", {"what": "json"}) from reason
    if not isinstance(value, dict):
        raise ExchangeFault("ANSWER_INVALID", {"what": "json"})
    return value


def _text(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str) or not value:
        raise ExchangeFault("ANSWER_INVALID", {"what": name})
    return value


def _value(fields: Mapping[str, Any], kind: type[Told]) -> Told:
    try:
        return kind.from_bytes(canonical.encode(fields))
    except (NotCanonical, ContentInvalid) as reason:
        raise ExchangeFault("ANSWER_INVALID", {"what": kind.__name__}) from reason


def _reason(error: requests.RequestException) -> str:
    """Say in one word why there is no link; what was sent before may have been done or not."""
    if isinstance(error, requests.exceptions.SSLError):
        return "TLS"
    if isinstance(error, requests.Timeout):
        return "TIMEOUT"
    never_connected = any(name in repr(error) for name in ("NewConnectionError", "NameResolutionError", "ProxyError"))
    return "REFUSED" if never_connected else "BROKEN"
