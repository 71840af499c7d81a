"""Measures the grid against the least that Qt and Python need: `python -m tests.bench.bench_grid [out.json]`.

Floors of the same run: a QTableWidget filled with the same texts (open), a QTableView over a model that returns ready
texts (scroll), the bare writing of the same values into the source (paste), a list comprehension over the same rows
(filter) and `sorted` over them (sort). Both take turns; medians are printed.

Not a test: it prints a table, writes JSON, and judges nothing.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTableView, QTableWidget, QTableWidgetItem, QWidget

from desktop.ui.grid.columns import TAKEN, ColumnSpec, Outcome, SheetSource
from desktop.ui.grid.filtering import ColumnFilter
from desktop.ui.grid.model import SheetModel
from desktop.ui.grid.sheet import Sheet
from desktop.ui.kit.choices import Choice
from desktop.ui.kit.numbers import format_number
from desktop.ui.kit.theme import apply_theme

ROWS, COLUMNS, MANY, ROUNDS, PAGES = 5_000, 30, 10_000, 5, 100
PASTED = (2_000, 10)
CODES = [Choice(str(30200 + at), f"科目{at}", f"km{at}") for at in range(30)]


class Lines(SheetSource):
    """Rows in memory: names, codes and amounts."""

    def __init__(self, count: int, amounts: int) -> None:
        self.cells: list[dict[str, object]] = [
            {"name": f"项目{at // 5}", "code": CODES[at % 30],
             **{f"a{n}": Decimal((at * 7919 + n * 104_729) % 10_000_000).scaleb(-2) for n in range(amounts)}}
            for at in range(count)]

    def row_count(self) -> int:
        return len(self.cells)

    def value(self, row: int, key: str) -> object:
        return self.cells[row].get(key)

    def set_value(self, row: int, key: str, value: object) -> Outcome:
        self.cells[row][key] = value
        return TAKEN


def columns(amounts: int) -> tuple[ColumnSpec, ...]:
    """Return the columns of `Lines` after a row number."""
    return (ColumnSpec("no", "序号", "index", 44), ColumnSpec("name", "项目名称", editable=True),
            ColumnSpec("code", "部门经济分类", "code", 150, editable=True, choices=CODES),
            *(ColumnSpec(f"a{n}", f"金额{n}", "amount", editable=True) for n in range(amounts)))


class Ready(QAbstractTableModel):
    """Returns ready texts and nothing else."""

    def __init__(self, texts: list[list[str]]) -> None:
        super().__init__()
        self.texts = texts

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: N802  # Qt's name
        return 0 if parent.isValid() else len(self.texts)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: N802  # Qt's name
        return 0 if parent.isValid() else len(self.texts[0])

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        return self.texts[index.row()][index.column()] if role == Qt.ItemDataRole.DisplayRole else None


def timed(call: Callable[[], object]) -> float:
    """Return the seconds that a call takes."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def shown(widget: QWidget) -> None:
    """Show a widget on no screen and paint it once."""
    widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    widget.resize(1366, 697)
    widget.show()
    QApplication.processEvents()
    widget.grab()


def open_ours(lines: Lines) -> Sheet:
    """Return our grid, shown and painted."""
    sheet = Sheet(SheetModel(columns(COLUMNS - 3), lines), frozen=3, total=True)
    shown(sheet)
    return sheet


def open_floor(texts: list[list[str]]) -> QTableWidget:
    """Return a QTableWidget with the same texts, shown and painted."""
    table = QTableWidget(len(texts), len(texts[0]))
    for row, line in enumerate(texts):
        for column, text in enumerate(line):
            table.setItem(row, column, QTableWidgetItem(text))
    shown(table)
    return table


def scrolled(table: QAbstractItemView) -> float:
    """Return the seconds of a page, scrolled and painted, over `PAGES` pages."""
    bar = table.verticalScrollBar()
    bar.setValue(0)
    start = time.perf_counter()
    for _ in range(PAGES):
        bar.setValue(bar.value() + bar.pageStep())
        table.viewport().repaint()
    return (time.perf_counter() - start) / PAGES


def typed(sheet: Sheet) -> float:
    """Return the seconds from a key in a cell to its editor painted."""
    sheet.view.go_to(20, "a3")
    QApplication.processEvents()
    start = time.perf_counter()
    QTest.keyClick(sheet.view, "7")
    QApplication.processEvents()
    sheet.view.viewport().repaint()
    taken = time.perf_counter() - start
    QTest.keyClick(QApplication.focusWidget() or sheet.view, Qt.Key.Key_Escape)
    return taken


