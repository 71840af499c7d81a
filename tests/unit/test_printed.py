"""What stands on paper, without drawing it: every row once, heads repeated, sums at the end, watermarks, ranges."""

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.printed.calibration import CORNER, calibration_page
from desktop.domain.printed.marks import (
    Page,
    PageSetup,
    PrintFrame,
    Rule,
    Watermark,
    Words,
    framed,
    lines_of,
)
from desktop.domain.printed.ranges import chosen_pages
from desktop.domain.printed.table import LEAST, TableColumn, TableContent, TableRow, table_pages

POINT = 25.4 / 72
COLUMNS = (TableColumn("序号", 10, "center", frozen=True), TableColumn("项目名称", 60),
           TableColumn("金额", 30, "right"))


def measure(text: str, size: float, bold: bool) -> float:
    """Every Chinese sign is as wide as its type is high, every other one half of that."""
    return sum(1.0 if ord(sign) > 0x2E80 else 0.55 for sign in text) * size * POINT


def table(count: int, columns: tuple[TableColumn, ...] = COLUMNS, words: str = "校舍维修") -> TableContent:
    rows = tuple(TableRow((f"#{at}", *(words for _ in columns[1:]))) for at in range(count))
    return TableContent("项目支出明细表", columns, rows, (TableRow(("", "合计", "99.00"), "total"),),
                        ("2026 年", "单位：元"), ("注：本表由明细汇总。",), ("经办：", "复核："))


def inside(page: Page, margin: float) -> bool:
    return all(mark.x >= margin - 0.01 and mark.x + mark.width <= page.width - margin + 0.01
               and mark.y + mark.height <= page.height - margin + 0.01
               for mark in page.marks if isinstance(mark, Words))


@settings(max_examples=40, deadline=None)
@given(count=st.integers(0, 300), words=st.text("校舍维修工程款abc 12，。", max_size=90),
       paper=st.sampled_from(("A4", "A3", "VOUCHER")), landscape=st.booleans())
def test_every_row_is_printed_once_with_the_head_on_every_page(
    count: int, words: str, paper: str, landscape: bool
) -> None:
    setup = PageSetup(paper, landscape)
    pages = table_pages(table(count, words=words), setup, measure)
    numbers = [text for page in pages for text in page.texts() if text.startswith("#")]
    assert numbers == [f"#{at}" for at in range(count)]
    with_rows = [page for page in pages if any(text.startswith("#") for text in page.texts())]
    assert all("项目名称" in page.texts() for page in with_rows)
    assert all(inside(page, setup.margin) for page in pages)
    assert sum(page.texts().count("合计") for page in pages) == 1
    last = "".join(pages[-1].texts())
    assert "经办：" in last


def test_a_wide_table_is_made_smaller_before_it_is_split() -> None:
    columns = (COLUMNS[0], *(TableColumn(f"列{at}", 14) for at in range(14)))
    pages = table_pages(table(3, columns), PageSetup(), measure)
    sizes = {mark.size for mark in pages[0].marks if isinstance(mark, Words) and mark.text == "#0"}
    assert len(pages) == 1
    assert min(sizes) >= LEAST


def test_thirty_columns_are_split_with_the_frozen_ones_again() -> None:
    columns = (COLUMNS[0], *(TableColumn(f"列{at}", 30) for at in range(29)))
    pages = table_pages(table(4, columns), PageSetup("A3", landscape=True), measure)
    assert len(pages) > 1
    assert all("序号" in page.texts() and "#3" in page.texts() for page in pages)
    heads = [text for page in pages for text in page.texts() if text.startswith("列")]
    assert sorted(heads) == sorted(f"列{at}" for at in range(29))
    assert all(inside(page, 12) for page in pages)


def test_an_empty_table_says_so() -> None:
    empty = TableContent("收入预算表", COLUMNS, (), nothing="没有内容。")
    pages = table_pages(empty, PageSetup(), measure)
    assert len(pages) == 1
    assert "没有内容。" in pages[0].texts()


def test_rows_of_a_group_are_bold() -> None:
    content = TableContent("表", COLUMNS, (TableRow(("", "基本支出", ""), "group"), TableRow(("1", "公用", ""))))
    marks = {mark.text: mark.bold for mark in table_pages(content, PageSetup(), measure)[0].marks
             if isinstance(mark, Words)}
    assert marks["基本支出"]
    assert not marks["公用"]


