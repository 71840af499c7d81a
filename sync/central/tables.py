"""The platform's tables. Portable SQL: SQLite now, PostgreSQL by the URL later.

Money is whole fen. Times are ISO text with zone and are records, never an order.
"""

from decimal import Decimal

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator


class Fen(TypeDecorator[Decimal]):
    """Yuan with two places outside, whole fen in the database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Give fen; more than two places are a mistake of ours."""
        if value is None:
            return None
        if value != round(value, 2):
            raise ValueError(f"more than two decimals: {value}")
        return int(value.scaleb(2))

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        """Give yuan."""
        return None if value is None else Decimal(value).scaleb(-2)


metadata = MetaData()

# SQLite numbers only INTEGER keys by itself.
_Counter = BigInteger().with_variant(Integer, "sqlite")

settings = Table("setting", metadata, Column("name", String, primary_key=True), Column("value", LargeBinary))

numbers = Table("number", metadata, Column("name", String, primary_key=True), Column("last", BigInteger))

roots = Table("root", metadata, Column("version", Integer, primary_key=True), Column("data", LargeBinary))

heads = Table("head", metadata, Column("version", Integer, primary_key=True), Column("data", LargeBinary))

units = Table(
    "unit",
    metadata,
    Column("unit_code", String, primary_key=True),
    Column("name", String, nullable=False),
)

writers = Table(
    "writer",
    metadata,
    Column("stream", String, primary_key=True),
    Column("unit_code", ForeignKey(units.c.unit_code), nullable=False, index=True),
    Column("key_id", String, nullable=False),
    Column("public_key", String, nullable=False),
    Column("revoked_at", String),
)

challenges = Table(
    "challenge",
    metadata,
    Column("nonce", String, primary_key=True),
    Column("stream", ForeignKey(writers.c.stream), nullable=False),
    Column("expires_at", String, nullable=False),
)

# Of a token only its digest is kept: whoever reads the database cannot use it.
tokens = Table(
    "token",
    metadata,
    Column("digest", String, primary_key=True),
    Column("stream", ForeignKey(writers.c.stream), nullable=False),
    Column("expires_at", String, nullable=False),
)

records = Table(
    "record",
    metadata,
    Column("scope", String, primary_key=True),
    Column("dataset", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

catalogues = Table(
    "catalogue",
    metadata,
    Column("scope", String, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("digest", String, nullable=False),
    Column("container", LargeBinary, nullable=False),
)

streams = Table(
    "stream",
    metadata,
    Column("stream", ForeignKey(writers.c.stream), primary_key=True),
    Column("epoch", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("digest", String, nullable=False),
    Column("last_receipt_no", Integer, nullable=False),
    Column("last_receipt_digest", String, nullable=False),
)

uploads = Table(
    "upload",
    metadata,
    Column("id", String, primary_key=True),
    Column("stream", ForeignKey(writers.c.stream), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("sm3", String, nullable=False),
)

batches = Table(
    "batch",
    metadata,
    Column("id", String, primary_key=True),
    Column("stream", ForeignKey(writers.c.stream), nullable=False),
    Column("digest", String, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("prev", String, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("file_sm3", String, nullable=False),
    Column("state", String, CheckConstraint("state in ('held','arrived','decided','refused')"), nullable=False),
    Column("received_at", String, nullable=False),
    Index("batch_place", "stream", "epoch", "seq"),
)

receipts = Table(
    "receipt",
    metadata,
    Column("stream", ForeignKey(writers.c.stream), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("batch_id", ForeignKey(batches.c.id), nullable=False, index=True),
    Column("stage", String, nullable=False),
    Column("verdict", String, nullable=False),
    Column("container", LargeBinary, nullable=False),
    UniqueConstraint("batch_id", "stage", "verdict"),
)

# Arrived batches that are not decided yet, in the order of arrival.
jobs = Table(
    "job",
    metadata,
    Column("number", _Counter, primary_key=True, autoincrement=True),
    Column("batch_id", ForeignKey(batches.c.id), nullable=False, unique=True),
    Column("stream", ForeignKey(writers.c.stream), nullable=False),
    Column("failure", String),
)

documents = Table(
    "document",
    metadata,
    Column("unit_code", ForeignKey(units.c.unit_code), primary_key=True),
    Column("kind", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("digest", String, nullable=False),
    Column("doc_id", String, nullable=False),
    Column("batch_id", ForeignKey(batches.c.id), nullable=False, index=True),
    Column("receipt_no", Integer, nullable=False),
    Column("verdict", String, CheckConstraint("verdict in ('accepted','rejected')"), nullable=False),
    Column("code", String),
    Column("field", String),
    Column("comment", Text),
    Column("central_no", String),
    Column("amount", Fen, nullable=False),
    Column("decided_at", String, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

# What an accepted voucher takes from its quota; a refund gives it back.
quota_uses = Table(
    "quota_use",
    metadata,
    Column("unit_code", ForeignKey(units.c.unit_code), primary_key=True),
    Column("voucher_key", String, primary_key=True),
    Column("quota_id", String, nullable=False),
    Column("amount", Fen, nullable=False),
    Column("paid", Fen, nullable=False),
    Column("refunded", Fen, nullable=False),
    CheckConstraint("refunded <= paid and paid <= amount"),
    Index("quota_use_quota", "unit_code", "quota_id"),
)

evoucher_uses = Table(
    "evoucher_use",
    metadata,
    Column("unit_code", ForeignKey(units.c.unit_code), primary_key=True),
    Column("evoucher_key", String, primary_key=True),
    Column("voucher_key", String, primary_key=True),
    Column("used", Fen, nullable=False),
    Column("total", Fen, nullable=False),
)

# What an officer of the bureau has ruled for a document that is still to come.
rulings = Table(
    "ruling",
    metadata,
    Column("unit_code", ForeignKey(units.c.unit_code), primary_key=True),
    Column("kind", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("code", String, nullable=False),
    Column("field", String, nullable=False),
    Column("comment", Text, nullable=False),
)
