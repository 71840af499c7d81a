"""网络: where the platform is, through which proxy, and a test of the line in words, step by step."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtWidgets import QWidget

from desktop.texts import faults, tr
from desktop.texts.duration import spoken_seconds
from desktop.ui.context import Context
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.panels import Band
from desktop.ui.settings.section import Section
from desktop.usecases.upkeep import Line, LinkStep, Upkeep

_MOST_STEPS = 6


def step_words(step: LinkStep) -> tuple[str, str]:
    """Return what a step of the test says, and the kind of its band."""
    if step.what == "CLOCK":
        return _clock_words(int(Decimal(step.told)), step.ok)
    if not step.ok:
        told = faults.describe(step.code, dict(step.facts))
        return f"{told.title}：{told.happened}{told.advice}", "error"
    words = {
        "ADDRESS": tr("平台地址 {told}", told=step.told),
        "PROXY": tr("经过系统代理 {told}", told=step.told) if step.told else tr("直接连接，不经过代理"),
        "ANSWER": tr("平台有回应，本机身份通过"),
        "PLATFORM": tr("确实是激活时登记的平台：{told}", told=step.told),
        "NOTICE": tr("平台通知：{told}", told=step.told),
    }
    return words[step.what], "ok"


def _clock_words(apart: int, ok: bool) -> tuple[str, str]:
    if ok:
        return tr("电脑时间正确（与平台相差 {seconds} 秒）", seconds=abs(apart)), "ok"
    way = tr("快") if apart > 0 else tr("慢")
    apart_words = spoken_seconds(abs(apart))
    words = tr("电脑时间不准：比财政平台{way} {span}。签名时间会不对，请先校准时间。", way=way, span=apart_words)
    return words, "warning"


class NetworkSection(Section):
    """The line to the platform."""

    def __init__(self, context: Context, upkeep: Upkeep, parent: QWidget | None = None) -> None:
        note = tr("平台地址来自财政局的激活文件，不用填写。代理用系统的设置，要改请在系统的网络设置里改。")
        super().__init__(tr("网络"), note, parent)
        self._context, self._upkeep = context, upkeep
        self._line: Line | None = None
        self.url, self.platform = self.add_pair(tr("平台地址")), self.add_pair(tr("平台"))
        self.proxy, self.stream = self.add_pair(tr("代理")), self.add_pair(tr("本机编号"))
        self.test = Button(tr("测试网络"), "primary", "link")
        self.test.clicked.connect(self.try_line)
        self.add_row(self.test)
        self.running = Band("info", tr("正在测试，最多约 10 秒…"))
        self.add(self.running)
        self.running.hide()
        self.bands = [Band("ok") for _ in range(_MOST_STEPS)]
        for band in self.bands:
            self.add(band)
            band.hide()

    def refresh(self) -> None:
        """Read where the platform is."""
        self._context.run(self, self._upkeep.line, self._show)

    def _show(self, line: Line) -> None:
        self._line = line
        self.url.setText(line.url or tr("还没有激活，或激活文件里没有网络地址"))
        self.platform.setText(line.platform or tr("还没有激活"))
        self.proxy.setText(line.proxy or tr("没有，直接连接"))
        self.stream.setText(line.stream or tr("还没有激活"))
        self.test.setEnabled(bool(line.url))

    def try_line(self) -> None:
        """Test the line in a thread of the net."""
        line = self._line
        if line is None or not self.test.isEnabled():
            return
        self.test.setEnabled(False)
        for band in self.bands:
            band.hide()
        self.running.show()
        self._context.run_in_net(self, lambda at, job: list(self._upkeep.try_line(line)), self._tell, self._failed)

    def _tell(self, steps: Sequence[LinkStep]) -> None:
        self._over()
        for band, step in zip(self.bands, steps, strict=False):
            words, kind = step_words(step)
            band.set_content(kind, words)
            band.show()

    def _failed(self, error: Exception) -> None:
        self._over()
        self._context.failed.emit(error)

    def _over(self) -> None:
        self.running.hide()
        self.test.setEnabled(True)
        self.test.setFocus()
