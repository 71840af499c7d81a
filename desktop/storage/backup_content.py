"""What is inside a backup, read before it takes anybody's place: how many documents of which state, and how new."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2 as driver

from desktop.storage.backup import Source
from desktop.storage.database import DriverConnection, connect, salt_of
from desktop.storage.faults import WorkspaceFault
from desktop.storage.layout import DATABASE_NAME
from desktop.storage.migrations import steps, version_of
from desktop.storage.shelf import verified
from desktop.usecases.ports import BackupContent

_COUNTS = "SELECT kind, state, COUNT(*) FROM document GROUP BY kind, state ORDER BY kind, state"
_LAST = "SELECT title, updated_at FROM document ORDER BY change_no DESC LIMIT 1"
_UNIT = "SELECT value FROM setting WHERE name = 'unit_name'"


def look_into(source: Source, backup: Path) -> BackupContent:
    """Verify a backup of this workspace and count what it holds; nothing is changed.

    Args:
        source: Of the open workspace, whose key opens the backup.
        backup: Its folder.

    Raises:
        WorkspaceFault: FILE_DAMAGED, WORKSPACE_COPIED when it is another workspace's, WORKSPACE_TOO_NEW, DISK_FAILED.
    """
    manifest = verified(backup)
    if manifest.workspace != source.mark.id:
        raise WorkspaceFault("WORKSPACE_COPIED", folder=str(backup))
    if manifest.schema_version > len(steps()):
        raise WorkspaceFault("WORKSPACE_TOO_NEW", found=str(manifest.schema_version), known=str(len(steps())))
    with _opened(source, backup) as db:
        if version_of(db) == 0:
            raise WorkspaceFault("FILE_DAMAGED", what=backup.name)
        counts = tuple((str(kind), str(state), int(count)) for kind, state, count in db.execute(_COUNTS).fetchall())
        title, changed = db.execute(_LAST).fetchone() or ("", "")
        unit = db.execute(_UNIT).fetchone()
    return BackupContent(manifest.made_at, str(unit[0]) if unit else "", counts, str(title), str(changed))


@contextmanager
def _opened(source: Source, backup: Path) -> Iterator[DriverConnection]:
    db = connect(backup / DATABASE_NAME, source.key, salt_of(source.mark.id), readonly=True, immutable=True)
    try:
        yield db
    except driver.DatabaseError as reason:
        raise WorkspaceFault("FILE_DAMAGED", what=backup.name) from reason
    finally:
        db.close()
