"""The keys of the program: one list, one listener for each, a menu for everything, words where there is nothing."""

import itertools
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from desktop.ui.shell.key_sheet import KeySheet, keys_shown
from desktop.ui.shell.keys import GROUP_WORDS, KEYS, MENUS, Group, KeyEntry, Reach, key, tip
from desktop.ui.shell.main_window import MainWindow
from tests.ui.app_fixture import Shown, rehearsal, shown
from tests.ui.conftest import clipped

__all__ = ["rehearsal", "shown"]
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier
Listener = tuple[str, QObject, QWidget, Qt.ShortcutContext]


def listeners(window: QWidget) -> Iterator[Listener]:
    """Give every shortcut and every action with keys that could be heard now: keys, itself, its widget, its reach."""
    for shortcut in window.findChildren(QShortcut):
        owner = shortcut.parent()
        if isinstance(owner, QWidget) and owner.isVisible() and shortcut.isEnabled():
            for sequence in QShortcut.keys(shortcut):
                yield sequence.toString(), shortcut, owner, shortcut.context()
    for action in window.findChildren(QAction):
        for owner in action.associatedObjects():
            if isinstance(owner, QWidget) and not isinstance(owner, QMenu) and owner.isVisible() and action.isEnabled():
                for sequence in action.shortcuts():
                    yield sequence.toString(), action, owner, action.shortcutContext()


def ambiguous(window: QWidget) -> list[str]:
    """Name every key that two listeners could hear at the same place of the cursor."""
    found = []
    for (keys, one, first, reach), (others, other, second, range_) in itertools.combinations(listeners(window), 2):
        inner = Qt.ShortcutContext.WidgetWithChildrenShortcut
        apart = reach == range_ == inner and not (first.isAncestorOf(second) or second.isAncestorOf(first))
        if keys and keys == others and one is not other and not apart and first is not second:
            found.append(f"{keys}: {type(first).__name__} and {type(second).__name__}")
        elif keys and keys == others and one is not other and first is second:
            found.append(f"{keys}: twice at {type(first).__name__}")
    return found


class TestTheList:
    def test_names_and_keys_of_the_frame_are_each_there_once(self) -> None:
        names = [entry.name for entry in KEYS]
        assert len(names) == len(set(names))
        heard = [keys for entry in KEYS if entry.reach is not Reach.PLACE for keys in entry.sequences]
        assert len(heard) == len(set(heard))

    def test_qt_understands_every_key_that_the_frame_listens_to(self) -> None:
        for entry in KEYS:
            if entry.reach is not Reach.PLACE:
                assert all(not QKeySequence(keys).isEmpty() for keys in entry.sequences), entry.name

    def test_whatever_may_find_nothing_has_a_sentence_for_it(self) -> None:
        lacking = [entry.name for entry in KEYS if entry.reach is Reach.FRONT and not entry.refusal.endswith("。")]
        assert lacking == []

    def test_what_a_page_is_called_by_is_no_method_of_every_widget(self) -> None:
        assert [entry.method for entry in KEYS if entry.method and hasattr(QWidget, entry.method)] == []

    def test_a_tip_has_the_key_behind_its_words(self) -> None:
        assert tip("sync") == "一键同步（F12）"
        assert tip("person") == "换人"


