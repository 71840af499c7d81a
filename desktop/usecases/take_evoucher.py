"""Take an e-invoice in: read it, keep the original sealed, and fill the voucher from it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from desktop.domain.evoucher import Evoucher, Signature, check_evoucher
from desktop.domain.fault import Fault
from desktop.domain.problem import Problem, errors
from desktop.domain.voucher import EvoucherUse, Payee, PaymentVoucher, VoucherLine
from desktop.domain.words import in_words
from desktop.usecases.ports import Books
from desktop.usecases.seat import Seat
from sync.crypto import sm3

ReadEvoucher = Callable[[Path], Evoucher]


@dataclass(frozen=True, slots=True)
class Taken:
    """An e-voucher as it was taken in.

    Attributes:
        problems: What is wrong with it for this unit (R-12, E-…); it is kept all the same, and shown.
        used_before: Yuan that other vouchers already use of it (R-11).
        known: Whether the same original was here before.
    """

    evoucher: Evoucher
    problems: tuple[Problem, ...]
    used_before: Decimal
    known: bool


def take_evoucher(books: Books, seat: Seat, path: Path, read: ReadEvoucher) -> Taken:
    """Read a file, seal its original bytes into the workspace, and say what is right and wrong with it.

    Raises:
        Fault: EvoucherRefused codes for a file that is no e-voucher, is unsafe or changes while it is read; E-CONFLICT
            when the number is known with other figures; DISK_FULL. Nothing is changed then.
    """
    evoucher = read(path)
    data = _original(path, evoucher)
    with books:
        unit = books.mirrors.unit()
        problems = check_evoucher(evoucher, buyer_name=unit.name, buyer_tax_no=unit.credit_code)
        earlier = books.originals.evoucher(evoucher.key)
        if earlier is not None and _is_altered(earlier) and not _is_altered(evoucher):
            earlier = None  # a forged copy that came first may not stand in the way of the original
        if earlier is not None and (earlier.total, earlier.issue_date) != (evoucher.total, evoucher.issue_date):
            raise Fault("E-CONFLICT", number=evoucher.invoice_no, total=str(earlier.total), found=str(evoucher.total))
        used = books.documents.evoucher_used(evoucher.key, except_doc="")
        books.originals.keep(data)
        if earlier is None:
            books.originals.put_evoucher(evoucher, at=seat.at(), by=seat.officer)
        books.audit(seat.officer, seat.post.value, "EVOUCHER_IN", evoucher.key, {"sm3": evoucher.sm3}, at=seat.at())
        books.commit()
    return Taken(evoucher, tuple(problems), used, earlier is not None)


def attach(voucher: PaymentVoucher, taken: Taken, line_id: str) -> PaymentVoucher:
    """Return the voucher with the e-voucher behind it: a line, its amount, and the payee where it is still empty.

    An e-voucher that the voucher already holds is not added again. Only what remains of it is used (R-11).
    """
    evoucher = taken.evoucher
    if any(use.key == evoucher.key for use in voucher.evouchers):
        return voucher
    remaining = max(evoucher.total - taken.used_before, Decimal("0.00"))
    use = EvoucherUse(
        key=evoucher.key,
        kind=evoucher.kind.value,
        invoice_no=evoucher.invoice_no,
        issue_date=evoucher.issue_date,
        seller_name=evoucher.seller_name,
        buyer_name=evoucher.buyer_name,
        buyer_tax_no=evoucher.buyer_tax_no,
        total=evoucher.total,
        used=remaining,
        is_red=evoucher.is_red,
        digest_ok=evoucher.digest_ok,
        sm3=evoucher.sm3,
        file_name=evoucher.file_name,
        size=evoucher.size,
        errors=_errors_of_file(taken.problems),
    )
    lines = _filled_lines(voucher, evoucher, remaining, line_id)
    amount = sum((line.amount for line in lines), Decimal("0.00"))
    return replace(
        voucher,
        payee=_payee(voucher.payee, evoucher),
        lines=lines,
        evouchers=(*voucher.evouchers, use),
        amount=amount,
        amount_in_words=in_words(amount),
    )


def _original(path: Path, evoucher: Evoucher) -> bytes:
    """Return the bytes that were read, and no others: a stick can be pulled out, a file be written in between.

    Raises:
        Fault: E-UNREADABLE.
    """
    try:
        with path.open("rb") as file:
            data = file.read(evoucher.size + 1)
    except OSError as reason:
        raise Fault("E-UNREADABLE", file=path.name, reason=type(reason).__name__) from reason
    if sm3(data) != evoucher.sm3:
        raise Fault("E-UNREADABLE", file=path.name, reason="Changed")
    return data


def _is_altered(evoucher: Evoucher) -> bool:
    return evoucher.digest_ok is False or evoucher.signature is Signature.INVALID


def _errors_of_file(found: tuple[Problem, ...]) -> tuple[str, ...]:
    # A wrong digest has a field of its own, and whose the invoice is depends on the unit: R-12 looks at both anew.
    codes = (problem.code for problem in errors(list(found)) if problem.code.startswith("E-"))
    return tuple(dict.fromkeys(code for code in codes if code != "E-02"))


def detach(voucher: PaymentVoucher, key: str) -> PaymentVoucher:
    """Return the voucher without one e-voucher; its line stays, with no invoice behind it."""
    lines = tuple(replace(line, evoucher_key="") if line.evoucher_key == key else line for line in voucher.lines)
    return replace(voucher, lines=lines, evouchers=tuple(use for use in voucher.evouchers if use.key != key))


def _filled_lines(
    voucher: PaymentVoucher, evoucher: Evoucher, remaining: Decimal, line_id: str
) -> tuple[VoucherLine, ...]:
    item = evoucher.lines[0].item if evoucher.lines else ""
    summary = item.rpartition("*")[2] or item
    last = voucher.lines[-1] if voucher.lines else None
    for index, line in enumerate(voucher.lines):
        # The first line without invoice and without money is where the person was about to type.
        if not line.evoucher_key and line.amount == 0:
            filled = replace(line, summary=line.summary or summary, amount=remaining, evoucher_key=evoucher.key)
            return (*voucher.lines[:index], filled, *voucher.lines[index + 1 :])
    line = VoucherLine(
        line_id,
        dept_economic_code=last.dept_economic_code if last else "",
        gov_economic_code=last.gov_economic_code if last else "",
        summary=summary,
        amount=remaining,
        evoucher_key=evoucher.key,
    )
    return (*voucher.lines, line)


def _payee(payee: Payee, evoucher: Evoucher) -> Payee:
    if payee.name and payee.name != evoucher.seller_name:
        return payee
    return replace(
        payee,
        name=evoucher.seller_name,
        account=payee.account or evoucher.seller_account,
        bank=payee.bank or evoucher.seller_bank,
    )
