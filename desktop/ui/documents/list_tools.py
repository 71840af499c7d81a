"""The tools over a list; what has no room is in 更多, where everything is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from desktop.texts import tr
from desktop.ui.context import Context
from desktop.ui.documents.actions import LOOKS, Act
from desktop.ui.documents.list_kind import ListKind
from desktop.ui.documents.tools import MoreMenu
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.panels import Header
from desktop.ui.kit.typography import px
from desktop.usecases.lists import BIN

ROOMY = 1100  # from this width on, at 10 pt, the tools of the neighbours stand beside the own ones


class Served(Protocol):
    """The list that the tools act on."""

    def open_current(self) -> None: ...
    def copy_current(self) -> None: ...
    def examine(self) -> None: ...
    def delete(self) -> None: ...
    def show_history(self) -> None: ...
    def take(self, act: Act) -> None: ...
    def show_tab(self, key: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool that a page adds: 导入, 导出, 打印."""

    word: str
    icon: str
    call: Callable[[], object]
    tip: str = ""
    writes: bool = False  # for the maker alone


class ListTools(QObject):
    """The header of a list with its tools.

    Args:
        page: The list itself, a `Served`.
        kind: What it lists.
        tools: The page's own.
    """

    def __init__(self, page: QWidget, kind: ListKind, tools: tuple[Tool, ...] = ()) -> None:
        super().__init__(page)
        self._page, self._kind = page, kind
        served: Served = page  # type: ignore[assignment]
        self.new = Button(tr("新增"), "primary", "plus", "Ctrl+N")
        self.copy = Button(tr("复制"), "flat", "copy", tip=tr("照当前这{measure}另开一{measure}（Ctrl+Shift+D）",
                                                              measure=kind.measure))
        self.review = Button(tr("审核"), "flat", "check-circle", "F8", tip=tr("审核勾选的，没有勾选时审核全部"))
        self.more = MoreMenu(page)
        self._added = [(tool, Button(tool.word, "flat", tool.icon, tip=tool.tip or tool.word)) for tool in tools]
        for tool, button in self._added:
            button.clicked.connect(lambda _=False, tool=tool: tool.call())
        own = (button for _, button in self._added)
        self.header = Header(kind.title, "", (self.review, self.copy, *own, self.more.button, self.new))
        self.new.clicked.connect(page.new_wanted)  # type: ignore[attr-defined]
        self.copy.clicked.connect(served.copy_current)
        self.review.clicked.connect(served.examine)
        add = self.more.add
        self._edit = add(tr("打开修改（Enter）"), "pencil", served.open_current)
        self._twin = add(tr("复制一{measure}", measure=kind.measure), "copy", served.copy_current, "Ctrl+Shift+D")
        self._present = add(LOOKS[Act.PRESENT].word, "send", lambda: served.take(Act.PRESENT))
        self._delete = add(tr("删除（Delete）"), "trash", served.delete)
        self._void = add(LOOKS[Act.VOID].word, "stop", lambda: served.take(Act.VOID))
        self._history = add(tr("修改记录…"), "history", served.show_history)
        self._bin = add(tr("回收站"), "inbox", lambda: served.show_tab(BIN))
        self._columns = add(tr("各列恢复默认"), "undo", page.restore_columns)  # type: ignore[attr-defined]
        page.installEventFilter(self)

    def look(self, context: Context, *, maker: bool, rows: bool, binned: bool) -> None:
        """Show what the person at the screen may do here."""
        year = context.budget_year if self._kind.of_budget else context.year
        self.header.set_title(self._kind.title, tr("{year} 年", year=year))
        self.new.setVisible(maker)
        self.copy.setVisible(maker and rows and not binned)
        self.review.setVisible(rows and not binned)
        for action in (self._twin, self._present, self._delete, self._void):
            action.setVisible(maker and not binned)
        self._edit.setVisible(not binned)
        self._bin.setVisible(maker)
        for tool, button in self._added:
            button.setProperty("allowed", maker or not tool.writes)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._page and event.type() == QEvent.Type.Resize:
            self._fit()
        return False

    def _fit(self) -> None:
        roomy = self._page.width() >= px(ROOMY)
        for tool, button in self._added:
            button.setVisible(bool(button.property("allowed")))
            button.setText(tool.word if roomy else "")
