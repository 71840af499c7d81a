"""Measures the store against floors of the same run: `python -m tests.bench.bench_storage [out.json]`.

Not a test: it prints a table, writes JSON, and judges nothing. Ratios of one run can be compared, seconds cannot.
"""

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from sqlcipher3 import dbapi2 as driver

from desktop.domain.document import State
from desktop.storage import tables
from desktop.storage.database import connect, prepare, salt_of
from desktop.storage.index_rows import details
from desktop.storage.rows import add
from desktop.storage.workspace import Workspace, create_workspace
from tests.storage.samples import AT, Memory, budget, document, save, voucher


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


def each(times: int, work: Callable[[int], object]) -> list[float]:
    """Run the work and return the seconds of every run, sorted."""
    taken = []
    for number in range(times):
        start = time.perf_counter()
        work(number)
        taken.append(time.perf_counter() - start)
    return sorted(taken)


def save_lines(workspace: Workspace, raw: driver.Connection) -> list[Line]:
    """One cell saved durably, against one commit of as many bytes in a file with the same settings."""
    raw.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, content BLOB) STRICT")
    found = []
    for name, content, state in (
        ("voucher", voucher(1, evoucher="EINV:1"), State.DRAFT),
        ("budget of 45 lines", budget(1, 45), State.DRAFT),
    ):
        books = workspace.books()
        with books:
            save(books, content)
            books.commit()
            data = books.documents.encode(content)

        def floor(_: int, data: bytes = data) -> None:
            raw.execute("BEGIN IMMEDIATE")
            raw.execute("INSERT INTO t (content) VALUES (?)", (data,))
            raw.execute("COMMIT")

        def ours(number: int, content=content, books=books, state=state) -> None:
            changed = (
                replace(content, purpose=f"用途{number}")
                if hasattr(content, "purpose")
                else replace(content, explanation=f"说明{number}")
            )
            with books:
                made = document(books, changed, state=state)
                books.documents.put(made, by="zhangli", why="自动保存", at=AT)
                books.commit()

        floors, taken = [], []
        for _ in range(6):  # in turns, so that a slow moment of the machine meets both
            floors += each(60, floor)
            taken += each(60, ours)
        with books:
            inside = books.connection.connection.driver_connection
        statements: list[str] = []
        inside.set_trace_callback(statements.append)
        each(10, ours)
        inside.set_trace_callback(None)
        what = f"save a {name} ({statements.count('COMMIT') / 10:g} commit)"
        found.append(Line(what, statistics.median(floors), statistics.median(taken), "4"))
    return found


def index_lines(workspace: Workspace, raw: driver.Connection) -> list[Line]:
    """10,000 index rows, against executemany of the driver."""
    columns = [column.name for column in tables.voucher_line.columns]
    raw.execute(f"CREATE TABLE lines ({', '.join(columns)}, PRIMARY KEY (doc_id, position)) WITHOUT ROWID")
    taken, floors = [], []
    for turn in range(5):
        content = voucher(1)
        content = replace(content, lines=content.lines * 10_000)
        rows = dict(details(content))[tables.voucher_line]
        with workspace.books() as books:
            books.connection.exec_driver_sql("DELETE FROM voucher_line")
            start = time.perf_counter()
            add(books.connection, tables.voucher_line, rows)
            books.commit()
            taken.append(time.perf_counter() - start)
        plain = [(f"{turn}", *(row[name] for name in columns[1:-2]), 480000, "") for row in rows]
        start = time.perf_counter()
        raw.execute("BEGIN")
        raw.executemany(f"INSERT INTO lines VALUES ({', '.join('?' * len(columns))})", plain)
        raw.execute("COMMIT")
        floors.append(time.perf_counter() - start)
    return [Line("insert 10,000 index rows", statistics.median(floors), statistics.median(taken), "2")]


def main() -> None:
    """Run everything in a temporary folder."""
    lines: list[Line] = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        raw = connect(folder / "raw.db", bytes(32), salt_of("raw"), readonly=False)
        prepare(raw, readonly=False)
        with create_workspace(folder / "unit", Memory(), cost=1 << 10).workspace as workspace:
            lines += save_lines(workspace, raw)
            lines += index_lines(workspace, raw)
    out = sys.stdout.write
    out(f"{'what':44} {'floor ms':>10} {'ours ms':>10} {'ratio':>7}  budget\n")
    for line in lines:
        out(f"{line.what:44} {line.floor * 1e3:10.3f} {line.ours * 1e3:10.3f} {line.ratio:7.2f}  {line.budget}\n")
    told = [
        {"what": one.what, "floor_s": one.floor, "ours_s": one.ours, "ratio": one.ratio, "budget": one.budget}
        for one in lines
    ]
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "out/bench_storage.json")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
