"""The bell between two starts of the program: the second one calls the window of the first to the front (M29).

The bell's name is the workspace's id. Whoever holds the workspace's lock is alone, so a bell of that name that is left
from a program that died is removed without asking.
"""

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication, QWidget

PATIENCE_MS = 2000
_CALL, _HEARD = b"front\n", b"shown\n"


def bell_name(workspace_id: str) -> str:
    """Return the name under which a workspace's window listens."""
    return f"budgetdesk-{workspace_id}"


class Bell(QObject):
    """Brings the window to the front when the bell is rung; lives with the window."""

    def __init__(self, workspace_id: str, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._called)
        QLocalServer.removeServer(bell_name(workspace_id))
        self._server.listen(bell_name(workspace_id))

    def listening(self) -> bool:
        """Tell whether the window can be called; without it everything else works all the same."""
        return self._server.isListening()

    @Slot()
    def _called(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(lambda socket=socket: self._heard(socket))
            socket.disconnected.connect(socket.deleteLater)
            self._heard(socket)

    def _heard(self, socket: QLocalSocket) -> None:
        if socket.bytesAvailable() < len(_CALL) or bytes(socket.readAll().data()) != _CALL:
            return
        bring_to_front(self._window)
        socket.write(_HEARD)
        socket.flush()


def bring_to_front(window: QWidget) -> None:
    """Show a window over the others, also when it was minimised; a question that is open over it comes along."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized | Qt.WindowState.WindowActive)
    window.show()
    front = QApplication.activeModalWidget() or window
    front.raise_()
    front.activateWindow()
    QApplication.alert(window)


def ring(workspace_id: str) -> bool:
    """Call the window that has a workspace open; False when nobody answers: another user's, a command, or hung."""
    socket = QLocalSocket()
    socket.connectToServer(bell_name(workspace_id))
    if not socket.waitForConnected(PATIENCE_MS):
        return False
    socket.write(_CALL)
    socket.flush()
    heard = socket.waitForReadyRead(PATIENCE_MS) and bytes(socket.readAll().data()) == _HEARD
    socket.disconnectFromServer()
    return bool(heard)
