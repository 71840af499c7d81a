"""The fields of the open voucher, tied to its session: what is typed goes in, what is found is marked."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.accounts import normal_digits
from desktop.domain.mirrors import KnownPayee
from desktop.domain.money import ZERO, MoneyError
from desktop.domain.problem import Level
from desktop.domain.voucher import BusinessType, Payee, PayeeKind, PaymentVoucher, SettlementMode, VoucherLine
from desktop.domain.words import in_words
from desktop.texts import tr
from desktop.ui.documents.wording import describe
from desktop.ui.kit.choices import Choice
from desktop.ui.kit.inputs import LineInput
from desktop.ui.kit.numbers import NotANumber, parse_number
from desktop.ui.kit.panels import Panel
from desktop.ui.kit.problems import ProblemRow
from desktop.ui.payment.lines import LinesGrid
from desktop.ui.payment.paper import Paper, lock
from desktop.ui.payment.quota_strip import QuotaStrip
from desktop.ui.payment.session import VoucherSession
from desktop.usecases.start_document import with_amount, with_quota

PAUSE_MS = 400


class VoucherForm(QWidget):
    """Quota strip, paper and lines.

    Signals:
        entered(str): The person came to a field; its key as the help names it.
        typing(): The text in a field changed, before it is taken.
        walked_out(): Enter behind the last line.
    """

    entered = Signal(str)
    typing = Signal()
    walked_out = Signal()

    def __init__(self, session: VoucherSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.quota, self.paper, self.grid = QuotaStrip(), Paper(), LinesGrid(session)
        sheet = Panel(16)
        sheet.body.setSpacing(12)
        sheet.body.setContentsMargins(17, 10, 17, 14)
        sheet.body.addWidget(self.paper)
        sheet.body.addWidget(self.grid, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.quota)
        column.addWidget(sheet, 1)
        paper = self.paper
        self._keys: dict[LineInput, str] = {
            self.quota.field: "quota", paper.name: "payee.name", paper.kind: "payee.kind",
            paper.account: "payee.account", paper.bank: "payee.bank", paper.line_no: "payee.bank_line_no",
            paper.amount: "amount", paper.purpose: "purpose", paper.settlement: "settlement_mode",
            paper.business: "business_type",
        }
        self._left = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._connect()
        order = [self.quota.field, *paper.fields(), self.grid.view]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)
        self.offer()
        self.show_voucher()

    def _connect(self) -> None:
        paper = self.paper
        self.quota.chosen.connect(self._choose_quota)
        paper.name.chosen.connect(self._choose_payee)
        paper.name.committed.connect(self._name_payee)
        paper.kind.chosen.connect(self._choose_kind)
        paper.account.committed.connect(lambda text: self._payee(account=text))
        paper.bank.committed.connect(lambda text: self._payee(bank=text.strip()))
        paper.line_no.committed.connect(lambda text: self._payee(bank_line_no=normal_digits(text)))
        paper.amount.amount_changed.connect(self._enter_amount)
        paper.purpose.committed.connect(lambda text: self._change("purpose", purpose=text.strip()))
        paper.settlement.chosen.connect(self._choose_settlement)
        paper.business.chosen.connect(self._choose_business)
        paper.amount.textEdited.connect(self._type_amount)
        paper.purpose.textEdited.connect(self._type_purpose)
        self._pause.timeout.connect(self._keep_purpose)
        for field in self._keys:
            field.installEventFilter(self)
        self.grid.walked_out.connect(self._leave_grid)
        self.grid.place_changed.connect(lambda key: self.entered.emit(f"column:{key}"))
        self.grid.view.installEventFilter(self)

    # -- showing

    def offer(self) -> None:
        """Offer what the mirrors now have."""
        self.quota.offer(self._session.desk.quotas)
        self.paper.offer(self._session.desk.payees)

    def show_voucher(self) -> None:
        """Show the session's voucher."""
        voucher = self._session.voucher
        self.paper.show_voucher(voucher, known=self._known(voucher.payee))
        self.quota.show_quota(voucher.quota, self._session.facts, voucher.amount)
        self.grid.follow()

    def look(self) -> None:
        """Show what the rules say now, and whether anything may be typed."""
        editable = self._session.editable()
        self.paper.set_read_only(not editable)
        lock(self.quota.field, not editable)
        self.show_voucher()
        self.grid.look()
        self._mark()

    def _mark(self) -> None:
        said: dict[str, tuple[str, str]] = {}
        for finding in reversed(self._session.findings()):
            text, level = describe(finding), "error" if finding.level is Level.ERROR else "warning"
            if finding.level is not Level.INFO:
                said[field_of(finding.where)] = (f"{text.sentence}{text.advice}（{finding.code}）", level)
        unread = {row.where: row.text for row in self.unread()}
        for field, key in self._keys.items():
            if field.hasFocus() and field.isModified():
                continue
            if key in unread:
                field.set_error(unread[key])
            else:
                field.set_error(*said.get(key, ("", "error")))

    def unread(self) -> list[ProblemRow]:
        """Return the fields and cells whose text could not be read; it stays where it was typed."""
        rows = []
        amount = self.paper.amount
        try:
            typed = parse_number(amount.text())
            if typed is not None:
                in_words(typed)
        except (NotANumber, MoneyError) as problem:
            rows.append(_row("amount", tr("金额"), tr("“{typed}”：{why}", typed=amount.text(), why=_why(problem))))
        strays: dict[LineInput, str] = {self.quota.field: self.quota.stray()}
        strays.update(self.paper.strays())
        for field, typed_text in strays.items():
            if typed_text:
                why = tr("没有找到“{typed}”，请从列表里选", typed=typed_text)
                rows.append(_row(self._keys[field], field.accessibleName(), why))
        names = {"economic": "dept_economic_code"}
        for at, key, why in self.grid.model.drafts():
            rows.append(_row(f"lines[{at}].{names.get(key, key)}", tr("第 {row} 行", row=at + 1), why))
        return rows

    # -- taking

    def _change(self, group: str, **values: object) -> None:
        self._session.touched.add(group)
        self._session.change(replace(self._session.voucher, **values), tr("修改"))  # type: ignore[arg-type]
        self._session.looked.emit()

    def _payee(self, **values: object) -> None:
        field = next(iter(values))
        self._session.touched.add(f"payee.{field}")
        payee = replace(self._session.voucher.payee, **values)  # type: ignore[arg-type]
        self._change(f"payee.{field}", payee=payee)

    # A short list whose field was emptied gives no choice: the voucher keeps its value and shows it again.

    def _choose_kind(self, choice: Choice | None) -> None:
        if choice is None:
            self.paper.restore(self.paper.kind)
        else:
            self._payee(kind=PayeeKind(choice.code))

    def _choose_settlement(self, choice: Choice | None) -> None:
        if choice is None:
            self.paper.restore(self.paper.settlement)
        else:
            self._change("settlement_mode", settlement_mode=SettlementMode(choice.code))

    def _choose_business(self, choice: Choice | None) -> None:
        if choice is None:
            self.paper.restore(self.paper.business)
        else:
            self._change("business_type", business_type=BusinessType(choice.code))

    def _choose_quota(self, quota_id: str) -> None:
        found = next((one.quota for one in self._session.desk.quotas if one.quota.id == quota_id), None)
        if found is not None:
            self._session.touched.add("quota")
            self._session.change(with_quota(self._session.voucher, found), tr("选择指标"))

    def _choose_payee(self, choice: object) -> None:
        if not isinstance(choice, Choice):
            return
        found = next((p for p in self._session.desk.payees if f"{p.name}|{p.account}" == choice.code), None)
        if found is not None:
            self._session.touched.update(("payee.name", "payee.account", "payee.bank"))
            payee = Payee(found.name, found.account, found.bank, found.bank_line_no, PayeeKind(found.kind))
            self._change("payee.name", payee=payee)

    def _name_payee(self, text: str) -> None:
        name, payee = text.strip(), self._session.voucher.payee
        if self.paper.name.choice() is not None or name == payee.name:
            return
        if self._known(payee):
            # What was filled in for the payee of before must not go to another one unseen.
            self._change("payee.name", payee=Payee(name, kind=payee.kind))
        else:
            self._payee(name=name)

    def _enter_amount(self, amount: Decimal | None) -> None:
        voucher = self._session.voucher
        try:
            changed = with_amount(voucher, amount or ZERO)
        except MoneyError:
            self._mark()
            return
        self._session.touched.add("amount")
        self._session.change(self._filled(voucher, changed), tr("输入金额"))
        self._session.looked.emit()

    def _filled(self, before: PaymentVoucher, voucher: PaymentVoucher) -> PaymentVoucher:
        """Give the amount to the only line, while that line has none of its own or had all of the amount before."""
        if not voucher.lines:
            fresh = VoucherLine(self._session.context.seat().ids.new(), summary=voucher.purpose, amount=voucher.amount)
            return replace(voucher, lines=(fresh,)) if voucher.amount > 0 else voucher
        only = voucher.lines[0]
        if len(voucher.lines) > 1 or only.evoucher_key or only.amount not in (ZERO, before.amount):
            return voucher
        return replace(voucher, lines=(replace(only, amount=voucher.amount),))

    def _type_amount(self, text: str) -> None:
        try:
            amount = parse_number(text)
            self.paper.show_words(in_words(amount) if amount else "")
            self.quota.show_quota(self._session.voucher.quota, self._session.facts, amount or ZERO)
        except (NotANumber, MoneyError):
            self.paper.show_words("")
        self.typing.emit()

    def _type_purpose(self, text: str) -> None:
        self._pause.start()
        self.typing.emit()

    def _keep_purpose(self) -> None:
        """Save and check a purpose that is still being written: it is the one long text of the form."""
        text = self.paper.purpose.text().strip()
        if self.paper.purpose.hasFocus() and text:
            self._change("purpose", purpose=text)

    def _known(self, payee: Payee) -> bool:
        return any(_same(known, payee) for known in self._session.desk.payees)

    # -- walking

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            # Only now: the field before has handed its text on while it lost the focus.
            if self._left and self._session.editable():
                self._session.touch(self._left)
            self._left = self._keys.get(watched, "") if isinstance(watched, LineInput) else ""
            if self._left:
                self.entered.emit(self._left)
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, LineInput):
            return self._key(watched, event)
        return super().eventFilter(watched, event)

    def _key(self, field: LineInput, event: QKeyEvent) -> bool:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        # The field first: it takes the text, or the row of its open list. Then on, unless it could not read it.
        field.event(event)
        if any(row.where == self._keys[field] for row in self.unread()):
            self._mark()
            return True
        self.walk(field, -1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        return True

    def walk(self, field: LineInput, step: int) -> None:
        """Go on to the next field of the paper, or back; behind the last one lie the lines."""
        paper, payee = self.paper, self._session.voucher.payee
        if field is paper.name and step > 0 and payee.account and payee.bank:
            self._focus(paper.amount)
            return
        order = [self.quota.field, *(one for one in paper.fields() if one is not paper.kind and not one.isHidden())]
        if field not in order:
            field = paper.name
        at = order.index(field) + step
        if at >= len(order):
            self.grid.start()
        elif at >= 0:
            self._focus(order[at])

    def _leave_grid(self, step: int) -> None:
        if step > 0:
            self.walked_out.emit()
        else:
            self._focus(self.paper.settlement)

    def _focus(self, field: LineInput) -> None:
        field.setFocus(Qt.FocusReason.TabFocusReason)

    def start(self) -> None:
        """Take the focus at the first field that is still to be filled."""
        voucher = self._session.voucher
        filled = {"quota": voucher.quota.quota_id, "payee.name": voucher.payee.name, "amount": voucher.amount,
                  "purpose": voucher.purpose}
        first = next((field for field, key in self._keys.items() if key in filled and not filled[key]), None)
        self._focus(first or self.quota.field)

    def go_to(self, where: str) -> bool:
        """Go to the place of a finding; tell whether it lies in the form."""
        if self.grid.go_to(where):
            return True
        key = field_of(where)
        field = next((field for field, name in self._keys.items() if name == key and not field.isHidden()), None)
        if field is not None:
            self._focus(field)
            field.selectAll()
        return field is not None


def field_of(where: str) -> str:
    """Return the key of the field that a finding's place is shown at."""
    if where.startswith("payee."):
        return where
    if where.startswith(("quota", "payer", "three_public", "date")):
        return "quota"
    return "amount" if where == "amount_in_words" else where


def _why(problem: Exception) -> str:
    return str(problem) if isinstance(problem, NotANumber) else tr("金额太大，写不出大写")


def _row(where: str, place: str, text: str) -> ProblemRow:
    return ProblemRow("error", where, place, text, "", "", tr("改成能读懂的内容"))


def _same(known: KnownPayee, payee: Payee) -> bool:
    return bool(payee.account) and (known.name, known.account, known.bank) == (payee.name, payee.account, payee.bank)
