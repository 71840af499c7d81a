"""What the program does with the thing in front for a key of the frame: prints it, exports it, imports into it, …

Pages and documents offer what is needed by methods of agreed names; a page without one has nothing for that key.
"""

from collections.abc import Sequence
from decimal import Decimal
from importlib import import_module

from PySide6.QtGui import QGuiApplication, QUndoStack
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.money import LARGEST
from desktop.domain.words import in_words
from desktop.texts import tr
from desktop.ui.app.origin import origin_of, show_way_back
from desktop.ui.app.pages import there
from desktop.ui.app.routes import HELP
from desktop.ui.context import Context
from desktop.ui.grid.view import SheetView
from desktop.ui.kit.dialogs import ask_line
from desktop.ui.kit.inputs import AmountInput
from desktop.ui.kit.problems import ProblemsPanel
from desktop.ui.shell.commands import Call, offered
from desktop.ui.shell.keys import key as command_key
from desktop.ui.shell.main_window import MainWindow
from desktop.usecases.practice import is_rehearsal

_FEN = Decimal("0.01")
FIRST_NODE, FIRST_PRACTICE = "1.01.01", "practice/voucher"
_PRINTING, _EXPORTING, _IMPORTING = (
    "desktop.ui.printing.preview", "desktop.ui.importing.exporting", "desktop.ui.importing"
)


