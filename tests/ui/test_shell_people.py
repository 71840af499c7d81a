"""People at the screen: PINs when they sit down, the curtain while nobody is here, pages by post."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.demo.material import pins
from desktop.domain.document import Post
from desktop.ui.app.frame import seat_key
from desktop.ui.app.pages import PAGES, pages_for, there
from desktop.ui.shell.watch import InputWatch
from tests.ui.app_fixture import PATIENCE, Shown, answer_pin, rehearsal, shown
from tests.ui.conftest import clipped

__all__ = ["rehearsal", "shown"]
MAKER, CHECKER, SIGNER = "219001-01", "219001-02", "219001-03"


def seat(shown: Shown) -> tuple[str, Post]:
    now = shown.wiring.context.seat()
    return now.officer, now.post


def come_back(shown: Shown, pin: str) -> None:
    QTest.keyClicks(shown.window.curtain.pin, pin)
    QTest.keyClick(shown.window.curtain.pin, Qt.Key.Key_Return)
    shown.settle()


class TestSittingDown:
    def test_a_checker_is_asked_for_the_pin_until_it_is_right_and_told_how_many_tries_are_left(
        self, shown: Shown
    ) -> None:
        said = answer_pin("000000", pins()[CHECKER])
        shown.window.officer_switch_requested.emit(seat_key(CHECKER, Post.CHECKER))
        shown.qtbot.waitUntil(lambda: seat(shown)[0] == CHECKER, timeout=PATIENCE)
        assert "甲旗林业和草原局" in said[0]
        assert "还可以试" in said[1]

    def test_a_maker_sits_down_without_unless_the_unit_wants_it(self, shown: Shown) -> None:
        shown.sit("复核")
        shown.window.officer_switch_requested.emit(seat_key(MAKER, Post.MAKER))
        assert seat(shown) == (MAKER, Post.MAKER)
        shown.wiring.people.keep_pin_for_all(True)
        shown.settle()
        assert shown.window.state().pin_for_all
        shown.sit("签章")
        answer_pin(pins()[MAKER])
        shown.window.officer_switch_requested.emit(seat_key(MAKER, Post.MAKER))
        shown.qtbot.waitUntil(lambda: seat(shown) == (MAKER, Post.MAKER), timeout=PATIENCE)

    def test_stepping_back_leaves_the_seat_as_it_was(self, shown: Shown) -> None:
        answer_pin("")
        shown.window.officer_switch_requested.emit(seat_key(SIGNER, Post.SIGNER))
        shown.settle()
        assert seat(shown) == (MAKER, Post.MAKER)

    def test_the_head_sees_no_sync_center_and_f12_says_whose_it_is(self, shown: Shown) -> None:
        shown.open("sync")
        shown.sit("单位负责人")
        assert "sync" not in [item.key for item in shown.window.navigation.items()]
        assert shown.window.current_page() == "home"
        shown.press(Qt.Key.Key_F12, shown.window)
        assert shown.window.toast.messages[0] == "同步由经办人、复核人或签章人操作。"
        assert shown.window.current_page() == "home"


class TestTheCurtain:
    def test_locking_saves_hides_everything_and_no_key_reaches_what_is_behind(self, shown: Shown) -> None:
        shown.open("voucher", "new")
        editor = shown.window.front()
        purpose = editor.form.paper.purpose
        purpose.setFocus()
        QTest.keyClicks(purpose, "repair")
        shown.press(Qt.Key.Key_L, shown.window,
                    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        shown.settle()
        curtain, window = shown.window.curtain, shown.window
        assert curtain.isVisible()
        assert curtain.geometry() == window.rect()
        assert not window.centralWidget().isVisible()
        assert editor.session.document.content.purpose == "repair"
        for code in (Qt.Key.Key_F12, Qt.Key.Key_F10, Qt.Key.Key_F8):
            QTest.keyClick(window, code)
            QTest.keyClick(curtain, code)
        QTest.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
        assert window.current_page() == "voucher"
        assert not window.main_menu.isVisible()
        assert clipped(curtain) == []
        come_back(shown, pins()[MAKER])
        assert not curtain.isVisible()
        assert window.centralWidget().isVisible()
        shown.qtbot.waitUntil(lambda: window.focusWidget() is purpose)
        QTest.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
        assert window.current_page() == "home"

    def test_a_wrong_pin_is_said_and_another_person_may_come(self, shown: Shown) -> None:
        shown.wiring.people.lock()
        curtain = shown.window.curtain
        come_back(shown, "999999")
        assert curtain.isVisible()
        assert "还可以试" in curtain.pin.error()
        assert clipped(curtain) == []
        curtain.person.set_code(seat_key(CHECKER, Post.CHECKER))
        come_back(shown, pins()[CHECKER])
        assert not curtain.isVisible()
        assert seat(shown) == (CHECKER, Post.CHECKER)

    def test_nobody_at_the_keys_for_the_chosen_minutes_draws_it(
        self, shown: Shown, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        people = shown.wiring.people
        idle = 899.0
        monkeypatch.setattr(InputWatch, "idle_seconds", lambda self: idle)
        people.look()
        assert not shown.window.curtain.isVisible()
        people.keep_minutes(5)
        people.look()
        assert shown.window.curtain.isVisible()
        come_back(shown, pins()[MAKER])
        people.keep_minutes(0)
        idle = 99_999.0
        people.look()
        assert not shown.window.curtain.isVisible()

    def test_a_key_in_the_window_counts_as_somebody_at_the_keys(
        self, shown: Shown, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        watch, now = shown.window.watch, 1000.0
        monkeypatch.setattr(InputWatch, "clock", staticmethod(lambda: now))
        watch.touch()
        now = 1500.0
        assert watch.idle_seconds() == 500
        QTest.keyClick(shown.window.windowHandle(), Qt.Key.Key_Shift)
        assert watch.idle_seconds() == 0


def test_each_post_has_pages_and_only_modules_that_are_there() -> None:
    assert pages_for(Post.MAKER) == [entry.key for entry in PAGES]
    assert "sync" not in pages_for(Post.HEAD)
    assert all(there(entry.module) for entry in PAGES if entry.module)
    assert not there("desktop.ui.nothing.page")
