"""Finds the head of a foreign table and says what each column is, with the reason for every guess."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from desktop.domain.importing.names import name_score, plain_name
from desktop.domain.importing.samples import MOST_SAMPLES, fit_of, looks_like
from desktop.domain.importing.table import Cell, Table, is_blank, text_of
from desktop.domain.importing.target import ImportTarget, Kind, Lists, TargetColumn, squeezed

HEAD_WITHIN = 15  # rows in which a head is looked for
HEAD_ROWS = 3  # that a head may have
LEAST_NAME = 45  # points from which a name alone is a guess
SURE = 80  # points from which the user need not look twice
_SAMPLE_POINTS, _AGAINST = 15, 45
_LEAST_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class Guess:
    """What one column of the table is taken for.

    Attributes:
        at: Place of the column in the table.
        title: Words of the head, empty without one.
        key: Of the target's column; empty when it is left out.
        points: 0 to 100; from 80 on the guess is sure.
        why: ``NAME``, ``SYNONYM``, ``PART`` (facts: name), ``SAMPLE`` (facts: fit, of), ``TEMPLATE``, ``REMEMBERED``,
            ``CHOSEN``, ``NONE`` (nothing fits), ``TAKEN`` (another column fits better; facts: by).
    """

    at: int
    title: str
    key: str = ""
    points: int = 0
    why: str = "NONE"
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recognition:
    """How a table is read.

    Attributes:
        top, bottom: First and last row of the head in the table's rows; both -1 when it has none.
    """

    top: int
    bottom: int
    guesses: tuple[Guess, ...]

    def mapping(self) -> dict[str, int]:
        """Return column key to place in the table."""
        return {guess.key: guess.at for guess in self.guesses if guess.key}

    def chosen(self, at: int, key: str) -> "Recognition":
        """Return the recognition with one column chosen by the user; who had the key before has none now."""
        guesses = tuple(
            replace(guess, key=key, points=100 if key else 0, why="CHOSEN", facts={})
            if guess.at == at
            else replace(guess, key="", points=0, why="CHOSEN", facts={})
            if key and guess.key == key
            else guess
            for guess in self.guesses
        )
        return replace(self, guesses=guesses)

    def remembered(self, by_title: Mapping[str, str], keys: Sequence[str]) -> "Recognition":
        """Return the recognition as the user left it the last time this layout came; unknown keys are dropped."""
        guesses = []
        for guess in self.guesses:
            name = f"{guess.at} {plain_name(guess.title)}"
            if name in by_title and by_title[name] in ("", *keys):
                key = by_title[name]
                guesses.append(replace(guess, key=key, points=100 if key else 0, why="REMEMBERED", facts={}))
            else:
                guesses.append(guess)
        return replace(self, guesses=tuple(guesses))

    def memory(self) -> dict[str, str]:
        """Return what `remembered` takes the next time: place and title to key."""
        return {f"{guess.at} {plain_name(guess.title)}": guess.key for guess in self.guesses}

    def layout(self) -> str:
        """Return what a layout is known by: the titles in their order."""
        return "|".join(plain_name(guess.title) for guess in self.guesses)


def recognise(table: Table, target: ImportTarget, lists: Lists) -> Recognition:
    """Return the most likely head within the first 15 rows, of one row or two, and a guess for every column.

    A template of ours is read by its titles alone. Without any head the contents decide.
    """
    if table.marker == target.key:
        return _template(table, target)
    best, most = (-1, -1), 0
    for top in range(min(HEAD_WITHIN, len(table.rows))):
        for bottom in (top, top + 1):
            points = _head_points(table, target, top, bottom)
            if points > most:
                best, most = (top, bottom), points
    return read_head(table, target, lists, *_grown(table, *best))


def _grown(table: Table, top: int, bottom: int) -> tuple[int, int]:
    """Return the head with the rows that its merged cells reach into: the group names above, the sub-heads below."""
    for first, left, last, right in table.merged:
        if right - left >= table.width - 1 or last - first >= HEAD_ROWS or top < 0:
            continue
        if first <= bottom <= last or first <= top <= last:
            top, bottom = min(top, first), max(bottom, last)
        elif first == last == top - 1 and right > left:
            top = first
    return (top, bottom) if bottom - top < HEAD_ROWS else (bottom, bottom)


def read_head(table: Table, target: ImportTarget, lists: Lists, top: int, bottom: int) -> Recognition:
    """Return the guesses for a given head; -1, -1 for a table without one."""
    titles = head_titles(table, top, bottom) if top >= 0 else [""] * table.width
    samples = [_samples(table, at, bottom + 1) for at in range(table.width)]
    scored = sorted(
        (
            (*_points(column, titles[at], samples[at], lists), at, order, column)
            for at in range(table.width)
            for order, column in enumerate(target.columns)
        ),
        key=lambda one: (-one[0], one[3], one[4]),
    )
    taken: dict[int, Guess] = {}
    used: dict[str, int] = {}
    for points, why, facts, at, _, column in scored:
        if points < LEAST_NAME:
            break
        if at in taken:
            continue
        if column.key in used:
            continue
        taken[at] = Guess(at, titles[at], column.key, min(points, 100), why, facts)
        used[column.key] = at
    _by_contents(taken, used, titles, samples, target, lists)
    guesses = tuple(taken.get(at) or _left_out(at, titles[at], target, used, titles) for at in range(table.width))
    return Recognition(top, bottom, guesses)


def head_titles(table: Table, top: int, bottom: int) -> list[str]:
    """Return one title for each column; of a head of two rows both words, joined by "·", where they differ."""
    words = [_spread(table, row) for row in range(top, bottom + 1)]
    titles = []
    for at in range(table.width):
        parts = [text_of(row[at]).strip() for row in words]
        titles.append("·".join(dict.fromkeys(" ".join(part.split()) for part in parts if part)))
    return titles


def _spread(table: Table, row: int) -> list[Cell]:
    """Return a row of the head with every merged cell's words in all its columns and rows."""
    cells = list(table.rows[row])
    for top, left, bottom, right in table.merged:
        if top <= row <= bottom and right - left < table.width - 1:  # a title over the whole table names no column
            value = table.rows[top][left] if top < len(table.rows) and left < table.width else None
            cells[left : right + 1] = [value] * (min(right + 1, table.width) - left)
    return cells


