"""修改记录 of a document: who changed what, when and why, and an older content taken back into a draft."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.differences import Change
from desktop.domain.document import State
from desktop.texts import tr
from desktop.texts.places import place_name
from desktop.texts.values import value_words
from desktop.ui.context import Context
from desktop.ui.grid.columns import ColumnSpec, SheetSource
from desktop.ui.grid.model import SheetModel
from desktop.ui.grid.sheet import Sheet
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.labels import Label
from desktop.ui.kit.panels import Line
from desktop.ui.kit.typography import px
from desktop.usecases.history import History, changes_between, history_of, take_back_to
from desktop.usecases.ports import Revision
from desktop.usecases.write_document import Saved

_COMMITS = (
    ColumnSpec("number", tr("次"), "number", 40, places=0),
    ColumnSpec("at", tr("时间"), width=128),
    ColumnSpec("by", tr("谁"), width=64),
    ColumnSpec("why", tr("做了什么"), width=110, stretch=1),
)
_CHANGES = (
    ColumnSpec("place", tr("项目"), width=160, stretch=1),
    ColumnSpec("old", tr("原来"), width=170, stretch=1),
    ColumnSpec("new", tr("改成"), width=170, stretch=1),
)


class _Commits(SheetSource):
    def __init__(self) -> None:
        self.rows: Sequence[Revision] = ()
        self.officers: dict[str, str] = {}

    def row_count(self) -> int:
        return len(self.rows)

    def value(self, row: int, key: str) -> object:
        one = self.rows[row]
        values: dict[str, object] = {
            "number": one.number, "at": one.at[:16].replace("T", " "), "by": self.officers.get(one.by, one.by),
            "why": one.why,
        }
        return values.get(key)


class _Changes(SheetSource):
    def __init__(self) -> None:
        self.rows: Sequence[Change] = ()

    def row_count(self) -> int:
        return len(self.rows)

    def value(self, row: int, key: str) -> object:
        one = self.rows[row]
        if key == "place":
            return place_name(one.where)
        field = one.where.rpartition(".")[2].partition("[")[0]
        return value_words(field, one.old if key == "old" else one.new)


class HistoryDialog(QDialog):
    """The commits at the left, what the chosen one changed at the right; Esc closes."""

    def __init__(self, context: Context, doc_id: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._doc_id, self._asked = context, doc_id, 0
        self._history: History | None = None
        self.setWindowTitle(tr("修改记录"))
        self.setModal(True)
        self._commits, self._changed = _Commits(), _Changes()
        self.commits = Sheet(SheetModel(_COMMITS, self._commits, parent=self), lists=True)
        self.changes = Sheet(SheetModel(_CHANGES, self._changed, parent=self), lists=True)
        self.commits.view.setAccessibleName(tr("每一次保存"))
        self.changes.view.setAccessibleName(tr("改了什么"))
        self.words = Label("", tone="text2", wrap=True)
        self.back = Button(tr("恢复成这一次的内容"), "second", "undo")
        self.shut = Button(tr("关闭"), "second", shortcut="Esc")
        self._lay_out(title)
        self.commits.view.current_changed.connect(lambda row, _: self._choose(row))
        self.back.clicked.connect(self._take_back)
        self.shut.clicked.connect(self.close)
        self.back.hide()
        context.run(self, lambda books: history_of(books, doc_id), self._show)

    def _lay_out(self, title: str) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(self.commits)
        right.addWidget(self.words)
        right.addWidget(self.changes, 1)
        both = QHBoxLayout()
        both.setSpacing(12)
        both.addLayout(left, 4)
        both.addLayout(right, 5)
        foot = QHBoxLayout()
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.shut)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(10)
        column.addWidget(Label(tr("修改记录 · {title}", title=title), "section"))
        column.addLayout(both, 1)
        column.addWidget(Line())
        column.addLayout(foot)
        parent = self.parentWidget()
        room = parent.window().size() if parent is not None else self.size()
        self.resize(min(px(980), max(room.width() - 48, px(640))), min(px(520), max(room.height() - 48, px(360))))

    def _show(self, history: History) -> None:
        self._history = history
        self._commits.rows, self._commits.officers = history.revisions, dict(history.officers)
        self.commits.model.reload()
        self.commits.view.selectRow(0)
        self.commits.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._choose(0)

    def _choose(self, row: int) -> None:
        history = self._history
        if history is None or not 0 <= row < len(history.revisions):
            return
        number = history.revisions[row].number
        self._asked = number
        seat, document = self._context.seat(), history.document
        own = self._context.makes() and seat.officer == document.head.maker
        self.back.setVisible(own and document.state is State.DRAFT and row > 0)
        doc_id = self._doc_id
        self._context.run(self, lambda books: changes_between(books, doc_id, number - 1, number),
                          lambda found: self._show_changes(number, found))

    def _show_changes(self, number: int, found: list[Change]) -> None:
        if number != self._asked:
            return
        self._changed.rows = found
        self.changes.model.reload()
        count = len(found)
        self.words.setText(
            tr("第 1 次保存，这是最初的内容。") if number == 1
            else tr("第 {number} 次保存改了 {count} 处：", number=number, count=count) if count
            else tr("第 {number} 次保存只有系统算出的数或版本号变了。", number=number)
        )

    def _take_back(self) -> None:
        history, number, doc_id = self._history, self._asked, self._doc_id
        if history is None:
            return
        context, seat, last = self._context, self._context.seat(), history.revisions[0].number
        host: QObject = context  # the dialog is gone when 撤销 is clicked

        def undo() -> None:
            context.run(host, lambda books: take_back_to(books, seat, doc_id, last), lambda _: None,
                        changes="documents")

        def back(saved: Saved) -> None:
            context.say(tr("已恢复成第 {number} 次保存的内容，后来的内容仍在修改记录里。", number=number), "ok",
                        action=tr("撤销"), call=undo)

        context.run(host, lambda books: take_back_to(books, seat, doc_id, number), back, changes="documents")
        self.close()


def open_history(context: Context, doc_id: str, title: str, window: QWidget) -> HistoryDialog:
    """Show the history of a document over its page."""
    dialog = HistoryDialog(context, doc_id, title, window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
