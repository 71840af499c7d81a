"""Printing: ink where it belongs, the preview by keyboard, a PDF with the right pages, remembered settings."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.fault import Fault
from desktop.domain.printed.marks import Page, PageSetup, Picture, Rule, Watermark, Words
from desktop.domain.printed.table import TableColumn, TableContent, TableRow, table_pages
from desktop.ui.kit import typography
from desktop.ui.kit.notes import FleetingNotes
from desktop.ui.printing.engine import Engine, measure
from desktop.ui.printing.output import write_pdf
from desktop.ui.printing.preview import Preview
from desktop.ui.printing.report import Report, keep_offset, offset_of, ready
from desktop.ui.printing.settings import PrintSettings
from desktop.ui.printing.sheet_report import sheet_report
from desktop.ui.printing.voucher_report import voucher_report
from tests.ui.conftest import clipped
from tests.ui.payment_fixture import Office, office

__all__ = ["office"]
DPI = 200
PRINTERS = ("针式打印机", "激光打印机")


def ink(page: Page) -> QImage:
    per_mm = DPI / 25.4
    image = QImage(round(page.width * per_mm), round(page.height * per_mm), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    Engine("#0E7490").draw(painter, page, per_mm)
    painter.end()
    return image


def inked(image: QImage, mark: Words) -> bool:
    per_mm = DPI / 25.4
    for y in range(round(mark.y * per_mm), round((mark.y + mark.height) * per_mm)):
        for x in range(round(mark.x * per_mm), round((mark.x + mark.width) * per_mm)):
            if QImage.pixel(image, x, y) & 0xFF < 0x80:
                return True
    return False


def wiped(image: QImage, marks: Sequence[Words]) -> QImage:
    per_mm, painter = DPI / 25.4, QPainter(image)
    for mark in marks:
        painter.fillRect(round(mark.x * per_mm) - 3, round(mark.y * per_mm), round(mark.width * per_mm) + 6,
                         round(mark.height * per_mm), Qt.GlobalColor.white)
    painter.end()
    return image


def rows_report(count: int, *, arrived: bool = True) -> Report:
    rows = tuple(TableRow((str(at), "校舍维修")) for at in range(count))
    content = TableContent("清单", (TableColumn("序号", 20), TableColumn("项目", 100)), rows)
    return Report("rows", "清单", ready(lambda setup, measure: table_pages(content, setup, measure)), arrived=arrived)


@pytest.fixture
def show(qtbot: QtBot, office: Office):
    """Return how a preview is shown over a window, with its pages laid."""
    over = QWidget()
    over.resize(1366, 768)
    qtbot.addWidget(over)

    def shown(*reports: Report, printers: Sequence[str] = PRINTERS) -> Preview:
        preview = Preview(over, office.context, reports, printers=printers)
        qtbot.addWidget(preview)
        with qtbot.waitExposed(preview):
            preview.show()
        qtbot.waitUntil(lambda: bool(preview.pages))
        return preview

    return shown


def test_over_a_form_ink_lies_inside_the_fields_and_nowhere_else(office: Office) -> None:
    made = office.signed()
    lay = office.do(voucher_report([made.head.doc_id]).load)
    page = lay(PageSetup("VOUCHER", landscape=True, margin=10), measure)[0]
    fields = [mark for mark in page.only_fields().marks if isinstance(mark, Words)]
    alone = Page(page.width, page.height, tuple(fields))
    image = ink(alone)
    assert len([mark for mark in fields if mark.text]) > 20
    assert all(inked(image, mark) for mark in fields if mark.text)
    blank = QImage(image.size(), image.format())
    blank.fill(Qt.GlobalColor.white)
    assert wiped(image, fields) == blank


def test_the_voucher_says_everything_of_the_paper(office: Office) -> None:
    made = office.signed()
    page = office.do(voucher_report([made.head.doc_id]).load)(PageSetup("VOUCHER", margin=10), measure)[0]
    words = page.texts()
    for text in ("国库集中支付申请书", "陆仟肆佰捌拾元整", "1505 0166 8200 0900 0428", "中国建设银行甲旗支行", "转账",
                 "6,480.00", "附单据 1 张", "公务用车维修保养"):
        assert text in words
    assert [sign for sign in words if sign in "¥6480" and len(sign) == 1][-7:] == list("¥648000")
    assert any("张丽" in text for text in words)
    assert any("李强" in text for text in words)
    assert any("王志远" in text for text in words)


def test_ticked_vouchers_are_one_job_with_a_page_each(show, office: Office) -> None:
    ids = [office.voucher().head.doc_id, office.voucher(payee=1).head.doc_id]
    preview = show(voucher_report(ids))
    assert len(preview.pages) == 2
    assert "甲旗气象服务中心" in preview.pages[1].texts()


def test_pages_are_turned_and_closed_by_keys(show, qtbot: QtBot) -> None:
    preview = show(rows_report(150))
    assert preview.number.text() == f"第 1 页 / 共 {len(preview.pages)} 页"
    QTest.keyClick(preview.view, Qt.Key.Key_PageDown)
    assert preview.at == 1
    QTest.keyClick(preview.view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert preview.at == len(preview.pages) - 1
    QTest.keyClick(preview.view, Qt.Key.Key_PageUp)
    assert preview.at == len(preview.pages) - 2
    wide = preview.view.sheet.width()
    QTest.keyClick(preview.view, Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)
    assert preview.view.sheet.width() > wide
    QTest.keyClick(preview, Qt.Key.Key_Escape)
    assert not preview.isVisible()


def test_without_a_printer_the_pdf_is_offered(show) -> None:
    preview = show(rows_report(3), printers=())
    assert not preview.print_it.isEnabled()
    assert preview.pdf.isEnabled()
    assert preview.pdf.isDefault()
    assert "存为 PDF" in preview.bar.told.text()


def test_a_pdf_holds_the_chosen_pages(show, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    preview = show(rows_report(150))
    assert len(preview.pages) > 2
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "清单"), ""))
    preview.bar.pages.set_text("1-2")
    with qtbot.waitSignal(preview.sending.finished):
        preview.save_pdf()
    data = (tmp_path / "清单.pdf").read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b", data)) == 2
    assert b"/FontFile" in data
    assert "已存为 清单.pdf，共 2 页" in preview.band.text()
    assert [one.name for one in tmp_path.glob("*.part")] == []


def test_a_pdf_that_cannot_be_written_leaves_nothing_and_says_what_to_do(
    show, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    preview = show(rows_report(3))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "没有" / "清单.pdf"), ""))
    with qtbot.waitSignal(preview.sending.finished):
        preview.save_pdf()
    assert "写不进去" in preview.band.text()
    assert "换一个" in preview.band.text()
    assert preview.pdf.isEnabled()


def test_a_stop_between_pages_leaves_no_file(tmp_path: Path, qapp) -> None:
    class Stopped(Exception):
        """The user asked."""

    def tick(page: int) -> None:
        raise Stopped

    pages = [Page(210, 297, (Words(20, 20, 50, 5, "甲"),))] * 3
    with pytest.raises(Stopped):
        write_pdf(tmp_path / "a.pdf", pages, Engine("#0E7490"), "a", tick)
    assert list(tmp_path.iterdir()) == []


def test_an_earlier_pdf_survives_when_the_new_one_fails(tmp_path: Path, qapp) -> None:
    (tmp_path / "a.pdf").mkdir()
    with pytest.raises(Fault) as refused:
        write_pdf(tmp_path / "a.pdf", [Page(210, 297, ())], Engine("#0E7490"), "a", lambda page: None)
    assert refused.value.code == "PDF_NOT_WRITTEN"
    assert [one.name for one in tmp_path.iterdir()] == ["a.pdf"]


def test_a_wrong_page_range_is_marked_and_prints_nothing(show, monkeypatch: pytest.MonkeyPatch) -> None:
    preview = show(rows_report(3))
    asked: list[object] = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (asked.append(1), ("", ""))[1])
    preview.bar.pages.set_text("7")
    preview.save_pdf()
    assert not asked
    assert "1 到 1" in preview.bar.pages.error()


def test_paper_and_printer_are_remembered_for_each_report(show, office: Office) -> None:
    preview = show(rows_report(3))
    preview.bar.paper.set_code("A3")
    preview.bar.printer.set_code(PRINTERS[1])
    preview.bar.changed.emit()
    preview.close()
    again = show(rows_report(3))
    assert again.bar.choice().setup.paper == "A3"
    assert again.bar.choice().printer == PRINTERS[1]
    other = show(voucher_report([office.voucher().head.doc_id]))
    assert other.bar.choice().setup.paper == "VOUCHER"


def test_a_draft_says_so_on_every_page_and_what_arrived_does_not(show) -> None:
    draft = show(rows_report(100, arrived=False))
    words = [[getattr(mark, "text", "") for mark in page.marks] for page in draft.pages]
    assert all("草稿" in page for page in words)
    sent = show(rows_report(3))
    assert not any("草稿" in getattr(mark, "text", "") for mark in sent.pages[0].marks)


def test_the_watermark_is_at_most_an_eighth_of_black(qapp) -> None:
    image = ink(Page(210, 297, (Watermark("草稿"),)))
    shades = {image.pixelColor(x, y).lightness() for x in range(0, image.width(), 3)
              for y in range(0, image.height(), 3)}
    assert min(shades) >= round(255 * 0.88)
    assert min(shades) < 250


def test_long_text_shrinks_into_its_field_and_then_ends_with_dots(qapp) -> None:
    for count in (20, 60, 200):
        mark = Words(20, 20, 60, 6, "公" * count, 9)
        assert wiped(ink(Page(210, 60, (mark,))), (mark,)) == ink(Page(210, 60, ()))


def test_a_drawing_lies_in_its_place(qapp) -> None:
    page = Page(100, 60, (Picture(10, 10, 30, 20, "chart"),))
    per_mm = DPI / 25.4
    image = QImage(round(100 * per_mm), round(60 * per_mm), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    Engine("#0E7490", {"chart": lambda on, box: on.fillRect(box, Qt.GlobalColor.black)}).draw(painter, page, per_mm)
    painter.end()
    assert image.pixelColor(round(25 * per_mm), round(20 * per_mm)) == Qt.GlobalColor.black
    assert image.pixelColor(round(45 * per_mm), round(20 * per_mm)) == Qt.GlobalColor.white


def test_a_printer_that_is_off_by_tenths_is_moved_by_them(qapp) -> None:
    notes = FleetingNotes()
    keep_offset(notes, "针式", 15, -20)
    assert offset_of(notes, "针式") == (1.5, -2.0)
    assert offset_of(notes, "别的") == (0.0, 0.0)
    image = QImage(400, 400, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    page = Page(40, 40, (Rule(10, 0, 10, 40, 0.4),))
    Engine("#0E7490").draw(painter, page, 10, offset=offset_of(notes, "针式"))
    painter.end()
    assert image.pixelColor(115, 100).lightness() < 40
    assert image.pixelColor(100, 100) == Qt.GlobalColor.white


def test_a_table_on_paper_has_what_the_grid_shows(sheet, office: Office) -> None:
    report = sheet_report(sheet, "明细表")
    words = " ".join(office.do(report.load)(report.setup, measure)[0].texts())
    model = sheet.model
    for at in sheet.view.columns():
        if model.columns[at].kind not in ("check", "index"):
            assert model.columns[at].title[:2] in words


@pytest.mark.parametrize(("size", "points"), [((1366, 697), 10.0), ((1093, 557), 13.0)])
def test_nothing_of_the_preview_is_clipped(show, size: tuple[int, int], points: float) -> None:
    typography.set_base_size(points)
    preview = show(rows_report(30), rows_report(2))
    preview.resize(*size)
    assert not clipped(preview)


def test_offsets_are_set_for_each_printer_and_wrong_ones_marked(qtbot: QtBot, office: Office) -> None:
    page = PrintSettings(office.context, PRINTERS)
    qtbot.addWidget(page)
    page.show()
    right, down = page.fields[PRINTERS[0]]
    right.setFocus()
    right.selectAll()
    QTest.keyClicks(right, "12")
    QTest.keyClick(right, Qt.Key.Key_Return)
    assert offset_of(office.context.notes, PRINTERS[0]) == (1.2, 0.0)
    down.setFocus()
    down.selectAll()
    QTest.keyClicks(down, "5000")
    QTest.keyClick(down, Qt.Key.Key_Return)
    assert down.error()
    assert offset_of(office.context.notes, PRINTERS[0]) == (1.2, 0.0)
    assert offset_of(office.context.notes, PRINTERS[1]) == (0.0, 0.0)
