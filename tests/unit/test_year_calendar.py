"""The calendar: which days end something, and how many working days are left."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.parameters import Parameters
from desktop.domain.year_calendar import coming, deadlines, soonest, working_days

FRIDAY = date(2026, 11, 20)


def days_of(key: str, parameters: Parameters | None = None, today: date = FRIDAY) -> list[date]:
    return [one.day for one in coming(today, 2026, parameters or Parameters()) if one.deadline.key == key]


def test_the_months_closing_comes_again_until_the_year_is_over() -> None:
    assert days_of("month_end") == [date(2026, 11, 27), date(2026, 12, 27)]


def test_a_deadline_that_is_over_is_left_out_and_todays_is_not() -> None:
    assert days_of("month_end", today=date(2026, 11, 28)) == [date(2026, 12, 27)]
    assert days_of("month_end", today=date(2026, 11, 27))[0] == date(2026, 11, 27)


def test_a_day_that_a_month_does_not_have_becomes_its_last() -> None:
    assert days_of("month_end", Parameters({"month_end_deadline_day": "31"}))[0] == date(2026, 11, 30)


def test_a_bureau_moves_a_day_adds_one_and_takes_one_away() -> None:
    own = Parameters({"deadline.up2": "11-30 17 3 二上草案（提前）", "deadline.report": "*-05 0 2 报送月报",
                      "deadline.last_payment": ""})
    found = {one.deadline.key: one for one in reversed(coming(FRIDAY, 2026, own))}
    assert found["up2"].day == date(2026, 11, 30)
    assert found["up2"].deadline.hour == 17
    assert found["report"].day == date(2026, 12, 5)
    assert "last_payment" not in found


@pytest.mark.parametrize("broken", ["13-01 0 1 x", "12-25 18 十 x", "12-25 18", "00-00 0 0 x", "12-32 0 0 x", "  x "])
def test_a_day_that_cannot_be_read_changes_nothing(broken: str) -> None:
    assert deadlines(Parameters({"deadline.up2": broken})) == deadlines(Parameters())


def test_holidays_and_made_up_working_days_count() -> None:
    assert working_days(FRIDAY, date(2026, 11, 27)) == 5
    moved = Parameters({"holidays": "2026-11-24, 2026-11-25", "extra_workdays": "2026-11-21"})
    assert working_days(FRIDAY, date(2026, 11, 27), moved) == 4


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(0, 500))
def test_working_days_add_up(first: date, length: int) -> None:
    middle, last = first.fromordinal(first.toordinal() + length // 2), first.fromordinal(first.toordinal() + length)
    assert working_days(first, last) == working_days(first, middle) + working_days(middle, last)


def test_a_short_list_names_each_deadline_once_before_it_repeats_one() -> None:
    keys = [one.deadline.key for one in soonest(coming(FRIDAY, 2026, Parameters()), 4)]
    assert keys == ["month_end", "up2", "last_payment", "year_end"]
    assert len(soonest(coming(date(2026, 1, 1), 2026, Parameters()), 8)) == 8
