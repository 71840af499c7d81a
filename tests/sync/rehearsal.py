"""A platform with one registered unit, and a server that can be told to misbehave."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sync.central.bureau import Bureau
from sync.central.opening import open_platform
from sync.central.platform import Platform
from sync.central.running import RunningServer
from sync.central.service import Service
from sync.central.settings import PlatformSettings
from sync.central.web import build_app
from sync.crypto import SoftKey
from sync.transport.http import HttpTransport
from tests.sync.office import POSTS, Office, officer_records
from tests.sync.papers import CODES, PARAMETERS, PROFILE, UNIT, admitted, quota

SETTINGS = PlatformSettings(audience="rehearsal-150821", name="甲旗财政局")
CHEAP = 1 << 10  # cost of scrypt


@dataclass
class Rehearsal:
    """A platform, its bureau, and the first office of unit 219001."""

    platform: Platform
    service: Service
    bureau: Bureau
    officers: Mapping[str, SoftKey]
    folder: Path

    @classmethod
    def opened(cls, folder: Path, settings: PlatformSettings = SETTINGS) -> "Rehearsal":
        """Make a platform and register the unit with its officers, quota and project."""
        platform = open_platform(folder / "platform", wanted=settings, cost=CHEAP)
        bureau = Bureau(platform)
        officers = {officer: SoftKey.generate() for officer in POSTS}
        bureau.publish_public({"parameter": PARAMETERS, "code": CODES})
        bureau.register_unit(PROFILE)
        unit = {"officer": officer_records(officers), "quota": [quota()], "project": [admitted()]}
        bureau.publish_unit(UNIT, unit)
        return cls(platform, Service(platform), bureau, officers, folder)

    def office(self, writer_id: str = "W1") -> Office:
        """Register an installation and open it."""
        writer = SoftKey.generate()
        self.bureau.register_writer(UNIT, writer_id, writer.public)
        activation = self.bureau.activation(UNIT, writer_id)
        return Office.opened(self.folder / f"office-{writer_id}", activation, writer, self.officers)

    def accepted(self) -> list[str]:
        """Give the keys of accepted documents, in the order of their receipts."""
        return [str(row["key"]) for row in self.bureau.decided(UNIT) if row["verdict"] == "accepted"]

    def close(self) -> None:
        self.platform.store.close()


@dataclass
class Mischief:
    """One thing that goes wrong with calls whose ``METHOD path`` fits, a number of times."""

    pattern: str
    times: int
    do: Callable[[ASGIApp, Scope, Receive, Send], Any]


@dataclass
class Misbehaving:
    """An application that does as it is told, and counts the calls that reach it."""

    app: ASGIApp
    plans: list[Mischief] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    abort: Callable[[Scope], None] = lambda scope: None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        call = f"{scope['method']} {scope['path']}"
        self.calls.append(call)
        for plan in self.plans:
            if plan.times > 0 and re.search(plan.pattern, call):
                plan.times -= 1
                await plan.do(self.app, scope, receive, send)
                return
        await self.app(scope, receive, send)

    def hang_up_after_work(self, pattern: str, times: int = 1) -> None:
        """Do the work, then break the connection without an answer."""

        async def do(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
            await _captured(app, scope, receive)
            await self._hang_up(scope, receive)

        self.plans.append(Mischief(pattern, times, do))

    def hang_up_before_work(self, pattern: str, times: int = 1) -> None:
        """Break the connection before anything is done."""

        async def do(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
            await self._hang_up(scope, receive)

        self.plans.append(Mischief(pattern, times, do))

    def cut_reply(self, pattern: str, times: int = 1) -> None:
        """Send half of the answer, then break the connection."""

        async def do(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
            start, body = await _captured(app, scope, receive)
            await send(start)
            await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
            await self._hang_up(scope, receive)

        self.plans.append(Mischief(pattern, times, do))

    def flip_byte(self, pattern: str, at: float = 0.5, times: int = 1) -> None:
        """Change one byte of the answer."""

        async def do(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
            start, body = await _captured(app, scope, receive)
            changed = bytearray(body)
            changed[int((len(body) - 1) * at)] ^= 1
            await send(start)
            await send({"type": "http.response.body", "body": bytes(changed)})

        self.plans.append(Mischief(pattern, times, do))

    def answer(self, pattern: str, status: int, headers: Mapping[str, str], body: bytes, times: int = 1) -> None:
        """Answer something else, without doing the work."""

        async def do(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
            named = {"content-length": str(len(body)), **headers}
            coded = [(name.lower().encode(), value.encode()) for name, value in named.items()]
            await send({"type": "http.response.start", "status": status, "headers": coded})
            await send({"type": "http.response.body", "body": body})

        self.plans.append(Mischief(pattern, times, do))

    async def _hang_up(self, scope: Scope, receive: Receive) -> None:
        self.abort(scope)
        message = await receive()
        while message["type"] != "http.disconnect":
            message = await receive()


class PlatformServer:
    """A rehearsal behind a real port."""

    def __init__(self, rehearsal: Rehearsal, *, decide: bool = True) -> None:
        self.rehearsal = rehearsal
        self.app = Misbehaving(build_app(rehearsal.service, decide=decide))
        self.running = RunningServer(self.app)
        self.app.abort = self._abort
        self.url = self.running.url
        self._links: list[HttpTransport] = []

    def __enter__(self) -> "PlatformServer":
        self.running.__enter__()
        return self

    def __exit__(self, *reason: Any) -> None:
        for link in self._links:
            link.close()
        self.running.__exit__(None, None, None)

    def link(self) -> HttpTransport:
        """Give a new carrier to this server."""
        link = HttpTransport(self.url, connect_timeout=10.0, stall_timeout=20.0)
        self._links.append(link)
        return link

    def decide(self, seconds: float) -> None:
        """Decide what has arrived, in place of waiting for it: a session's ``pause``."""
        self.rehearsal.service.decide_all()

    def _abort(self, scope: Scope) -> None:
        for connection in list(self.running.server.server_state.connections):
            if getattr(connection, "client", None) == tuple(scope["client"]):
                connection.transport.abort()


async def _captured(app: ASGIApp, scope: Scope, receive: Receive) -> tuple[Message, bytes]:
    """Let the application do its work and keep its answer."""
    starts: list[Message] = []
    body = bytearray()

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            starts.append(message)
        else:
            body.extend(message.get("body", b""))

    await app(scope, receive, send)
    return starts[0], bytes(body)
