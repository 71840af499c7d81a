"""帮助 in the real window: F1 from a page, the search of the frame, the practice of the rehearsal."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.ui.budget.findings import BASIC
from desktop.ui.help.page import HelpPage
from tests.ui.app_fixture import Shown, rehearsal, shown

__all__ = ["rehearsal", "shown"]


def help_page(shown: Shown) -> HelpPage:
    page = shown.window.page("help")
    assert isinstance(page, HelpPage)
    return page


def back(shown: Shown) -> None:
    shown.press(Qt.Key.Key_Left, help_page(shown).reader, Qt.KeyboardModifier.AltModifier)


def test_f1_opens_the_page_about_what_is_in_front(shown: Shown):
    for page, topic in (("home", "start/home"), ("voucher", "payment/list"), ("sync", "sync/check")):
        shown.open(page)
        shown.press(Qt.Key.Key_F1, shown.window)
        shown.settle()
        assert shown.window.current_page() == "help"
        assert help_page(shown).topic() == topic


def test_f1_in_a_field_opens_its_help_and_the_way_back_leads_to_the_field(shown: Shown):
    shown.open("voucher", "new")
    editor = next(iter(shown.window.page("voucher")._editors.values()))
    editor.form.paper.purpose.setFocus()
    shown.press(Qt.Key.Key_F1, shown.window)
    shown.settle()
    assert help_page(shown).topic() == "field:voucher/purpose"
    assert "写清买什么" in help_page(shown).reader.toPlainText()


def test_the_practice_is_there_and_looks_at_real_documents(shown: Shown):
    shown.open("help", "practice/voucher")
    page = help_page(shown)
    assert page.topic() == "practice/voucher"
    assert "practice/goal" in page.side.manual.leaves
    page.follow("practice:returned")
    shown.settle()
    assert "还差一点" in page.reader.toPlainText()


def test_the_menu_leads_to_the_guide_and_in_the_rehearsal_to_the_practice(shown: Shown):
    commands = shown.window.commands
    assert commands.available("practice")
    commands.run("practice")
    shown.settle()
    assert help_page(shown).topic() == "practice/voucher"
    commands.run("guide")
    shown.settle()
    assert help_page(shown).topic() == "1.01.01"


def test_the_way_back_from_f1_leads_to_the_document_and_the_field_once(shown: Shown):
    shown.open("voucher", "new")
    payment = shown.window.page("voucher")
    (key,) = payment._editors
    purpose = payment._editors[key].form.paper.purpose
    purpose.setFocus()
    came = QApplication.focusWidget()
    shown.press(Qt.Key.Key_F1, shown.window)
    shown.settle()
    page = help_page(shown)
    page.follow("payment/invoice")
    shown.window.show_list("voucher")
    shown.open("help")
    back(shown)
    assert page.topic() == "field:voucher/purpose"
    back(shown)
    shown.settle()
    assert (shown.window.current_page(), shown.window.active_document("voucher")) == ("voucher", key)
    assert QApplication.focusWidget() is came
    shown.open("help")
    assert not page.back.isEnabled() or page.back.toolTip() == "后退（Alt+←）"


def test_the_way_back_from_f1_leads_to_the_cell_of_a_table(shown: Shown):
    shown.open("budget", BASIC)
    view = shown.window.page("budget").editor.sheets.sheet(BASIC).view
    view.setCurrentIndex(view.model().index(3, 7))
    view.setFocus()
    shown.press(Qt.Key.Key_F1, view)
    shown.settle()
    assert shown.window.current_page() == "help"
    back(shown)
    assert shown.window.current_page() == "budget"
    assert (view.currentIndex().row(), view.currentIndex().column()) == (3, 7)
    assert QApplication.focusWidget() in (view, view.viewport())
