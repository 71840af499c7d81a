"""A month end that dies on the spot, as if the plug had been pulled: `python -m tests.system.killed HOME WHERE`.

WHERE is a stage as it begins (``SEND``), as it is done (``SIGN.DONE``), or a moment in which a file is on disk and the
transaction that speaks of it is not: ``batch-file``, ``arrived-file``, ``decided-file``.
"""

import os
import sys
from pathlib import Path

from desktop.storage.exchange import StoredExchange
from desktop.usecases.month_end import StageReport
from desktop.usecases.ports import StoredReceipt
from tests.system.standing import open_desk, press

EXIT = 9


def die() -> None:
    """End without closing anything."""
    os._exit(EXIT)


def die_at(where: str) -> None:
    """Arrange for the moments between a file and its transaction."""
    put_receipt = StoredExchange.put_receipt

    def before_receipt(self: StoredExchange, receipt: StoredReceipt, prev_digest: str) -> None:
        if where == f"{receipt.stage}-file":
            die()
        put_receipt(self, receipt, prev_digest)

    StoredExchange.put_receipt = before_receipt  # type: ignore[method-assign]
    if where == "batch-file":
        StoredExchange.put_batch = lambda *_, **__: die()  # type: ignore[method-assign,assignment]


def main(home: Path, where: str) -> None:
    """Press 一键同步 and die there."""
    stage, _, status = where.partition(".")

    def progress(report: StageReport) -> None:
        if (report.stage, report.status) == (stage, status or "RUNNING"):
            die()

    with open_desk(home) as desk:
        die_at(where)
        press(desk.installation, progress=progress)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
