"""`budgetdesk import WS FILE` and `budgetdesk export WS LIST FILE`: tables in and out without a window."""

from argparse import Namespace
from collections.abc import Mapping, Sequence
from decimal import Decimal

from desktop.bootstrap import Installation, install, table_files
from desktop.commands.answer import Exit, Unusable, say, say_json
from desktop.commands.workspaces import sound
from desktop.domain.document import Post
from desktop.domain.head import Kind
from desktop.domain.importing.effect import CHANGE, NEW, REPEAT, SAME, Effect
from desktop.domain.importing.header import Recognition, recognise
from desktop.domain.importing.outgoing import OutColumn, OutTable
from desktop.domain.importing.precheck import Checked
from desktop.domain.importing.targets import TARGETS, VOUCHER_LINES, VOUCHERS
from desktop.domain.money import format_yuan
from desktop.texts import importing
from desktop.texts.states import pill
from desktop.texts.words import KINDS
from desktop.usecases.import_check import Judged, ReadingPlan, best_table, judge
from desktop.usecases.import_desk import ImportDesk
from desktop.usecases.import_rows import import_rows, read_import_desk
from desktop.usecases.ports import DocumentRow
from desktop.usecases.seat import Seat

# What the command line calls the lists, and the kinds of document in each.
LISTS: Mapping[str, tuple[str, tuple[Kind, ...]]] = {
    "vouchers": ("支付申请", (Kind.VOUCHER,)),
    "projects": ("项目", (Kind.PROJECT,)),
    "goals": ("绩效目标", (Kind.GOAL,)),
    "documents": ("单据", ()),
}
IMPORTS = tuple(key for key in TARGETS if key != VOUCHER_LINES)
_MOST = 100_000


def bring_in(arguments: Namespace) -> Exit:
    """Import a file when every row is right, with ``--partial`` the right ones; with ``--dry-run`` only say what is."""
    key = arguments.target
    tables = table_files().read(arguments.file, lambda: None)
    with sound(arguments.workspace, readonly=arguments.dry_run) as workspace:
        installation = install(workspace)
        seat = _maker(installation)
        today = installation.clock.now().date()
        year = today.year if key == VOUCHERS else today.year + 1
        desk = read_import_desk(installation.books(), seat, key, year, today)
        table = tables[best_table(tables, desk.target)]
        found = recognise(table, desk.target, desk.reading.lists)
        missing = _missing(found, desk)
        if missing:
            raise Unusable(f"{arguments.file.name} 里没有找到这几列：{'、'.join(missing)}。没有改动任何内容。")
        judged, effect = judge(ReadingPlan(table, found, desk.reading), desk, arguments.file.name)
        if judged.doubt is not None:
            doubt = importing.doubt(judged.doubt.why, judged.doubt.facts)
            raise Unusable(f"金额可能差了单位。{doubt}请在窗口里导入，或在文件里改成元。没有改动任何内容。")
        taken = effect.taken(repeats=False)
        imported = None
        if taken and not arguments.dry_run and (arguments.partial or not effect.bad):
            imported = import_rows(installation.books(), seat, key, effect, today, arguments.file.name, year)
    if arguments.json:
        say_json(_as_json(judged, effect, desk, imported.import_id if imported else ""))
    else:
        _tell(judged, effect, desk, done=imported is not None)
    return Exit.PROBLEMS if effect.bad else Exit.GOOD


def _maker(installation: Installation) -> Seat:
    try:
        return installation.seat(Post.MAKER)
    except LookupError:
        raise Unusable("这个工作区还没有登记经办人，不能导入。请先同步一次。") from None


def _missing(found: Recognition, desk: ImportDesk) -> list[str]:
    mapped = found.mapping()
    return [column.title for column in desk.target.columns if column.required and column.key not in mapped]


def _wrong(row: Checked, desk: ImportDesk) -> list[dict[str, object]]:
    return [
        {
            "row": row.source.number,
            "column": desk.target.column(flaw.key).title,
            "code": flaw.code,
            "message": importing.flaw(flaw.code, flaw.facts),
            "advice": importing.remedy(flaw.code, flaw.facts),
        }
        for flaw in row.flaws
    ]


