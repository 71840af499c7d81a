"""E-invoices behind a voucher: what is taken, what is said of it, and what is refused without loss."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop.domain.document import State
from desktop.ui.documents.actions import Act
from tests.data.make_ofd import SELLER_NAME, build_invoice_ofd, edited, flipped
from tests.ui.conftest import clipped
from tests.ui.payment_fixture import Office, office
from tests.ui.payment_keys import CTRL, SHIFT, Key, Person

__all__ = ["office"]

FIRST, SECOND = "26157912570200055449", "26157912570200055450"


@pytest.fixture
def person() -> Person:
    return Person()


@pytest.fixture
def new(office: Office):
    _, page = office.window()
    return office.open(page, "new")


def invoice(folder: Path, number: str = FIRST, amount: str = "2831.86", **more: str) -> Path:
    return build_invoice_ofd(folder / f"{number}.ofd", number, date(2026, 11, 18), (amount,), **more)


def take(office: Office, editor, *paths: Path) -> None:
    editor.intake.take(paths)
    office.settle()
    office.settle()


def marks(editor) -> list[tuple[str, str]]:
    return [(mark.words, mark.level) for tile in editor.files.tiles() for mark in tile.marks]


def test_invoice_fills_line_payee_and_amount_and_earns_three_ticks(office, new, tmp_path):
    take(office, new, invoice(tmp_path))
    voucher = office.stored(new.session.voucher).content
    assert voucher.amount == Decimal("3200.00")
    assert (voucher.payee.name, voucher.payee.account) == (SELLER_NAME, "05430101040012345")
    assert [(line.amount, line.summary) for line in voucher.lines] == [(Decimal("3200.00"), "复印纸")]
    assert [level for _, level in marks(new)] == ["ok", "ok", "ok"]
    assert new.form.grid.model.data(new.form.grid.model.index(0, 4)) == "2615 7912 5702 0005 5449"
    assert len(voucher.evouchers) == 1


def test_two_invoices_make_two_lines_and_one_amount(office, new, tmp_path):
    take(office, new, invoice(tmp_path), invoice(tmp_path, SECOND, "100.00"))
    voucher = new.session.voucher
    assert [line.amount for line in voucher.lines] == [Decimal("3200.00"), Decimal("113.00")]
    assert voucher.amount == Decimal("3313.00")
    assert len(new.files.tiles()) == 2


def test_file_dropped_anywhere_on_the_page_is_taken(office, new, tmp_path):
    content = QMimeData()
    content.setUrls([QUrl.fromLocalFile(str(invoice(tmp_path)))])
    held = (Qt.DropAction.CopyAction, content, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    for event in (QDragEnterEvent(QPoint(5, 5), *held), QDropEvent(QPointF(5, 5), *held)):
        QApplication.sendEvent(new, event)
    office.settle()
    office.settle()
    assert new.session.voucher.amount == Decimal("3200.00")


def test_file_is_chosen_by_keys(office, new, person, tmp_path, monkeypatch):
    path = invoice(tmp_path)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(path)], ""))
    person.presses_key(Key.Key_A, CTRL | SHIFT)
    office.settle()
    office.settle()
    assert len(new.session.voucher.evouchers) == 1


def test_same_file_twice_is_taken_once(office, new, tmp_path):
    path = invoice(tmp_path)
    take(office, new, path)
    take(office, new, path)
    assert len(new.session.voucher.evouchers) == 1
    assert "5449" in new.notice.text()


def test_invoice_of_another_buyer_is_kept_and_marked(office, new, tmp_path):
    take(office, new, invoice(tmp_path, buyer_name="甲旗水务局", buyer_tax_no="11150821MB0X99999J"))
    assert ("抬头税号不符", "error") in marks(new)
    assert new.notice.isVisible()
    assert "甲旗水务局" in new.notice.text()
    assert {finding.where for finding in new.session.findings()} >= {"evouchers[0].buyer_name"}


def test_invoice_with_a_changed_byte_is_marked(office, new, tmp_path):
    path = invoice(tmp_path)
    path.write_bytes(edited(path.read_bytes(), {"Doc_0/PublicRes.xml": lambda data: data + b" "}))
    take(office, new, path)
    assert ("内容被改动", "error") in marks(new)
    new.take(Act.PRESENT)
    office.settle()
    assert new.session.state is State.DRAFT


@pytest.mark.parametrize("kind", ["doctype", "too_large", "not_an_invoice", "damaged", "empty"])
def test_bad_file_is_refused_in_chinese_and_nothing_is_lost(office, new, person, tmp_path, kind):
    bad = tmp_path / f"{kind}.xml"
    ofd = invoice(tmp_path).read_bytes()
    bad.write_bytes({
        "doctype": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><EInvoice>&a;</EInvoice>',
        "too_large": b" " * (20 * 1024 * 1024 + 1),
        "not_an_invoice": b"<?xml version='1.0'?><note>hello</note>",
        "damaged": flipped(ofd[: len(ofd) // 2], 10),
        "empty": b"",
    }[kind])
    new.form.paper.purpose.setFocus()
    person.enters("买复印纸")
    office.settle()
    before = new.session.voucher
    take(office, new, bad)
    assert new.session.voucher == before
    assert new.notice.isVisible()
    assert bad.name in new.notice.accessibleName()
    assert new.notice.text()
    assert not any(sign in new.notice.text() for sign in ("E-", "Traceback", "Error"))


def test_invoice_used_elsewhere_is_marked_with_what_is_left_of_it(office, tmp_path, person):
    _, page = office.window()
    path = invoice(tmp_path)
    take(office, office.open(page, "new"), path)
    second = office.open(page, "new")
    take(office, second, path)
    assert ("已用过", "error") in marks(second)
    assert any(finding.code == "R-11" for finding in second.session.findings())


def test_removed_invoice_leaves_its_line(office, new, tmp_path, person):
    take(office, new, invoice(tmp_path))
    new.files.focus_tile(0)
    person.presses_key(Key.Key_Delete)
    office.settle()
    voucher = office.stored(new.session.voucher).content
    assert voucher.evouchers == ()
    assert (voucher.lines[0].amount, voucher.lines[0].evoucher_key) == (Decimal("3200.00"), "")
    assert new.files.tiles() == []
    new.session.undo_stack.undo()
    office.settle()
    assert len(new.files.tiles()) == 1


def test_voucher_from_an_invoice_goes_to_the_checker(office, new, tmp_path, person):
    new.form.quota.field.setFocus()
    person.enters("rcgy")
    take(office, new, invoice(tmp_path))
    new.form.paper.purpose.setFocus()
    person.enters("打印复印用纸")
    new.form.grid.view.go_to(0, "economic")
    person.enters("bgf")
    new.take(Act.PRESENT)
    office.settle()
    assert new.session.state is State.PRESENTED, [row.text for row in new.rows()]


@pytest.mark.parametrize(("width", "height"), [(1093, 557), (1366, 697)])
def test_many_invoices_are_not_clipped(office, tmp_path, picture, width, height):
    window, page = office.window(width, height)
    editor = office.open(page, "new")
    paths = [invoice(tmp_path, f"261579125702000554{at}", "10.00") for at in range(50, 54)]
    take(office, editor, *paths, invoice(tmp_path, buyer_name="甲旗水务局"))
    assert len(editor.files.tiles()) == 5
    assert clipped(window) == []
    assert all(tile.width() >= tile.minimumSizeHint().width() for tile in editor.files.tiles())
    picture(window, f"voucher_invoices_{width}x{height}")
