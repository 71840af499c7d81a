"""What the screen reads and keeps, each a piece of work for the database thread; no widget here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from desktop.domain.document import Document, Post, State
from desktop.domain.evoucher import Evoucher, check_evoucher
from desktop.domain.head import Kind
from desktop.domain.ledger import Balance
from desktop.domain.mirrors import CodeEntry, EconomicPair, KnownPayee, Quota, UnitProfile
from desktop.domain.problem import Problem
from desktop.domain.voucher import PaymentVoucher, VoucherLine
from desktop.domain.voucher_rules import RuleResult, VoucherFacts, report
from desktop.ui.documents.actions import legal_acts, standing_of_row
from desktop.usecases.hand_over import HandedOver, present
from desktop.usecases.initials import initials
from desktop.usecases.ports import Books
from desktop.usecases.problems_of import voucher_facts
from desktop.usecases.seat import Seat
from desktop.usecases.start_document import copy_voucher, new_voucher
from desktop.usecases.take_evoucher import ReadEvoucher, Taken, take_evoucher
from desktop.usecases.write_document import create, save

MOST_PAYEES = 5000


@dataclass(frozen=True, slots=True)
class QuotaChoice:
    """A quota that may be chosen, what is left on it, and its pinyin initials."""

    quota: Quota
    balance: Balance
    label: str
    initials: str


@dataclass(frozen=True, slots=True)
class Desk:
    """What every voucher on the screen chooses from; read once and again after the mirrors changed.

    Attributes:
        officers: Officer id to name.
        head_from: Yuan from which the unit's head signs too.
    """

    unit: UnitProfile
    quotas: tuple[QuotaChoice, ...]
    economics: Mapping[str, CodeEntry]
    pairs: tuple[EconomicPair, ...]
    payees: tuple[KnownPayee, ...]
    officers: Mapping[str, str]
    posts: Mapping[str, tuple[str, ...]]
    head_from: Decimal


@dataclass(frozen=True, slots=True)
class Look:
    """A voucher as it now lies in the books, and what the rules say of it.

    Attributes:
        document: None while nothing of it is stored.
        evouchers: What was read from the e-vouchers behind it, by key.
        flaws: What speaks against each of them, by key.
    """

    voucher: PaymentVoucher
    document: Document | None
    facts: VoucherFacts
    report: tuple[RuleResult, ...]
    evouchers: Mapping[str, Evoucher]
    flaws: Mapping[str, tuple[Problem, ...]]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A voucher in the queue of a checker or signer; one that they made themselves is shown, never decided. Yuan."""

    doc_id: str
    key: str
    payee: str
    amount: Decimal
    own: bool


def read_desk(books: Books, year: int) -> Desk:
    """Read what the screen chooses from."""
    with books:
        mirrors = books.mirrors
        quotas = mirrors.quotas(year)
        balances = books.ledger.balances([quota.id for quota in quotas])
        officers = mirrors.officers()
        return Desk(
            unit=mirrors.unit(),
            quotas=tuple(_choice(quota, balances.get(quota.id, Balance())) for quota in quotas),
            economics=mirrors.codes("DEPT_ECONOMIC", year),
            pairs=tuple(mirrors.pairs(year)),
            payees=tuple(_with_initials(payee) for payee in mirrors.payees("", MOST_PAYEES)),
            officers={officer.id: officer.name for officer in officers},
            posts=_by_post([(officer.name, officer.posts) for officer in officers if officer.active]),
            head_from=mirrors.parameters().number("second_signer_from"),
        )


def quota_label(document_no: str, project_name: str, description: str) -> str:
    """Return a quota's words: document number, project and description, none of them twice."""
    own = description.removeprefix(project_name).strip(" ·—-") if project_name else description
    return " · ".join(part for part in (document_no, project_name, own) if part)


def _with_initials(payee: KnownPayee) -> KnownPayee:
    """Payees of the unit's own vouchers come without initials."""
    return payee if payee.initials else replace(payee, initials=initials(payee.name))


def _choice(quota: Quota, balance: Balance) -> QuotaChoice:
    label = quota_label(quota.document_no, quota.project_name, quota.description)
    names = quota_label("", quota.project_name, quota.description).replace(" · ", "")
    return QuotaChoice(quota, balance, label, initials(names))


