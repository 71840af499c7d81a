"""How fast tables come in and go out, against the plain libraries over the same files in the same run.

    python -m tests.bench.bench_import [--rows N] [--repeat N] [--json FILE]

Budgets (DESIGN, section 5): a sheet of 10,000 × 20 goes out in at most 0.8 of openpyxl's write_only time, and comes in,
checked for bombs and made plain cells, in at most 0.2 of its read_only time.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import python_calamine

from desktop.domain.importing.effect import effect_of
from desktop.domain.importing.header import recognise
from desktop.domain.importing.outgoing import OutColumn, OutTable
from desktop.domain.importing.precheck import check_rows, rows_of
from desktop.domain.importing.target import CodeList, Item
from desktop.domain.importing.targets import ECONOMICS, QUOTAS, VOUCHER_TARGET
from desktop.domain.importing.values import Reading
from desktop.exchange.tables import read_tables, write_sheet

WIDTH, LARGE = 20, 10_000
LISTS = {ECONOMICS: CodeList(tuple(Item(str(30100 + at), f"科目{at}") for at in range(110))), QUOTAS: CodeList(())}


def best(work: Callable[[], object], repeat: int) -> float:
    """Return the shortest of some runs, seconds."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def payroll(path: Path, rows: int) -> None:
    """Write a payroll as a unit has it: title, head of synonyms, people, total."""
    chance = random.Random(1)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("工资")
    sheet.append(["某单位十一月工资发放表"])
    sheet.append(["序号", "姓名", "身份证号", "银行卡号", "开户银行", "实发工资", "摘要", "经济科目"])
    for at in range(rows):
        identity = f"150821{1960 + at % 40}0101{at % 10000:04d}"
        account = "622202" + "".join(chance.choice("0123456789") for _ in range(12)) + str(1 + at % 9)
        pay = chance.randrange(200_000, 1_500_000) / 100
        code = str(30101 + at % 9)
        sheet.append([at + 1, f"职工{at}", identity, account, "工商银行甲旗支行", pay, "十一月工资", code])
    sheet.append(["合计"])
    book.save(path)


def import_rows(path: Path, rows: int) -> None:
    """Do all that the wizard does before anything is written."""
    table = read_tables(path)[0]
    found = recognise(table, VOUCHER_TARGET, LISTS)
    cut = rows_of(table, found.bottom, found.mapping())
    checked = check_rows(cut.sources, VOUCHER_TARGET, Reading(LISTS, 2026), {})
    effect = effect_of(checked, VOUCHER_TARGET, {})
    if effect.bad or len(effect.planned) != rows:
        raise SystemExit(f"the payroll was not read right: {effect.bad} bad, {len(effect.planned)} good")


def read_by_calamine(path: Path) -> None:
    """Only read every cell of the first sheet."""
    for _ in python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).iter_rows():
        pass


def read_by_openpyxl(path: Path) -> None:
    """Only read every cell, as openpyxl does it fastest."""
    book = openpyxl.load_workbook(path, read_only=True)
    for _ in book.worksheets[0].iter_rows(values_only=True):
        pass
    book.close()


def write_by_openpyxl(path: Path, rows: list[tuple[object, ...]]) -> None:
    """Only write every cell, as openpyxl does it fastest."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("表")
    for row in rows:
        sheet.append(row)
    book.save(path)


def sheet_of(rows: int) -> OutTable:
    """Return a table of texts, amounts and dates."""
    chance = random.Random(2)
    kinds = ["text", "amount", "amount", "text", "date"] * (WIDTH // 5)

    def cell(kind: str, at: int) -> object:
        if kind == "amount":
            return Decimal(chance.randrange(10**9)).scaleb(-2)
        return date(2026, 1 + at % 12, 1 + at % 28) if kind == "date" else f"文字 {at} 行"

    body = [tuple(cell(kind, at) for kind in kinds) for at in range(rows)]
    columns = tuple(OutColumn(f"第{at}列", kind) for at, kind in enumerate(kinds))
    return OutTable("大表", ("单位：某单位", "金额单位：元"), columns, body)  # type: ignore[arg-type]


def measure(folder: Path, rows: int, repeat: int) -> list[dict[str, object]]:
    """Return one line for each comparison: name, seconds, floor, ratio, budget."""
    pay, large, plain = folder / "pay.xlsx", folder / "large.xlsx", folder / "plain.xlsx"
    payroll(pay, rows)
    table = sheet_of(LARGE)
    lines = []

    def compare(name: str, ours: Callable[[], object], floor: Callable[[], object], budget: float | None) -> None:
        mine, other = best(ours, repeat), best(floor, repeat)
        lines.append({"name": name, "seconds": mine, "floor": other, "ratio": mine / other, "budget": budget})

    compare(f"{rows} payroll rows read, recognised, checked / calamine reads", lambda: import_rows(pay, rows),
            lambda: read_by_calamine(pay), None)
    compare(f"{LARGE}x{WIDTH} out / openpyxl write_only", lambda: write_sheet(large, table),
            lambda: write_by_openpyxl(plain, list(table.rows)), 0.8)
    compare(f"{LARGE}x{WIDTH} in / openpyxl read_only", lambda: read_tables(large),
            lambda: read_by_openpyxl(large), 0.2)
    return lines


def main() -> int:
    """Measure, print a table, and write JSON if wanted; 1 when a budget is broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=5_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        lines = measure(Path(folder), arguments.rows, arguments.repeat)
    out = sys.stdout
    out.write(f"{'what':66} {'ours s':>8} {'floor s':>8} {'ratio':>7} {'budget':>7}\n")
    for line in lines:
        budget = "" if line["budget"] is None else f"{line['budget']:.2f}"
        out.write(f"{line['name']:66} {line['seconds']:8.3f} {line['floor']:8.3f} {line['ratio']:7.2f} {budget:>7}\n")
    if arguments.json:
        arguments.json.write_text(json.dumps(lines, indent=2), encoding="utf-8")
    return int(any(line["budget"] is not None and line["ratio"] > line["budget"] for line in lines))


if __name__ == "__main__":
    sys.exit(main())
