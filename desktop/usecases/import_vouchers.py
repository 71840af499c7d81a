"""Rows that become payment vouchers, one each, or lines of one voucher."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from statistics import median

from desktop.domain.document import Document, State, voided
from desktop.domain.fault import Fault
from desktop.domain.head import Kind
from desktop.domain.importing.effect import Planned, Present
from desktop.domain.importing.target import CodeList, Item
from desktop.domain.importing.targets import ECONOMICS, LINE_TARGET, QUOTAS, VOUCHER_TARGET
from desktop.domain.importing.values import Reading
from desktop.domain.mirrors import CodeEntry, KnownPayee, Quota
from desktop.domain.voucher import Payee, PaymentVoucher, VoucherLine
from desktop.usecases.import_desk import ImportDesk, Importer, Key, Tick, Values, Written, code_list, text, yuan
from desktop.usecases.ports import Books
from desktop.usecases.seat import Seat
from desktop.usecases.start_document import numbered_voucher, with_amount, with_quota
from desktop.usecases.write_document import put_changed, put_new

_MOST_ROWS, _MOST_PAYEES = 100_000, 5_000


# -- a voucher for each row


def _read_vouchers(books: Books, seat: Seat, year: int, today: date, subject: str) -> ImportDesk:
    rows = [row for row in books.documents.rows((Kind.VOUCHER,), (), year, "", _MOST_ROWS)
            if row.state is not State.VOIDED]
    quotas = [quota for quota in books.mirrors.quotas(year) if quota.status == "ACTIVE"]
    lists = {ECONOMICS: code_list(books.mirrors.codes("DEPT_ECONOMIC", year)), QUOTAS: CodeList(_quota_items(quotas))}
    present: dict[Key, Present] = {
        (row.counterpart, row.amount, row.purpose): Present(
            row.key.rpartition("-")[2],
            {"payee": row.counterpart, "amount": row.amount, "purpose": row.purpose, "date": row.date},
        )
        for row in reversed(rows)
    }
    amounts = [row.amount for row in rows if row.amount > 0]
    usual: dict[Key, Decimal] = {(): Decimal(median(amounts))} if len(amounts) > 2 else {}
    return ImportDesk(VOUCHER_TARGET, Reading(lists, year, today.month), present=present, usual=usual)


def _quota_items(quotas: Sequence[Quota]) -> tuple[Item, ...]:
    items = []
    for quota in quotas:
        words = tuple(part for part in (quota.document_no, quota.project_name, quota.description) if part)
        items.append(Item(quota.id, " · ".join(dict.fromkeys(words)), (*words, quota.project_key)))
    return tuple(items)


def _write_vouchers(
    books: Books, seat: Seat, desk: ImportDesk, rows: Sequence[Planned], why: str, today: date, tick: Tick
) -> Written:
    quotas = {quota.id: quota for quota in books.mirrors.quotas(desk.reading.year)}
    payees = {(known.name, known.account): known for known in books.mirrors.payees("", _MOST_PAYEES)}
    items: list[dict[str, object]] = []
    with_errors = 0
    for at, planned in enumerate(rows):
        tick(at, len(rows))
        voucher = _voucher(books, seat, planned.row.values, quotas, payees, today)
        document = put_new(books, seat, voucher, why).document
        items.append({"doc_id": document.head.doc_id, "digest": document.digest})
        with_errors += bool(document.problems_count)
    return Written(items, tuple(str(item["doc_id"]) for item in items), with_errors)


def _voucher(
    books: Books,
    seat: Seat,
    values: Values,
    quotas: Mapping[str, Quota],
    payees: Mapping[tuple[str, str], KnownPayee],
    today: date,
) -> PaymentVoucher:
    on = values.get("date")
    fresh = numbered_voucher(books, seat, on if isinstance(on, date) else today)
    known = payees.get((text(values, "payee"), text(values, "account")))
    payee = Payee(
        text(values, "payee"),
        text(values, "account"),
        text(values, "bank") or (known.bank if known else ""),
        known.bank_line_no if known else "",
    )
    amount, purpose = yuan(values, "amount"), text(values, "purpose")
    line = VoucherLine(seat.ids.new(), text(values, "economic"), "", purpose, amount)
    voucher = with_amount(replace(fresh, payee=payee, purpose=purpose, lines=(line,)), amount)
    quota = quotas.get(text(values, "quota"))
    return voucher if quota is None else with_quota(voucher, quota)


def _void_vouchers(books: Books, seat: Seat, subject: str, items: Sequence[Mapping[str, object]]) -> None:
    documents = [(books.documents.get(str(item["doc_id"])), item["digest"]) for item in items]
    touched = [
        document.head.key.rpartition("-")[2]
        for document, digest in documents
        if document.state is not State.DRAFT or document.digest != digest
    ]
    if touched:
        named = "、".join(touched[:3]) + ("等" if len(touched) > 3 else "")
        raise Fault("I-CHANGED", what=f"有 {len(touched)} 张支付申请改过、送出或作废了（{named}）")
    for document, _ in documents:
        books.documents.put(voided(document, seat.officer), by=seat.officer, why="撤销导入", at=seat.at())


# -- lines of one voucher


def _open_voucher(books: Books, doc_id: str) -> tuple[Document, PaymentVoucher]:
    try:
        document = books.documents.get(doc_id)
    except KeyError:
        raise Fault("I-NO_VOUCHER") from None
    if not isinstance(document.content, PaymentVoucher):
        raise TypeError(f"{doc_id} is no voucher")
    return document, document.content


def _read_lines(books: Books, seat: Seat, year: int, today: date, subject: str) -> ImportDesk:
    _, voucher = _open_voucher(books, subject)
    quota = books.mirrors.quota(voucher.quota.quota_id) if voucher.quota.quota_id else None
    table: Mapping[str, CodeEntry] = books.mirrors.codes("DEPT_ECONOMIC", voucher.head.fiscal_year)
    if quota is not None and quota.dept_economic_codes:
        table = {code: table[code] for code in quota.dept_economic_codes if code in table}
    present: dict[Key, Present] = {
        (line.dept_economic_code, line.summary, line.amount): Present(f"明细第 {at} 行", {})
        for at, line in enumerate(voucher.lines, start=1)
        if line.amount
    }
    words = f"{voucher.head.key.rpartition('-')[2]} {voucher.payee.name}".strip()
    reading = Reading({ECONOMICS: code_list(table)}, voucher.date.year, voucher.date.month)
    return ImportDesk(LINE_TARGET, reading, subject, words, present)


def _write_lines(
    books: Books, seat: Seat, desk: ImportDesk, rows: Sequence[Planned], why: str, today: date, tick: Tick
) -> Written:
    _, voucher = _open_voucher(books, desk.subject)
    lines = [
        VoucherLine(
            seat.ids.new(),
            text(row.row.values, "economic"),
            "",
            text(row.row.values, "summary") or voucher.purpose,
            yuan(row.row.values, "amount"),
        )
        for row in rows
    ]
    before = voucher.amount
    kept = tuple(line for line in voucher.lines if line.dept_economic_code or line.summary or line.amount)
    changed = replace(voucher, lines=(*kept, *lines))
    if before == voucher.line_total():  # the amount followed the lines, and goes on following them
        changed = with_amount(changed, changed.line_total())
    saved = put_changed(books, seat, changed, why)
    stored = saved.document.content
    after = {line.line_id: line for line in stored.lines} if isinstance(stored, PaymentVoucher) else {}
    items: list[dict[str, object]] = [
        {"line_id": line.line_id, "economic": line.dept_economic_code, "summary": line.summary,
         "amount": str(line.amount)}
        for line in (after[one.line_id] for one in lines)
    ]
    items.append({"amount_before": str(before), "amount_after": str(changed.amount)})
    return Written(items, (desk.subject,), int(bool(saved.document.problems_count)))


def _remove_lines(books: Books, seat: Seat, subject: str, items: Sequence[Mapping[str, object]]) -> None:
    document, voucher = _open_voucher(books, subject)
    *lines, amounts = items
    now = {line.line_id: line for line in voucher.lines}
    ours = {str(item["line_id"]) for item in lines}
    touched = sum(not _is_as_left(now.get(str(item["line_id"])), item) for item in lines)
    if touched or document.state is not State.DRAFT:
        what = f"有 {touched} 行明细改过或删掉了" if touched else "这张支付申请已经送出"
        raise Fault("I-CHANGED", what=what)
    left = replace(voucher, lines=tuple(line for line in voucher.lines if line.line_id not in ours))
    if voucher.amount == Decimal(str(amounts["amount_after"])) != Decimal(str(amounts["amount_before"])):
        left = with_amount(left, Decimal(str(amounts["amount_before"])))
    put_changed(books, seat, left, "撤销导入")


def _is_as_left(line: VoucherLine | None, item: Mapping[str, object]) -> bool:
    return line is not None and (line.dept_economic_code, line.summary, str(line.amount), line.evoucher_key) == (
        item["economic"], item["summary"], item["amount"], ""
    )


VOUCHERS = Importer(_read_vouchers, _write_vouchers, _void_vouchers, "voucher")
VOUCHER_LINES = Importer(_read_lines, _write_lines, _remove_lines, "voucher")
