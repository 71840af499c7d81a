"""What the page needs of the window around it; the shell's `MainWindow` is one."""

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from desktop.ui.kit.toast import Toast
from desktop.ui.shell.state import Segment

PAGE = "voucher"


class DocumentHost(Protocol):
    """Opens documents as tabs over their page, and says things for it."""

    toast: Toast
    document_closed: SignalInstance
    about_to_close: SignalInstance

    def open_document(
        self, page: str, key: str, title: str, factory: Callable[[], QWidget], icon: str = ""
    ) -> QWidget: ...

    def change_document(self, page: str, key: str, *, title: str | None = None, dot: bool | None = None) -> None: ...

    def close_document(self, page: str, key: str) -> None: ...

    def show_list(self, page: str) -> None: ...

    def show_segments(self, left: Sequence[Segment] | None) -> None: ...
