"""Who is asking: a writer proves its key over a nonce of ours and gets a short token."""

import secrets
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, delete, insert, select

from sync.central.platform import Platform, moment
from sync.central.tables import challenges, tokens, writers
from sync.crypto import PublicKey, sm3, verify
from sync.faults import ExchangeFault
from sync.protocol import session_message

_NONCE_SECONDS = 120


def challenge(platform: Platform, stream: str, key_id: str) -> str:
    """Give a fresh nonce to a registered writer.

    Raises:
        ExchangeFault: ``KEY_UNKNOWN``, ``KEY_REVOKED``.
    """
    nonce, now = secrets.token_hex(32), _now(platform)
    with platform.store.write() as db:
        _require_writer(db, stream, key_id)
        db.execute(delete(challenges).where(challenges.c.expires_at < moment(now)))
        expires = moment(now + timedelta(seconds=_NONCE_SECONDS))
        db.execute(insert(challenges).values(nonce=nonce, stream=stream, expires_at=expires))
    return nonce


def open_session(platform: Platform, nonce: str, signature: bytes) -> str:
    """Give a token for a nonce that the stream's key signed; a nonce works once.

    Raises:
        ExchangeFault: ``NONCE_UNKNOWN``, ``KEY_REVOKED``, ``SIGNATURE_INVALID``.
    """
    now = _now(platform)
    with platform.store.write() as db:
        fresh = select(challenges.c.stream).where(
            challenges.c.nonce == nonce, challenges.c.expires_at >= moment(now)
        )
        stream = db.execute(fresh).scalar()
        db.execute(delete(challenges).where(challenges.c.nonce == nonce))
        key = None if stream is None else _require_writer(db, stream, None)
    if stream is None or key is None:
        raise ExchangeFault("NONCE_UNKNOWN")
    if not verify(key, session_message(stream, platform.settings.audience, nonce), signature):
        raise ExchangeFault("SIGNATURE_INVALID", {"named": key.key_id})
    token = secrets.token_urlsafe(32)
    expires = moment(now + timedelta(minutes=platform.settings.token_minutes))
    with platform.store.write() as db:
        db.execute(delete(tokens).where(tokens.c.expires_at < moment(now)))
        db.execute(insert(tokens).values(digest=sm3(token.encode("ascii")), stream=stream, expires_at=expires))
    return token


def stream_of(platform: Platform, token: str) -> str:
    """Give the stream of a session.

    Raises:
        ExchangeFault: ``SESSION_UNKNOWN``, or ``KEY_REVOKED`` since it was opened.
    """
    found = select(tokens.c.stream).where(
        tokens.c.digest == sm3(token.encode("utf-8")), tokens.c.expires_at >= moment(_now(platform))
    )
    with platform.store.read() as db:
        stream = db.execute(found).scalar()
        if stream is None:
            raise ExchangeFault("SESSION_UNKNOWN")
        _require_writer(db, stream, None)
    return str(stream)


def _now(platform: Platform) -> datetime:
    """Give the time in one zone: ends of sessions are compared as text."""
    return platform.clock().astimezone(UTC)


def _require_writer(db: Connection, stream: str, key_id: str | None) -> PublicKey:
    row = db.execute(select(writers).where(writers.c.stream == stream)).one_or_none()
    if row is None or (key_id is not None and row.key_id != key_id):
        raise ExchangeFault("KEY_UNKNOWN", {"stream": stream})
    if row.revoked_at is not None:
        raise ExchangeFault("KEY_REVOKED", {"stream": stream, "at": row.revoked_at})
    return PublicKey.from_hex(row.public_key)
