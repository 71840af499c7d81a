"""A platform in a process of its own that dies before its n-th commit. Started by tests: ``<data folder> <n>``."""

import os
import sys
from pathlib import Path

from sqlalchemy import Connection, event

from sync.central.opening import open_platform
from sync.central.running import RunningServer
from sync.central.service import Service
from sync.central.web import build_app

DIED = 9


def main(data: Path, deadly: int) -> None:
    """Serve on a free port, say where, and end with standard input; a deadly number of 0 never comes."""
    platform = open_platform(data)
    commits = 0

    def count(db: Connection) -> None:
        nonlocal commits
        commits += bool(db.get_execution_options().get("writes"))
        if commits == deadly:
            os._exit(DIED)  # no handler, no flush, no rollback: as a pulled plug would

    event.listen(platform.store.engine, "commit", count)
    with RunningServer(build_app(Service(platform))) as server:
        sys.stdout.write(f"{server.url}\n")
        sys.stdout.flush()
        sys.stdin.read()
    platform.store.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
