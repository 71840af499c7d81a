"""Step 4: what importing would do, in numbers and row by row, before anything is written."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.importing.effect import CHANGE, NEW, REPEAT, SAME, Effect, Planned
from desktop.domain.importing.target import Kind
from desktop.domain.money import ZERO, format_yuan
from desktop.texts import importing, tr
from desktop.ui.grid.columns import ColumnSpec, Rich, SheetSource
from desktop.ui.grid.model import SheetModel
from desktop.ui.grid.sheet import Sheet
from desktop.ui.importing.check_pane import shown_value
from desktop.ui.importing.session import ImportSession
from desktop.ui.kit.choices import Choice
from desktop.ui.kit.inputs import SelectInput
from desktop.ui.kit.labels import Label
from desktop.ui.kit.panels import Panel
from desktop.ui.kit.typography import px
from desktop.usecases.import_desk import yuan

_TONES = {NEW: "ok", CHANGE: "warn", SAME: "dis", REPEAT: "warn"}
_WORDS = {
    NEW: tr("新增"), CHANGE: tr("覆盖"), REPEAT: tr("重复"), SAME: tr("没有变化"), "BAD": tr("有错，不导入"),
}
SKIP, TWICE = Choice("skip", tr("跳过重复的")), Choice("twice", tr("重复的也导入"))


class EffectPane(QWidget):
    """The fourth step."""

    def __init__(self, session: ImportSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._cards = {fate: _Card(word) for fate, word in _WORDS.items()}
        self.repeats = SelectInput((SKIP, TWICE))
        self.repeats.setAccessibleName(tr("重复的怎么办"))
        self.words = Label("", tone="text2", wrap=True)
        self.source = EffectSource(session)
        self.sheet = Sheet(SheetModel(_columns(), self.source), lists=True)
        self.sheet.model.setParent(self.sheet)
        self.sheet.view.setAccessibleName(tr("逐行结果"))
        cards = QHBoxLayout()
        cards.setContentsMargins(16, 12, 16, 0)
        cards.setSpacing(12)
        for card in self._cards.values():
            cards.addWidget(card, 1)
        line = QHBoxLayout()
        line.setContentsMargins(16, 10, 16, 10)
        line.addWidget(self.words, 1)
        line.addWidget(self.repeats)
        self.repeats.setMinimumWidth(px(150))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(cards)
        column.addLayout(line)
        column.addWidget(self.sheet, 1)
        self.repeats.chosen.connect(self._choose)

    def _choose(self, choice: Choice | None) -> None:
        if choice is not None:
            self._session.want_repeats(choice.code == TWICE.code)

    def show_effect(self) -> None:
        """Show the numbers and the rows."""
        effect, target = self._session.effect, self._session.target
        if effect is None:
            return
        for fate, card in self._cards.items():
            count = effect.bad if fate == "BAD" else effect.count(fate)
            card.show_count(count)
            card.setVisible(bool(count) or fate == NEW or (fate == CHANGE and target.overwrites))
        self.repeats.setVisible(bool(effect.count(REPEAT)))
        self.repeats.set_code(TWICE.code if self._session.state.repeats else SKIP.code)
        self.words.setText(self._sentence(effect))
        self.source.show(effect.planned)
        self.sheet.model.reload()

    def _sentence(self, effect: Effect) -> str:
        taken = effect.taken(repeats=self._session.state.repeats)
        skipped = self._session.found.skipped
        total = sum((yuan(one.row.values, "amount") for one in taken), ZERO)
        said = [tr("将导入 {count} 行，合计 {total} 元", count=len(taken), total=format_yuan(total))]
        if skipped.count():
            said.append(tr("合计行、表尾等 {count} 行已自动跳过", count=skipped.count()))
        if self._session.desk is not None and self._session.desk.subject_words:
            said.insert(0, tr("写入 {where}", where=self._session.desk.subject_words))
        return "；".join(said) + tr("。导入后可以整批撤销。")

    def panes(self) -> Sequence[QWidget]:
        """Return what F6 walks through."""
        return (self.sheet.view,)


class _Card(Panel):
    """A number with its word."""

    def __init__(self, word: str) -> None:
        super().__init__(10)
        self._number = Label("0", "large", bold=True)
        self.body.setSpacing(0)
        self.body.addWidget(self._number)
        self.body.addWidget(Label(word, "caption", "text2"))
        self._word = word

    def show_count(self, count: int) -> None:
        """Show a count."""
        self._number.setText(f"{count:,}")
        self._number.set_tone("text" if count else "dis")
        self.setAccessibleName(f"{self._word} {count}")


def _columns() -> tuple[ColumnSpec, ...]:
    return (
        ColumnSpec("#", tr("行"), "text", 48, align="right"),
        ColumnSpec("fate", tr("结果"), "rich", 92),
        ColumnSpec("what", tr("内容"), "text", 240, stretch=2),
        ColumnSpec("before", tr("原来"), "text", 150, stretch=1),
        ColumnSpec("amount", tr("导入后金额"), "amount", 124),
    )


class EffectSource(SheetSource):
    """The good rows with what becomes of each."""

    def __init__(self, session: ImportSession) -> None:
        self._session = session
        self._rows: list[Planned] = []

    def show(self, planned: Sequence[Planned]) -> None:
        """Take other rows: those that change something first."""
        order = (CHANGE, REPEAT, NEW, SAME)
        self._rows = sorted(planned, key=lambda one: order.index(one.fate))

    def row_count(self) -> int:
        return len(self._rows)

    def value(self, row: int, key: str) -> object:
        one = self._rows[row]
        if key == "#":
            return str(one.row.source.number)
        if key == "fate":
            word = importing.FATES[one.fate]
            if one.fate == REPEAT:
                word = tr("重复，再导入") if self._session.state.repeats else tr("重复，跳过")
            return Rich(word, _TONES[one.fate])
        if key == "amount":
            return one.row.values.get("amount")
        if key == "before":
            return self._before(one)
        lists = self._session.reading().lists
        words = (
            shown_value(one.row.values.get(column.key), column, lists)
            for column in self._session.target.columns
            if column.key in (*self._session.target.key_columns, "account") and column.kind is not Kind.AMOUNT
        )
        return "  ".join(word for word in words if word)

    def _before(self, one: Planned) -> str:
        if one.present is None:
            return tr("表里前面已有一行") if one.fate == REPEAT else ""
        if one.fate == REPEAT:
            return tr("已有 {label}", label=one.present.label)
        amount = self._session.target.column("amount")
        return shown_value(one.present.values.get("amount"), amount, {})
