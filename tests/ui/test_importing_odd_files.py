"""Files that people really have, through the wizard: locked, half copied, formatted to the last row of Excel."""

import zipfile
from pathlib import Path

import openpyxl
import pytest

from desktop.domain.importing.targets import VOUCHERS
from desktop.ui.importing import open_wizard
from desktop.ui.importing.state import COLUMNS, FILE
from desktop.ui.importing.wizard import ImportWizard
from tests.ui.payment_fixture import Office, office

__all__ = ["office"]

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
ROWS = (
    ("户名", "银行卡号", "开户银行", "实发金额", "摘要"),
    ("甲旗气象服务中心", "05120101040033215", "甲旗农信社", 2000, "气象服务"),
)


def book(path: Path) -> Path:
    made = openpyxl.Workbook()
    for row in ROWS:
        made.active.append(row)
    made.save(path)
    return path


def wizard_over(office: Office, path: Path) -> ImportWizard:
    window, _ = office.window()
    made = open_wizard(window, office.context, VOUCHERS, str(path))
    office.settle()
    office.qtbot.waitUntil(lambda: made.session.job is None, timeout=60_000)
    office.settle()
    return made


def locked(path: Path) -> None:
    path.write_bytes(OLE + "EncryptedPackage".encode("utf-16-le"))


def half(path: Path) -> None:
    data = book(path).read_bytes()
    path.write_bytes(data[: len(data) // 2])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def still_copied(path: Path) -> None:
    path.write_bytes(b"\0" * len(book(path).read_bytes()))


@pytest.mark.parametrize(("make", "word"), [
    (locked, "密码"), (half, "损坏"), (empty, "没有任何内容"), (still_copied, "Excel"),
], ids=["locked", "half", "empty", "zeros"])
def test_what_cannot_be_read_is_told_in_words_and_the_wizard_stays(office: Office, tmp_path: Path, make, word) -> None:
    path = tmp_path / "付款.xlsx"
    make(path)
    made = wizard_over(office, path)
    assert made.session.state.step == FILE
    assert made.band.isVisible()
    assert word in made.band.text()
    assert "没有改动任何内容" in made.band.text()
    assert office.failures == []
    book(path)  # the right file takes its place, and the same wizard goes on
    made.open_file(str(path))
    office.settle()
    office.qtbot.waitUntil(lambda: made.session.job is None, timeout=60_000)
    assert made.session.state.step == COLUMNS


def test_a_sheet_formatted_to_the_last_row_of_excel_is_read_as_what_it_holds(office: Office, tmp_path: Path) -> None:
    path = book(tmp_path / "付款.xlsx")
    with zipfile.ZipFile(path) as package:
        members = {name: package.read(name) for name in package.namelist()}
    name = "xl/worksheets/sheet1.xml"
    rows = "".join(f'<row r="{at}" ht="15" customHeight="1"><c r="A{at}" s="0"/></row>' for at in range(3, 1_048_577))
    members[name] = members[name].replace(b"</sheetData>", rows.encode() + b"</sheetData>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for member, data in members.items():
            package.writestr(member, data)
    made = wizard_over(office, path)
    assert made.session.state.step == COLUMNS, made.band.text()
    assert len(made.session.state.table.rows) == len(ROWS)
    assert len(made.session.state.recognition.mapping()) == len(ROWS[0])
