"""A new document starts with what the mirrors already know."""

from datetime import datetime, timedelta, timezone
from decimal import Decimal
from types import SimpleNamespace

import pytest

from desktop.domain.document import Post
from desktop.domain.mirrors import AdmittedProject, EconomicPair, LastYear
from desktop.usecases.seat import Seat
from desktop.usecases.start_document import new_budget

PROJECT = AdmittedProject("L-219001-1", "P1", "日常公用", "Y1", "2130201")


class _Clock:
    def now(self) -> datetime:
        return datetime(2026, 11, 20, 9, 0, tzinfo=timezone(timedelta(hours=8)))


class _Ids:
    def __init__(self) -> None:
        self.given = 0

    def new(self) -> str:
        self.given += 1
        return f"id-{self.given}"


class _Books:
    """Mirrors of one unit with a line of last year for each of some natures and projects."""

    def __init__(self, *rows: tuple[str, str]) -> None:
        last_year = [
            LastYear(f"y{n}", 2026, project, "2130201", "30201", nature, Decimal("100.00"))
            for n, (project, nature) in enumerate(rows)
        ]
        self.mirrors = SimpleNamespace(
            unit=lambda: SimpleNamespace(unit_code="219001", kind="ADMIN"),
            projects=lambda: {PROJECT.key: PROJECT},
            last_year=lambda year: last_year,
            pairs=lambda year: [EconomicPair("30201", "50201", "ADMIN"), EconomicPair("30201", "50502", "INSTITUTION")],
        )

    def __enter__(self) -> "_Books":
        return self

    def __exit__(self, *reason: object) -> None:
        return None


def lines_of(*rows: tuple[str, str]):
    seat = Seat("zhangli", "张丽", Post.MAKER, _Clock(), _Ids())
    return new_budget(_Books(*rows), seat, 2027).lines


@pytest.mark.parametrize(("nature", "source"), [
    ("111", "LOCAL"), ("121", "LOCAL"), ("131", "LOCAL"), ("21", "OWN"), ("31", "OWN"), ("39", "OWN"),
])
def test_a_line_of_the_units_own_money_does_not_start_as_money_of_the_treasury(nature: str, source: str) -> None:
    (line,) = lines_of((PROJECT.key, nature))
    assert (line.fund_nature, line.fund_source) == (nature, source)


def test_a_line_starts_with_the_units_pair_and_without_an_amount() -> None:
    (line,) = lines_of((PROJECT.key, "111"))
    assert (line.gov_economic_code, line.last_year, line.project_name) == ("50201", Decimal("100.00"), PROJECT.name)
    assert line.amount == Decimal("0.00")


def test_a_project_that_is_not_admitted_gets_no_line() -> None:
    assert lines_of(("L-219001-9", "111")) == ()
