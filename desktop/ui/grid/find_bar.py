"""查找 over a table: a slim bar with the typed text, "3/17", and the way to the next and the previous hit."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.texts import tr
from desktop.ui.grid.columns import plain
from desktop.ui.grid.finding import FoundText, matches, next_hit
from desktop.ui.grid.look import shown_text
from desktop.ui.grid.replace_dialog import ReplaceDialog
from desktop.ui.grid.view import SheetView
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.inputs import LineInput
from desktop.ui.kit.labels import Label
from desktop.ui.kit.paint import hairline
from desktop.ui.kit.typography import px
from desktop.usecases.initials import initials

SEARCH_MS = 120


class FindBar(QWidget):
    """Hidden until Ctrl+F. Enter and F3 lead to the next hit, Shift with them to the one before, Esc closes."""

    def __init__(self, view: SheetView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view, self._model = view, view.sheet
        self.hits: list[tuple[int, int]] = []
        self._place = -1
        self.field = LineInput("", tr("查找：内容、编码或拼音首字母"), "search")
        self.field.setAccessibleName(tr("在表格里查找"))
        self.field.setFixedWidth(px(240))
        self.count = Label("", tone="text2")
        self.count.setMinimumWidth(px(72))      # the buttons beside it stay where they are while the count changes
        before = Button(tr("上一处"), "flat", "chevron-up", tip=tr("上一处（Shift+F3）"))
        after = Button(tr("下一处"), "flat", "chevron-down", tip=tr("下一处（F3）"))
        self.replace = Button(tr("替换…"), "flat", "", "Ctrl+H", live=False)
        close = Button("", "flat", "close", tip=tr("关闭查找（Esc）"))
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 5)
        row.setSpacing(6)
        for part in (self.field, self.count, before, after, self.replace):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SEARCH_MS)
        self._timer.timeout.connect(self._find)
        self.field.textEdited.connect(lambda _: self._timer.start())
        before.clicked.connect(lambda: self.go(-1))
        after.clicked.connect(lambda: self.go(1))
        self.replace.clicked.connect(self.open_replace)
        close.clicked.connect(self.leave)
        self.field.installEventFilter(self)
        view.viewing.find_wanted.connect(self.open)
        view.viewing.next_wanted.connect(self.go)
        for signal in (self._model.dataChanged, self._model.modelReset, self._model.layoutChanged,
                       self._model.rowsInserted, self._model.rowsRemoved):
            signal.connect(self._look_again)
        self.hide()

    # -- open and close

    def open(self, replace: bool = False) -> None:
        """Open the bar, or the dialog that replaces."""
        self.replace.setVisible(not self._view.lists)
        self.show()
        self._view.viewing.finding = True
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self._find(go=False)
        if replace:
            self.open_replace()

    def leave(self) -> None:
        """Close the bar; the current cell stays where the last hit was."""
        self._timer.stop()
        self.hide()
        self._view.viewing.finding = False
        self._show_hits([])
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_replace(self) -> None:
        """Open the dialog that replaces, with what is typed here."""
        if not self._view.lists:
            ReplaceDialog(self._view, self.field.text(), self).open()

    # -- finding

    def _cells(self) -> Sequence[FoundText]:
        """Return all cells that are shown, in reading order; texts that could not be read count as well."""
        model, found = self._model, []
        columns = [(at, model.columns[at]) for at in self._view.columns() if model.columns[at].kind != "check"]
        drafts = model.draft_texts()
        order = model.arrangement()
        rows = range(model.source.row_count()) if order is None else order
        for row, source_row in enumerate(rows):
            for at, spec in columns:
                value = model.source.value(source_row, spec.key)
                text = drafts.get((source_row, spec.key)) or (
                    str(source_row + 1) if spec.kind == "index" and value is None else shown_text(spec, value))
                if text:
                    found.append(FoundText(row, at, text, plain(spec, value)))
        return found

    def _find(self, *, go: bool = True) -> None:
        self._timer.stop()
        typed = self.field.text()
        self._show_hits(matches(self._cells(), typed, initials) if typed.strip() else [])
        if go and self.hits and self._view.at() not in self.hits:
            self.go(1)
        else:
            self._show_count()

    def _look_again(self) -> None:
        if not self.isHidden():
            self._timer.start()

    def _show_hits(self, hits: list[tuple[int, int]]) -> None:
        self.hits = hits
        self._view.show_hits(frozenset(hits))

    def go(self, step: int) -> None:
        """Go to the next (+1) or previous (-1) hit; the focus stays where it is."""
        if self._timer.isActive():
            self._find(go=False)
        place = next_hit(self.hits, self._view.at(), step)
        if place >= 0:
            self._view.set_current(*self.hits[place])
        self._show_count()

    def _show_count(self) -> None:
        place = self.hits.index(self._view.at()) + 1 if self._view.at() in self.hits else 0
        nothing = bool(self.field.text().strip()) and not self.hits
        self.count.setText(tr("没有找到") if nothing else f"{place}/{len(self.hits):,}" if self.hits else "")
        self.count.set_tone("err" if nothing else "text2")

    # -- keys and look

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F3):
                if self._timer.isActive():
                    self._find(go=False)
                self.go(-1 if shift else 1)
                return True
            if event.key() == Qt.Key.Key_H and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.open_replace()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), qcolor("alt"))
        hairline(painter, self.rect(), "bottom")
