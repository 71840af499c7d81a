"""A run that stops because no backup could be made offers the same ways out as a backup by hand (M28)."""

import pytest

from desktop.storage.faults import WorkspaceFault
from desktop.ui.settings.keeper import BackupKeeper
from tests.ui.app_fixture import Shown, rehearsal, shown
from tests.ui.conftest import clipped
from tests.ui.payment_keys import Key

__all__ = ["rehearsal", "shown"]


def no_room(*_: object) -> None:
    raise WorkspaceFault("DISK_FULL", folder="D:", reason="BACKUP", free="120 MB", needed="400 MB")


def test_three_ways_out_stand_under_the_result(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    for name in ("choose_first", "thin", "open_folder"):
        monkeypatch.setattr(BackupKeeper, name, lambda self, name=name: asked.append(name))
    with monkeypatch.context() as full:
        full.setattr("desktop.storage.backup.require_space", no_room)
        shown.run()
    ways = shown.sync.run.ways
    assert "仅剩 120 MB" in shown.sync.run.band.text()
    assert [button.text() for button in ways.buttons.values()] == ["换备份位置", "清理旧备份", "打开磁盘"]
    assert ways.isVisible()
    assert not clipped(ways)
    for button in ways.buttons.values():
        button.setFocus()
        shown.press(Key.Key_Space, button)
    assert asked == ["choose_first", "thin", "open_folder"]
    shown.run()
    assert not ways.isVisible()
