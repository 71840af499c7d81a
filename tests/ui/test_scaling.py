"""Windows' scaling of 125, 150 and 200 %: on the same screen there is less room, and still nothing is cut off."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ui.app_fixture import PATIENCE, rehearsal

__all__ = ["rehearsal"]
ROOT = Path(__file__).parents[2]
LOOK = """
import json, sys
from pathlib import Path
from desktop.bootstrap import read_evoucher
from desktop.demo.stage import open_stage
from desktop.ui.tour.clipping import clipped
from desktop.ui.tour.program import open_driver
from desktop.ui.tour.quiet import without_remarks
from tests.ui.app_fixture import secrets_in

home, picture, width, height = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
with (
    without_remarks(),
    open_stage(home, secrets_in(home)) as stage,
    open_driver(stage.installation, read_evoucher, home, note="") as hands,
):
    hands.resize(width, height)
    cut = {}
    for page, argument in (("home", ""), ("voucher", "new")):
        hands.open(page, argument)
        cut[page] = clipped(hands.window)
        hands.window.grab().save(f"{picture}-{page}.png")
    ratio = hands.window.devicePixelRatio()
print("\\n" + json.dumps({"ratio": ratio, "cut": cut}))
"""


@pytest.mark.parametrize(
    ("factor", "screen"), [("1.25", (1366, 768)), ("1.5", (1366, 768)), ("2", (1920, 1080))]
)
def test_home_and_voucher_have_room_on_a_scaled_screen(
    rehearsal: Path, tmp_path: Path, factor: str, screen: tuple[int, int]
) -> None:
    home = Path(shutil.copytree(rehearsal, tmp_path / "home"))
    size = [str(int(side / float(factor))) for side in screen]
    pictures = os.environ.get("BUDGETDESK_PICTURES", str(tmp_path))
    around = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": factor,
              "XDG_DATA_HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path)}
    looked = subprocess.run(
        [sys.executable, "-c", LOOK, str(home), f"{pictures}/{factor}", *size], cwd=ROOT, env=around,
        capture_output=True, text=True, timeout=4 * PATIENCE / 1000, check=False,
    )
    assert looked.returncode == 0, looked.stderr
    found = json.loads(looked.stdout.strip().splitlines()[-1])
    assert found["ratio"] == float(factor)
    assert found["cut"] == {"home": [], "voucher": []}
