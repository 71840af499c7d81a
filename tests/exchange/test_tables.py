"""Foreign tables in every dress that they come in, read as plain cells."""

import zipfile
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.fault import Fault
from desktop.domain.importing.damage import is_damaged
from desktop.exchange.tables import read_clipboard, read_tables
from desktop.exchange.tables.delimited import delimiter_of
from desktop.exchange.tables.faults import TableRefused
from tests.exchange.biff import workbook

ROWS = (("姓名", "卡号", "金额", "日期"), ("张三", "6222021001112345678", Decimal("1234.5"), date(2026, 11, 20)))
ODS_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body>'
    '<office:spreadsheet><table:table table:name="工资">'
)
ODS_FOOT = "</table:table></office:spreadsheet></office:body></office:document-content>"


def refused(path: Path) -> str:
    with pytest.raises(Fault) as caught:
        read_tables(path)
    assert caught.value.facts["file"] == path.name
    return caught.value.code


def xlsx(path: Path, rows: object = ROWS) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_xlsx_gives_text_numbers_dates_and_ticks(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "工资"
    at = datetime.fromisoformat("2026-11-20T08:30")
    for row in (*ROWS, ("李四", None, 0.1 + 0.2, at), (True, "=1+1", -3, "")):
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    table = read_tables(tmp_path / "a.xlsx")[0]
    assert table.name == "工资"
    assert table.rows[:2] == ROWS
    assert table.rows[2] == ("李四", None, Decimal("0.3"), "2026-11-20 08:30")
    assert table.rows[3] == (True, None, Decimal("-3"), None)  # a formula that was never computed has no value


def test_empty_edges_are_cut_and_numbers_of_rows_stay_the_sheets(tmp_path):
    book = openpyxl.Workbook()
    book.active["C4"], book.active["D6"] = "头", 1.5
    book.save(tmp_path / "a.xlsx")
    table = read_tables(tmp_path / "a.xlsx")[0]
    assert table.rows == (("头", None), (None, None), (None, Decimal("1.5")))
    assert (table.row_number(0), table.column_name(0)) == (4, "C")


def test_long_number_keeps_an_exponent_that_betrays_it(tmp_path):
    cell = read_tables(xlsx(tmp_path / "a.xlsx", [(6222021001112345678,)]))[0].rows[0][0]
    assert cell.as_tuple().exponent > 0
    assert is_damaged(cell)


def test_hidden_sheets_are_told_apart_and_empty_ones_left_out(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["a"])
    book.create_sheet("空")
    hidden = book.create_sheet("藏")
    hidden.append(["b"])
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    found = [(table.name, table.hidden) for table in read_tables(tmp_path / "a.xlsx")]
    assert found == [("Sheet", False), ("藏", True)]


def test_merged_areas_are_named_by_their_rows_and_columns(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["B2"], sheet["B3"], sheet["C3"] = "工资", "基本", "津贴"
    sheet.merge_cells("B2:C2")
    book.save(tmp_path / "a.xlsx")
    assert read_tables(tmp_path / "a.xlsx")[0].merged == ((0, 0, 0, 1),)


def test_million_formatted_rows_without_values_are_cut(tmp_path):
    path = tmp_path / "a.xlsx"
    _with_rows(path, "".join(f'<row r="{at}"><c r="A{at}" s="0"/></row>' for at in range(3, 300_000)))
    assert len(read_tables(path)[0].rows) == 2


def test_too_many_full_rows_are_refused_with_their_count(tmp_path):
    path = tmp_path / "a.xlsx"
    _with_rows(path, "".join(f'<row r="{at}"><c r="A{at}"><v>1</v></c></row>' for at in range(3, 200_103)))
    with pytest.raises(Fault) as caught:
        read_tables(path)
    assert caught.value.code == "T-TOO_MANY"
    assert caught.value.facts["rows"] == "200,102"


def _with_rows(path: Path, rows: str) -> None:
    """Write an xlsx whose sheet has these rows below two small ones."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_number(0, 0, 1)
    sheet.write_number(1, 0, 2)
    book.close()
    with zipfile.ZipFile(path) as package:
        members = {name: package.read(name) for name in package.namelist()}
    name = "xl/worksheets/sheet1.xml"
    members[name] = members[name].replace(b"</sheetData>", rows.encode() + b"</sheetData>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for member, data in members.items():
            package.writestr(member, data)


def test_xls_is_read(tmp_path):
    (tmp_path / "旧.xls").write_bytes(workbook([("姓名", "金额"), ("张三", 1234.5)]))
    assert read_tables(tmp_path / "旧.xls")[0].rows == (("姓名", "金额"), ("张三", Decimal("1234.5")))


def test_ods_is_read(tmp_path):
    row = "<table:table-row>{}</table:table-row>"
    text = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    number = '<table:table-cell office:value-type="float" office:value="{}"><text:p>x</text:p></table:table-cell>'
    content = row.format(text.format("姓名") + text.format("金额"))
    content += row.format(text.format("张三") + number.format(1.5))
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", ODS_HEAD + content + ODS_FOOT)
        package.writestr("META-INF/manifest.xml", "<manifest:manifest xmlns:manifest='x'/>")
    table = read_tables(tmp_path / "a.ods")[0]
    assert (table.name, table.rows) == ("工资", (("姓名", "金额"), ("张三", Decimal("1.5"))))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("sign", [",", "\t", ";"])
def test_text_is_read_in_every_usual_encoding(tmp_path, encoding, sign):
    rows = (("姓名", "账号", "说明"), ("张三", '="00123"', '"甲,乙"'), ("李四", "'456", ""))
    lines = [sign.join(row) for row in rows]
    (tmp_path / "a.csv").write_bytes("\r\n".join(lines).encode(encoding))
    assert read_tables(tmp_path / "a.csv")[0].rows == (
        ("姓名", "账号", "说明"), ("张三", "00123", "甲,乙"), ("李四", "456", None))


def test_html_under_the_name_of_excel_is_read(tmp_path):
    rows = "<tr><th colspan=2>表</th></tr><tr><td rowspan='2'>甲</td><td>1<br>2</td></tr><tr><td>&lt;3&gt;</td></tr>"
    page = f"<html><body><table>{rows}</table></body></html>"
    (tmp_path / "a.xls").write_text(page, encoding="utf-8")
    assert read_tables(tmp_path / "a.xls")[0].rows == (("表", None), ("甲", "1 2"), (None, "<3>"))


def test_clipboard_prefers_the_table_over_the_text():
    html = "<html><style>td{color:red}</style><table><tr><td>甲\n 乙</td><td>1</td></tr></table></html>"
    assert read_clipboard("x\ty", html)[0].rows == (("甲 乙", "1"),)
    assert read_clipboard("x\ty\r\n", "<b>no table</b>")[0].rows == (("x", "y"),)
    with pytest.raises(Fault, match="T-EMPTY"):
        read_clipboard("  ", "")


@pytest.mark.parametrize(("name", "data", "code"), [
    ("空.xlsx", b"", "T-EMPTY"),
    ("空.csv", b"\n\n,,\n", "T-EMPTY"),
    ("文.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le"), "T-NOT_TABLE"),
    ("锁.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
     "T-PASSWORD"),
    ("半.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "Workbook".encode("utf-16-le"), "T-DAMAGED"),
    ("别.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "T-NOT_TABLE"),
    ("单.xlsx", b"%PDF-1.7", "T-NOT_TABLE"),
    ("图.xlsx", b"\x89PNG\r\n", "T-NOT_TABLE"),
    ("半.xlsx", b"PK\x03\x04" + b"\0" * 100, "T-DAMAGED"),
    ("乱.xlsx", b"hello", "T-DAMAGED"),
    ("二.csv", b"a,b\0c", "T-NOT_TABLE"),
    ("码.csv", b"\xff\xff\x80\x80,1", "T-ENCODING"),
    ("表.xml", b"<?xml version='1.0'?><Workbook/>", "T-NOT_TABLE"),
])
def test_what_is_no_table_is_refused_by_its_content(tmp_path, name, data, code):
    (tmp_path / name).write_bytes(data)
    assert refused(tmp_path / name) == code


def test_half_written_workbook_is_refused(tmp_path):
    data = xlsx(tmp_path / "a.xlsx").read_bytes()
    (tmp_path / "b.xlsx").write_bytes(data[: len(data) // 2])
    assert refused(tmp_path / "b.xlsx") == "T-DAMAGED"


@pytest.mark.parametrize(("names", "code"), [
    (("[Content_Types].xml", "word/document.xml"), "T-NOT_TABLE"),
    (("OFD.xml",), "T-NOT_TABLE"),
    (("a.txt",), "T-NOT_TABLE"),
    (("[Content_Types].xml", "xl/nothing.bin"), "T-DAMAGED"),
])
def test_other_packages_are_refused_by_what_they_hold(tmp_path, names, code):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as package:
        for name in names:
            package.writestr(name, "<a/>")
    assert refused(tmp_path / "a.xlsx") == code


def test_declarations_are_refused(tmp_path):
    data = xlsx(tmp_path / "a.xlsx")
    with zipfile.ZipFile(data) as package:
        members = {name: package.read(name) for name in package.namelist()}
    members["xl/workbook.xml"] = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>' + members["xl/workbook.xml"]
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w") as package:
        for name, content in members.items():
            package.writestr(name, content)
    assert refused(tmp_path / "b.xlsx") == "T-DOCTYPE"


def test_bomb_is_refused_before_it_is_unpacked(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<a/>")
        package.writestr("xl/worksheets/sheet1.xml", b"<a>" + b"0" * (24 << 20))
    assert refused(tmp_path / "a.xlsx") == "T-BOMB"


@pytest.mark.parametrize("cell", [
    '<c r="XFD9"><v>1</v></c>', '<c r="A1048576"><v>1</v></c><c r="SF3"><v>1</v></c>',
    "<c  t='n' r = 'ZZZZ99999999' ><v>1</v></c>", '<c r="AB99999999999"><v>1</v></c>',
])
def test_far_cell_is_refused_before_room_is_made_for_all_between(tmp_path, cell):
    _with_rows(tmp_path / "a.xlsx", f"<row>{cell}</row>")
    assert refused(tmp_path / "a.xlsx") == "T-BOMB"


def test_really_full_sheet_is_refused_with_its_rows(tmp_path, monkeypatch):
    monkeypatch.setattr("desktop.exchange.tables.package.MOST_CELLS", 200_000)
    rows = "".join(f'<row r="{at}"><c r="A{at}"><v>1</v></c></row>' for at in range(3, 200_500))
    _with_rows(tmp_path / "a.xlsx", rows)
    with pytest.raises(Fault) as caught:
        read_tables(tmp_path / "a.xlsx")
    assert (caught.value.code, caught.value.facts["rows"]) == ("T-TOO_MANY", "200,499")


def test_cell_repeated_without_end_is_refused(tmp_path):
    cell = '<table:table-cell {} office:value-type="float" office:value="1"/>'
    wide = "<table:table-row>" + cell.format('table:number-columns-repeated="9999"') + "</table:table-row>"
    high = f'<table:table-row table:number-rows-repeated="999999999">{cell.format("")}</table:table-row>'
    for content in (wide, high):
        with zipfile.ZipFile(tmp_path / "a.ods", "w") as package:
            package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            package.writestr("content.xml", ODS_HEAD + content + ODS_FOOT)
            package.writestr("META-INF/manifest.xml", "<manifest:manifest xmlns:manifest='x'/>")
        assert refused(tmp_path / "a.ods") == "T-BOMB"


def test_missing_file_and_folder_are_told(tmp_path):
    assert refused(tmp_path / "nichts.xlsx") == "T-UNREADABLE"
    assert refused(tmp_path) == "T-UNREADABLE"


def test_reading_stops_when_it_is_told_to(tmp_path):
    class Stopped(Exception):
        """The user asked."""

    def stop() -> None:
        raise Stopped

    with pytest.raises(Stopped):
        read_tables(xlsx(tmp_path / "a.xlsx"), stop)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_make_the_reader_break(tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "any.bin"
    for prefix in (b"", b"PK\x03\x04", b"<table>"):
        path.write_bytes(prefix + data)
        with suppress(TableRefused):
            read_tables(path)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_workbooks_are_told_never_a_bug(tmp_path_factory, data):
    folder = tmp_path_factory.getbasetemp()
    whole = bytearray((folder / "seed.xlsx").read_bytes() if (folder / "seed.xlsx").exists()
                      else xlsx(folder / "seed.xlsx").read_bytes())
    for _ in range(data.draw(st.integers(1, 5))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    path = folder / "bent.xlsx"
    path.write_bytes(bytes(whole))
    with suppress(TableRefused):
        read_tables(path)


@given(st.sampled_from(["\t", ",", ";", "|"]), st.integers(2, 6), st.integers(2, 20))
def test_sign_between_cells_is_found_out(sign, width, height):
    text = "\n".join(sign.join(f"格{row}{at}" for at in range(width)) for row in range(height))
    assert delimiter_of(text) == sign
