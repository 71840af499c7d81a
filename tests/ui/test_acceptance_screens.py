"""Every screen and state has room for what it shows, in every size of window and type that people use."""

import shutil
from pathlib import Path

import pytest

from desktop.bootstrap import read_evoucher
from desktop.demo.screens import SCENES, play
from desktop.demo.stage import open_stage
from desktop.demo.tour import NOTE
from desktop.ui.kit import typography
from desktop.ui.kit.tokens import BASE_SIZES
from desktop.ui.tour.camera import Camera
from desktop.ui.tour.program import open_driver
from desktop.ui.tour.quiet import without_remarks
from tests.system.conftest import secrets_in
from tests.ui.app_fixture import rehearsal

__all__ = ["rehearsal"]


@pytest.mark.parametrize(
    ("width", "height", "size"),
    [(1093, 557, "标准"), (1366, 697, "标准"), (1920, 1040, "标准"), (1366, 697, "特大")],
)
def test_nothing_is_cut_off_on_any_screen(
    qapp: object, rehearsal: Path, tmp_path: Path, width: int, height: int, size: str
) -> None:
    home = Path(shutil.copytree(rehearsal, tmp_path / "home"))
    least = width < 1366 or size == "特大"
    with (
        without_remarks(),
        open_stage(home, secrets_in(home)) as stage,
        open_driver(stage.installation, read_evoucher, tmp_path / "tour", note=NOTE) as hands,
    ):
        typography.set_base_size(BASE_SIZES[size])
        hands.resize(width, height)
        camera = Camera(hands, tmp_path / "screens")
        # The goal editor has thirty states and a library that arrives: where room is least is enough, its own tests
        # look at the other sizes.
        keys = tuple(dict.fromkeys(scene.key for scene in SCENES if scene.key != "performance" or least))
        play(camera, stage.bureau, keys)
    assert len(camera.taken) > 20
    assert camera.cut == {}
