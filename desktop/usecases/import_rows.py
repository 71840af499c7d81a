"""Import rows: everything or nothing, in one transaction; taken back as a whole while nothing of it was touched.

What an import left behind lies encrypted in the books as the setting ``import/done/<id>``; how far a wizard had come as
``import/open/<target>``; how the user read a layout as ``import/layout/<target>/<digest>``.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop.domain.document import Post
from desktop.domain.fault import Fault
from desktop.domain.importing import targets
from desktop.domain.importing.effect import CHANGE, Effect, effect_of
from desktop.usecases import import_budget, import_vouchers
from desktop.usecases.import_desk import ImportDesk, Importer, Tick, as_json, yuan
from desktop.usecases.ports import Books
from desktop.usecases.seat import Seat

IMPORTERS: Mapping[str, Importer] = {
    targets.VOUCHERS: import_vouchers.VOUCHERS,
    targets.VOUCHER_LINES: import_vouchers.VOUCHER_LINES,
    targets.BUDGET_LINES: import_budget.BUDGET_LINES,
    targets.INCOME: import_budget.INCOME,
}


@dataclass(frozen=True, slots=True)
class Imported:
    """A finished import.

    Attributes:
        import_id: For `undo_import`.
        added, changed: Rows.
        with_errors: Documents in which rules find errors; they are drafts like others.
        total: Yuan.
        page, argument: Where the result is seen.
    """

    import_id: str
    added: int
    changed: int
    with_errors: int
    total: Decimal
    page: str
    argument: str


def split_key(key: str) -> tuple[str, str]:
    """Return target and subject of a key: ``voucher_lines:<doc id>``."""
    target, _, subject = key.partition(":")
    return target, subject


def read_import_desk(books: Books, seat: Seat, key: str, year: int, today: date) -> ImportDesk:
    """Return what reading and comparing rows needs.

    Args:
        books: The books.
        seat: Who imports.
        key: Of the target, with ``:`` and a doc id for rows that go into a document.
        year: The fiscal year of the vouchers or of the budget.
        today: Date of vouchers that name none.

    Raises:
        Fault: I-NO_BUDGET, I-NO_VOUCHER.
        Refused: D-03 for another post than the maker's.
    """
    seat.require(Post.MAKER)
    target, subject = split_key(key)
    with books:
        return IMPORTERS[target].read(books, seat, year, today, subject)


def import_rows(
    books: Books,
    seat: Seat,
    key: str,
    effect: Effect,
    today: date,
    source: str,
    year: int,
    *,
    repeats: bool = False,
    tick: Tick = lambda done, total: None,
) -> Imported:
    """Import the rows of an effect in one transaction, or none.

    Args:
        books: The books.
        seat: Who imports.
        key: As in `read_import_desk`.
        effect: What was shown to the user; it is compared again with the books as they are now.
        today: As above.
        source: Name of the file, for the history of the documents.
        year: As above.
        repeats: Rows that are there already are wanted a second time.
        tick: Called with rows done and rows in all; may raise to stop, and then nothing is imported.

    Raises:
        Fault: I-STALE when the books changed so that the effect is another one now.
        Refused: D-03, D-04.
    """
    seat.require(Post.MAKER)
    target, subject = split_key(key)
    importer = IMPORTERS[target]
    with books:
        desk = importer.read(books, seat, year, today, subject)
        now = effect_of([one.row for one in effect.planned], desk.target, desk.present)
        if [one.fate for one in now.planned] != [one.fate for one in effect.planned]:
            raise Fault("I-STALE", what="别处又新增或修改了同样的内容")
        taken = now.taken(repeats=repeats)
        written = importer.write(books, seat, desk, taken, f"导入 {source}"[:60], today, tick)
        import_id = seat.ids.new()
        record = {"target": target, "subject": desk.subject, "officer": seat.officer, "at": seat.at(),
                  "items": written.items}
        books.set_setting(f"import/done/{import_id}", json.dumps(record, ensure_ascii=False, default=str))
        facts = {"target": target, "rows": str(len(taken)), "file": source}
        books.audit(seat.officer, seat.post.value, "import", import_id, facts, at=seat.at())
        books.commit()
    argument = {targets.VOUCHERS: "tab:ALL", targets.BUDGET_LINES: "project", targets.INCOME: "income"}
    changed = sum(one.fate == CHANGE for one in taken)
    return Imported(
        import_id, len(taken) - changed, changed, written.with_errors,
        sum((yuan(one.row.values, "amount") for one in taken), Decimal("0.00")),
        importer.page, argument.get(target, subject),
    )


def undo_import(books: Books, seat: Seat, import_id: str) -> int:
    """Take back exactly what an import brought; return how many rows.

    Vouchers that it made become void, lines that it added go, lines that it changed are as they were before.

    Raises:
        Fault: I-CHANGED when anything of it was changed since, and then nothing is; I-GONE when it was taken back.
        Refused: D-03 for another than who imported.
    """
    seat.require(Post.MAKER)
    with books:
        kept = books.setting(f"import/done/{import_id}")
        if not kept:
            raise Fault("I-GONE")
        record = json.loads(kept)
        importer, items = IMPORTERS[record["target"]], record["items"]
        importer.take_back(books, seat, record["subject"], items)
        books.set_setting(f"import/done/{import_id}", "")
        books.audit(seat.officer, seat.post.value, "undo import", import_id, {}, at=seat.at())
        books.commit()
    return sum("amount_before" not in item for item in items)


# -- what the wizard remembers


def keep_open(books: Books, key: str, progress: Mapping[str, object] | None) -> None:
    """Remember how far an import has come; None forgets it."""
    with books:
        books.set_setting(f"import/open/{key}", "" if progress is None else as_json(progress))
        books.commit()


def read_open(books: Books, key: str) -> dict[str, object] | None:
    """Return how far an import had come when its tab was closed; None when nothing is open."""
    with books:
        kept = books.setting(f"import/open/{key}")
    found = json.loads(kept) if kept else None
    return found if isinstance(found, dict) else None


def keep_layout(books: Books, target: str, layout: str, by_title: Mapping[str, str]) -> None:
    """Remember how the columns of a layout were read."""
    with books:
        books.set_setting(_layout(target, layout), as_json(dict(by_title)))
        books.commit()


def read_layout(books: Books, target: str, layout: str) -> dict[str, str]:
    """Return how the columns of a layout were read the last time; empty when it never came."""
    with books:
        kept = books.setting(_layout(target, layout))
    found = json.loads(kept) if kept else {}
    return {str(title): str(key) for title, key in found.items()} if isinstance(found, dict) else {}


def _layout(target: str, layout: str) -> str:
    return f"import/layout/{target}/{hashlib.sha256(layout.encode()).hexdigest()[:16]}"
