"""The tools of the performance page's header; each is shown only while it can do something."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QMenu, QWidget

from desktop.texts import tr
from desktop.ui.documents.actions import Act
from desktop.ui.documents.tools import MoreMenu, StepButtons
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.panels import Header
from desktop.ui.performance.session import PerformanceSession


@dataclass(frozen=True, slots=True)
class Calls:
    """What the tools do."""

    evenly: Callable[[], None]
    by_library: Callable[[], None]
    review: Callable[[], None]
    take: Callable[[Act], None]
    picker: Callable[[], None]
    remove: Callable[[], None]
    undo: Callable[[], None]
    redo: Callable[[], None]
    new_project: Callable[[], None]
    history: Callable[[], None]


class BenchTools:
    """Makes the header and shows what fits the session and the tab."""

    def __init__(self, calls: Calls, parent: QWidget) -> None:
        self.weights = Button(tr("分配分值"), "flat", "list")
        menu = QMenu(parent)
        for word, call in ((tr("平均分配"), calls.evenly), (tr("采用指标库默认权重"), calls.by_library)):
            menu.addAction(word).triggered.connect(call)
        self.weights.setMenu(menu)
        self.picker = Button(tr("选指标"), "flat", "plus", "F7")
        self.picker.clicked.connect(calls.picker)
        self.audit = Button(tr("审核"), "flat", "shield", "F8")
        self.audit.clicked.connect(calls.review)
        self.more = MoreMenu(parent)
        self._new = self.more.add(tr("新增项目"), "plus", calls.new_project, "Ctrl+N F5")
        self._remove = self.more.add(tr("移出所选指标"), "trash", calls.remove, "Ctrl+Del")
        self._undo = self.more.add(tr("撤销"), "undo", calls.undo, "Ctrl+Z")
        self._redo = self.more.add(tr("重做"), "redo", calls.redo, "Ctrl+Y")
        self._history = self.more.add(tr("修改记录…"), "history", calls.history)
        self._void = self.more.add(tr("作废这个项目和目标"), "trash", lambda: calls.take(Act.VOID))
        self.steps = StepButtons(calls.take, parent)
        tools: Sequence[QWidget] = (self.weights, self.picker, self.more.button, self.audit,
                                    *self.steps.buttons.values())
        self.header = Header(tr("绩效目标申报表"), "", tools)

    def show_none(self, *, maker: bool) -> None:
        """Show the header without a project."""
        for button in (self.weights, self.picker, self.more.button, self.audit, *self.steps.buttons.values()):
            button.hide()
        for action in (self._remove, self._undo, self._redo, self._history, self._void):
            action.setVisible(False)
        self._new.setVisible(maker)
        self.header.set_state("")
        self.header.saved.show_saved("")

    def show_session(
        self,
        session: PerformanceSession,
        acts: Sequence[Act],
        *,
        on_goal: bool,
        errors: bool,
        narrow: bool,
        maker: bool,
    ) -> None:
        """Show what can be done now."""
        free_goal = session.goal_editable() and on_goal
        free = session.goal_editable() or session.project_editable()
        self.header.set_title(tr("绩效目标申报表") if on_goal else tr("项目申报表"))
        self.weights.setVisible(free_goal and session.goal is not None and bool(session.goal.lines))
        self.picker.setVisible(free_goal and narrow)
        self.audit.setVisible(free)
        self._new.setVisible(maker)
        self._remove.setVisible(free_goal)
        stack = session.undo_stack
        self._undo.setVisible(free and stack.canUndo())
        self._redo.setVisible(free and stack.canRedo())
        self._undo.setText(tr("撤销 {what}", what=stack.undoText()))
        self._redo.setText(tr("重做 {what}", what=stack.redoText()))
        self._history.setVisible(True)
        self._void.setVisible(Act.VOID in acts)
        self.more.button.show()
        # While something is wrong, looking at it is the next step; the button stays so that it can be found.
        self.audit.set_kind("primary" if free and errors else "flat")
        self.steps.show_acts(acts, first_filled=not errors)
