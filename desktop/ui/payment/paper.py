"""The upper part of the voucher, ruled like the paper form: payer, payee, amount, purpose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.accounts import grouped
from desktop.domain.mirrors import KnownPayee
from desktop.domain.money import ZERO
from desktop.domain.voucher import PayeeKind, PaymentVoucher, SettlementMode
from desktop.texts import tr
from desktop.texts.words import BUSINESS_TYPES, PAYEE_KINDS, SETTLEMENT_MODES, THREE_PUBLIC
from desktop.ui.kit.choices import Choice
from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.inputs import ChoiceInput, LineInput, SelectInput
from desktop.ui.kit.paint import CENTER, LEFT, RIGHT, draw_text, text_width
from desktop.ui.kit.typography import font, px
from desktop.ui.payment.fields import AccountInput, AmountBoxes, shown_number

TITLE, ROW, AMOUNT_ROW = 36, 32, 44
SIDE, LABEL, LINE_LABEL, FIGURES_LABEL, MODE, KIND, LINE_NO = 28, 72, 38, 33, 88, 76, 110
# Business types that need a list of persons or card transactions behind them are not offered here.
OFFERED = ("ORDINARY", "SALARY", "WITHHOLD", "SELF_REPAY", "UNION", "DEPOSIT")


@dataclass(frozen=True, slots=True)
class _Cells:
    """The rectangles of one layout: fills with words of labels, fields by name, lines."""

    labels: tuple[tuple[QRect, str], ...]
    fields: dict[str, QRect]
    frame: QRect
    lines: tuple[QRect, ...]


class Paper(QWidget):
    """The ruled form. Fields are public; who shows the voucher connects them.

    Fields in the order of the paper: `name`, `kind`, `account`, `bank`, `line_no`, `amount`, `purpose`, `settlement`,
    `business`. The payer is drawn: it is the unit's zero-balance account and can't be typed.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.name = ChoiceInput((), free=True, frameless=True, parent=self)
        self.kind = SelectInput(_rows(PAYEE_KINDS, [kind.value for kind in PayeeKind if kind is not PayeeKind.BATCH]),
                                frameless=True, parent=self)
        self.account, self.amount = AccountInput(self), AmountBoxes(self)
        self.bank = ChoiceInput((), free=True, frameless=True, parent=self)
        self.line_no = LineInput("", "", frameless=True, parent=self)
        self.purpose = LineInput("", "", frameless=True, parent=self)
        modes = [mode.value for mode in SettlementMode if mode is not SettlementMode.BATCH]
        self.settlement = SelectInput(_rows(SETTLEMENT_MODES, modes), frameless=True, parent=self)
        self.business = SelectInput(_rows(BUSINESS_TYPES, OFFERED), frameless=True, parent=self)
        names = (tr("收款人全称"), tr("收款人类型"), tr("收款人账号"), tr("收款人开户银行"), tr("收款行行号"),
                 tr("金额（小写）"), tr("用途"), tr("结算方式"), tr("业务类型"))
        for field, words in zip(self.fields(), names, strict=True):
            field.setAccessibleName(words)
        self._voucher: PaymentVoucher | None = None
        self._words, self._attachments = "", 0

    def fields(self) -> tuple[LineInput, ...]:
        """Return the fields in the order of the paper."""
        return (self.name, self.kind, self.account, self.bank, self.line_no, self.amount, self.purpose,
                self.settlement, self.business)

    # -- content

    def offer(self, payees: Sequence[KnownPayee]) -> None:
        """Offer these payees, and their banks, for completion."""
        self.name.set_rows([payee_choice(payee) for payee in payees])
        self.bank.set_rows([Choice(bank, bank, shown=bank) for bank in dict.fromkeys(p.bank for p in payees if p.bank)])

    def show_voucher(self, voucher: PaymentVoucher, *, known: bool) -> None:
        """Show a voucher; a field whose text could not be read keeps it while the voucher's value is the same."""
        old, self._voucher = self._voucher, voucher
        payee = voucher.payee
        for field, text in ((self.name, payee.name), (self.account, shown_number(payee.account)),
                            (self.bank, payee.bank), (self.line_no, payee.bank_line_no),
                            (self.purpose, voucher.purpose)):
            _show(field, text)
        self.account.set_known(known)
        for select, code in self._codes(voucher).items():
            if old is None or self._codes(old)[select] != code:
                select.set_code(code)
        if (self.amount.amount() or ZERO) != voucher.amount or (old is not None and old.amount != voucher.amount):
            self.amount.set_amount(voucher.amount if voucher.amount else None)
        self._words, self._attachments = voucher.amount_in_words if voucher.amount else "", len(voucher.evouchers)
        if old is None or bool(old.three_public) != bool(voucher.three_public):
            self._arrange()
        self.update()

    def _codes(self, voucher: PaymentVoucher) -> dict[SelectInput, str]:
        return {self.kind: voucher.payee.kind.value, self.settlement: voucher.settlement_mode.value,
                self.business: voucher.business_type.value}

    def restore(self, select: SelectInput) -> None:
        """Show the voucher's own value in a field with a closed list, in place of what was typed."""
        if self._voucher is not None:
            select.set_code(self._codes(self._voucher)[select])

    def strays(self) -> Mapping[LineInput, str]:
        """Return the fields with a closed list whose text is in no row, with that text."""
        if self._voucher is None:
            return {}
        words = {self.kind: PAYEE_KINDS, self.settlement: SETTLEMENT_MODES, self.business: BUSINESS_TYPES}
        return {select: select.text() for select, code in self._codes(self._voucher).items()
                if select.text() != words[select][code] and not select.isHidden()}

    def show_words(self, words: str) -> None:
        """Show an amount in words while its figures are still being typed."""
        self._words = words
        self.update()

    def set_read_only(self, on: bool) -> None:
        """Make every field read-only, or writable again."""
        for field in self.fields():
            lock(field, on)

    # -- layout

    def sizeHint(self) -> QSize:
        return QSize(px(880), px(TITLE) + 4 * px(ROW) + px(AMOUNT_ROW) + 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(px(640), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange) and hasattr(self, "_words"):
            self.updateGeometry()
            self._arrange()
        super().changeEvent(event)

    def _arrange(self) -> None:
        cells = self._cells()
        for name, box in cells.fields.items():
            field = getattr(self, name)
            field.setGeometry(box.adjusted(1, 1, 0, 0))
        self.business.setVisible("business" in cells.fields)

    def three_public(self) -> str:
        """Return the 三公 kind that the voucher's quota is for, empty when it is for none."""
        return self._voucher.three_public if self._voucher is not None else ""

    def _cells(self) -> _Cells:
        """Lay the ruling out: each field lies between its four lines."""
        top, row, side, label = px(TITLE), px(ROW), px(SIDE), px(LABEL)
        wide = self.width() - 1
        middle = wide // 2
        heads = (tr("全称"), tr("账号"), tr("开户银行"))
        labels: list[tuple[QRect, str]] = []
        lines: list[QRect] = []
        for left, _word in ((0, tr("付款人")), (middle, tr("收款人"))):
            for at, head in enumerate(heads):
                labels.append((QRect(left + side, top + at * row, label, row), head))
                if at:
                    lines.append(QRect(left + side, top + at * row, (middle if left == 0 else wide) - left - side, 1))
            labels.append((QRect(left, top, side, 3 * row), ""))
            lines += [QRect(left + side, top, 1, 3 * row), QRect(left + side + label, top, 1, 3 * row)]
        fields, after = self._payee_cells(middle + side + label, wide, top, row, labels, lines)
        amount_top, purpose_top = top + 3 * row, top + 3 * row + px(AMOUNT_ROW)
        bottom = purpose_top + row
        labels += [
            (QRect(0, amount_top, side + label, px(AMOUNT_ROW)), tr("金额（大写）")),
            (QRect(middle, amount_top, px(FIGURES_LABEL), px(AMOUNT_ROW)), tr("小写")),
            (QRect(0, purpose_top, side + label, row), tr("用途")),
            (QRect(middle, purpose_top, side + label, row), tr("结算方式")),
        ]
        boxes = middle + px(FIGURES_LABEL)
        fields["amount"] = QRect(boxes, amount_top, wide - boxes, px(AMOUNT_ROW))
        fields["purpose"] = QRect(side + label, purpose_top, middle - side - label, row)
        mode = middle + side + label
        fields["settlement"] = QRect(mode, purpose_top, px(MODE), row)
        last = mode + px(MODE)
        labels.append((QRect(last, purpose_top, label, row), tr("三公类别") if self.three_public() else tr("业务类型")))
        if not self.three_public():
            fields["business"] = QRect(last + label, purpose_top, wide - last - label, row)
        lines += [
            QRect(0, amount_top, wide, 1), QRect(0, purpose_top, wide, 1),
            QRect(side + label, amount_top, 1, bottom - amount_top), QRect(boxes, amount_top, 1, px(AMOUNT_ROW)),
            QRect(mode, purpose_top, 1, row), QRect(last, purpose_top, 1, row),
            QRect(last + label, purpose_top, 1, row),
        ]
        return _Cells(tuple(labels), fields | after, QRect(0, top, wide + 1, bottom - top + 1), tuple(lines))

    def _payee_cells(self, left: int, wide: int, top: int, row: int, labels: list[tuple[QRect, str]],
                     lines: list[QRect]) -> tuple[dict[str, QRect], dict[str, QRect]]:
        kind, number = wide - px(KIND), wide - px(LINE_NO)
        tag = number - px(LINE_LABEL)
        labels.append((QRect(tag, top + 2 * row, px(LINE_LABEL), row), tr("行号")))
        lines += [QRect(kind, top, 1, row), QRect(tag, top + 2 * row, 1, row), QRect(number, top + 2 * row, 1, row)]
        return {
            "name": QRect(left, top, kind - left, row),
            "kind": QRect(kind, top, wide - kind, row),
            "account": QRect(left, top + row, wide - left, row),
        }, {
            "bank": QRect(left, top + 2 * row, tag - left, row),
            "line_no": QRect(number, top + 2 * row, wide - number, row),
        }

    # -- drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), qcolor("base"))
        self._paint_title(painter)
        cells = self._cells()
        for box, words in cells.labels:
            painter.fillRect(box, qcolor("alt"))
            draw_text(painter, box, words, font(), "text2", CENTER)
        for line in cells.lines:
            painter.fillRect(line, qcolor("line"))
        self._paint_sides(painter, cells.frame)
        self._paint_values(painter)
        self._paint_frame(painter, cells.frame)

    def _paint_title(self, painter: QPainter) -> None:
        words, face = tr("国库集中支付申请书"), font("title")
        width, height = text_width(face, words), px(TITLE)
        left = (self.width() - width) // 2
        draw_text(painter, QRect(left, -2, width + 2, height - px(6)), words, face, "text", CENTER)
        for line in (height - px(10), height - px(10) + 3):
            painter.fillRect(left - px(15), line, width + px(30), 2 if line == height - px(10) else 1, qcolor("text"))
        if self._voucher is not None:
            on = self._voucher.date
            date = tr("{year} 年 {month} 月 {day} 日", year=on.year, month=on.month, day=on.day)
            box = QRect(0, 0, self.width(), height - px(10))
            draw_text(painter, box, date, font(), "text", LEFT)
            draw_text(painter, box, tr("附单据 {count} 张", count=self._attachments), font(), "text2", RIGHT)

    def _paint_sides(self, painter: QPainter, frame: QRect) -> None:
        height, step = 3 * px(ROW), px(19)
        for left, word in ((0, tr("付款人")), ((self.width() - 1) // 2, tr("收款人"))):
            first = frame.top() + (height - step * len(word)) // 2
            for at, sign in enumerate(word):
                draw_text(painter, QRect(left, first + at * step, px(SIDE), step), sign, font(), "text2", CENTER)

    def _paint_values(self, painter: QPainter) -> None:
        if self._voucher is None:
            return
        top, row, left = px(TITLE), px(ROW), px(SIDE) + px(LABEL) + 8
        middle = (self.width() - 1) // 2
        payer = self._voucher.payer
        for at, text in enumerate((payer.name, grouped(payer.number), payer.bank)):
            draw_text(painter, QRect(left, top + at * row, middle - left - 4, row), text, font(), "text2", LEFT)
        words = QRect(left, top + 3 * row, middle - left - 4, px(AMOUNT_ROW))
        face = next((face for face in (font("section"), font("body", bold=True), font("caption", bold=True))
                     if text_width(face, self._words) <= words.width()), font("caption", bold=True))
        draw_text(painter, words, self._words, face, "text", LEFT)
        if self.three_public():
            box = QRect(middle + px(SIDE + LABEL + MODE + LABEL) + 8, top + 3 * row + px(AMOUNT_ROW), 400, row)
            draw_text(painter, box, THREE_PUBLIC[self.three_public()], font(), "text2", LEFT)

    def _paint_frame(self, painter: QPainter, frame: QRect) -> None:
        edge = qcolor("ctl")
        painter.fillRect(frame.left(), frame.top(), frame.width(), 1, edge)
        painter.fillRect(frame.left(), frame.bottom(), frame.width(), 1, edge)
        painter.fillRect(frame.left(), frame.top(), 1, frame.height(), edge)
        painter.fillRect(frame.right(), frame.top(), 1, frame.height(), edge)
        painter.fillRect((self.width() - 1) // 2, frame.top(), 1, frame.height(), edge)


def payee_choice(payee: KnownPayee) -> Choice:
    """Return a known payee as a row: name, and which account at which bank."""
    tail = tr("尾号 {tail}", tail=payee.account[-4:]) if payee.account else ""
    return Choice(f"{payee.name}|{payee.account}", payee.name, payee.initials,
                  " ".join(part for part in (tail, payee.bank) if part), payee.name)


def lock(field: LineInput, on: bool) -> None:
    """Make a field read-only, or writable again; the arrow of its list goes with it."""
    field.set_read_only(on)
    if isinstance(field, ChoiceInput):
        for action in field.actions():
            if action.text():  # the other action is the error sign, which has no words
                action.setVisible(not on)


def _rows(words: Mapping[str, str], codes: Sequence[str]) -> list[Choice]:
    return [Choice(code, words[code]) for code in codes]


def _show(field: LineInput, text: str) -> None:
    """Show a text in a field, unless somebody is typing into it right now."""
    if not (field.hasFocus() and field.isModified()):
        field.set_text(text)
        if not field.hasFocus():
            field.setCursorPosition(0)
