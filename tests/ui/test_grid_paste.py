"""What comes over the clipboard: tables of Excel, WPS and browsers, spoiled numbers, wrong units, skipped cells."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop.ui.grid import blocks
from desktop.ui.grid.clipboard import TooMuch, is_csv, parse_csv
from desktop.ui.grid.clipboard_html import OutCell, format_html, parse_html
from desktop.ui.grid.columns import ColumnSpec, SheetSource
from desktop.ui.grid.model import SheetModel
from desktop.ui.grid.pasting import damaged, read_clipboard, tile, unit_factor
from desktop.ui.grid.sheet import Sheet
from desktop.ui.grid.skipped import SkippedDialog, paste_action
from tests.ui.budget_lines import CONTROL, SHIFT, Lines, place, press, select

CELLS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp", "Co")), max_size=8)
TABLE = "<html><body><table>{}</table></body></html>"


def mime(text: str = "", html: str = "", csv: str = "") -> QMimeData:
    data = QMimeData()
    if text:
        data.setText(text)
    if html:
        data.setHtml(html)
    if csv:
        data.setData("text/csv", csv.encode())
    return data


class TestHtml:
    @pytest.mark.parametrize(("body", "block"), [
        ("<tr><td>a<td>b<tr><td>c<td>d", [["a", "b"], ["c", "d"]]),
        ("<tr><td colspan=2>a</td></tr><tr><td>b</td><td>c</td></tr>", [["a", ""], ["b", "c"]]),
        ("<tr><td rowspan=2>a</td><td>b</td></tr><tr><td>c</td></tr>", [["a", "b"], ["", "c"]]),
        ("<tr><td rowspan=2 colspan='2'>a</td><td>b</td></tr><tr><td>c</td></tr><tr><td>d</td></tr>",
         [["a", "", "b"], ["", "", "c"], ["d", "", ""]]),
        ("<tr><td>&nbsp;甲\n   乙&amp;&lt;丙&gt;</td></tr>", [["甲 乙&<丙>"]]),
        ("<tr><td>上<br style='mso-data-placement:same-cell;'>下</td></tr>", [["上\n下"]]),
        ("<tr><td><p>上</p><p>下</p></td></tr>", [["上\n下"]]),
        ("<tr><td>外<table><tr><td>内</td></tr></table></td><td>x</td></tr>", [["外内", "x"]]),
        ("<tr><td>a</td></tr><tr><td></td></tr><tr><td>&nbsp;</td></tr>", [["a"]]),
        ("<style>td{color:red}</style><!-- <td>no</td> --><tr><TD title='a > b'>1</TD></tr>", [["1"]]),
        ("<tr><td x:num=\"1234567.891\">####</td><td x:num='45000'>2023/3/15</td><td x:num=\"12.344\">12.34</td></tr>",
         [["1234567.891", "2023/3/15", "12.34"]]),
        ("<tr><td x:num=\"150000\">1.5E+05</td></tr>", [["150000"]]),
    ])
    def test_a_table_is_read_as_it_is_seen(self, body: str, block: list[list[str]]) -> None:
        assert parse_html(TABLE.format(body)) == block

    def test_the_header_of_windows_and_what_follows_the_table_do_not_matter(self) -> None:
        head = "Version:1.0\r\nStartHTML:0000000105\r\n<html><body><!--StartFragment-->"
        rest = "<p>x</p><table><tr><td>8</td></tr></table><!--EndFragment--></body></html>"
        assert parse_html(f"{head}<table><tr><td>7</td></tr></table>{rest}") == [["7"]]

    def test_html_without_a_table_holds_no_block(self) -> None:
        assert parse_html("<html><b>7</b></html>") == []

    def test_a_merged_cell_of_absurd_size_is_refused(self) -> None:
        with pytest.raises(TooMuch):
            parse_html(TABLE.format("<tr><td rowspan=2000 colspan=2000>a"))

    @settings(max_examples=80)
    @given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=4))
    def test_what_is_written_is_read_again(self, rows: list[list[str]]) -> None:
        rows[-1][0] = "end"
        assert parse_html(format_html([[OutCell(text) for text in row] for row in rows])) == rows

    @settings(max_examples=150)
    @given(st.text(st.sampled_from("<>/tdrable \"'=!-&;1簿p"), max_size=60))
    def test_any_markup_is_read_without_failing(self, text: str) -> None:
        assert all(isinstance(row, list) for row in parse_html("<table>" + text))


class TestChoosingTheForm:
    def test_text_with_tabs_counts_before_html(self) -> None:
        assert read_clipboard(mime("a\tb\r\n", TABLE.format("<tr><td>x<td>y"))) == [["a", "b"]]

    def test_html_gives_the_number_that_a_narrow_column_hides(self) -> None:
        html = TABLE.format('<tr><td>a<td x:num="12345.6">###')
        assert read_clipboard(mime("a\t###\r\n", html)) == [["a", "12345.6"]]

    def test_a_word_copied_from_a_page_stays_a_word(self) -> None:
        assert read_clipboard(mime("办公费", "<span>办公费</span>")) == [["办公费"]]

    def test_a_table_of_a_page_without_tabs_comes_by_html(self) -> None:
        assert read_clipboard(mime("a b c d", TABLE.format("<tr><td>a<td>b<tr><td>c<td>d"))) == [["a", "b"], ["c", "d"]]

    @pytest.mark.parametrize(("text", "csv"), [
        ("甲,1\n乙,2", True), ('"a,b",1\r\nc,2\r\n', True), ("1,234\n5,678", False), ("¥1,234.50\n(5,678)", False),
        ("甲,乙", False), ("甲,乙\n丙", False), ("a\tb,c\nd\te,f", False), ('"a,1\nb,2', False),
    ])
    def test_lines_with_the_same_count_of_commas_are_a_block(self, text: str, csv: bool) -> None:
        assert is_csv(text) is csv

    def test_csv_comes_in_with_its_quoted_cells(self) -> None:
        assert read_clipboard(mime(csv='a,"b\nc"\r\n"d ""e""",f\r\n')) == [["a", "b\nc"], ['d "e"', "f"]]
        assert parse_csv("a,b\n\nc\n") == [["a", "b"], ["c", ""]]


