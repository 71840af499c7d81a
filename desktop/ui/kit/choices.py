"""Rows that can be picked by typing: code, name and pinyin initials, best hits first."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

MOST = 12


@dataclass(frozen=True, slots=True)
class Choice:
    """One row that may be picked.

    Attributes:
        code: What is stored; unique among the rows.
        name: What is shown; for a classification the short name.
        initials: Lower-case pinyin initials of the name, "wxmj"; may be empty.
        detail: Grey words at the right of the row: a full path, a balance.
        shown: What the field shows when it is picked; "code name" when empty.
    """
    code: str
    name: str
    initials: str = ""
    detail: str = ""
    shown: str = ""

    @property
    def label(self) -> str:
        """Return the words in the field once this row is picked."""
        return self.shown or f"{self.code} {self.name}"


Finder = Callable[[str], Sequence[Choice]]


def rank(rows: Iterable[Choice], typed: str, most: int = MOST) -> list[Choice]:
    """Return the rows that fit what was typed, best first, at most `most`.

    A code or name that starts with it comes first, then initials that start with it, then names, initials
    and codes that contain it, then details. All words of a text with spaces must fit. Empty text: the first rows.
    """
    words = typed.lower().split()
    if not words:
        return [row for row, _ in zip(rows, range(most), strict=False)]
    scored: list[tuple[int, int, Choice]] = []
    for at, row in enumerate(rows):
        scores = [_score(row, word) for word in words]
        if all(scores):
            scored.append((-min(scores), at, row))
    scored.sort(key=lambda entry: entry[:2])
    return [row for _, _, row in scored[:most]]


def _score(row: Choice, word: str) -> int:
    code, name = row.code.lower(), row.name.lower()
    checks = ((code == word or name == word, 7), (code.startswith(word), 6), (name.startswith(word), 6),
              (row.initials.startswith(word), 5), (word in name, 4), (word in row.initials, 3), (word in code, 2),
              (word in row.detail.lower(), 1))
    return next((points for fits, points in checks if fits), 0)


def finder(rows: Sequence[Choice]) -> Finder:
    """Return a search over rows held in memory."""
    return lambda typed: rank(rows, typed)
