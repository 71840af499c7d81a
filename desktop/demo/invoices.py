"""Rehearsal invoices for the vouchers: they add up to the fen, and say in their remark that they are none."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from zlib import crc32

from desktop.demo.material import VoucherPlan, unit_material
from desktop.domain.credit_code import check_character
from desktop.exchange.evouchers.sample import SampleInvoice, SampleLine, sample_number, write_sample_einvoice

_FEN = Decimal("0.01")
_RATES = (Decimal("0.06"), Decimal("0.13"), Decimal("0.03"))


def write_invoice(folder: Path, plan: VoucherPlan, sequence: int, ending: str = ".xml") -> Path:
    """Write the invoice behind a voucher of the rehearsal and return its path.

    Args:
        folder: Where to; must exist.
        plan: Its payee sells, the unit buys, its lines are the goods.
        sequence: Makes the number unique.
        ending: ``.xml`` or ``.ofd``.
    """
    unit = unit_material()["unit"]
    payee = next(row for row in unit_material()["payees"] if row["name"] == plan.payee)
    issued: date = plan.date - timedelta(days=2)
    invoice = SampleInvoice(
        number=sample_number(issued, sequence),
        issue_date=issued,
        seller_name=plan.payee,
        seller_tax_no=seller_tax_no(plan.payee),
        buyer_name=unit["name"],
        buyer_tax_no=unit["credit_code"],
        lines=tuple(_exact_line(f"*服务*{summary}", amount) for _, summary, amount in plan.lines),
        seller_bank=payee["bank"],
        seller_account=payee["account"],
    )
    path = folder / f"电子发票{invoice.number[-8:]}{ending}"
    write_sample_einvoice(path, invoice)
    return path


def seller_tax_no(name: str) -> str:
    """Return a made-up but well-formed credit code for a company name (GB 32100), always the same."""
    first = f"91150821MA0{crc32(name.encode()) % 1_000_000:06d}"
    return first + check_character(first)


def _exact_line(item: str, total: Decimal) -> SampleLine:
    # Tax is rounded to the fen, so not every total can be reached with every rate: take the first that fits exactly.
    for rate in _RATES:
        untaxed = (total / (1 + rate)).quantize(_FEN, ROUND_HALF_UP)
        for shift in (Decimal(0), _FEN, -_FEN):
            line = SampleLine(item, untaxed + shift, rate)
            if line.amount + line.tax == total:
                return line
    return SampleLine(item, total, Decimal("0.00"))