class TestSpoiledNumbers:
    @pytest.mark.parametrize(("text", "spoiled"), [
        ("6.22202E+18", True), ("6.22e18", True), ("6222021012345670000", True), ("911508000000000000", True),
        ("1505016682000900042", False), ("123456789012345", False), ("000131", False), ("91150802MA0N1L2X3E", False),
        ("1234567890123450", True), ("", False),
    ])
    def test_excel_leaves_its_traces(self, text: str, spoiled: bool) -> None:
        assert damaged(text) is spoiled

    def test_a_spoiled_account_is_not_written_and_named_by_its_row(self, qapp: QApplication) -> None:
        lines = Lines(3)
        columns = (ColumnSpec("note", "账号", "digits", editable=True),
                   ColumnSpec("now", "金额", "amount", editable=True))
        model = SheetModel(columns, lines)
        report = model.paste(0, [0, 1], [["1505016682000900042", "1"], ["6.22E+18", "2"], ["6222021012345670000", "3"]])
        assert [row["note"] for row in lines.rows] == ["1505016682000900042", "", ""]
        assert [row["now"] for row in lines.rows] == [1, 2, 3]
        assert "第 2、3 行的号码已被 Excel 改坏" in report.sentence()
        assert report.level == "warning"
        model.enter([(0, "note", "6.22E+18")], "输入")
        assert "科学计数" in model.drafts()[0][2]


