"""Takes the picture of a screen under a name, with what lies over it, and notes what has no room."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog

from desktop.ui.kit.toast import Toast
from desktop.ui.tour.clipping import clipped
from desktop.ui.tour.program import AppDriver
from desktop.ui.tour.screenshot import picture_of

Dialog = QDialog  # scenes speak of dialogs without knowing Qt


@dataclass(slots=True)
class Camera:
    """Pictures of one window.

    Attributes:
        hands: Drives the window.
        folder: Gets the pictures.
        taken: Name of each picture, in order.
        cut: By name of picture, what has less room than it needs.
    """

    hands: AppDriver
    folder: Path
    taken: list[str] = field(default_factory=list)
    cut: dict[str, list[str]] = field(default_factory=dict)

    def take(self, name: str, *, with_toast: bool = False) -> None:
        """Take the picture ``name.png`` of what is shown now."""
        self.hands.settle()
        if not with_toast:
            self._hush()
        self._keep(name)

    def take_question(self, name: str, act: Callable[[], None],
                      prepare: Callable[[QDialog], None] = lambda dialog: None) -> None:
        """Do something that opens a dialog, take its picture, and step back out of it.

        Args:
            name: Of the picture.
            act: Opens the dialog.
            prepare: Fills it before the picture is taken.
        """

        def answer(dialog: QDialog) -> None:
            self.hands.settle()
            prepare(dialog)
            self.take_dialog(name, dialog)
            dialog.reject()

        self.hands.answering(answer, act)

    def take_dialog(self, name: str, dialog: QDialog) -> None:
        """Take the picture of a dialog that stands open, for whoever goes on working in it."""
        self.hands.settle()
        self._hush()
        self._keep(name, dialog)

    def take_popup(self, name: str, act: Callable[[], None]) -> None:
        """Do something that opens a menu or a list over the page, take its picture, and close it by Esc."""
        act()
        self.hands.settle()
        self._keep(name)
        popup = QApplication.activePopupWidget()
        while popup is not None:
            popup.close()
            popup = QApplication.activePopupWidget()
        self.hands.settle()

    def _hush(self) -> None:
        """Take away what was said at an earlier step; a person would have read it by now."""
        for toast in self.hands.window.findChildren(Toast):
            toast.hide()

    def _keep(self, name: str, dialog: QDialog | None = None) -> None:
        if name in self.taken:
            raise ValueError(f"two pictures are called {name}")
        self.folder.mkdir(parents=True, exist_ok=True)
        picture_of(self.hands.window).save(str(self.folder / f"{name}.png"))
        self.taken.append(name)
        found = clipped(self.hands.window) + (clipped(dialog) if dialog is not None else [])
        if found:
            self.cut[name] = found
