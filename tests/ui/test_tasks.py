"""Work off the window's thread."""

import threading
from collections.abc import Iterator
from concurrent.futures import Future

import pytest
from PySide6.QtCore import QObject

from desktop.ui.tasks import Cancelled, Job, Tasks


@pytest.fixture
def tasks(qapp) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


def test_the_result_comes_back_in_the_thread_of_the_window(qtbot, tasks: Tasks) -> None:
    owner, heard = QObject(), []

    def then(future: Future) -> None:
        heard.append((future.result(), threading.current_thread()))

    tasks.start(owner, lambda job: threading.current_thread().name, then)
    qtbot.waitUntil(lambda: bool(heard))
    name, thread = heard[0]
    assert name.startswith("db")
    assert thread is threading.main_thread()
    assert tasks.busy() == 0


def test_work_for_the_net_runs_beside_the_database(qtbot, tasks: Tasks) -> None:
    owner, heard, gate = QObject(), [], threading.Event()
    tasks.start(owner, lambda job: gate.wait(10), lambda future: heard.append("db"))
    tasks.start(owner, lambda job: gate.set(), lambda future: heard.append("net"), net=True)
    qtbot.waitUntil(lambda: len(heard) == 2)


def test_an_error_is_handed_over_and_not_lost(qtbot, tasks: Tasks) -> None:
    owner, heard = QObject(), []

    def work(job: Job) -> None:
        raise OSError("disk")

    tasks.start(owner, work, lambda future: heard.append(future.exception()))
    qtbot.waitUntil(lambda: bool(heard))
    assert isinstance(heard[0], OSError)


def test_cancelled_work_stops_at_its_next_tick(qtbot, tasks: Tasks) -> None:
    owner, heard, begun = QObject(), [], threading.Event()

    def work(job: Job) -> None:
        begun.set()
        while True:
            job.stop.wait(10)
            job.tick(1, 2, "第一张")

    job = tasks.start(owner, work, lambda future: heard.append(future.exception()))
    assert begun.wait(10)
    job.cancel()
    qtbot.waitUntil(lambda: bool(heard))
    assert isinstance(heard[0], Cancelled)


def test_progress_is_read_while_the_work_goes_on(qtbot, tasks: Tasks) -> None:
    owner, gate, ticked = QObject(), threading.Event(), threading.Event()

    def work(job: Job) -> None:
        job.tick(3, 6, "正在送出")
        job.tick(4, 6)
        ticked.set()
        gate.wait(10)

    job = tasks.start(owner, work, lambda future: None)
    assert ticked.wait(10)
    assert (job.done, job.total, job.words) == (4, 6, "正在送出")
    gate.set()
    qtbot.waitUntil(lambda: tasks.busy() == 0)


def test_nothing_is_handed_to_an_owner_that_is_gone(qtbot, tasks: Tasks) -> None:
    gate, heard, owner = threading.Event(), [], QObject()
    tasks.start(owner, lambda job: gate.wait(10), lambda future: heard.append(1))
    owner.deleteLater()
    owner.destroyed.connect(gate.set)
    qtbot.waitUntil(gate.is_set)
    qtbot.waitUntil(lambda: tasks.busy() == 0)
    assert heard == []


def test_database_work_keeps_its_order(qtbot, tasks: Tasks) -> None:
    owner, heard = QObject(), []
    for number in range(20):
        tasks.start(owner, lambda job, number=number: number, lambda future: heard.append(future.result()))
    qtbot.waitUntil(lambda: len(heard) == 20)
    assert heard == list(range(20))


def test_closing_stops_what_runs_does_what_waits_for_the_database_and_hands_nothing_back(qtbot, qapp) -> None:
    tasks, owner, begun, heard = Tasks(), QObject(), threading.Event(), []

    def work(job: Job) -> None:
        begun.set()
        job.stop.wait(10)
        job.tick()

    tasks.start(owner, work, lambda future: heard.append("run"))
    tasks.start(owner, lambda job: heard.append("worked"), lambda future: heard.append("handed"))
    assert begun.wait(10)
    tasks.close()
    qapp.processEvents()
    assert heard == ["worked"]
