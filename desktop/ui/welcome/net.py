"""⑤ 网络和备份盘: a test of the line, or the way on without one; and another disk for the second copies."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.texts import tr
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.labels import Label
from desktop.ui.kit.panels import Band, SectionTitle
from desktop.ui.settings.network import step_words
from desktop.ui.welcome.step import Step, Trip
from desktop.usecases.upkeep import Line, LinkStep

_MOST = 6


class NetStep(Step):
    """The last step; both halves may be left out."""

    title = tr("网络和备份")

    def __init__(self, trip: Trip, parent: QWidget | None = None) -> None:
        words = tr("能上网的测一下；没有网络也能填报，送出时再接上网络。")
        super().__init__(trip, tr("网络和备份盘"), words, parent)
        self.test = Button(tr("测试网络"), "primary", "link")
        self.test.clicked.connect(self.try_line)
        self.offline = Button(tr("没有网络，先跳过"))
        self.offline.clicked.connect(self._go_offline)
        self.add(self.test, self.offline)
        self.bands = [Band("ok") for _ in range(_MOST)]
        for band in self.bands:
            self.add(band)
            band.hide()
        self.add(SectionTitle(tr("第二份备份"), tr("放在另一个磁盘上，电脑坏了也能找回")))
        self.disk = Button(tr("选另一个磁盘…"), icon="folder")
        self.disk.clicked.connect(self._browse)
        self.place = Label(tr("还没有选"), tone="text2", wrap=True)
        self.add(self.disk)
        self.add(self.place)

    def enter(self) -> None:
        """Show where second copies go."""
        home = self.trip.home
        second = home.upkeep().safekeeping.places().second if home is not None else ""
        self.place.setText(tr("放在：{folder}", folder=second) if second else tr("还没有选"))

    def try_line(self) -> None:
        """Test the line, step by step."""
        home = self.trip.home
        if home is None:
            return
        self.test.setEnabled(False)
        self.tell("info", tr("正在测试，最多约 10 秒…"))

        def found(line: Line) -> None:
            self.run(lambda: list(home.upkeep().try_line(line)), self._show, net=True)

        self.run(lambda: home.upkeep().line(home.books()), found)

    def _show(self, steps: list[LinkStep]) -> None:
        self.test.setEnabled(True)
        self.tell("info", "")
        for band in self.bands:
            band.hide()
        for band, step in zip(self.bands, steps, strict=False):
            words, kind = step_words(step)
            band.set_content(kind, words)
            band.show()

    def _go_offline(self) -> None:
        for band in self.bands:
            band.hide()
        self.tell("ok", tr("可以先跳过。没有网络也能填报、复核、签章；送出时要接上网络，按 F12 同步。"))

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self.window(), tr("第二份备份放到哪个磁盘"), "")
        if chosen:
            self.keep_second(Path(chosen))

    def keep_second(self, folder: Path) -> None:
        """Let second copies go to a folder, and make the first one now, so that a wrong disk shows at once."""
        home = self.trip.home
        if home is None:
            return

        def work() -> None:
            keeping = home.upkeep().safekeeping
            keeping.keep_second(folder)
            keeping.make("manual")
            keeping.copy_newest()

        def kept(done: None) -> None:
            self.enter()
            self.tell("ok", tr("第二份已拷好并核对。以后每次备份后自动拷过去。"))

        self.run(work, kept)
