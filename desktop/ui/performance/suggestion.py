"""智能推荐: a whole goal proposed for the project, to be taken over line by line or as it is."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListView, QMenu, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.goal import PerformanceGoal
from desktop.domain.goal_rules import points
from desktop.domain.suggesting.compose import money
from desktop.domain.suggesting.proposal import Brief, Candidate
from desktop.texts import tr
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.dialogs import fit_dialog
from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.labels import Label
from desktop.ui.kit.lists import set_up_side_list
from desktop.ui.kit.panels import EmptyState, Line
from desktop.ui.kit.skeleton import SkeletonRows
from desktop.ui.kit.typography import px
from desktop.ui.performance.suggestion_detail import SuggestionDetail
from desktop.ui.performance.suggestion_rows import SuggestedRow, SuggestionDelegate, SuggestionModel, value_of
from desktop.usecases.propose_goal import Suggestion, goal_texts

_WIDTH, _HEIGHT = 980, 660
_TEXT_FROM = 600  # a lower dialog keeps its room for the lines and shows the text beside them
_LEAST_LIST = 440
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Lines(QListView):
    """Space ticks, Enter takes over, Ctrl+Enter all, → shows what a line may be exchanged for.

    Signals:
        toggled(int), taken(bool), others_wanted(): As above; taken(True) means all.
    """

    toggled = Signal(int)
    taken = Signal(bool)
    others_wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.toggled.emit(self.currentIndex().row())
        elif event.key() in _ENTER:
            self.taken.emit(bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        elif event.key() == Qt.Key.Key_Right:
            self.others_wanted.emit()
        else:
            super().keyPressEvent(event)


class SuggestionDialog(QDialog):
    """Shows a proposal while it is made, then its lines; `picked` are those that were taken over.

    Args:
        brief: The project.
        goal: Its goal as it is.
    """

    def __init__(self, brief: Brief, goal: PerformanceGoal, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("智能推荐"))
        self.setModal(True)
        self._brief, self._goal = brief, goal
        self.suggestion: Suggestion | None = None
        self.picked: list[Candidate] = []
        self.model = SuggestionModel(self._show_count, self)
        self.list, self.detail = _Lines(), SuggestionDetail()
        self.reading = SkeletonRows()
        self.nothing = EmptyState("", None, "search")
        self._about, self._text = Label("", tone="text2", wrap=True), Label("", wrap=True, selectable=True)
        self._count = Label("", tone="text2")
        self.estimates = Button(tr("填入折算的指标值"), "second",
                                tip=tr("标“待核对”的指标值先填进去，再逐条核对；不填就留空，由您按项目实际填写"))
        self.estimates.setCheckable(True)
        self.look = Button(tr("看来源"), "flat", "eye", "F4")
        self.back = Button(tr("返回"), tall=True)
        self.every = Button(tr("全部采用"), "second", shortcut="Ctrl+Enter", tall=True)
        self.take = Button(tr("采用所选"), "primary", shortcut="Enter", tall=True)
        self._stack, self._lines, self._menu = QStackedWidget(), QWidget(), QMenu(self)
        self._lay_out()
        self._connect()
        self._fit()
        self.reading.begin(tr("正在按项目名称、内容和金额从指标库里挑选…"))
        self._show_part(self.reading)

    # -- layout

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(20, 14, 20, 10)
        head.setSpacing(4)
        title = Label(tr("智能推荐：{name}", name=self._brief.name), "section", wrap=True)
        head.addWidget(title)
        head.addWidget(self._about)
        head.addWidget(self._text)
        set_up_side_list(self.list, self.model, SuggestionDelegate(self.list), tr("推荐的指标"))
        self.list.setUniformItemSizes(False)
        row = QHBoxLayout(self._lines)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list, 1)
        row.addWidget(self.detail)
        for part in (self.reading, self.nothing, self._lines):
            self._stack.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Line())
        column.addWidget(self._stack, 1)
        column.addWidget(Line())
        column.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 10, 20, 12)
        foot.setSpacing(8)
        foot.addWidget(self._count)
        foot.addStretch(1)
        for button in (self.estimates, self.look, self.back, self.every, self.take):
            button.setAutoDefault(False)
            foot.addWidget(button)
        return foot

    def _connect(self) -> None:
        self.list.toggled.connect(self.model.toggle)
        self.list.clicked.connect(self._click)
        self.list.taken.connect(self._take)
        # Also from the buttons and the detail, where the list does not have the keyboard.
        for keys, call in (("Ctrl+Return", self.every.click), ("Return", self.take.click), ("Enter", self.take.click)):
            QShortcut(QKeySequence(keys), self).activated.connect(call)
        self.list.others_wanted.connect(self._offer_others)
        self.list.selectionModel().currentChanged.connect(lambda now, before: self._look_at(now))
        self.model.modelReset.connect(lambda: self._look_at(self.list.currentIndex()))
        self.detail.exchange_wanted.connect(self._exchange)
        self.estimates.toggled.connect(lambda on: self._show_count())
        self.look.clicked.connect(lambda: self.detail.setVisible(self.detail.isHidden()))
        self.back.clicked.connect(self.reject)
        self.reading.stopped.connect(self.reject)
        self.take.clicked.connect(lambda: self._take(False))
        self.every.clicked.connect(lambda: self._take(True))

    def _fit(self) -> None:
        fit_dialog(self, px(_WIDTH), px(_HEIGHT))
        self.detail.setVisible(self.width() - self.detail.width() >= px(_LEAST_LIST))

    # -- what is shown

    def show_suggestion(self, suggestion: Suggestion | None) -> None:
        """Show what was found; None when nothing was."""
        self.suggestion = suggestion
        if suggestion is None:
            self._show_nothing()
            return
        self._about.setText(_about(suggestion))
        self.model.show(suggestion, self._goal)
        self._show_part(self._lines)
        first = next((at for at, row in enumerate(self.model.rows) if row.one is not None), 0)
        self.list.setCurrentIndex(self.model.index(first))
        self.list.setFocus()

    def show_trouble(self, words: str) -> None:
        """Say why no proposal could be made."""
        self.nothing.set_sentence(words)
        self._show_part(self.nothing)

    def _show_nothing(self) -> None:
        self.show_trouble(
            tr("没有推荐出指标。请到“立项”页把项目名称和内容写具体些（做什么、在哪里、做多少），或直接从指标库搜索。")
        )

    def _show_part(self, part: QWidget) -> None:
        self._stack.setCurrentWidget(part)
        ready = part is self._lines
        for button in (self.estimates, self.look, self.every, self.take):
            button.setVisible(ready)
        self._count.setVisible(ready)
        self._about.setVisible(ready)
        self._text.setVisible(False)
        if ready:
            self._show_count()

    def _show_count(self) -> None:
        picked, (have, want) = self.model.picked(), self.model.total()
        said = tr("已选 {count} 条，合计 {have} / {want} 分", count=len(picked), have=points(have), want=points(want))
        self._count.setText(said)
        self._count.set_tone("text2" if have == want else "warn")
        self._show_text(picked)
        self.take.setEnabled(bool(picked))
        self.every.setEnabled(bool(self.model.picked(every=True)))
        self.estimates.setVisible(self._stack.currentWidget() is self._lines
                                  and any(one.target.estimated for one in self.model.picked(every=True)))

    def _show_text(self, picked: list[Candidate]) -> None:
        """Show the text that would be filled in with the ticked lines; the form's own is never changed."""
        text = ""
        if self.suggestion is not None and picked and not self._goal.year_goal.strip():
            text = goal_texts(self.suggestion, picked, estimates=self.estimates.isChecked())[0]
        self._text.setText(tr("会填入年度总体目标：{goal}", goal=text) if text else "")
        self._text.setVisible(bool(text) and self.height() >= px(_TEXT_FROM))

    def row(self) -> SuggestedRow | None:
        """Return the row under the cursor."""
        at = self.list.currentIndex().row()
        return self.model.rows[at] if 0 <= at < len(self.model.rows) else None

    def _look_at(self, index: QModelIndex) -> None:
        self.detail.show_row(self.model.rows[index.row()] if index.isValid() else None, self._text.text())

    # -- acts

    def _click(self, index: QModelIndex) -> None:
        """Tick where the tick is drawn; elsewhere a click only looks."""
        place = self.list.visualRect(index)
        at = self.list.viewport().mapFromGlobal(self.cursor().pos())
        if at.x() - place.left() < px(40):
            self.model.toggle(index.row())

    def _offer_others(self) -> None:
        row = self.row()
        if row is None or row.one is None or row.here or not row.others:
            return
        menu = self._menu
        menu.clear()
        for other in row.others[:5]:
            action = menu.addAction(f"{other.indicator.name}    {value_of(other)}")
            action.triggered.connect(lambda checked=False, other=other: self._exchange(other))
        place = self.list.visualRect(self.list.currentIndex())
        menu.setActiveAction(menu.actions()[0])
        menu.popup(self.list.viewport().mapToGlobal(place.bottomLeft()))

    def _exchange(self, other: Candidate) -> None:
        at = self.list.currentIndex().row()
        self.model.exchange(at, other)
        self.detail.show_row(self.model.rows[at], self._text.text())
        self.list.setFocus()

    def _take(self, every: bool) -> None:
        self.picked = self.model.picked(every=every)
        if self.picked:
            self.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), qcolor("base"))


def _about(suggestion: Suggestion) -> str:
    """Return what the project was taken for, so that a wrong guess is seen at once."""
    known, brief = suggestion.proposal.recognised, suggestion.brief
    if not known.uses:
        return tr("没有认出属于哪项资金用途，推荐的是各类项目通用的指标。把项目名称和内容写具体些，会推荐得更准。")
    parts = [tr("按“{uses}”推荐", uses="、".join(known.uses))]
    if known.kinds:
        parts.append(tr("类型：{kinds}", kinds=known.kinds[0]))
    if known.cases:
        parts.append(tr("参照 {count} 个案例", count=len(known.cases)))
    parts.append(tr("金额 {money}", money=money(brief.amount)) if brief.amount > 0 else tr("项目还没有金额"))
    if suggestion.edition:
        parts.append(tr("指标库第 {edition} 版", edition=suggestion.edition))
    return tr("；").join(parts)
