"""Order, widths and hidden columns of one table, as this user wants them; remembered for the user on this PC."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, QTimer

from desktop.ui.grid.base import GridBase
from desktop.ui.grid.columns import ColumnSpec
from desktop.ui.grid.header import SheetHeader
from desktop.ui.kit.notes import Notes, read_note, write_note

KEEP_MS = 400
LEAST, GREATEST = 16, 2_000


class ColumnLayout(QObject):
    """Lets the columns of a view change places, go and come back. Frozen columns stay where they are.

    The model itself gets another order of columns, so that copying, filling and walking follow what is seen.
    """

    def __init__(self, view: GridBase, head: SheetHeader, frozen: int) -> None:
        super().__init__(view)
        self._view, self._model, self._head, self._frozen = view, view.sheet, head, frozen
        self._first = [spec.key for spec in self._model.columns]
        self._notes: Notes | None = None
        self._name = ""
        self._moving = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_MS)
        self._timer.timeout.connect(self.write)
        head.setSectionsMovable(len(self._first) - frozen > 1)
        head.sectionMoved.connect(self._dragged)

    def keep(self, notes: Notes, table: str) -> None:
        """Take over what this user chose before for a table, and remember what is chosen from now on."""
        self._notes, self._name = notes, f"columns/{table}"
        note = read_note(notes, self._name)
        if isinstance(note, dict):
            self._take(note)

    def _take(self, note: Mapping[str, object]) -> None:
        """Use what still fits the columns of today; the rest of an old note is passed over."""
        order, hidden, widths = note.get("order"), note.get("hidden"), note.get("widths")
        if isinstance(order, list):
            self._order([key for key in order if isinstance(key, str)])
        if isinstance(hidden, list):
            self._view.hidden_keys = frozenset(key for key in hidden if isinstance(key, str) and self.can_hide(key))
        if isinstance(widths, dict):
            self._view.set_widths({key: width for key, width in widths.items()
                                   if isinstance(width, int) and LEAST <= width <= GREATEST})
        self._view.fit_columns()

    # -- what may be done

    def frozen(self) -> Sequence[str]:
        """Return the columns that stay at the left."""
        return self._first[:self._frozen]

    def can_hide(self, key: str) -> bool:
        """Tell whether a column may be hidden: no frozen one, and never the last that is left."""
        shown = [spec.key for spec in self._model.columns if spec.key not in self._view.hidden_keys]
        return key in self._first[self._frozen:] and shown != [key]

    def can_move(self, key: str, step: int) -> bool:
        """Tell whether a column has a visible neighbour at its left (-1) or right (+1) to change places with."""
        return self._neighbour(key, step) is not None

    def _neighbour(self, key: str, step: int) -> str | None:
        keys = [spec.key for spec in self._model.columns]
        seen = [one for one in keys[self._frozen:] if not self._view.isColumnHidden(keys.index(one))]
        at = seen.index(key) + step if key in seen else -1
        return seen[at] if 0 <= at < len(seen) else None

    def hidden(self) -> list[ColumnSpec]:
        """Return the columns that the user has hidden."""
        return [spec for spec in self._model.columns if spec.key in self._view.hidden_keys]

    def is_changed(self) -> bool:
        """Tell whether anything differs from the table's own layout."""
        return bool(self._view.hidden_keys or self._view.widths()
                    or [spec.key for spec in self._model.columns] != self._first)

    # -- doing it

    def hide(self, key: str) -> None:
        """Hide a column; `show_all` and the menu of any head bring it back."""
        if self.can_hide(key):
            self._view.hidden_keys |= {key}
            self._changed()

    def show_column(self, key: str) -> None:
        """Show a hidden column again."""
        self._view.hidden_keys -= {key}
        self._changed()

    def move(self, key: str, step: int) -> None:
        """Let a column change places with its visible neighbour at the left (-1) or right (+1)."""
        other = self._neighbour(key, step)
        if other is not None:
            self.place(key, self._model.column_of(other))

    def place(self, key: str, at: int) -> None:
        """Put a column to a place counted from the left; the frozen ones stay in front."""
        keys = [spec.key for spec in self._model.columns]
        if key in keys[:self._frozen]:
            return
        keys.remove(key)
        keys.insert(max(at, self._frozen), key)
        current = self._view.current_place()
        self._order(keys)
        self._view.set_current_place(*current)
        self._changed()

    def restore(self) -> None:
        """恢复默认: bring back order, widths and columns as the table comes."""
        self._view.hidden_keys = frozenset()
        self._order(self._first)
        self._view.set_widths({})
        self._changed()

    def _order(self, keys: Sequence[str]) -> None:
        front = self._first[:self._frozen]
        rest = [key for key in keys if key in self._first and key not in front]
        self._model.order_columns([*front, *dict.fromkeys(rest)])

    def _changed(self) -> None:
        self._view.fit_columns()
        self.write_soon()

    def _dragged(self, logical: int, old: int, new: int) -> None:
        """Take a column dragged by the mouse back in the head and give it its place in the model instead."""
        if self._moving:
            return
        self._moving = True
        self._head.moveSection(new, old)
        self._moving = False
        key = self._model.columns[logical].key
        QTimer.singleShot(0, self, lambda: self.place(key, new))

    # -- remembering

    def write_soon(self) -> None:
        """Remember the layout once the user has stopped changing it."""
        if self._notes is not None:
            self._timer.start()

    def write(self) -> None:
        """Remember the layout now; nothing is kept of a table that is as it comes."""
        self._timer.stop()
        if self._notes is None:
            return
        note = {"order": [spec.key for spec in self._model.columns], "hidden": sorted(self._view.hidden_keys),
                "widths": self._view.widths()}
        write_note(self._notes, self._name, note if self.is_changed() else None)
