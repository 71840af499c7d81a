"""What goes wrong, as the web says it: ``application/problem+json`` with a stable code, and the protocol's header."""

from collections.abc import Mapping

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import OperationalError
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sync import canonical
from sync.faults import DiskFailed, DiskFull, ExchangeFault
from sync.protocol import OLDEST_PROTOCOL, PROBLEM_TYPE, PROTOCOL, PROTOCOL_HEADER

_STATUS: Mapping[str, int] = {
    "KEY_UNKNOWN": 401,
    "NONCE_UNKNOWN": 401,
    "SESSION_UNKNOWN": 401,
    "KEY_REVOKED": 403,
    "STREAM_NOT_YOURS": 403,
    "NOT_FOUND": 404,
    "ID_REUSED": 409,
    "OFFSET_WRONG": 409,
    "UPLOAD_INCOMPLETE": 409,
    "TOO_LARGE": 413,
    "PROGRAM_TOO_OLD": 426,
    "CHUNK_DAMAGED": 460,
    "BUSY": 503,
}
_RETRY_SECONDS = "5"
_MOST_JSON = 64 << 10  # bytes of a request that is read in one piece; only PATCH carries more, and counts itself


class ProtocolHeader:
    """Puts the protocol's header on every answer, wants it on every request, and takes no large ones but uploads."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        spoken = Request(scope).headers.get(PROTOCOL_HEADER, "")
        if scope["path"].startswith("/v1/") and not _is_spoken(spoken):
            await _problem("PROTOCOL_UNKNOWN", 400, {"found": spoken[:20]})(scope, receive, send)
            return

        if scope["method"] != "PATCH" and not _is_small(Request(scope)):
            await _problem("TOO_LARGE", 413, {"what": "request", "limit": str(_MOST_JSON)})(scope, receive, send)
            return

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[PROTOCOL_HEADER] = str(PROTOCOL)
            await send(message)

        await self._app(scope, receive, marked)


def install_problems(app: FastAPI) -> None:
    """Answer every failure of the application in the one form."""
    app.add_exception_handler(ExchangeFault, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _no_such_call)
    app.add_exception_handler(OperationalError, _busy)
    app.add_exception_handler(Exception, _mistake)


async def _refused(request: Request, fault: Exception) -> Response:
    if not isinstance(fault, ExchangeFault) or isinstance(fault, DiskFull | DiskFailed):
        # Our disk is no business of the unit's: it would look at its own.
        return await _busy(request, fault)
    return _problem(fault.code, _STATUS.get(fault.code, 422), fault.facts)


async def _invalid(request: Request, reason: Exception) -> Response:
    places = [".".join(map(str, one["loc"])) for one in getattr(reason, "errors", list)()]
    return _problem("REQUEST_INVALID", 422, {"where": ",".join(places)[:200]})


async def _no_such_call(request: Request, reason: Exception) -> Response:
    status = getattr(reason, "status_code", 404)
    return _problem("NOT_FOUND" if status == 404 else "REQUEST_INVALID", status, {"what": "call"})


async def _busy(request: Request, reason: Exception) -> Response:
    answer = _problem("BUSY", 503, {"retry_after": _RETRY_SECONDS})
    answer.headers["Retry-After"] = _RETRY_SECONDS
    return answer


async def _mistake(request: Request, reason: Exception) -> Response:
    return _problem("PLATFORM_FAILED", 500, {})  # the server logs it whole


def _problem(code: str, status: int, facts: Mapping[str, str]) -> Response:
    body = canonical.encode({"type": "about:blank", "title": code, "status": status, "code": code, "facts": facts})
    return Response(body, status, media_type=PROBLEM_TYPE, headers={PROTOCOL_HEADER: str(PROTOCOL)})


def _is_small(request: Request) -> bool:
    """Tell whether a body states a length that may be read; the server holds a client to what it states."""
    stated = request.headers.get("content-length", "0")
    return "transfer-encoding" not in request.headers and stated.isdecimal() and int(stated) <= _MOST_JSON


def _is_spoken(text: str) -> bool:
    return text.isascii() and text.isdecimal() and int(text) >= OLDEST_PROTOCOL
