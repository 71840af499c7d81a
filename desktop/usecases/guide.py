"""The work guide at work: search, and what the unit has done of it this year, with its ticks at the papers."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from desktop.domain.guide import GuideNode
from desktop.domain.passages import Hit, Passage, search
from desktop.usecases.ports import Books
from desktop.usecases.seat import Seat

_SETTING = "guide-{year}"


def guide_node(nodes: Iterable[GuideNode], code: str) -> GuideNode | None:
    """Return the node of a code; None when the guide has none."""
    return next((node for node in nodes if node.code == code), None)


def search_guide(nodes: tuple[GuideNode, ...], text: str, limit: int = 50) -> list[Hit]:
    """Return the nodes that hold every word of the text, also as initials of the pinyin; topics are codes."""
    return search(guide_passages(nodes), text, limit)


@lru_cache(maxsize=2)
def guide_passages(nodes: tuple[GuideNode, ...]) -> tuple[Passage, ...]:
    """Return the nodes as passages to search in."""
    return tuple(
        Passage(
            node.code,
            node.title,
            f"{node.field} · {node.category}",
            "　".join((node.what, *node.steps, *node.mistakes, *node.materials, node.when, node.deadline, *node.basis)),
            node.initials,
            node.keywords,
        )
        for node in nodes
    )


@dataclass(frozen=True, slots=True)
class Done:
    """Who ticked a node off, and when (ISO time)."""

    by: str
    at: str


@dataclass(frozen=True, slots=True)
class GuideMarks:
    """What the unit has ticked in one year.

    Attributes:
        done: Code -> who did it.
        papers: Code -> the papers that are at hand.
    """

    year: int
    done: Mapping[str, Done]
    papers: Mapping[str, frozenset[str]]

    def count(self, nodes: Iterable[GuideNode]) -> int:
        """Return how many of the nodes are done."""
        return sum(node.code in self.done for node in nodes)


def guide_marks(books: Books, year: int) -> GuideMarks:
    """Read the marks of a year."""
    with books:
        return _read(books, year)


def mark_done(books: Books, seat: Seat, year: int, code: str, done: bool) -> GuideMarks:
    """Tick a node off for the year, or take the tick back; one commit, with its audit row."""
    with books:
        marks = _read(books, year)
        changed = dict(marks.done)
        if done:
            changed[code] = Done(seat.name, seat.at())
        else:
            changed.pop(code, None)
        written = GuideMarks(year, changed, marks.papers)
        _write(books, written)
        what = "guide-done" if done else "guide-not-done"
        books.audit(seat.officer, seat.post.value, what, code, {"year": str(year)}, at=seat.at())
        books.commit()
        return written


def tick_paper(books: Books, year: int, code: str, paper: str, at_hand: bool) -> GuideMarks:
    """Tick one of a node's papers, or take the tick back; one commit."""
    with books:
        marks = _read(books, year)
        ticked = marks.papers.get(code, frozenset())
        kept = ticked | {paper} if at_hand else ticked - {paper}
        papers = {**marks.papers, code: kept}
        written = GuideMarks(year, marks.done, {one: names for one, names in papers.items() if names})
        _write(books, written)
        books.commit()
        return written


def _read(books: Books, year: int) -> GuideMarks:
    stored: Mapping[str, Any] = json.loads(books.setting(_SETTING.format(year=year), "{}"))
    done = {code: Done(one["by"], one["at"]) for code, one in stored.get("done", {}).items()}
    papers: dict[str, Sequence[str]] = stored.get("papers", {})
    return GuideMarks(year, done, {code: frozenset(names) for code, names in papers.items()})


def _write(books: Books, marks: GuideMarks) -> None:
    stored = {
        "done": {code: {"by": one.by, "at": one.at} for code, one in sorted(marks.done.items())},
        "papers": {code: sorted(names) for code, names in sorted(marks.papers.items())},
    }
    books.set_setting(_SETTING.format(year=marks.year), json.dumps(stored, ensure_ascii=False))
