"""复核 in a row: what waits for the person at the screen, where they are in it, and the key that is open for it."""

from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

from desktop.domain.money import ZERO, format_yuan
from desktop.texts import tr
from desktop.ui.context import Context
from desktop.ui.documents.actions import Act
from desktop.ui.documents.key_hold import KeyHold
from desktop.ui.payment.reading import Waiting, read_waiting


@dataclass(frozen=True, slots=True)
class Place:
    """Where a voucher stands in the series: the third of twelve, nine still to be decided."""

    at: int
    total: int
    left: int


class ReviewSeries(QObject):
    """One for the page; all open vouchers of a checker or signer share it.

    It begins with the first voucher that is looked at, grows when more arrive, and ends when the person leaves it.

    Signals:
        changed(): The queue or the key is another.

    Attributes:
        hold: The person's key, while it is open for this series.
    """

    changed = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.hold = KeyHold(self)
        self.hold.turned.connect(self.changed)
        self._waiting: dict[str, Waiting] = {}
        self._order: list[str] = []
        self._decided: dict[str, tuple[Act, Decimal]] = {}
        self._who = self._seat()
        self._asked, self._front = 0, ""
        context.changed.connect(self._follow)

    def arrive(self, doc_id: str) -> None:
        """A voucher of a checker or signer came to the front."""
        self._front = doc_id
        self.read()

    def depart(self, doc_id: str) -> None:
        """It went; unless another one follows at once, the person has left the series."""
        QTimer.singleShot(0, self, lambda: self._leave(doc_id))

    def read(self) -> None:
        """Read the queue anew."""
        self._asked += 1
        asked, seat, year = self._asked, self._context.seat(), self._context.year

        def back(found: tuple[Waiting, ...]) -> None:
            if asked == self._asked:
                self._take(found)

        self._context.run(self, lambda books: read_waiting(books, seat, year), back)

    def queue(self) -> tuple[Waiting, ...]:
        """Return what is still before the person, their own vouchers too."""
        return tuple(self._waiting.values())

    def place(self, doc_id: str) -> Place:
        """Return where a voucher stands; ``at`` is 0 when it is not in the series."""
        at = self._order.index(doc_id) + 1 if doc_id in self._order else 0
        return Place(at, len(self._order), len(self._open()))

    def beside(self, doc_id: str, step: int) -> str:
        """Return the next undecided voucher behind (1) or before (-1) another, round the end; empty without one."""
        ids = [one for one in self._order if one == doc_id or one in self._open()]
        if doc_id not in ids:
            return ids[0] if ids else ""
        found = ids[(ids.index(doc_id) + step) % len(ids)]
        return found if found != doc_id else ""

    def decide(self, doc_id: str, act: Act, amount: Decimal) -> None:
        """Remember that a voucher was passed or given back in this series."""
        if doc_id not in self._order:
            self._order.append(doc_id)
        self._decided[doc_id] = (act, amount)
        self._waiting.pop(doc_id, None)
        self._asked += 1  # a reading that began before knows nothing of it
        if not self._open():
            self.hold.drop()
        self.changed.emit()

    def summary(self) -> str:
        """Return what the series came to: how many passed, their total, how many went back."""
        passed = [amount for act, amount in self._decided.values() if act is not Act.SEND_BACK]
        back = len(self._decided) - len(passed)
        parts = []
        if passed:
            parts.append(tr("通过 {count} 张，合计 {total} 元", count=len(passed),
                            total=format_yuan(sum(passed, ZERO))))
        if back:
            parts.append(tr("退回 {count} 张", count=back))
        return "，".join(parts)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:  # the curtain fell: the window is locked
            self.hold.drop()
        return super().eventFilter(watched, event)

    def _leave(self, doc_id: str) -> None:
        """Let the key go; what was not decided still waits, and is counted anew the next time."""
        if doc_id == self._front:
            self._front = ""
            self.hold.drop()
            self._order, self._decided = list(self._open()), {}

    def _open(self) -> dict[str, Waiting]:
        return {doc_id: one for doc_id, one in self._waiting.items() if not one.own}

    def _seat(self) -> tuple[str, str, int]:
        seat = self._context.seat()
        return seat.officer, seat.post.value, self._context.year

    def _follow(self, topic: str) -> None:
        if self._seat() != self._who:
            self._who = self._seat()
            self.hold.drop()
            self._waiting, self._order, self._decided = {}, [], {}
        if self._front:
            self.read()

    def _take(self, found: tuple[Waiting, ...]) -> None:
        self._waiting = {one.doc_id: one for one in found}
        self._decided = {doc_id: one for doc_id, one in self._decided.items() if doc_id not in self._waiting}
        still = self._open()
        # What somebody else decided meanwhile leaves the series; what was decided here keeps its number.
        self._order = [one for one in self._order if one in still or one in self._decided]
        self._order += [doc_id for doc_id in still if doc_id not in self._order]
        self.changed.emit()
