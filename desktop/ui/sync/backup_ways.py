"""What can be done when a run stopped because no backup could be made (M28)."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.texts.messages import message
from desktop.ui.kit.buttons import Button
from desktop.ui.sync.runner import SyncRunner
from desktop.usecases.month_end import Stage, Status

PLACE, THIN, DISK = "place", "thin", "disk"
_MENDED_HERE = frozenset({"DISK_FULL", "DISK_MISSING", "DISK_FAILED"})


class BackupWays(QWidget):
    """换备份位置, 清理旧备份 and 打开磁盘; shown after such a run alone.

    Signals:
        chosen(str): `PLACE`, `THIN` or `DISK`.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.buttons: dict[str, Button] = {}
        for key, word, icon in zip((PLACE, THIN, DISK), message("M28").verbs, ("folder", "trash", "eye"), strict=True):
            button = self.buttons[key] = Button(word, "tonal" if key == PLACE else "second", icon)
            button.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))
            row.addWidget(button)
        row.addStretch(1)

    def show_run(self, runner: SyncRunner) -> None:
        """Show the ways if the last run stopped at the backup for the sake of a disk."""
        report, over = runner.reports.get(Stage.BACKUP), runner.last
        stopped = report is not None and report.status is Status.FAILED and over is not None
        self.setVisible(stopped and not runner.running and over is not None and over.end.code in _MENDED_HERE)
