"""Measures search in the indicator library as people type: `python -m tests.bench.bench_search [out.json]`.

Not a test: it prints a table, writes JSON, and judges nothing. Every text is typed sign by sign, and every state of the
field is a query that shows up to 200 rows with counts over all hits. The floor is a plain LIKE scan of the same text
for the same words in the same file, which stops at 200 rows, decodes these, and neither ranks nor counts.

The small library is the head of the shipped one. The large one repeats it under qualifiers, so that every text meets
as large a part of it as of the real one. Beside the time that passed stands the processor's: on a machine that does
other things too, the first says how busy it was.
"""

import gc
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from pypinyin import lazy_pinyin

from desktop.domain.library import Indicator
from desktop.domain.library_matching import searched
from desktop.domain.library_search import LibraryQuery
from desktop.domain.search_text import words
from desktop.exchange.library_files import library_datasets
from desktop.storage.books import Books
from desktop.storage.codec import reader
from desktop.storage.workspace import create_workspace, open_workspace
from desktop.usecases.pick_indicators import search_library
from tests.storage.samples import Memory, goal, save

SMALL, LARGE = 3_500, 100_000
TYPED = (
    "沙化土地治理率", "满意度", "验收合格率", "维修面积", "按期完工", "面积 沙化", "沙化 mj", "成本节约率",
    "服务对象满意度", "培训人次", "参训 满意", "设备购置数量", "草原植被盖度", "亩均", "覆盖率", "及时率", "xfm",
    "wxmj", "yshgl", "myd",
    "shtdzl", "cyzbgd", "mianji", "manyidu", "man yi du", "shahua", "yanshou hege", "wxmj 2", "HY0307", "HY0307013301",
    "GX0005", "0307013301", "沙漠化治理率", "中小学校舍", "ＰＭ２．５", "95%", "农牧民增收", "没有这样的指标", "zzzqq",
)  # fmt: skip
QUALIFIERS = (
    "旗级", "县级", "苏木乡镇", "嘎查村", "市本级", "自治区", "中央", "省级", "园区", "街道", "社区", "农村", "城镇",
    "校园", "机关", "集中", "分散", "年度", "季度", "重点", "一般", "新增", "续建", "东部", "西部", "沿线", "口岸",
)  # fmt: skip
GOALS, LINES = 60, 10
ROUNDS = 4
PROJECT = {"function_code": "2130234", "fiscal_year": 2026, "project_name": "沙化土地综合治理"}
Seconds = dict[str, list[tuple[float, float]]]  # passed, and of the processor


def library(size: int) -> list[dict[str, object]]:
    """Return so many records; beyond the shipped library they repeat it under qualifiers."""
    shipped = library_datasets()["indicator"]
    records = shipped[:size]
    for number, word in enumerate(QUALIFIERS, start=1):
        syllables = lazy_pinyin(word)
        for one in shipped[: size - len(records)]:
            more = {
                "code": f"{one['code']}{number:02d}",
                "name": f"{word}{one['name']}",
                "initials": "".join(part[0] for part in syllables) + str(one["initials"]),
                "pinyin": "".join(syllables) + str(one["pinyin"]),
            }
            records.append({**one, **more})
    return records


def states(text: str) -> Iterator[str]:
    """Give what the field holds while a text is typed."""
    yield from (text[:length] for length in range(1, len(text) + 1))


def fill(books: Books, size: int) -> float:
    """Write the library, the goals that use it and the floor's own table; return the seconds of the library."""
    records = library(size)
    start = time.perf_counter()
    books.exchange.replace_mirror("public", {"indicator": records}, size)
    taken = time.perf_counter() - start
    drawn = random.Random(size)
    for number in range(GOALS):
        made, line = goal(number), goal().lines[0]
        codes = drawn.sample(records, LINES)
        save(books, replace(made, lines=tuple(replace(line, indicator_code=str(one["code"])) for one in codes)))
    books.connection.exec_driver_sql("CREATE TABLE floor (id INTEGER PRIMARY KEY, search TEXT, record BLOB) STRICT")
    found = books.connection.exec_driver_sql("SELECT id, record FROM mirror_indicator ORDER BY id").all()
    rows = [(number, plain_text(reader(Indicator)(record)), record) for number, record in found]
    books.connection.exec_driver_sql("INSERT INTO floor VALUES (?, ?, ?)", rows)
    return taken


