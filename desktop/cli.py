"""`budgetdesk`: the same use cases as the window, for people at a terminal and for scripts."""

import importlib
import os
import sys
from argparse import ArgumentTypeError
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path

from desktop import __version__
from desktop.commands.answer import Exit, Unusable, refused, unusable
from desktop.commands.parser import ChineseParser
from desktop.commands.quiet import quiet_libraries
from desktop.domain.document import Refused
from desktop.domain.fault import Fault
from sync.faults import ExchangeFault

# Command -> where its function lies. Imported when it runs, so that `words` does not wait for Qt.
_FUNCTIONS = {
    "open": "desktop.commands.window:run",
    "demo": "desktop.commands.demo:run",
    "screens": "desktop.commands.screens:run",
    "check": "desktop.commands.workspaces:check",
    "sync": "desktop.commands.workspaces:sync",
    "backup": "desktop.commands.keeping:backup",
    "restore": "desktop.commands.keeping:restore",
    "logs": "desktop.commands.keeping:logs",
    "import": "desktop.commands.tables:bring_in",
    "export": "desktop.commands.tables:take_out",
    "inspect": "desktop.commands.inspect:run",
    "evoucher": "desktop.commands.evoucher:run",
    "words": "desktop.commands.words:run",
    "library check": "desktop.commands.library:check",
    "library stats": "desktop.commands.library:stats",
    "library spell": "desktop.commands.library_spell:run",
    "search": "desktop.commands.search:run",
    "suggest": "desktop.commands.suggest:run",
    "doctor": "desktop.commands.doctor:run",
    "central": "desktop.commands.central:run",
}
# Those that verify what others signed; the libraries would say in English what the answer says in Chinese.
_QUIET = ("check", "sync", "inspect", "evoucher")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        0 good, 1 problems found, 2 refused or unusable input, with a line that says why.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")  # a Windows console may be GBK
    arguments = _parser().parse_args(_with_amount_apart(sys.argv[1:] if argv is None else list(argv)))
    with_action = f"{arguments.command} {getattr(arguments, 'action', '')}"
    module, _, name = (_FUNCTIONS.get(with_action) or _FUNCTIONS[arguments.command]).partition(":")
    as_json = getattr(arguments, "json", False)
    try:
        with quiet_libraries() if arguments.command in _QUIET else nullcontext():
            code = int(getattr(importlib.import_module(module), name)(arguments))
        if sys.stdout is not None:
            sys.stdout.flush()
    except (Fault, ExchangeFault, Refused, Unusable) as reason:
        code = int(refused(reason, as_json))
    except BrokenPipeError:
        # Whoever read the answer has gone; the interpreter would complain once more when it flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = int(Exit.REFUSED)
    except OSError as reason:
        code = int(refused(unusable(reason), as_json))
    except KeyboardInterrupt:
        refused(Unusable("已中断。"))
        code = int(Exit.REFUSED)
    return code


def _with_amount_apart(arguments: list[str]) -> list[str]:
    # A negative amount with a unit or with full-width digits would be taken for an option.
    if arguments[:1] == ["words"] and arguments[1:2] not in (["-h"], ["--help"]) and "--" not in arguments:
        return ["words", "--", *arguments[1:]]
    return arguments


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 0 < int(text[:6]) < 1 << 16):
        raise ArgumentTypeError(f"应是 1 到 65535 的整数，不是“{text[:20]}”。")
    return int(text)


def _limit(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 0 < int(text[:6]) <= 2000):
        raise ArgumentTypeError(f"应是 1 到 2000 的整数，不是“{text[:20]}”。")
    return int(text)


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.lower().partition("x")
    if not (width.isdecimal() and height.isdecimal() and 800 <= int(width) <= 7680 and 480 <= int(height) <= 4320):
        raise ArgumentTypeError(f"应写成 1366x768，宽 800 到 7680、高 480 到 4320，不是“{text[:20]}”。")
    return int(width), int(height)


def _parser() -> ChineseParser:
    parser = ChineseParser(prog="budgetdesk", description="预算单位工作台")
    parser.add_argument("--version", action="version", version=f"budgetdesk {__version__}", help="显示版本")
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令")
    _add_windows(commands.add_parser)
    _add_workspaces(commands.add_parser)
    _add_tables(commands.add_parser)
    _add_files(commands.add_parser)
    _add_library(commands.add_parser)
    _add_search(commands.add_parser)
    _add_suggest(commands.add_parser)
    doctor = commands.add_parser("doctor", help="检查这台电脑能不能用：组件、字体、密钥库、磁盘")
    doctor.add_argument("--json", action="store_true", help="输出 JSON")
    _add_central(commands.add_parser)
    return parser


