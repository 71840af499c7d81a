"""The left side of the help: two trees, 手册 and 工作指引, with ticks at what is done."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from desktop.domain.guide import GuideField, GuideNode
from desktop.domain.manual import ManualPage
from desktop.texts import tr
from desktop.ui.kit.icons import paint_icon, qcolor
from desktop.ui.kit.paint import RIGHT, draw_box, draw_text, text_width
from desktop.ui.kit.typography import font, px
from desktop.usecases.guide import GuideMarks

Index = QModelIndex | QPersistentModelIndex
TOPIC, DONE, COUNT = (Qt.ItemDataRole.UserRole + at for at in range(3))
ROW = 27


class Contents(QTreeView):
    """A tree of topics; branches have none.

    Signals:
        chosen(str): Topic of the leaf that the cursor came to.
        opened(str): Enter or a double click on a leaf: its reader wants the keyboard.
        ticked(str): Space on a leaf.
    """

    chosen = Signal(str)
    opened = Signal(str)
    ticked = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items = QStandardItemModel(self)
        self.leaves: dict[str, QStandardItem] = {}
        self.setModel(self._items)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName(name)
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setExpandsOnDoubleClick(False)
        self.selectionModel().currentChanged.connect(self._current)
        self.clicked.connect(self._clicked)
        self.doubleClicked.connect(self._open)

    # -- content

    def show_pages(self, chapters: Mapping[str, Iterable[ManualPage]]) -> None:
        """Show the manual: chapters with their pages."""
        self._clear()
        for chapter, pages in chapters.items():
            branch = self._branch(self._items.invisibleRootItem(), chapter)
            for page in pages:
                self._leaf(branch, page.topic, page.title)
        self.expandAll()

    def show_guide(self, fields: Iterable[GuideField]) -> None:
        """Show the guide: fields, categories, nodes; the fields stand folded."""
        self._clear()
        for field in fields:
            branch = self._branch(self._items.invisibleRootItem(), field.name)
            for category in field.categories:
                twig = self._branch(branch, category.name)
                for node in category.nodes:
                    self._leaf(twig, node.code, node.title)

    def show_marks(self, fields: Iterable[GuideField], marks: GuideMarks) -> None:
        """Show what is done this year: ticks at nodes, counts at fields and categories."""
        for code, item in self.leaves.items():
            item.setData(code in marks.done, DONE)
        for at, field in enumerate(fields):
            branch = self._items.item(at)
            if branch is None:
                continue
            branch.setData(_count(marks, field.nodes()), COUNT)
            for place, category in enumerate(field.categories):
                twig = branch.child(place)
                if twig is not None:
                    twig.setData(_count(marks, category.nodes), COUNT)

    def choose(self, topic: str) -> bool:
        """Bring the cursor to a topic and open its branches, telling nobody; say whether it is here."""
        item = self.leaves.get(topic)
        if item is None:
            return False
        blocked = self.selectionModel().blockSignals(True)
        index = item.index()
        parent = index.parent()
        while parent.isValid():
            self.expand(parent)
            parent = parent.parent()
        self.setCurrentIndex(index)
        self.selectionModel().blockSignals(blocked)
        self.scrollTo(index)
        self.viewport().update()
        return True

    def topic(self) -> str:
        """Return the topic under the cursor, empty on a branch."""
        return str(self.currentIndex().data(TOPIC) or "")

    def _clear(self) -> None:
        self._items.clear()
        self.leaves.clear()

    def _branch(self, parent: QStandardItem, words: str) -> QStandardItem:
        item = QStandardItem(words)
        parent.appendRow(item)
        return item

    def _leaf(self, parent: QStandardItem, topic: str, words: str) -> None:
        item = QStandardItem(words)
        item.setData(topic, TOPIC)
        item.setToolTip(words)
        parent.appendRow(item)
        self.leaves[topic] = item

    # -- hands

    def _current(self, index: QModelIndex) -> None:
        topic = index.data(TOPIC)
        if topic:
            self.chosen.emit(str(topic))

    def _clicked(self, index: QModelIndex) -> None:
        if not index.data(TOPIC):
            self.setExpanded(index, not self.isExpanded(index))

    def _open(self, index: QModelIndex) -> None:
        topic = index.data(TOPIC)
        if topic:
            self.opened.emit(str(topic))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if index.isValid() and enter:
            if index.data(TOPIC):
                self._open(index)
            else:
                self.setExpanded(index, not self.isExpanded(index))
            return
        if index.isValid() and event.key() == Qt.Key.Key_Space:
            if index.data(TOPIC):
                self.ticked.emit(str(index.data(TOPIC)))
            else:
                self.setExpanded(index, not self.isExpanded(index))
            return
        super().keyPressEvent(event)


def _count(marks: GuideMarks, nodes: tuple[GuideNode, ...]) -> str:
    return f"{marks.count(nodes)}/{len(nodes)}"


class _Delegate(QStyledItemDelegate):
    def __init__(self, view: Contents) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, px(ROW))

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        if index.data(DONE):
            option.text = tr("{words}，已办", words=option.text)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box, leaf = option.rect, bool(index.data(TOPIC))
        depth, above = 0, index.parent()
        while above.isValid():
            depth, above = depth + 1, above.parent()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(box, qcolor("base"))
        if chosen:
            draw_box(painter, box.adjusted(8, 1, -7, -1), "sel")
            if self._view.hasFocus():
                draw_box(painter, box.adjusted(8, 1, -7, -1), "", "accent", 2)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            draw_box(painter, box.adjusted(8, 1, -7, -1), "alt")
        middle, left = box.center().y(), 12 + 14 * depth
        right = 14
        if not leaf:
            sign = "chevron-down" if self._view.isExpanded(index) else "chevron-right"
            paint_icon(painter, sign, left, middle - 6, "text2", 12)
            count = str(index.data(COUNT) or "")
            draw_text(painter, box.adjusted(0, 0, -14, 0), count, font("caption"), "text2", RIGHT)
            right += text_width(font("caption"), count) + 8
        elif index.data(DONE):
            paint_icon(painter, "check-circle", box.right() - 28, middle - 7, "ok", 14)
            right += 22
        text = box.adjusted(left + 18, 0, -right, 0)
        words = str(index.data() or "")
        draw_text(painter, text, words, font(bold=chosen or (not leaf and depth == 0)), "text")
