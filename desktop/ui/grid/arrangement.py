"""Which rows of a source a table shows, and in which order; the stored order never changes."""

from collections.abc import Iterator, Sequence

HIDDEN = -1


class Arrangement:
    """An order of source rows; without one, all rows are shown as stored."""

    def __init__(self) -> None:
        self._order: list[int] | None = None
        self._places: dict[int, int] | None = None

    @property
    def order(self) -> Sequence[int] | None:
        """Return the source rows in the order shown; None when all are shown as stored."""
        return self._order

    def set(self, order: Sequence[int] | None, count: int) -> None:
        """Show these rows of a source of `count` rows.

        Raises:
            ValueError: A row is named twice, or is none of the source's.
        """
        rows = None if order is None else list(order)
        if rows is not None and (len(set(rows)) != len(rows) or any(not 0 <= row < count for row in rows)):
            raise ValueError("an arrangement names each row once, and only rows of the source")
        self._order, self._places = rows, None

    def shown_count(self, count: int) -> int:
        """Return how many of `count` source rows are shown."""
        return count if self._order is None else len(self._order)

    def source_row(self, row: int, count: int) -> int:
        """Return the source row of a shown row; rows behind the last shown one follow the last of the source."""
        if self._order is None:
            return row
        return self._order[row] if row < len(self._order) else count + row - len(self._order)

    def shown_row(self, source_row: int) -> int:
        """Return where a source row is shown, HIDDEN when it is not."""
        if self._order is None:
            return source_row
        if self._places is None:
            self._places = {row: place for place, row in enumerate(self._order)}
        return self._places.get(source_row, HIDDEN)

    def place_for(self, at: int) -> int:
        """Return where rows that are inserted into the source at `at` are shown.

        Before the row that they push down; at the end where that row is hidden or the rows are sorted.
        """
        if self._order is None:
            return at
        behind = self.shown_row(at)
        return len(self._order) if behind == HIDDEN else behind

    def make_room(self, place: int, at: int, count: int) -> None:
        """Take `count` rows in that were inserted into the source at `at`, shown at `place`."""
        if self._order is not None:
            moved = [row + count if row >= at else row for row in self._order]
            self._order, self._places = [*moved[:place], *range(at, at + count), *moved[place:]], None

    def runs(self, at: int, count: int) -> Iterator[tuple[int, int]]:
        """Give the blocks of shown rows, first and last, that show these source rows; the lowest block first."""
        shown = sorted((place for row in range(at, at + count) if (place := self.shown_row(row)) != HIDDEN),
                       reverse=True)
        last = first = -1
        for place in shown:
            if last >= 0 and place == first - 1:
                first = place
                continue
            if last >= 0:
                yield first, last
            last = first = place
        if last >= 0:
            yield first, last

    def hide(self, first: int, last: int) -> None:
        """Show these rows no more."""
        if self._order is not None:
            del self._order[first:last + 1]
            self._places = None

    def close_gap(self, at: int, count: int) -> None:
        """Follow the removal of source rows that are hidden by now."""
        if self._order is not None:
            self._order, self._places = [row - count if row >= at else row for row in self._order], None
