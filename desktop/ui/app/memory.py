"""What the window remembers between starts on this PC: its place, the size of type, who sat here last."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from desktop.ui.kit import tokens

FILE_NAME = "window.ini"


class Memory:
    """A small ini file; a file that cannot be read is as good as none.

    Args:
        folder: Of this user's own data.
    """

    def __init__(self, folder: Path) -> None:
        self._settings = QSettings(str(folder / FILE_NAME), QSettings.Format.IniFormat)

    def layout(self) -> bytes:
        """Return size and place of the window; empty at first."""
        kept = self._settings.value("window/layout")
        return bytes(kept.data()) if isinstance(kept, QByteArray) else b""

    def keep_layout(self, layout: bytes) -> None:
        """Remember size and place."""
        self._settings.setValue("window/layout", QByteArray(layout))

    def points(self) -> float:
        """Return the size of body text in points."""
        try:
            points = float(str(self._settings.value("window/points", tokens.NORMAL)))
        except ValueError:
            return tokens.NORMAL
        return points if points in tokens.BASE_SIZES.values() else tokens.NORMAL

    def keep_points(self, points: float) -> None:
        """Remember the size of body text."""
        self._settings.setValue("window/points", str(points))

    def officer(self, unit_code: str) -> str:
        """Return who sat here last, as the window named the seat; empty at first."""
        return str(self._settings.value(f"seat/{unit_code}", ""))

    def keep_officer(self, unit_code: str, key: str) -> None:
        """Remember who sits here."""
        self._settings.setValue(f"seat/{unit_code}", key)

    def note(self, name: str) -> str:
        """Return what a part of the window remembers under a name; empty when nothing."""
        return str(self._settings.value(f"notes/{name}", ""))

    def keep_note(self, name: str, text: str) -> None:
        """Remember a short text under a name; an empty one forgets it."""
        if text:
            self._settings.setValue(f"notes/{name}", text)
        else:
            self._settings.remove(f"notes/{name}")

    def write(self) -> None:
        """Write the file now."""
        self._settings.sync()
