"""Measures a list of 10,000 vouchers against a QTableWidget: `python -m tests.bench.bench_list [out.json]`.

Not a test: it prints a table, writes JSON, and judges nothing. Ratios of one run can be compared, seconds cannot.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTableWidget, QTableWidgetItem, QWidget

from desktop.domain.document import Post, State
from desktop.storage.workspace import Workspace, create_workspace
from desktop.ui.context import Context, Services
from desktop.ui.documents import list_page as page_module
from desktop.ui.documents.list_kind import Names
from desktop.ui.documents.list_page import DocumentList
from desktop.ui.kit.theme import apply_theme
from desktop.ui.payment.list_kind import VOUCHER_LIST
from desktop.ui.tasks import Tasks
from desktop.usecases.lists import ListFilter, list_page
from desktop.usecases.ports import Books
from desktop.usecases.seat import Seat
from tests.storage.samples import AT, Memory, document, mark, voucher
from tests.ui.people import Clock, Ids

ROWS = 10_000
STATES = (State.DRAFT, State.PRESENTED, State.CHECKED, State.ACCEPTED, State.PAID, State.PAID, State.PAID)
TODAY = date(2026, 11, 20)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table, seconds; ``budget`` is the greatest ratio that the design allows."""

    what: str
    floor: float
    ours: float
    budget: str

    @property
    def ratio(self) -> float:
        """Ours in floors."""
        return self.ours / self.floor


def fill(workspace: Workspace) -> None:
    """Write the vouchers of many years into one."""
    with workspace.books() as books:
        for at in range(ROWS):
            content = voucher(at + 1, amount=f"{at % 9000 + 1}.50", purpose=f"第 {at} 笔货款")
            content = replace(content, payee=replace(content.payee, name=f"甲旗第{at % 300}商行"))
            state = STATES[at % len(STATES)]
            signed = (mark(),) if state is not State.DRAFT else ()
            books.documents.put(document(books, content, state=state, signatures=signed), by="zhangli", why="写", at=AT)
        books.commit()


def taken(work: Callable[[], object], times: int = 5) -> float:
    """Return the median seconds of some runs."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return sorted(found)[times // 2]


def painted(widget: QWidget) -> None:
    widget.resize(1200, 700)
    widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    widget.show()
    QApplication.processEvents()
    widget.grab()


def table_of(rows: list[tuple[str, ...]]) -> None:
    """The floor: Qt's own table of the same texts, filled and painted once; the texts are at hand already."""
    table = QTableWidget(len(rows), len(rows[0]))
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            table.setItem(at, column, QTableWidgetItem(text))
    painted(table)


def texts(workspace: Workspace) -> list[tuple[str, ...]]:
    with workspace.books() as books:
        rows = books.documents.rows(limit=ROWS)
    return [(row.state.value, row.key, row.date, row.counterpart, f"{row.amount:,.2f}", row.project_name, row.economic,
             row.purpose, str(row.attachments), row.maker, row.updated_at, row.title) for row in rows]


def context_over(workspace: Workspace, tasks: Tasks) -> Context:
    """A context whose books belong to the worker's thread."""
    services = Services(read_evoucher=lambda path: None, month_end=lambda *_: None, today=lambda: TODAY)  # type: ignore
    seat = Seat("zhangli", "张丽", Post.MAKER, Clock(), Ids())
    return Context(tasks, workspace.books, None, services, seat, 2026)  # type: ignore[arg-type]


def no_tables(books: Books) -> Names:
    """Names without the bureau's tables, so that the list alone is measured."""
    return Names("甲旗林业和草原局", {"zhangli": "张丽"}, {}, Decimal("50000.00"))


def shown(context: Context) -> DocumentList:
    """The list from nothing to its first painted rows."""
    made = DocumentList(context, VOUCHER_LIST, lambda segments: None)
    made.resize(1200, 700)
    made.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    made.show()
    while not made.source.row_count():
        QApplication.processEvents()
    made.grab()
    return made


def main() -> None:
    """Print the table; write JSON to the path that is given."""
    app = QApplication.instance() or QApplication([])
    apply_theme(app)  # type: ignore[arg-type]
    page_module.read_names = no_tables  # type: ignore[attr-defined]
    with tempfile.TemporaryDirectory() as folder:
        made = create_workspace(Path(folder) / "unit", Memory(), cost=1 << 10)
        workspace = made.workspace
        fill(workspace)
        rows = texts(workspace)
        floor = taken(lambda: table_of(rows), 3)
        books = workspace.books()
        kinds = VOUCHER_LIST.kinds
        reads = (
            ("read and count, newest first", lambda: list_page(books, kinds, 2026, TODAY)),
            ("read, sorted by amount", lambda: list_page(books, kinds, 2026, TODAY, order="amount")),
            ("read, one word searched", lambda: list_page(books, kinds, 2026, TODAY, narrow=ListFilter("第77商行"))),
        )
        lines = [Line(what, floor, taken(work), "") for what, work in reads]
        workspace._thread = None  # from here on the worker's
        tasks = Tasks()
        context = context_over(workspace, tasks)
        lists: list[DocumentList] = []
        opened = []
        for _ in range(3):
            opened.append(taken(lambda: lists.append(shown(context)), 1))
            while not lists[-1].complete() or tasks.busy():
                QApplication.processEvents()
        lines.insert(0, Line("list opened and painted", floor, sorted(opened)[1], "0.5"))
        last = lists[-1]
        lines.append(Line("all ticked (Ctrl+A) and painted", floor, taken(lambda: (last.tick_all(), last.grab())), ""))
        bar = last.sheet.view.verticalScrollBar()
        step = iter(range(1, 10_000))
        lines.append(Line("one page scrolled and painted", floor,
                          taken(lambda: (bar.setValue(next(step) * 25), last.grab()), 20), ""))
        tasks.close()
        for line in lines:
            print(f"{line.what:34} {line.ours * 1000:9.1f} ms {line.ratio:7.2f} of QTableWidget  {line.budget}")  # noqa: T201
        if len(sys.argv) > 1:
            found = [{**asdict(line), "ratio": line.ratio} for line in lines]
            Path(sys.argv[1]).write_text(json.dumps(found, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
