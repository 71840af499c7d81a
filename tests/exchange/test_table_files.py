"""What goes out: numbers as numbers, codes as text, no formula, and whole or not at all."""

import errno
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.fault import Fault
from desktop.domain.importing.outgoing import SAMPLE_MARK, FormColumn, FormSheet, OutColumn, OutTable
from desktop.exchange.tables import read_tables, sheet_file, write_sheet, write_template

COLUMNS = (OutColumn("编码"), OutColumn("金额", "amount"), OutColumn("日期", "date"))
ROWS = (("00123", Decimal("1234.50"), date(2026, 11, 20)), ("=1+1", None, None), ("@x", Decimal("-3.00"), None))


def table(rows=ROWS, totals=("合计", Decimal("1231.50"), None)) -> OutTable:
    return OutTable("支付申请/清单", ("单位：甲局", "金额单位：元"), COLUMNS, rows, totals)


@pytest.fixture(params=["small", "large"])
def size(request, monkeypatch) -> str:
    if request.param == "large":
        monkeypatch.setattr(sheet_file, "SMALL", 0)
    return request.param


def test_sheet_comes_back_as_it_went(tmp_path, size):
    write_sheet(tmp_path / "a.xlsx", table())
    back = read_tables(tmp_path / "a.xlsx")[0]
    assert back.name == "支付申请／清单"
    assert back.rows[0][0] == "支付申请/清单"
    assert back.rows[1][0] == "单位：甲局　　金额单位：元"
    assert back.rows[2] == ("编码", "金额", "日期")
    assert back.rows[3:6] == ROWS
    assert back.rows[6] == ("合计", Decimal("1231.5"), None)


def test_texts_that_begin_like_formulas_stay_texts(tmp_path, size):
    texts = ("=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1")
    write_sheet(tmp_path / "a.xlsx", table([(text, None, None) for text in texts], None))
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    for at, text in enumerate(texts, start=4):
        cell = sheet.cell(at, 1)
        assert (cell.data_type, cell.value.strip("\t"), cell.quotePrefix) == ("s", text.strip("\t"), True)


def test_amounts_have_a_format_and_codes_are_text_cells(tmp_path, size):
    write_sheet(tmp_path / "a.xlsx", table())
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert sheet["A4"].number_format == "@"
    assert sheet["B4"].value == 1234.5
    assert sheet["B4"].number_format.startswith("#,##0.00")
    assert sheet["C4"].number_format == "yyyy-mm-dd"
    assert sheet.freeze_panes == "A4"


# What a cell can hold and still be what it was: no spaces around it, not Excel's own ways to say "text".
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1).filter(
    lambda text: text.strip() == text)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(TEXTS, st.decimals(-10**9, 10**9, places=2)), min_size=1, max_size=8))
def test_any_text_and_amount_round_trip(tmp_path_factory, rows):
    path = tmp_path_factory.getbasetemp() / "round.xlsx"
    write_sheet(path, OutTable("表", ("x",), COLUMNS[:2], rows))
    assert list(read_tables(path)[0].rows[3:]) == [(text, amount) for text, amount in rows]


def test_full_disk_leaves_nothing_and_keeps_the_older_file(tmp_path, monkeypatch, size):
    write_sheet(tmp_path / "a.xlsx", table())
    before = (tmp_path / "a.xlsx").read_bytes()

    def full(self: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(Fault, match="X-DISK_FULL"):
        write_sheet(tmp_path / "a.xlsx", table(ROWS[:1]))
    assert [one.name for one in tmp_path.iterdir()] == ["a.xlsx"]
    assert (tmp_path / "a.xlsx").read_bytes() == before


def test_file_that_excel_holds_is_told_and_stays(tmp_path, monkeypatch):
    write_sheet(tmp_path / "a.xlsx", table())

    def held(self: Path, target: Path) -> None:
        raise PermissionError(errno.EACCES, "in use")

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(Fault, match="X-IN_USE"):
        write_sheet(tmp_path / "a.xlsx", table())
    with pytest.raises(Fault, match="X-NO_RIGHT"):
        write_sheet(tmp_path / "b.xlsx", table())
    assert [one.name for one in tmp_path.iterdir()] == ["a.xlsx"]


def test_missing_folder_is_told(tmp_path, size):
    with pytest.raises(Fault, match="X-NO_FOLDER"):
        write_sheet(tmp_path / "gone" / "a.xlsx", table())


def test_stopped_writing_leaves_nothing(tmp_path, size):
    class Stopped(Exception):
        """The user asked."""

    def stop(done: int, total: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        write_sheet(tmp_path / "a.xlsx", table(), stop)
    assert list(tmp_path.iterdir()) == []


def test_template_is_known_again_and_cannot_be_spoiled(tmp_path):
    form = FormSheet("vouchers", "支付申请", (
        FormColumn("收款账号", "text", 24, True, "只填数字", "6222"),
        FormColumn("经济分类", "text", 20, False, "从列表选", "30201 办公费", ("30201 办公费", "30202 印刷费")),
        FormColumn("金额", "amount", 12, True, "元", "1.00"),
    ))
    write_template(tmp_path / "a.xlsx", form)
    first = read_tables(tmp_path / "a.xlsx")[0]
    assert first.marker == "vouchers"
    assert first.rows == (("收款账号*", "经济分类", "金额*"), (f"{SAMPLE_MARK}6222", "30201 办公费", "1.00"))
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert [sheet.sheet_state for sheet in book] == ["visible", "hidden", "veryHidden"]
    sheet = book.active
    assert sheet.column_dimensions["A"].width == pytest.approx(24, abs=1)
    assert sheet.freeze_panes == "A2"
    lists = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert [str(rule.sqref) for rule in lists] == ["B2:B5001"]
    assert lists[0].formula1 == "'代码'!$A$1:$A$2"
