"""Fills the pinyin columns of library sheets; run after names have changed, never when the program starts."""

import csv
import io
from pathlib import Path

from desktop.domain.fault import Fault
from desktop.exchange.initials import Speller, shipped_speller
from desktop.exchange.library_reading import SHEETS
from desktop.exchange.tables.faults import TableRefused
from desktop.exchange.tables.writing import write_whole

# Sheets beside the indicators: which column their pinyin is of.
_OTHERS = {"cases.csv": "project_name", "core_sets.csv": "project_kind"}


def spell_folder(folder: Path) -> dict[str, int]:
    """Write first letters and syllables of every name that has others, or none.

    Args:
        folder: In the shape of the shipped library.

    Returns:
        File -> rows that were changed; files without a change are not written.

    Raises:
        TableRefused: T-DAMAGED when a sheet is cut off or has no such columns; nothing in it was changed.
        Fault: L-NO_SHEET when the folder holds no sheets of indicators.
        TableNotWritten: A file could not be written.
    """
    sheets = sorted((folder / SHEETS).glob("*.csv"))
    if not sheets:
        raise Fault("L-NO_SHEET", folder=str(folder))
    speller = shipped_speller()
    named = [(sheet, "name") for sheet in sheets]
    named += [(folder / file, column) for file, column in _OTHERS.items() if (folder / file).is_file()]
    return {file.name: changed for file, column in named if (changed := _spell(file, column, speller))}


def _spell(file: Path, column: str, speller: Speller) -> int:
    try:
        head, *rows = csv.reader(io.StringIO(file.read_text("utf-8"), newline=""), strict=True)
        at, letters = head.index(column), head.index("initials")
    except (csv.Error, ValueError):
        raise TableRefused("T-DAMAGED", file=file.name) from None
    if any(len(row) != len(head) for row in rows):
        raise TableRefused("T-DAMAGED", file=file.name)
    changed = 0
    for row in rows:
        before = list(row)
        initials, pinyin = speller.spelled(row[at])
        row[letters] = initials
        if "pinyin" in head:
            row[head.index("pinyin")] = pinyin
        changed += row != before
    if changed:
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerows([head, *rows])
        write_whole(file, lambda half: _write(half, text.getvalue()))
    return changed


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode())
