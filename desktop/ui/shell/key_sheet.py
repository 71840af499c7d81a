"""The sheet of shortcuts, Ctrl+/: every key of the program, found by its word, its initials or the key itself."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.texts import tr
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.inputs import search_input
from desktop.ui.kit.labels import Label
from desktop.ui.kit.panels import Line
from desktop.ui.kit.typography import px
from desktop.ui.shell.keys import GROUP_WORDS, KEYS, Group, KeyEntry

WIDE, HIGH, KEYS_WIDE, MOST_SHOWN = 780, 540, 150, 3


def keys_shown(entry: KeyEntry) -> str:
    """Return an entry's keys in a few signs: a long row of them by its ends."""
    keys = entry.sequences
    if len(keys) > MOST_SHOWN and keys[0].startswith("Alt"):
        return " … ".join((keys[0], keys[-1]))
    return " ".join(keys)


def found(typed: str) -> list[KeyEntry]:
    """Return the entries with keys that fit what was typed; all without it."""
    words = typed.lower().split()
    return [
        entry for entry in KEYS
        if entry.keys and all(
            word in f"{entry.words} {entry.initials} {' '.join(entry.sequences)}".lower() for word in words
        )
    ]


class KeySheet(QDialog):
    """A dialog over the window; Esc closes it.

    Args:
        window: Under it.
        print_it: Prints the sheet on one page; None: there is no printing here.
    """

    def __init__(self, window: QWidget, print_it: Callable[[], None] | None = None) -> None:
        super().__init__(window)
        self.setWindowTitle(tr("快捷键表"))
        colors = self.palette()
        colors.setColor(colors.ColorRole.Window, qcolor("base"))
        self.setPalette(colors)
        self.search = search_input(tr("搜索：功能、拼音首字母或按键"), self._show)
        self.search.setAccessibleName(tr("搜索快捷键"))
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setAccessibleName(tr("快捷键"))
        top = QVBoxLayout()
        top.setContentsMargins(20, 16, 20, 12)
        top.addWidget(self.search)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 10, 20, 10)
        foot.addStretch(1)
        if print_it is not None:
            paper = Button(tr("打印成一张纸"), "second", tall=True)
            paper.clicked.connect(print_it)
            foot.addWidget(paper)
        close = Button(tr("关闭"), "primary", tall=True)
        close.clicked.connect(self.accept)
        close.setDefault(True)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(Line())
        column.addWidget(self._area, 1)
        column.addWidget(Line())
        column.addLayout(foot)
        self.resize(min(px(WIDE), window.width() - 40), min(px(HIGH), window.height() - 40))
        self._show("")
        self.search.setFocus()

    def _show(self, typed: str) -> None:
        entries = self._entries = found(typed.strip())
        inside = QWidget()
        halves = QHBoxLayout(inside)
        halves.setContentsMargins(20, 12, 20, 12)
        halves.setSpacing(28)
        groups = [(group, [entry for entry in entries if entry.group is group]) for group in Group]
        groups = [(group, rows) for group, rows in groups if rows]
        for half in _halves(groups):
            column = QVBoxLayout()
            column.setSpacing(10)
            for group, rows in half:
                column.addLayout(_block(group, rows))
            column.addStretch(1)
            halves.addLayout(column, 1)
        if not entries:
            halves.addWidget(Label(tr("没有这样的快捷键。"), tone="text2"))
        self._area.setWidget(inside)

    def words(self) -> list[str]:
        """Return the words of the entries in the list."""
        return [entry.words for entry in self._entries]


def _halves(groups: list[tuple[Group, list[KeyEntry]]]) -> list[list[tuple[Group, list[KeyEntry]]]]:
    """Part the groups into two columns of about the same height, in their order."""
    whole = sum(len(rows) + 2 for _, rows in groups)
    left: list[tuple[Group, list[KeyEntry]]] = []
    used = 0
    for group, rows in groups:
        if used >= whole / 2:
            break
        left.append((group, rows))
        used += len(rows) + 2
    return [left, groups[len(left):]]


def _block(group: Group, rows: list[KeyEntry]) -> QGridLayout:
    grid = QGridLayout()
    grid.setVerticalSpacing(4)
    grid.setHorizontalSpacing(16)
    grid.setColumnMinimumWidth(0, px(KEYS_WIDE))
    grid.setColumnStretch(1, 1)
    grid.addWidget(Label(GROUP_WORDS[group], "section"), 0, 0, 1, 2)
    for at, entry in enumerate(rows, start=1):
        grid.addWidget(Label(keys_shown(entry), tone="accent", bold=True), at, 0)
        grid.addWidget(Label(entry.words), at, 1)
    return grid
