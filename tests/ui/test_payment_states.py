"""A voucher after it left the unit's hands, and what every state looks like."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from desktop.domain.document import (
    Document,
    ReturnComment,
    State,
    accepted,
    arrived,
    paid,
    refunded,
    returned,
    sealed,
)
from desktop.domain.fault import Fault
from desktop.ui.documents import signing
from desktop.ui.documents.actions import Act
from desktop.ui.kit import typography
from tests.ui.conftest import clipped
from tests.ui.payment_fixture import PIN, Office, office
from tests.ui.payment_keys import Person

__all__ = ["office"]

COMMENT = ReturnComment("国库股 王敏", "2026-11-19T09:12:00+08:00", "R-10", "收款账号与户名不符", "payee.account")
WAYS: dict[State, tuple[Callable[[Document], Document], ...]] = {
    State.SEALED: (lambda one: sealed(one, "batch-1"),),
    State.SUBMITTED: (lambda one: sealed(one, "batch-1"), lambda one: arrived(one, 1)),
    State.ACCEPTED: (lambda one: sealed(one, "batch-1"), lambda one: accepted(one, "ZF-2026-88", 2)),
    State.RETURNED: (lambda one: sealed(one, "batch-1"), lambda one: returned(one, COMMENT, 2)),
    State.PAID: (lambda one: sealed(one, "batch-1"), lambda one: accepted(one, "ZF-2026-88", 2), paid),
    State.REFUNDED: (lambda one: sealed(one, "batch-1"), lambda one: accepted(one, "ZF-2026-88", 2), paid,
                     lambda one: refunded(one, whole=True)),
}


@pytest.fixture
def person() -> Person:
    return Person()


def brought_to(office: Office, state: State):
    """Return a signed voucher, moved on by the platform's word."""
    made = office.signed()

    def move(books):
        with books:
            document = books.documents.get(made.head.doc_id)
            for way in WAYS[state]:
                document = way(document)
                books.documents.put(document, by="platform", why="回执", at="2026-11-19T09:12:00+08:00")
            books.commit()

    office.do(move)
    return made


@pytest.mark.parametrize(("state", "words"), [
    (State.SEALED, "等待送出"),
    (State.SUBMITTED, "已送达财政"),
    (State.ACCEPTED, "ZF-2026-88"),
    (State.PAID, "已支付"),
    (State.REFUNDED, "已全额退款"),
])
def test_what_left_the_unit_is_read_only_and_says_why(office, picture, state, words):
    made = brought_to(office, state)
    window, page = office.window()
    editor = office.open(page, made.head.doc_id)
    assert editor.session.acts() == ()
    assert words in editor.band.accessibleName()
    assert all(field.isReadOnly() for field in editor.form.paper.fields())
    assert not editor.form.grid.source.add_label()
    assert editor.files.tiles()
    assert clipped(window) == []
    picture(window, f"voucher_{state.value.lower()}")


def test_returned_voucher_shows_the_reason_and_is_corrected(office, person, picture):
    made = brought_to(office, State.RETURNED)
    window, page = office.window()
    editor = office.open(page, made.head.doc_id)
    assert "国库股 王敏 11-19 09:12：收款账号与户名不符" in editor.band.text()
    assert editor.session.acts() == (Act.REOPEN, Act.VOID)
    picture(window, "voucher_returned")
    editor.take(Act.REOPEN)
    office.settle()
    assert "收款账号与户名不符" in editor.band.text()
    assert not editor.form.paper.account.isReadOnly()
    editor.form.paper.account.setFocus()
    editor.form.paper.account.selectAll()
    person.enters("15050166820009000436")
    office.settle()
    written = office.stored(made)
    assert written.state is State.DRAFT
    assert (written.head.revision, written.head.key) == (2, made.head.key)
    assert written.content.payee.account == "15050166820009000436"


def test_checker_goes_from_one_waiting_voucher_to_the_next(office, monkeypatch):
    first = office.presented()
    second = office.presented(quota="Q-DAILY", payee=2, amount="12800.00", purpose="宣传册印刷", code="30202")
    office.sit("liqiang")
    _, page = office.window()
    editor = office.open(page, first.head.doc_id)
    monkeypatch.setattr(signing, "ask_secret", lambda *_, **__: PIN)
    with office.qtbot.waitSignal(page.ready) as opened:
        editor.take(Act.CHECK)
    office.settle()
    assert opened.args == [second.head.doc_id]
    page.open_next()
    office.settle()


def test_nothing_waiting_leads_back_to_the_list(office):
    made = office.voucher()
    window, page = office.window()
    office.open(page, made.head.doc_id)
    page.open_next()
    office.settle()
    assert page.list.isVisible()
    assert "没有等您办理" in window.toast.messages[0]


