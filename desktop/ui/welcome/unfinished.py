"""Whether a first start was left before its end; asked at every start, so it knows nothing of the window itself."""

from pathlib import Path

from desktop.ui.kit.notes import Notes, read_note

FOLDER = "welcome/folder"
UNPROVEN = "welcome/unproven"  # the recovery code was shown, and never typed back


def unfinished(notes: Notes) -> Path | None:
    """Return the workspace of a first start that was left before its end; None when there is none."""
    folder = read_note(notes, FOLDER)
    return Path(folder) if isinstance(folder, str) and (Path(folder) / "workspace.json").is_file() else None
