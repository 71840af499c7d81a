"""The rows of a list: every hit is held, its row is there once it was read."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from desktop.domain.document import State
from desktop.domain.listing import ListHit
from desktop.domain.money import ZERO
from desktop.texts import tr
from desktop.texts.states import pill, pill_key
from desktop.ui.documents.list_kind import ListKind, Names
from desktop.ui.grid.columns import TAKEN, ColumnSpec, Mark, Outcome, SheetSource
from desktop.usecases.ports import DocumentRow
from desktop.usecases.recycle_bin import days_left

TICK, STATE = "tick", "state"
_WAIT = Mark(message=tr("正在读取…"))


def columns_of(kind: ListKind) -> tuple[ColumnSpec, ...]:
    """Return the columns of a list: ticks and states before its own."""
    return (ColumnSpec(TICK, "", "check", 36, editable=True), ColumnSpec(STATE, tr("状态"), "pill", 88), *kind.columns)


class ListRows(SheetSource):
    """Hits of one tab with their ticks; ticks follow the documents, not the places."""

    def __init__(self, kind: ListKind) -> None:
        self._kind, self._today = kind, ""
        self._names = Names("", {}, {}, ZERO)
        self._hits: Sequence[ListHit] = ()
        self._rows: dict[str, DocumentRow] = {}
        self._ticked: set[str] = set()
        self._total = Decimal("0.00")

    def show(self, hits: Sequence[ListHit], rows: Iterable[DocumentRow], names: Names, today: str,
             total: Decimal) -> None:
        """Take other hits; documents that are no longer shown lose their tick."""
        self._hits, self._names, self._today, self._total = hits, names, today, total
        self._rows = {row.doc_id: row for row in rows}
        if self._ticked:
            self._ticked &= {hit.doc_id for hit in hits}

    def take(self, rows: Iterable[DocumentRow]) -> None:
        """Take rows that were read for hits."""
        self._rows.update((row.doc_id, row) for row in rows)

    def unread(self, most: int) -> list[str]:
        """Return the next hits whose rows are not here yet."""
        if len(self._rows) >= len(self._hits):
            return []
        found = (hit.doc_id for hit in self._hits if hit.doc_id not in self._rows)
        return [doc_id for doc_id, _ in zip(found, range(most), strict=False)]

    def hit(self, at: int) -> ListHit:
        """Return a hit."""
        return self._hits[at]

    def hits(self) -> Sequence[ListHit]:
        """Return all hits in the order shown."""
        return self._hits

    def row(self, at: int) -> DocumentRow | None:
        """Return a row, None while it is not read."""
        return self._rows.get(self._hits[at].doc_id)

    def row_of(self, doc_id: str) -> DocumentRow | None:
        """Return the row of a document, None while it is not read or not shown."""
        return self._rows.get(doc_id)

    def place_of(self, doc_id: str) -> int:
        """Return where a document is shown, -1 when it is not."""
        return next((at for at, hit in enumerate(self._hits) if hit.doc_id == doc_id), -1)

    def ticked(self) -> list[ListHit]:
        """Return the ticked hits in the order shown."""
        return [hit for hit in self._hits if hit.doc_id in self._ticked] if self._ticked else []

    def untick(self) -> None:
        """Take every tick away."""
        self._ticked.clear()

    def tick(self, places: Iterable[int]) -> None:
        """Tick the hits at these places too."""
        self._ticked |= {self._hits[at].doc_id for at in places}

    def tick_all(self) -> None:
        """Tick every hit."""
        self._ticked = {hit.doc_id for hit in self._hits}

    def row_count(self) -> int:
        return len(self._hits)

    def value(self, row: int, key: str) -> object:
        hit = self._hits[row]
        if key == TICK:
            return hit.doc_id in self._ticked
        if key == "amount":
            return hit.amount
        one = self._rows.get(hit.doc_id)
        if key == STATE:
            if one is not None and one.binned_at:
                return f"void|{tr('还剩 {days} 天', days=days_left(one.binned_at, date.fromisoformat(self._today)))}"
            return f"{pill_key(hit.state, hit.problems_count)}|{pill(hit.state, hit.problems_count)}"
        return None if one is None else self._kind.value(one, key, self._names, self._today)

    def set_value(self, row: int, key: str, value: object) -> Outcome:
        doc_id = self._hits[row].doc_id
        if value:
            self._ticked.add(doc_id)
        else:
            self._ticked.discard(doc_id)
        return TAKEN

    def row_kind(self, row: int) -> str:
        return "void" if self._hits[row].state is State.VOIDED else "data"

    def mark(self, row: int, key: str) -> Mark:
        one = self.row(row)
        if one is None:
            return _WAIT
        if key == STATE and one.comment:
            return Mark(message=one.comment)
        if key == STATE and one.state is State.DRAFT and one.problems_count:
            return Mark(message=tr("有 {count} 处错误，打开后按 F8 逐条查看", count=one.problems_count))
        return Mark()

    def ticked_count(self, key: str) -> int:
        return len(self._ticked)

    def total(self, key: str) -> object:
        if key == STATE:
            return tr("共 {count} {measure}", count=f"{len(self._hits):,}", measure=self._kind.measure)
        return self._total if key == "amount" else None
