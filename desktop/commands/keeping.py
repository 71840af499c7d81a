"""`budgetdesk backup`, `restore` and `logs`: what the settings page does, without a window."""

from argparse import Namespace
from pathlib import Path

import platformdirs

from desktop.bootstrap import install
from desktop.commands.answer import Exit, Unusable, message, refused, say, say_json
from desktop.commands.homes import open_at
from desktop.domain.fault import Fault
from desktop.storage.backup import copy_backup, make_backup, place_on, restore_to_folder
from desktop.storage.backup_content import look_into
from desktop.storage.shelf import search_backups
from desktop.texts.backups import counts_line
from desktop.texts.stages import size
from desktop.usecases.log_pack import build_pack, write_pack
from desktop.usecases.safekeeping import BY_HAND


def backup(arguments: Namespace) -> Exit:
    """Make a backup now, and its second copy when one is wanted or was chosen in the window."""
    with open_at(arguments.workspace) as workspace:
        keeping = install(workspace).safekeeping()
        made = make_backup(workspace, why=BY_HAND)
        second: str = ""
        fault: Fault | None = None
        try:
            if arguments.to is not None:
                place = place_on(arguments.to, workspace.id)
                second = str(copy_backup(made.path, place, keeping.now()).path)
            else:
                copied = keeping.copy_newest()
                second = str(copied.path) if copied is not None else ""
        except Fault as missing:
            fault = missing
    if arguments.json:
        say_json(
            {
                "ok": fault is None,
                "path": str(made.path),
                "size": made.size,
                "second": second,
                "message": message(fault) if fault is not None else "",
            }
        )
    else:
        say(f"已备份到 {made.path}（{size(made.size)}），核对完好。")
        if second:
            say(f"第二份在 {second}。")
        if fault is not None:
            refused(fault)
    return Exit.GOOD if fault is None else Exit.PROBLEMS


def restore(arguments: Namespace) -> Exit:
    """Put a backup in the place of a workspace's data, after a backup of the present state."""
    chosen = _the_backup(arguments.backup)
    if not (arguments.workspace / "workspace.json").is_file():
        restore_to_folder(chosen, arguments.workspace)
        if arguments.json:
            say_json({"ok": True, "path": str(arguments.workspace), "before": ""})
        else:
            say(f"已从备份建立 {arguments.workspace}。打开时请输入打印的恢复码。")
        return Exit.GOOD
    with open_at(arguments.workspace) as workspace:
        content = None if workspace.damaged else look_into(workspace.source(), chosen)
        before = workspace.restore(chosen)
    if arguments.json:
        say_json({"ok": True, "path": str(arguments.workspace), "before": str(before.path)})
    else:
        if content is not None:
            say(f"备份时间 {content.made_at[:16].replace('T', ' ')}：{counts_line(content.counts)}。")
        say(f"已恢复。恢复前的数据备份在 {before.path}。")
    return Exit.GOOD


def logs(arguments: Namespace) -> Exit:
    """Write the package for those who look after the program."""
    with open_at(arguments.workspace, readonly=True) as workspace:
        installation = install(workspace)
        log = Path(platformdirs.user_log_dir("BudgetDesk", appauthor=False)) / "budgetdesk.log"
        text = log.read_text(encoding="utf-8", errors="replace") if log.is_file() else ""
        at = installation.clock.now().isoformat(timespec="seconds")
        pack = build_pack(installation.books(), installation.upkeep().diagnose(), text, at)
    written = write_pack(pack, arguments.out)
    say(f"已写到 {arguments.out}（{size(written)}）：{'、'.join(file.name for file in pack)}。姓名、账号和金额已隐去。")
    return Exit.GOOD


def _the_backup(folder: Path) -> Path:
    found = search_backups(folder)
    if any(one.path == folder for one in found):
        return folder
    if len(found) == 1:
        return found[0].path
    if found:
        raise Unusable(f"{folder} 里有 {len(found)} 个备份，请写明其中一个，例如 {found[0].path}。")
    raise Unusable(f"{folder} 里没有备份。")
