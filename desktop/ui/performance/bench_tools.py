"""The tools of the performance page's header; each is shown only while it can do something and has room."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop.texts import tr
from desktop.ui.documents.actions import Act
from desktop.ui.documents.tools import MoreMenu, StepButtons
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.panels import Header
from desktop.ui.performance.session import PerformanceSession

Call = Callable[[], object]
# How the header folds until it fits: everything; a short saved mark; what fills a goal in "…"; points too.
WHOLE, BRIEF, FOLDED, TIGHT = range(4)


@dataclass(frozen=True, slots=True)
class Calls:
    """What the tools do; a tool whose call is None is not there.

    Attributes:
        suggest: Opens the proposal of a whole goal (智能推荐).
        changes: Shows what the library's last update means for this goal.
        last_year, cases, own: 取上年指标, 参考案例, 自拟指标.
        present_all: Gives every project that is ready to the checker.
        export_form, import_form: 申报表 as a sheet, out and back.
    """

    evenly: Call
    by_library: Call
    review: Call
    take: Callable[[Act], None]
    picker: Call
    remove: Call
    undo: Call
    redo: Call
    new_project: Call
    history: Call
    fill_up: Call | None = None
    last_year: Call | None = None
    cases: Call | None = None
    own: Call | None = None
    present_all: Call | None = None
    suggest: Call | None = None
    changes: Call | None = None
    export_form: Call | None = None
    import_form: Call | None = None


@dataclass(frozen=True, slots=True)
class Showing:
    """What decides about the tools.

    Attributes:
        on_goal: The goal is in front, not the project's form.
        errors: Something keeps project and goal back.
        narrow: The library has no room of its own.
        ready: How many projects could go to the checker.
        maker: The person at the screen may begin a project.
    """

    acts: Sequence[Act]
    on_goal: bool
    errors: bool
    narrow: bool
    maker: bool
    ready: int = 0


class BenchTools:
    """Makes the header and shows what fits the session, the tab and the width."""

    def __init__(self, calls: Calls, parent: QWidget) -> None:
        self.weights = Button(tr("分配分值"), "flat", "list")
        self.weights.setMenu(QMenu(parent))
        self.picker = Button(tr("选指标"), "flat", "plus", "F7")
        self.picker.clicked.connect(calls.picker)
        self.audit = Button(tr("审核"), "flat", "shield", "F8")
        self.audit.clicked.connect(calls.review)
        self.more = MoreMenu(parent)
        fillers = ((tr("智能推荐"), "target", calls.suggest), (tr("取上年指标"), "history", calls.last_year),
                   (tr("参考案例"), "copy", calls.cases))
        self.fillers = {word: _button(word, icon, call) for word, icon, call in fillers if call is not None}
        self._folded = [self.more.add(word, icon, call) for word, icon, call in fillers if call is not None]
        self._own = self.more.add(tr("自拟指标…"), "pencil", calls.own) if calls.own is not None else None
        self._changes = self.more.add(tr("指标库变化…"), "sync", calls.changes) if calls.changes is not None else None
        self._export = self.more.add(tr("导出申报表…"), "export", calls.export_form) if calls.export_form else None
        self._import = self.more.add(tr("导入申报表…"), "import", calls.import_form) if calls.import_form else None
        self._weigh = self._weighing(calls)
        self._new = self.more.add(tr("新增项目"), "plus", calls.new_project, "Ctrl+N F5")
        self._all = self.more.add("", "send", calls.present_all) if calls.present_all is not None else None
        self._remove = self.more.add(tr("移出所选指标"), "trash", calls.remove, "Ctrl+Del")
        self._undo = self.more.add(tr("撤销"), "undo", calls.undo, "Ctrl+Z")
        self._redo = self.more.add(tr("重做"), "redo", calls.redo, "Ctrl+Y")
        self._history = self.more.add(tr("修改记录…"), "history", calls.history)
        self._void = self.more.add(tr("作废这个项目和目标"), "trash", lambda: calls.take(Act.VOID))
        self.steps = StepButtons(calls.take, parent)
        self._tools: Sequence[QWidget] = (*self.fillers.values(), self.weights, self.picker, self.more.button,
                                          self.audit, *self.steps.buttons.values())
        self.header = Header(tr("绩效目标申报表"), "", self._tools)

    def _weighing(self, calls: Calls) -> list[QAction]:
        """Fill the menu of 分配分值; return its entries, which stand in the menu "…" of a narrow window."""
        menu, found = self.weights.menu(), []
        for word, keys, call in ((tr("平均分配"), "", calls.evenly), (tr("按指标库建议"), "", calls.by_library),
                                 (tr("补足到满分"), "Ctrl+F7", calls.fill_up)):
            if call is not None:
                found.append(self.more.add(word, "list", call, keys))
                menu.addAction(found[-1])
        return found

    def show_none(self, *, maker: bool) -> None:
        """Show the header without a project."""
        for tool in self._tools:
            tool.hide()
        for action in self.more.menu.actions():
            action.setVisible(False)
        self._new.setVisible(maker)
        self.header.set_state("")
        self.header.saved.show_saved("")

    def show_session(self, session: PerformanceSession, showing: Showing, width: int) -> None:
        """Show what can be done now and fits.

        Args:
            session: Project and goal.
            showing: Where they stand.
            width: Of the header.
        """
        self.header.set_title(tr("绩效目标申报表") if showing.on_goal else tr("项目申报表"))
        for fold in (WHOLE, BRIEF, FOLDED, TIGHT):
            self._show(session, showing, fold)
            if self.header.wanted() <= width:
                return

    def _show(self, session: PerformanceSession, showing: Showing, fold: int) -> None:
        free_goal = session.goal_editable() and showing.on_goal
        free = session.goal_editable() or session.project_editable()
        weighable = free_goal and session.goal is not None and bool(session.goal.lines)
        self.header.saved.set_brief(fold >= BRIEF)
        for button in self.fillers.values():
            button.setVisible(free_goal and fold < FOLDED)
        for action in self._folded:
            action.setVisible(free_goal and fold >= FOLDED)
        self.weights.setVisible(weighable and fold < TIGHT)
        for action in self._weigh:
            action.setVisible(weighable)
            self.more.menu.removeAction(action)
            if fold == TIGHT:
                self.more.menu.insertAction(self._new, action)
        for one in (self._own, self._changes, self._import):
            if one is not None:
                one.setVisible(free_goal)
        if self._export is not None:
            self._export.setVisible(showing.on_goal and session.goal is not None)
        self.picker.setVisible(free_goal and showing.narrow)
        self.audit.setVisible(free)
        self._new.setVisible(showing.maker)
        if self._all is not None:
            self._all.setVisible(showing.maker and showing.ready > 1)
            self._all.setText(tr("填好的 {count} 个项目一起送复核…", count=showing.ready))
        self._remove.setVisible(free_goal)
        stack = session.undo_stack
        self._undo.setVisible(free and stack.canUndo())
        self._redo.setVisible(free and stack.canRedo())
        self._undo.setText(tr("撤销 {what}", what=stack.undoText()))
        self._redo.setText(tr("重做 {what}", what=stack.redoText()))
        self._history.setVisible(True)
        self._void.setVisible(Act.VOID in showing.acts)
        self.more.button.show()
        # While something is wrong, looking at it is the next step; the button stays so that it can be found.
        self.audit.set_kind("primary" if free and showing.errors else "flat")
        self.steps.show_acts(showing.acts, first_filled=not showing.errors)


def _button(word: str, icon: str, call: Call) -> Button:
    button = Button(word, "flat", icon)
    button.clicked.connect(lambda checked: call())
    return button
