"""The flow strip of a document: 经办 → 复核 → 签章 → 已送达 → 已支付, who and when under each."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.kit.drawn import Drawn
from desktop.ui.kit.icons import paint_icon, qcolor
from desktop.ui.kit.paint import CENTER, LEFT, draw_box, draw_text, text_width
from desktop.ui.kit.typography import font, px

HEIGHT, DISC = 48, 20


@dataclass(frozen=True, slots=True)
class FlowStep:
    """A step: its word, a note under it (who, when), and state done, now, later or failed."""
    word: str
    note: str = ""
    state: str = "later"


_COLORS = {"done": "ok", "now": "accent", "later": "text2", "failed": "err"}


class FlowStrip(Drawn):
    """Numbered steps in a row, 48 high."""

    def __init__(self, steps: Sequence[FlowStep] = (), *, boxed: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[FlowStep, ...] = ()
        self._boxed = boxed
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_steps(steps)

    def set_steps(self, steps: Sequence[FlowStep]) -> None:
        """Show these steps."""
        self._steps = tuple(steps)
        words = {"done": "已完成", "now": "当前", "later": "未到", "failed": "未通过"}
        self.setAccessibleName("流程：" + "，".join(f"{step.word}{words[step.state]}{step.note}" for step in steps))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        widest = sum(self._text_width(step) + DISC + 8 for step in self._steps)
        return QSize(widest + 24 * max(0, len(self._steps) - 1) + 32, px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(240), px(HEIGHT))

    @staticmethod
    def _text_width(step: FlowStep) -> int:
        return max(text_width(font("body", bold=True), step.word), text_width(font("caption"), step.note))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._boxed:
            draw_box(painter, self.rect(), "base", "line")
        if not self._steps:
            return
        pitch = (self.width() - 32) // len(self._steps)
        for at, step in enumerate(self._steps):
            self._paint_step(painter, at, step, QRect(16 + at * pitch, 0, pitch, self.height()))

    def _paint_step(self, painter: QPainter, at: int, step: FlowStep, box: QRect) -> None:
        color, middle = _COLORS[step.state], box.center().y()
        disc = QRect(box.left(), middle - DISC // 2, DISC, DISC)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(qcolor("ctl" if step.state == "later" else color), 1))
        painter.setBrush(qcolor(color) if step.state == "now" else qcolor("okbg") if step.state == "done"
                         else qcolor("errbg") if step.state == "failed" else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(disc.adjusted(1, 1, -1, -1))
        painter.restore()
        if step.state in ("done", "failed"):
            sign = "check" if step.state == "done" else "close"
            paint_icon(painter, sign, disc.left() + 4, disc.top() + 4, color, 12)
        else:
            draw_text(painter, disc, str(at + 1), font("caption", bold=step.state == "now"),
                      "white" if step.state == "now" else "text2", CENTER)
        left = disc.right() + 9
        half = box.height() // 2
        room = box.right() - left - 4
        bold = step.state in ("now", "failed")
        top = half - px(18) if step.note else half - px(10)
        draw_text(painter, QRect(left, top, room, px(20)), step.word, font("body", bold=bold),
                  "text" if step.state in ("now", "done") else color, LEFT)
        draw_text(painter, QRect(left, half, room, px(18)), step.note, font("caption"), "text2", LEFT)
        line = left + self._text_width(step) + 12
        if at + 1 < len(self._steps) and line < box.right() - 12:
            painter.fillRect(line, middle, box.right() - 12 - line, 1, qcolor("ok" if step.state == "done" else "line"))