def _head_points(table: Table, target: ImportTarget, top: int, bottom: int) -> int:
    """Return how much these rows look like a head of the target: names found, less what a head never holds."""
    if bottom >= len(table.rows):
        return 0
    titles = head_titles(table, top, bottom)
    used: set[str] = set()
    points = 0
    for title in titles:
        found = max(((name_score(column.names(), title)[0], column.key) for column in target.columns), default=(0, ""))
        if found[0] >= LEAST_NAME and found[1] not in used:
            used.add(found[1])
            points += found[0]
    cells = [cell for row in range(top, bottom + 1) for cell in table.rows[row] if not is_blank(cell)]
    numbers = sum(not isinstance(cell, str) or squeezed(cell).replace(".", "").isdigit() for cell in cells)
    missing = sum(column.required and column.key not in used for column in target.columns)
    second = 35 if bottom > top else 0  # a second row must earn its place
    return points - 40 * numbers - 5 * missing - second if len(used) > 1 else 0


def _samples(table: Table, at: int, start: int) -> list[Cell]:
    found: list[Cell] = []
    for row in table.rows[start : start + 10 * MOST_SAMPLES]:
        if not is_blank(row[at]):
            found.append(row[at])
            if len(found) == MOST_SAMPLES:
                break
    return found


def _points(
    column: TargetColumn, title: str, samples: Sequence[Cell], lists: Lists
) -> tuple[int, str, Mapping[str, str]]:
    points, name = name_score(column.names(), title)
    if not points:
        return 0, "NONE", {}
    why = "PART" if points < SURE else "NAME" if name == column.title else "SYNONYM"
    if samples:
        share = fit_of(samples, column, lists)
        points += int(_SAMPLE_POINTS * share) if share >= 0.5 else -_AGAINST
    return points, why, {"name": name}


def _by_contents(
    taken: dict[int, Guess],
    used: dict[str, int],
    titles: Sequence[str],
    samples: Sequence[Sequence[Cell]],
    target: ImportTarget,
    lists: Lists,
) -> None:
    """Give columns that nobody named to kinds whose contents cannot be mistaken: accounts, dates, codes."""
    for column in target.columns:
        if column.key in used or column.kind in (Kind.TEXT, Kind.YES):
            continue
        fits = [
            (share, at)
            for at in range(len(titles))
            if at not in taken and samples[at] and (share := looks_like(samples[at], column, lists)) >= _LEAST_SHARE
        ]
        if len(fits) == 1 or (fits and column.kind is Kind.DIGITS):
            share, at = fits[0]
            count = len(samples[at])
            facts = {"fit": str(round(share * count)), "of": str(count)}
            taken[at] = Guess(at, titles[at], column.key, 50, "SAMPLE", facts)
            used[column.key] = at


def _left_out(
    at: int, title: str, target: ImportTarget, used: Mapping[str, int], titles: Sequence[str]
) -> Guess:
    for column in target.columns:
        if column.key in used and name_score(column.names(), title)[0] >= LEAST_NAME:
            return Guess(at, title, why="TAKEN", facts={"by": titles[used[column.key]], "column": column.title})
    return Guess(at, title)


def _template(table: Table, target: ImportTarget) -> Recognition:
    by_title = {plain_name(column.title): column.key for column in target.columns}
    titles = head_titles(table, 0, 0)
    guesses = []
    for at, title in enumerate(titles):
        key = by_title.pop(plain_name(title), "")
        guesses.append(Guess(at, title, key, 100 if key else 0, "TEMPLATE" if key else "NONE"))
    return Recognition(0, 0, tuple(guesses))
