"""修改记录: what each save changed, and an older content taken back and undone."""

from dataclasses import replace

from desktop.ui.documents.history import HistoryDialog, open_history
from desktop.usecases.write_document import save
from tests.ui.conftest import clipped
from tests.ui.payment_fixture import office

__all__ = ["office"]


def written(office):
    made = office.voucher()
    changed = replace(made, purpose="公务用车大修", payee=replace(made.payee, bank="中国银行甲旗支行"))
    office.do(lambda books: save(books, office.seat("zhangli"), changed))
    return made


def texts(sheet) -> list[list[str]]:
    model = sheet.model
    return [[model.index(row, at).data() for at in range(model.columnCount())] for row in range(model.rowCount())]


def opened(office, made) -> HistoryDialog:
    _, page = office.window(1093, 557)
    page.list.show_history()
    office.settle()
    dialog = page.list.findChild(HistoryDialog)
    assert dialog is not None
    return dialog


def test_each_save_says_who_and_what_it_changed(office, picture):
    dialog = opened(office, written(office))
    assert [row[0] for row in texts(dialog.commits)] == ["2", "1"]
    assert texts(dialog.commits)[0][2:] == ["张丽", "编辑"]
    assert texts(dialog.changes) == [
        ["收款人开户行", "中国建设银行甲旗支行", "中国银行甲旗支行"],
        ["用途", "公务用车维修保养", "公务用车大修"],
    ]
    assert dialog.back.isHidden()
    assert clipped(dialog) == []
    picture(dialog, "history")


def test_an_older_content_comes_back_as_a_new_save_and_can_be_undone(office):
    made = written(office)
    said = []
    office.context.say_through(lambda text, kind="ok", **more: said.append(more))
    window, _ = office.window()
    dialog = open_history(office.context, made.head.doc_id, "维修", window)
    office.settle()
    dialog.commits.view.go_to(1, "number")
    office.settle()
    assert "最初" in dialog.words.text()
    dialog.back.click()
    office.settle()
    assert office.stored(made).content == made
    said[-1]["call"]()
    office.settle()
    assert office.stored(made).content.purpose == "公务用车大修"

    def commits(books):
        with books:
            return len(books.documents.revisions(made.head.doc_id))

    assert office.do(commits) == 4


def test_nobody_but_the_maker_is_offered_an_older_content(office):
    made = written(office)
    office.sit("liqiang")
    window, _ = office.window()
    dialog = open_history(office.context, made.head.doc_id, "维修", window)
    office.settle()
    dialog.commits.view.go_to(1, "number")
    office.settle()
    assert dialog.back.isHidden()
