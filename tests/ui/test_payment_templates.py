"""常用模板 by keys: Ctrl+T, a few letters of pinyin, Enter; kept, renamed, deleted and brought back."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop.ui.kit import typography
from desktop.ui.kit.dialogs import Question
from desktop.ui.payment.template_dialog import NameQuestion, TemplateDialog
from desktop.usecases.templates import keep_template, template_of, templates
from tests.ui.conftest import clipped
from tests.ui.payment_fixture import Office, office
from tests.ui.payment_keys import CTRL, Key, Person

__all__ = ["office"]


@pytest.fixture
def person() -> Person:
    return Person()


MOST_TRIES = 300


class Hands:
    """Answers one dialog after the other by keys; whatever goes wrong, none stays open."""

    def __init__(self, *steps: Callable[[Question], None]) -> None:
        self._steps, self._at, self._tries = list(steps), 0, 0
        self._timer = QTimer()
        self._timer.setInterval(10)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def done(self) -> bool:
        return self._at == len(self._steps)

    def _look(self) -> None:
        dialog = QApplication.activeModalWidget()
        focus = QApplication.focusWidget()
        if not isinstance(dialog, Question) or self.done():
            return
        self._tries += 1
        if self._tries > MOST_TRIES:  # never leave a question open: its loop would not end
            dialog.reject()
        if focus is None or not dialog.isAncestorOf(focus):
            dialog.activateWindow()
            return
        step = self._steps[self._at]
        self._at += 1
        try:
            step(dialog)
        except BaseException:
            dialog.reject()
            raise


def names(office: Office) -> list[str]:
    def work(books):
        with books:
            return [one.name for one in templates(books)]

    return office.do(work)


def keep(office: Office, name: str, *, amounts: bool = False, **parts) -> None:
    made = office.voucher(**parts)
    office.do(lambda books: keep_template(books, office.seat("zhangli"), template_of(made, name, amounts=amounts)))


def press(office: Office, person: Person, hands: Hands) -> None:
    window = person.at().window()
    person.presses_key(Key.Key_T, CTRL)
    office.qtbot.waitUntil(hands.done, timeout=10_000)
    office.settle()
    window.activateWindow()


def test_template_is_found_by_initials_and_fills_the_voucher(office, person):
    keep(office, "每月电费", purpose="电费", code="30206", quota="Q-DAILY", amount="812.50", amounts=True)
    keep(office, "宣传册", payee=2, purpose="宣传册印刷", code="30202", quota="Q-DAILY", amount="900.00")
    _, page = office.window()
    editor = office.open(page, "new")

    def take(dialog: Question) -> None:
        assert isinstance(dialog, TemplateDialog)
        person.types("mydf")
        assert [one.name for one in dialog._rows.found] == ["每月电费"]
        person.presses_key(Key.Key_Return)

    press(office, person, Hands(take))
    voucher = editor.session.voucher
    assert (voucher.purpose, voucher.amount) == ("电费", Decimal("812.50"))
    assert voucher.amount_in_words == "捌佰壹拾贰元伍角整"
    assert [(line.dept_economic_code, line.gov_economic_code != "") for line in voucher.lines] == [("30206", True)]
    assert voucher.payee.account == "15050166820009000428"
    assert voucher.evouchers == ()
    assert office.is_stored(voucher)
    person.presses_key(Key.Key_Z, CTRL)
    office.settle()
    assert editor.session.voucher.purpose == ""
    assert names(office) == ["每月电费", "宣传册"]  # what was used comes first


def test_payee_is_searched_too_and_arrows_choose(office, person):
    keep(office, "甲", payee=0)
    keep(office, "乙", payee=0, purpose="车辆年检", number="26152000000044189997")
    keep(office, "丙", payee=2, purpose="宣传册印刷", code="30202", quota="Q-DAILY")
    _, page = office.window()
    editor = office.open(page, "new")

    def take(dialog: Question) -> None:
        person.types("顺达")
        assert len(dialog._rows.found) == 2
        person.presses_key(Key.Key_Down)
        person.presses_key(Key.Key_Down)
        chosen.append(dialog.current().purpose)
        person.presses_key(Key.Key_Return)

    chosen: list[str] = []
    press(office, person, Hands(take))
    assert editor.session.voucher.purpose == chosen[0]


def test_voucher_in_front_becomes_a_template(office, person):
    made = office.voucher()
    _, page = office.window()
    office.open(page, made.head.doc_id)

    def begin(dialog: Question) -> None:
        QTimer.singleShot(0, dialog._keep.click)

    def name(dialog: Question) -> None:
        assert isinstance(dialog, NameQuestion)
        assert dialog.name.text() == made.purpose
        person.types("公务车保养")
        person.presses_key(Key.Key_Return)

    def leave(dialog: Question) -> None:
        office.qtbot.waitUntil(lambda: bool(dialog._rows.found))
        assert "已存为模板“公务车保养”" in dialog.told.text()
        person.presses_key(Key.Key_Escape)

    press(office, person, Hands(begin, name, leave))
    assert names(office) == ["公务车保养"]
    assert office.stored(made).content == made  # nothing of the voucher changed


def test_template_is_renamed_and_deleted_and_comes_back(office, person):
    keep(office, "电费")
    keep(office, "水费", number="26152000000044189997", purpose="水费")
    window, page = office.window()
    office.context.say_through(window.toast.say)
    office.open(page, "new")

    def rename(dialog: Question) -> None:
        person.types("df")
        QTimer.singleShot(0, lambda: person.presses_key(Key.Key_F2))

    def new_name(dialog: Question) -> None:
        person.types("电费（按月）")
        person.presses_key(Key.Key_Return)

    def remove(dialog: Question) -> None:
        office.qtbot.waitUntil(lambda: "已改名" in dialog.told.text())
        dialog.search.clear()
        dialog.sheet.view.setFocus()
        while dialog.current().name != "水费":
            person.presses_key(Key.Key_Down)
        person.presses_key(Key.Key_Delete)
        office.qtbot.waitUntil(lambda: len(dialog._rows.found) == 1)
        person.presses_key(Key.Key_Escape)

    press(office, person, Hands(rename, new_name, remove))
    assert names(office) == ["电费（按月）"]
    assert "已删除模板“水费”" in window.toast.said[0].text
    window.toast._button.click()
    office.settle()
    assert sorted(names(office)) == ["水费", "电费（按月）"]


def test_deleting_is_taken_back_inside_the_list(office, person):
    keep(office, "电费")
    _, page = office.window()
    office.open(page, "new")

    def remove(dialog: Question) -> None:
        person.presses_key(Key.Key_Down)
        person.presses_key(Key.Key_Delete)
        office.qtbot.waitUntil(lambda: not dialog._rows.found)
        assert not dialog.buttons["take"].isEnabled()
        dialog.undo_wanted.emit()
        office.qtbot.waitUntil(lambda: len(dialog._rows.found) == 1)
        person.presses_key(Key.Key_Escape)

    press(office, person, Hands(remove))
    assert names(office) == ["电费"]


def test_only_makers_use_templates(office, person):
    made = office.presented()
    office.sit("liqiang")
    window, page = office.window()
    office.context.say_through(window.toast.say)
    editor = office.open(page, made.head.doc_id)
    editor.templates()
    office.settle()
    assert "常用模板由经办人使用" in window.toast.said[0].text


@pytest.mark.parametrize("points", [10.0, 13.0])
def test_nothing_of_the_list_is_clipped(office, person, picture, points):
    keep(office, "每月电费", purpose="电费", amounts=True)
    typography.set_base_size(points)
    _, page = office.window(1093, 557)
    office.open(page, "new")

    def look(dialog: Question) -> None:
        dialog.tell("已存为模板“每月电费”。", undo=True)
        QApplication.processEvents()
        assert clipped(dialog) == []
        assert dialog.width() <= 1093
        assert dialog.height() <= 557
        picture(dialog, f"templates_{points:g}")
        person.presses_key(Key.Key_Escape)

    press(office, person, Hands(look))