def _add_windows(add: Callable[..., ChineseParser]) -> None:
    window = add("open", help="打开工作区")
    window.add_argument("workspace", nargs="?", type=Path, metavar="WS", help="工作区文件夹，默认打开最近的一个")
    demo = add("demo", help="演示：一个旗县林草局的完整月末")
    demo.add_argument("--headless", action="store_true", help="不显示窗口，自动走完一个月末")
    demo.add_argument("--out", type=Path, default=Path("out"), metavar="DIR", help="截图和报告放在哪里")
    demo.add_argument("--home", type=Path, metavar="DIR", help="演示数据放在哪里")
    screens = add("screens", help="演示数据里每个界面和状态的截图")
    screens.add_argument("--out", type=Path, default=Path("screens"), metavar="DIR", help="截图放在哪里")
    screens.add_argument("--size", type=_size, default=(1366, 768), metavar="WxH", help="窗口大小，默认 1366x768")
    screens.add_argument("--font", choices=("小", "标准", "大", "特大"), default="标准", help="字号，默认标准")
    screens.add_argument("--only", nargs="+", metavar="GROUP", help="只要这几组，例如 home payment")
    screens.add_argument("--home", type=Path, metavar="DIR", help="演示数据放在哪里")


def _add_workspaces(add: Callable[..., ChineseParser]) -> None:
    check = add("check", help="审核工作区里所有未送出的单据")
    sync = add("sync", help="一键同步（不显示窗口）")
    for command in (check, sync):
        command.add_argument("workspace", type=Path, metavar="WS", help="工作区文件夹")
        command.add_argument("--json", action="store_true", help="输出 JSON")
    backup = add("backup", help="立即备份并核对")
    backup.add_argument("workspace", type=Path, metavar="WS", help="工作区文件夹")
    backup.add_argument("--to", type=Path, metavar="DIR", help="备份到另一个磁盘的文件夹")
    backup.add_argument("--json", action="store_true", help="输出 JSON")
    restore = add("restore", help="用备份换下工作区的数据，换之前先备份")
    restore.add_argument("workspace", type=Path, metavar="WS", help="工作区文件夹；还没有时新建")
    restore.add_argument("backup", type=Path, metavar="BACKUP", help="备份的文件夹")
    restore.add_argument("--json", action="store_true", help="输出 JSON")
    logs = add("logs", help="打包日志给运维，已隐去姓名、账号和金额")
    logs.add_argument("workspace", type=Path, metavar="WS", help="工作区文件夹")
    logs.add_argument("--out", type=Path, required=True, metavar="FILE", help="写成的 ZIP 文件")


def _add_tables(add: Callable[..., ChineseParser]) -> None:
    bring = add("import", help="导入一张表（xlsx、xls、ods、csv）；有错的行逐条说明")
    bring.add_argument("workspace", type=Path, metavar="WS", help="工作区文件夹")
    bring.add_argument("file", type=Path, metavar="FILE", help="要导入的文件，只读不改")
    bring.add_argument(
        "--target",
        default="vouchers",
        choices=("vouchers", "budget_lines", "budget_income"),
        help="导入到哪里：vouchers 支付申请（默认）、budget_lines 支出预算明细、budget_income 收入预算",
    )
    bring.add_argument("--dry-run", action="store_true", help="只核对，不写入")
    bring.add_argument("--partial", action="store_true", help="有错的行不导入，其余照常导入；默认有错就都不导入")
    take = add("export", help="把清单导出成 Excel 表格")
    take.add_argument("workspace", type=Path, metavar="WS", help="工作区文件夹")
    take.add_argument(
        "list",
        metavar="LIST",
        choices=("vouchers", "projects", "goals", "documents"),
        help="vouchers 支付申请、projects 项目、goals 绩效目标、documents 全部单据",
    )
    take.add_argument("file", type=Path, metavar="FILE", help="写到哪个 xlsx 文件，已有的会被替换")
    take.add_argument("--year", type=int, metavar="N", help="只要这一年的")
    for command in (bring, take):
        command.add_argument("--json", action="store_true", help="输出 JSON")


def _add_files(add: Callable[..., ChineseParser]) -> None:
    inspect = add("inspect", help="查看一个 .bsp 文件的内容和签名")
    inspect.add_argument("file", metavar="FILE.bsp")
    inspect.add_argument("--home", type=Path, metavar="DIR", help="密钥所在的文件夹")
    inspect.add_argument("--json", action="store_true", help="输出 JSON")
    inspect.add_argument("--dump", type=Path, metavar="DIR", help="写出供 OpenSSL 核对签名的文件")
    evoucher = add("evoucher", help="读取电子发票（OFD、XML）")
    evoucher.add_argument("files", nargs="+", metavar="FILE")
    evoucher.add_argument("--json", action="store_true", help="输出 JSON")
    words = add("words", help="金额大写")
    words.add_argument("amount", metavar="AMOUNT")


