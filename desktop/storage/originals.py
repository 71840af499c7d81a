"""Originals of e-vouchers and attachments: sealed on disk under the SM3 of what is inside, and what was read from them.

The sealing key is derived from the database's key; the name is bound to the content as associated data, so that no file
can take another's place. A file that no transaction came to name is harmless: the same bytes find it again.
"""

import secrets
from pathlib import Path

from sqlalchemy import Connection, bindparam, select

from desktop.domain.evoucher import Evoucher
from desktop.storage import tables
from desktop.storage.codec import decode, encode, nfc
from desktop.storage.faults import WorkspaceFault, disk_fault
from desktop.storage.rows import put
from sync.crypto import NONCE_SIZE, SM4_KEY_SIZE, derive, sm3, sm4_gcm_open, sm4_gcm_seal
from sync.durable import write_file
from sync.faults import DamagedFile, DiskFailed, DiskFull

MAGIC = b"BDO1"
_PURPOSE = "budgetdesk originals"
_FOUND = select(tables.evoucher.c.content).where(tables.evoucher.c.key == bindparam("key"))


class SealedFiles:
    """The folder of sealed originals."""

    def __init__(self, folder: Path, database_key: bytes) -> None:
        self._folder, self._key = folder, derive(database_key, _PURPOSE, SM4_KEY_SIZE)

    def path_of(self, digest: str) -> Path:
        """Return where an original lies."""
        return self._folder / digest[:2] / digest

    def keep(self, data: bytes) -> str:
        """Seal bytes durably and return their SM3; the same bytes twice are one file.

        Raises:
            WorkspaceFault: DISK_FULL, DISK_FAILED; nothing half written is left.
        """
        digest = sm3(data)
        path = self.path_of(digest)
        if path.exists():
            return digest
        nonce = secrets.token_bytes(NONCE_SIZE)
        sealed = MAGIC + nonce + sm4_gcm_seal(self._key, nonce, data, digest.encode())
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_file(path, sealed, replace=True)
        except (DiskFull, DiskFailed) as reason:
            raise WorkspaceFault(reason.code, **reason.facts) from reason
        except OSError as reason:
            raise disk_fault(reason, path) from reason
        return digest

    def read(self, digest: str) -> bytes:
        """Return the original bytes.

        Raises:
            WorkspaceFault: FILE_DAMAGED when they changed, FILE_MISSING when there is no such file.
        """
        path = self.path_of(digest)
        try:
            sealed = path.read_bytes()
        except FileNotFoundError as reason:
            raise WorkspaceFault("FILE_MISSING", sm3=digest) from reason
        except OSError as reason:
            raise disk_fault(reason, path) from reason
        start = len(MAGIC) + NONCE_SIZE
        try:
            if sealed[: len(MAGIC)] != MAGIC or len(sealed) < start:
                raise DamagedFile(what=digest)
            data = sm4_gcm_open(self._key, sealed[len(MAGIC) : start], sealed[start:], digest.encode())
        except DamagedFile as reason:
            raise WorkspaceFault("FILE_DAMAGED", what=digest) from reason
        if sm3(data) != digest:
            raise WorkspaceFault("FILE_DAMAGED", what=digest)
        return data


class StoredOriginals:
    """Implements `ports.Originals` inside one transaction; ``keep`` is durable at once."""

    def __init__(self, connection: Connection, files: SealedFiles, *, readonly: bool) -> None:
        self._connection, self._files, self._readonly = connection, files, readonly

    def keep(self, data: bytes) -> str:
        """Seal the bytes into the workspace and return their SM3."""
        if self._readonly:
            raise WorkspaceFault("WORKSPACE_READONLY")
        return self._files.keep(data)

    def read(self, sm3: str) -> bytes:
        """Return the original bytes, digest verified."""
        return self._files.read(sm3)

    def evoucher(self, key: str) -> Evoucher | None:
        """Return what was read from an e-voucher, None when it never came in."""
        found = self._connection.execute(_FOUND, {"key": key}).scalar()
        return None if found is None else decode(found, Evoucher)

    def put_evoucher(self, evoucher: Evoucher, *, at: str, by: str) -> None:
        """Store what was read from an e-voucher; the same invoice again takes the place of the earlier reading."""
        row = {
            "key": evoucher.key,
            "kind": evoucher.kind.value,
            "invoice_no": evoucher.invoice_no,
            "issue_date": evoucher.issue_date.isoformat(),
            "seller_name": nfc(evoucher.seller_name),
            "total": evoucher.total,
            "sm3": evoucher.sm3,
            "at": at,
            "by": nfc(by),
            "content": encode(evoucher),
        }
        put(self._connection, tables.evoucher, [row])