def pasted(sheet: Sheet) -> tuple[float, float]:
    """Return the seconds of a paste of 2,000 × 10 and of taking it back, both painted."""
    block = [[f"{row}.{column:02d}" for column in range(PASTED[1])] for row in range(PASTED[0])]

    def paste() -> None:
        sheet.model.paste(0, range(3, 3 + PASTED[1]), block)
        QApplication.processEvents()

    def undo() -> None:
        sheet.model.undo_stack.undo()
        QApplication.processEvents()

    return timed(paste), timed(undo)


def written(lines: Lines) -> float:
    """Return the seconds of writing as many numbers into the source."""
    def write() -> None:
        for row in range(PASTED[0]):
            for column in range(PASTED[1]):
                lines.set_value(row, f"b{column}", Decimal(f"{row}.{column:02d}"))
    return timed(write)


def narrowed(sheet: Sheet, lines: Lines) -> dict[str, tuple[float, float]]:
    """Return floor and ours of filtering and sorting `MANY` rows, the first time and with what is kept."""
    arranger, cells = sheet.view.viewing.arranger, lines.cells
    least = Decimal(50_000)
    chosen = frozenset(choice.label for choice in CODES[:10])
    floor = timed(lambda: [at for at, row in enumerate(cells) if row["code"].label in chosen  # type: ignore[attr-defined]
                           and row["a1"] >= least])  # type: ignore[operator]
    arranger.set_filter("code", ColumnFilter(chosen))
    ours = timed(lambda: arranger.set_filter("a1", ColumnFilter(least=least)))
    found = {"filter": (floor, ours)}
    arranger.clear()
    floor = timed(lambda: sorted(range(len(cells)), key=lambda at: cells[at]["a0"]))  # type: ignore[arg-type,return-value]
    found["sort"] = (floor, timed(lambda: arranger.sort("a0")))
    arranger.clear()
    floor = timed(lambda: {row["code"].label for row in cells})  # type: ignore[attr-defined]
    found["values"] = (floor, timed(lambda: arranger.values("code")))
    return found


def main() -> None:
    """Run everything in turns and print medians."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication([])
    apply_theme(application)
    lines, many = Lines(ROWS, COLUMNS - 3), Lines(MANY, 4)
    texts = [[str(at + 1), str(row["name"]), row["code"].label,  # type: ignore[attr-defined]
              *(format_number(row[f"a{n}"]) for n in range(COLUMNS - 3))]  # type: ignore[arg-type]
             for at, row in enumerate(lines.cells)]
    took: dict[str, list[tuple[float, float]]] = {}
    bare = QTableView()
    bare.setModel(ready := Ready(texts))
    shown(bare)
    large = Sheet(SheetModel(columns(4), many))
    shown(large)
    for _ in range(ROUNDS):
        found: list[QWidget] = []
        floor = timed(lambda: found.append(open_floor(texts)))      # noqa: B023  # called at once
        ours = timed(lambda: found.append(open_ours(lines)))      # noqa: B023  # called at once
        sheet = found[1]
        assert isinstance(sheet, Sheet)
        took.setdefault("open", []).append((floor, ours))
        took.setdefault("scroll", []).append((scrolled(bare), scrolled(sheet.view)))
        took.setdefault("key", []).append((0.0, typed(sheet)))
        paste, undo = pasted(sheet)
        least = written(lines)
        took.setdefault("paste", []).append((least, paste))
        took.setdefault("undo", []).append((least, undo))
        for name, pair in narrowed(large, many).items():
            took.setdefault(name, []).append(pair)
        for widget in found:
            widget.close()
            widget.deleteLater()
        QApplication.processEvents()
    del ready
    report({name: (statistics.median(one[0] for one in pairs), statistics.median(one[1] for one in pairs))
            for name, pairs in took.items()})


def report(middle: dict[str, tuple[float, float]]) -> None:
    """Print the table and write the JSON."""
    words = {"open": (f"open {ROWS:,}×{COLUMNS}, painted", 500), "scroll": ("scroll, a page", 20),
             "key": ("key to paint", 50), "paste": ("paste {:,}×{}".format(*PASTED), 1500), "undo": ("undo it", 1500),
             "filter": (f"filter {MANY:,} rows, 2 columns", 100), "sort": (f"sort {MANY:,} rows", 100),
             "values": (f"values of {MANY:,} rows", 100)}
    out = sys.stdout.write
    out(f"medians of {ROUNDS}\n{'what':32} {'floor, ms':>10} {'ours, ms':>10} {'ratio':>7}  target, ms\n")
    for name, (floor, ours) in middle.items():
        ratio = f"{ours / floor:7.2f}" if floor else " " * 7
        least = f"{floor * 1e3:10.2f}" if floor else " " * 10
        out(f"{words[name][0]:32} {least} {ours * 1e3:10.2f} {ratio}  {words[name][1]}\n")
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "out/bench_grid.json")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps({name: {"floor_s": floor, "ours_s": ours, "ratio": ours / floor if floor else None}
                                  for name, (floor, ours) in middle.items()}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