def plain_text(one: Indicator) -> str:
    """Return everything that ours looks at, in one column."""
    entry = searched(one)
    fields = (entry.name, entry.code, entry.initials, one.pinyin, *entry.aliases, entry.definition, *entry.belongs)
    return "\n".join(fields)


def floor(books: Books, text: str) -> int:
    """Scan with LIKE and decode the rows."""
    asked = words(text)
    sql = f"SELECT record FROM floor WHERE {' AND '.join('search LIKE ?' for _ in asked)} LIMIT 200"
    with books:
        found = books.connection.exec_driver_sql(sql, tuple(f"%{word}%" for word in asked)).all()
        read = reader(Indicator)
        return len([read(record) for (record,) in found])


def ours(books: Books, text: str) -> int:
    """Search as the picker does."""
    return len(search_library(books, LibraryQuery(text, **PROJECT)).hits)  # type: ignore[arg-type]


def measured(folder: Path, secrets: Memory) -> Seconds:
    """Type every text, first in a workspace just opened, then again and again, in turns with the floor."""
    queries = [state for text in TYPED for state in states(text)]
    gc.collect()
    gc.freeze()  # what building the library left in memory is not walked through while people type
    taken: Seconds = {"floor": [], "opened": [], "ours": []}
    for turn in range(ROUNDS + 1):
        with open_workspace(folder, secrets) as workspace:
            books = workspace.books()
            measures = [("opened", ours)]  # the floor once: at 100,000 rows it takes minutes, and knows no warming up
            measures += [("floor", floor)] if turn == 1 else []
            measures += [("ours", ours)] if turn else []
            for name, once in measures:
                for text in queries:
                    passed, processor = time.perf_counter(), time.process_time()
                    once(books, text)
                    taken[name].append((time.perf_counter() - passed, time.process_time() - processor))
    return taken


def p(taken: Sequence[float], part: float) -> float:
    """Return a percentile in milliseconds."""
    ordered = sorted(taken)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] * 1e3


def main() -> None:
    """Measure both sizes in a temporary folder."""
    told = []
    out = sys.stdout.write
    head = f"{'rows':>8} {'what':22} {'p50 ms':>8} {'p99 ms':>9} {'p99 / LIKE':>11} {'processor p50':>14} {'p99':>9}"
    out(f"{head}  budget\n")
    for size in (SMALL, LARGE):
        with tempfile.TemporaryDirectory() as place:
            secrets = Memory()
            made = create_workspace(Path(place) / "unit", secrets, cost=1 << 10).workspace
            with made as workspace, workspace.books() as books:
                seconds = fill(books, size)
                books.commit()
            taken = measured(Path(place) / "unit", secrets)
        names = {"floor": "LIKE scan", "ours": "search, in use", "opened": "search, just opened"}
        for key, name in names.items():
            passed, processor = zip(*taken[key], strict=True)
            ratio = p(passed, 0.99) / p([one for one, _ in taken["floor"]], 0.99)
            budget = ("≤ 1" if size == SMALL else "≤ 5 ms") if key == "ours" else ""
            out(
                f"{size:8,} {name:22} {p(passed, 0.5):8.3f} {p(passed, 0.99):9.3f} {ratio:11.2f} "
                f"{p(processor, 0.5):14.3f} {p(processor, 0.99):9.3f}  {budget}\n"
            )
            told.append(
                {
                    "rows": size, "what": name, "queries": len(passed), "p50_ms": p(passed, 0.5),
                    "mean_ms": statistics.mean(passed) * 1e3, "p99_ms": p(passed, 0.99), "max_ms": p(passed, 1),
                    "p99_to_like": ratio, "processor_p50_ms": p(processor, 0.5),
                    "processor_p99_ms": p(processor, 0.99), "budget": budget,
                }
            )  # fmt: skip
        out(f"{size:8,} the library written with its index in {seconds:.1f} s\n")
        told.append({"rows": size, "what": "library written", "seconds": seconds})
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "out/bench_search.json")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
