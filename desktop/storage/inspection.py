"""Looks at a database before it is trusted: whose it is, whether we know its version, whether it is sound."""

from sqlcipher3 import dbapi2 as driver

from desktop.storage.database import DriverConnection, connect, findings, salt_of
from desktop.storage.faults import WorkspaceFault, fault_of
from desktop.storage.layout import Layout, Mark
from desktop.storage.migrations import steps, version_of
from desktop.storage.recovery import is_key_of, read_wrapped

# Up to this size every page is looked at when the file is opened (0.1 s); a larger one only after an unclean end.
CHECKED_AT_OPEN = 24 << 20


def inspected(layout: Layout, mark: Mark, key: bytes, *, alone: bool) -> tuple[DriverConnection | None, list[str]]:
    """Open for reading, and find out whose it is, whether we know its version, and whether it is sound.

    Args:
        layout: Where.
        mark: Whose it should be.
        key: Of the database.
        alone: No other program writes it; then a file that was closed well is opened without a trace.
    """
    path = layout.database
    if not path.is_file() or path.stat().st_size == 0:
        return None, ["no database"]
    log = path.with_name(path.name + "-wal")
    unclean = log.exists() and log.stat().st_size > 0
    db = connect(path, key, salt_of(mark.id), readonly=True, immutable=alone and not unclean)
    try:
        version, known = version_of(db), len(steps())
        if version > known:
            raise WorkspaceFault("WORKSPACE_TOO_NEW", found=str(version), known=str(known))
        inside = db.execute("SELECT id FROM workspace").fetchone()
        if inside is None or inside[0] != mark.id:
            raise WorkspaceFault("WORKSPACE_COPIED", folder=str(layout.folder))
        thorough = unclean or path.stat().st_size <= CHECKED_AT_OPEN
        return db, findings(db) if thorough else []
    except driver.DatabaseError as reason:
        fault = fault_of(reason, layout.folder)
        if fault is not None and fault.code != "WORKSPACE_DAMAGED":
            db.close()
            raise fault from reason
        db.close()
        _require_own(layout, mark, key)
        return None, [str(reason)]
    except BaseException:
        db.close()
        raise


def _require_own(layout: Layout, mark: Mark, key: bytes) -> None:
    """Tell a wrong key and another workspace's file from a damaged one."""
    wrapped = read_wrapped(layout)
    if wrapped is not None and not is_key_of(wrapped, key):
        raise WorkspaceFault("WORKSPACE_WRONG_KEY", folder=str(layout.folder))
    ours = salt_of(mark.id)
    with layout.database.open("rb") as file:
        first = file.read(len(ours))
    # A few changed bytes are damage; a file of another workspace differs in nearly all of them.
    if sum(one != other for one, other in zip(first, ours, strict=False)) > len(ours) // 2:
        raise WorkspaceFault("WORKSPACE_COPIED", folder=str(layout.folder))
