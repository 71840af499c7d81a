"""The tables as they are today. The file itself is made by the numbered steps in `migrations`; a test compares the two.

Every table is STRICT: SQLite then refuses a float where money belongs. Money is whole fen. Text that is always there is
never NULL. Triggers stand in the steps only.
"""

from decimal import Decimal
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import TypeDecorator

from desktop.domain.ledger import LedgerAccount

metadata = MetaData()


class Fen(TypeDecorator[Decimal]):
    """Yuan outside, whole fen in the file, so that SQLite adds and compares exactly."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: object) -> int | None:
        """Return fen; `ValueError` for a part of a fen."""
        return None if value is None else to_fen(value)

    def process_result_value(self, value: int | None, dialect: object) -> Decimal | None:
        """Return yuan with two decimals."""
        return None if value is None else Decimal(value).scaleb(-2)


def to_fen(value: Decimal) -> int:
    """Return yuan as whole fen.

    Raises:
        ValueError: More than two decimals, or not a number.
    """
    try:
        scaled = value.scaleb(2)
        fen = int(scaled)
    except (ArithmeticError, ValueError) as reason:  # not a number, or not finite
        raise ValueError(f"not an amount: {value}") from reason
    if fen != scaled:
        raise ValueError(f"more than two decimals: {value}")
    return fen


def _table(name: str, *parts: Column[Any] | UniqueConstraint | CheckConstraint | Index, rowid: bool = True) -> Table:
    return Table(name, metadata, *parts, sqlite_strict=True, sqlite_with_rowid=rowid)


def _text(name: str, *parts: ForeignKey, key: bool = False) -> Column[str]:
    return Column(name, Text, *parts, nullable=False, primary_key=key)


def _int(name: str, *, key: bool = False) -> Column[int]:
    return Column(name, Integer, nullable=False, primary_key=key, autoincrement=False)


def _fen(name: str) -> Column[Decimal]:
    return Column(name, Fen, nullable=False)


def _bytes(name: str) -> Column[bytes]:
    return Column(name, LargeBinary, nullable=False)


def _of_document(*, key: bool = True) -> Column[str]:
    # Checked at the commit: a document's first revision is written before the document.
    return _text("doc_id", ForeignKey("document.id", deferrable=True, initially="DEFERRED"), key=key)


workspace = _table("workspace", _text("id", key=True), _text("created_at"))

document = _table(
    "document",
    _text("id", key=True),
    _text("kind"),
    _text("key"),
    _int("fiscal_year"),
    _int("revision"),
    _text("schema"),
    _text("state"),
    _text("title"),
    _fen("amount"),
    _text("counterpart"),
    _text("project_key"),
    _text("project_name"),
    _text("economic"),
    _text("purpose"),
    _int("attachments"),
    _text("date"),
    _text("maker"),
    _text("signers"),  # officer ids in order of signing, one a line
    _int("problems_count"),
    Column("comment", Text),  # JSON of the return comment
    _text("comment_line"),
    _text("central_no"),
    _text("batch_id"),
    _int("receipt_no"),
    _text("updated_at"),
    _text("digest"),
    _int("commit_no"),  # number of the commit in `revision` that holds the content
    _int("change_no"),  # grows with every change in the whole workspace: the order of lists
    _text("search"),
    Column("binned_at", Text, nullable=False, server_default=text("''")),  # when it went into the recycle bin
    CheckConstraint("revision >= 1", name="revision_from_1"),
    Index("document_by_key", "kind", "key"),
    Index("document_by_change", "change_no", unique=True),
    Index("document_by_state", "state", "kind"),
    Index("document_by_year", "kind", "fiscal_year", "change_no"),
)
# A key is used again only after the document that had it was made void.
Index(
    "document_key_once", document.c.kind, document.c.key, unique=True, sqlite_where=text("state <> 'VOIDED'")
)

revision = _table(
    "revision",
    _of_document(),
    _int("number", key=True),
    _int("revision"),
    _text("sm3"),
    _text("at"),
    _text("by"),
    _text("why"),
    _bytes("content"),  # zlib of the exact bytes
    rowid=False,
)

signature = _table(
    "signature",
    _of_document(),
    _int("position", key=True),
    _int("revision"),
    _text("role"),
    _text("officer"),
    _text("officer_name"),
    _text("key_id"),
    _text("at"),
    _text("sheet_id"),
    rowid=False,
)

sheet = _table(
    "sheet", _text("id", key=True), _text("role"), _text("officer"), _bytes("envelope"), _text("at")
)
sheet_document = _table(
    "sheet_document",
    _text("sheet_id", ForeignKey("sheet.id"), key=True),
    _text("doc_id", key=True),
    _int("revision"),
    rowid=False,
)

# Index tables: what lists and rules ask for; made from documents, and made again by `rebuild`.
voucher = _table(
    "voucher",
    _of_document(),
    _text("date"),
    _text("quota_id"),
    _text("payee_name"),
    _text("payee_account"),
    _text("payee_bank"),
    _text("payee_bank_line_no"),
    _text("payee_kind"),
    _fen("amount"),
    _text("purpose"),
    Index("voucher_by_payee", "payee_name", "date"),
    Index("voucher_by_quota", "quota_id"),
)
voucher_line = _table(
    "voucher_line",
    _text("doc_id", key=True),  # no reference: thousands of rows at once, and never without their document
    _int("position", key=True),
    _text("dept_economic_code"),
    _text("gov_economic_code"),
    _text("summary"),
    _fen("amount"),
    _text("evoucher_key"),
    rowid=False,
)
evoucher_use = _table(
    "evoucher_use",
    _text("doc_id", key=True),
    _int("position", key=True),
    _text("key"),
    _fen("used"),
    _text("sm3"),
    Index("evoucher_use_by_key", "key"),
    rowid=False,
)
goal_line = _table(
    "goal_line",
    _text("doc_id", key=True),
    _int("position", key=True),
    _text("indicator_code"),
    _text("library_version"),
    _text("level1"),
    _text("name"),
    Index("goal_line_by_indicator", "indicator_code"),
    rowid=False,
)
form_cell = _table(
    "form_cell",
    _text("doc_id", key=True),
    _text("form", key=True),
    _text("row", key=True),
    _text("column", key=True),
    _fen("amount"),
    rowid=False,
)
payee = _table(
    "payee",
    _text("name", key=True),
    _text("account", key=True),
    _text("bank"),
    _text("bank_line_no"),
    _text("kind"),
    _text("last_date"),
    _text("search"),
    rowid=False,
)

_USES = ("available", "reserved", "paid", "reclaimed", "carried")
_ACCOUNTS = ", ".join(f"'{account.value}'" for account in LedgerAccount)

ledger_entry = _table(
    "ledger_entry",
    Column("id", Integer, primary_key=True),
    _text("cause"),
    _text("event"),
    _text("quota_id"),
    _text("debit"),
    _text("credit"),
    _fen("amount"),
    _text("source_record"),
    _text("parent_quota"),
    _text("at"),
    UniqueConstraint("cause", name="ledger_cause_once"),
    CheckConstraint("amount > 0", name="ledger_amount_above_zero"),
    CheckConstraint("debit <> credit", name="ledger_two_accounts"),
    CheckConstraint(f"debit IN ({_ACCOUNTS})", name="ledger_debit_known"),
    CheckConstraint(f"credit IN ({_ACCOUNTS})", name="ledger_credit_known"),
    Index("ledger_entry_by_record", "source_record"),
)
ledger_balance = _table(
    "ledger_balance",
    _text("quota_id", key=True),
    _fen("sources"),
    *(_fen(use) for use in _USES),
    _int("last_entry"),
    *(CheckConstraint(f"{use} >= 0", name=f"{use}_not_below_zero") for use in _USES),
    CheckConstraint(f"{' + '.join(_USES)} = sources", name="uses_equal_sources"),
    rowid=False,
)

evoucher = _table(
    "evoucher",
    _text("key", key=True),
    _text("kind"),
    _text("invoice_no"),
    _text("issue_date"),
    _text("seller_name"),
    _fen("total"),
    _text("sm3"),
    _text("at"),
    _text("by"),
    _bytes("content"),
)

stream = _table(
    "stream",
    _int("id", key=True),
    _text("stream"),
    _int("epoch"),
    _int("sealed_epoch"),
    _int("sealed_seq"),
    _text("sealed_digest"),
    _int("last_receipt_no"),
    _text("last_receipt_digest"),
    CheckConstraint("id = 1", name="one_stream"),
)
batch = _table(
    "batch",
    _text("id", key=True),
    _int("epoch"),
    _int("seq"),
    _text("prev"),
    _text("digest"),
    _text("file_name"),
    _int("size"),
    _text("file_sm3"),
    _text("stage"),
    _text("totals"),
    _text("at"),
    Index("batch_place_once", "epoch", "seq", unique=True, sqlite_where=text("stage <> 'refused'")),
)
batch_document = _table(
    "batch_document",
    _text("batch_id", ForeignKey("batch.id"), key=True),
    _int("position", key=True),
    _of_document(key=False),
    _text("entry"),  # JSON of the manifest's entry
    Column("amount", Fen),
    Index("batch_document_by_document", "doc_id"),
    rowid=False,
)
receipt = _table(
    "receipt",
    _int("receipt_no", key=True),
    _text("digest", key=True),
    _text("prev_digest"),
    _text("stage"),
    _text("batch_id"),
    _text("file_name"),
    _int("applied"),
    _text("server_time"),
    _text("at"),
    rowid=False,
)
trust = _table(
    "trust",
    _int("id", key=True),
    _int("root_version"),
    _bytes("root"),
    _int("head_version"),
    CheckConstraint("id = 1", name="one_trust"),
)
catalogue = _table("catalogue", _text("scope", key=True), _int("version"), _text("digest"))
sync_run = _table(
    "sync_run",
    Column("number", Integer, primary_key=True),
    _text("run_id"),
    _text("started_at"),
    _text("seconds"),
    _text("way"),
    _text("outcome"),
    _int("sent"),
    _int("accepted"),
    _int("returned"),
    _int("received"),
    _fen("total"),
    _text("batch_id"),
    _int("receipt_no"),
    _text("code"),
    UniqueConstraint("run_id", name="sync_run_once"),
)

# The search index of the indicator library, made from its records: `library_tokens` says what the shelves hold.
library_index = _table("library_index", _text("shelf", key=True), _bytes("content"))

setting = _table("setting", _text("name", key=True), _text("value"), rowid=False)
sequence = _table("sequence", _text("name", key=True), _int("last"), rowid=False)
audit = _table(
    "audit",
    _int("number", key=True),
    _text("at"),
    _text("who"),
    _text("post"),
    _text("what"),
    _text("subject"),
    _text("facts"),  # canonical JSON
    _text("hash"),
)
