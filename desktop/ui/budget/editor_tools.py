"""The header of the budget's editor: which tools and entries are shown, by form, standing and width."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QWidget

from desktop.texts import tr
from desktop.ui.documents.actions import Act
from desktop.ui.documents.tools import MoreMenu, StepButtons
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.panels import Header
from desktop.ui.kit.typography import px

# How the header folds until it fits: everything; a short saved mark; two tools in "…"; only what is done every day.
WHOLE, BRIEF, FOLDED, TIGHT = range(4)
NARROW = 570  # logical pixels at 10 pt below which the strip under the header has no room for its switches either


@dataclass(frozen=True, slots=True)
class Calls:
    """What the tools do."""

    settle: Callable[[], None]
    last_year: Callable[[], None]
    adjust: Callable[[], None]
    review: Callable[[], None]
    take: Callable[[Act], None]
    add: Callable[[], None]
    remove: Callable[[], None]
    only_numbers: Callable[[], None]
    change_unit: Callable[[], None]
    history: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Showing:
    """What decides about the tools.

    Attributes:
        free: The budget may be typed into.
        typed: The form in front is filled in, not computed.
        lines: It holds lines of expenditure.
        errors: Something keeps the budget back.
    """

    free: bool
    typed: bool
    lines: bool
    errors: bool
    acts: Sequence[Act]
    in_wan: bool


class EditorTools:
    """Buttons for what is done every day, the menu "…" for the rest and for what has no room."""

    def __init__(self, title: str, calls: Calls, undo: QUndoStack, parent: QWidget) -> None:
        self._undo = undo
        self.tight = False
        self.calculate = Button(tr("运算"), "flat", "calculator", "F9")
        self.last_year = Button(tr("取上年数"), "flat", "history")
        self.bulk = Button(tr("批量调整"), "flat", "list")
        self.audit = Button(tr("审核"), "flat", "shield", "F8")
        for button, call in ((self.calculate, calls.settle), (self.last_year, calls.last_year),
                             (self.bulk, calls.adjust), (self.audit, calls.review)):
            button.clicked.connect(call)
        self.more = MoreMenu(parent)
        self._lines = (self.more.add(tr("新增一行"), "plus", calls.add, "Ctrl+N F5"),
                       self.more.add(tr("删除所选行"), "trash", calls.remove, "Ctrl+Del"))
        self._steps = (self.more.add(tr("撤销"), "undo", undo.undo, "Ctrl+Z"),
                       self.more.add(tr("重做"), "redo", undo.redo, "Ctrl+Y"))
        self._settle = self.more.add(tr("运算"), "calculator", calls.settle)
        self._folded = (self.more.add(tr("取上年数"), "history", calls.last_year),
                        self.more.add(tr("批量调整"), "list", calls.adjust))
        self._view = (self.more.add(tr("只看有数行"), "filter", calls.only_numbers),
                      self.more.add("", "eye", calls.change_unit))
        self.more.add(tr("修改记录…"), "history", calls.history)
        self.steps = StepButtons(calls.take, parent)
        tools = (self.calculate, self.last_year, self.bulk, self.more.button, self.audit)
        self.header = Header(title, "", (*tools, *self.steps.buttons.values()))

    def show(self, showing: Showing, width: int) -> None:
        """Show what fits.

        Args:
            showing: The standing.
            width: Of the header, logical pixels.
        """
        least = TIGHT if width < px(NARROW) else WHOLE
        for fold in range(least, TIGHT + 1):
            self._show(showing, fold)
            if self.header.wanted() <= width:
                return

    def _show(self, showing: Showing, fold: int) -> None:
        free, lines = showing.free, showing.free and showing.lines
        wide, self.tight = fold < FOLDED, fold == TIGHT
        self.header.saved.set_brief(fold >= BRIEF)
        self.calculate.setVisible(free and not self.tight)
        self.last_year.setVisible(lines and wide)
        self.bulk.setVisible(lines and wide)
        self.audit.setVisible(free)
        self.audit.set_kind("primary" if showing.errors else "flat")
        self._settle.setVisible(free and self.tight)
        for action in self._folded:
            action.setVisible(lines and not wide)
        for action in self._lines:
            action.setVisible(free and showing.typed)
        for action in self._view:
            action.setVisible(showing.typed and self.tight)
        self._view[1].setText(tr("按元查看") if showing.in_wan else tr("按万元查看"))
        self._show_undo(free)
        self.more.button.setVisible(free or (showing.typed and self.tight))
        acts = [act for act in showing.acts if not (act is Act.PRESENT and showing.errors)]
        self.steps.show_acts(acts, first_filled=not showing.errors)

    def _show_undo(self, free: bool) -> None:
        undo, redo = self._steps
        undo.setVisible(free and self._undo.canUndo())
        redo.setVisible(free and self._undo.canRedo())
        undo.setText(tr("撤销 {what}", what=self._undo.undoText()))
        redo.setText(tr("重做 {what}", what=self._undo.redoText()))