def test_unsaved_content_is_not_overwritten_by_a_later_reading(office, person, monkeypatch):
    _, page = office.window()
    editor = office.open(page, office.voucher().head.doc_id)

    def full(*_):
        raise Fault("DISK_FULL", path="/x")

    monkeypatch.setattr("desktop.ui.payment.reading.save", full)
    editor.form.paper.purpose.setFocus()
    editor.form.paper.purpose.selectAll()
    person.enters("更换轮胎四条")
    office.settle()
    office.context.changed.emit("documents")
    office.settle()
    assert editor.session.voucher.purpose == "更换轮胎四条"
    monkeypatch.undo()
    editor.unsaved.retry.click()
    office.settle()
    assert office.stored(editor.session.voucher).content.purpose == "更换轮胎四条"
    assert editor.unsaved.isHidden()


def test_another_person_at_the_screen_finds_the_open_voucher_read_only(office):
    _, page = office.window()
    editor = office.open(page, "new")
    assert not editor.form.paper.purpose.isReadOnly()
    office.sit("liqiang")
    office.settle()
    assert editor.form.paper.purpose.isReadOnly()
    assert editor.session.acts() == ()


def test_emptied_choice_fields_show_their_value_again(office, person):
    _, page = office.window()
    editor = office.open(page, office.voucher(quota="Q-DAILY", code="30213").head.doc_id)
    paper = editor.form.paper
    for field, shown in ((paper.settlement, "转账"), (paper.kind, "单位"), (paper.business, "普通支付"),
                         (editor.form.quota.field, "甲财预〔2026〕12号 · 公用经费 · 日常公用")):
        field.setFocus()
        field.clear()
        person.enters()
        assert field.text() == shown


def test_list_is_sorted_by_a_click_on_its_head(office):
    office.voucher()
    office.voucher(quota="Q-DAILY", payee=2, amount="12800.00", purpose="宣传册印刷", code="30202")
    _, page = office.window()
    page.list.sheet.view.sort_requested.emit("amount")
    office.settle()
    assert [page.list.source.row(at).key[-1] for at in range(2)] == ["2", "1"]
    page.list.sheet.view.sort_requested.emit("amount")
    office.settle()
    assert [page.list.source.row(at).key[-1] for at in range(2)] == ["1", "2"]


@pytest.mark.parametrize(("width", "height"), [(1366, 697), (1920, 1040)])
def test_nothing_is_clipped_in_the_largest_type(office, picture, width, height):
    made = office.voucher()
    typography.set_base_size(13.0)
    window, page = office.window(width, height)
    assert clipped(window) == []
    picture(window, f"list_large_{width}x{height}")
    office.open(page, made.head.doc_id).review()
    office.settle()
    assert clipped(window) == []
    picture(window, f"voucher_large_{width}x{height}")


_FOREIGN = re.compile(r"[A-Za-z]{2,}")
_ALLOWED = re.compile(r"[0-9A-Z]{18}|Ctrl|Shift|Alt|Esc|Delete|OFD|XML|Excel|ofd|xml|ZF")


def test_nothing_on_the_screen_is_english(office):
    made = brought_to(office, State.ACCEPTED)
    window, page = office.window()
    editors = [office.open(page, office.voucher(invoiced=False, purpose="费用").head.doc_id),
               office.open(page, made.head.doc_id), office.open(page, "new")]
    for editor in editors:
        editor.session.review()
    office.settle()
    texts: set[str] = set()
    for widget in window.findChildren(QWidget):
        texts.update((widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()))
        if isinstance(widget, (QLabel, QPushButton)):
            texts.add(widget.text())
        if isinstance(widget, QLineEdit):
            texts.add(widget.placeholderText())
    wrong = [text for text in texts if _FOREIGN.search(_ALLOWED.sub("", text))]
    assert wrong == []


def test_copy_of_a_voucher_is_stored_at_once(office):
    made = office.voucher()
    _, page = office.window()
    with office.qtbot.waitSignal(page.ready) as opened:
        page.copy(made.head.doc_id)
    office.settle()
    copy = page._editors[opened.args[0]].session.voucher
    assert office.is_stored(copy)
    assert replace(copy, head=made.head, lines=made.lines, evouchers=made.evouchers) == made


def test_status_bar_speaks_for_what_is_in_front(office):
    office.voucher()
    window, page = office.window()
    left, right = page.status()
    assert (left, [segment.label for segment in right]) == ([], ["单位：元"])
    office.open(page, office.voucher(amount="810.00").head.doc_id)
    assert [(one.label, one.value) for one in page.status()[0]] == [("用途", "8 / 60 字"), ("大写", "捌佰壹拾元整")]
    window.show_list("voucher")
    office.settle()
    page.list.source.tick_all()
    said = [one.value for one in page.status()[0]]
    assert said == ["7,290.00", "3,645.00", "2", "柒仟贰佰玖拾元整", "810.00", "6,480.00"]