class TestUnitOfMoney:
    @pytest.mark.parametrize(("pairs", "unit", "factor"), [
        ([(123_0000, 123), (50_0000, 48)], "万元", Decimal("0.0001")), ([(123, 120)], "万元", None),
        ([(12, 120_000)], "元", Decimal(10_000)), ([(120_000, 12)], "元", None), ([], "元", None),
        ([(0, 5), (5, 0)], "元", None), ([(100, 100), (90, 100), (100_0000, 100)], "万元", None),
    ])
    def test_ten_thousand_times_last_year_is_another_unit(self, pairs: list[tuple[int, int]], unit: str,
                                                          factor: Decimal | None) -> None:
        assert unit_factor([(Decimal(new), Decimal(old)) for new, old in pairs], unit) == factor

    @pytest.mark.parametrize(("answer", "written"), [
        ("convert", ["12.50", "30.00"]), ("raw", ["125000.00", "300000.00"]), ("leave", ["0", "1"])])
    def test_the_user_decides_before_anything_is_written(self, qtbot, monkeypatch: pytest.MonkeyPatch, answer: str,
                                                         written: list[str]) -> None:
        lines = Wan(2)
        sheet = shown(qtbot, lines)
        asked: list[str] = []
        monkeypatch.setattr(blocks, "ask", lambda title, body, verbs, **_: (
            asked.extend([title, body, *(verb.word for verb in verbs)]), answer)[1])
        QGuiApplication.clipboard().setText("125,000\n300,000")
        sheet.view.go_to(0, "now")
        press(qtbot, sheet.view, Qt.Key.Key_V, CONTROL)
        assert [str(row["now"]) for row in lines.rows] == written
        assert asked == ["粘贴的数可能差了单位", "当前表按“万元”填，粘贴的数约为上年的 10,000 倍，像是“元”。",
                         "换算成万元", "按原数粘贴", "取消"]


class Wan(Lines):
    """A table of 万元 that knows last year's amounts."""

    def usual(self, row: int, key: str) -> Decimal | None:
        return (Decimal(12), Decimal(31))[row] if key == "now" else None

    def money_unit(self) -> str:
        return "万元"


NARROW = (ColumnSpec("name", "项目名称", editable=True), ColumnSpec("last", "上年执行数", "amount", tint="ro"),
          ColumnSpec("now", "本年申报数", "amount", editable=True), ColumnSpec("note", "日期", "date", editable=True))


def shown(qtbot, source: SheetSource) -> Sheet:
    sheet = Sheet(SheetModel(NARROW, source))
    qtbot.addWidget(sheet)
    sheet.show()
    sheet.activateWindow()
    sheet.view.setFocus()
    qtbot.waitUntil(sheet.view.hasFocus)
    return sheet