class TestListeners:
    def test_no_key_has_two_listeners_on_any_page_or_document(self, shown: Shown) -> None:
        found: dict[str, list[str]] = {}
        for page in [item.key for item in shown.window.navigation.items()]:
            shown.open(page)
            found[page] = ambiguous(shown.window)
        shown.open("voucher", "new")
        found["document"] = ambiguous(shown.window)
        assert {page: keys for page, keys in found.items() if keys} == {}

    def test_f5_and_control_n_begin_a_voucher_and_the_sheet_of_a_budget_takes_f9_itself(self, shown: Shown) -> None:
        shown.open("voucher", "tab:ALL")
        for code, modifier in ((Qt.Key.Key_F5, PLAIN), (Qt.Key.Key_N, CONTROL)):
            shown.window.show_list("voucher")
            before = len(shown.window.documents().get("voucher", []))
            shown.press(code, shown.window, modifier)
            shown.settle()
            assert len(shown.window.documents()["voucher"]) == before + 1

    def test_a_key_for_which_the_page_has_nothing_is_answered_in_one_sentence(self, shown: Shown) -> None:
        shown.open("sync")
        for code, modifier, name in (
            (Qt.Key.Key_F8, PLAIN, "review"), (Qt.Key.Key_F5, PLAIN, "new"), (Qt.Key.Key_I, CONTROL, "import"),
            (Qt.Key.Key_L, CONTROL, "amount-words"), (Qt.Key.Key_F3, PLAIN, "next-problem"),
        ):
            shown.press(code, shown.window, modifier)
            assert shown.window.toast.messages[0] == key(name).refusal

    def test_control_l_copies_the_amount_of_the_cell_in_words(self, shown: Shown) -> None:
        shown.open("budget")
        sheet = shown.window.page("budget").editor.sheet()
        sheet.view.setFocus()
        sheet.view.go_to(0, "amount")
        shown.press(Qt.Key.Key_L, sheet.view, CONTROL)
        assert QApplication.clipboard().text().endswith(("元整", "分", "角整"))

    def test_enter_goes_down_everywhere_once_it_was_turned(self, shown: Shown) -> None:
        shown.open("budget")
        view = shown.window.page("budget").editor.sheet().view
        assert view.mover.direction == "right"
        shown.window.commands.run("direction")
        assert view.mover.direction == "down"
        assert "回车 ↓" in shown.window.status_bar.accessibleName()
        shown.window.commands.run("direction")
        assert view.mover.direction == "right"

    def test_the_unit_of_money_turns_where_the_page_has_two(self, shown: Shown) -> None:
        shown.open("budget")
        shown.window.commands.run("money-unit")
        assert "单位：万元" in shown.window.status_bar.accessibleName()
        shown.open("sync")
        shown.window.commands.run("money-unit")
        assert shown.window.toast.messages[0] == key("money-unit").refusal


class Plain(QWidget):
    """A page that offers one thing by a method."""

    def __init__(self) -> None:
        super().__init__()
        self.reviewed = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def review(self) -> None:
        self.reviewed += 1


@pytest.fixture
def window(qtbot) -> MainWindow:
    made = MainWindow()
    qtbot.addWidget(made)
    made.add_page("home", "首页", "home", Plain)
    made.add_page("help", "帮助", "question", Plain, foot=True)
    made.add_page("pay", "支付申请", "receipt", Plain, initials="zfsq")
    made.show_page("home")
    made.resize(1366, 768)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


class TestTheMenu:
    def test_every_command_is_in_a_menu_with_its_keys(self, window: MainWindow) -> None:
        for group in MENUS:
            texts = [action.text() for action in window.main_menu.menus[group].actions()]
            wanted = [entry for entry in KEYS if entry.group is group and entry.reach is not Reach.PLACE]
            assert texts == [f"{one.words}\t{one.keys}" if one.keys else one.words for one in wanted
                             if one.name != "menu"]

    def test_f10_opens_it_and_arrows_and_enter_reach_a_command(self, qtbot, window: MainWindow) -> None:
        QTest.keyClick(window, Qt.Key.Key_F10)
        menu = window.main_menu
        assert menu.isVisible()
        assert menu.activeAction().text() == GROUP_WORDS[MENUS[0]]
        for _ in range(MENUS.index(Group.DOCUMENT)):
            QTest.keyClick(menu, Qt.Key.Key_Down)
        QTest.keyClick(menu, Qt.Key.Key_Right)
        documents = menu.menus[Group.DOCUMENT]
        assert documents.isVisible()
        assert documents.activeAction() is menu.action_of("review")  # the first that can be done here
        QTest.keyClick(documents, Qt.Key.Key_Return)
        assert window.page("home").reviewed == 1
        assert not menu.isVisible()

    def test_alt_alone_opens_it_and_alt_with_a_digit_does_not(self, qtbot, window: MainWindow) -> None:
        handle = window.windowHandle()
        QTest.keyPress(handle, Qt.Key.Key_Alt, Qt.KeyboardModifier.AltModifier)
        QTest.keyClick(handle, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
        QTest.keyRelease(handle, Qt.Key.Key_Alt)
        assert not window.main_menu.isVisible()
        assert window.current_page() == "pay"
        QTest.keyPress(handle, Qt.Key.Key_Alt, Qt.KeyboardModifier.AltModifier)
        QTest.keyRelease(handle, Qt.Key.Key_Alt)
        assert window.main_menu.isVisible()
        window.main_menu.close()

    def test_a_field_keeps_no_key_of_the_frame_for_an_edit_of_its_own(self, qtbot, window: MainWindow) -> None:
        box = window.top_bar.search
        box.setFocus()
        box.set_text("abc")
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_K, CONTROL)
        assert (box.text(), box.selectedText()) == ("abc", "abc")


