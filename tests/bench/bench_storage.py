"""Measures the store against floors of the same run: `python -m tests.bench.bench_storage [out.json]`.

Not a test: it prints a table, writes JSON, and judges nothing. Ratios of one run can be compared, seconds cannot.
"""

import json
import random
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
from tests.storage.samples import AT, Memory, budget, document, indicator_record, save, voucher

CHARACTERS = (
    "沙化土地治理面积草原修复苗木当年成活率农牧民满意度林业植被覆盖建设项目验收合格资金支付完成时限水利道路教育卫生文化"
)
QUERIES = [
    "沙化", "治理面积", "成", "满意度", "苗木 成活", "stgj", "z", "zl", "验收合格率", "HY0001", "水", "道路 建设"
]


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


def p99(taken: list[float]) -> float:
    return taken[min(len(taken) - 1, int(len(taken) * 0.99))]


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


def library(size: int) -> list[dict[str, object]]:
    """Return a library of names that look like names."""
    drawn = random.Random(size)
    letters = "abcdefghijklmnopqrstwxyz"
    return [
        indicator_record(
            number,
            "".join(drawn.choices(CHARACTERS, k=drawn.randint(5, 14))),
            initials="".join(drawn.choices(letters, k=9)),
            is_core=number % 50 == 0,
            applies_to=["2130217"] if number % 40 == 0 else [],
            definition="".join(drawn.choices(CHARACTERS, k=40)),
        )
        for number in range(size)
    ]


def search_lines(workspace: Workspace, size: int) -> list[Line]:
    """Searches that show 200 rows, p99, against a LIKE scan that reads the same rows."""
    start = time.perf_counter()
    with workspace.books() as books:
        books.exchange.replace_mirror("public", {"indicator": library(size)}, size)
        books.commit()
    sys.stderr.write(f"library of {size}: replaced in {time.perf_counter() - start:.1f} s\n")
    scan = "SELECT record FROM mirror_indicator WHERE {} ORDER BY is_core DESC, code LIMIT 200"
    with workspace.books() as books:

        def floor(number: int) -> None:
            asked = QUERIES[number % len(QUERIES)].lower().split()
            sql = scan.format(" AND ".join("search LIKE ?" for _ in asked))
            rows = books.connection.exec_driver_sql(sql, tuple(f"%{word}%" for word in asked)).all()
            _ = [json.loads(record) for (record,) in rows]

        def ours(number: int) -> None:
            books.mirrors.search_indicators(QUERIES[number % len(QUERIES)], function_code="2130217")

        each(len(QUERIES), ours)
        each(len(QUERIES), floor)
        floors, taken = each(len(QUERIES) * 20, floor), each(len(QUERIES) * 20, ours)
    budget_words = "1" if size < 20_000 else "≤ 5 ms"
    return [
        Line(f"search {size:,} indicators, p99", p99(floors), p99(taken), budget_words),
        Line(f"search {size:,} indicators, median", statistics.median(floors), statistics.median(taken), ""),
    ]


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
            for size in (3_500, 100_000):
                lines += search_lines(workspace, size)
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
