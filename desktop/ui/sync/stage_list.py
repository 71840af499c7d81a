"""The eight stages, painted: what each found, how long it took; the running one large with its bar."""

from collections.abc import Mapping

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.texts import tr
from desktop.texts.stages import sentence, size, title
from desktop.ui.kit.drawn import Drawn
from desktop.ui.kit.icons import paint_icon, qcolor
from desktop.ui.kit.paint import LEFT, RIGHT, draw_box, draw_text
from desktop.ui.kit.typography import font, px
from desktop.usecases.month_end import Stage, StageReport, Status

PITCH, LEAST_PITCH, LARGE, LEAST_LARGE = 44, 28, 92, 78
DISC, DISC_LEFT, NAME_LEFT, TEXT_LEFT, TIME = 22, 18, 52, 136, 56
_SHORT = 10  # seconds below which tenths are shown
_COLORS = {
    Status.DONE: "ok",
    Status.RUNNING: "accent",
    Status.WAITING: "text2",
    Status.STOPPED: "text2",
    Status.FAILED: "warn",
}
_SIGNS = {Status.DONE: "check", Status.STOPPED: "stop", Status.FAILED: "minus"}


def clock(seconds: float) -> str:
    """Return a duration as people read it: ``0.4 秒``, ``0:42``."""
    if seconds < _SHORT:
        return tr("{seconds} 秒", seconds=f"{max(seconds, 0.1):.1f}")
    whole = int(seconds)
    return f"{whole // 60}:{whole % 60:02d}"


def share_done(report: StageReport) -> float | None:
    """Return how far a running stage is, 0 to 1; None while nobody knows."""
    whole, done = int(report.facts.get("size", "0")), int(report.facts.get("done", "0"))
    return min(1.0, done / whole) if whole > 0 else None


def carried_words(report: StageReport) -> str:
    """Return how much of a running stage is carried; empty when there is nothing to count."""
    whole, done = int(report.facts.get("size", "0")), int(report.facts.get("done", "0"))
    if report.stage is Stage.SEND and whole > 0:
        return tr("已送 {done}，共 {whole}", done=size(done) if done else "0 KB", whole=size(whole))
    if report.stage is Stage.RECEIVE and done > 0:
        return tr("已收 {done}", done=size(done)) if done > _STEPS else ""
    return ""


_STEPS = 1000  # below it the number counts steps, not bytes


