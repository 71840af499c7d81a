"""什么变了: what an update of the library brought, changed and withdrew, and where this unit uses it."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.goal import Level1
from desktop.domain.library import Indicator
from desktop.domain.library_changes import ChangeKind, LibraryUpdate
from desktop.texts import tr
from desktop.texts.library_changes import KINDS, numbers
from desktop.texts.words import LEVEL1
from desktop.ui.app.routes import PERFORMANCE
from desktop.ui.app.rows import day
from desktop.ui.context import Context
from desktop.ui.documents.wording import told
from desktop.ui.grid.model import SheetModel
from desktop.ui.grid.sheet import Sheet
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.choices import Choice
from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.inputs import SelectInput, search_input
from desktop.ui.kit.labels import Label
from desktop.ui.kit.panels import Band, EmptyState, Header, Line
from desktop.ui.kit.skeleton import SkeletonRows
from desktop.ui.kit.tabs import StateTab, StateTabs
from desktop.ui.kit.typography import px
from desktop.ui.performance.changes_detail import ChangeDetail
from desktop.ui.performance.changes_rows import ALL, BESIDE, COLUMNS, FORMS, ChangeRows, Narrow
from desktop.ui.shell.state import Segment
from desktop.ui.tasks import Job
from desktop.usecases.library_changes import (
    ChangeLook,
    ChangesLook,
    look_at_change,
    look_at_changes,
    mark_read,
)

DETAIL, LEAST_DETAIL, LEAST_LIST = 440, 300, 430
EVERY = "ALL"


class LibraryChanges(QWidget):
    """The view; a tab of the performance page.

    Args:
        context: The workspace.
        version: Of the catalogue; 0 shows the newest update.
    """

    def __init__(self, context: Context, version: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._version = context, version
        self._look: ChangesLook | None = None
        self._narrow, self._asked, self._chosen = Narrow(), 0, 0
        self._shown: ChangeLook | None = None
        self._job: Job | None = None
        self.read = Button(tr("标为已读"), "second", "check")
        self.header = Header(tr("指标库更新"), "", [self.read])
        self.tabs = StateTabs([StateTab(EVERY, tr("全部"), 0), *(StateTab(kind.value, word, 0)
                                                             for kind, word in KINDS.items())])
        self.updates = SelectInput()
        self.updates.setAccessibleName(tr("哪一次更新"))
        self.search = search_input(tr("名称、编码或拼音首字母"), lambda text: self._change(text=text))
        self.search.setAccessibleName(tr("搜索变化"))
        self.level = SelectInput(_levels())
        self.level.setAccessibleName(tr("级别"))
        self.level.set_code(ALL)
        self.used = Button(tr("只看我用到的"), "second", "target")
        self.used.setCheckable(True)
        self.source = ChangeRows()
        self.sheet = Sheet(SheetModel(COLUMNS, self.source, parent=self), lists=True)
        self.sheet.view.setAccessibleName(tr("指标库变化"))
        self.sheet.keep_layout(context.notes, "library-changes")
        self.detail = ChangeDetail()
        self._stack = QStackedWidget()
        self._reading, self._body, self._fault = SkeletonRows(), QWidget(), Band("error", "", self._retry())
        self.nothing = EmptyState(tr("指标库还没有更新过。以后每次同步收到新版，这里会列出新增、修改和停用的指标。"),
                                  None, "check-circle")
        clear = Button(tr("清除条件"), "second")
        clear.clicked.connect(self._clear)
        self.no_hit = EmptyState(tr("没有符合条件的变化。"), clear, "search")
        self._lists = QStackedWidget()
        self._lay_out()
        self._connect()
        self.refresh()

    def _retry(self) -> Button:
        button = Button(tr("重试"), "tonal")
        button.clicked.connect(self.refresh)
        return button

    def _lay_out(self) -> None:
        narrow = QHBoxLayout()
        narrow.setContentsMargins(16, 8, 16, 8)
        narrow.setSpacing(8)
        label = Label(tr("更新"), tone="text2")
        label.setBuddy(self.updates)
        narrow.addWidget(label)
        fields: tuple[tuple[QWidget, int], ...] = ((self.updates, 3), (self.search, 4), (self.level, 2))
        for field, stretch in fields:
            narrow.addWidget(field, stretch)
        narrow.addWidget(self.used)
        self._lists.addWidget(self.sheet)
        self._lists.addWidget(self.no_hit)
        both = QHBoxLayout()
        both.setSpacing(0)
        both.addWidget(self._lists, 1)
        both.addWidget(self.detail)
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addLayout(narrow)
        column.addWidget(Line())
        column.addLayout(both, 1)
        broken = QWidget()
        inside = QVBoxLayout(broken)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.addWidget(self._fault)
        inside.addStretch(1)
        self._broken = broken
        for part in (self._reading, self._body, self.nothing, broken):
            self._stack.addWidget(part)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.header)
        whole.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.read.clicked.connect(self._mark_read)
        self._reading.stopped.connect(self._stop)
        self.tabs.chosen.connect(lambda key: self._change(kind=None if key == EVERY else ChangeKind(key)))
        self.updates.chosen.connect(self._choose_update)
        self.level.chosen.connect(lambda choice: self._change(level=choice.code if choice is not None else ALL))
        self.used.clicked.connect(lambda: self._change(used=self.used.isChecked()))
        self.sheet.view.current_changed.connect(lambda row, key: self._look_at(row))
        self.sheet.view.opened.connect(lambda row: self.detail.area.setFocus())
        self.detail.goal_chosen.connect(lambda doc_id: self._context.open_page(PERFORMANCE, doc_id))
        self.detail.successor_wanted.connect(self._open_successor)
        self.detail.back_wanted.connect(self._show_detail)
        self.search.returnPressed.connect(self.sheet.view.setFocus)

    # -- what the frame asks

    def export_table(self) -> Sheet:
        """Return the table that Ctrl+E writes: what is shown of the update."""
        return self.sheet

    def find_text(self) -> None:
        """Go to the search field."""
        self.search.setFocus()

    def help_topic(self) -> str:
        """Return what F1 opens."""
        return "performance/update"

    def status(self) -> tuple[Sequence[Segment], Sequence[Segment]]:
        """Return the words for the status bar."""
        chosen = self._look.chosen if self._look is not None else None
        return ((Segment(tr("指标库"), numbers(chosen)),), ()) if chosen is not None else ((), ())

    def panes(self) -> list[QWidget]:
        """Return what F6 walks through."""
        return [self.search, self.sheet.view, self.detail.area]

    # -- reading

    def show_version(self, version: int) -> None:
        """Show another update."""
        self._version = version
        self.refresh()

    def refresh(self) -> None:
        """Read the update again."""
        self._asked += 1
        asked, version = self._asked, self._version
        if self._look is None:
            self._reading.begin(tr("正在读取指标库的变化…"))
            self._stack.setCurrentWidget(self._reading)
        self._job = self._context.run(self, lambda books: look_at_changes(books, version),
                                      lambda look: self._arrived(look) if asked == self._asked else None, self._failed)

    def _stop(self) -> None:
        """Stop reading; nothing was changed, and 重试 reads again."""
        self._asked += 1
        if self._job is not None:
            self._job.cancel()
        self._fault.set_content("info", tr("没有改动任何内容。"), tr("已停止读取"))
        self._stack.setCurrentWidget(self._broken)

    def _failed(self, error: Exception) -> None:
        title, body = told(error)
        self._fault.set_content("error", body, title)
        self._stack.setCurrentWidget(self._broken)

    def _arrived(self, look: ChangesLook) -> None:
        first, self._look = self._look is None, look
        edition = tr("指标库现在是 {edition} 版", edition=look.edition) if look.edition else ""
        self.header.set_title(tr("指标库更新 · 什么变了"), edition)
        if look.chosen is None:
            self.read.hide()
            self._stack.setCurrentWidget(self.nothing)
            return
        self._version = look.chosen.version
        year = self._context.year
        self.updates.set_rows([Choice(str(one.version), _update_words(one, year)) for one in look.updates])
        self.updates.set_code(str(look.chosen.version))
        self.read.setVisible(look.chosen.is_news and not self._context.readonly)
        self._stack.setCurrentWidget(self._body)
        self._show_rows()
        count = sum(bool(self.source.uses(one)) for one in look.changes)
        self.used.setText(tr("只看我用到的 {count}", count=count) if count else tr("只看我用到的"))
        self.used.setEnabled(count > 0)
        if first:
            self.sheet.view.setFocus()

    def _change(self, **conditions: object) -> None:
        self._narrow = replace(self._narrow, **conditions)  # type: ignore[arg-type]  # fields of Narrow
        self._show_rows()

    def _clear(self) -> None:
        self.search.clear()
        self.level.set_code(ALL)
        self.used.setChecked(False)
        self.tabs.choose(EVERY)
        self._change(text="", level=ALL, used=False, kind=None)

    def _show_rows(self) -> None:
        if self._look is None:
            return
        self.source.show(self._look, self._narrow)
        counts = self.source.counts
        self.tabs.set_tabs([StateTab(EVERY, tr("全部"), sum(counts.values())),
                            *(StateTab(kind.value, word, counts[kind]) for kind, word in KINDS.items())])
        self.sheet.model.reload()
        self._lists.setCurrentWidget(self.sheet if self.source.rows else self.no_hit)
        first = next((at for at in range(self.source.row_count()) if self.source.change(at) is not None), -1)
        if first < 0:
            self.detail.show_nothing()
            return
        self.sheet.view.select_source(first, 0)
        self._look_at(first)

    def _choose_update(self, choice: Choice | None) -> None:
        if choice is not None and int(choice.code) != self._version:
            self.show_version(int(choice.code))

    # -- one of them

    def _look_at(self, row: int) -> None:
        change = self.source.change(row)
        if change is None or self._look is None or self._look.chosen is None:
            return
        self._chosen += 1
        number, version = self._chosen, self._look.chosen.version
        self._context.run(self, lambda books: look_at_change(books, version, change),
                          lambda look: self._show_change(look) if number == self._chosen else None)

    def _show_change(self, look: ChangeLook) -> None:
        self._shown = look
        self._show_detail()

    def _show_detail(self) -> None:
        if self._shown is not None:
            self.detail.show_change(self._shown, self.source.uses(self._shown.change))

    def _open_successor(self, entry: Indicator) -> None:
        """Go to the successor's own line where the update has one that is shown, else show it as it is now."""
        row = self.source.row_of(entry.code)
        if row >= 0:
            self.sheet.view.select_source(row, 0)
            self.sheet.view.scrollTo(self.sheet.view.currentIndex())
            self._look_at(row)
        elif self._shown is not None:
            self.detail.show_successor(entry, self._shown.change)

    def _mark_read(self) -> None:
        seat, version = self._context.seat(), self._version

        def back(nothing: None) -> None:
            self._context.say(tr("已标为已读。以后仍可在“更新”里查看。"))
            self.refresh()

        self._context.run(self, lambda books: mark_read(books, seat, version), back, changes="library")

    # -- size

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ApplicationFontChange:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        """Give the list its columns first, the detail what is left, within its bounds."""
        room = self.width() - px(LEAST_LIST)
        self.detail.setFixedWidth(max(min(px(LEAST_DETAIL), self.width() // 2), min(px(DETAIL), room)))
        self.updates.setMinimumWidth(min(px(200), self.width() // 4))
        self.level.setMinimumWidth(px(96))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.sheet.view.hasFocus():
            self.sheet.view.setFocus()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), qcolor("base"))


def _levels() -> list[Choice]:
    levels = [Choice(one.value, LEVEL1[one.value]) for one in Level1]
    return [Choice(ALL, tr("全部级别")), *levels, Choice(FORMS, tr("案例、核心指标表和方案")),
            Choice(BESIDE, tr("编码和参数"))]


def _update_words(update: LibraryUpdate, year: int) -> str:
    edition = tr("{edition} 版", edition=update.edition) if update.edition else tr("第 {n} 次", n=update.version)
    unread = tr(" · 未读") if update.is_news else ""
    return tr("{edition}（{day}）{numbers}{unread}", edition=edition, day=day(update.at, year),
              numbers=numbers(update), unread=unread)
