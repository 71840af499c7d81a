"""The way back to a backup: its content and date first, then the program closes, restores, and opens again."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.texts import tr
from desktop.texts.backups import counts_by_kind, why_words
from desktop.texts.stages import size
from desktop.ui.context import Context
from desktop.ui.kit.choices import Choice
from desktop.ui.kit.dialogs import Question, Verb
from desktop.ui.kit.inputs import Field, SelectInput
from desktop.usecases.ports import BackupContent
from desktop.usecases.safekeeping import BackupSeen, Safekeeping

RESTORE, BACK = "restore", "back"
Restore = Callable[[Path], None]


class RestorePreview(Question):
    """What a backup holds and what happens to the present data; Enter steps back, restoring is asked for by itself."""

    def __init__(self, content: BackupContent, now: datetime, parent: QWidget | None = None) -> None:
        made = datetime.fromisoformat(content.made_at)
        days = (now.date() - made.date()).days
        age = tr("今天") if days == 0 else tr("{days} 天前", days=days)
        body = tr(
            "{unit}，备份于 {made:%Y-%m-%d %H:%M}（{age}）。恢复后，这个时间以后录入的内容会换成备份里的样子。"
            "现在的数据先自动备份一份，随时可以再换回来。",
            unit=content.unit_name or tr("还没有激活的工作区"),
            made=made,
            age=age,
        )
        verbs = (Verb(RESTORE, tr("恢复到这个时间"), "danger"), Verb(BACK, tr("不恢复")))
        super().__init__(tr("备份里有什么"), body, verbs, default=BACK, level="warning", parent=parent)
        for head, states in counts_by_kind(content.counts):
            self.add_words(f"{head}：{states}")
        if not content.counts:
            self.add_words(tr("还没有单据"))
        if content.last_change:
            last = tr(
                "最后改动：{at}　{title}", at=content.last_change[:16].replace("T", " "), title=content.last_title
            )
            self.add_words(last, "text2")


class Restoring(QObject):
    """Looks into backups and restores one.

    Args:
        restore: Closes the window, puts a backup in the place of the data, and opens it again.
    """

    def __init__(self, context: Context, keeping: Safekeeping, restore: Restore, window: QWidget) -> None:
        super().__init__(window)
        self._context, self._keeping, self._restore, self._window = context, keeping, restore, window

    def preview(self, backup: Path) -> None:
        """Verify a backup, show what it holds, and restore it when the user wants that."""
        self._context.run(self, lambda books: self._keeping.look(backup), lambda content: self._ask(content, backup))

    def search(self, folder: Path) -> None:
        """Look for backups where the user says; with several ask which."""
        self._context.run(self, lambda books: list(self._keeping.found_in(folder)), self._choose)

    def _choose(self, found: Sequence[BackupSeen]) -> None:
        sound = [one for one in found if one.sound]
        if not sound:
            self._context.say(tr("这个文件夹里没有完好的备份。请选备份所在的文件夹，或整个U盘。"), "warning")
        elif len(sound) == 1:
            self.preview(sound[0].path)
        else:
            chosen = choose_one(sound, self._window)
            if chosen is not None:
                self.preview(chosen)

    def _ask(self, content: BackupContent, backup: Path) -> None:
        dialog = RestorePreview(content, self._keeping.now(), self._window)
        dialog.exec()
        answer = dialog.answer
        dialog.deleteLater()
        if answer == RESTORE:
            self._restore(backup)


def choose_one(found: Sequence[BackupSeen], parent: QWidget | None) -> Path | None:
    """Ask which of several backups; None when the user steps back."""
    rows = [
        Choice(str(one.path), f"{one.made_at:%Y-%m-%d %H:%M}　{why_words(one.why)}　{size(one.size)}") for one in found
    ]
    verbs = (Verb("look", tr("看内容"), "primary"), Verb(BACK, tr("返回")))
    body = tr("找到 {count} 个完好的备份，选一个先看内容。", count=len(rows))
    dialog = Question(tr("选一个备份"), body, verbs, parent=parent)
    field = SelectInput(rows)
    field.set_code(rows[0].code)
    dialog.add_field(Field(tr("备份"), field))
    dialog.exec()
    chosen = field.choice()
    answer = dialog.answer
    dialog.deleteLater()
    return Path(chosen.code) if answer == "look" and chosen is not None else None