class StageList(Drawn):
    """All eight stages under each other; they move closer together when there is little room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reports: dict[Stage, StageReport] = {stage: StageReport(stage, Status.WAITING) for stage in Stage}
        self._urgent = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_reports(self, reports: Mapping[Stage, StageReport], *, urgent: bool = False) -> None:
        """Show these reports.

        Args:
            urgent: A failed stage needs somebody to act; it is red then, and amber otherwise.
        """
        before = {stage: report.status for stage, report in self._reports.items()}
        self._reports, self._urgent = {**self._reports, **reports}, urgent
        self.setAccessibleName("；".join(self.lines()))
        for stage, report in self._reports.items():
            if report.status is not before[stage] and report.status is not Status.WAITING:
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self._line(report)))
        self.updateGeometry()
        self.update()

    def lines(self) -> list[str]:
        """Return every stage in words."""
        return [self._line(self._reports[stage]) for stage in Stage]

    @staticmethod
    def _line(report: StageReport) -> str:
        return f"{title(report.stage)} {sentence(report.stage, report.status, report.facts)}"

    def sizeHint(self) -> QSize:
        large = any(report.status is Status.RUNNING for report in self._reports.values())
        return QSize(420, px(PITCH) * (len(Stage) - large) + px(LARGE) * large + 8)

    def minimumSizeHint(self) -> QSize:
        large = any(report.status is Status.RUNNING for report in self._reports.values())
        return QSize(320, px(LEAST_PITCH) * (len(Stage) - large) + px(LEAST_LARGE) * large + 8)

    def _heights(self) -> tuple[int, int]:
        """Return the height of a common line and of the running one."""
        running = any(report.status is Status.RUNNING for report in self._reports.values())
        room, count = self.height() - 8, len(Stage) - running
        if room >= px(PITCH) * count + px(LARGE) * running:
            return px(PITCH), px(LARGE)
        large = px(LEAST_LARGE)
        return max(px(LEAST_PITCH), (room - large * running) // max(1, count)), large

    def running_span(self) -> tuple[int, int]:
        """Return top and bottom of the running stage, both 0 when none runs."""
        pitch, large = self._heights()
        for at, stage in enumerate(Stage):
            if self._reports[stage].status is Status.RUNNING:
                return 4 + at * pitch, 4 + at * pitch + large
        return 0, 0

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), qcolor("base"))
        pitch, large = self._heights()
        top, centres = 4, []
        for stage in Stage:
            report = self._reports[stage]
            height = large if report.status is Status.RUNNING else pitch
            middle = top + (px(20) if report.status is Status.RUNNING else height // 2)
            centres.append(middle)
            top += height
        self._paint_thread(painter, centres)
        top = 4
        for stage, middle in zip(Stage, centres, strict=True):
            report = self._reports[stage]
            height = large if report.status is Status.RUNNING else pitch
            self._paint_stage(painter, report, QRect(0, top, self.width(), height), middle)
            top += height

    def _paint_thread(self, painter: QPainter, centres: list[int]) -> None:
        left = DISC_LEFT + DISC // 2
        for at, stage in enumerate(list(Stage)[:-1]):
            done = self._reports[stage].status is Status.DONE
            box = QRect(left, centres[at], 1, centres[at + 1] - centres[at])
            painter.fillRect(box, qcolor("ok" if done else "line"))

    def _paint_stage(self, painter: QPainter, report: StageReport, box: QRect, middle: int) -> None:
        running = report.status is Status.RUNNING
        if running:
            painter.fillRect(box, qcolor("readybg"))
        color = "err" if report.status is Status.FAILED and self._urgent else _COLORS[report.status]
        self._paint_disc(painter, report, middle, color)
        line = QRect(0, middle - px(11), self.width(), px(22))
        tone = "text2" if report.status in (Status.WAITING, Status.STOPPED) else "text"
        draw_text(painter, line.adjusted(NAME_LEFT, 0, 0, 0), title(report.stage), font(bold=running), tone, LEFT)
        said = sentence(report.stage, report.status, report.facts)
        text = QRect(px(TEXT_LEFT), line.top(), self.width() - px(TEXT_LEFT) - px(TIME) - 24, line.height())
        shade = color if report.status is Status.FAILED else tone
        if not running:
            draw_text(painter, text, said, font(), shade, LEFT)
            if report.status is not Status.WAITING:
                seconds = QRect(self.width() - 16 - px(TIME), line.top(), px(TIME), line.height())
                draw_text(painter, seconds, clock(report.seconds), font(), "text2", RIGHT)
            return
        self._paint_running(painter, report, said, middle)

    def _paint_running(self, painter: QPainter, report: StageReport, said: str, middle: int) -> None:
        left, right = px(TEXT_LEFT), self.width() - 16
        bar = QRect(left, middle - 4, right - left, 8)
        draw_box(painter, bar, "base", radius=4)
        share = share_done(report)
        if share is not None:
            draw_box(painter, QRect(left, bar.top(), max(8, round(bar.width() * share)), 8), "accent", radius=4)
        else:
            third = bar.width() // 3
            at = round(report.seconds * 2) % 3
            draw_box(painter, QRect(left + third * at, bar.top(), third, 8), "sel", radius=4)
        words = QRect(left, bar.bottom() + 8, right - left, px(22))
        draw_text(painter, words, said, font(bold=True), "text", LEFT)
        draw_text(painter, words, clock(report.seconds), font(), "text2", RIGHT)
        draw_text(painter, words.translated(0, px(22)), carried_words(report), font(), "text2", LEFT)

    def _paint_disc(self, painter: QPainter, report: StageReport, middle: int, color: str) -> None:
        disc = QRect(DISC_LEFT, middle - DISC // 2, DISC, DISC)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fills = {Status.DONE: "okbg", Status.RUNNING: "accent", Status.FAILED: "errbg" if self._urgent else "warnbg"}
        painter.setBrush(qcolor(fills.get(report.status, "base")))
        waiting = report.status in (Status.WAITING, Status.STOPPED)
        painter.setPen(QPen(qcolor("ctl"), 1) if waiting else Qt.PenStyle.NoPen)
        painter.drawEllipse(disc)
        painter.restore()
        if report.status is Status.RUNNING:
            sign = "send" if report.stage is Stage.SEND else "sync"
            paint_icon(painter, sign, disc.left() + 4, disc.top() + 4, "white", 14)
        elif report.status in _SIGNS:
            paint_icon(painter, _SIGNS[report.status], disc.left() + 5, disc.top() + 5, color, 12)
