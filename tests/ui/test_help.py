"""帮助 by keyboard: trees, search, ticks, ways back, and where F1 leads from every field."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRectF, Qt, QUrl
from PySide6.QtGui import QImage, QKeySequence, QPainter, QTextDocument
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.printed.marks import PageSetup
from desktop.texts.field_help import field_help
from desktop.ui.help.library import library
from desktop.ui.help.page import HelpPage
from desktop.ui.help.side import GUIDE, MANUAL
from desktop.ui.kit import typography
from desktop.ui.printing.engine import measure
from desktop.usecases.guide import guide_marks
from tests.ui.conftest import clipped
from tests.ui.payment_fixture import Office, office

__all__ = ["office"]

@pytest.fixture
def opened(office: Office) -> list[tuple[str, str]]:
    """Note which pages the help opens."""
    pages: list[tuple[str, str]] = []
    office.context.route_to(lambda page, argument: pages.append((page, argument)))
    return pages


@pytest.fixture
def page(office: Office, qtbot: QtBot) -> HelpPage:
    made = HelpPage(office.context)
    qtbot.addWidget(made)
    made.resize(1100, 680)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    office.settle()
    return made


def press(qtbot: QtBot, widget: QWidget, *keys: Qt.Key | str) -> None:
    for key in keys:
        if isinstance(key, str):
            combination = QKeySequence(key)[0]
            qtbot.keyClick(widget, combination.key(), combination.keyboardModifiers())
        else:
            qtbot.keyClick(widget, key)


def text(page: HelpPage) -> str:
    return page.reader.toPlainText()


def test_it_begins_with_the_first_page(page: HelpPage):
    assert page.topic() == "start/first"
    assert "五分钟上手" in text(page)


def test_a_node_is_opened_by_its_code_and_stands_in_the_tree(page: HelpPage):
    page.open("5.02.03")
    assert "支付申请复核要点" in text(page)
    assert page.side.tabs.key() == GUIDE
    assert page.side.guide.topic() == "5.02.03"
    for part in ("要准备的材料", "怎么办", "常见错误", "依据", "相关事项", "期限"):
        assert part in text(page), part


def test_arrows_walk_through_the_tree_and_enter_goes_to_read(page: HelpPage, qtbot: QtBot):
    page.open("start/first")
    page.side.manual.setFocus()
    press(qtbot, page.side.manual, Qt.Key.Key_Down)
    assert page.topic() == "start/window"
    press(qtbot, page.side.manual, Qt.Key.Key_Return)
    assert page.reader.hasFocus()


def test_branches_open_and_close_by_space_and_arrows(page: HelpPage, qtbot: QtBot):
    tree = page.side.guide
    page.side.tabs.choose(GUIDE)
    tree.setFocus()
    tree.setCurrentIndex(tree.model().index(0, 0))
    press(qtbot, tree, Qt.Key.Key_Space)
    assert tree.isExpanded(tree.currentIndex())
    press(qtbot, tree, Qt.Key.Key_Left)
    assert not tree.isExpanded(tree.currentIndex())


def test_back_and_forward_are_on_alt_and_arrows(page: HelpPage, qtbot: QtBot):
    page.open("payment/voucher")
    page.follow("payment/invoice")
    press(qtbot, page.reader, "Alt+Left")
    assert page.topic() == "payment/voucher"
    press(qtbot, page.reader, "Alt+Right")
    assert page.topic() == "payment/invoice"
    assert not page.ahead.isEnabled()


def test_a_link_to_a_section_goes_there(page: HelpPage):
    page.follow("faq/all#20")
    assert page.topic() == "faq/all#20"
    assert page.reader.verticalScrollBar().value() > 0


def test_space_ticks_a_node_off_for_the_year_and_says_who(page: HelpPage, office: Office, qtbot: QtBot):
    page.open("5.02.03")
    press(qtbot, page.reader, Qt.Key.Key_Space)
    office.settle()
    assert "张丽 已在" in text(page)
    assert "1/221" in page.side.tabs.tabText(1)
    assert office.do(lambda books: guide_marks(books, 2026)).done["5.02.03"].by == "张丽"
    press(qtbot, page.reader, Qt.Key.Key_Space)
    office.settle()
    assert "张丽 已在" not in text(page)


def test_space_in_the_tree_ticks_too_and_counts_at_field_and_category(page: HelpPage, office: Office, qtbot: QtBot):
    page.open("5.02.03")
    page.side.guide.setFocus()
    press(qtbot, page.side.guide, Qt.Key.Key_Space)
    office.settle()
    index = page.side.guide.currentIndex()
    counts = [index.parent().data(258), index.parent().parent().data(258)]
    assert counts == ["1/6", "1/40"]


def test_papers_are_ticked_by_their_links(page: HelpPage, office: Office):
    page.open("5.02.03")
    node = library().node("5.02.03")
    assert node is not None
    page.follow("tick:1")
    office.settle()
    assert office.do(lambda books: guide_marks(books, 2026)).papers == {"5.02.03": frozenset({node.materials[1]})}


def test_the_form_of_a_node_opens_its_page(page: HelpPage, opened: list[tuple[str, str]]):
    page.open("5.02.03")
    page.form.click()
    page.follow("screen:budget/F01")
    assert opened == [("payment", ""), ("budget", "F01")]


def test_typing_finds_pages_and_nodes_and_enter_opens_one(page: HelpPage, qtbot: QtBot):
    press(qtbot, page, "Ctrl+F")
    assert page.side.search.hasFocus()
    qtbot.keyClicks(page.side.search, "gwk")
    press(qtbot, page.side.search, Qt.Key.Key_Return)
    assert page.side.hits.hasFocus()
    assert page.topic() == page.side.hits.topic() != ""
    assert "公务卡" in text(page)
    press(qtbot, page.side.hits, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert page.reader.hasFocus()


def test_found_words_are_marked_in_the_text(page: HelpPage, qtbot: QtBot):
    page.side.search.setText("退票")
    page.side.find()
    page.side.hits.start()
    assert page.reader.extraSelections()
    assert all(one.cursor.selectedText() == "退票" for one in page.reader.extraSelections())


def test_what_is_not_found_says_so_and_escape_brings_the_tree_back(page: HelpPage, qtbot: QtBot):
    page.side.search.setFocus()
    page.side.search.setText("没有这种事情")
    page.side.find()
    assert page.side.stack.currentWidget() is page.side.nothing
    press(qtbot, page.side.search, Qt.Key.Key_Escape)
    assert page.side.search.text() == ""
    assert page.side.stack.currentWidget() is page.side.tree()


def test_words_that_are_no_topic_are_looked_for(page: HelpPage):
    page.open("退票")
    assert page.side.search.text() == "退票"
    assert page.side.hits.hits.hits


def test_hits_keep_the_rules_of_models(page: HelpPage):
    QAbstractItemModelTester(page.side.hits.hits, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.side.search.setText("退票")
    page.side.find()


def test_practice_is_shown_in_the_rehearsal_alone(page: HelpPage, office: Office):
    assert "practice/voucher" not in page.side.manual.leaves

    def mark(books):
        with books:
            books.set_setting("rehearsal", "1")
            books.commit()

    office.do(mark)
    page.refresh()
    office.settle()
    assert "practice/voucher" in page.side.manual.leaves
    page.open("practice/voucher")
    page.follow("practice:voucher")
    office.settle()
    assert "还差一点" in text(page)
    made = office.voucher(amount="6600.00")
    assert office.stored(made).content.amount == 6600
    page.follow("practice:voucher")
    office.settle()
    assert "下一步：按“送复核”" in text(page)


@pytest.mark.parametrize(("width", "height", "points"), [(945, 487, 13.0), (1218, 628, 10.0), (1772, 970, 10.0)])
def test_nothing_is_clipped_and_text_never_runs_out_at_the_side(
    page: HelpPage, width: int, height: int, points: float, picture: Callable[[QWidget, str], None]
):
    typography.set_base_size(points)
    page.resize(width, height)
    QApplication.processEvents()
    for topic in ("payment/voucher", "lookup/paying", "5.02.03", "field:voucher/amount", "keys/all"):
        page.open(topic)
        QApplication.processEvents()
        assert clipped(page) == [], topic
        assert page.reader.document().idealWidth() <= page.reader.viewport().width() + 1, topic
        picture(page, f"help-{topic.replace('/', '-').replace(':', '-')}-{width}")


def test_all_pages_are_shown(page: HelpPage):
    for one in library().pages:
        page.show_topic(one.topic)
        assert one.title in text(page), one.topic


def test_f1_from_every_field_of_the_voucher_leads_to_its_help(office: Office):
    made = office.voucher()
    _, payment = office.window()
    editor = office.open(payment, made.head.doc_id)
    form, topics = editor.form, set()
    for field in (form.quota.field, *form.paper.fields()):
        if not field.isHidden():
            field.setFocus()
            topics.add(payment.help_topic())
    for at, spec in enumerate(form.grid.model.columns):
        form.grid.view.setFocus()
        form.grid.view.setCurrentIndex(form.grid.model.index(0, at))
        topic = payment.help_topic()
        assert field_help(topic) is not None, spec.key
        topics.add(topic)
    assert len(topics) >= 13
    assert all(library().knows(topic) and field_help(topic) for topic in topics), topics


def test_the_list_of_vouchers_has_its_page(office: Office):
    _, payment = office.window()
    assert payment.help_topic() == "payment/list"
    assert library().knows(payment.help_topic())


def test_tabs_change_the_tree(page: HelpPage):
    page.side.tabs.choose(GUIDE)
    assert page.side.stack.currentWidget() is page.side.guide
    page.side.tabs.choose(MANUAL)
    assert page.side.stack.currentWidget() is page.side.manual


def test_the_reader_loads_nothing_from_outside(page: HelpPage):
    kind = QTextDocument.ResourceType.ImageResource.value
    for address in ("file:///etc/hostname", "http://127.0.0.1/x.png", "picture:../../../../etc/hostname"):
        loaded = page.reader.loadResource(kind, QUrl(address))
        assert loaded is None or loaded.isNull(), address


def test_what_is_read_goes_on_paper_whole_in_the_colours_of_paper(page: HelpPage, office: Office):
    for topic, most in (("payment/voucher", 3), ("lookup/paying", 6), ("5.02.03", 2), ("field:voucher/amount", 1)):
        page.open(topic)
        (report,) = page.reports()
        assert report.title == page.accessibleName()
        for landscape in (False, True):
            setup = PageSetup(landscape=landscape)
            sheets = office.do(lambda books, report=report, setup=setup: report.load(books)(setup, measure))
            assert 1 <= len(sheets) <= most + 2, topic
            assert [mark.key for sheet in sheets for mark in sheet.marks] == [str(at) for at in range(len(sheets))]
            inked = QImage(420, 594, QImage.Format.Format_RGB32)
            inked.fill(Qt.GlobalColor.white)
            painter = QPainter(inked)
            wide, high = setup.size
            shown = QRectF(0, 0, 400, 400 * (high - 24) / (wide - 24))
            report.drawings["0"](painter, shown)
            painter.end()
            colors = {inked.pixelColor(x, y).lightness() for x in range(0, 400, 3) for y in range(0, 250, 3)}
            assert min(colors) < 100 < max(colors), topic
