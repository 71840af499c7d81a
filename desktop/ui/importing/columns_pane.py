"""Step 2: what each column is, with the reason of every guess, what stands in every row, and how the rows look."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from desktop.domain.importing.header import HEAD_WITHIN, SURE, Guess
from desktop.domain.importing.table import Table, is_blank, text_of
from desktop.domain.importing.target import Kind, TargetColumn
from desktop.domain.importing.values import Unfit, convert
from desktop.texts import importing, tr
from desktop.ui.grid.columns import NO_MARK, TAKEN, ColumnSpec, Mark, Outcome, Rich, SheetSource
from desktop.ui.grid.model import SheetModel
from desktop.ui.grid.sheet import Sheet
from desktop.ui.importing.session import ImportSession
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.choices import Choice
from desktop.ui.kit.inputs import SelectInput
from desktop.ui.kit.labels import Label
from desktop.ui.kit.panels import SectionTitle
from desktop.ui.kit.typography import px

PREVIEW_ROWS = 50
LOW = 400  # logical pixels at 10 pt below which the guesses take the whole room
LEFT_OUT = Choice("", tr("不导入"), "bdr", shown=tr("不导入"))
_SAMPLES = 3


class ColumnsPane(QWidget):
    """The second step: the mapping, the fixed values, the first 50 rows."""

    def __init__(self, session: ImportSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.sheets, self.heads = SelectInput(), SelectInput()
        self.sheets.setAccessibleName(tr("工作表"))
        self.heads.setAccessibleName(tr("表头在哪一行"))
        self._sheet_label = Label(tr("工作表"), tone="text2")
        self.said = Label("", tone="text2")
        self.turn = Button("", "flat", "eye")
        self.turn.hide()
        choices = [LEFT_OUT, *(Choice(one.key, one.title, shown=one.title) for one in session.target.columns)]
        self.mapping = Sheet(SheetModel(_mapping_columns(choices), MappingSource(session)))
        self.mapping.view.setAccessibleName(tr("每一列是什么"))
        self.fixed = Sheet(SheetModel(_fixed_columns(), FixedSource(session)))
        self.fixed.view.setAccessibleName(tr("表里没有的栏目"))
        for sheet in (self.mapping, self.fixed):
            sheet.model.setParent(sheet)
            sheet.view.set_direction("down")
        self.preview: Sheet | None = None
        self._shown: tuple[object, ...] = ()
        self._read = 0
        self._rows_wanted = False
        self._lay_out()
        self.sheets.chosen.connect(self._choose_sheet)
        self.heads.chosen.connect(self._choose_head)
        self.turn.clicked.connect(self._turn)
        session.fixed_changed.connect(self._say)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(16, 8, 16, 8)
        top.setSpacing(8)
        for part in (self._sheet_label, self.sheets, Label(tr("表头"), tone="text2"), self.heads):
            top.addWidget(part)
        self.sheets.setMinimumWidth(px(160))
        self.heads.setMinimumWidth(px(150))
        top.addSpacing(8)
        top.addWidget(self.said, 1)
        top.addWidget(self.turn)
        self._upper = upper = QSplitter(Qt.Orientation.Horizontal)
        upper.addWidget(_titled(SectionTitle(tr("每一列是什么"), tr("猜错的在“导入为”里改")), self.mapping))
        upper.addWidget(_titled(SectionTitle(tr("表里没有的栏目"), tr("可以给每一行填同一个值")), self.fixed))
        upper.setStretchFactor(0, 3)
        upper.setStretchFactor(1, 2)
        upper.setChildrenCollapsible(False)
        below = _titled(SectionTitle(tr("前 {count} 行", count=PREVIEW_ROWS), tr("蓝色是要导入的列")), QWidget())
        self._preview_place = below
        whole = QSplitter(Qt.Orientation.Vertical)
        whole.addWidget(upper)
        whole.addWidget(below)
        whole.setStretchFactor(0, 3)
        whole.setStretchFactor(1, 2)
        whole.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(whole, 1)

    # -- room

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _turn(self) -> None:
        self._rows_wanted = not self._rows_wanted
        self._share()

    def _share(self) -> None:
        """Show guesses and rows one over the other, or where the window is low the one that is wanted."""
        low = self.height() < px(LOW)
        self.turn.setVisible(low)
        self.turn.setText(tr("看每一列") if self._rows_wanted else tr("看前 {count} 行", count=PREVIEW_ROWS))
        self._upper.setVisible(not (low and self._rows_wanted))
        self._preview_place.setVisible(not low or self._rows_wanted)

    # -- showing

    def show_state(self) -> None:
        """Show the sheet, its head, the guesses and the first rows."""
        state = self._session.state
        table, found = state.table, state.recognition
        if table is None or found is None:
            return
        self.sheets.set_rows([_sheet_choice(at, one) for at, one in enumerate(state.tables)])
        self.sheets.set_choice(_sheet_choice(state.chosen, table))
        for part in (self.sheets, self._sheet_label):
            part.setVisible(len(state.tables) > 1)
        heads = _head_choices(table)
        self.heads.set_rows(heads)
        code = f"{found.top}:{found.bottom}"
        known = next((one for one in heads if one.code == code), None)
        self.heads.set_choice(known or _rows_choice(table, found.top, found.bottom))
        self._say()
        again = id(table) == self._read
        self._read = id(table)
        # A choice is just being written into the first table: its rows stay the same.
        (self.mapping.model.refresh if again else self.mapping.model.reload)()
        self.fixed.model.reload()
        key = (id(table), found.top, found.bottom, tuple(guess.key for guess in found.guesses))
        if key != self._shown:
            self._shown = key
            self._show_preview(table, found.bottom, found.guesses)

    def _say(self) -> None:
        found = self._session.state.recognition
        used = [guess for guess in found.guesses if guess.key] if found is not None else []
        look = sum(guess.points < SURE for guess in used)
        missing = self._session.missing()
        if missing:
            self.said.set_tone("err")
            self.said.setText(tr("还缺：{names}", names="、".join(missing)))
        else:
            self.said.set_tone("ok" if not look else "warn")
            words = tr("认出 {count} 列", count=len(used))
            self.said.setText(words if not look else tr("{words}，其中 {look} 列请看一眼", words=words, look=look))

    def _show_preview(self, table: Table, bottom: int, guesses: Sequence[Guess]) -> None:
        columns = [ColumnSpec("#", tr("行"), "text", 44, align="right")]
        titles = {one.key: one.title for one in self._session.target.columns}
        for guess in guesses:
            letter = table.column_name(guess.at)
            name = f"{letter} → {titles[guess.key]}" if guess.key else f"{letter} {guess.title}".strip()
            number = guess.key and self._session.target.column(guess.key).kind is Kind.AMOUNT
            columns.append(ColumnSpec(str(guess.at), name, "rich", 118, align="right" if number else ""))
        fresh = Sheet(SheetModel(columns, PreviewSource(table, bottom, guesses)), frozen=1)
        fresh.model.setParent(fresh)
        fresh.view.setAccessibleName(tr("前 50 行"))
        layout = self._preview_place.layout()
        if layout is None:
            return
        old = layout.takeAt(1)
        widget = old.widget() if old is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        layout.addWidget(fresh)
        self.preview = fresh

    def _choose_sheet(self, choice: object) -> None:
        if isinstance(choice, Choice):
            self._session.choose_table(int(choice.code))

    def _choose_head(self, choice: object) -> None:
        if isinstance(choice, Choice):
            top, _, bottom = choice.code.partition(":")
            self._session.choose_head(int(top), int(bottom))

    def panes(self) -> Sequence[QWidget]:
        """Return what F6 walks through."""
        return [part for part in (self.mapping.view, self.fixed.view, self.preview and self.preview.view) if part]


def _titled(title: SectionTitle, content: QWidget) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(16, 4, 0, 0)
    column.setSpacing(4)
    column.addWidget(title)
    column.addWidget(content, 1)
    return box


def _sheet_choice(at: int, table: Table) -> Choice:
    name = tr("{name}（隐藏的）", name=table.name) if table.hidden else table.name
    return Choice(str(at), name, detail=tr("{rows} 行", rows=len(table.rows)), shown=name)


def _rows_choice(table: Table, top: int, bottom: int) -> Choice:
    name = tr("第 {first}–{last} 行", first=table.row_number(top), last=table.row_number(bottom))
    return Choice(f"{top}:{bottom}", name, shown=name)


def _head_choices(table: Table) -> list[Choice]:
    rows = []
    for at in range(min(HEAD_WITHIN, len(table.rows))):
        words = " ".join(text_of(cell) for cell in table.rows[at] if not is_blank(cell))[:24]
        number = table.row_number(at)
        rows.append(Choice(f"{at}:{at}", tr("第 {row} 行", row=number), detail=words))
        if at + 1 < len(table.rows):
            both = tr("第 {row}、{next} 两行", row=number, next=number + 1)
            rows.append(Choice(f"{at}:{at + 1}", both, detail=words))
    rows.append(Choice("-1:-1", tr("没有表头"), detail=tr("第一行就是内容")))
    return [Choice(one.code, one.name, one.initials, one.detail, one.name) for one in rows]


# -- the three tables


def _mapping_columns(choices: Sequence[Choice]) -> tuple[ColumnSpec, ...]:
    return (
        ColumnSpec("letter", tr("列"), "text", 36, align="center"),
        ColumnSpec("title", tr("表头"), "rich", 120, stretch=1),
        ColumnSpec("key", tr("导入为"), "choice", 120, editable=True, choices=tuple(choices)),
        ColumnSpec("why", tr("为什么"), "rich", 180, stretch=2),
        ColumnSpec("samples", tr("内容举例"), "text", 150, stretch=1, fold_below=760),
    )


class MappingSource(SheetSource):
    """A row for each column of the foreign table."""

    def __init__(self, session: ImportSession) -> None:
        self._session = session

    def _guesses(self) -> Sequence[Guess]:
        found = self._session.state.recognition
        return found.guesses if found is not None else ()

    def row_count(self) -> int:
        return len(self._guesses())

    def value(self, row: int, key: str) -> object:
        guess, table = self._guesses()[row], self._session.state.table
        if key == "letter":
            return table.column_name(guess.at) if table is not None else ""
        if key == "title":
            return Rich(guess.title or tr("（没有表头）"), bold=bool(guess.key), tone="text" if guess.key else "dis")
        if key == "key":
            title = self._session.target.column(guess.key).title if guess.key else ""
            return Choice(guess.key, title, shown=title) if guess.key else LEFT_OUT
        if key == "why":
            sure = guess.points >= SURE
            tone = "dis" if not guess.key else "ok" if sure else "warn"
            icon = "" if not guess.key else "check" if sure else "question"
            return Rich(importing.guess(guess.why, guess.facts), tone, icon)
        return self._samples(guess.at)

    def _samples(self, at: int) -> str:
        state = self._session.state
        if state.table is None or state.recognition is None:
            return ""
        start = state.recognition.bottom + 1
        cells = [row[at] for row in state.table.rows[start : start + PREVIEW_ROWS] if not is_blank(row[at])]
        return "、".join(text_of(cell).strip() for cell in cells[:_SAMPLES])

    def set_value(self, row: int, key: str, value: object) -> Outcome:
        code = value.code if isinstance(value, Choice) else ""
        self._session.choose_column(self._guesses()[row].at, code)
        return TAKEN


def _fixed_columns() -> tuple[ColumnSpec, ...]:
    return (
        ColumnSpec("title", tr("栏目"), "rich", 110),
        ColumnSpec("text", tr("每一行都填"), "text", 130, editable=True, stretch=2),
        ColumnSpec("help", tr("说明"), "rich", 120, stretch=3),
    )


class FixedSource(SheetSource):
    """A row for each column of ours that the foreign table lacks."""

    def __init__(self, session: ImportSession) -> None:
        self._session = session

    def rows(self) -> list[TargetColumn]:
        """Return the columns of ours that no column of the file fills."""
        found = self._session.state.recognition
        mapped = found.mapping() if found is not None else {}
        return [column for column in self._session.target.columns if column.key not in mapped]

    def row_count(self) -> int:
        return len(self.rows())

    def value(self, row: int, key: str) -> object:
        column = self.rows()[row]
        if key == "title":
            return Rich(column.title + (" *" if column.required else ""), bold=column.required)
        if key == "text":
            return self._session.state.fixed.get(column.key, "")
        return Rich(self._meaning(column), "text2")

    def _meaning(self, column: TargetColumn) -> str:
        """Return what a typed code means, or what belongs here."""
        if column.kind is Kind.CODE and column.key in self._session.state.fixed:
            code = self._session.fixed_values().get(column.key)
            item = self._session.reading().lists[column.list_name].get(str(code)) if code else None
            if item is not None:
                return item.name
        return column.help

    def set_value(self, row: int, key: str, value: object) -> Outcome:
        column = self.rows()[row]
        self._session.fix(column.key, str(value or "").strip())
        return TAKEN

    def read_only_reason(self, row: int, key: str) -> str:
        fits = self.rows()[row].fixed
        return "" if fits else tr("这一栏每一行都不同，表里必须有这一列")

    def mark(self, row: int, key: str) -> Mark:
        column = self.rows()[row]
        text = self._session.state.fixed.get(column.key, "")
        if key != "text":
            return NO_MARK
        if not text:
            return Mark("error", tr("必填：表里没有这一列")) if column.required else NO_MARK
        try:
            convert(text, column, self._session.reading(), typed=True)
        except Unfit as unfit:
            return Mark("error", importing.flaw(unfit.code, unfit.facts))
        return NO_MARK


class PreviewSource(SheetSource):
    """The first rows under the head, as the file shows them."""

    def __init__(self, table: Table, bottom: int, guesses: Sequence[Guess]) -> None:
        self._table, self._start = table, bottom + 1
        self._used = {guess.at for guess in guesses if guess.key}

    def row_count(self) -> int:
        return min(PREVIEW_ROWS, len(self._table.rows) - self._start)

    def value(self, row: int, key: str) -> object:
        at = self._start + row
        if key == "#":
            return str(self._table.row_number(at))
        text = text_of(self._table.rows[at][int(key)])
        return Rich(text, "accent" if int(key) in self._used else "dis")