def _add_library(add: Callable[..., ChineseParser]) -> None:
    library = add("library", help="绩效指标库：有多少、有没有错")
    actions = library.add_subparsers(dest="action", required=True, metavar="动作")
    check = actions.add_parser("check", help="核对指标库，逐条说明错在哪里")
    check.add_argument("path", nargs="?", type=Path, metavar="FILE", help="表格或文件夹，默认是随程序带的指标库")
    check.add_argument("--rule", nargs="+", metavar="ID", help="只要这几条规则的，例如 L-05")
    check.add_argument("--json", action="store_true", help="输出 JSON")
    stats = actions.add_parser("stats", help="指标库有多少：领域、用途、指标、案例，各类有几条")
    stats.add_argument("--workspace", type=Path, metavar="WS", help="看工作区里同步下来的指标库，默认看随程序带的")
    stats.add_argument("--json", action="store_true", help="输出 JSON")
    spell = actions.add_parser("spell", help="给改过名称的行补上拼音")
    spell.add_argument("path", type=Path, metavar="DIR", help="指标库的文件夹，直接改写其中的表")


def _add_search(add: Callable[..., ChineseParser]) -> None:
    search = add("search", help="在工作区的指标库里搜索：名称、拼音、首字母、编码、别名")
    search.add_argument("workspace", type=Path, metavar="WS", help="工作区文件夹")
    search.add_argument("text", nargs="*", metavar="TEXT", help="要找的词，几个词都要符合；不写时按推荐次序列出")
    levels, kinds = ("cost", "output", "benefit", "satisfaction"), ("core", "common", "specific", "department", "case")
    search.add_argument(
        "--level", default="", choices=levels,
        help="一级指标：cost 成本、output 产出、benefit 效益、satisfaction 满意度",
    )
    search.add_argument(
        "--kind", action="append", default=[], choices=kinds,
        help="类型，可写几次：core 核心、common 共性、specific 个性、department 部门个性、case 案例",
    )
    search.add_argument("--function", default="", metavar="CODE", help="支出功能分类科目编码：适用的排在前面")
    search.add_argument("--year", type=int, metavar="N", help="预算年度，默认今年；这一年停用的排在最后")
    search.add_argument("--limit", type=_limit, default=20, metavar="N", help="最多列几条，默认 20")
    search.add_argument("--json", action="store_true", help="输出 JSON")


def _add_suggest(add: Callable[..., ChineseParser]) -> None:
    suggest = add("suggest", help="按项目名称和金额推荐一份完整的绩效目标，每条都说明理由")
    suggest.add_argument("--project", required=True, metavar="NAME", help="项目名称，例如 中小学校舍维修改造")
    suggest.add_argument("--amount", required=True, metavar="YUAN", help="本年金额，元；也可写 120万")
    suggest.add_argument("--summary", default="", metavar="TEXT", help="项目内容：做什么、做多少")
    suggest.add_argument(
        "--class", dest="project_class", default="T", choices=("R", "Y1", "Y2", "T"),
        help="项目类别：T 特定目标类（默认）、Y2 其他运转类；R、Y1 不填目标",
    )
    suggest.add_argument("--function", default="", metavar="CODE", help="支出功能分类科目编码，例如 2050202")
    suggest.add_argument("--year", type=int, metavar="N", help="预算年度，默认下一年")
    suggest.add_argument("--workspace", type=Path, metavar="WS", help="用这个工作区收到的指标库；默认用随程序带的")
    suggest.add_argument("--json", action="store_true", help="输出 JSON")


def _add_central(add: Callable[..., ChineseParser]) -> None:
    actions = add("central", help="财政端演练平台").add_subparsers(dest="action", required=True, metavar="动作")
    serve = actions.add_parser("serve", help="启动")
    library = actions.add_parser("library", help="指标库：发布新版")
    publish = library.add_subparsers(dest="step", required=True, metavar="动作").add_parser(
        "publish", help="核对、签名并发布指标库的新版"
    )
    for command in (serve, publish):
        command.add_argument("--data", type=Path, required=True, metavar="DIR", help="平台数据文件夹")
        command.add_argument("--database", metavar="URL", help="数据库地址，默认用数据文件夹里的 SQLite")
    serve.add_argument("--host", default="127.0.0.1", help="监听地址，默认只在本机")
    serve.add_argument("--port", type=_port, default=8219, metavar="N", help="端口，默认 8219")
    publish.add_argument("path", type=Path, metavar="FILE|FOLDER", help="一张指标表（只更新表里的条目），或整库文件夹")
    publish.add_argument("--withdraw", action="store_true", help="整库发布时，允许不在文件夹里的条目直接移除")
    publish.add_argument("--dry-run", action="store_true", help="只核对，不发布")
    publish.add_argument("--json", action="store_true", help="输出 JSON")
