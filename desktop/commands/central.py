"""`budgetdesk central serve`: the reference platform, for rehearsals, vendors and tests."""

from argparse import Namespace

from desktop.commands.answer import Exit, Unusable


def run(arguments: Namespace) -> Exit:
    """Serve until stopped. Needs the extra `central`; without it the command says so."""
    try:
        from sync.central.web import serve  # noqa: PLC0415 - FastAPI is not in an accountant's installation
    except ImportError as missing:
        raise Unusable(f"这台电脑没有安装财政端演练平台（缺少 {missing.name}）。请安装带 central 的版本。") from missing
    serve(arguments.data, arguments.database, arguments.host, arguments.port)
    return Exit.GOOD
