"""What a unit has ticked in the work guide lies in its books."""

from datetime import UTC, datetime

import pytest

from desktop.domain.document import Post
from desktop.usecases.guide import Done, guide_marks, mark_done, tick_paper
from desktop.usecases.seat import Seat

AT = "2026-11-22T09:30:00+00:00"


class Clock:
    def now(self) -> datetime:
        return datetime.fromisoformat(AT).astimezone(UTC)


class Ids:
    def new(self) -> str:
        return "1"


@pytest.fixture
def seat() -> Seat:
    return Seat("zhang", "张丽", Post.MAKER, Clock(), Ids())


def test_nothing_is_ticked_at_first(workspace):
    marks = guide_marks(workspace.books(), 2026)
    assert (dict(marks.done), dict(marks.papers)) == ({}, {})


def test_a_tick_says_who_and_when_and_outlives_the_books(workspace, seat):
    mark_done(workspace.books(), seat, 2026, "5.02.01", True)
    assert guide_marks(workspace.books(), 2026).done == {"5.02.01": Done("张丽", AT)}


def test_every_year_has_its_own_ticks(workspace, seat):
    mark_done(workspace.books(), seat, 2026, "5.02.01", True)
    assert guide_marks(workspace.books(), 2027).done == {}


def test_a_tick_can_be_taken_back(workspace, seat):
    mark_done(workspace.books(), seat, 2026, "5.02.01", True)
    assert mark_done(workspace.books(), seat, 2026, "5.02.01", False).done == {}
    assert guide_marks(workspace.books(), 2026).done == {}


def test_papers_are_ticked_one_by_one(workspace, seat):
    tick_paper(workspace.books(), 2026, "5.02.01", "发票", True)
    tick_paper(workspace.books(), 2026, "5.02.01", "合同", True)
    mark_done(workspace.books(), seat, 2026, "5.02.01", True)
    tick_paper(workspace.books(), 2026, "5.02.01", "发票", False)
    marks = guide_marks(workspace.books(), 2026)
    assert marks.papers == {"5.02.01": frozenset({"合同"})}
    assert "5.02.01" in marks.done
