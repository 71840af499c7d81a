"""帮助 in the real window: F1 from a page, the search of the frame, the practice of the rehearsal."""

from PySide6.QtCore import Qt

from desktop.ui.help.page import HelpPage
from tests.ui.app_fixture import Shown, rehearsal, shown

__all__ = ["rehearsal", "shown"]


def help_page(shown: Shown) -> HelpPage:
    page = shown.window.page("help")
    assert isinstance(page, HelpPage)
    return page


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
