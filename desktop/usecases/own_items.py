"""The lines that people add to the home page themselves; they belong to the unit and lie in its books."""

import json
from dataclasses import replace
from datetime import date

from desktop.domain.own_items import TITLE_MOST, OwnItem, ticked
from desktop.usecases.ports import Books
from desktop.usecases.seat import Seat

SETTING = "home/items"


def own_items(books: Books) -> list[OwnItem]:
    """Return every line, in the order in which they were written; call inside the books' transaction."""
    kept = json.loads(books.setting(SETTING, "[]"))
    return [_read(one) for one in kept]


def add_item(books: Books, seat: Seat, title: str, due: date | None = None, repeats: str = "") -> OwnItem:
    """Write a new line; its title is cut to 40 characters."""
    item = OwnItem(seat.ids.new(), " ".join(title.split())[:TITLE_MOST], due, repeats, None, seat.name)
    with books:
        _keep(books, [*own_items(books), item])
        books.commit()
    return item


def tick_item(books: Books, item_id: str, today: date) -> None:
    """Tick a line, or take its tick away; one that is gone meanwhile changes nothing."""
    with books:
        _keep(books, [ticked(item, today) if item.item_id == item_id else item for item in own_items(books)])
        books.commit()


def change_item(books: Books, item_id: str, title: str, due: date | None, repeats: str) -> None:
    """Write a line anew; its tick stays."""
    with books:
        clean = " ".join(title.split())[:TITLE_MOST]
        _keep(books, [replace(item, title=clean, due=due, repeats=repeats) if item.item_id == item_id else item
                      for item in own_items(books)])
        books.commit()


def remove_item(books: Books, item_id: str) -> OwnItem | None:
    """Take a line away and return it, so that it can be put back."""
    with books:
        items = own_items(books)
        _keep(books, [item for item in items if item.item_id != item_id])
        books.commit()
    return next((item for item in items if item.item_id == item_id), None)


def put_back(books: Books, item: OwnItem) -> None:
    """Put a line back that was taken away."""
    with books:
        _keep(books, [*(one for one in own_items(books) if one.item_id != item.item_id), item])
        books.commit()


def _keep(books: Books, items: list[OwnItem]) -> None:
    books.set_setting(SETTING, json.dumps([_written(one) for one in items], ensure_ascii=False))


def _written(item: OwnItem) -> dict[str, str]:
    return {
        "id": item.item_id, "title": item.title, "due": item.due.isoformat() if item.due else "",
        "repeats": item.repeats, "done": item.done.isoformat() if item.done else "", "by": item.by,
    }


def _read(kept: dict[str, str]) -> OwnItem:
    due, done = kept.get("due", ""), kept.get("done", "")
    return OwnItem(kept["id"], kept["title"], date.fromisoformat(due) if due else None, kept.get("repeats", ""),
                   date.fromisoformat(done) if done else None, kept.get("by", ""))
