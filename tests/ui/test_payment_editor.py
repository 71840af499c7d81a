"""The open voucher, worked by keys: what is typed is saved, checked, marked, and handed over."""

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from desktop.domain.document import Post, ReturnComment, State
from desktop.domain.fault import Fault
from desktop.domain.voucher import BusinessType
from desktop.ui.documents import signing
from desktop.ui.documents.actions import Act
from desktop.ui.documents.history import HistoryDialog
from desktop.ui.payment import steps
from desktop.usecases.hand_over import present
from desktop.usecases.write_document import save
from tests.ui.conftest import clipped
from tests.ui.payment_fixture import PIN, Office, office
from tests.ui.payment_keys import CTRL, SHIFT, Key, Person

__all__ = ["office"]


@pytest.fixture
def person() -> Person:
    return Person()


def content(office: Office, editor):
    return office.stored(editor.session.voucher).content


def answers(monkeypatch, **said):
    """Let dialogs be answered: ask_secret, ask_reason, ask, tell."""
    shown = []
    for name, answer in said.items():
        module = signing if name in ("ask_secret", "tell") else steps

        def reply(title, body, *args, answer=answer, **more):
            shown.append((title, body))
            return answer.pop(0) if isinstance(answer, list) else answer

        monkeypatch.setattr(module, name, reply)
    return shown


# -- typing


def test_voucher_of_three_lines_is_typed_with_keys_only_in_sixty_presses(office, person):
    _, page = office.window()
    page.list.sheet.view.setFocus()
    with office.qtbot.waitSignal(page.ready):
        person.presses_key(Key.Key_N, CTRL)
    office.settle()
    person.enters("rcgy")
    person.enters("甲旗气象")
    person.enters("9,300.50")
    person.enters("沙尘监测、资料印刷和办公用品")
    person.presses_key(Key.Key_Return, times=2)
    for code, summary, amount in (
        ("30227", "沙尘监测服务", "6000"), ("ysf", "资料印刷", "=2*1200"), ("30201", "办公用品", "900.50")
    ):
        person.enters(code)
        person.enters(summary)
        person.enters(amount)
    person.presses_key(Key.Key_F8)
    office.settle()
    editor = next(iter(page._editors.values()))
    written = content(office, editor)
    assert [line.dept_economic_code for line in written.lines] == ["30227", "30202", "30201"]
    assert [line.amount for line in written.lines] == [Decimal("6000.00"), Decimal("2400.00"), Decimal("900.50")]
    assert [line.summary for line in written.lines] == ["沙尘监测服务", "资料印刷", "办公用品"]
    assert all(line.gov_economic_code for line in written.lines)
    assert (written.amount, written.amount_in_words) == (Decimal("9300.50"), "玖仟叁佰元零伍角整")
    assert (written.payee.account, written.payee.bank) == ("05120101040033215", "甲旗农村信用合作联社营业部")
    assert written.quota.quota_id == "Q-DAILY"
    # Nothing but the invoices is missing, and that is said.
    assert {finding.code for finding in editor.session.findings()} == {"R-12"}
    assert person.presses <= 60


def test_every_committed_field_lies_in_the_books_at_once(office, person):
    _, page = office.window()
    editor = office.open(page, "new")
    person.enters("gwyc")
    office.settle()
    assert content(office, editor).quota.quota_id == "Q-CAR"
    person.enters("新来的修理厂")
    office.settle()
    assert content(office, editor).payee.name == "新来的修理厂"
    person.enters("6228 4800 1234 5678 901")
    office.settle()
    assert content(office, editor).payee.account == "6228480012345678901"
    assert editor.form.paper.account.text() == "6228 4800 1234 5678 901"
    assert editor.title.saved.text() == "10:36 已自动保存"


def test_enter_walks_the_paper_and_shift_enter_goes_back(office, person):
    _, page = office.window()
    editor = office.open(page, "new")
    form, paper = editor.form, editor.form.paper
    person.enters("rcgy")
    order = [paper.name, paper.account, paper.bank, paper.line_no, paper.amount, paper.purpose, paper.settlement,
             paper.business]
    for field in order:
        assert person.at() is field
        person.presses_key(Key.Key_Return)
    assert person.at() is form.grid.view
    paper.business.setFocus()
    for field in reversed(order[:-1]):
        person.presses_key(Key.Key_Return, SHIFT)
        assert person.at() is field


