"""The filter that opens at the head of a column: sorting, values with counts, a range, only errors or numbers."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.texts import tr
from desktop.ui.grid.arranging import Arranger
from desktop.ui.grid.columns import ColumnSpec, Unreadable, read, typed_form
from desktop.ui.grid.filter_values import ValueList, ValueModel
from desktop.ui.grid.filtering import MOST_VALUES, Bound, ColumnFilter
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.inputs import LineInput, search_input
from desktop.ui.kit.labels import Label
from desktop.ui.kit.paint import draw_box
from desktop.ui.kit.panels import Line
from desktop.ui.kit.typography import px

WIDTH = 300


class FilterPopup(QWidget):
    """Lives until it is closed; Enter filters, Esc leaves everything as it was."""

    def __init__(self, arranger: Arranger, spec: ColumnSpec, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(tr("筛选 {title}", title=spec.title))
        self._arranger, self._spec = arranger, spec
        before = arranger.filter_of(spec.key)
        self.values = ValueModel(arranger.values(spec.key), before.values, self)
        self.list = ValueList(self.values, self)
        self.search = search_input(tr("名称、编码或拼音首字母"), self._searched)
        self.search.setAccessibleName(tr("查找这一列的值"))
        self.note = Label("", "caption", "text2", wrap=True)
        self.least, self.most = self._bound(before.least, tr("从")), self._bound(before.most, tr("到"))
        self.nonzero = self._switch(tr("仅非零"), before.nonzero)
        self.blank = self._switch(tr("仅空白"), before.blank)
        wrong = arranger.error_count(spec.key)
        self.errors = self._switch(tr("仅错误 {count}", count=wrong) if wrong else tr("仅错误"), before.errors)
        self.errors.setEnabled(bool(wrong) or before.errors)
        self.go = Button(tr("筛选"), "primary", "", "Enter")
        self.go.clicked.connect(self._apply)
        self._lay_out()
        self._show_found()
        self.values.ticked.connect(self._show_found)

    def _bound(self, value: Bound | None, word: str) -> LineInput:
        field = LineInput("" if value is None else typed_form(self._spec, value), word)
        field.setAccessibleName(tr("{title}{word}", title=self._spec.title, word=word))
        return field

    def _switch(self, words: str, on: bool) -> Button:
        button = Button(words, "second")
        button.setCheckable(True)
        button.setChecked(on)
        return button

    def _lay_out(self) -> None:
        self.setFixedWidth(px(WIDTH))
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 6, 1, 8)
        column.setSpacing(6)
        if not self._arranger.sorted_by_page:
            self._add_row(column, *self._sort_buttons())
            column.addWidget(Line())
        ranged = self._spec.numeric or self._spec.kind == "date"
        if ranged:
            self._add_row(column, self.least, Label(tr("至"), tone="text2"), self.most)
        switches = [self.nonzero] if self._spec.numeric else []
        self._add_row(column, *switches, self.blank, self.errors, stretch=True)
        self._add_row(column, self.search)
        column.addWidget(self.list)
        self._add_row(column, self.note)
        column.addWidget(Line())
        clear = Button(tr("取消这一列的筛选"), "flat")
        clear.setEnabled(bool(self._arranger.filter_of(self._spec.key)))
        clear.clicked.connect(self._clear)
        self._add_row(column, clear, None, self.go)

    def _sort_buttons(self) -> list[Button]:
        key, descending = self._arranger.sorting()
        found = []
        for words, icon, down in ((tr("升序"), "chevron-up", False), (tr("降序"), "arrow-down", True)):
            button = Button(words, "flat", icon, tip=tr("按{title}{way}排列", title=self._spec.title, way=words))
            button.setCheckable(True)
            button.setChecked(key == self._spec.key and descending == down)
            button.clicked.connect(lambda on, down=down: self._sort(down=down, on=on))
            found.append(button)
        return found

    @staticmethod
    def _add_row(column: QVBoxLayout, *parts: QWidget | None, stretch: bool = False) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(6)
        for part in parts:
            if part is None:
                row.addStretch(1)
            else:
                row.addWidget(part)
        if stretch:
            row.addStretch(1)
        column.addLayout(row)

    def open_at(self, corner: QPoint) -> None:
        """Open with the upper left corner at a global point, moved so that all of it lies on the screen."""
        size = self.sizeHint()
        screen = QGuiApplication.screenAt(corner) or self.screen()
        area = screen.availableGeometry()
        left = max(area.left(), min(corner.x(), area.right() - px(WIDTH)))
        self.move(left, max(area.top(), min(corner.y(), area.bottom() - size.height())))
        self.show()
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)

    # -- what is chosen

    def _searched(self, text: str) -> None:
        self.values.search(text)
        if self.values.found():
            self.list.setCurrentIndex(self.values.index(1))

    def _show_found(self) -> None:
        found = self.values.found()
        self.note.setText(
            tr("没有这样的值。") if not found else
            tr("只列出前 {most} 个值，请用查找缩小范围。", most=f"{MOST_VALUES:,}") if found > MOST_VALUES else "")
        self.note.setVisible(bool(self.note.text()))
        chosen = self.values.chosen()
        self.go.setEnabled(chosen is None or bool(chosen))
        self.adjustSize()

    def _sort(self, *, down: bool, on: bool) -> None:
        arranger, key = self._arranger, self._spec.key
        self.close()
        arranger.sort(key if on else "", descending=down)

    def _clear(self) -> None:
        arranger, key = self._arranger, self._spec.key
        self.close()
        arranger.set_filter(key, ColumnFilter())

    def _apply(self) -> None:
        least, most = self._read(self.least), self._read(self.most)
        if self.least.error() or self.most.error():
            (self.least if self.least.error() else self.most).setFocus()
            return
        wanted = ColumnFilter(self.values.chosen(), least, most, self.nonzero.isChecked(), self.blank.isChecked(),
                              self.errors.isChecked())
        arranger, key = self._arranger, self._spec.key
        self.close()
        arranger.set_filter(key, wanted)

    def _read(self, field: LineInput) -> Bound | None:
        field.set_error()
        if not field.text().strip():
            return None
        try:
            value = read(self._spec, field.text())
        except Unreadable as problem:
            field.set_error(str(problem))
            return None
        return value  # type: ignore[return-value]  # a column of numbers or dates reads nothing else

    # -- keys and look

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.close()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.go.isEnabled():
                self._apply()
        elif key == Qt.Key.Key_Down and self.search.hasFocus():
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
            if not self.list.currentIndex().isValid():
                self.list.setCurrentIndex(self.values.index(0))
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_box(painter, self.rect(), "base", "ctl", radius=0)
