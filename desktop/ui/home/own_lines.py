"""What may be done with the lines that people added: add, change, tick, take away, take back."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.domain.home_rules import ChecklistEntry
from desktop.domain.own_items import OwnItem
from desktop.texts import tr
from desktop.ui.context import Context
from desktop.ui.home.item_dialog import KEEP, REMOVE, ItemDialog
from desktop.usecases.own_items import add_item, change_item, put_back, remove_item, tick_item
from desktop.usecases.ports import Books

_OWN = "own."


class OwnLines(QObject):
    """Runs the use cases; the page is read again after each.

    Args:
        page: Over which the form opens.
        said: Shows a short message: words, kind.
    """

    def __init__(self, context: Context, page: QWidget, said: Callable[[str, str], None]) -> None:
        super().__init__(page)
        self._context, self._page, self._said = context, page, said
        self._items: dict[str, OwnItem] = {}

    def know(self, items: Sequence[OwnItem]) -> None:
        """Remember the lines that the page shows."""
        self._items = {item.item_id: item for item in items}

    def add(self) -> None:
        """Ask for a new line and write it."""
        context = self._context
        if context.refuses_writing():
            return
        dialog = ItemDialog(context.services.today(), parent=self._page)
        dialog.exec()
        if dialog.answer == KEEP:
            wanted, seat = dialog.wanted(), context.seat()
            self._run(lambda books: add_item(books, seat, wanted.title, wanted.due, wanted.repeats))
        dialog.deleteLater()

    def change(self, entry: ChecklistEntry) -> bool:
        """Ask how an own line should read; False for any other entry."""
        item = self._item(entry)
        if item is None:
            return False
        if self._context.refuses_writing():
            return True
        dialog = ItemDialog(self._context.services.today(), item, parent=self._page)
        dialog.exec()
        if dialog.answer == KEEP:
            wanted = dialog.wanted()
            self._run(lambda books: change_item(books, item.item_id, wanted.title, wanted.due, wanted.repeats))
        elif dialog.answer == REMOVE:
            self.remove(entry)
        dialog.deleteLater()
        return True

    def tick(self, entry: ChecklistEntry) -> bool:
        """Tick an own line; False for any other entry."""
        item = self._item(entry)
        if item is None:
            return False
        if self._context.refuses_writing():
            return True
        self.take_back(item.item_id)
        self._said(tr("“{title}”已打勾，在“已完成”里可以收回。", title=item.title), "ok")
        return True

    def take_back(self, item_id: str) -> None:
        """Turn the tick of a line over."""
        if self._context.refuses_writing():
            return
        today = self._context.services.today()
        self._run(lambda books: tick_item(books, item_id, today))

    def remove(self, entry: ChecklistEntry) -> None:
        """Take an own line away; a button in the message brings it back."""
        item = self._item(entry)
        if item is None or self._context.refuses_writing():
            return

        def removed(_: object) -> None:
            self._context.say(tr("已删除“{title}”。", title=item.title), "info", action=tr("撤销"),
                              call=lambda: self._run(lambda books: put_back(books, item)))

        self._context.run(self, lambda books: remove_item(books, item.item_id), removed, changes="documents")

    def _item(self, entry: ChecklistEntry) -> OwnItem | None:
        return self._items.get(entry.key.removeprefix(_OWN)) if entry.key.startswith(_OWN) else None

    def _run(self, work: Callable[[Books], object]) -> None:
        self._context.run(self, work, lambda _: None, changes="documents")
