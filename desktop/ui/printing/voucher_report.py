"""Vouchers on paper: reads what the form says and lays one form after the other."""

from collections.abc import Mapping, Sequence

from desktop.domain.accounts import grouped
from desktop.domain.document import Document, Post, State
from desktop.domain.printed.marks import Measure, Page, PageSetup
from desktop.domain.voucher import PaymentVoucher
from desktop.texts import tr
from desktop.texts.words import BUSINESS_TYPES, SETTLEMENT_MODES
from desktop.ui.printing.report import Lay, Report
from desktop.ui.printing.voucher_form import TITLE, PrintedLine, PrintedVoucher, voucher_pages
from desktop.usecases.ports import Books

SETUP = PageSetup("VOUCHER", landscape=True, margin=10)
_ARRIVED = (State.SUBMITTED, State.ACCEPTED, State.PAID, State.PART_REFUNDED, State.REFUNDED)
_ROLES: Mapping[Post, str] = {Post.CHECKER: tr("复核"), Post.SIGNER: tr("签章"), Post.HEAD: tr("负责人")}


def voucher_report(doc_ids: Sequence[str]) -> Report:
    """Return these stored vouchers as one job, each on its own sheet; those that have not arrived say 草稿."""
    title = TITLE if len(doc_ids) == 1 else tr("{title} {count} 张", title=TITLE, count=len(doc_ids))

    def load(books: Books) -> Lay:
        vouchers = read_printed(books, doc_ids)

        def lay(setup: PageSetup, measure: Measure) -> list[Page]:
            return [page for voucher in vouchers for page in voucher_pages(voucher, setup, measure)]

        return lay

    return Report("voucher", title, load, SETUP, over_form=True)


def has_arrived(state: State) -> bool:
    """Tell whether the platform has a document that stands so."""
    return state in _ARRIVED


def read_printed(books: Books, doc_ids: Sequence[str]) -> list[PrintedVoucher]:
    """Read the forms' words from the books."""
    with books:
        names = {officer.id: officer.name for officer in books.mirrors.officers()}
        return [_printed(books, books.documents.get(doc_id), names) for doc_id in doc_ids]


def _printed(books: Books, document: Document, names: Mapping[str, str]) -> PrintedVoucher:
    voucher = document.content
    assert isinstance(voucher, PaymentVoucher), "only vouchers are printed on the voucher's form"
    economics = books.mirrors.codes("DEPT_ECONOMIC", voucher.head.fiscal_year)
    invoices = {use.key: use.invoice_no for use in voucher.evouchers}
    lines = tuple(
        PrintedLine(
            f"{line.dept_economic_code} {economics[line.dept_economic_code].name}"
            if line.dept_economic_code in economics else line.dept_economic_code,
            line.summary, line.amount, grouped(invoices.get(line.evoucher_key, "")),
        )
        for line in voucher.lines
    )
    day = voucher.date
    quota = voucher.quota
    made = ((tr("经办"), names.get(voucher.head.maker, ""), f"{day:%m-%d}"),)
    signed = tuple((_ROLES[mark.role], mark.officer_name, mark.at[5:10])
                   for mark in document.signatures if mark.role in _ROLES)
    return PrintedVoucher(
        number=voucher.head.key,
        date=tr("{day.year} 年 {day.month} 月 {day.day} 日", day=day),
        payer=(voucher.payer.name, grouped(voucher.payer.number), voucher.payer.bank),
        payee=(voucher.payee.name, grouped(voucher.payee.account), voucher.payee.bank),
        amount=voucher.amount,
        words=voucher.amount_in_words,
        purpose=voucher.purpose,
        settlement=SETTLEMENT_MODES.get(voucher.settlement_mode.value, ""),
        business=BUSINESS_TYPES.get(voucher.business_type.value, ""),
        quota=" · ".join(part for part in (quota.document_no, quota.project_name) if part),
        attachments=len(voucher.evouchers),
        lines=lines,
        signed=(*made, *signed),
        central_no=document.central_no,
        arrived=has_arrived(document.state),
    )
