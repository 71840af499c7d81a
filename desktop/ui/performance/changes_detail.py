"""The right side of 什么变了: one record in full, who uses it, and what takes its place."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.library import Indicator
from desktop.domain.library_changes import ChangeKind, RecordChange, field_changes
from desktop.texts import tr
from desktop.texts.library_changes import KINDS, field_value, parameter_value, title_of
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.labels import Label
from desktop.ui.kit.paint import hairline
from desktop.ui.kit.panels import EmptyState, Line, clear_layout
from desktop.ui.performance.changes_rows import SIGNS, level_words
from desktop.ui.performance.changes_text import FieldChanges, Value
from desktop.usecases.library_changes import ChangeLook, GoalUse

MOST_USES = 12


class ChangeDetail(QWidget):
    """Shows one change; its parts are made anew for each.

    Signals:
        goal_chosen(str): Doc id of a goal that uses the record.
        successor_wanted(object): The `Indicator` that takes the place of a withdrawn one.
        back_wanted(): From the successor to the change.
    """

    goal_chosen = Signal(str)
    successor_wanted = Signal(object)
    back_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields = FieldChanges()
        self._empty = EmptyState(tr("在左边选一条，这里显示它改了什么。"), None, "list")
        inside = QWidget()
        self._body = QVBoxLayout(inside)
        self._body.setContentsMargins(16, 12, 16, 16)
        self._body.setSpacing(8)
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(inside)
        inside.setAutoFillBackground(False)
        self.area.viewport().setAutoFillBackground(False)
        self.area.setAccessibleName(tr("改了什么"))
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.area, 1)
        column.addWidget(self._empty, 1)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Ask to choose one."""
        self.area.hide()
        self._empty.show()

    def show_change(self, look: ChangeLook, uses: Sequence[GoalUse]) -> None:
        """Show a change in full."""
        change = look.change
        self._begin(title_of(change), KINDS[change.kind], SIGNS[change.kind][1], _about(change))
        if change.kind is ChangeKind.WITHDRAWN:
            self._body.addWidget(self._withdrawn(change, look.successor))
        if uses:
            self._add_uses(change, uses)
        self._body.addWidget(Line())
        self.fields.show_changes(look.fields, _words_of(look))
        self._end()

    def show_successor(self, entry: Indicator, of: RecordChange) -> None:
        """Show what takes the place of a withdrawn indicator, as the library has it now."""
        about = tr("{level} · {code} · {edition} 版", level=entry.level2, code=entry.code, edition=entry.version)
        self._begin(entry.name, tr("接替"), "accent", about)
        back = Button(tr("回到“{name}”", name=_short(title_of(of))), "link", "arrow-left")
        back.clicked.connect(self.back_wanted)
        self._body.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        self._body.addWidget(Line())
        self.fields.show_changes(field_changes(None, entry), field_value)
        self._end()

    # -- parts

    def _begin(self, title: str, word: str, tone: str, about: str) -> None:
        self.fields.setParent(self)  # kept, while everything around it is made anew
        self.fields.hide()
        clear_layout(self._body)
        self._body.addWidget(_row(Label(word, bold=True, tone=tone), Label(about, "caption", "text2", wrap=True)))
        self._body.addWidget(Label(title, "section", wrap=True, selectable=True))

    def _end(self) -> None:
        self._body.addWidget(self.fields)
        self.fields.show()
        self._body.addStretch(1)
        self._empty.hide()
        self.area.show()
        self.area.verticalScrollBar().setValue(0)

    def _withdrawn(self, change: RecordChange, heir: Indicator | None) -> QWidget:
        last = tr("{year} 年以后的目标不能再选它。", year=change.last_year) if change.last_year else tr(
            "新的目标不能再选它。")
        if heir is None:
            return _row(Label(tr("{last}指标库没有写由谁接替，请另选相近的指标。", last=last), tone="err", wrap=True))
        look = Button(tr("打开"), "second", "eye")
        look.setAccessibleName(tr("打开“{name}”", name=heir.name))
        look.clicked.connect(lambda: self.successor_wanted.emit(heir))
        return _row(Label(tr("{last}由“{name}”接替。", last=last, name=heir.name), tone="err", wrap=True), look)

    def _add_uses(self, change: RecordChange, uses: Sequence[GoalUse]) -> None:
        self._body.addWidget(Label(tr("本单位 {count} 个目标在用", count=len(uses)), bold=True))
        for use in sorted(uses, key=lambda one: not one.is_open)[:MOST_USES]:
            state = tr("草稿，可以处理") if use.is_open else tr("已报送，不受影响")
            words = tr("{project}（{year} 年，{state}）", project=use.project_name, year=use.fiscal_year, state=state)
            go = Button(tr("打开"), "link")
            go.setAccessibleName(tr("打开“{project}”的绩效目标", project=use.project_name))
            go.clicked.connect(lambda checked=False, doc_id=use.doc_id: self.goal_chosen.emit(doc_id))
            self._body.addWidget(_row(Label(words, tone="text" if use.is_open else "text2", wrap=True), go))
        if len(uses) > MOST_USES:
            self._body.addWidget(Label(tr("还有 {count} 个", count=len(uses) - MOST_USES), "caption", "text2"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), qcolor("base"))
        hairline(painter, self.rect(), "left")


def _row(*parts: QWidget) -> QWidget:
    """Return parts beside each other, the widest label taking the room; as one widget, so that it goes as one."""
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(6)
    for part in parts:
        wraps = isinstance(part, Label) and part.wordWrap()
        line.addWidget(part, 1 if wraps else 0, Qt.AlignmentFlag(0) if wraps else Qt.AlignmentFlag.AlignTop)
    return row


def _words_of(look: ChangeLook) -> Value:
    """Return how values of a change are said: a parameter by its own words, a successor by its name."""
    change, heir = look.change, look.successor

    def words(name: str, value: object) -> str:
        if change.dataset == "parameter" and name == "value":
            return parameter_value(change, value)
        if name == "successor" and heir is not None and value:
            return tr("{name}（{code}）", name=heir.name, code=value)
        return field_value(name, value)

    return words


def _about(change: RecordChange) -> str:
    parts = (level_words(change), change.key.split()[-1] if change.dataset != "parameter" else "",
             tr("{edition} 版", edition=change.edition) if change.edition else "")
    return " · ".join(part for part in parts if part)


def _short(text: str) -> str:
    return text if len(text) <= 14 else f"{text[:13]}…"
