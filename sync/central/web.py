"""The platform on a port: FastAPI over `Service`, and nothing else.

``/openapi.json`` is the interface document; what lies in the containers is in ``sync/README.md``.
"""

import base64
import binascii
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated

import uvicorn
from fastapi import APIRouter, Body, Depends, FastAPI, Header, Query, Request, Response
from fastapi.responses import FileResponse
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from sync import canonical
from sync.central.opening import open_platform
from sync.central.problems import ProtocolHeader, install_problems
from sync.central.service import Service
from sync.central.worker import DecisionWorker
from sync.crypto import sm3
from sync.faults import ExchangeFault
from sync.fields import Canonical
from sync.protocol import (
    CHECKSUM_HEADER,
    CONTAINER_TYPE,
    OFFSET_HEADER,
    PROGRAM_HEADER,
    RECEIPTS_AT_ONCE,
    Announcement,
)

JSON_TYPE = "application/json"
routes = APIRouter(prefix="/v1")


class SessionAsked(BaseModel):
    """First step: who wants to sign in."""

    stream: str = Field(description="unit_code/writer_id", max_length=100)
    key_id: str = Field(description="first 32 hex characters of SM3 over the public key", max_length=64)


class SessionAnswered(BaseModel):
    """Second step: the nonce, signed with SM2 by the writer's key."""

    nonce: str = Field(max_length=64)
    signature: str = Field(description="DER (r, s) in base64", max_length=400)


class Announced(BaseModel):
    """What is said of a batch before its bytes."""

    id: str
    stream: str
    epoch: int
    seq: int
    size: int
    sm3: str


def service_of(request: Request) -> Service:
    """Give the service that the application was built over."""
    service: Service = request.app.state.service
    return service


Core = Annotated[Service, Depends(service_of)]


def stream_of(service: Core, authorization: Annotated[str, Header()] = "") -> str:
    """Give the stream of the request's token."""
    scheme, _, token = authorization.partition(" ")
    if scheme.casefold() != "bearer":
        raise ExchangeFault("SESSION_UNKNOWN")
    return service.stream_of(token)


SignedIn = Annotated[str, Depends(stream_of)]


@routes.post("/session", response_class=Response)
def session(service: Core, body: Annotated[SessionAsked | SessionAnswered, Body()]) -> Response:
    """Sign in, in two steps: ask for a nonce, then send it back signed.

    The signed message is the DSSE encoding of ``application/vnd.budgetdesk.session+json;v=1`` and the canonical JSON of
    ``{nonce, platform, stream}``.
    """
    if isinstance(body, SessionAsked):
        return _json(canonical.encode({"nonce": service.challenge(body.stream, body.key_id)}))
    try:
        signature = base64.b64decode(body.signature, validate=True)
    except (binascii.Error, ValueError) as reason:
        raise ExchangeFault("SIGNATURE_INVALID", {"named": ""}) from reason
    return _json(canonical.encode({"token": service.open_session(body.nonce, signature)}))


@routes.get("/hello", response_class=Response)
def hello(
    service: Core, stream: SignedIn, program: Annotated[str, Header(alias=PROGRAM_HEADER)] = ""
) -> Response:
    """Protocol range, limits, server time, notice, the stream's tip and its last receipt number."""
    return _value(service.hello(stream, program))


@routes.put("/batches/{batch_id}", response_class=Response)
def announce(service: Core, stream: SignedIn, batch_id: str, body: Announced) -> Response:
    """Announce a batch: 201 for a new upload, 200 for a known one with its stage."""
    announcement = Announcement(**body.model_dump())
    try:
        announcement.to_bytes()
    except ValueError as reason:
        raise ExchangeFault("REQUEST_INVALID", {"reason": str(reason)[:200]}) from reason
    if announcement.id != batch_id:
        raise ExchangeFault("REQUEST_INVALID", {"reason": "another id in the path"})
    created, state = service.announce(stream, announcement)
    return _value(state, 201 if created else 200)


@routes.get("/batches/{batch_id}", response_class=FileResponse)
def batch(service: Core, stream: SignedIn, batch_id: str) -> Response:
    """The stream's own batch back, as it came."""
    path, digest = service.batch(stream, batch_id)
    return FileResponse(path, media_type=CONTAINER_TYPE, headers={"ETag": f'"{digest}"'})


