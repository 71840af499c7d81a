"""Lines that people add to the home page."""

from datetime import date

from desktop.domain.own_items import MONTHLY, OwnItem, done_this_month, open_items, ticked

TODAY = date(2026, 11, 20)


def test_a_tick_can_be_taken_away() -> None:
    item = OwnItem("1", "装订凭证")
    assert ticked(item, TODAY).done == TODAY
    assert ticked(ticked(item, TODAY), TODAY) == item


def test_a_monthly_line_is_open_again_with_each_month() -> None:
    item = OwnItem("1", "对账", date(2026, 1, 31), MONTHLY, done=date(2026, 10, 30))
    assert not item.is_done(TODAY)
    assert item.due_in(TODAY) == date(2026, 11, 30)
    assert item.due_in(date(2028, 2, 1)) == date(2028, 2, 29)
    assert ticked(item, TODAY).is_done(TODAY)


def test_what_is_due_first_comes_first_and_what_is_done_is_left_out() -> None:
    items = [OwnItem("1", "无期限"), OwnItem("2", "晚", date(2026, 12, 1)), OwnItem("3", "早", date(2026, 11, 21)),
             OwnItem("4", "已办", done=TODAY)]
    assert [one.title for one in open_items(items, TODAY)] == ["早", "晚", "无期限"]
    assert [one.title for one in done_this_month(items, TODAY)] == ["已办"]
