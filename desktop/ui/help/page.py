"""帮助: search and trees at the left, what is read at the right; F1 opens it at the field in focus."""

import html
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.guide import GuideNode
from desktop.texts import tr
from desktop.texts.field_help import field_help
from desktop.texts.guide_forms import GuideForm, openable
from desktop.ui.context import Context
from desktop.ui.help import markup
from desktop.ui.help.library import library, topic_named
from desktop.ui.help.paper import help_report, picture_size
from desktop.ui.help.reader import Reader
from desktop.ui.help.sheets import TICK, field_sheet, node_sheet
from desktop.ui.help.side import Side
from desktop.ui.help.trail import Trail
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.panels import Header
from desktop.ui.printing.report import Report
from desktop.ui.shell.state import Segment
from desktop.usecases.guide import GuideMarks, guide_marks, mark_done, tick_paper
from desktop.usecases.practice import PracticeState, check_practice, is_rehearsal

FIRST, RESULT = "start/first", "result"
GUIDE_LINK, SCREEN_LINK, PRACTICE_LINK = "guide:", "screen:", "practice:"


class HelpPage(QWidget):
    """The page ``help``.

    Signals:
        status_changed(): `status` has other words.
    """

    status_changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._library, self._trail = context, library(), Trail()
        self._marks = GuideMarks(context.year, {}, {})
        self._practice: dict[str, PracticeState] = {}
        self._rehearsal = False
        self.side, self.reader = Side(self._library), Reader()
        self.back = Button(kind="flat", icon="arrow-left", tip=tr("后退（Alt+←）"))
        self.ahead = Button(kind="flat", icon="arrow-right", tip=tr("前进（Alt+→）"))
        self.done, self.form = Button(tr("标为已办"), "tonal", "check"), Button(tr("打开表单"), "second", "table")
        self.header = Header(tr("帮助"), "", (self.back, self.ahead, self.form, self.done))
        self._lay_out()
        self._connect()
        self.side.show_manual(self._library, practice=False)
        self.show_topic(FIRST)

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.header)
        right.addWidget(self.reader, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side)
        row.addLayout(right, 1)

    def _connect(self) -> None:
        self.side.chosen.connect(self.show_topic)
        self.side.opened.connect(self._read)
        self.side.ticked.connect(self._tick)
        self.reader.followed.connect(self.follow)
        self.reader.space_pressed.connect(lambda: self._tick(self._trail.here()))
        self.reader.widened.connect(self._again)
        self.back.clicked.connect(self._go_back)
        self.ahead.clicked.connect(lambda: self._walk(1))
        self.done.clicked.connect(lambda: self._tick(self._trail.here()))
        self.form.clicked.connect(self._open_form)
        for keys, call in (("Ctrl+F", self._find), ("Alt+Left", self.back.click), ("Alt+Right", self.ahead.click)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(call)

    # -- conventions of pages

    def refresh(self) -> None:
        """Read again what is ticked this year, and whether this is the rehearsal."""
        year = self._context.year
        self._context.run(self, lambda books: (guide_marks(books, year), is_rehearsal(books)), self._arrived)

    def open(self, argument: str) -> None:
        """Show a topic: a page, a node's code, or ``field:…``; without one the search is ready to be typed into."""
        topic = topic_named(argument.removeprefix(GUIDE_LINK))
        if topic and self._library.knows(topic):
            self.side.search.clear()
            self.side.find()
            self._read(topic)
        elif argument:
            self.side.search.setText(argument)
            self.side.find()
            self.side.search.setFocus()
        else:
            self.side.search.setFocus()

    def status(self) -> tuple[Sequence[Segment], Sequence[Segment]]:
        """Return the words for the status bar: what is done this year."""
        done, all_nodes = self._marks.count(self._library.nodes), len(self._library.nodes)
        words = tr("{done} / {all} 项", done=done, all=all_nodes)
        return [Segment(tr("{year} 年已办", year=self._marks.year), words)], ()

    def help_topic(self) -> str:
        """Return what F1 opens."""
        return "start/help"

    def reports(self) -> Sequence[Report]:
        """Return what Ctrl+P prints: the page that is read."""
        with markup.on_paper():
            return [help_report(self.accessibleName() or tr("帮助"), self._made(self._trail.here(), plain=True))]

    def panes(self) -> list[QWidget]:
        """Return what F6 walks through."""
        front = self.side.stack.currentWidget()
        return [self.side.search, *([front] if front is not None else []), self.reader]

    def message_area(self) -> QWidget:
        """Return what short messages may cover."""
        return self.reader

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _find(self) -> None:
        self.side.search.setFocus()
        self.side.search.selectAll()

    # -- showing

    def topic(self) -> str:
        """Return what is read."""
        return self._trail.here()

    def show_topic(self, topic: str) -> None:
        """Show a page, a node or a field's help, and remember the way."""
        if self._library.knows(topic):
            self._trail.go(topic)
            self._show(topic)

    def _read(self, topic: str) -> None:
        self.show_topic(topic)
        self.reader.setFocus()

    def come_from(self, origin: Callable[[], None]) -> None:
        """Let the next way back from what is read lead to the screen, document and cell where F1 was pressed."""
        self._trail.come_from(origin)
        self._show_way()

    def _go_back(self) -> None:
        if self._trail.leave():
            self._show_way()
        else:
            self._walk(-1)

    def _show_way(self) -> None:
        out = self._trail.has_origin()
        self.back.setEnabled(out or self._trail.can(-1))
        self.back.setToolTip(tr("回到刚才填的地方（Alt+←）") if out else tr("后退（Alt+←）"))
        self.ahead.setEnabled(self._trail.can(1))

    def _walk(self, step: int) -> None:
        topic = self._trail.step(step)
        if topic:
            self._show(topic)

    def _again(self) -> None:
        place = self.reader.verticalScrollBar().value()
        self._show(self._trail.here())
        self.reader.verticalScrollBar().setValue(place)

    def _show(self, topic: str) -> None:
        node, page = self._library.node(topic), self._library.page(topic)
        self.reader.show_html(self._made(topic))
        section = topic.partition("#")[2]
        if section:
            self.reader.scrollToAnchor(f"s{section}")
        self.reader.mark_words(self.side.words())
        field = field_help(topic)
        self.side.choose(field.page if field else topic)
        title = node.title if node else page.title if page else field.name if field else ""
        self.header.set_title(tr("帮助"), title)
        self.setAccessibleName(title)
        self._show_tools(node)

    def _made(self, topic: str, *, plain: bool = False) -> str:
        node, page, field = self._library.node(topic), self._library.page(topic), field_help(topic)
        if node is not None:
            related = {one.code: one.title for one in self._library.nodes if one.code in node.related}
            papers = self._marks.papers.get(node.code, frozenset())
            return node_sheet(node, self._marks.done.get(node.code), papers, related, plain=plain)
        if field is not None:
            guide = self._library.node(field.guide)
            return field_sheet(field, guide.title if guide is not None else "", plain=plain)
        if page is None:
            return ""
        made = markup.to_html(page.text, picture_size if plain else self.reader.picture_size)
        state = self._practice.get(page.topic)
        return f"{made}{_result(state)}" if state is not None else made

    def _show_tools(self, node: GuideNode | None) -> None:
        self._show_way()
        forms = self._forms()
        self.form.setVisible(bool(forms))
        if forms:
            self.form.setText(tr("打开{name}", name=forms[0].name))
        self.done.setVisible(node is not None)
        if node is not None:
            ticked = node.code in self._marks.done
            self.done.setText(tr("改为未办") if ticked else tr("标为已办"))
            self.done.set_kind("second" if ticked else "tonal")
            self.done.setToolTip(tr("空格"))

    def _forms(self) -> tuple[GuideForm, ...]:
        node = self._library.node(self._trail.here())
        return openable(node.forms) if node is not None else ()

    # -- links

    def follow(self, link: str) -> None:
        """Do what a link says: another topic, a page of the program, a tick, or a look at a practice."""
        if link.startswith(TICK):
            self._tick_paper(int(link.removeprefix(TICK)))
        elif link.startswith(SCREEN_LINK):
            page, _, argument = link.removeprefix(SCREEN_LINK).partition("/")
            self._context.open_page(page, argument)
        elif link.startswith(PRACTICE_LINK):
            self._check(link.removeprefix(PRACTICE_LINK))
        else:
            self.show_topic(QUrl.fromPercentEncoding(link.encode()).removeprefix(GUIDE_LINK))

    def _open_form(self) -> None:
        forms = self._forms()
        if forms:
            self._context.open_page(forms[0].page, forms[0].argument)

    # -- ticks

    def _arrived(self, found: tuple[GuideMarks, bool]) -> None:
        self._take(found[0])
        if found[1] != self._rehearsal:
            self._rehearsal = found[1]
            self.side.show_manual(self._library, practice=self._rehearsal)
            self.side.choose(self._trail.here())

    def _take(self, marks: GuideMarks) -> None:
        changed, self._marks = marks != self._marks, marks
        self.side.show_marks(marks)
        if changed and self._library.node(self._trail.here()) is not None:
            self._again()
        self.status_changed.emit()

    def _tick(self, code: str) -> None:
        if self._library.node(code) is None or self._context.refuses_writing():
            return
        done, seat, year = code not in self._marks.done, self._context.seat(), self._context.year
        self._context.run(self, lambda books: mark_done(books, seat, year, code, done), self._take)

    def _tick_paper(self, at: int) -> None:
        node = self._library.node(self._trail.here())
        if node is None or at >= len(node.materials) or self._context.refuses_writing():
            return
        code, paper, year = node.code, node.materials[at], self._context.year
        at_hand = paper not in self._marks.papers.get(code, frozenset())
        self._context.run(self, lambda books: tick_paper(books, year, code, paper, at_hand), self._take)

    # -- practice

    def _check(self, task: str) -> None:
        topic, seat, year = self._trail.here(), self._context.seat(), self._context.year

        def checked(state: PracticeState) -> None:
            self._practice[topic] = state
            if self._trail.here() == topic:
                self._show(topic)
                self.reader.scrollToAnchor(RESULT)

        self._context.run(self, lambda books: check_practice(books, task, year, seat), checked)


def _result(state: PracticeState) -> str:
    """Say how far a practice is: ticks at what is there, and the next thing to do."""
    lines = [
        f"{markup.icon_image('check-circle' if done else 'circle', 'ok' if done else 'ctl')}&nbsp; {html.escape(words)}"
        for words, done in state.steps
    ]
    title = tr("做对了，全部完成") if state.complete else tr("还差一点")
    box = markup.remark(html.escape(state.advice), "安全" if state.complete else "提示", title)
    return f'<a name="{RESULT}"></a>{box}' + "".join(markup.row(line) for line in lines)
