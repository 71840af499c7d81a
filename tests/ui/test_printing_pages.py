"""What pages give to Ctrl+P."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.ui.printing.preview import Preview
from tests.ui.payment_fixture import Office, office

__all__ = ["office"]


def test_the_open_voucher_is_what_is_printed(office: Office) -> None:
    made = office.voucher()
    _, page = office.window()
    office.open(page, made.head.doc_id)
    assert [report.key for report in page.reports()][:1] == ["voucher"]


def test_the_list_offers_the_ticked_vouchers_and_itself(office: Office) -> None:
    office.voucher()
    office.voucher(payee=1)
    _, page = office.window()
    page.list.source.tick_all()
    forms, table = page.reports()
    assert "2 张" in forms.title
    words = " ".join(text for one in office.do(table.load)(table.setup, lambda text, size, bold: 1.0)
                     for text in one.texts())
    assert "甲旗气象服务中心" in words


def test_the_button_of_the_voucher_opens_the_preview(office: Office, qtbot) -> None:
    made = office.voucher()
    window, page = office.window()
    editor = office.open(page, made.head.doc_id)
    opened: list[object] = []
    window.commands.help_with("print", lambda front: lambda: opened.append(front))
    editor.title.print_wanted.emit()
    assert opened


def test_a_preview_closes_with_escape_and_keeps_the_window(office: Office, qtbot) -> None:
    made = office.voucher()
    window, page = office.window()
    office.open(page, made.head.doc_id)
    preview = Preview(window, office.context, page.reports(), printers=())
    qtbot.addWidget(preview)
    preview.show()
    qtbot.waitUntil(lambda: bool(preview.pages))
    QTest.keyClick(preview, Qt.Key.Key_Escape)
    assert window.isVisible()
    assert not preview.isVisible()
