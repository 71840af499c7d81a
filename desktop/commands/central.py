"""`budgetdesk central serve`: the reference platform, for rehearsals, vendors and tests."""

from argparse import Namespace

from desktop.commands.answer import Exit, Unusable, say


def run(arguments: Namespace) -> Exit:
    """Serve until stopped. Needs the extra `central`; without it the command says so."""
    try:
        from sync.central.web import serve  # noqa: PLC0415 - FastAPI is not in an accountant's installation
    except ImportError as missing:
        if (missing.name or "").partition(".")[0] in ("", "desktop", "sync"):
            raise  # not a part that was left out, but a mistake of ours
        raise Unusable(f"这台电脑没有安装财政端演练平台（缺少 {missing.name}）。请安装带 central 的版本。") from missing
    say(f"财政端演练平台：http://{arguments.host}:{arguments.port}，数据在 {arguments.data}。按 Ctrl+C 停止。")
    try:
        serve(arguments.data, arguments.database, arguments.host, arguments.port)
    except KeyboardInterrupt:
        say("已停止。")
    return Exit.GOOD
