"""The import wizard by keyboard, on a unit's real books: from a foreign sheet to drafts, and back again."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.document import State
from desktop.domain.head import Kind
from desktop.domain.importing.targets import VOUCHERS
from desktop.ui.importing import open_wizard
from desktop.ui.importing.opening import PREFIX
from desktop.ui.importing.state import CHECK, COLUMNS, DONE, EFFECT, FILE
from desktop.ui.importing.wizard import ImportWizard
from desktop.ui.kit import typography
from desktop.usecases.import_rows import read_open
from desktop.usecases.ports import Books
from desktop.usecases.write_document import save
from tests.ui.conftest import clipped
from tests.ui.payment_fixture import Office, office
from tests.ui.payment_keys import CTRL, Key, Person

__all__ = ["office"]

HEAD = ("序号", "户名", "银行卡号", "开户银行", "实发金额", "摘要", "经济科目")
GOOD = (
    (1, "甲旗顺达汽车维修有限公司", "15050166820009000428", "中国建设银行甲旗支行", 6480.5, "公务用车维修", "30231"),
    (2, "甲旗蒙源印务有限公司", "0602004109022100381", "中国工商银行甲旗支行", "1.28万", "宣传册印刷", "印刷费"),
    (3, "甲旗气象服务中心", "05120101040033215", "甲旗农村信用合作联社营业部", 2000, "气象服务", "30227"),
)


def sheet_file(folder: Path, rows: list[tuple[object, ...]], name: str = "付款.xlsx") -> str:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["甲旗林业和草原局十一月付款表"])
    sheet.append(["编制单位：甲旗林业和草原局"])
    sheet.append(HEAD)
    for row in rows:
        sheet.append(row)
    sheet.append(["合计", None, None, None, 21280.5])
    sheet.append(["制表人：张丽"])
    book.save(folder / name)
    return str(folder / name)


@pytest.fixture
def person() -> Person:
    return Person()


@pytest.fixture
def wizard(office: Office) -> Callable[..., ImportWizard]:
    def start(path: str = "", key: str = VOUCHERS, width: int = 1366, height: int = 768) -> ImportWizard:
        window, _ = office.window(width, height)
        made = open_wizard(window, office.context, key, path)
        office.settle()
        office.qtbot.waitUntil(lambda: made.session.job is None, timeout=90_000)
        office.settle()
        return made

    return start


def vouchers(office: Office) -> list:
    def read(books: Books) -> list:
        with books:
            return list(books.documents.of_kind(Kind.VOUCHER, 2026))

    return office.do(read)


def press(wizard: ImportWizard, office: Office, person: Person) -> None:
    """Go on by Ctrl+Enter from wherever the cursor is."""
    person.presses_key(Key.Key_Return, CTRL)
    office.settle()


def test_sheet_becomes_drafts_by_three_keys(office, wizard, person, tmp_path):
    made = wizard(sheet_file(tmp_path, list(GOOD)))
    assert made.session.state.step == COLUMNS
    assert made.session.state.recognition.mapping() == {
        "payee": 1, "account": 2, "bank": 3, "amount": 4, "purpose": 5, "economic": 6}
    press(made, office, person)
    assert made.session.state.step == CHECK
    assert [row.flaws for row in made.session.found.rows] == [(), (), ()]
    assert made.session.found.skipped.count() == 2
    press(made, office, person)
    assert made.session.state.step == EFFECT
    press(made, office, person)
    assert made.session.state.step == DONE
    stored = {one.content.payee.name: one.content for one in vouchers(office)}
    assert len(stored) == 3
    printing = stored["甲旗蒙源印务有限公司"]
    assert (str(printing.amount), printing.lines[0].dept_economic_code, printing.purpose) == (
        "12800.00", "30202", "宣传册印刷")
    assert printing.payee.account == "0602004109022100381"
    assert printing.amount_in_words == "壹万贰仟捌佰元整"


def test_import_is_taken_back_as_a_whole(office, wizard, person, tmp_path):
    made = wizard(sheet_file(tmp_path, list(GOOD)))
    for _ in range(3):
        press(made, office, person)
    made.done.undo.setFocus()
    person.presses_key(Key.Key_Space)
    office.settle()
    assert made.session.undone
    assert vouchers(office) == []


def test_import_that_was_touched_is_not_taken_back(office, wizard, person, tmp_path):
    made = wizard(sheet_file(tmp_path, list(GOOD)))
    for _ in range(3):
        press(made, office, person)
    first = vouchers(office)[0].content
    office.do(lambda books: save(books, office.seat("zhangli"), replace(first, purpose="改过的用途")))
    made.done.undo.click()
    office.settle()
    assert not made.session.undone
    assert "1 张支付申请改过" in made.band.text()
    assert len(vouchers(office)) == 3


def test_bad_rows_are_shown_at_once_and_put_right_in_place(office, wizard, person, tmp_path):
    bad = (4, "甲旗绿源苗木专业合作社", 6.2220210011234567e18, "中国建设银行甲旗支行", "三千", "苗木款", "30218")
    made = wizard(sheet_file(tmp_path, [*GOOD, bad]))
    press(made, office, person)
    source = made.check.source
    assert source.row_count() == 1
    assert [flaw.code for flaw in source.checked(0).flaws] == ["I-11", "I-02"]
    assert made.check.damage.isVisible()
    assert made.forward.text() == "只导入其余 3 行"
    made.check.sheet.view.setFocus()
    made.check.sheet.view.go_to(0, "account")
    person.enters("15050166820009007716")
    made.check.sheet.view.go_to(0, "amount")
    person.enters("3000")
    assert source.checked(0).flaws == ()
    assert not made.check.damage.isVisible()
    press(made, office, person)
    assert made.session.effect.count("NEW") == 4


def test_second_import_of_the_same_sheet_finds_only_repeats(office, wizard, person, tmp_path):
    path = sheet_file(tmp_path, list(GOOD))
    made = wizard(path)
    for _ in range(3):
        press(made, office, person)
    made.session.again()
    office.settle()
    made.open_file(path)
    office.settle()
    press(made, office, person)
    press(made, office, person)
    assert (made.session.effect.count("REPEAT"), made.session.effect.count("NEW")) == (3, 0)
    assert not made.forward.isEnabled()
    made.session.want_repeats(True)
    assert made.forward.text() == "导入 3 行"


def test_closed_import_can_be_gone_on_with(office, wizard, tmp_path, person):
    made = wizard(sheet_file(tmp_path, list(GOOD)))
    made.session.choose_column(5, "")
    made.session.fix("purpose", "十一月付款")
    press(made, office, person)
    window = made.window()
    window.close_document("voucher", PREFIX + VOUCHERS)
    office.settle()
    again = open_wizard(window, office.context, VOUCHERS)
    office.settle()
    assert again.session.state.step == FILE
    assert again.choose.band.isVisible()
    again.choose.resume.click()
    office.settle()
    assert again.session.state.step == CHECK
    assert {row.values["purpose"] for row in again.session.found.rows} == {"十一月付款"}
    again.choose.forget.click()
    office.settle()
    assert office.do(lambda books: read_open(books, VOUCHERS)) is None


def test_layout_is_read_the_next_time_as_the_user_left_it(office, wizard, tmp_path, person):
    path = sheet_file(tmp_path, list(GOOD))
    made = wizard(path)
    made.session.choose_column(3, "")
    for _ in range(3):
        press(made, office, person)
    made.session.again()
    office.settle()
    made.open_file(path)
    office.settle()
    assert "bank" not in made.session.state.recognition.mapping()
    assert {guess.why for guess in made.session.state.recognition.guesses} == {"REMEMBERED"}


def test_copied_block_is_pasted_with_ctrl_v(office, wizard, person):
    made = wizard()
    rows = [HEAD, *GOOD]
    QGuiApplication.clipboard().setText("\r\n".join("\t".join(str(cell) for cell in row) for row in rows))
    made.choose.choose.setFocus()
    person.presses_key(Key.Key_V, CTRL)
    office.settle()
    assert made.session.state.step == COLUMNS
    assert len(made.session.state.table.rows) == 4


def test_sheet_in_wan_asks_before_it_goes_on(office, wizard, person, tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["收款人", "账号", "金额（万元）", "用途"])
    book.active.append(["甲旗气象服务中心", "05120101040033215", 1.2, "气象服务"])
    book.save(tmp_path / "万元.xlsx")
    made = wizard(str(tmp_path / "万元.xlsx"))
    press(made, office, person)
    assert made.check.unit.isVisible()
    assert not made.forward.isEnabled()
    made.check.convert.click()
    office.settle()
    assert str(made.session.found.rows[0].values["amount"]) == "12000.00"
    assert made.forward.isEnabled()


def test_refused_file_is_told_in_words_and_nothing_changes(office, wizard, tmp_path):
    path = tmp_path / "合同.xlsx"
    path.write_bytes(b"%PDF-1.7 ...")
    made = wizard(str(path))
    assert made.session.state.step == FILE
    assert made.band.isVisible()
    assert "PDF" in made.band.text()
    assert "没有改动任何内容" in made.band.text()


def test_file_dropped_onto_a_list_opens_the_wizard(office, tmp_path):
    window, page = office.window()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(sheet_file(tmp_path, list(GOOD)))])
    held = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    for event in (QDragEnterEvent(QPoint(50, 50), *held), QDropEvent(QPointF(50, 50), *held)):
        QApplication.sendEvent(page, event)
        assert event.isAccepted()
    office.settle()
    made = window.findChild(ImportWizard)
    office.qtbot.waitUntil(lambda: made.session.job is None and made.session.state.step == COLUMNS, timeout=90_000)


def test_lines_go_into_an_open_voucher_and_out_again(office, wizard, person, tmp_path):
    voucher = office.voucher(invoiced=False)
    book = openpyxl.Workbook()
    for row in (("摘要", "金额", "经济分类"), ("轮胎", 1200, "30231"), ("机油", 300.5, "公务用车运行维护费")):
        book.active.append(row)
    book.save(tmp_path / "明细.xlsx")
    made = wizard(str(tmp_path / "明细.xlsx"), f"voucher_lines:{voucher.head.doc_id}")
    for _ in range(3):
        press(made, office, person)
    stored = office.stored(voucher).content
    assert [line.summary for line in stored.lines] == ["公务用车维修保养", "轮胎", "机油"]
    assert str(stored.amount) == "7980.50"
    made.session.undo()
    office.settle()
    assert office.stored(voucher).content.lines == voucher.lines
    assert office.stored(voucher).state is State.DRAFT


def test_open_voucher_shows_the_lines_that_came_in(office, person, tmp_path):
    voucher = office.voucher(invoiced=False)
    window, page = office.window()
    office.context.route_to(lambda key, argument: page.open(argument))
    editor = office.open(page, voucher.head.doc_id)
    assert editor.import_target() == f"voucher_lines:{voucher.head.doc_id}"
    QGuiApplication.clipboard().setText("摘要\t金额\t经济分类\n轮胎\t1200\t30231\n")
    made = open_wizard(window, office.context, editor.import_target())
    office.settle()
    made.choose.paste.click()
    office.settle()
    for _ in range(3):
        press(made, office, person)
    made.done.look.click()
    office.settle()
    assert editor.isVisible()
    assert [line.summary for line in editor.session.voucher.lines] == ["公务用车维修保养", "轮胎"]


def test_models_of_all_steps_keep_the_rules_of_models(office, wizard, person, tmp_path):
    made = wizard(sheet_file(tmp_path, [*GOOD, (4, "", "", "", "", "x", "9")]))
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [QAbstractItemModelTester(sheet.model, mode, made)
               for sheet in (made.columns.mapping, made.columns.fixed, made.columns.preview, made.check.sheet,
                             made.effect.sheet)]
    press(made, office, person)
    press(made, office, person)
    assert len(testers) == 5


@pytest.mark.parametrize(("width", "height", "points"), [
    (1093, 557, 10.0), (1093, 557, 13.0), (1366, 697, 10.0), (1920, 1040, 10.0)])
def test_nothing_is_clipped_at_any_step(office, wizard, person, tmp_path, picture, width, height, points):
    typography.set_base_size(points)
    bad = (4, "甲旗绿源苗木专业合作社", 6.2220210011234567e18, "中国建设银行甲旗支行", "三千", "苗木款", "30218")
    made = wizard(sheet_file(tmp_path, [*GOOD, bad, (5, "某人", "12345", "", 12.345, "零头", "30218")]), width=width,
                  height=height)
    shown: list[QWidget] = []
    for name in ("columns", "check", "effect", "done"):
        QApplication.processEvents()
        picture(made.window(), f"{name}-{width}-{points:g}")
        assert clipped(made) == [], name
        shown.append(made)
        if name != "done":
            press(made, office, person)
    made.session.again()
    office.settle()
    picture(made.window(), f"choose-{width}-{points:g}")
    assert clipped(made) == []
    assert made.session.state.step == FILE


def test_progress_is_kept_as_json_of_the_books(office, wizard, tmp_path):
    made = wizard(sheet_file(tmp_path, list(GOOD)))
    made.finish()
    office.settle()
    kept = office.do(lambda books: read_open(books, VOUCHERS))
    assert json.loads(json.dumps(kept)) == kept
    assert kept["source"] == "付款.xlsx"