@settings(max_examples=30, deadline=None)
@given(columns=st.integers(1, 30), paper=st.sampled_from(("A4", "A3", "VOUCHER")))
def test_no_number_is_ever_cut_off(columns: int, paper: str) -> None:
    number = "-12,345,678,901.23"
    heads = (COLUMNS[0], *(TableColumn(f"列{at}", 12, "right") for at in range(columns)))
    content = TableContent("表", heads, (TableRow(("1", *(number for _ in range(columns)))),))
    pages = table_pages(content, PageSetup(paper), measure)
    marks = [mark for page in pages for mark in page.marks if isinstance(mark, Words) and mark.text == number]
    assert len(marks) == columns
    assert all(measure(number, LEAST, mark.bold) <= mark.width for mark in marks)


@settings(max_examples=60, deadline=None)
@given(text=st.text("国库集中支付，。（）abc123 ", max_size=200), width=st.floats(8, 120))
def test_lines_keep_every_sign_and_fit(text: str, width: float) -> None:
    lines = lines_of(text, width, 9, measure)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(len(line) <= 1 or measure(line, 9, False) <= width for line in lines)


def test_a_line_starts_with_no_closing_mark_while_there_is_room() -> None:
    lines = lines_of("更换轮胎，刹车片，常规保养。", 20, 9, measure)
    assert not any(line[0] in "，。" for line in lines)


def test_every_page_names_unit_printer_and_its_number() -> None:
    frame = PrintFrame("219001", "甲旗林业和草原局", "张丽", "10:36")
    pages = framed([Page(210, 297, ()), Page(210, 297, ())], frame, 12)
    for number, page in enumerate(pages, start=1):
        words = " ".join(page.texts())
        assert "219001 甲旗林业和草原局" in words
        assert "张丽 10:36" in words
        assert f"第 {number} 页 / 共 2 页" in words


def test_a_draft_in_the_rehearsal_says_both_once_and_behind_everything() -> None:
    own = Page(210, 297, (Words(20, 20, 50, 5, "1,234.00"), Watermark("草稿")))
    page = framed([own], PrintFrame("219001", "单位", watermarks=("演示",)), 12)[0]
    assert page.marks[0] == Watermark("演示 · 草稿")
    assert sum(isinstance(mark, Watermark) for mark in page.marks) == 1


def test_over_a_form_only_the_fields_are_printed() -> None:
    page = Page(241, 140, (Words(10, 10, 20, 5, "全称"), Words(30, 10, 60, 5, "甲旗", field=True),
                           Rule(0, 0, 10, 0), Watermark("草稿")))
    assert page.only_fields().texts() == ["甲旗"]
    assert any(isinstance(mark, Watermark) for mark in page.only_fields().marks)
    assert page.without_fields().texts() == ["全称"]


def test_the_voucher_paper_always_lies() -> None:
    assert PageSetup("VOUCHER").size == PageSetup("VOUCHER", landscape=True).size == (241, 140)
    assert PageSetup("A3", landscape=True).size == (420, 297)


def test_ranges_are_read_as_people_type_them() -> None:
    assert chosen_pages("", 3) == [0, 1, 2]
    assert chosen_pages("全部", 3) == [0, 1, 2]
    assert chosen_pages("1－2，５", 5) == [0, 1, 4]
    assert chosen_pages("3-", 5) == [2, 3, 4]
    assert chosen_pages("2,2,1-2", 5) == [0, 1]


@given(text=st.text("0123456789-, ，a", max_size=12), count=st.integers(1, 40))
def test_a_range_never_names_a_page_that_is_not_there(text: str, count: int) -> None:
    found = chosen_pages(text, count)
    assert found is None or (found == sorted(set(found)) and all(0 <= page < count for page in found))
    assert chosen_pages(f"{count + 1}", count) is None


def test_the_crosses_lie_where_the_instructions_say() -> None:
    for paper in ("A4", "A3", "VOUCHER"):
        page = calibration_page(PageSetup(paper), "校准", ("一", "二"))
        centres = {(rule.x1 + rule.x2) / 2 for rule in page.marks if isinstance(rule, Rule) and rule.y1 == rule.y2
                   and rule.x2 - rule.x1 == 16}
        assert centres == {CORNER, page.width - CORNER}
        assert all(min(r.x1, r.x2, r.y1, r.y2) >= 0 and max(r.x1, r.x2) <= page.width
                   and max(r.y1, r.y2) <= page.height for r in page.marks if isinstance(r, Rule))
