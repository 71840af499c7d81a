"""Which backups stay, whatever was made when."""

from datetime import datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.retention import DAILY, MONTHLY, WEEKLY, Copy, kept

ZONE = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 22, 17, 30, tzinfo=ZONE)

copies = st.lists(
    st.builds(
        lambda hours, by_hand, fixed: Copy(NOW - timedelta(hours=hours), by_hand, fixed),
        st.integers(-48, 5 * 365 * 24),
        st.booleans(),
        st.sampled_from((False, False, False, True)),
    ),
    max_size=60,
    unique_by=lambda one: one.at,
)


def on(day: str, hour: int = 8, *, by_hand: bool = False) -> Copy:
    return Copy(datetime.fromisoformat(day).replace(hour=hour, tzinfo=ZONE), by_hand)


def test_seven_days_four_weeks_and_twelve_months_stay() -> None:
    daily = {Copy(NOW - timedelta(days=number)) for number in range(900)}
    stays = kept(daily, NOW)
    assert {NOW - timedelta(days=number) for number in range(DAILY)} <= {one.at for one in stays}
    this_year = [one for one in stays if one.at > NOW - timedelta(days=370)]
    assert DAILY + 3 + MONTHLY - 2 <= len(this_year) <= DAILY + WEEKLY + MONTHLY


def test_the_last_backup_of_every_year_stays_for_ever() -> None:
    ends = {on(f"{year}-12-31") for year in range(2009, 2026)}
    others = {on(f"{year}-12-30") for year in range(2009, 2025)}
    recent = {Copy(NOW - timedelta(days=number)) for number in range(400)}
    assert {one for one in kept(ends | others | recent, NOW) if one.at.year < 2025} == ends - {on("2025-12-31")}


def test_what_was_made_by_hand_stays_as_long_as_anything_of_its_day() -> None:
    by_hand, later, evening = on("2026-11-22", 9, by_hand=True), on("2026-11-22", 11), on("2026-11-22", 16)
    assert kept([by_hand, later, evening], NOW) == {by_hand, evening}


def test_what_was_made_by_hand_goes_when_its_day_is_gone() -> None:
    old = on("2026-08-04", by_hand=True)
    assert old not in kept([old, on("2026-08-20"), *(Copy(NOW - timedelta(days=n)) for n in range(60))], NOW)


def test_a_wrong_clock_pushes_nothing_out() -> None:
    future = [Copy(NOW + timedelta(days=number)) for number in range(1, 20)]
    today = Copy(NOW)
    assert kept([*future, today], NOW) == {*future, today}


@given(copies)
def test_the_newest_stays_and_nothing_is_invented(made: list[Copy]) -> None:
    stays = kept(made, NOW)
    assert stays <= set(made)
    assert {one for one in made if one.fixed or one.at > NOW} <= stays
    if made:
        assert max(made, key=lambda one: one.at) in stays


@given(copies)
def test_keeping_twice_changes_nothing_more(made: list[Copy]) -> None:
    once = kept(made, NOW)
    assert kept(once, NOW) == once


@given(copies)
def test_no_automatic_backup_outlives_one_made_by_hand_on_its_day(made: list[Copy]) -> None:
    stays = kept(made, NOW)
    alive = {one.at.date() for one in stays if not one.by_hand and not one.fixed and one.at <= NOW}
    assert not [one for one in made if one.by_hand and one.at.date() in alive and one not in stays]


@given(copies)
def test_each_of_the_last_days_and_years_keeps_its_newest(made: list[Copy]) -> None:
    stays = kept(made, NOW)
    past = [one for one in made if one.at <= NOW and not one.fixed]
    days = sorted({one.at.date() for one in past}, reverse=True)[:DAILY]
    for day in days:
        assert max((one for one in past if one.at.date() == day), key=lambda one: one.at) in stays
    for year in {one.at.year for one in past} - {NOW.year}:
        assert max((one for one in past if one.at.year == year), key=lambda one: one.at) in stays
