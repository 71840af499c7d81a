"""Lines of a budget in memory and the hands that type into them: what the tests of the grid share."""

from decimal import Decimal

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtWidgets import QApplication

from desktop.ui.grid.columns import TAKEN, ColumnSpec, Mark, Outcome, SheetSource
from desktop.ui.grid.view import SheetView
from desktop.ui.kit.choices import Choice

CODES = (Choice("30218", "专用材料费", "zyclf"), Choice("30226", "劳务费", "lwf"),
         Choice("30227", "委托业务费", "wtywf"))
COLUMNS = (
    ColumnSpec("no", "序号", "index", 36),
    ColumnSpec("name", "项目名称", width=150, editable=True, dim_repeat=True),
    ColumnSpec("code", "部门经济分类", "code", 150, editable=True, choices=CODES),
    ColumnSpec("last", "上年执行数", "amount", tint="ro"),
    ColumnSpec("now", "本年申报数", "amount", editable=True),
    ColumnSpec("more", "增减额", "amount", tint="fx"),
    ColumnSpec("bought", "采购", "check", 44, editable=True),
    ColumnSpec("note", "说明", editable=True, stretch=1),
)
ADD = "在此输入新的一行"


class Lines(SheetSource):
    """Lines of a budget in memory; no amount above a million is taken."""

    def __init__(self, count: int, *, grows: bool = True) -> None:
        self.grows = grows
        self.rows = [{"name": f"项目{at // 3}", "code": CODES[at % 3], "last": Decimal(100 * at), "now": Decimal(at),
                      "bought": False, "note": ""} for at in range(count)]

    def row_count(self) -> int:
        return len(self.rows)

    def value(self, row: int, key: str) -> object:
        if key == "more":
            return (self.rows[row]["now"] or Decimal(0)) - self.rows[row]["last"]
        return self.rows[row].get(key)

    def set_value(self, row: int, key: str, value: object) -> Outcome:
        if key == "now" and isinstance(value, Decimal) and value > 1_000_000:
            return Outcome(False, "超过控制数")
        self.rows[row][key] = value
        return TAKEN

    def read_only_reason(self, row: int, key: str) -> str:
        return "结转项目不能改名" if (row, key) == (2, "name") else ""

    def mark(self, row: int, key: str) -> Mark:
        return Mark("error", "负数") if key == "now" and (self.rows[row]["now"] or 0) < 0 else Mark()

    def add_label(self) -> str:
        return ADD if self.grows else ""

    def insert_row(self, at: int) -> None:
        self.rows.insert(at, {"name": "", "code": None, "last": Decimal(0), "now": None, "bought": False, "note": ""})

    def remove_row(self, at: int) -> None:
        del self.rows[at]

    def total(self, key: str) -> object:
        return sum((row["now"] or Decimal(0) for row in self.rows), Decimal(0)) if key == "now" else None


def copied(lines: Lines) -> list[dict[str, object]]:
    return [dict(row) for row in lines.rows]


def press(qtbot, view: SheetView, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    target = QApplication.focusWidget() or view
    qtbot.keyClick(target, key, modifier)


def enter(qtbot, view: SheetView, text: str) -> None:
    for sign in text:
        qtbot.keyClick(QApplication.focusWidget() or view, sign)


def select(view: SheetView, top: int, left: str, bottom: int, right: str) -> None:
    model = view.model()
    first, last = model.index(top, model.column_of(left)), model.index(bottom, model.column_of(right))
    view.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    view.selectionModel().select(QItemSelection(first, last), QItemSelectionModel.SelectionFlag.ClearAndSelect)


def place(view: SheetView) -> tuple[int, str]:
    row, column = view.at()
    return row, view.model().columns[column].key


CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