def test_nothing_is_stored_while_nothing_is_typed(office, person):
    _, page = office.window()
    editor = office.open(page, "new")
    person.presses_key(Key.Key_Return, times=4)
    office.settle()
    assert editor.session.document is None
    assert not office.is_stored(editor.session.voucher)


def test_text_that_is_still_being_typed_is_saved_when_the_tab_closes(office, person):
    window, page = office.window()
    editor = office.open(page, office.voucher().head.doc_id)
    made = editor.session.voucher
    editor.form.paper.purpose.setFocus()
    editor.form.paper.purpose.selectAll()
    person.types("年检和保养")
    window.close_document("voucher", made.head.doc_id)
    office.settle()
    assert office.stored(made).content.purpose == "年检和保养"


def test_amount_that_cannot_be_read_stays_visible_and_changes_nothing(office, person):
    _, page = office.window()
    editor = office.open(page, office.voucher().head.doc_id)
    amount = editor.form.paper.amount
    amount.setFocus()
    person.enters("12.345")
    office.settle()
    assert amount.text() == "12.345"
    assert "2 位小数" in amount.error()
    assert person.at() is amount
    assert content(office, editor).amount == Decimal("6480.00")
    editor.take(Act.PRESENT)
    office.settle()
    assert editor.session.state is State.DRAFT
    assert any("12.345" in row.text for row in editor.problems.rows())


def test_amount_of_zero_is_told_at_the_field(office, person):
    _, page = office.window()
    editor = office.open(page, office.voucher().head.doc_id)
    editor.form.paper.amount.setFocus()
    person.enters("0")
    office.settle()
    assert "R-01" in editor.form.paper.amount.error()
    assert content(office, editor).amount == 0


def test_overdrawn_quota_offers_what_is_left(office, person):
    _, page = office.window()
    editor = office.open(page, office.voucher().head.doc_id)
    editor.form.paper.amount.setFocus()
    person.enters("1.2万")
    office.settle()
    card = next(card for card in editor.checks.cards() if card.result.code == "R-01")
    assert (card.result.facts["available"], card.result.facts["over"]) == ("8,740.00", "3,260.00")
    card.remedied.emit("fill_available")
    office.settle()
    assert content(office, editor).amount == Decimal("8740.00")
    assert not any(finding.code == "R-01" for finding in editor.session.findings())


def test_amount_fills_the_only_line_but_never_one_with_an_amount_of_its_own(office, person):
    _, page = office.window()
    editor = office.open(page, "new")
    editor.form.paper.amount.setFocus()
    person.enters("500")
    assert editor.session.voucher.lines[0].amount == Decimal("500.00")
    editor.form.grid.view.go_to(0, "amount")
    person.enters("300")
    editor.form.paper.amount.setFocus()
    person.enters("450")
    assert editor.session.voucher.lines[0].amount == Decimal("300.00")
    assert editor.session.voucher.amount == Decimal("450.00")


def test_balance_gives_the_rest_to_the_line_under_the_cursor(office, person):
    _, page = office.window()
    editor = office.open(page, office.voucher().head.doc_id)
    grid = editor.form.grid
    grid.view.go_to(1, "summary")
    person.enters("换机油")
    grid.view.go_to(0, "amount")
    person.enters("4000")
    grid.view.go_to(1, "amount")
    person.presses_key(Key.Key_F7, CTRL)
    office.settle()
    assert [line.amount for line in content(office, editor).lines] == [Decimal("4000.00"), Decimal("2480.00")]
    assert grid.source.total("invoice").text == "与单据金额差 0.00"


def test_other_payee_loses_the_account_that_was_filled_in_for_the_one_before(office, person):
    _, page = office.window()
    editor = office.open(page, office.voucher().head.doc_id)
    name = editor.form.paper.name
    name.setFocus()
    name.selectAll()
    person.types("别的修理厂")
    person.presses_key(Key.Key_Tab)
    office.settle()
    payee = content(office, editor).payee
    assert (payee.name, payee.account, payee.bank) == ("别的修理厂", "", "")


