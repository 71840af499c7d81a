"""What the status bar says of selected and of filtered numbers."""

from decimal import Decimal

from desktop.ui.documents.figures import figures, filtered
from desktop.ui.grid.filtering import ColumnFilter
from desktop.ui.grid.sheet import Sheet
from desktop.ui.grid.statistics import Statistics, statistics


def said(found: Statistics, *, yuan: bool = True) -> list[tuple[str, str]]:
    return [(one.label, one.value) for one in figures(found, yuan=yuan)]


def test_one_amount_is_said_in_words() -> None:
    assert said(statistics([Decimal("36500.00")])) == [
        ("求和", "36,500.00"), ("计数", "1"), ("大写", "叁万陆仟伍佰元整")]


def test_several_amounts_have_mean_least_and_greatest() -> None:
    assert said(statistics([Decimal(1), None, Decimal(3)])) == [
        ("求和", "4.00"), ("平均", "2.00"), ("计数", "2"), ("大写", "肆元整"), ("最小", "1.00"), ("最大", "3.00")]


def test_other_units_than_yuan_have_no_words() -> None:
    assert "大写" not in dict(said(statistics([Decimal(1)]), yuan=False))
    assert said(statistics([None, None])) == []


def test_a_filter_says_how_many_rows_and_their_sum(sheet: Sheet) -> None:
    assert filtered(sheet.view) == ()
    sheet.view.viewing.arranger.set_filter("code", ColumnFilter(frozenset({"30226 劳务费"})))
    sheet.view.go_to(1, "last")
    assert [(one.label, one.value) for one in filtered(sheet.view)] == [("筛选 2/6 行", "合计 500.00")]
    sheet.view.go_to(1, "name")
    assert filtered(sheet.view)[0].value == ""
