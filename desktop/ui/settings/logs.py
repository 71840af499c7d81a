"""日志: the package for those who look after the program; every word of it is shown before it is written."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.domain.fault import Fault
from desktop.texts import tr
from desktop.texts.stages import size
from desktop.ui.context import Context
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.inputs import TextArea
from desktop.ui.kit.panels import Band
from desktop.ui.kit.tabs import StateTab, StateTabs
from desktop.ui.kit.typography import px
from desktop.ui.settings.section import Section
from desktop.usecases.log_pack import PackedFile, build_pack, write_pack
from desktop.usecases.ports import Books
from desktop.usecases.upkeep import Upkeep

LOG_NAME = "budgetdesk.log"


class LogSection(Section):
    """Shows, then writes.

    Args:
        log_folder: Where the program writes its log.
    """

    def __init__(self, context: Context, upkeep: Upkeep, log_folder: Path, parent: QWidget | None = None) -> None:
        note = tr("程序出了问题，把日志包发给运维。人名、账号、证件号、金额和单位名称都已隐去，下面是包里的全部内容。")
        super().__init__(tr("日志"), note, parent)
        self._context, self._upkeep, self._folder = context, upkeep, log_folder
        self._pack: tuple[PackedFile, ...] = ()
        self.pack = Button(tr("打包给运维…"), "primary", "export")
        self.pack.clicked.connect(self.save)
        self.open_folder = Button(tr("打开日志文件夹"), icon="folder")
        self.open_folder.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_folder))))
        self.add_row(self.pack, self.open_folder)
        self.working = Band("info", tr("正在收集并隐去…"))
        self.add(self.working)
        self.tabs = StateTabs()
        self.tabs.chosen.connect(self._show_file)
        self.text = TextArea(lines=16)
        self.text.set_read_only(True)
        self.text.setAccessibleName(tr("日志包的内容"))
        self.text.setMinimumHeight(px(260))
        self.add(self.tabs)
        self.add(self.text)

    def refresh(self) -> None:
        """Collect anew what would go into the package."""
        self.pack.setEnabled(False)
        self.working.show()
        self.open_folder.setEnabled(self._folder.is_dir())

        def work(books: Books) -> tuple[PackedFile, ...]:
            path = self._folder / LOG_NAME
            log = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
            at = self._upkeep.safekeeping.now().isoformat(timespec="seconds")
            return build_pack(books, self._upkeep.diagnose(), log, at)

        self._context.run(self, work, self._show)

    def _show(self, pack: Sequence[PackedFile]) -> None:
        self._pack = tuple(pack)
        self.working.hide()
        self.pack.setEnabled(True)
        self.tabs.set_tabs([StateTab(file.name, file.name.removesuffix(".txt")) for file in pack])
        self._show_file(self.tabs.key())

    def _show_file(self, name: str) -> None:
        text = next((file.text for file in self._pack if file.name == name), "")
        self.text.set_text(text or tr("没有内容"))

    def save(self) -> None:
        """Ask where to, and write exactly what is shown."""
        now = self._upkeep.safekeeping.now()
        offered = str(Path.home() / tr("预算工作台日志_{day:%Y%m%d}.zip", day=now))
        chosen, _ = QFileDialog.getSaveFileName(self.window(), tr("日志包存到哪里"), offered, "ZIP (*.zip)")
        if chosen:
            self.write(Path(chosen))

    def write(self, target: Path) -> None:
        """Write the package."""
        pack = self._pack

        def work(books: Books) -> int:
            try:
                return write_pack(pack, target)
            except OSError as reason:
                raise Fault("DISK_FAILED", path=str(target), reason=reason.strerror or "") from reason

        def written(count: int) -> None:
            self._context.say(tr("日志包已存到 {path}（{size}）", path=target, size=size(count)))

        self._context.run(self, work, written)