def test_undo_brings_the_content_back_step_by_step(office, person):
    _, page = office.window()
    made = office.voucher()
    editor = office.open(page, made.head.doc_id)
    editor.form.paper.amount.setFocus()
    person.enters("5000")
    editor.form.grid.view.go_to(0, "summary")
    person.enters("只换轮胎")
    for _ in range(2):
        editor.form.grid.view.setFocus()
        person.presses_key(Key.Key_Z, CTRL)
    office.settle()
    assert content(office, editor) == made


def test_content_stays_on_the_screen_when_the_disk_is_full(office, person, monkeypatch):
    _, page = office.window()
    editor = office.open(page, office.voucher().head.doc_id)

    def full(*_):
        raise Fault("DISK_FULL", path="/x")

    monkeypatch.setattr("desktop.ui.payment.reading.save", full)
    editor.form.paper.purpose.setFocus()
    editor.form.paper.purpose.selectAll()
    person.enters("更换轮胎四条")
    office.settle()
    assert editor.form.paper.purpose.text() == "更换轮胎四条"
    assert editor.title.saved.text() == "没有保存"
    assert editor.unsaved.isVisible()
    monkeypatch.undo()
    person.presses_key(Key.Key_S, CTRL)
    office.settle()
    assert content(office, editor).purpose == "更换轮胎四条"


def test_copy_of_the_last_voucher_fills_a_new_one_without_its_invoices(office, person):
    office.voucher(purpose="十月电费", quota="Q-DAILY", payee=1, code="30206", amount="810.00")
    _, page = office.window()
    editor = office.open(page, "new")
    person.presses_key(Key.Key_D, CTRL | SHIFT)
    office.settle()
    written = content(office, editor)
    assert (written.purpose, written.amount, written.evouchers) == ("十月电费", Decimal("810.00"), ())
    assert written.head.key.endswith("000002")


def test_business_type_is_asked_where_the_quota_has_no_three_public_kind(office, person):
    _, page = office.window()
    editor = office.open(page, "new")
    person.enters("rcgy")
    paper = editor.form.paper
    assert paper.business.isVisible()
    assert paper.three_public() == ""
    paper.business.set_code("DEPOSIT")
    paper.business.chosen.emit(paper.business.choice())
    office.settle()
    assert content(office, editor).business_type is BusinessType.DEPOSIT
    editor.form.quota.chosen.emit("Q-CAR")
    assert not paper.business.isVisible()
    assert paper.three_public() == "VEHICLE_RUN"


# -- findings


def test_new_voucher_is_not_full_of_errors_before_anybody_came_to_a_field(office, person):
    _, page = office.window()
    editor = office.open(page, "new")
    assert not editor.session.findings()
    assert editor.session.pending() > 0
    assert not editor.form.paper.name.error()
    person.presses_key(Key.Key_Tab)
    office.settle()
    assert [finding.where for finding in editor.session.findings()] == ["quota"]
    person.presses_key(Key.Key_F8)
    office.settle()
    assert editor.problems.isVisible()
    assert {"quota", "payee.name", "amount", "purpose"} <= {row.where for row in editor.problems.rows()}


def test_finding_leads_to_its_field_by_enter(office, person):
    _, page = office.window()
    editor = office.open(page, office.voucher(purpose="费用").head.doc_id)
    person.presses_key(Key.Key_F8)
    office.settle()
    row = next(row for row in editor.problems.rows() if row.where == "purpose")
    assert (row.level, row.rule, row.place) == ("error", "R-19", "用途")
    table = editor.problems._table
    table.setFocus()
    table.selectRow(list(editor.problems.rows()).index(row))
    person.presses_key(Key.Key_Return)
    assert person.at() is editor.form.paper.purpose
    editor.go_to("lines[0].amount")
    assert editor.form.grid.view.at() == (0, 3)


