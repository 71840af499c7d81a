"""Where our own bugs are written down whole, without numbers and names of people."""

import hashlib
import traceback
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.domain.masking import masked

LARGEST = 1 << 20  # bytes; an older log is kept beside it once
FILE_NAME = "budgetdesk.log"


@dataclass(frozen=True, slots=True)
class Written:
    """A bug in the log: its short number, the same for the same bug, and the file; None when it can't be written."""

    number: str
    path: Path | None


class BugLog:
    """Appends to one file in a folder.

    Args:
        folder: Made when it is needed.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, error: BaseException, at: datetime) -> Written:
        """Write an exception with its trace and return its number.

        Args:
            at: Local time with zone.
        """
        lines = traceback.format_exception(error)
        number = _number(error)
        entry = f"{at.isoformat(timespec='seconds')} {number}\n{masked(''.join(lines))}\n"
        path = self._folder / FILE_NAME
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            if path.exists() and path.stat().st_size > LARGEST:
                path.replace(path.with_suffix(".old.log"))
            with path.open("a", encoding="utf-8") as file:
                file.write(entry)
        except OSError:
            return Written(number, None)
        return Written(number, path)


def _number(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{type(error).__name__} {[(Path(frame.filename).name, frame.name) for frame in frames[-3:]]}"
    return f"E-{hashlib.sha256(place.encode()).hexdigest()[:4].upper()}"
