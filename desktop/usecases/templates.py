"""常用模板: what vouchers have in common, kept in the unit's books under a name.

A template holds no quota, date or e-voucher: these belong to one payment only.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from desktop.domain.money import ZERO
from desktop.domain.voucher import BusinessType, Payee, PayeeKind, PaymentVoucher, SettlementMode, VoucherLine
from desktop.usecases.ports import Books, Ids
from desktop.usecases.seat import Seat
from desktop.usecases.start_document import with_amount

SETTING = "voucher/templates"
NAME_MOST = 30


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """A line of a template; yuan, zero when the template goes without amounts."""

    dept_economic_code: str
    summary: str
    amount: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class VoucherTemplate:
    """A template.

    Attributes:
        amount: Yuan; zero when it goes without amounts.
        used: How often it was taken.
        by: Who wrote it.
    """

    template_id: str
    name: str
    payee: Payee
    purpose: str
    business_type: BusinessType
    settlement_mode: SettlementMode
    lines: tuple[TemplateLine, ...]
    amount: Decimal = ZERO
    used: int = 0
    by: str = ""


def template_of(voucher: PaymentVoucher, name: str, *, amounts: bool) -> VoucherTemplate:
    """Return what of a voucher goes into a template; lines without any content are left out."""
    lines = tuple(
        TemplateLine(line.dept_economic_code, line.summary, line.amount if amounts else ZERO)
        for line in voucher.lines
        if line.dept_economic_code or line.summary or line.amount
    )
    return VoucherTemplate("", clean(name), voucher.payee, voucher.purpose, voucher.business_type,
                           voucher.settlement_mode, lines, voucher.amount if amounts else ZERO)


def applied(voucher: PaymentVoucher, template: VoucherTemplate, ids: Ids) -> PaymentVoucher:
    """Return the voucher filled from a template; its quota, date, number and e-vouchers stay.

    Lines that hold an e-voucher stay with their amounts and only take a code that they lack. A template without amounts
    leaves the voucher's amount, and gives it to the line when there is only one.
    """
    filled = replace(voucher, payee=template.payee, purpose=template.purpose, business_type=template.business_type,
                     settlement_mode=template.settlement_mode)
    invoiced = tuple(line for line in voucher.lines if line.evoucher_key)
    if invoiced:
        codes = [line.dept_economic_code for line in template.lines] or [""]
        lines = tuple(
            replace(line, dept_economic_code=line.dept_economic_code or codes[min(at, len(codes) - 1)])
            for at, line in enumerate(invoiced)
        )
        return replace(filled, lines=lines)
    lines = tuple(
        VoucherLine(ids.new(), line.dept_economic_code, "", line.summary, line.amount) for line in template.lines
    )
    if template.amount:
        return with_amount(replace(filled, lines=lines), template.amount)
    if len(lines) == 1:
        lines = (replace(lines[0], amount=voucher.amount),)
    return replace(filled, lines=lines or voucher.lines)


def clean(name: str) -> str:
    """Return a name as it is kept: single spaces, at most 30 characters."""
    return " ".join(name.split())[:NAME_MOST].strip()


def templates(books: Books) -> list[VoucherTemplate]:
    """Return every template, the most used first; call inside the books' transaction."""
    kept = [_read(one) for one in json.loads(books.setting(SETTING, "[]"))]
    return sorted(kept, key=lambda one: (-one.used, one.name))


def keep_template(books: Books, seat: Seat, template: VoucherTemplate) -> VoucherTemplate:
    """Write a template down; one of the same name is replaced and keeps how often it was used.

    Raises:
        ValueError: It has no name.
    """
    if not template.name:
        raise ValueError("a template without a name")
    with books:
        present = templates(books)
        old = next((one for one in present if one.name == template.name), None)
        kept = replace(template, template_id=old.template_id if old else seat.ids.new(), used=old.used if old else 0,
                       by=seat.name)
        _keep(books, [*(one for one in present if one is not old), kept])
        books.commit()
    return kept


def rename_template(books: Books, template_id: str, name: str) -> bool:
    """Give a template another name; False when it is gone, the name is empty, or another one has it."""
    wanted = clean(name)
    with books:
        present = templates(books)
        taken = any(one.name == wanted and one.template_id != template_id for one in present)
        if not wanted or taken or all(one.template_id != template_id for one in present):
            return False
        _keep(books, [replace(one, name=wanted) if one.template_id == template_id else one for one in present])
        books.commit()
    return True


def count_use(books: Books, template_id: str) -> None:
    """Remember that a template was taken: the most used come first."""
    with books:
        _keep(books, [replace(one, used=one.used + 1) if one.template_id == template_id else one
                      for one in templates(books)])
        books.commit()


def remove_template(books: Books, template_id: str) -> VoucherTemplate | None:
    """Take a template away and return it, so that it can be put back."""
    with books:
        present = templates(books)
        _keep(books, [one for one in present if one.template_id != template_id])
        books.commit()
    return next((one for one in present if one.template_id == template_id), None)


def put_template_back(books: Books, template: VoucherTemplate) -> None:
    """Put a template back that was taken away; one that took its name meanwhile stays, and this one is told apart."""
    with books:
        present = [one for one in templates(books) if one.template_id != template.template_id]
        names = {one.name for one in present}
        name, number = template.name, 2
        while name in names:
            name, number = f"{template.name[:NAME_MOST - 4]}（{number}）", number + 1
        _keep(books, [*present, replace(template, name=name)])
        books.commit()


def _keep(books: Books, kept: list[VoucherTemplate]) -> None:
    books.set_setting(SETTING, json.dumps([_written(one) for one in kept], ensure_ascii=False))


def _written(one: VoucherTemplate) -> dict[str, Any]:
    payee = one.payee
    return {
        "id": one.template_id, "name": one.name, "purpose": one.purpose, "business_type": one.business_type.value,
        "settlement_mode": one.settlement_mode.value, "amount": str(one.amount), "used": one.used, "by": one.by,
        "payee": {"name": payee.name, "account": payee.account, "bank": payee.bank,
                  "bank_line_no": payee.bank_line_no, "kind": payee.kind.value},
        "lines": [{"code": line.dept_economic_code, "summary": line.summary, "amount": str(line.amount)}
                  for line in one.lines],
    }


def _read(kept: Mapping[str, Any]) -> VoucherTemplate:
    payee = kept["payee"]
    lines = tuple(TemplateLine(line["code"], line["summary"], Decimal(line["amount"])) for line in kept["lines"])
    return VoucherTemplate(
        kept["id"], kept["name"],
        Payee(payee["name"], payee["account"], payee["bank"], payee["bank_line_no"], PayeeKind(payee["kind"])),
        kept["purpose"], BusinessType(kept["business_type"]), SettlementMode(kept["settlement_mode"]), lines,
        Decimal(kept["amount"]), kept["used"], kept["by"],
    )