def test_warning_is_answered_in_the_inspector_and_the_voucher_goes_on(office, person):
    office.presented(quota="Q-DAILY", payee=1, amount="810.00", purpose="十月电费", code="30206")
    again = office.voucher(quota="Q-DAILY", payee=1, amount="810.00", purpose="十月电费", code="30206")
    _, page = office.window()
    editor = office.open(page, again.head.doc_id)
    editor.take(Act.PRESENT)
    office.settle()
    assert editor.session.state is State.DRAFT
    reason = person.at()
    assert reason.accessibleName().endswith("（R-11）的说明")
    person.enters("两处办公点各一张电费单")
    office.settle()
    assert content(office, editor).acknowledgements[0].text == "两处办公点各一张电费单"
    editor.take(Act.PRESENT)
    office.settle()
    assert editor.session.state is State.PRESENTED


def test_typing_a_reason_survives_a_change_of_the_findings(office, person):
    office.presented(quota="Q-DAILY", payee=1, amount="810.00", purpose="十月电费", code="30206")
    again = office.voucher(quota="Q-DAILY", payee=1, amount="810.00", purpose="十月电费", code="30206")
    _, page = office.window()
    editor = office.open(page, again.head.doc_id)
    editor.checks.focus_reason()
    person.types("两处办公点")
    editor.session.change(replace(editor.session.voucher, evouchers=()), "移除发票")
    office.settle()
    assert person.at().text() == "两处办公点"


# -- the way through three hands


def test_maker_hands_over_and_takes_back(office, person):
    _, page = office.window()
    made = office.voucher()
    editor = office.open(page, made.head.doc_id)
    editor.title.focus_primary()
    person.presses_key(Key.Key_Return)
    office.settle()
    assert office.stored(made).state is State.PRESENTED
    assert editor.form.paper.purpose.isReadOnly()
    assert "等待复核" in editor.band.accessibleName()
    assert editor.session.acts() == (Act.RECALL,)
    editor.take(Act.RECALL)
    office.settle()
    assert office.stored(made).state is State.DRAFT
    assert not editor.form.paper.purpose.isReadOnly()


def test_empty_lines_do_not_go_along(office, person):
    _, page = office.window()
    editor = office.open(page, office.voucher().head.doc_id)
    grid = editor.form.grid
    grid.view.go_to(1, "summary")
    person.enters("多写的一行")
    grid.view.go_to(1, "summary")
    person.presses_key(Key.Key_Delete)
    assert len(editor.session.voucher.lines) == 2
    editor.take(Act.PRESENT)
    office.settle()
    assert editor.session.state is State.PRESENTED
    assert len(content(office, editor).lines) == 1


def test_checker_passes_with_the_pin_after_a_wrong_one(office, monkeypatch):
    made = office.presented()
    office.sit("liqiang")
    _, page = office.window()
    editor = office.open(page, made.head.doc_id)
    assert editor.session.acts() == (Act.CHECK, Act.SEND_BACK)
    assert editor.form.paper.amount.isReadOnly()
    shown = answers(monkeypatch, ask_secret=["000000", PIN])
    editor.take(Act.CHECK)
    office.settle()
    assert office.stored(made).state is State.CHECKED
    assert "甲旗林业和草原局，合计 6,480.00 元" in shown[0][1]
    assert "还可以试" in shown[1][1]


def test_checker_gives_back_with_a_reason_that_the_maker_sees(office, monkeypatch):
    made = office.presented()
    office.sit("liqiang")
    _, page = office.window()
    editor = office.open(page, made.head.doc_id)
    answers(monkeypatch, ask_reason="缺维修清单")
    editor.take(Act.SEND_BACK)
    office.settle()
    assert office.stored(made).state is State.DRAFT
    office.sit("zhangli")
    office.settle()
    assert "缺维修清单" in editor.band.text()
    assert editor.session.editable()


def test_signer_signs_and_the_flow_says_who_did_what(office, monkeypatch):
    made = office.checked()
    office.sit("wangzhiyuan")
    _, page = office.window()
    editor = office.open(page, made.head.doc_id)
    answers(monkeypatch, ask_secret=PIN)
    editor.take(Act.SIGN)
    office.settle()
    assert office.stored(made).state is State.SIGNED
    spoken = editor.flow.accessibleName()
    assert "李强 · 11-20 10:36" in spoken
    assert "王志远 · 11-20 10:36" in spoken


