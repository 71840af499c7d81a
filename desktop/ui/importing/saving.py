"""Where files go: the path that a save dialog gave, and opening the folder afterwards."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def save_path(chosen: str) -> Path | None:
    """Return the path with its ending; None when the dialog was left."""
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix.lower() == ".xlsx" else path.with_name(f"{path.name}.xlsx")


def show_folder(path: Path) -> None:
    """Open the folder that a file lies in."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
