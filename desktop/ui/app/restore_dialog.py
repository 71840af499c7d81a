"""The way out of a damaged workspace: which backup to put in its place, with day and size before anything is done."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.texts import tr
from desktop.texts.backups import why_words
from desktop.texts.faults import sentence
from desktop.texts.stages import size
from desktop.ui.app.read_source import ReadSource
from desktop.ui.grid.columns import ColumnSpec
from desktop.ui.grid.model import SheetModel
from desktop.ui.grid.sheet import Sheet
from desktop.ui.kit import tokens
from desktop.ui.kit.dialogs import Question, Verb
from desktop.ui.kit.typography import px
from desktop.usecases.safekeeping import BackupSeen

RESTORE, LOOK, CLOSE = "restore", "look", "close"
SHOWN = 6
_COLUMNS = (
    ColumnSpec("at", tr("备份时间"), width=140),
    ColumnSpec("why", tr("来由"), width=96, stretch=1),
    ColumnSpec("size", tr("大小"), width=84, align="right"),
)


class _Backups(ReadSource):
    def __init__(self, backups: Sequence[BackupSeen]) -> None:
        self.backups = tuple(backups)

    def row_count(self) -> int:
        return len(self.backups)

    def value(self, row: int, key: str) -> str:
        one = self.backups[row]
        if key == "at":
            return f"{one.made_at:%Y-%m-%d %H:%M}"
        return why_words(one.why) if key == "why" else size(one.size)


class RestoreDialog(Question):
    """Lists the backups that are sound; Esc closes the program, nothing is changed then."""

    def __init__(self, backups: Sequence[BackupSeen], parent: QWidget | None = None) -> None:
        self.backups = tuple(one for one in backups if one.sound)
        verbs = [Verb(LOOK, tr("只查看")), Verb(CLOSE, tr("关闭"))]
        if self.backups:
            verbs.insert(0, Verb(RESTORE, tr("恢复选中的备份"), "primary"))
        body = sentence("WORKSPACE_DAMAGED")
        if not self.backups:
            body = tr("数据文件有一部分读不出来，这台电脑上没有可用的备份。可以先查看，并请运维处理。")
        super().__init__(tr("数据文件有损坏"), body, verbs, level="error", parent=parent)
        if self.backups:
            self.sheet = Sheet(SheetModel(_COLUMNS, _Backups(self.backups)), lists=True)
            self.sheet.view.setAccessibleName(tr("备份"))
            shown = min(len(self.backups), SHOWN)
            self.sheet.setFixedHeight(px(tokens.HEAD_ROW) + shown * px(tokens.ROW) + 2)
            self.sheet.view.opened.connect(lambda row: self.buttons[RESTORE].click())
            self.add_field(self.sheet)
            self.sheet.view.go_to(0)

    def chosen(self) -> BackupSeen | None:
        """Return the selected backup."""
        if not self.backups:
            return None
        row, _ = self.sheet.view.source_at()
        return self.backups[row] if 0 <= row < len(self.backups) else self.backups[0]


def choose_backup(backups: Sequence[BackupSeen], parent: QWidget | None = None) -> tuple[str, BackupSeen | None]:
    """Ask and wait; return the verb, and the backup when it is `RESTORE`."""
    dialog = RestoreDialog(backups, parent)
    dialog.exec()
    verb, backup = dialog.answer, dialog.chosen()
    dialog.deleteLater()
    return verb, backup if verb == RESTORE else None