def test_head_signs_only_from_the_limit_on(office):
    small = office.checked()
    large = office.checked(quota="Q-SAND", payee=3, amount="52200.00", purpose="梭梭苗款", code="30218")
    office.sit("batu")
    _, page = office.window()
    editor = office.open(page, small.head.doc_id)
    assert editor.session.acts() == ()
    assert "50,000.00" in editor.band.text()
    assert Act.SIGN in office.open(page, large.head.doc_id).session.acts()


def test_nobody_checks_what_they_made_themselves(office):
    made = office.presented()
    both = replace(office.seat("zhangli"), post=Post.CHECKER)
    office.context.sit(both)
    _, page = office.window()
    editor = office.open(page, made.head.doc_id)
    assert editor.session.acts() == ()
    assert "不能复核自己做的单据" in editor.band.accessibleName()
    assert "李强" in editor.band.text()


def test_void_asks_first_and_keeps_the_number(office, monkeypatch):
    made = office.voucher()

    def come_back(books):
        with books:
            document = books.documents.get(made.head.doc_id)
            comment = ReturnComment("财政局", document.updated_at, "R9", "重复申请")
            back = replace(document, state=State.RETURNED, comment=comment)
            books.documents.put(back, by="sync", why="退回", at=document.updated_at)
            books.commit()

    office.do(come_back)
    _, page = office.window()
    editor = office.open(page, made.head.doc_id)
    shown = answers(monkeypatch, ask=["keep", "void"])
    editor.take(Act.VOID)
    office.settle()
    assert office.stored(made).state is State.RETURNED
    editor.take(Act.VOID)
    office.settle()
    assert office.stored(made).state is State.VOIDED
    assert "公务用车维修保养" in shown[0][0]
    assert editor.form.paper.purpose.isReadOnly()


def test_draft_that_was_never_sent_goes_into_the_bin_and_comes_back_by_one_click(office, monkeypatch):
    made = office.voucher()
    window, page = office.window()
    office.context.say_through(window.toast.say)
    office.context.route_to(lambda key, argument: page.open(argument))
    editor = office.open(page, made.head.doc_id)
    assert editor.session.acts() == (Act.PRESENT, Act.DISCARD)
    shown = answers(monkeypatch, ask=["keep", "go"])
    editor.take(Act.DISCARD)
    office.settle()
    assert office.stored(made).state is State.DRAFT
    editor.take(Act.DISCARD)
    office.settle()
    assert shown[1] == ("要删除“公务用车维修保养”吗？", "草稿会移到回收站，30 天内可恢复。")
    assert office.stored(made).binned_at
    assert not page._editors
    assert window.toast.messages[0] == "“公务用车维修保养”已移到回收站，30 天内可恢复。"
    with office.qtbot.waitSignal(page.ready):
        window.toast.said[0].call()
    office.settle()
    assert office.stored(made).state is State.DRAFT
    assert page._editors[made.head.doc_id].session.editable()


def test_history_of_the_open_voucher_is_shown(office):
    made = office.voucher()
    _, page = office.window()
    editor = office.open(page, made.head.doc_id)
    editor.title.history_wanted.emit()
    office.settle()
    dialog = editor.findChild(HistoryDialog)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.close()


def test_what_another_hand_changed_is_shown_when_the_tab_comes_back(office, person):
    window, page = office.window()
    made = office.voucher()
    editor = office.open(page, made.head.doc_id)
    window.show_list("voucher")
    changed = replace(made, purpose="换了用途")
    office.do(lambda books: save(books, office.seat("zhangli"), changed))
    office.open(page, office.voucher(purpose="另一张").head.doc_id)
    window.open_document("voucher", made.head.doc_id, "", lambda: editor)
    office.settle()
    assert editor.form.paper.purpose.text() == "换了用途"


# -- look


@pytest.mark.parametrize(("width", "height"), [(1093, 557), (1366, 697), (1920, 1040)])
def test_nothing_of_the_editor_is_clipped(office, picture, width, height):
    window, page = office.window(width, height)
    editor = office.open(page, office.voucher().head.doc_id)
    office.open(page, "new")
    assert clipped(window) == []
    window.open_document("voucher", editor.session.voucher.head.doc_id, "", lambda: editor)
    editor.form.paper.purpose.setFocus()
    office.settle()
    assert clipped(window) == []
    picture(window, f"voucher_{width}x{height}")
    editor.review()
    editor.session.change(replace(editor.session.voucher, amount=Decimal("99999999.99"), purpose=""), "改")
    office.settle()
    editor.review()
    office.settle()
    assert clipped(window) == []
    picture(window, f"voucher_errors_{width}x{height}")