def _by_post(people: Sequence[tuple[str, tuple[str, ...]]]) -> Mapping[str, tuple[str, ...]]:
    posts = dict.fromkeys(post for _, held in people for post in held)
    return {post: tuple(name for name, held in people if post in held) for post in posts}


def look_at(books: Books, voucher: PaymentVoucher, document: Document | None) -> Look:
    """Gather the facts about a voucher and run its rules."""
    with books:
        facts = voucher_facts(books, voucher)
        known = {use.key: books.originals.evoucher(use.key) for use in voucher.evouchers}
    evouchers = {key: evoucher for key, evoucher in known.items() if evoucher is not None}
    unit = facts.unit
    flaws = {
        key: tuple(check_evoucher(one, buyer_name=unit.name, buyer_tax_no=unit.credit_code, on=voucher.date))
        for key, one in evouchers.items()
    }
    return Look(voucher, document, facts, tuple(report(voucher, facts)), evouchers, flaws)


def open_voucher(books: Books, doc_id: str) -> Look:
    """Read a stored voucher; `KeyError` when there is none."""
    with books:
        document = books.documents.get(doc_id)
    return look_at(books, _voucher_of(document), document)


def start_voucher(books: Books, seat: Seat, on: date) -> Look:
    """Return a new voucher with one empty line; nothing is stored but its number."""
    fresh = new_voucher(books, seat, on)
    return look_at(books, replace(fresh, lines=(VoucherLine(seat.ids.new()),)), None)


def start_copy(books: Books, seat: Seat, on: date, doc_id: str = "") -> Look | None:
    """Return a new voucher with the content of another; of the newest one when no id is given, None without any."""
    with books:
        if not doc_id:
            rows = books.documents.rows((Kind.VOUCHER,), (), on.year, "", 1)
            if not rows:
                return None
            doc_id = rows[0].doc_id
        source = _voucher_of(books.documents.get(doc_id))
    return look_at(books, copy_voucher(books, seat, source, on), None)


def keep(books: Books, seat: Seat, voucher: PaymentVoucher) -> Look:
    """Store the content, as a new draft when it was never stored, and look at it again."""
    with books:
        stored = books.documents.find(Kind.VOUCHER, voucher.head.key)
    saved = create(books, seat, voucher) if stored is None else save(books, seat, voucher)
    return look_at(books, voucher, saved.document)


def keep_and_present(books: Books, seat: Seat, voucher: PaymentVoucher) -> tuple[HandedOver, Look]:
    """Store the content without its empty lines and give it to the checker, if no rule objects."""
    tidy = replace(voucher, lines=tuple(line for line in voucher.lines if not is_empty(line)))
    keep(books, seat, tidy)
    handed = present(books, seat, [voucher.head.doc_id])
    return handed, open_voucher(books, voucher.head.doc_id)


def take_file(books: Books, seat: Seat, path: Path, read: ReadEvoucher) -> Taken:
    """Take an e-voucher's file in."""
    return take_evoucher(books, seat, path, read)


def read_waiting(books: Books, seat: Seat, year: int) -> tuple[Waiting, ...]:
    """Return what a checker or signer has before them, oldest change first; nothing for a maker.

    Vouchers that they made themselves are among them, but not to be decided.
    """
    if seat.post is Post.MAKER:
        return ()
    stage = State.PRESENTED if seat.post is Post.CHECKER else State.CHECKED
    with books:
        rows = books.documents.rows((Kind.VOUCHER,), (stage,), year)
        head_from = books.mirrors.parameters().number("second_signer_from")
    found = []
    for row in reversed(rows):
        legal = bool(legal_acts(standing_of_row(row), seat, head_from))
        own = row.maker == seat.officer
        if legal or own:
            found.append(Waiting(row.doc_id, row.key, row.counterpart, row.amount, own=own))
    return tuple(found)


def is_empty(line: VoucherLine) -> bool:
    """Say whether nothing was written into a line."""
    return not (line.dept_economic_code or line.summary or line.amount or line.evoucher_key)


def _voucher_of(document: Document) -> PaymentVoucher:
    content = document.content
    if not isinstance(content, PaymentVoucher):
        raise TypeError(f"{document.head.doc_id} is no voucher")
    return content