def _as_json(judged: Judged, effect: Effect, desk: ImportDesk, import_id: str) -> dict[str, object]:
    return {
        "ok": not effect.bad,
        "target": desk.target.key,
        "imported": bool(import_id),
        "import_id": import_id,
        "new": effect.count(NEW),
        "changed": effect.count(CHANGE),
        "same": effect.count(SAME),
        "repeats": effect.count(REPEAT),
        "bad": effect.bad,
        "skipped": judged.skipped.count(),
        "total": f"{_total(effect):.2f}",
        "problems": [one for row in judged.rows for one in _wrong(row, desk)],
    }


def _tell(judged: Judged, effect: Effect, desk: ImportDesk, *, done: bool) -> None:
    for row in judged.rows:
        for one in _wrong(row, desk):
            say(f"第 {one['row']} 行 {one['column']}：{one['message']}。{one['advice']}。")
    head = "已导入" if done else "没有写入任何内容；可导入"
    say(
        f"{head}“{desk.target.title}”：新增 {effect.count(NEW)}，覆盖 {effect.count(CHANGE)}，"
        f"没有变化 {effect.count(SAME)}，跳过重复 {effect.count(REPEAT)}，有错未导入 {effect.bad}；"
        f"合计 {format_yuan(_total(effect))} 元。"
    )


def _total(effect: Effect) -> Decimal:
    amounts = (one.row.values.get("amount") for one in effect.taken(repeats=False))
    return sum((amount for amount in amounts if isinstance(amount, Decimal)), Decimal("0.00"))


def take_out(arguments: Namespace) -> Exit:
    """Write a list as an Excel file."""
    title, kinds = LISTS[arguments.list]
    if arguments.file.suffix.lower() != ".xlsx":
        raise Unusable(f"{arguments.file.name} 的后缀应是 .xlsx。没有写任何文件。")
    with sound(arguments.workspace, readonly=True) as workspace:
        installation = install(workspace)
        now = installation.clock.now()
        with installation.books() as books:
            unit, rows = books.mirrors.unit(), books.documents.rows(kinds, (), arguments.year, "", _MOST)
            officers = {officer.id: officer.name for officer in books.mirrors.officers()}
    year = f"{arguments.year} 年" if arguments.year else "所有年度"
    notes = (f"单位：{unit.name}", "金额单位：元", year, f"导出：{now:%Y-%m-%d %H:%M}")
    table = OutTable(title, notes, _COLUMNS, [_row(row, officers) for row in rows], _totals(rows))
    table_files().write(arguments.file, table, lambda done, total: None)
    if arguments.json:
        say_json({"ok": True, "list": arguments.list, "rows": len(rows), "file": str(arguments.file)})
    else:
        say(f"已把 {len(rows)} 行{title}写到 {arguments.file}。")
    return Exit.GOOD


_COLUMNS = (
    OutColumn("状态", "text", 10),
    OutColumn("种类", "text", 12),
    OutColumn("单号", "text", 22),
    OutColumn("日期", "text", 12),
    OutColumn("名称", "text", 30),
    OutColumn("收款人", "text", 30),
    OutColumn("金额", "amount", 16),
    OutColumn("项目", "text", 26),
    OutColumn("经济分类", "text", 14),
    OutColumn("用途", "text", 30),
    OutColumn("经办", "text", 10),
    OutColumn("财政编号", "text", 22),
)


def _row(row: DocumentRow, officers: Mapping[str, str]) -> tuple[str | Decimal | None, ...]:
    return (
        pill(row.state, row.problems_count),
        KINDS[row.kind.value],
        row.key,
        row.date or None,
        row.title or None,
        row.counterpart or None,
        row.amount,
        row.project_name or None,
        row.economic or None,
        row.purpose or None,
        officers.get(row.maker, row.maker),
        row.central_no or None,
    )


def _totals(rows: Sequence[DocumentRow]) -> tuple[str | Decimal | None, ...]:
    total = sum((row.amount for row in rows), Decimal("0.00"))
    return ("合计", *(None,) * 5, total, *(None,) * 5)