def test_inspector_stands_beside_the_paper_or_over_it(office):
    window, page = office.window(1366, 768)
    editor = office.open(page, "new")
    assert editor.inspector.isVisible()
    window.resize(1093, 557)
    assert not editor.inspector.isVisible()
    window.commands.run("inspector")
    assert editor.inspector.isVisible()
    assert editor.inspector.geometry().right() == editor.rect().right()
    assert editor.form.width() > editor.width() - editor.inspector.width()


def test_help_follows_the_field(office, person):
    _, page = office.window()
    editor = office.open(page, "new")
    person.enters("rcgy")
    assert editor.inspector._subject.text() == "收款人全称"
    editor.form.grid.view.go_to(0, "economic")
    assert editor.inspector._subject.text() == "部门经济分类"


def test_lines_model_is_a_sound_model(office, qtmodeltester):
    _, page = office.window()
    editor = office.open(page, office.voucher().head.doc_id)
    qtmodeltester.check(editor.form.grid.model)


def test_read_only_voucher_says_why_when_a_cell_is_typed_into(office, person):
    made = office.presented()
    _, page = office.window()
    editor = office.open(page, made.head.doc_id)
    grid = editor.form.grid
    grid.view.go_to(0, "amount")
    person.types("1")
    assert "不能修改" in grid.view.bubble.text()
    assert grid.view.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_payee_of_an_earlier_voucher_is_found_by_initials(office, person):
    earlier = office.voucher()
    paid = replace(earlier, payee=replace(earlier.payee, name="甲旗新城印务部", account="6228480012345678"))
    office.do(lambda books: save(books, office.seat("zhangli"), paid))
    office.do(lambda books: present(books, office.seat("zhangli"), [earlier.head.doc_id]))
    _, page = office.window()
    editor = office.open(page, "new")
    editor.form.paper.name.setFocus()
    person.enters("jqxcyw")
    office.settle()
    assert content(office, editor).payee.account == "6228480012345678"
    assert person.at() is editor.form.paper.amount


def test_text_that_is_no_quota_stays_marked_until_one_is_chosen(office, person):
    _, page = office.window()
    editor = office.open(page, "new")
    field = editor.form.quota.field
    person.types("没有这个指标")
    person.presses_key(Key.Key_Tab)
    office.settle()
    assert field.text() == "没有这个指标"
    assert "没有找到" in field.error()
    editor.form.paper.settlement.setFocus()
    editor.form.paper.settlement.selectAll()
    person.types("赊账")
    person.presses_key(Key.Key_Tab)
    office.settle()
    assert editor.form.paper.settlement.text() == "赊账"
    assert {row.where for row in editor.form.unread()} == {"quota", "settlement_mode"}
    editor.form.quota.chosen.emit("Q-DAILY")
    office.settle()
    assert not field.error()
    assert [row.where for row in editor.form.unread()] == ["settlement_mode"]


def test_purpose_is_saved_and_checked_while_it_is_still_being_written(office, person):
    _, page = office.window()
    made = office.voucher()
    editor = office.open(page, made.head.doc_id)
    editor.form.paper.purpose.setFocus()
    editor.form.paper.purpose.selectAll()
    person.types("货款")
    office.qtbot.waitUntil(lambda: any(one.code == "R-19" for one in editor.session.findings()))
    office.settle()
    assert office.stored(made).content.purpose == "货款"
    assert person.at() is editor.form.paper.purpose
    person.types("，防沙治沙苗木")
    person.presses_key(Key.Key_Return)
    office.settle()
    assert office.stored(made).content.purpose == "货款，防沙治沙苗木"


def test_checker_passes_by_one_key(office, person, monkeypatch):
    made = office.presented()
    office.sit("liqiang")
    _, page = office.window()
    office.open(page, made.head.doc_id)
    answers(monkeypatch, ask_secret=PIN)
    person.presses_key(Key.Key_Y)
    office.settle()
    assert office.stored(made).state is State.CHECKED
