"""`budgetdesk central`: the reference platform, for rehearsals, vendors and tests."""

from argparse import Namespace
from importlib import import_module
from types import ModuleType

from desktop.commands.answer import Exit, Unusable, say


def run(arguments: Namespace) -> Exit:
    """Do what was asked for. Needs the extra `central`; without it the command says so."""
    if arguments.action == "library":
        code: Exit = _part("desktop.commands.central_library").publish(arguments)
        return code
    serve = _part("sync.central.web").serve
    say(f"财政端演练平台：http://{arguments.host}:{arguments.port}，数据在 {arguments.data}。按 Ctrl+C 停止。")
    try:
        serve(arguments.data, arguments.database, arguments.host, arguments.port)
    except KeyboardInterrupt:
        say("已停止。")
    return Exit.GOOD


def _part(name: str) -> ModuleType:
    """Return a module that an accountant's installation need not have."""
    try:
        return import_module(name)
    except ImportError as missing:
        if (missing.name or "").partition(".")[0] in ("", "desktop", "sync"):
            raise  # not a part that was left out, but a mistake of ours
        raise Unusable(f"这台电脑没有安装财政端演练平台（缺少 {missing.name}）。请安装带 central 的版本。") from missing
