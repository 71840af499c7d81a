"""The strip over the paper: which quota pays, how much is left, and what stays after this voucher."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QEvent, QRect, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.money import ZERO, format_yuan
from desktop.domain.voucher import QuotaPart
from desktop.domain.voucher_rules import VoucherFacts
from desktop.texts import tr
from desktop.ui.kit.choices import Choice
from desktop.ui.kit.icons import paint_icon, qcolor
from desktop.ui.kit.inputs import ChoiceInput
from desktop.ui.kit.paint import LEFT, draw_box, draw_text, text_width
from desktop.ui.kit.typography import font, px
from desktop.ui.payment.reading import QuotaChoice, quota_label

HEIGHT, BAR, GAP, EDGE, HEAD = 36, 120, 8, 12, 66


class QuotaStrip(QWidget):
    """A chooser for the quota and, at the right, its money.

    Signals:
        chosen(str): Id of the quota that was picked.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.field = ChoiceInput((), frameless=True, parent=self)
        self.field.setPlaceholderText(tr("输入文号、项目或拼音首字母，选择指标"))
        self.field.setFont(font("body", bold=True))
        self.field.setAccessibleName(tr("指标"))
        self.field.chosen.connect(self._picked)
        self._parts: list[tuple[str, str, bool]] = []  # words, tone, bold; an empty text stands for the bar
        self._used = self._own = 0.0
        self._label = ""

    def offer(self, quotas: Sequence[QuotaChoice]) -> None:
        """Offer these quotas: those with money first."""
        rows = sorted(quotas, key=lambda one: (one.quota.status != "ACTIVE", one.balance.available <= 0))
        self.field.set_rows([quota_choice(one) for one in rows])

    def show_quota(self, part: QuotaPart, facts: VoucherFacts, amount: Decimal) -> None:
        """Show the voucher's quota and what its amount leaves of it."""
        shown = quota_label(part.document_no, part.project_name, part.description)
        if shown != self._label:  # a text that is no quota stays where it was typed until one is chosen
            self._label = shown
            self.show_label()
        quota = facts.quota
        if quota is None or quota.id != part.quota_id:
            self._parts = []
        else:
            self._count(quota.amount, facts, amount)
        self._place()
        self.update()

    def show_label(self) -> None:
        """Show the words of the voucher's quota, in place of what was typed."""
        self.field.set_text(self._label)
        self.field.setCursorPosition(0)
        self.field.set_error()

    def stray(self) -> str:
        """Return what was typed and is no quota; empty when all is well."""
        typed = self.field.text()
        return typed if typed != self._label else ""

    def _count(self, whole: Decimal, facts: VoucherFacts, amount: Decimal) -> None:
        available = facts.balance.available + facts.reserved_here
        left = available - amount
        self._used = float((whole - available) / whole) if whole > 0 else 0.0
        self._own = float(amount / whole) if whole > 0 else 0.0
        self._parts = [(tr("全年 {amount}", amount=format_yuan(whole)), "text2", False), ("", "", False)]
        if facts.planned > ZERO:
            self._parts.append((tr("草稿占 {amount}", amount=format_yuan(facts.planned)), "text2", False))
        self._parts += [
            (tr("可用"), "text2", False), (format_yuan(available), "text", True),
            (tr("本单后剩"), "text2", False), (format_yuan(left), "ok" if left >= 0 else "err", True),
        ]
        self.setAccessibleDescription(" ".join(words for words, _, _ in self._parts if words))

    def _picked(self, choice: object) -> None:
        if isinstance(choice, Choice):
            self.chosen.emit(choice.code)
        else:
            self.show_label()  # emptied: a voucher keeps its quota until another is chosen

    # -- look

    def sizeHint(self) -> QSize:
        return QSize(px(600), px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(360), px(HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange) and hasattr(self, "_parts"):
            self.field.setFont(font("body", bold=True))
            self.updateGeometry()
            self._place()
        super().changeEvent(event)

    def _width(self, words: str, bold: bool) -> int:
        return text_width(font("body", bold=bold), words) if words else px(BAR)

    def _shown(self) -> list[tuple[str, str, bool]]:
        """Return the parts that fit beside a chooser of useful width; the bar and the whole go first."""
        parts = list(self._parts)
        label = min(text_width(font("body", bold=True), self._label) + px(44), self.width() // 2)
        room = self.width() - px(HEAD) - max(px(240), label) - EDGE
        while parts and sum(self._width(words, bold) + GAP for words, _, bold in parts) > room and len(parts) > 4:
            parts.pop(1 if len(parts) > 1 and not parts[1][0] else 0)
        return parts

    def _place(self) -> None:
        money = sum(self._width(words, bold) + GAP for words, _, bold in self._shown())
        left = px(HEAD)
        self.field.setGeometry(left, 4, max(px(160), self.width() - left - money - EDGE - GAP), self.height() - 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_box(painter, self.rect(), "base", "line")
        middle = self.height() // 2
        paint_icon(painter, "wallet", EDGE, middle - 8, "accent", 16)
        draw_text(painter, QRect(EDGE + 26, 0, px(40), self.height()), tr("指标"), font(), "text2", LEFT)
        parts = self._shown()
        at = self.width() - EDGE - sum(self._width(words, bold) + GAP for words, _, bold in parts) + GAP
        for words, tone, bold in parts:
            wide = self._width(words, bold)
            if words:
                draw_text(painter, QRect(at, 0, wide + 1, self.height()), words, font("body", bold=bold), tone, LEFT)
            else:
                self._paint_bar(painter, QRect(at, middle - 4, wide, 8))
            at += wide + GAP

    def _paint_bar(self, painter: QPainter, box: QRect) -> None:
        painter.fillRect(box, qcolor("head"))
        used = round(box.width() * min(1.0, max(0.0, self._used)))
        own = round(box.width() * min(1.0, max(0.0, self._own)))
        painter.fillRect(QRect(box.left(), box.top(), used, box.height()), qcolor("ctl"))
        own_box = QRect(box.left() + used, box.top(), min(own, box.width() - used), box.height())
        painter.fillRect(own_box, qcolor("accent" if self._used + self._own <= 1 else "err"))


def quota_choice(one: QuotaChoice) -> Choice:
    """Return a quota as a row: its words, and what is left or why it can't be used."""
    if one.quota.status != "ACTIVE":
        detail = tr("已冻结") if one.quota.status == "FROZEN" else tr("已关闭")
    else:
        detail = tr("可用 {amount}", amount=format_yuan(one.balance.available))
    return Choice(one.quota.id, one.label, one.initials, detail, one.label)