class TestPasting:
    def test_a_command_of_another_program_stays_a_text(self, qtbot) -> None:
        lines = Lines(2)
        sheet = shown(qtbot, lines)
        QGuiApplication.clipboard().setText("=cmd|' /C calc'!A0\t1\t=cmd|' /C calc'!A0")
        sheet.view.go_to(0, "name")
        press(qtbot, sheet.view, Qt.Key.Key_V, CONTROL)
        assert lines.rows[0]["name"] == "=cmd|' /C calc'!A0"
        assert lines.rows[0]["now"] == Decimal(0)
        assert sheet.model.typed(0, 2) == "=cmd|' /C calc'!A0"
        assert [draft[:2] for draft in sheet.model.drafts()] == [(0, "now")]

    def test_as_text_nothing_is_computed(self, qtbot) -> None:
        lines = Lines(2)
        sheet = shown(qtbot, lines)
        QGuiApplication.clipboard().setText("=1+1\n5")
        sheet.view.go_to(0, "now")
        press(qtbot, sheet.view, Qt.Key.Key_V, CONTROL | SHIFT)
        assert lines.rows[1]["now"] == Decimal(5)
        assert sheet.model.drafts() == [(0, "now", "按文本粘贴的算式没有计算")]

    def test_a_block_is_repeated_over_a_selection_that_is_a_multiple_of_it(self, qtbot) -> None:
        lines = Lines(6)
        sheet = shown(qtbot, lines)
        QGuiApplication.clipboard().setText("7\n8")
        select(sheet.view, 0, "now", 5, "now")
        press(qtbot, sheet.view, Qt.Key.Key_V, CONTROL)
        assert [row["now"] for row in lines.rows] == [7, 8, 7, 8, 7, 8]
        assert tile([["1", "2"]], 3, 3) == [["1", "2"]]

    def test_every_skipped_cell_is_kept_with_its_reason(self, qtbot) -> None:
        lines = Lines(2, grows=False)
        sheet = shown(qtbot, lines)
        QGuiApplication.clipboard().setText("a\t1\t2\t2026-1-5\t9\nb\t1\t3\t1-6\t9\nc\t1\t4\t\t")
        sheet.view.go_to(0, "name")
        with qtbot.waitSignal(sheet.model.pasted) as told:
            press(qtbot, sheet.view, Qt.Key.Key_V, CONTROL)
        report = told.args[0]
        assert (report.written, len(report.skipped)) == (6, 9)
        reasons = {(cell.row, cell.title): cell.reason for cell in report.skipped}
        assert reasons[0, "上年执行数"] == "由财政下达或系统带出，不能修改"
        assert reasons[0, ""] == "右边没有列了"
        assert reasons[2, "项目名称"] == "下面没有行了，这张表不能增加行"
        assert lines.rows[0]["note"] == datetime.date(2026, 1, 5)

    def test_the_skipped_cells_are_listed_and_lead_to_their_places(self, qtbot) -> None:
        lines = Lines(3)
        sheet = shown(qtbot, lines)
        report = sheet.model.paste(0, [0, 1, 2], [["a", "1", "2"], ["b", "1", "3"]])
        words, call = paste_action(sheet.view, report)
        assert words == "查看跳过的"
        assert call is not None
        dialog = SkippedDialog(sheet.view, report)
        qtbot.addWidget(dialog)
        assert dialog.sheet.model.look(1, 0).text == "2"
        assert "不能修改" in dialog.sheet.model.look(0, 3).text
        dialog.show()
        dialog.sheet.view.go_to(1, "row")
        dialog.go()
        assert place(sheet.view) == (1, "last")
        assert paste_action(sheet.view, sheet.model.paste(0, [0], [["x"], ["y"]])) == ("", None)

    def test_one_locked_cell_says_why(self, qtbot) -> None:
        sheet = shown(qtbot, Lines(2))
        QGuiApplication.clipboard().setText("5")
        sheet.view.go_to(0, "last")
        with qtbot.waitSignal(sheet.model.refused) as told:
            press(qtbot, sheet.view, Qt.Key.Key_V, CONTROL)
        assert told.args == ["由财政下达或系统带出，不能修改"]


class TestCopying:
    def test_codes_and_texts_go_out_as_texts_for_excel(self, qtbot, sheet: Sheet, lines: Lines) -> None:
        lines.rows[0]["name"] = "=1+1"
        select(sheet.view, 0, "name", 0, "now")
        press(qtbot, sheet.view, Qt.Key.Key_C, CONTROL)
        html = QGuiApplication.clipboard().mimeData().html()
        assert '.t{mso-number-format:"\\@";}' in html
        assert '<td class="t">=1+1</td><td class="t">30218</td>' in html
        assert '<td class="n" x:num="0">0</td>' in html

    def test_heads_come_along_when_asked_for(self, qtbot, sheet: Sheet) -> None:
        select(sheet.view, 0, "code", 0, "now")
        press(qtbot, sheet.view, Qt.Key.Key_C, CONTROL | SHIFT)
        assert QGuiApplication.clipboard().text() == "部门经济分类\t上年执行数\t本年申报数\r\n30218\t0\t0\r\n"

    def test_an_amount_is_copied_in_capitals(self, qtbot, sheet: Sheet, lines: Lines) -> None:
        lines.rows[1]["now"] = Decimal("36500.00")
        sheet.view.go_to(1, "now")
        press(qtbot, sheet.view, Qt.Key.Key_L, CONTROL)
        assert QGuiApplication.clipboard().text() == "叁万陆仟伍佰元整"
        sheet.view.go_to(1, "note")
        assert sheet.view.blocks.copy_words() == ""
