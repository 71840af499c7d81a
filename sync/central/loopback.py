"""A platform on a free port of this computer, served from a thread: for rehearsals and tests."""

import socket
import threading
from types import TracebackType
from typing import Self

import uvicorn

from sync.central.service import Service
from sync.central.web import build_app

_HOST = "127.0.0.1"
_STOP_SECONDS = 30.0


class LoopbackServer:
    """Serves while it is entered; only this computer can reach it.

    Args:
        service: The platform's core; its batches are decided by the server's worker.
    """

    def __init__(self, service: Service) -> None:
        config = uvicorn.Config(build_app(service), log_level="error", server_header=False, access_log=False)
        self._server, self._socket = uvicorn.Server(config), socket.socket()
        self._thread = threading.Thread(target=self._serve, name="platform", daemon=True)

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://{_HOST}:{self._socket.getsockname()[1]}"

    def __enter__(self) -> Self:
        """Bind a free port and serve; whoever connects from now on is answered.

        Raises:
            OSError: No port.
        """
        self._socket.bind((_HOST, 0))
        self._socket.listen(128)  # from now on a connection waits instead of being refused
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.should_exit = True
        self._thread.join(_STOP_SECONDS)

    def _serve(self) -> None:
        self._server.run(sockets=[self._socket])
