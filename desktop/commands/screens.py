"""`budgetdesk screens`: a picture of every screen and state, and what has no room in it."""

import json
import os
import shutil
from argparse import Namespace
from pathlib import Path
from tempfile import TemporaryDirectory

from desktop.bootstrap import read_evoucher
from desktop.commands.answer import Exit, Unusable, say
from desktop.commands.homes import REHEARSAL_MARK, REHEARSAL_PASSWORD, SECRETS_FILE, default_home
from desktop.demo.screens import SCENES, play
from desktop.demo.stage import is_made, make, open_stage
from desktop.demo.tour import NOTE
from desktop.ui.kit import typography
from desktop.ui.kit.tokens import BASE_SIZES
from desktop.ui.tour.camera import Camera
from desktop.ui.tour.program import open_driver
from desktop.ui.tour.quiet import without_remarks
from sync.secrets import PasswordFileStore

REPORT = "screens.json"


def run(arguments: Namespace) -> Exit:
    """Write the pictures; 1 when something in them has less room than it needs."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # nothing opens on somebody's screen
    only = tuple(arguments.only or ())
    groups = dict.fromkeys(scene.key for scene in SCENES)
    unknown = set(only) - set(groups)
    if unknown:
        raise Unusable(f"没有“{'、'.join(sorted(unknown))}”这一组；有：{'、'.join(groups)}。")
    out, home = arguments.out, arguments.home or default_home() / "screens"
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as reason:
        raise Unusable(f"{out} 不能写入，换一个文件夹。（{reason.strerror}）") from reason
    if not is_made(home, REHEARSAL_MARK):
        make(home, REHEARSAL_MARK, _secrets, say)
    with TemporaryDirectory() as folder:
        # On a copy: what the scenes change must not be found by the next run.
        copy = Path(folder) / "home"
        shutil.copytree(home, copy)
        camera = _film(copy, out, arguments.size, BASE_SIZES[arguments.font], only)
    report = {"size": list(arguments.size), "font": arguments.font, "pictures": camera.taken, "clipped": camera.cut}
    (out / REPORT).write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    say(f"{len(camera.taken)} 张截图：{out}")
    for name, lines in camera.cut.items():
        for line in lines:
            say(f"{name}：{line}")
    return Exit.PROBLEMS if camera.cut else Exit.GOOD


def _film(home: Path, out: Path, size: tuple[int, int], points: float, only: tuple[str, ...]) -> Camera:
    """Play the scenes over a rehearsal; what they change stays in its home."""
    with (
        without_remarks(),
        open_stage(home, _secrets(home)) as stage,
        open_driver(stage.installation, read_evoucher, out, note=NOTE) as hands,
    ):
        typography.set_base_size(points)
        hands.resize(*size)
        camera = Camera(hands, out)
        play(camera, stage.bureau, only)
        return camera


def _secrets(home: Path) -> PasswordFileStore:
    home.mkdir(parents=True, exist_ok=True)
    return PasswordFileStore(home / SECRETS_FILE, REHEARSAL_PASSWORD)
