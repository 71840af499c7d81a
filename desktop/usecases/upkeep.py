"""What people ask of the program itself, beside their documents: backups, keys, the line to the platform, the log."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from desktop.usecases.ports import Books, OfficerKey
from desktop.usecases.safekeeping import Safekeeping
from sync.crypto import PublicKey, verify
from sync.faults import ExchangeFault
from sync.protocol import Hello
from sync.transport import Transport

CLOCK_LIMIT = 300  # seconds between the two clocks from which people are told (M10)
_TEST = b"budgetdesk test signature"


class KeyDesk(Protocol):
    """The keys of this PC; `desktop.storage.vault.OfficerVault` is one."""

    def unlock(self, officer_id: str, pin: str) -> OfficerKey: ...
    def create(self, officer_id: str, pin: str) -> str: ...
    def has(self, officer_id: str) -> bool: ...
    def public_key(self, officer_id: str) -> str: ...
    def tries_left(self, officer_id: str) -> int: ...
    def writer_key(self) -> OfficerKey: ...
    def has_writer_key(self) -> bool: ...
    def writer_public(self) -> str: ...


@dataclass(frozen=True, slots=True)
class LinkStep:
    """One step of the test of the line: what was tried, whether it went well, and what was found.

    Attributes:
        what: ``ADDRESS``, ``PROXY``, ``ANSWER``, ``PLATFORM``, ``CLOCK`` or ``NOTICE``.
        code, facts: The fault, when it did not go well.
    """

    what: str
    ok: bool
    told: str = ""
    code: str = ""
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """Where the platform is, as the activation says; empty texts before the activation."""

    url: str
    platform: str
    stream: str
    proxy: str  # address of the system's proxy for the platform; empty for none


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What the settings and the guard of a window need.

    Attributes:
        keys: Of this PC.
        diagnose: Lines about this PC and the program; takes a second, asks the system's store of secrets.
        line: Where the platform is; in the thread of the books.
        try_line: Tries the line step by step; in a thread of the net.
        workspace_id: Names the window's own call bell.
        folder: Of the workspace.
        unclean: Since when the program that died had it open, local time with zone; empty after an orderly end.
    """

    safekeeping: Safekeeping
    keys: KeyDesk
    diagnose: Callable[[], Sequence[str]]
    line: Callable[[Books], Line]
    try_line: Callable[[Line], Sequence[LinkStep]]
    workspace_id: str
    folder: Path
    unclean: str


def sign_to_test(keys: KeyDesk, officer_id: str, pin: str, registered: str = "") -> None:
    """Sign with an officer's key and verify what came out.

    Args:
        keys: Of this PC.
        officer_id: Whose.
        pin: Never kept.
        registered: The public key that the bureau knows, hex; empty when it knows none yet.

    Raises:
        ExchangeFault: PIN_WRONG, PIN_LOCKED, KEY_NOT_AT_HAND; KEY_NOT_REGISTERED when the bureau knows another key.
    """
    public = keys.public_key(officer_id)
    signature = keys.unlock(officer_id, pin).sign(_TEST)
    if not verify(PublicKey.from_hex(public), _TEST, signature):
        raise ExchangeFault("SIGNATURE_INVALID", {})
    if registered and registered != public:
        raise ExchangeFault("KEY_NOT_REGISTERED", {})


def try_line(
    line: Line, connect: Callable[[], Transport], writer: OfficerKey, program: str, now: datetime
) -> list[LinkStep]:
    """Try the line to the platform; stops at the first step that fails.

    Args:
        line: Where it is.
        connect: Makes the carrier.
        writer: This installation's own key, under which it signs in.
        program: Our version.
        now: Local time with zone.
    """
    if not line.url or not line.stream:
        return [LinkStep("ADDRESS", ok=False, code="STREAM_MISSING")]
    steps = [LinkStep("ADDRESS", ok=True, told=line.url), LinkStep("PROXY", ok=True, told=line.proxy)]
    transport = connect()
    try:
        transport.sign_in(line.stream, line.platform, writer)
        hello = transport.hello(program)
    except ExchangeFault as fault:
        return [*steps, LinkStep("ANSWER", ok=False, code=fault.code, facts=tuple(sorted(fault.facts.items())))]
    finally:
        transport.close()
    return [*steps, LinkStep("ANSWER", ok=True), *_judged(line, hello, now)]


def _judged(line: Line, hello: Hello, now: datetime) -> list[LinkStep]:
    if hello.platform != line.platform:
        return [LinkStep("PLATFORM", ok=False, code="WRONG_AUDIENCE")]
    apart = round((now - datetime.fromisoformat(hello.server_time)).total_seconds())
    clock = LinkStep("CLOCK", abs(apart) <= CLOCK_LIMIT, str(apart))
    notice = [LinkStep("NOTICE", ok=True, told=hello.notice)] if hello.notice else []
    return [LinkStep("PLATFORM", ok=True, told=hello.platform), clock, *notice]
