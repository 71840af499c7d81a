"""Programs that are killed in the middle; `test_crash` starts them, each in a process of its own.

python -m tests.storage.crash <what> <folder> <key in hex> [more]
"""

import os
import sys
from datetime import datetime
from pathlib import Path

from desktop.storage import backup, database, layout, migrations
from desktop.storage import workspace as module
from desktop.storage.backup import make_backup
from desktop.storage.workspace import create_workspace, open_workspace
from sync import durable
from tests.storage.samples import AT, Memory, save, voucher


class OneKey(Memory):
    """The secrets of the computer on which the workspace was made."""

    def __init__(self, folder, key):
        super().__init__()
        identity = (folder / "workspace.json").read_text().partition('"id":"')[2].partition('"')[0]
        self.put(f"workspace:{identity}", bytes.fromhex(key))


def die(*_, **__):
    """Like a pulled plug: nothing is closed, flushed or said."""
    os._exit(9)


def now():
    return datetime.fromisoformat(AT)


def tell(text):
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def commit(workspace, number):
    with workspace.books() as books:
        save(books, voucher(number))
        books.commit()


def hold(workspace):
    """Keep the workspace open until somebody kills this program."""
    tell("open")
    sys.stdin.read()


def uncommitted(workspace):
    """Die with everything of a transaction written but the commit."""
    for number in (1, 2, 3):
        commit(workspace, number)
    with workspace.books() as books:
        save(books, voucher(4))
        books.originals.keep(b"original")
        die()


def forever(workspace):
    """Commit one document after the other and say so."""
    number = 0
    while True:
        number += 1
        commit(workspace, number)
        tell(number)


def in_upgrade(workspace):
    """Die in the middle of a step of the schema."""
    commit(workspace, 1)
    folder, secrets = workspace.folder, workspace._secrets
    workspace.close()
    connect = database.connect

    def deadly(*arguments, **named):
        db = connect(*arguments, **named)
        db.create_function("die", 0, die)
        return db

    module.connect = deadly
    step = ["CREATE TABLE later (a INTEGER) STRICT", "INSERT INTO later VALUES (1)", "SELECT die()"]
    steps = [*migrations.steps(), step]
    module.steps = lambda: steps
    open_workspace(folder, secrets, clock=now)


def in_backup(workspace):
    """Die when all but the manifest is written."""
    commit(workspace, 1)
    backup._manifest = die
    make_backup(workspace)


def in_restore(workspace, where):
    """Die on the way of a backup into the workspace."""
    made = make_backup(workspace)
    commit(workspace, 1)
    put_back, last = backup.put_back, {"copied": "_is_sound", "replaced": "flush"}[where]

    def deadly(*arguments):
        setattr(backup, last, die)
        put_back(*arguments)

    backup.put_back = deadly
    workspace.restore(made.path)


def in_original(workspace):
    """Die while an original is being written."""
    durable.os.fsync = die
    with workspace.books() as books:
        books.originals.keep(b"original" * 1000)


def in_create(folder, where):
    """Die while a workspace is being made."""
    if where == "database":
        module._make_database = die
    elif where == "mark":
        layout.Layout.write_mark = die
    elif where == "secret":
        Memory.put = die
    create_workspace(folder, Memory(), cost=1 << 10)


def main(what, folder, key, *more):
    if what == "in_create":
        in_create(Path(folder), *more)
    else:
        workspace = open_workspace(Path(folder), OneKey(Path(folder), key), clock=now)
        globals()[what](workspace, *more)


if __name__ == "__main__":
    main(*sys.argv[1:])
