"""Steps on many documents of a list: each document wholly or not at all, with a reason for every one that stayed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from desktop.domain.document import Refused, State
from desktop.domain.problem import Problem, errors
from desktop.usecases.ports import Books
from desktop.usecases.problems_of import problems_of
from desktop.usecases.recycle_bin import discard, restore
from desktop.usecases.seat import Seat
from desktop.usecases.write_document import recall, void

Tick = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Stopped:
    """A document that a step was not taken on, by its key, and why."""

    doc_id: str
    key: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Stepped:
    """How a step on many documents ended."""

    done: tuple[str, ...]
    stopped: tuple[Stopped, ...]


def recall_many(books: Books, seat: Seat, doc_ids: Sequence[str], tick: Tick) -> Stepped:
    """Take documents back, one transaction for each: what was done before 取消 stays done."""
    return _each(books, doc_ids, tick, lambda doc_id: recall(books, seat, doc_id))


def void_many(books: Books, seat: Seat, doc_ids: Sequence[str], tick: Tick) -> Stepped:
    """Make documents void, one transaction for each."""
    return _each(books, doc_ids, tick, lambda doc_id: void(books, seat, doc_id))


def discard_many(books: Books, seat: Seat, doc_ids: Sequence[str], tick: Tick) -> Stepped:
    """Put drafts into the recycle bin, one transaction for all."""
    tick(0, len(doc_ids))
    moved = discard(books, seat, doc_ids)
    return Stepped(tuple(one.head.doc_id for one in moved.moved),
                   tuple(Stopped(one.doc_id, one.key, (one.problem,)) for one in moved.stayed))


def restore_many(books: Books, seat: Seat, doc_ids: Sequence[str], tick: Tick) -> Stepped:
    """Take drafts out of the recycle bin, one transaction for all."""
    tick(0, len(doc_ids))
    moved = restore(books, seat, doc_ids)
    return Stepped(tuple(one.head.doc_id for one in moved.moved),
                   tuple(Stopped(one.doc_id, one.key, (one.problem,)) for one in moved.stayed))


@dataclass(frozen=True, slots=True)
class Examined:
    """What the rules say of one document."""

    doc_id: str
    key: str
    problems: tuple[Problem, ...]


def examine_many(books: Books, seat: Seat, doc_ids: Sequence[str], tick: Tick) -> list[Examined]:
    """Run every rule over documents (审核), against the newest mirrors; drafts remember how many errors there are."""
    found = []
    for place, doc_id in enumerate(doc_ids):
        tick(place, len(doc_ids))
        with books:
            document = books.documents.get(doc_id)
            problems = problems_of(books, document.content)
            wrong = len(errors(problems))
            if document.state is State.DRAFT and wrong != document.problems_count:
                books.documents.put(replace(document, problems_count=wrong), by=seat.officer, why="审核", at=seat.at())
                books.commit()
        found.append(Examined(doc_id, document.head.key, tuple(problems)))
    return found


def _each(books: Books, doc_ids: Sequence[str], tick: Tick, step: Callable[[str], object]) -> Stepped:
    done: list[str] = []
    stopped: list[Stopped] = []
    for place, doc_id in enumerate(doc_ids):
        tick(place, len(doc_ids))
        try:
            step(doc_id)
        except Refused as refusal:
            with books:
                key = books.documents.get(doc_id).head.key
            stopped.append(Stopped(doc_id, key, (refusal.problem,)))
        else:
            done.append(doc_id)
    return Stepped(tuple(done), tuple(stopped))
