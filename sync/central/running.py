"""A platform on a port of this PC, beside another program: for a rehearsal, and for tests."""

import socket
import threading
from types import TracebackType
from typing import Self

import uvicorn
from starlette.types import ASGIApp


class RunningServer:
    """Serves an application from a thread on a free port of the loopback address, as a context.

    Attributes:
        url: Where it answers.

    Raises:
        RuntimeError: It did not start.
    """

    def __init__(self, app: ASGIApp) -> None:
        config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, lifespan="on")
        self.server = uvicorn.Server(config)
        # The protocol is named: asyncio switches Nagle's delay off only on sockets that say that they are TCP.
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self._socket.bind(("127.0.0.1", 0))
        self._socket.listen()
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self.server.run, args=([self._socket],), name="platform", daemon=True)

    def __enter__(self) -> Self:
        # The socket listens already: a request that comes before the server is ready waits in its queue.
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.server.should_exit = True
        self._thread.join()
        self._socket.close()
