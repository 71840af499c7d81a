"""Makes backups for a window: today's first, those by hand, the second copies; tells M28 with its numbers."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.domain.fault import Fault
from desktop.texts import faults, tr
from desktop.texts.messages import message
from desktop.texts.stages import size
from desktop.ui.context import Context
from desktop.ui.kit.dialogs import Verb, ask
from desktop.usecases.ports import BackupMade, Books
from desktop.usecases.safekeeping import BY_HAND, DAILY, Safekeeping
from sync.faults import ExchangeFault

OLD_DAYS = 7  # from then on a second copy is told as old
_NO_ROOM = frozenset({"DISK_FULL"})


class BackupKeeper(QObject):
    """One for each window over a workspace that can be written.

    Signals:
        changed(): A backup or a second copy was made or removed, or could not be.
    """

    changed = Signal()

    def __init__(self, context: Context, keeping: Safekeeping, window: QWidget) -> None:
        super().__init__(window)
        self._context, self._window = context, window
        self.keeping = keeping
        self.busy = False
        self.trouble: Fault | ExchangeFault | None = None  # of the last backup
        self.second_trouble: Fault | ExchangeFault | None = None
        self._warned: date | None = None

    def start(self) -> None:
        """Make today's first backup when it is due, and bring it to the second place."""
        self._context.run(self, lambda books: self.keeping.due(), self._started)

    def _started(self, due: bool) -> None:
        if due:
            self.make(DAILY)
        else:
            self.copy_over()

    def make(self, why: str = BY_HAND, then: Callable[[], None] = lambda: None) -> None:
        """Make a backup in the thread of the books; the second copy follows in another one.

        Args:
            why: A word of the reason; one by hand is told when it is done.
            then: Called when it was made.
        """
        if self.busy or self.keeping.readonly:
            return
        self.busy = True
        self.changed.emit()

        def work(books: Books) -> BackupMade:
            return self.keeping.make(why)

        def made(backup: BackupMade) -> None:
            self.busy, self.trouble = False, None
            if why == BY_HAND:
                told = tr("已备份到 {folder}（{size}），核对完好", folder=backup.path.parent, size=size(backup.size))
                self._context.say(told)
            self.changed.emit()
            self.copy_over()
            then()

        self._context.run(self, work, made, self._not_made)

    def _not_made(self, error: Exception) -> None:
        self.busy = False
        self.trouble = error if isinstance(error, (Fault, ExchangeFault)) else None
        self.changed.emit()
        self.tell(error)

    def copy_over(self, *, by_hand: bool = False) -> None:
        """Bring the newest backup to the second place, when one is chosen; a disk that is missing is only noted."""

        def copied(made: BackupMade | None) -> None:
            self.second_trouble = None
            if made is not None and by_hand:
                self._context.say(tr("第二份已拷到 {folder}，核对完好", folder=made.path.parent))
            self.changed.emit()

        def not_copied(error: Exception) -> None:
            self.second_trouble = error if isinstance(error, (Fault, ExchangeFault)) else None
            self.changed.emit()
            today = self.keeping.now().date()
            if self.second_trouble is not None and (by_hand or self._warned != today):
                self._warned = today
                told = faults.describe(self.second_trouble.code, self.second_trouble.facts)
                self._context.say(f"{told.title}：{told.happened}{told.advice}", "warning")

        if not self.keeping.readonly:
            self._context.run_in_net(self, lambda at, job: self.keeping.copy_newest(), copied, not_copied)

    def tell(self, error: Exception) -> None:
        """Tell why no backup was made; on a full disk with the numbers and what can be done (M28)."""
        if isinstance(error, Fault) and (error.code in _NO_ROOM or error.facts.get("reason") == "FIRST"):
            QTimer.singleShot(0, self, lambda: self._tell_no_room(error))
        else:
            self._context.failed.emit(error)

    def _tell_no_room(self, fault: Fault) -> None:
        said = message("M28")
        told = faults.describe(fault.code, fault.facts)
        place, thin, disk = said.verbs[:3]
        verbs = (
            Verb("place", place, "primary"),
            Verb("thin", thin),
            Verb("disk", disk),
            Verb("later", tr("以后再说")),
        )
        body = f"{told.happened}{told.safe}{told.advice}"
        answer = ask(told.title, body, verbs, default="place", level="warning", parent=self._window)
        if answer == "place":
            self.choose_first()
        elif answer == "thin":
            self.thin()
        elif answer == "disk":
            self.open_folder()

    def choose_first(self) -> None:
        """Let the user choose where backups go, and make one there."""
        chosen = QFileDialog.getExistingDirectory(self._window, tr("备份放到哪个文件夹"), "")
        if chosen:
            self.keeping.keep_first(Path(chosen))
            self.make(BY_HAND)

    def thin(self) -> None:
        """Say what old backups can be removed and how much room that gives; remove them when the user wants it."""

        def told(found: tuple[int, int]) -> None:
            count, freed = found
            if not count and not freed:
                self._context.say(tr("没有可以清理的旧备份：最近 3 个、手工的和各年末的都要留着"), "info")
                return
            body = tr(
                "删除 {count} 个自动备份，腾出约 {size}。最近 3 个、手工的、升级前的和各年末的都留着。删了不能找回。",
                count=count,
                size=size(freed),
            )
            verbs = (Verb("thin", tr("清理 {count} 个", count=count), "danger"), Verb("back", tr("不清理")))
            if ask(tr("清理旧备份"), body, verbs, default="back", level="warning", parent=self._window) == "thin":
                self._context.run(self, lambda books: self.keeping.thin(really=True), thinned)

        def thinned(found: tuple[int, int]) -> None:
            self._context.say(tr("已清理 {count} 个旧备份，腾出 {size}", count=found[0], size=size(found[1])))
            self.changed.emit()

        self._context.run(self, lambda books: self.keeping.thin(really=False), told)

    def open_folder(self) -> None:
        """Show the folder of the backups in the system's own window."""
        try:
            place = self.keeping.first_place()
        except Fault:
            place = Path(self.keeping.places().first)
        there = next((folder for folder in (place, *place.parents) if folder.is_dir()), place)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(there)))


def second_words(keeping: Safekeeping, trouble: Fault | ExchangeFault | None, now: datetime) -> tuple[str, str]:
    """Return what is said of the second copy, and its kind of band: ok, warning or neutral.

    A missing disk is amber, never red: the first backup stands.
    """
    places = keeping.places()
    if not places.second:
        return tr("还没有第二份备份。电脑坏了或丢了，只有另一个磁盘上的备份能救回来。"), "neutral"
    copied = datetime.fromisoformat(places.copied_at) if places.copied_at else None
    days = (now.date() - copied.date()).days if copied is not None else -1
    age = tr("最近一份是今天拷的") if days == 0 else tr("最近一份是 {days} 天前拷的", days=days)
    if copied is None:
        age = tr("还没有拷过")
    if trouble is not None:
        told = faults.describe(trouble.code, trouble.facts)
        return f"{told.title}：{told.happened}{age}。{told.advice}", "warning"
    if copied is None or days > OLD_DAYS:
        return tr("{age}，请插上磁盘再拷一份。", age=age), "warning"
    return tr("{age}，核对完好。", age=age), "ok"