class TestPages:
    def test_pages_at_the_foot_come_last_and_the_digits_follow_what_is_shown(self, qtbot, window: MainWindow) -> None:
        assert [item.key for item in window.navigation.items()] == ["home", "pay", "help"]
        QTest.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
        assert window.current_page() == "help"
        window.offer_pages(["home", "help"])
        QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
        assert window.current_page() == "help"
        window.show_page("pay")
        assert window.current_page() == "help"

    def test_the_foot_stands_at_the_foot_and_the_room_above_belongs_to_no_page(self, window: MainWindow) -> None:
        navigation = window.navigation
        last = navigation.visualRect(navigation.model().index(2, 0))
        assert last.bottom() >= navigation.viewport().height() - 2
        assert not navigation.indexAt(navigation.viewport().rect().center()).isValid()

    def test_a_closed_tab_comes_back_and_others_are_closed_by_its_menu(self, window: MainWindow) -> None:
        for name in ("a", "b", "c"):
            window.open_document("pay", name, name, Plain)
        area = window._areas["pay"]
        area.menu("b").actions()[1].trigger()
        assert window.documents() == {"pay": ["b"]}
        asked: list[tuple[str, str]] = []
        window.reopen_requested.connect(lambda *args: asked.append(args))
        QTest.keyClick(window, Qt.Key.Key_T, CONTROL | SHIFT)
        QTest.keyClick(window, Qt.Key.Key_T, CONTROL | SHIFT)
        QTest.keyClick(window, Qt.Key.Key_T, CONTROL | SHIFT)
        assert asked == [("pay", "c"), ("pay", "a")]
        assert window.toast.messages[0] == "没有刚关闭的标签。"


class TestTheSheet:
    def test_it_is_found_by_words_initials_and_keys(self, qtbot, window: MainWindow) -> None:
        sheet = KeySheet(window)
        qtbot.addWidget(sheet)
        sheet.show()
        assert len(sheet.words()) == sum(bool(entry.keys) for entry in KEYS)
        for typed, words in (("锁定", "锁定"), ("yjtb", "一键同步"), ("f9", "运算")):
            sheet.search.setText(typed)
            assert words in sheet.words()
            assert len(sheet.words()) < 4
        assert clipped(sheet) == []

    def test_a_long_row_of_keys_is_shown_by_its_ends(self) -> None:
        assert keys_shown(key("pages")) == "Alt+1 … Alt+0"
        assert keys_shown(KeyEntry("x", "甲", Group.FILE, Reach.FRAME, "F5", ("Ctrl+N",))) == "F5 Ctrl+N"


class TestMessages:
    def test_what_was_said_can_be_read_again(self, qtbot, window: MainWindow) -> None:
        called: list[str] = []
        window.toast.say("同步完成：送出 6 份。", action="查看", call=lambda: called.append("x"))
        window.toast.say("已粘贴 12 行×3 列。", "warning")
        window.commands.run("messages")
        assert window.message_list.texts() == ["消息", "已粘贴 12 行×3 列。", "同步完成：送出 6 份。"][1:]
        QTest.keyClick(window.message_list, Qt.Key.Key_Escape)
        assert not window.message_list.isVisible()
        assert "消息 2" in window.status_bar.accessibleName()
