"""The model of every table: shows a `SheetSource`, keeps typed text that could not be read, undoes."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QUndoStack

from desktop.ui.grid.columns import (
    ColumnSpec,
    Mark,
    Rich,
    SheetSource,
    plain,
    show,
    typed_form,
)
from desktop.ui.grid.edits import CellChange, Draft, NamedStep, RemoveCommand, SheetCommand, Written, read_or_draft
from desktop.ui.grid.formula import Recomputed
from desktop.ui.grid.look import CellLook, alignment, spoken
from desktop.ui.grid.pasting import PastePlan, PasteReport
from desktop.ui.grid.rows import TOP, Index, RowsModel
from desktop.ui.kit.paint import LEFT

UNDO_STEPS = 200
_READ = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_WRITE = _READ | Qt.ItemFlag.ItemIsEditable     # made once: Qt asks for every cell that it draws


class SheetModel(RowsModel):
    """Rows of a source under the given columns; one more row for a new line if the source takes new rows.

    Rows are counted as they are shown, in Qt's indexes, signals and all methods here, unless a name or its
    description says source row: `arrange` filters and sorts without touching the source. What undo steps, drafts
    and marks remember are source rows, so that they stay true under every arrangement.

    Signals:
        edited(): After any change by the user, undo or redo; the page saves then.
        refused(str): A single edit was not taken; the message.
        pasted(object): A PasteReport.
        stepped(object): An undo or redo went through; the source rows that it wrote, shown or not.
        undo_text_changed(str): Words for the button, "撤销 粘贴 12×3", empty when there is nothing to take back.
    """

    edited = Signal()
    refused = Signal(str)
    pasted = Signal(object)
    stepped = Signal(object)
    undo_text_changed = Signal(str)

    def __init__(self, columns: Sequence[ColumnSpec], source: SheetSource, undo: QUndoStack | None = None,
                 parent: QObject | None = None) -> None:
        super().__init__(source, parent)
        self.columns = tuple(columns)
        self.undo_stack = undo if undo is not None else QUndoStack(self)
        if undo is None:
            self.undo_stack.setUndoLimit(UNDO_STEPS)
        self._keys = {column.key: at for at, column in enumerate(self.columns)}
        self._drafts: dict[tuple[int, str], Draft] = {}
        self._looks: dict[int, list[CellLook]] = {}
        self.undo_stack.undoTextChanged.connect(self._tell_undo_text)

    def order_columns(self, keys: Sequence[str]) -> None:
        """Show the columns in this order; those that are not named keep theirs, behind. Rows stay as they are."""
        wanted = [key for key in keys if key in self._keys]
        left = [column.key for column in self.columns if column.key not in wanted]
        if [column.key for column in self.columns] == wanted + left:
            return
        self.beginResetModel()
        self.columns = tuple(self.columns[self._keys[key]] for key in wanted + left)
        self._keys = {column.key: at for at, column in enumerate(self.columns)}
        self.forget()
        self.endResetModel()

    # -- what Qt asks

    def columnCount(self, parent: Index = TOP) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _WRITE if self.editable(index.row(), index.column()) else _READ

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.look(index.row(), index.column()).text
        if role == Qt.ItemDataRole.EditRole:
            return self.typed(index.row(), index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            look = self.look(index.row(), index.column())
            return look.mark.message or look.text or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.look(index.row(), index.column()).align
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(self.columns[index.column()], self.look(index.row(), index.column()))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(self.columns):
            if role == Qt.ItemDataRole.DisplayRole:
                return self.columns[section].title
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return alignment(self.columns[section])
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or not self.editable(index.row(), index.column()):
            return False
        column = self.columns[index.column()]
        if column.kind == "text" and value in ("..", "//"):
            value = self._copied_from(index.row(), column.key, above=value == "..")
        if isinstance(value, str) and value == self.typed(index.row(), index.column()):
            return True
        self.enter([(index.row(), column.key, value)], f"输入{column.title}")
        draft = self.draft(index.row(), index.column())
        if draft is not None:
            self.refused.emit(draft.message)
        return True

    # -- reading

    def column_of(self, key: str) -> int:
        """Return the place of a column by its key.

        Raises:
            KeyError: There is no such column.
        """
        return self._keys[key]

    def editable(self, row: int, column: int) -> bool:
        """Tell whether a cell may be typed into."""
        spec = self.columns[column]
        if not spec.editable:
            return False
        if self.is_add_row(row):
            return bool(self.source.add_label())
        at = self.source_row(row)
        kind = self.source.row_kind(at)
        if kind != "data" and not (kind == "void" and spec.kind == "check"):
            return False
        return not self.source.read_only_reason(at, spec.key)

    def reason(self, row: int, column: int) -> str:
        """Return why a cell cannot be typed into, for the bubble."""
        spec = self.columns[column]
        own = "" if self.is_add_row(row) else self.source.read_only_reason(self.source_row(row), spec.key)
        by_tint = {"fx": "由公式算出，不能直接填写", "ro": "由财政下达或系统带出，不能修改"}
        return own or spec.reason or by_tint.get(spec.tint, "这里不能修改")

    def typed(self, row: int, column: int) -> str:
        """Return the text that an editor opens with: what was typed and not understood, or the value."""
        spec = self.columns[column]
        draft = self.draft(row, column)
        if draft is not None:
            return draft.text
        return "" if self.is_add_row(row) else typed_form(spec, self.value(row, spec.key))

    def clip(self, row: int, column: int) -> str:
        """Return the text of a cell for the clipboard."""
        spec = self.columns[column]
        draft = self.draft(row, column)
        if draft is not None:
            return draft.text
        if self.is_add_row(row):
            return ""
        value = self.value(row, spec.key)
        return str(self.source_row(row) + 1) if spec.kind == "index" and value is None else plain(spec, value)

    def number(self, row: int, column: int) -> Decimal | None:
        """Return the number in a cell of a numeric column, None for others."""
        if not self.columns[column].numeric:
            return None
        value = self.value(row, self.columns[column].key)
        return Decimal(value) if isinstance(value, (Decimal, int)) else None

    def draft(self, row: int, column: int) -> Draft | None:
        """Return the text in a cell that could not be read; None when there is none."""
        return self._drafts.get((self.source_row(row), self.columns[column].key))

    def draft_texts(self) -> dict[tuple[int, str], str]:
        """Return the texts that could not be read, by source row and key."""
        return {place: draft.text for place, draft in self._drafts.items()}

    def drafts(self) -> list[tuple[int, str, str]]:
        """Return source row, key and message of every cell whose text could not be read."""
        return [(row, key, draft.message) for (row, key), draft in sorted(self._drafts.items())]

    def look(self, row: int, column: int) -> CellLook:
        """Return what the delegate draws; whole rows are kept until they change."""
        looks = self._looks.get(row)
        if looks is None:
            looks = self._looks[row] = [self._look(row, spec) for spec in self.columns]
        return looks[column]

    def _look(self, row: int, spec: ColumnSpec) -> CellLook:
        align = alignment(spec)
        if self.is_add_row(row):
            first = next((column.key for column in self.columns if column.editable), "")
            text = "＋" if spec.kind == "index" else self.source.add_label() if spec.key == first else ""
            return CellLook(text, "", "dis", LEFT if spec.key == first else align, Mark(), "text", None, "add")
        at = self.source_row(row)
        row_kind, value = self.source.row_kind(at), self.source.value(at, spec.key)
        mark, draft = self.source.mark(at, spec.key), self._drafts.get((at, spec.key))
        if draft is not None:
            mark = Mark("error", draft.message, changed=True)
        text = draft.text if draft is not None else str(at + 1) if spec.kind == "index" and value is None \
            else show(spec, value)
        tone = self._tone(row, spec, value, row_kind)
        tint = {"error": "errbg", "warning": "warnbg"}.get(mark.level, "alt" if spec.kind == "index" else spec.tint)
        return CellLook(text, "alt" if row_kind == "group" else tint, tone, align, mark,
                        "text" if draft is not None else spec.kind, value, row_kind)

    def _tone(self, row: int, spec: ColumnSpec, value: object, row_kind: str) -> str:
        if row_kind == "void":
            return "dis"
        if isinstance(value, Rich):
            return value.tone
        if spec.numeric and isinstance(value, (Decimal, int)) and value < 0:
            return "neg"
        if spec.kind == "link":
            return "accent"
        if spec.kind == "index" or spec.tint == "ro":
            return "text2"
        repeated = spec.dim_repeat and row > 0 and self.value(row - 1, spec.key) == value
        return "dis" if repeated else "text"

    # -- changing

    def enter(self, cells: Iterable[tuple[int, str, object]], text: str) -> int:
        """Write values or typed texts as one undo step; return how many could not be read.

        Cells that may not be typed into are left out. Rows beyond the last are added when the source takes new rows.
        """
        last = self.shown_count()
        return self.write([(self.source_row(row), key, value) for row, key, value in cells
                           if self.editable(min(row, last), self._keys[key])], text)

    def write(self, wanted: Sequence[tuple[int, str, object]], text: str) -> int:
        """Write into source rows, shown or not, as one undo step; return how many could not be read.

        The cells must be such as may be changed; source rows beyond the last are added.
        """
        if not wanted:
            return 0
        have = self.source.row_count()
        added = max(0, max(row for row, _, _ in wanted) + 1 - have)
        known: dict[tuple[str, str], object] = {}
        changes = [self._change(row, key, value, known, new=row >= have) for row, key, value in wanted]
        command = SheetCommand(self, changes, have, added, text)
        self.undo_stack.push(command)
        return sum((change.row, change.key) in self._drafts for change in changes)

    def _change(self, row: int, key: str, value: object, known: dict[tuple[str, str], object], *,
                new: bool) -> CellChange:
        """Return one cell's change; `known` holds what texts were read as, since a block repeats its codes."""
        old, old_draft = (None, None) if new else (self.source.value(row, key), self._drafts.get((row, key)))
        if isinstance(value, Draft):
            return CellChange(row, key, old, old_draft, old, value)
        if not isinstance(value, str):
            return CellChange(row, key, old, old_draft, value, None)
        spec = self.columns[self._keys[key]]
        if spec.refs:
            made = read_or_draft(spec, value, None if new else self._named(row))
        else:
            if (key, value) not in known:
                known[key, value] = read_or_draft(spec, value)
            made = known[key, value]
        refused = made if isinstance(made, Draft) else None
        return CellChange(row, key, old, old_draft, made if refused is None else old, refused)

    def _named(self, row: int) -> dict[str, Decimal]:
        """Return the numbers of a source row by the titles of their columns."""
        found = {spec.title: self.source.value(row, spec.key) for spec in self.columns if spec.numeric}
        return {title: Decimal(value) for title, value in found.items() if isinstance(value, (Decimal, int))}

    def put(self, row: int, key: str, value: object, draft: Draft | None) -> None:
        """Write one cell of a source row without an undo step."""
        self.put_all([(row, key, value, draft)])

    def put_all(self, cells: Sequence[Written], *, drafts_only: bool = False) -> None:
        """Write cells of source rows without an undo step; the undo commands call it.

        With `drafts_only` the source is left alone: it brings its whole state back by itself.
        """
        for row, key, _, draft in cells:
            self._drafts.pop((row, key), None)
            if draft is not None:
                self._drafts[row, key] = draft
        if drafts_only:
            return
        taken = [(row, key, value) for row, key, value, draft in cells if draft is None]
        for (row, key, value), outcome in zip(taken, self.source.set_values(taken), strict=True):
            if not outcome.taken:
                shown = typed_form(self.columns[self._keys[key]], value)
                self._drafts[row, key] = Draft(shown, outcome.message or "这个值不能用")

    def forget(self) -> None:
        self._looks.clear()

    def follow(self, at: int, by: int) -> None:
        super().follow(at, by)
        self._shift_drafts(at, by)

    def _shift_drafts(self, at: int, by: int) -> None:
        gone = range(at, at - by) if by < 0 else range(0)
        self._drafts = {(row + by if row >= at else row, key): draft for (row, key), draft in self._drafts.items()
                        if row not in gone}

    def remove_rows(self, rows: Iterable[int]) -> int:
        """Remove lines as one undo step; return how many. Groups and the row for a new line stay."""
        wanted = sorted(at for at in {self.source_row(row) for row in rows if not self.is_add_row(row)}
                        if self.source.row_kind(at) == "data")
        if wanted and self.source.add_label():
            self.undo_stack.push(RemoveCommand(self, [self._kept(row) for row in wanted], f"删除 {len(wanted)} 行"))
            return len(wanted)
        return 0

    def push_step(self, text: str, redo: Callable[[], None], undo: Callable[[], None]) -> None:
        """Do a big step of the page (运算, 取上年数, an import) now, as one step under its own name."""
        self.undo_stack.push(NamedStep(text, redo, undo))

    def recompute(self) -> list[Recomputed]:
        """Let the source compute its formulas anew (运算) and return the cells that changed; one step if undoable."""
        specs = [spec for spec in self.columns if spec.tint == "fx"]
        before = {(row, spec.key): show(spec, self.source.value(row, spec.key))
                  for row in range(self.source.row_count()) for spec in specs}
        state = self.source.snapshot()
        if not self.source.recompute():
            return []
        changed = [Recomputed(row, spec.key, spec.title, before.get((row, spec.key), ""), after)
                   for row in range(self.source.row_count()) for spec in specs
                   if (after := show(spec, self.source.value(row, spec.key))) != before.get((row, spec.key), "")]
        if changed and state is not None:
            computed = self.source.snapshot()
            self.push_step("运算", lambda: self._restore(computed), lambda: self._restore(state))
        else:
            self.refresh()
        return changed

    def _restore(self, state: object) -> None:
        self.source.restore(state)
        self.refresh()
        self.edited.emit()

    def undo_text(self) -> str:
        """Return the words for taking back the last step, "撤销 粘贴 12×3"; empty when there is none."""
        return f"撤销 {self.undo_stack.undoText()}".strip() if self.undo_stack.canUndo() else ""

    def redo_text(self) -> str:
        """Return the words for doing the last step again; empty when there is none."""
        return f"重做 {self.undo_stack.redoText()}".strip() if self.undo_stack.canRedo() else ""

    def _tell_undo_text(self, text: str) -> None:
        # The text is what the stack says: it speaks a last time while it is already being taken down.
        self.undo_text_changed.emit(f"撤销 {text}" if text else "")

    def _kept(self, row: int) -> list[CellChange]:
        changes = []
        for spec in self.columns:
            if spec.editable:
                value, draft = self.source.value(row, spec.key), self._drafts.get((row, spec.key))
                changes.append(CellChange(row, spec.key, value, draft, None, None))
        return changes

    def _copied_from(self, row: int, key: str, *, above: bool) -> object:
        origin = row - 1 if above else 0
        if origin < 0 or origin >= self.shown_count():
            return ""
        return self.value(origin, key) or ""

    def paste(self, row: int, columns: Sequence[int], block: Sequence[Sequence[str]], *, as_text: bool = False,
              factor: Decimal | None = None) -> PasteReport:
        """Write a block of texts with its first row at `row` into these columns, one undo step.

        Args:
            as_text: An "=" in a column of numbers is not computed; the text stays, marked.
            factor: Amounts are multiplied by it, after the user agreed to have the unit of money converted.
        """
        plan = PastePlan(self, as_text=as_text, factor=factor)
        plan.read(row, columns, block)
        have = self.source.row_count()
        marked = self.write(plan.cells, f"粘贴 {len(block)}×{len(block[0])}")
        report = PasteReport(len(block), len(block[0]), len(plan.cells), tuple(plan.skipped), marked,
                             self.source.row_count() - have)
        if len(block) * len(block[0]) > 1:
            self.pasted.emit(report)
        elif plan.skipped:
            self.refused.emit(plan.skipped[0].reason)
        return report

    def reload(self) -> None:
        """Ask the source for everything again, after rows came, went or moved.

        Unreadable texts and the arrangement are dropped; who arranged the rows is told by `arrangement_lost`.
        """
        self._drafts.clear()
        self.give_up()
