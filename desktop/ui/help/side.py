"""The left side of the help page: search on top, then the two trees or what was found."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.passages import words_of
from desktop.texts import tr
from desktop.ui.help.contents import Contents
from desktop.ui.help.hits import HitList
from desktop.ui.help.library import Library, search_help
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.inputs import search_input
from desktop.ui.kit.paint import hairline
from desktop.ui.kit.panels import EmptyState
from desktop.ui.kit.tabs import StateTab, StateTabs
from desktop.ui.kit.typography import px
from desktop.usecases.guide import GuideMarks

MANUAL, GUIDE = "manual", "guide"
WIDTH, PAUSE_MS, MOST = 300, 120, 80


class Side(QWidget):
    """Search and trees.

    Signals:
        chosen(str): Show this topic.
        opened(str): Show it, and give its text the keyboard.
        ticked(str): Space on a node of the guide.
    """

    chosen = Signal(str)
    opened = Signal(str)
    ticked = Signal(str)

    def __init__(self, library: Library, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library, self._fields = library, library.fields()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.find)
        self.search = search_input(tr("问题、按键、编号或拼音首字母"), lambda text: self._pause.start())
        self.search.setAccessibleName(tr("搜索帮助"))
        self.tabs = StateTabs([StateTab(MANUAL, tr("手册")), StateTab(GUIDE, tr("工作指引"))])
        self.manual, self.guide = Contents(tr("手册目录")), Contents(tr("工作指引目录"))
        self.hits, self.clear = HitList(), Button(tr("清除搜索"), "second")
        self.nothing = EmptyState("", self.clear, "search")
        self.stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self.manual.show_pages(library.chapters())
        self.guide.show_guide(self._fields)

    def _lay_out(self) -> None:
        self.setFixedWidth(px(WIDTH))
        for part in (self.manual, self.guide, self.hits, self.nothing):
            self.stack.addWidget(part)
        top = QHBoxLayout()
        top.setContentsMargins(12, 8, 12, 6)
        top.addWidget(self.search)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.tabs)
        column.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.search.installEventFilter(self)
        self.clear.clicked.connect(self._clear)
        self.tabs.chosen.connect(lambda key: self._show_tree())
        for tree in (self.manual, self.guide):
            tree.chosen.connect(self.chosen)
            tree.opened.connect(self.opened)
        self.guide.ticked.connect(self.ticked)
        self.hits.chosen.connect(self.chosen)
        self.hits.opened.connect(self.opened)

    # -- trees

    def tree(self) -> Contents:
        """Return the tree of the chosen tab."""
        return self.guide if self.tabs.key() == GUIDE else self.manual

    def choose(self, topic: str) -> None:
        """Bring the trees' cursor to a topic; its tab comes to the front unless hits are shown."""
        name = topic.partition("#")[0]
        for key, tree in ((MANUAL, self.manual), (GUIDE, self.guide)):
            if tree.choose(name):
                blocked = self.tabs.blockSignals(True)
                self.tabs.choose(key)
                self.tabs.blockSignals(blocked)
                self.tabs.update()
        if self.stack.currentWidget() is not self.hits:
            self.stack.setCurrentWidget(self.tree())

    def show_marks(self, marks: GuideMarks) -> None:
        """Show what is done this year."""
        self.guide.show_marks(self._fields, marks)
        nodes = self._library.nodes
        words = tr("工作指引 {done}/{all}", done=marks.count(nodes), all=len(nodes)) if marks.done else tr("工作指引")
        self.tabs.set_tabs([StateTab(MANUAL, tr("手册")), StateTab(GUIDE, words)])

    def show_manual(self, library: Library, *, practice: bool) -> None:
        """Show the manual's chapters; the practice only in the rehearsal."""
        chapters = library.chapters()
        self.manual.show_pages({name: pages for name, pages in chapters.items()
                                if practice or not pages[0].topic.startswith("practice/")})

    def _show_tree(self) -> None:
        self._pause.stop()
        self.stack.setCurrentWidget(self.tree())
        topic = self.tree().topic()
        if topic:
            self.chosen.emit(topic)

    # -- search

    def find(self) -> None:
        """Show what the typed words lead to; the trees again when nothing is typed."""
        self._pause.stop()
        text = self.search.text().strip()
        if not text:
            self.stack.setCurrentWidget(self.tree())
            return
        hits = search_help(text, MOST)
        self.hits.hits.show_hits(hits)
        self.nothing.set_sentence(tr("没有找到“{typed}”。换个说法，或只打拼音首字母试试。", typed=text[:12]))
        self.stack.setCurrentWidget(self.hits if hits else self.nothing)

    def words(self) -> tuple[str, ...]:
        """Return the words that are looked for now."""
        return words_of(self.search.text())

    def _clear(self) -> None:
        self.search.clear()
        self.find()
        self.search.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape and self.search.text():
            self._clear()
            return True
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.search.text().strip():
                self.find()
            if self.stack.currentWidget() is self.hits:
                self.hits.start()
            elif self.stack.currentWidget() is self.tree():
                self.tree().setFocus()
            return True
        return False

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ApplicationFontChange:
            self.setFixedWidth(px(WIDTH))
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), qcolor("base"))
        hairline(painter, self.rect(), "right")
