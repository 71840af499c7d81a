"""The row of e-vouchers behind the voucher: three marks each, and the place to drop files on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QWidget

from desktop.domain.evoucher import Evoucher, Signature
from desktop.domain.money import format_yuan
from desktop.domain.problem import Level, Problem
from desktop.domain.voucher import EvoucherUse
from desktop.domain.voucher_rules import RuleResult
from desktop.texts import problems, tr
from desktop.texts.words import EVOUCHER_KINDS
from desktop.ui.documents.wording import describe
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.icons import paint_icon
from desktop.ui.kit.paint import LEFT, draw_box, draw_text, text_width
from desktop.ui.kit.panels import clear_layout
from desktop.ui.kit.typography import font, px

HEIGHT, TILE = 52, 310


@dataclass(frozen=True, slots=True)
class FileMark:
    """One of the three marks: its words, and level ok, warning or error."""

    words: str
    level: str


def marks_of(
    at: int, use: EvoucherUse, evoucher: Evoucher | None, findings: Sequence[RuleResult], flaws: Sequence[Problem] = ()
) -> tuple[FileMark, ...]:
    """Return what is said of an e-voucher: unchanged and sealed, made out to the unit, not used before.

    Args:
        at: Its place in the voucher, as findings name it.
        evoucher: What was read from its file; None when the file's values are not at hand.
        flaws: What the file itself gives away: arithmetic, numbers, words, seal.
    """
    own = [finding for finding in findings if finding.where.startswith(f"evouchers[{at}].")]
    buyer = any(".buyer_" in finding.where for finding in own)
    again = any(finding.code == "R-11" for finding in own)
    told = (".buyer_", ".digest_ok", ".errors")
    other = next((f for f in own if f.code != "R-11" and not any(part in f.where for part in told)), None)
    flaw = next((one for one in flaws if one.level is Level.ERROR and one.code.startswith("E-")), None)
    seal = _seal(use, evoucher)
    marks = [
        FileMark(problems.describe(flaw).title, "error") if flaw is not None and seal.level != "error" else seal,
        FileMark(tr("抬头税号不符"), "error") if buyer else FileMark(tr("抬头税号一致"), "ok"),
        FileMark(tr("已用过"), "error") if again else FileMark(tr("未重复"), "ok"),
    ]
    if other is not None:
        marks[2 if not again else 1] = FileMark(describe(other).title, "error")
    return tuple(marks)


def _seal(use: EvoucherUse, evoucher: Evoucher | None) -> FileMark:
    if use.digest_ok is False:
        return FileMark(tr("内容被改动"), "error")
    state = evoucher.signature if evoucher is not None else Signature.NOT_CHECKED
    if state is Signature.INVALID:
        return FileMark(tr("验签不过"), "error")
    if state is Signature.VALID:
        return FileMark(tr("验签通过"), "ok")
    if use.digest_ok:
        return FileMark(tr("内容未改动"), "ok")
    return FileMark(tr("未带签章"), "warning")


_SIGNS = {"ok": ("check", "ok"), "warning": ("warning", "warn"), "error": ("error", "err")}


class Tile(QWidget):
    """One e-voucher.

    Signals:
        removed(str): Its key; the cross or Delete.
    """

    removed = Signal(str)

    def __init__(self, use: EvoucherUse, marks: tuple[FileMark, ...], *, removable: bool,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.use, self.marks = use, marks
        self._removable = removable
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        kind = EVOUCHER_KINDS.get(use.kind, tr("电子发票"))
        self.title = tr("{kind} …{tail}", kind=kind, tail=use.invoice_no[-4:])
        self.setToolTip(tr(
            "{file}\n发票号码 {number}，开票日期 {on}\n销方 {seller}\n购方 {buyer} {tax}\n"
            "价税合计 {total}，本单用 {used}",
            file=use.file_name, number=use.invoice_no, on=use.issue_date.isoformat(), seller=use.seller_name,
            buyer=use.buyer_name, tax=use.buyer_tax_no, total=format_yuan(use.total), used=format_yuan(use.used),
        ))
        self.setAccessibleName(" ".join([self.title, format_yuan(use.used), *(mark.words for mark in marks)]))
        if removable:
            cross = Button(kind="flat", icon="close", tip=tr("从本单移除这张发票"), parent=self)
            cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            cross.clicked.connect(lambda: self.removed.emit(use.key))
            self._cross: Button | None = cross
        else:
            self._cross = None

    def sizeHint(self) -> QSize:
        return QSize(px(TILE), px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        marks = sum(text_width(font("caption"), mark.words) + 26 for mark in self.marks)
        return QSize(46 + marks + 36, px(HEIGHT))

    def resizeEvent(self, event: object) -> None:
        if self._cross is not None:
            hint = self._cross.sizeHint()
            self._cross.setGeometry(self.width() - hint.width() - 4, 2, hint.width(), hint.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._removable:
            self.removed.emit(self.use.key)
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        wrong = any(mark.level == "error" for mark in self.marks)
        draw_box(painter, self.rect(), "base", "err" if wrong else "line")
        if self.hasFocus():
            draw_box(painter, self.rect(), "", "accent", 2)
        paint_icon(painter, "receipt", 14, self.height() // 2 - 11, "err" if wrong else "accent", 22)
        left, half = 46, self.height() // 2
        wide = text_width(font(), self.title)
        draw_text(painter, QRect(left, half - px(22), wide + 2, px(22)), self.title, font(), "text", LEFT)
        draw_text(painter, QRect(left + wide + 10, half - px(22), px(120), px(22)), format_yuan(self.use.used),
                  font("caption"), "text2", LEFT)
        for mark in self.marks:
            icon, tone = _SIGNS[mark.level]
            paint_icon(painter, icon, left, half + px(11) - 7, tone, 14)
            wide = text_width(font("caption"), mark.words)
            draw_text(painter, QRect(left + 17, half, wide + 2, px(22)), mark.words, font("caption"), tone, LEFT)
            left += wide + 26


class _DropBox(QWidget):
    """拖入文件 Ctrl+Shift+A: a click or Space asks for a file."""

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(tr("加入电子发票，拖入文件或按 Ctrl+Shift+A"))
        self.setToolTip(tr("把 OFD 或 XML 电子发票拖到页面任何地方，或点这里选择"))
        self._words = ""
        self.set_alone(True)

    def set_alone(self, alone: bool) -> None:
        """Take the whole row while there is no e-voucher, and say more."""
        whole = tr("还没有发票。把 OFD 或 XML 电子发票拖到页面任何地方，或点这里选择文件")
        self._words = whole if alone else tr("拖入发票")
        wide = QSizePolicy.Policy.Expanding if alone else QSizePolicy.Policy.Fixed
        self.setSizePolicy(wide, QSizePolicy.Policy.Fixed)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(48 + text_width(font("caption"), "Ctrl+Shift+A") + 14, px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.pressed.emit()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_box(painter, self.rect(), "alt", "line")
        if self.hasFocus():
            draw_box(painter, self.rect(), "", "accent", 2)
        half = self.height() // 2
        paint_icon(painter, "clip", 16, half - 9, "text2", 18)
        box = QRect(44, half - px(22), self.width() - 46, px(22))
        draw_text(painter, box, self._words, font(), "text2", LEFT)
        box.moveTop(half)
        draw_text(painter, box, "Ctrl+Shift+A", font("caption"), "dis", LEFT)


class AttachmentRow(QWidget):
    """All e-vouchers of the voucher in a row; more than fit are scrolled.

    Signals:
        removed(str): Key of an e-voucher to be taken out.
        file_wanted(): The person wants to choose a file.
    """

    removed = Signal(str)
    file_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inside = QWidget()
        self._row = QHBoxLayout(self._inside)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self._inside)
        self._area.viewport().setAutoFillBackground(False)
        self._inside.setAutoFillBackground(False)
        self._drop = _DropBox()
        self._drop.pressed.connect(self.file_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._area, 1)
        row.addWidget(self._drop, 0, Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._shown: object = None

    def show_uses(self, uses: Sequence[EvoucherUse], evouchers: Mapping[str, Evoucher],
                  findings: Sequence[RuleResult], flaws: Mapping[str, Sequence[Problem]], *,
                  editable: bool) -> None:
        """Show these e-vouchers with what the rules say of them."""
        marks = [
            marks_of(at, use, evouchers.get(use.key), findings, flaws.get(use.key, ())) for at, use in enumerate(uses)
        ]
        if (tuple(uses), tuple(marks), editable) == self._shown:
            return
        self._shown = (tuple(uses), tuple(marks), editable)
        clear_layout(self._row)
        for use, own in zip(uses, marks, strict=True):
            tile = Tile(use, own, removable=editable)
            tile.removed.connect(self.removed)
            self._row.addWidget(tile, 1)
        self._area.setVisible(bool(uses))
        self._drop.setVisible(editable)
        self._drop.set_alone(not uses)
        if len(uses) == 1:
            self._row.addStretch(1)
        self.updateGeometry()

    def tiles(self) -> list[Tile]:
        """Return the tiles in order."""
        items = [self._row.itemAt(at) for at in range(self._row.count())]
        widgets = [item.widget() for item in items if item is not None]
        return [widget for widget in widgets if isinstance(widget, Tile)]

    def focus_tile(self, at: int) -> None:
        """Bring an e-voucher into sight and give it the focus; the place for files when there is none."""
        tiles = self.tiles()
        target = tiles[at] if at < len(tiles) else self._drop
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        if target is not self._drop:
            self._area.ensureWidgetVisible(target)

    def sizeHint(self) -> QSize:
        need = sum(tile.minimumSizeHint().width() + 8 for tile in self.tiles())
        crowded = self.width() > 0 and need > self._area.width()
        return QSize(px(600), px(HEIGHT) + (10 if crowded else 0))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(300), self.sizeHint().height())
