"""Makes the workspace of a released version that `test_migrations` opens for ever: run once, when a schema is released.

    python -m tests.storage.make_released 1

A released folder is never made again: that is its use. Its recovery code stands here, since nothing in it is secret.
"""

import secrets as random
import shutil
import sys
from datetime import datetime
from pathlib import Path

from desktop.domain import ledger
from desktop.domain.document import State
from desktop.storage import recovery
from desktop.storage import workspace as module
from desktop.storage.migrations import steps
from tests.storage.samples import (
    AT,
    UNIT,
    Memory,
    budget,
    goal,
    indicator_record,
    mark,
    project,
    quota_record,
    save,
    voucher,
)

RELEASED = Path(__file__).parent.parent / "data" / "workspaces"
RECOVERY_CODES = {
    1: "2A2B8-3C3DY-4E4FP-5G5HF-6J6K7-7L7MX-8N8PN-9Q9RE",
    2: "2A2B8-3C3DY-4E4FP-5G5HF-6J6K7-7L7MX-8N8PN-9Q9RE",
    7: "2A2B8-3C3DY-4E4FP-5G5HF-6J6K7-7L7MX-8N8PN-9Q9RE",
}
ORIGINAL = "发票原件的字节".encode()


def make(version: int) -> Path:
    """Make the folder of the present version."""
    if version != len(steps()):
        raise SystemExit(f"the present version is {len(steps())}")
    folder = RELEASED / f"v{version}"
    if folder.exists():
        raise SystemExit(f"{folder} is there and stays as it is")
    code = recovery.read_code(RECOVERY_CODES[version])
    random.token_bytes = lambda size: bytes(range(size))  # type: ignore[assignment]
    module.new_code = lambda: code  # type: ignore[attr-defined]
    clock = lambda: datetime.fromisoformat(AT)  # noqa: E731
    made = module.create_workspace(folder, Memory(), clock=clock, cost=1 << 10)
    with made.workspace as workspace, workspace.books() as books:
        fill(books)
        books.commit()
    for path in [*folder.rglob("*.lock"), *folder.rglob(".*")]:
        path.unlink()
    for path in list(folder.iterdir()):
        if path.is_dir() and not any(path.iterdir()):
            shutil.rmtree(path)
    return folder


def fill(books):
    """One of everything."""
    books.set_setting("unit_name", "甲旗林业和草原局")
    books.set_setting("original", books.originals.keep(ORIGINAL))
    books.exchange.begin_stream(f"{UNIT}/w1")
    indicators = [indicator_record(1, "沙化土地治理面积", initials="shtdzlmj", applies_to=["2130217"])]
    books.exchange.replace_mirror("public", {"indicator": indicators}, 1)
    books.exchange.replace_mirror(f"unit:{UNIT}", {"quota": [quota_record()]}, 1)
    books.ledger.post(ledger.arrival("Q1", "INITIAL", books.mirrors.quota("Q1").amount, "1"), at=AT)
    for content in (project(), goal(), budget()):
        save(books, content)
    made = save(books, voucher(evoucher="EINV:1"), state=State.CHECKED, signatures=(mark(),))
    books.ledger.post(ledger.reserve("Q1", made.content.amount, made.head.doc_id, "1"), at=AT)


if __name__ == "__main__":
    sys.stdout.write(f"{make(int(sys.argv[1]))}\n")
