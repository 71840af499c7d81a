"""A document that changes in the books while it is open: it is followed, but never over what is being typed."""

import threading
from dataclasses import replace

import pytest

from desktop.domain.document import ReturnComment, State
from desktop.domain.fault import Fault
from desktop.ui.sync.runner import SyncRunner
from desktop.usecases.month_end import Stage, StageReport, Status
from desktop.usecases.ports import Books
from desktop.usecases.write_document import recall, save
from tests.ui.conftest import clipped
from tests.ui.payment_fixture import Office, office
from tests.ui.payment_keys import CTRL, Key, Person
from tests.ui.planning_fixture import library, planning

__all__ = ["library", "office", "planning"]


@pytest.fixture
def person() -> Person:
    return Person()


def arrives(office: Office, made, **changes):
    """Let the books hold another document, as a sync or another place leaves it, and tell the window."""

    def work(books: Books) -> None:
        with books:
            old = books.documents.get(made.head.doc_id)
            books.documents.put(replace(old, **changes), by="sync", why="回执", at=office.seat("zhangli").at())
            books.commit()

    office.do(work)
    office.context.changed.emit("documents")
    office.settle()


def rewritten(office: Office, made, **changes):
    content = replace(office.stored(made).content, **changes)
    office.do(lambda books: save(books, office.seat("zhangli"), content))
    office.context.changed.emit("documents")
    office.settle()


def test_voucher_that_came_back_is_shown_as_it_is_with_a_short_message(office):
    made = office.signed()
    window, page = office.window()
    editor = office.open(page, made.head.doc_id)
    comment = ReturnComment("财政局", "2026-11-20T10:40:00+08:00", "R9", "科目不对")
    arrives(office, made, state=State.SEALED)
    window.toast.hide()
    arrives(office, made, state=State.RETURNED, comment=comment)
    assert editor.session.state is State.RETURNED
    assert editor.newer.isHidden()
    assert window.toast.messages[0] == "这张单据刚刚有更新，已显示最新内容。"


def test_another_topic_without_a_change_says_nothing(office):
    made = office.voucher()
    window, page = office.window()
    office.open(page, made.head.doc_id)
    said = list(window.toast.messages)
    for topic in ("documents", "sync"):
        office.context.changed.emit(topic)
        office.settle()
    assert window.toast.messages == said


def test_unsaved_typing_is_never_reloaded_and_comes_back_with_undo(office, person):
    made = office.voucher()
    window, page = office.window()
    editor = office.open(page, made.head.doc_id)
    editor.form.paper.account.setFocus()
    editor.form.paper.account.selectAll()
    person.types("6228480012345678")
    rewritten(office, made, purpose="另一处写的用途")
    assert editor.newer.isVisible()
    assert editor.newer.accessibleName() == (
        "这张单据刚刚有更新 它在另一处改过，您当前看到的是旧内容。您未保存的改动已保留。")
    assert [editor.newer.look.text(), editor.newer.later.text()] == ["查看更新", "稍后"]
    assert editor.session.voucher.purpose == "公务用车维修保养"
    assert editor.form.paper.account.text() == "6228480012345678"
    assert not clipped(window)
    editor.newer.look.click()
    office.settle()
    assert editor.newer.isHidden()
    assert editor.session.voucher.purpose == editor.form.paper.purpose.text() == "另一处写的用途"
    assert office.stored(made).content.purpose == "另一处写的用途"
    person.presses_key(Key.Key_Z, CTRL)
    office.settle()
    assert editor.session.voucher.payee.account == "6228480012345678"
    assert office.stored(made).content.payee.account == "6228480012345678"


def test_later_leaves_the_typing_alone_and_the_next_save_keeps_it(office, person):
    made = office.voucher()
    _, page = office.window()
    editor = office.open(page, made.head.doc_id)
    editor.form.paper.account.setFocus()
    editor.form.paper.account.selectAll()
    person.types("6228480012345678")
    rewritten(office, made, purpose="另一处写的用途")
    editor.newer.later.click()
    assert editor.newer.isHidden()
    person.presses_key(Key.Key_Return)
    office.settle()
    assert office.stored(made).content.payee.account == "6228480012345678"