class FrontKeys:
    """Teaches the frame's commands what to do with what is in front.

    Args:
        window: The frame.
        context: Of the open workspace.
    """

    def __init__(self, window: MainWindow, context: Context) -> None:
        self._window, self._context = window, context
        for name, helper in (
            ("print", self._print), ("export", self._export), ("import", self._import),
            ("go-to-row", self._go_to_row), ("amount-words", self._amount_words), ("save", self._save),
            ("find", lambda front: self._find(front, replace=False)),
            ("replace", lambda front: self._find(front, replace=True)),
            ("problems", self._problems), ("next-problem", self._next_problem),
            ("undo", lambda front: self._step(front, "undo")), ("redo", lambda front: self._step(front, "redo")),
        ):
            window.commands.help_with(name, helper)
        if window.has_page(HELP):
            window.commands.bind("help", self.help)
            window.commands.bind("guide", lambda: context.open_page(HELP, FIRST_NODE))
            context.run(window, is_rehearsal, self._offer_practice)

    # -- help

    def help(self) -> None:
        """Open the help about the field with the cursor, else about what is in front (F1)."""
        for front in self._window.fronts():
            topic = getattr(front, "help_topic", None)
            found = topic() if callable(topic) else ""
            if found:
                origin = origin_of(self._window)
                self._context.open_page(HELP, str(found))
                show_way_back(self._window, origin)
                return
        self._context.open_page(HELP)

    def _offer_practice(self, rehearsal: bool) -> None:
        """Let the menu lead to the practice; elsewhere it stays grey."""
        if rehearsal:
            self._window.commands.bind("practice", lambda: self._context.open_page(HELP, FIRST_PRACTICE))

    # -- paper and tables

    def _print(self, front: QWidget) -> Call | None:
        reports = getattr(front, "reports", None)
        if not callable(reports) or not there(_PRINTING):
            return None

        def show() -> None:
            found: Sequence[object] = reports()
            if found:
                import_module(_PRINTING).open_preview(self._window, self._context, found)
            else:
                self._context.say(tr("这里现在没有可以打印的内容。"), "info")

        return show

    def _export(self, front: QWidget) -> Call | None:
        table = getattr(front, "export_table", None)
        sheet = table() if callable(table) else None
        if sheet is None or not there(_EXPORTING):
            return None
        title = self._window.state().unit_name
        return lambda: import_module(_EXPORTING).export_sheet(self._window, self._context, sheet, title)

    def _import(self, front: QWidget) -> Call | None:
        target = getattr(front, "import_target", None)
        key = str(target()) if callable(target) else ""
        if not key or not there(_IMPORTING):
            return None

        def begin() -> None:
            if not self._context.refuses_new():
                import_module(_IMPORTING).open_wizard(self._window, self._context, key)

        return begin

    # -- tables in front

    def _sheet(self, front: QWidget) -> SheetView | None:
        """Return the table with the cursor, else the only one to be seen."""
        focus = QApplication.focusWidget()
        shown = [view for view in front.findChildren(SheetView) if view.isVisible()]
        with_cursor = [view for view in shown if focus is view or (focus is not None and view.isAncestorOf(focus))]
        return next(iter(with_cursor or shown[:1]), None)

    def _go_to_row(self, front: QWidget) -> Call | None:
        view = self._sheet(front)
        if view is None or view.sheet.rowCount() == 0:
            return None

        def ask() -> None:
            most = view.sheet.source.row_count()
            typed = ask_line(tr("到某一行"), tr("这张表有 {most} 行，输入行号。", most=most), verb=tr("转到"),
                             hint=tr("行号"), parent=self._window)
            if typed is None:
                return
            if not typed.isdigit() or not 1 <= int(typed) <= most:
                self._context.say(tr("没有第 {typed} 行，这张表共 {most} 行。", typed=typed, most=most), "warning")
                return
            column = max(0, view.at()[1])
            view.go_to(int(typed) - 1, view.sheet.columns[column].key)
            view.setFocus()

        return ask

    def _find(self, front: QWidget, *, replace: bool) -> Call | None:
        """Open the find bar of the table in front, where the page has no search of its own for the key."""
        view = self._sheet(front)
        if view is None or not view.viewing.filters or (replace and view.lists) or offered(front, command_key("find")):
            return None
        return lambda: view.viewing.find_wanted.emit(replace)

    def _amount_words(self, front: QWidget) -> Call | None:
        amount = self._amount(front)
        if amount is None or abs(amount) > LARGEST:
            return None
        words = in_words(amount.quantize(_FEN))

        def copy() -> None:
            QGuiApplication.clipboard().setText(words)
            self._context.say(tr("已复制大写：{words}", words=words))

        return copy

    def _amount(self, front: QWidget) -> Decimal | None:
        focus = QApplication.focusWidget()
        if isinstance(focus, AmountInput):
            return focus.amount()
        view = self._sheet(front)
        row, column = view.at() if view is not None else (-1, -1)
        if view is None or row < 0 or column < 0 or view.sheet.columns[column].kind != "amount":
            return None
        return view.sheet.number(row, column)

    def _step(self, front: QWidget, way: str) -> Call | None:
        """Undo or redo in the table with the cursor, when it has something to undo or redo."""
        view = self._sheet(front)
        stack: QUndoStack | None = view.sheet.undo_stack if view is not None else None
        if stack is None:
            return None
        if way == "undo":
            return stack.undo if stack.canUndo() else None
        return stack.redo if stack.canRedo() else None

    # -- saving

    def _save(self, front: QWidget) -> Call | None:
        """Pages that save by themselves at each step have handed everything on once typing is finished."""
        if not front.findChildren(SheetView) and not isinstance(QApplication.focusWidget(), AmountInput):
            return None
        now = self._context.seat().clock.now()
        return lambda: self._context.say(tr("{time} 已保存。", time=f"{now:%H:%M}"))

    def _problems(self, front: QWidget) -> Call | None:
        panel = self._panel(front)
        if panel is None:
            return None
        if not panel.rows() and panel.isHidden():
            return self._no_problem
        return panel.turn

    def _next_problem(self, front: QWidget) -> Call | None:
        panel = self._panel(front)
        if panel is None:
            return None
        return panel.open_next if panel.rows() else self._no_problem

    def _no_problem(self) -> None:
        self._context.say(tr("这里没有问题。"))

    @staticmethod
    def _panel(front: QWidget) -> ProblemsPanel | None:
        return next(iter(front.findChildren(ProblemsPanel)), None)
