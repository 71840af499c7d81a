"""`budgetdesk demo`: the rehearsal in a window, or a whole month end through the real windows offscreen."""

import os
from argparse import Namespace
from pathlib import Path

from desktop.commands.answer import Exit, Unusable, say
from desktop.commands.beginning import rehearse
from desktop.commands.homes import REHEARSAL_MARK, REHEARSAL_PASSWORD, SECRETS_FILE, rehearsal_home, tour_home
from desktop.commands.window import has_display
from desktop.demo.material import pins, unit_material
from desktop.demo.report import write_report
from desktop.demo.stage import is_made, make, open_stage
from desktop.demo.story import UNIT_FOLDER
from desktop.demo.tour import tour
from desktop.storage.workspace import open_workspace
from desktop.ui.tour.quiet import without_remarks
from sync.secrets import PasswordFileStore


def run(arguments: Namespace) -> Exit:
    """Show the rehearsal; without a display, or when asked to, drive it."""
    if arguments.headless or not has_display():
        return _drive(arguments.home or tour_home(), arguments.out)
    return _show(arguments.home or rehearsal_home())


def _show(home: Path) -> Exit:
    if not is_made(home, REHEARSAL_MARK):
        make(home, REHEARSAL_MARK, _secrets, say)
    say("演练人员和签名口令：")
    for row in unit_material()["officers"]:
        say(f"  {row['name']}  {pins()[row['id']]}")
    return rehearse(home)


def _drive(home: Path, out: Path) -> Exit:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # the tour never opens a window on somebody's screen
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as reason:
        raise Unusable(f"{out} 不能写入，换一个文件夹。（{reason.strerror}）") from reason
    make(home, REHEARSAL_MARK, _secrets, say)
    say("正在演练：三个人走完一个月末")
    with without_remarks(), open_stage(home, _secrets(home)) as stage:
        stages = tour(stage, out / "screens")
    with open_workspace(home / UNIT_FOLDER, _secrets(home), readonly=True) as workspace:
        report = write_report(workspace, out, stages)
    say(f"报告：{out / 'report.json'}，截图：{out / 'screens'}")
    return Exit.GOOD if report["ok"] else Exit.PROBLEMS


def _secrets(home: Path) -> PasswordFileStore:
    home.mkdir(parents=True, exist_ok=True)
    return PasswordFileStore(home / SECRETS_FILE, REHEARSAL_PASSWORD)
