"""一键同步 stopped at any stage says what the platform really has."""

import re

import pytest
from sqlalchemy import func, select

from desktop.domain.document import State
from desktop.texts.outcome import ended
from desktop.usecases.month_end import Stage, StageReport, Status
from desktop.usecases.ports import Books
from sync.central.tables import documents
from tests.ui.app_fixture import Shown, rehearsal, shown

__all__ = ["rehearsal", "shown"]


def at_the_platform(shown: Shown) -> int:
    """Count the documents that the platform has of the unit and has judged."""
    with shown.stage.bureau.service.platform.store.read() as db:
        return int(db.execute(select(func.count()).select_from(documents)).scalar_one())


def still_here(books: Books) -> int:
    """Count what is signed or sealed and not known to have arrived."""
    with books:
        return len(books.documents.rows(states=(State.SIGNED, State.SEALED)))


@pytest.mark.parametrize("stage", list(Stage), ids=lambda stage: stage.value.lower())
def test_a_stop_at_any_stage_counts_what_the_platform_has(shown: Shown, stage: Stage) -> None:
    before, waiting = at_the_platform(shown), shown.do(still_here)
    runner = shown.wiring.runner

    def stop_here(report: StageReport) -> None:
        if report.stage is stage and report.status is Status.RUNNING:
            runner.stop()

    runner.reported.connect(stop_here)
    shown.run()
    assert runner.last is not None
    end = runner.last.end
    shown.qtbot.waitUntil(lambda: at_the_platform(shown) - before == end.sent)  # it judges a moment after
    assert end.left == shown.do(still_here) == waiting - end.sent
    if end.outcome == "STOPPED":
        told = ended(end)
        assert told.title == "已停止同步"
        assert [int(number) for number in re.findall(r"(\d+) [张份]", told.body)[:2]] == [end.sent, end.left]

    runner.reported.disconnect(stop_here)
    runner.start()
    shown.wait_for_end()
    assert at_the_platform(shown) - before == waiting
    assert shown.do(still_here) == 0
    assert runner.last.end.code == ""
