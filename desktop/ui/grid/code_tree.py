"""The tree of a classification (F2 or F7 in a code cell): search on top, only codes without children can be chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QTreeView, QVBoxLayout, QWidget

from desktop.texts import tr
from desktop.ui.grid.columns import CodeNode
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.choices import Choice, rank
from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.inputs import search_input
from desktop.ui.kit.labels import Label
from desktop.ui.kit.typography import font, px

_CODE = Qt.ItemDataRole.UserRole
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class Codes:
    """The codes of a classification by parent, and the way from the top to each."""

    def __init__(self, nodes: Sequence[CodeNode]) -> None:
        self.by_code = {node.code: node for node in nodes}
        self.children: dict[str, list[CodeNode]] = {}
        for node in nodes:
            parent = node.parent if node.parent in self.by_code and node.parent != node.code else ""
            self.children.setdefault(parent, []).append(node)

    def is_leaf(self, code: str) -> bool:
        """Tell whether a code has no children and so may be chosen."""
        return code in self.by_code and code not in self.children

    def path(self, code: str) -> str:
        """Return the names from the top to the parent of a code, parted by arrows; empty at the top."""
        names: list[str] = []
        at = self.by_code[code].parent if code in self.by_code else ""
        while at in self.by_code and len(names) < len(self.by_code):
            names.append(self.by_code[at].name)
            at = self.by_code[at].parent
        return "→".join(reversed(names))

    def found(self, typed: str) -> set[str]:
        """Return the codes that fit a typed text, with everything above and below them; all for an empty one."""
        if not typed.strip():
            return set(self.by_code)
        kept: set[str] = set()
        for code in self._ranked(typed):
            self._take_below(code, kept)
            at = self.by_code[code].parent
            while at in self.by_code and at not in kept:
                kept.add(at)
                at = self.by_code[at].parent
        return kept

    def best(self, typed: str) -> str:
        """Return the leaf that fits a typed text best; empty when none does by itself."""
        return next((code for code in self._ranked(typed) if self.is_leaf(code)), "")

    def _ranked(self, typed: str) -> list[str]:
        rows = [Choice(node.code, node.name, node.initials) for node in self.by_code.values()]
        return [row.code for row in rank(rows, typed, most=len(rows))]

    def _take_below(self, code: str, kept: set[str]) -> None:
        waiting = [code]
        while waiting:
            at = waiting.pop()
            kept.add(at)
            waiting += [node.code for node in self.children.get(at, ()) if node.code not in kept]


class CodeTreeDialog(QDialog):
    """Chooses one code; `choice` is None until it is accepted.

    Typing searches, the arrows move in the tree while the search keeps the focus, Right and Left open and close a
    branch, Enter chooses a leaf or opens a branch, Esc leaves the cell as it was.
    """

    def __init__(self, title: str, nodes: Sequence[CodeNode], current: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.codes = Codes(nodes)
        self.setWindowTitle(tr("选择{title}", title=title))
        self.setModal(True)
        self.choice: Choice | None = None
        self._model = QStandardItemModel(self)
        self.search = search_input(tr("编码、名称或拼音首字母"), self._show)
        self.search.setAccessibleName(tr("查找{title}", title=title))
        self.search.installEventFilter(self)
        self.tree = self._make_tree(title)
        self._path = Label("", "caption", "text2", wrap=True)
        self._path.setMinimumHeight(px(34))
        self._choose = Button(tr("选用"), "primary", tall=True)
        self._choose.setDefault(True)
        self._choose.clicked.connect(self.take)
        back = Button(tr("返回"), tall=True)
        back.setAutoDefault(False)
        back.clicked.connect(self.reject)
        self._lay_out(back)
        self.resize(px(460), px(480))
        self._show("")
        self._go_to(current)
        self.search.setFocus()

    def _make_tree(self, title: str) -> QTreeView:
        tree = QTreeView()
        tree.setModel(self._model)
        tree.setHeaderHidden(True)
        tree.setUniformRowHeights(True)
        tree.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        tree.setAccessibleName(title)
        tree.setFrameShape(QFrame.Shape.StyledPanel)
        tree.doubleClicked.connect(lambda _index: self.take())
        tree.selectionModel().currentChanged.connect(self._tell)
        tree.installEventFilter(self)
        return tree

    def _lay_out(self, back: Button) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.search)
        column.addWidget(self.tree, 1)
        column.addWidget(self._path)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(back)
        foot.addWidget(self._choose)
        column.addLayout(foot)

    def _show(self, typed: str) -> None:
        shown = self.codes.found(typed)
        self._model.clear()
        self._add(self._model.invisibleRootItem(), "", shown)
        if typed.strip():
            self.tree.expandAll()
        first = self._first_leaf(self._model.invisibleRootItem()) if typed.strip() else self._model.item(0)
        if first is not None:
            self.tree.setCurrentIndex(first.index())
            self.tree.scrollTo(first.index())
            if typed.strip():
                self._go_to(self.codes.best(typed))
        else:
            self._path.setText(tr("没有找到“{typed}”", typed=typed.strip()))
            self._choose.setEnabled(False)

    def _add(self, above: QStandardItem, code: str, shown: set[str]) -> None:
        waiting = [(above, code)]
        while waiting:
            parent, at = waiting.pop()
            for node in self.codes.children.get(at, ()):
                if node.code in shown:
                    item = QStandardItem(f"{node.code}　{node.name}")
                    item.setData(node.code, _CODE)
                    if not self.codes.is_leaf(node.code):
                        item.setFont(font("body", bold=True))
                        item.setForeground(qcolor("text2"))
                    parent.appendRow(item)
                    waiting.append((item, node.code))

    def _first_leaf(self, above: QStandardItem) -> QStandardItem | None:
        at = above
        while at.rowCount():
            at = at.child(0)
        return at if at is not above else None

    def _go_to(self, code: str) -> None:
        found = self._model.match(self._model.index(0, 0), _CODE, code, 1,
                                  Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive) if code else []
        if found:
            self.tree.setCurrentIndex(found[0])
            self.tree.scrollTo(found[0], QTreeView.ScrollHint.PositionAtCenter)

    def code(self) -> str:
        """Return the code that is current, a leaf or not; empty when there is none."""
        return str(self.tree.currentIndex().data(_CODE) or "")

    def _tell(self, _current: QModelIndex, _before: QModelIndex) -> None:
        code = self.code()
        leaf = self.codes.is_leaf(code)
        self._choose.setEnabled(leaf)
        path = self.codes.path(code)
        if leaf:
            self._path.setText(path)
        elif code:
            self._path.setText(tr("“{name}”是上级，请选它下面的明细。", name=self.codes.by_code[code].name))

    def take(self) -> None:
        """Choose the current code if it is a leaf; open or close it when it is not."""
        code = self.code()
        if self.codes.is_leaf(code):
            node = self.codes.by_code[code]
            self.choice = Choice(code, node.name, node.initials)
            self.accept()
        elif code:
            index = self.tree.currentIndex()
            self.tree.setExpanded(index, not self.tree.isExpanded(index))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take()
            return True
        if watched is self.search and event.key() in _MOVES:
            self.tree.keyPressEvent(event)
            return True
        index = self.tree.currentIndex()
        if watched is self.search and event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Left) and not self.search.text() \
                and index.isValid():
            self.tree.setExpanded(index, event.key() == Qt.Key.Key_Right)
            return True
        return False
