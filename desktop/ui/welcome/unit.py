"""③ 单位资料: the activation file, shown before it is taken."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.domain.fault import Fault
from desktop.texts import tr
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.labels import Label
from desktop.ui.kit.panels import Panel
from desktop.ui.welcome.step import Step, Trip
from desktop.usecases.enrol import enrol
from sync.activation import Activation, read_activation
from sync.faults import ExchangeFault

_LARGEST = 1 << 20


class UnitStep(Step):
    """Makes the workspace the unit's own."""

    title = tr("单位资料")

    def __init__(self, trip: Trip, parent: QWidget | None = None) -> None:
        words = tr(
            "财政局发的激活文件里有单位、平台地址和信任的签发人，不用填写任何地址。"
            "还没有的先跳过，下一步做密钥并导出登记表交给财政局。"
        )
        super().__init__(trip, tr("导入单位资料"), words, parent)
        self._activation: Activation | None = None
        self._done = ""
        self.choose = Button(tr("选激活文件…"), "primary", "folder")
        self.choose.clicked.connect(self._browse)
        self.box = Panel()
        self.seen = Label("", wrap=True)
        self.confirm = Button(tr("是本单位，导入"), "primary", "check")
        self.confirm.clicked.connect(self.take)
        self.box.body.addWidget(self.seen)
        self.add(self.choose)
        self.add(self.box)
        self.add(self.confirm)
        self.box.hide()
        self.confirm.hide()

    def complete(self) -> bool:
        """The workspace belongs to a unit."""
        return bool(self._done)

    def enter(self) -> None:
        """Look whether the workspace belongs to a unit already."""
        home = self.trip.home
        if home is None:
            return

        def read() -> str:
            books = home.books()
            with books:
                code, name = books.setting("unit_code"), books.setting("unit_name")
            return f"{code}　{name}" if code else ""

        self.run(read, self._known)

    def _known(self, unit: str) -> None:
        self._done = unit
        if unit:
            self.tell("ok", tr("这个工作区属于 {unit}。", unit=unit))

    def _browse(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self.window(), tr("选激活文件"), "")
        if chosen:
            self.look(Path(chosen))

    def look(self, path: Path) -> None:
        """Read and prove an activation file, and show what it says."""
        self.box.hide()
        self.confirm.hide()
        self.tell("info", "")
        self.run(lambda: _read(path), self._show)

    def _show(self, found: Activation) -> None:
        self._activation = found
        lines = [
            tr("单位：{code}　{name}", code=found.unit_code, name=found.unit_name),
            tr("平台：{platform}", platform=found.platform),
            tr("地址：{url}", url=found.url or tr("没有，请向财政局要带地址的激活文件")),
            tr("本机编号：{writer}", writer=found.writer_id),
        ]
        self.seen.setText("\n".join(lines))
        self.box.show()
        self.confirm.show()
        self.confirm.setFocus()

    def take(self) -> None:
        """Write the unit's identity into the workspace."""
        home, found = self.trip.home, self._activation
        if home is None or found is None:
            return

        def work() -> str:
            home.upkeep().keys.writer_key()
            at = home.upkeep().safekeeping.now().isoformat(timespec="seconds")
            enrol(home.books(), found, at)
            return f"{found.unit_code}　{found.unit_name}"

        def taken(unit: str) -> None:
            self.box.hide()
            self.confirm.hide()
            self._known(unit)

        self.run(work, taken)


def _read(path: Path) -> Activation:
    try:
        if path.stat().st_size > _LARGEST:
            raise ExchangeFault("CONTENT_INVALID", {"what": path.name})
        return read_activation(path.read_bytes())
    except OSError as reason:
        raise Fault("DISK_FAILED", path=str(path), reason=reason.strerror or "") from reason
