"""附件 beside the voucher, for those who check and sign: what every e-invoice says, and what was found about it."""

from decimal import Decimal, InvalidOperation

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.accounts import grouped
from desktop.domain.evoucher import Evoucher, EvoucherLine
from desktop.domain.money import format_yuan
from desktop.domain.voucher import EvoucherUse, Payee
from desktop.texts import tr
from desktop.texts.words import EVOUCHER_KINDS
from desktop.ui.kit.inspector import Inspector, Section
from desktop.ui.kit.labels import Label
from desktop.ui.kit.panels import clear_layout
from desktop.ui.kit.typography import px
from desktop.ui.payment.checks import ChecksSection, LastPayment
from desktop.ui.payment.invoice_checks import InvoiceCheck, checks_of
from desktop.ui.payment.session import VoucherSession

PAPER, LEAST, MOST = 708, 236, 600  # pixels the paper needs, and the least and the most that the pane takes
SHARE = 0.42  # the pane's share of both
LINES = 12


class ReviewPane(Inspector):
    """Stands where makers have their inspector.

    Signals:
        grown(): The type changed: it may need another place.
    """

    grown = Signal()

    def __init__(self, session: VoucherSession, parent: QWidget | None = None) -> None:
        super().__init__(tr("附件"), parent)
        self.setAccessibleName(tr("附件"))
        self._session = session
        self._shown: object = None
        self.checks, self.last = ChecksSection(session), LastPayment(session)
        self._invoices = QWidget()
        self._column = QVBoxLayout(self._invoices)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)
        self.set_sections([self._invoices, self.checks, self.last])

    def fit(self, room: int) -> bool:
        """Take the pane's share of a screen ``room`` wide; tell whether paper and pane fit beside each other."""
        fits = room - px(PAPER) >= px(LEAST)
        wide = min(int(room * SHARE), room - px(PAPER), px(MOST)) if fits else min(room, px(PAPER) * 2 // 3)
        self.setFixedWidth(wide)
        return fits

    def look(self) -> None:
        """Show the voucher's attachments and what the rules say now."""
        self.checks.look()
        self.last.look()
        session = self._session
        uses = session.voucher.evouchers
        payee = session.voucher.payee
        checks = tuple(
            checks_of(at, use, session.evouchers.get(use.key), payee, session.flaws.get(use.key, ()),
                      session.findings())
            for at, use in enumerate(uses)
        )
        if (payee, uses, checks) == self._shown:
            return
        self._shown = (payee, uses, checks)
        self.set_subject(tr("{count} 张发票", count=len(uses)) if uses else "")
        clear_layout(self._column)
        self._column.addWidget(_payee(payee))
        for use, found in zip(uses, checks, strict=True):
            self._column.addWidget(_invoice(use, session.evouchers.get(use.key), found))
        if not uses:
            words = tr("这张单据没有附发票。要不要发票，看下面的检查。")
            self._column.addWidget(Label(words, tone="text2", wrap=True))

    def show_invoice(self, at: int) -> None:
        """Bring an invoice into sight."""
        item = self._column.itemAt(at + 1)  # the payee comes first
        widget = item.widget() if item is not None else None
        if widget is not None:
            self._scroll.ensureWidgetVisible(widget, 0, 0)

    def words(self) -> str:
        """Return all that is said of the attachments, one after the other."""
        return "\n".join(label.text() for label in self._invoices.findChildren(Label) if label.text())

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.ApplicationFontChange:
            QTimer.singleShot(0, self, self.grown.emit)
        return done


def _payee(payee: Payee) -> Section:
    """The paper cuts a long name off where it has no room; here it is whole."""
    section = Section(tr("付给谁"))
    _pairs(section, ((tr("收款人"), payee.name), (tr("账号"), grouped(payee.account)), (tr("开户行"), payee.bank),
                     (tr("行号"), payee.bank_line_no)))
    return section


def _invoice(use: EvoucherUse, read: Evoucher | None, checks: tuple[InvoiceCheck, ...]) -> Section:
    bad = [check for check in checks if check.level in ("error", "warning")]
    said = tr("{count} 处要看", count=len(bad)) if bad else tr("检查全部通过")
    section = Section(EVOUCHER_KINDS.get(use.kind, tr("电子发票")), said)
    for check in bad:
        section.add_check(check.level, check.text, check.code)
    if read is not None and read.invoice_code:
        section.add_pair(tr("发票代码"), read.invoice_code)
    section.add_pair(tr("发票号码"), grouped(use.invoice_no))
    section.add_pair(tr("开票日期"), use.issue_date.isoformat())
    section.add_pair(tr("销售方"), use.seller_name)
    if read is not None:
        _pairs(section, ((tr("税号"), read.seller_tax_no), (tr("开户行"), read.seller_bank),
                         (tr("账号"), grouped(read.seller_account))))
    section.add_pair(tr("购买方"), use.buyer_name)
    _pairs(section, ((tr("税号"), use.buyer_tax_no),))
    if read is not None:
        _lines(section, read.lines)
        section.add_pair(tr("不含税"), format_yuan(read.untaxed))
        section.add_pair(tr("税额"), format_yuan(read.tax))
    section.add_pair(tr("价税合计"), format_yuan(use.total))
    if read is not None:
        _pairs(section, ((tr("大写"), read.total_in_words), (tr("备注"), read.remark)))
    whole = use.used == use.total
    section.add_pair(tr("本单用"), format_yuan(use.used), "text" if whole else "warn")
    section.add_pair(tr("文件"), use.file_name)
    if read is None:
        section.add_text(tr("发票文件不在这台电脑上，明细看不到，只列出单据里登记的内容。"))
    section.body.addSpacing(6)
    for check in checks:
        if check not in bad:
            section.add_check(check.level, check.text, check.code)
    return section


def _pairs(section: Section, pairs: tuple[tuple[str, str], ...]) -> None:
    for name, value in pairs:
        if value.strip():
            section.add_pair(name, value.strip())


def _lines(section: Section, lines: tuple[EvoucherLine, ...]) -> None:
    section.body.addSpacing(4)
    for line in lines[:LINES]:
        row = QHBoxLayout()
        row.addWidget(Label(line.item, wrap=True, selectable=True), 1)
        row.addWidget(Label(format_yuan(line.amount) if line.amount is not None else "—"))
        section.body.addLayout(row)
        parts = [line.specification, " ".join(part for part in (line.quantity, line.unit) if part)]
        if line.tax_rate:
            parts.append(tr("税率 {rate}", rate=_rate(line.tax_rate)))
        if line.tax is not None:
            parts.append(tr("税额 {tax}", tax=format_yuan(line.tax)))
        small = " · ".join(part for part in parts if part)
        if small:
            section.body.addWidget(Label(small, "caption", "text2", wrap=True))
    if len(lines) > LINES:
        section.add_text(tr("还有 {count} 行明细。", count=len(lines) - LINES))
    section.body.addSpacing(4)


def _rate(printed: str) -> str:
    """Return a tax rate as papers print it: files of some kinds write 0.13 for 13%."""
    try:
        rate = Decimal(printed)
    except InvalidOperation:
        return printed
    return f"{(rate * 100).normalize():f}%" if rate < 1 else printed