def test_typing_is_not_saved_over_a_document_that_left_its_draft(office, person):
    made = office.voucher()
    _, page = office.window()
    editor = office.open(page, made.head.doc_id)
    editor.form.paper.account.setFocus()
    editor.form.paper.account.selectAll()
    person.types("6228480012345678")
    arrives(office, made, state=State.PRESENTED)
    editor.newer.later.click()
    person.presses_key(Key.Key_Return)
    office.settle()
    assert office.stored(made).state is State.PRESENTED
    assert editor.newer.isVisible()  # what was typed can't be saved: it is said again
    editor.newer.look.click()
    office.settle()
    assert not editor.session.editable()
    office.do(lambda books: recall(books, office.seat("zhangli"), made.head.doc_id))
    office.context.changed.emit("documents")
    office.settle()
    person.presses_key(Key.Key_Z, CTRL)
    office.settle()
    assert office.stored(made).content.payee.account == "6228480012345678"


def budget_arrives(planning, state=State.DRAFT, comment=None, change=lambda draft: draft):
    """Let the books hold another budget than the page shows, and tell the window."""

    doc_id = planning.draft().head.doc_id

    def work(books: Books) -> None:
        with books:
            old = books.documents.get(doc_id)
            new = change(old.content)
            books.documents.put(replace(old, content=new, digest=books.documents.digest(new), state=state,
                                        comment=comment), by="sync", why="回执", at="2026-11-20T10:40:00+08:00")
            books.commit()

    planning.do(work)
    planning.context.changed.emit("sync")
    planning.settle()


def explained(draft):
    first = draft.lines[0]
    return replace(draft, lines=(replace(first, note="另一处写的项目"), *draft.lines[1:]))


def test_budget_cell_that_is_being_typed_is_not_reloaded_and_comes_back_with_undo(planning, person):
    planning.budget()
    window, page = planning.budget_page()
    editor = page.editor
    sheet = editor.sheet()
    sheet.view.go_to(0, "amount")
    sheet.view.setFocus()
    person.types("123456")
    budget_arrives(planning, change=explained)
    assert editor.newer.isVisible()
    assert "您未保存的改动已保留" in editor.newer.accessibleName()
    assert editor.session.lines[0].note != "另一处写的项目"
    assert not clipped(window)
    before = [line.amount for line in editor.session.lines]
    editor.newer.look.click()
    planning.settle()
    assert editor.newer.isHidden()
    assert editor.session.lines[0].note == planning.draft().lines[0].note == "另一处写的项目"
    editor.session.undo_stack.undo()
    planning.settle()
    assert [line.amount for line in editor.session.lines] != before


def test_budget_that_came_back_is_followed_with_a_short_message(planning):
    planning.budget()
    window, page = planning.budget_page()
    budget_arrives(planning, State.RETURNED, ReturnComment("财政局", "2026-11-20T10:40:00+08:00", "B1", "超控制数"))
    assert page.editor.session.state is State.RETURNED
    assert page.editor.newer.isHidden()
    assert window.toast.messages[0] == "这张单据刚刚有更新，已显示最新内容。"


def test_voucher_in_a_batch_that_is_being_sent_is_read_only_and_says_so(office):
    made = office.signed()
    _, page = office.window()
    editor = office.open(page, made.head.doc_id)
    runner = SyncRunner(office.context)
    gate = threading.Event()
    office.context.services = replace(office.context.services, month_end=lambda *_: Held(gate))
    runner.start()
    assert runner.running
    runner._carried.emit(StageReport(Stage.SEND, Status.RUNNING))
    office.qtbot.waitUntil(lambda: office.context.sending)
    arrives_while_running(office, made)
    office.qtbot.waitUntil(lambda: editor.session.state is State.SEALED)
    assert editor.band.accessibleName().startswith("正在送出")
    assert editor.form.paper.purpose.isReadOnly()
    gate.set()
    office.qtbot.waitUntil(lambda: not runner.running)
    assert not office.context.sending
    office.settle()
    assert editor.band.accessibleName().startswith("正在等待送出")


class Held:
    """A run that waits at a gate, then finds no net."""

    def __init__(self, gate):
        self.gate = gate

    def run(self):
        self.gate.wait(10)
        raise Fault("OFFLINE")


def arrives_while_running(office: Office, made):
    def work(books: Books) -> None:
        with books:
            old = books.documents.get(made.head.doc_id)
            books.documents.put(replace(old, state=State.SEALED), by="sync", why="封存", at=old.updated_at)
            books.commit()

    office.do(work)
    office.context.changed.emit("documents")
