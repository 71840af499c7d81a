"""复核 in a row, by keys: paper and attachments side by side, one PIN for a series, reasons that reach the maker."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop.domain import ledger
from desktop.domain.document import Post, State
from desktop.domain.voucher import PaymentVoucher
from desktop.domain.voucher_rules import paired
from desktop.exchange.evouchers import read_evoucher
from desktop.texts.return_reasons import RETURN_REASONS, reason_text
from desktop.ui.documents import signing
from desktop.ui.documents.return_reason import ReasonQuestion
from desktop.ui.kit import typography
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.dialogs import Question
from desktop.ui.payment.editor import VoucherEditor
from desktop.ui.payment.page import PaymentPage
from desktop.ui.payment.reading import take_file
from desktop.usecases.hand_over import present
from desktop.usecases.ports import Books
from desktop.usecases.take_evoucher import attach
from desktop.usecases.write_document import save
from tests.ui.conftest import clipped, type_text
from tests.ui.payment_fixture import PIN, Office, office
from tests.ui.payment_keys import Key, Person
from tests.ui.test_payment_evoucher import invoice

__all__ = ["office"]


@pytest.fixture
def person() -> Person:
    return Person()


@pytest.fixture
def pins(monkeypatch) -> list[str]:
    """Answer every question for a PIN; the list holds what was asked."""
    asked: list[str] = []

    def answer(title: str, body: str, **more: object) -> str:
        asked.append(f"{title}|{body}")
        return PIN

    monkeypatch.setattr(signing, "ask_secret", answer)
    return asked


def three(office: Office) -> list[PaymentVoucher]:
    return [
        office.presented(),
        office.presented(quota="Q-DAILY", payee=2, amount="12800.00", purpose="宣传册印刷", code="30202"),
        office.presented(quota="Q-DAILY", payee=1, amount="900.00", purpose="气象资料费", code="30299"),
    ]


def front(page: PaymentPage) -> VoucherEditor:
    return next(editor for editor in page._editors.values() if editor.isVisible())


def shown(page: PaymentPage) -> str:
    return front(page).session.voucher.head.doc_id


def at_the_desk(office: Office, made: PaymentVoucher, who: str = "liqiang") -> PaymentPage:
    office.sit(who)
    _, page = office.window()
    office.open(page, made.head.doc_id)
    return page


def answering(act: Callable[[], None], keys: Callable[[Question], None], office: Office) -> None:
    """Press something that opens a question, and answer it by keys."""
    seen: list[Question] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, Question) and not seen and dialog.focusWidget() is QApplication.focusWidget():
            seen.append(dialog)
            timer.stop()
            try:
                keys(dialog)
            finally:
                dialog.reject()

    timer = QTimer()
    timer.setInterval(10)
    timer.timeout.connect(look)
    timer.start()
    act()
    office.qtbot.waitUntil(lambda: bool(seen))
    office.settle()


def with_invoice(office: Office, folder: Path) -> PaymentVoucher:
    """Return a presented voucher with an e-invoice whose file was read."""
    made = office.voucher(invoiced=False, quota="Q-DAILY", code="30213", amount="3200.00", purpose="复印纸")
    path = invoice(folder)

    def work(books: Books) -> PaymentVoucher:
        seat = office.seat("zhangli")
        taken = take_file(books, seat, path, read_evoucher)
        with books:
            pairs = books.mirrors.pairs()
        filled = attach(replace(made, lines=()), taken, office.ids.new())
        line = replace(filled.lines[0], dept_economic_code="30213")
        filled = paired(replace(filled, lines=(line,)), "ADMIN", pairs)
        save(books, seat, filled)
        assert present(books, seat, [made.head.doc_id]).moved
        return filled

    return office.do(work)


# -- one after the other


def test_counter_and_keys_lead_through_what_waits(office, person):
    made = three(office)
    page = at_the_desk(office, made[0])
    assert front(page).reviewing.bar.count.text() == "第 1 / 3 张"
    for key, at in ((Key.Key_J, 1), (Key.Key_Down, 2), (Key.Key_J, 0), (Key.Key_K, 2), (Key.Key_Up, 1)):
        person.presses_key(key)
        office.settle()
        assert shown(page) == made[at].head.doc_id
        assert front(page).reviewing.bar.count.text() == f"第 {at + 1} / 3 张"
    assert len(page._editors) == 1  # one tab, however many were looked at


def test_one_pin_is_asked_for_a_series(office, person, pins):
    made = three(office)
    page = at_the_desk(office, made[0])
    for _ in made:
        person.presses_key(Key.Key_Y)
        office.settle()
    assert [office.stored(one).state for one in made] == [State.CHECKED] * 3
    assert len(pins) == 1
    assert "这一轮后面的不再问口令" in pins[0]
    assert page.series.hold.key_of("liqiang") is None  # the series is over
    assert "通过 3 张，合计 20,180.00 元" in front(page).reviewing.bar.told.text()


def test_signer_goes_through_the_same_view(office, person, pins):
    made = [office.checked(), office.checked(quota="Q-DAILY", payee=2, amount="800.00", purpose="印刷", code="30202")]
    at_the_desk(office, made[0], "wangzhiyuan")
    for _ in made:
        person.presses_key(Key.Key_Y)
        office.settle()
    assert [office.stored(one).state for one in made] == [State.SIGNED] * 2
    assert len(pins) == 1


def test_key_is_let_go_when_the_person_leaves(office, person, pins):
    made = three(office)
    page = at_the_desk(office, made[0])
    person.presses_key(Key.Key_Y)
    office.settle()
    assert page.series.hold.key_of("liqiang") is not None
    page.window().show_list("voucher")
    office.settle()
    assert page.series.hold.key_of("liqiang") is None
    page.open_next()  # its tab is open still
    office.settle()
    person.presses_key(Key.Key_Y)
    office.settle()
    assert len(pins) == 2


@pytest.mark.parametrize("way", ["person", "lock", "idle", "button"])
def test_key_is_let_go_when_somebody_else_could_use_it(office, person, pins, way):
    made = three(office)
    page = at_the_desk(office, made[0])
    person.presses_key(Key.Key_Y)
    office.settle()
    hold = page.series.hold
    assert hold.key_of("liqiang") is not None
    if way == "person":
        office.sit("wangzhiyuan")
    elif way == "lock":
        page.window().curtain.show()
    elif way == "idle":
        hold._idle.timeout.emit()
    else:
        front(page).reviewing.bar.end.click()
    office.settle()
    assert hold.key_of("liqiang") is None


def test_pin_is_nowhere_in_what_is_held(office, person, pins):
    made = three(office)
    page = at_the_desk(office, made[0])
    person.presses_key(Key.Key_Y)
    office.settle()
    assert PIN not in repr([vars(page.series.hold), vars(page.series)])


def test_voucher_that_no_longer_passes_stays_and_says_why(office, person, pins):
    first = office.presented()
    second = office.presented(amount="2000.00", purpose="车辆保险费", number="26152000000044189999")
    third = office.presented(quota="Q-DAILY", payee=2, amount="800.00", purpose="印刷", code="30202")
    page = at_the_desk(office, first)
    office.do(lambda books: _spend(books, office))
    person.presses_key(Key.Key_Y)
    office.settle()
    assert office.stored(first).state is State.PRESENTED
    assert shown(page) == first.head.doc_id
    assert not front(page).problems.isHidden()
    assert {office.stored(one).state for one in (second, third)} == {State.PRESENTED}


def _spend(books: Books, office: Office) -> None:
    with books:
        books.ledger.post(ledger.reserve("Q-CAR", Decimal("8000.00"), "other", "2"), at=office.clock.now().isoformat())
        books.commit()


# -- giving back


def test_reason_by_number_keys_reaches_the_maker(office, person):
    made = three(office)
    page = at_the_desk(office, made[0])

    def answer(question: Question) -> None:
        assert isinstance(question, ReasonQuestion)
        assert not question.buttons["go"].isEnabled()
        for key in (Key.Key_5, Key.Key_1, Key.Key_3, Key.Key_3):
            person.presses_key(key)
        question.own.setFocus()
        type_text(question.own, "第 2 行应记 30231。")
        question.buttons["go"].setFocus()
        person.presses_key(Key.Key_Return)

    answering(lambda: person.presses_key(Key.Key_N), answer, office)
    assert office.stored(made[0]).state is State.DRAFT
    assert shown(page) == made[1].head.doc_id  # on to the next one
    office.sit("zhangli")
    office.settle()
    band = office.open(page, made[0].head.doc_id).band
    expected = f"{RETURN_REASONS[0].sentence}；{RETURN_REASONS[4].sentence}；第 2 行应记 30231。"
    assert expected in band.text()


def test_nothing_goes_back_without_a_reason(office, person):
    made = office.presented()
    page = at_the_desk(office, made)

    def answer(question: Question) -> None:
        person.presses_key(Key.Key_1)
        person.presses_key(Key.Key_1)
        assert not question.buttons["go"].isEnabled()
        person.presses_key(Key.Key_Escape)

    answering(lambda: person.presses_key(Key.Key_N), answer, office)
    assert office.stored(made).state is State.PRESENTED
    assert front(page).session.acts()


def test_reasons_are_eight_and_end_without_a_stop():
    assert len({reason.word for reason in RETURN_REASONS}) == 8
    assert reason_text((), "  ") == ""
    assert reason_text((1, 0, 1), "缺合同。") == f"{RETURN_REASONS[0].sentence}；{RETURN_REASONS[1].sentence}；缺合同"
    assert not any(reason.sentence.endswith("。") for reason in RETURN_REASONS)


# -- own vouchers


def test_own_vouchers_are_grey_with_the_reason(office, person, pins):
    own, others = office.presented(), office.presented(quota="Q-DAILY", payee=2, amount="800.00", code="30202")
    with_other_maker = replace(office.seat("zhangli"), post=Post.CHECKER)
    office.context.sit(with_other_maker)
    _, page = office.window()
    editor = office.open(page, own.head.doc_id)
    texts = {button.text(): button.isEnabled() for button in editor.title.findChildren(Button)}
    assert texts["复核通过"] is False
    assert texts["退回经办"] is False
    assert "不能复核自己做的单据" in editor.band.accessibleName()
    assert editor._other.isVisible()
    editor.setFocus()
    person.presses_key(Key.Key_Y)
    office.settle()
    assert office.stored(own).state is State.PRESENTED
    assert pins == []
    assert {one.own for one in page.series.queue()} == {True}
    assert others.head.doc_id in {one.doc_id for one in page.series.queue()}
    assert "自己经办的，请由李强复核" in editor.reviewing.bar._why_not()


# -- what is seen


def test_invoice_is_shown_field_by_field_beside_the_paper(office, tmp_path):
    made = with_invoice(office, tmp_path)
    page = at_the_desk(office, made)
    editor = front(page)
    pane = editor.reviewing.pane
    assert pane.isVisible()
    assert not editor.files.isVisible()
    assert not editor.inspector.isVisible()
    read = editor.session.evouchers[made.evouchers[0].key]
    for part in (read.seller_name, read.buyer_tax_no, "2026-11-18", "3,200.00", read.lines[0].item, "税率 13%"):
        assert part in pane.words()
    # The voucher pays another company than the one that made the invoice out.
    assert "请问清为什么不同" in pane.words()
    assert "1 处要看" in pane.words()
    assert "购买方是本单位，税号一致" in pane.words()


def test_invoice_without_its_file_says_so(office):
    page = at_the_desk(office, office.presented())
    words = front(page).reviewing.pane.words()
    assert "发票文件不在这台电脑上" in words
    assert "销售方就是收款人" in words


def test_f4_puts_the_attachments_away_and_the_paper_takes_the_room(office, person):
    page = at_the_desk(office, office.presented())
    editor = front(page)
    before = editor.form.width()
    editor.toggle_inspector()
    office.settle()
    assert editor.reviewing.pane.isHidden()
    assert editor.form.width() > before


def test_makers_see_nothing_of_it(office):
    made = office.voucher()
    _, page = office.window()
    editor = office.open(page, made.head.doc_id)
    assert not editor.reviewing.on()
    assert editor.reviewing.bar.isHidden()
    assert editor.reviewing.pane.isHidden()
    assert editor.inspector.isVisible()


@pytest.mark.parametrize(("width", "height", "points"),
                         [(1093, 557, 10.0), (1366, 697, 10.0), (1920, 1040, 10.0), (1093, 557, 13.0)])
def test_nothing_of_the_view_is_clipped(office, tmp_path, picture, width, height, points):
    made = with_invoice(office, tmp_path)
    office.presented()
    typography.set_base_size(points)
    office.sit("liqiang")
    window, page = office.window(width, height)
    editor = office.open(page, made.head.doc_id)
    assert clipped(window) == []
    if not editor.reviewing.pane.isVisible():
        editor.toggle_inspector()
        office.settle()
    assert clipped(window) == []
    if points == 10.0:
        assert editor.form.width() + editor.reviewing.pane.width() <= editor.width()
    picture(window, f"review_{width}x{height}_{points:g}")