@routes.patch("/uploads/{batch_id}", status_code=204, response_class=Response)
async def append(
    request: Request,
    service: Core,
    stream: SignedIn,
    batch_id: str,
    offset: Annotated[int, Header(alias=OFFSET_HEADER, ge=0)],
    checksum: Annotated[str, Header(alias=CHECKSUM_HEADER, pattern=r"^sm3 [0-9a-f]{64}$")],
) -> Response:
    """Append bytes at the offset; 409 names the true one, 460 a damaged piece."""
    chunk = bytearray()
    async for piece in request.stream():
        chunk += piece
        if len(chunk) > service.platform.settings.max_chunk:
            raise ExchangeFault("TOO_LARGE", {"what": "chunk", "limit": str(service.platform.settings.max_chunk)})
    digest = checksum.removeprefix("sm3 ")
    reached = await run_in_threadpool(service.append, stream, batch_id, offset, bytes(chunk), digest)
    return Response(status_code=204, headers={OFFSET_HEADER: str(reached)})


@routes.post("/uploads/{batch_id}/complete", response_class=Response)
def complete(service: Core, stream: SignedIn, batch_id: str) -> Response:
    """Verify and keep the batch; safe to repeat. 202 with its first receipt, 200 once it is decided."""
    receipt, decided = service.complete(stream, batch_id)
    return _container(receipt, 200 if decided else 202)


@routes.get("/receipts", response_class=Response)
def receipts(
    service: Core,
    stream: SignedIn,
    after: Annotated[int, Query(ge=0)] = 0,
    limit: Annotated[int, Query(ge=1, le=RECEIPTS_AT_ONCE)] = RECEIPTS_AT_ONCE,
) -> Response:
    """All receipts of the stream behind a number, in order: containers in base64."""
    listed = [base64.b64encode(one).decode("ascii") for one in service.receipts(stream, after, limit)]
    return _json(canonical.encode({"receipts": listed}))


@routes.get("/root/{version}", response_class=Response)
def root(service: Core, version: int) -> Response:
    """A root's envelope; 404 means that there is no newer one."""
    return _json(service.root(version))


@routes.get("/head", response_class=Response)
def head(service: Core) -> Response:
    """The newest head's envelope."""
    return _json(service.head())


@routes.get("/catalogue/{version}", response_class=Response)
def catalogue(service: Core, stream: SignedIn, version: int, scope: str = "public") -> Response:
    """A catalogue's container: ``scope=public``, or ``scope=unit`` for that of the token's unit."""
    return _container(service.catalogue(stream, scope, version))


def build_app(service: Service, *, decide: bool = True) -> FastAPI:
    """Give the application over a service.

    Args:
        service: The platform's core.
        decide: Run the thread that decides what arrives; false when the caller decides.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        worker = DecisionWorker(service) if decide else None
        if worker is not None:
            worker.start()
        yield
        if worker is not None:
            await run_in_threadpool(worker.stop)

    app = FastAPI(title="BudgetDesk exchange", version="1", lifespan=lifespan)
    app.state.service = service
    app.add_middleware(ProtocolHeader)
    install_problems(app)
    app.include_router(routes)
    return app


def serve(data: Path, database: str | None, host: str, port: int) -> None:
    """Run a platform on a port until it is stopped.

    Args:
        data: Its folder; the first start makes it.
        database: URL of the database, None for a file in the folder.
        host: Address to listen on.
        port: TCP port.

    Raises:
        ExchangeFault: ``PORT_TAKEN``, or why the platform cannot be opened.
    """
    with _listening(host, port) as listener:
        config = uvicorn.Config(build_app(Service(open_platform(data, database))), server_header=False)
        uvicorn.Server(config).run(sockets=[listener])


def _listening(host: str, port: int) -> socket.socket:
    # The protocol is named: asyncio switches Nagle's delay off only on sockets that say that they are TCP.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a restart need not wait
        listener.bind((host, port))
        listener.listen(2048)
    except OSError as reason:
        listener.close()
        facts = {"address": f"{host}:{port}", "reason": type(reason).__name__}
        raise ExchangeFault("PORT_TAKEN", facts) from reason
    return listener


def _value(value: Canonical, status: int = 200) -> Response:
    return _json(value.to_bytes(), status)


def _json(data: bytes, status: int = 200) -> Response:
    return Response(data, status, media_type=JSON_TYPE)


def _container(data: bytes, status: int = 200) -> Response:
    return Response(data, status, media_type=CONTAINER_TYPE, headers={"ETag": f'"{sm3(data)}"'})
