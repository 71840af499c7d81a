"""The rows of the voucher list, as the grid asks for them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from operator import attrgetter

from desktop.domain.document import State
from desktop.domain.money import ZERO
from desktop.texts import tr
from desktop.texts.states import pill, pill_key
from desktop.ui.grid.columns import TAKEN, ColumnSpec, Mark, Outcome, Rich, SheetSource
from desktop.ui.kit.choices import Choice
from desktop.ui.payment.reading import Names
from desktop.usecases.ports import DocumentRow

TICK = "tick"
COLUMNS = (
    ColumnSpec(TICK, "", "check", 36, editable=True),
    ColumnSpec("state", tr("状态"), "pill", 88),
    ColumnSpec("number", tr("申请单号"), "text", 76),
    ColumnSpec("date", tr("日期"), "text", 56),
    ColumnSpec("payee", tr("收款人"), "text", 150, stretch=3),
    ColumnSpec("amount", tr("金额"), "amount", 108),
    ColumnSpec("quota", tr("指标 / 项目"), "text", 110, stretch=2),
    ColumnSpec("economic", tr("部门经济分类"), "code", 166, stretch=1),
    ColumnSpec("purpose", tr("用途"), "text", 110, stretch=2),
    ColumnSpec("files", tr("附件"), "rich", 52, fold_below=1200),
    ColumnSpec("people", tr("经办 / 复核"), "text", 88, fold_below=1200),
    ColumnSpec("updated", tr("更新"), "text", 56, fold_below=1200),
)


class VoucherRows(SheetSource):
    """Rows of one tab with their ticks; ticks follow the vouchers, not the places."""

    def __init__(self, today: str) -> None:
        self._today = today
        self._rows: Sequence[DocumentRow] = ()
        self._names = Names("", {}, {}, ZERO)
        self._ticked: set[str] = set()

    def show(self, rows: Sequence[DocumentRow], names: Names, today: str) -> None:
        """Take other rows; vouchers that are no longer shown lose their tick."""
        self._rows, self._names, self._today = rows, names, today
        self._ticked &= {row.doc_id for row in rows}

    def sort(self, key: str, *, descending: bool) -> None:
        """Put the rows in the order of a column; the order in which they came is that of the last change."""
        order = {"date": "date", "number": "key", "payee": "counterpart", "amount": "amount", "quota": "project_name",
                 "economic": "economic", "purpose": "purpose", "files": "attachments", "updated": "updated_at"}
        if key in order:
            self._rows = sorted(self._rows, key=attrgetter(order[key]), reverse=descending)

    def row(self, at: int) -> DocumentRow:
        """Return a row."""
        return self._rows[at]

    def ticked(self) -> list[DocumentRow]:
        """Return the ticked rows in the order shown."""
        return [row for row in self._rows if row.doc_id in self._ticked]

    def untick(self) -> None:
        """Take every tick away."""
        self._ticked.clear()

    def tick_all(self) -> None:
        """Tick every row shown."""
        self._ticked = {row.doc_id for row in self._rows}

    def row_count(self) -> int:
        return len(self._rows)

    def value(self, row: int, key: str) -> object:
        one = self._rows[row]
        if key == TICK:
            return one.doc_id in self._ticked
        if key == "state":
            return f"{pill_key(one.state, one.problems_count)}|{pill(one.state, one.problems_count)}"
        if key == "economic":
            return self._economic(one.economic)
        if key == "files":
            return Rich(str(one.attachments), icon="clip") if one.attachments else None
        values: Mapping[str, object] = {
            "number": one.key.rpartition("-")[2], "date": self._day(one.date), "payee": one.counterpart,
            "amount": one.amount, "quota": one.project_name, "purpose": one.purpose, "people": self._people(one),
            "updated": self._moment(one.updated_at),
        }
        return values.get(key)

    def set_value(self, row: int, key: str, value: object) -> Outcome:
        doc_id = self._rows[row].doc_id
        if value:
            self._ticked.add(doc_id)
        else:
            self._ticked.discard(doc_id)
        return TAKEN

    def row_kind(self, row: int) -> str:
        return "void" if self._rows[row].state is State.VOIDED else "data"

    def mark(self, row: int, key: str) -> Mark:
        one = self._rows[row]
        if key == "state" and one.comment:
            return Mark(message=one.comment)
        if key == "state" and one.state is State.DRAFT and one.problems_count:
            return Mark(message=tr("有 {count} 处错误，打开后按 F8 逐条查看", count=one.problems_count))
        return Mark()

    def total(self, key: str) -> object:
        if key == "state":
            return tr("共 {count} 张", count=len(self._rows))
        if key == "amount":
            return sum((row.amount for row in self._rows), Decimal("0.00"))
        return None

    def _economic(self, codes: str) -> Choice | None:
        """Show "30202" with its name; of several, "30202 等2项" keeps its words."""
        code, _, more = codes.partition(" ")
        if not code:
            return None
        entry = self._names.economics.get(code)
        return Choice(code, more or (entry.name if entry is not None else ""))

    def _people(self, row: DocumentRow) -> str:
        names = self._names.officers
        checker = names.get(row.signers[0], "—") if row.signers else "—"
        return f"{names.get(row.maker, '—')} / {checker}"

    def _day(self, day: str) -> str:
        return day[5:] if day[:4] == self._today[:4] else day[2:]

    def _moment(self, at: str) -> str:
        return at[11:16] if at[:10] == self._today else self._day(at[:10])
