"""各单位总览: how every unit of this PC stands, and what is done for all of them."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop.bootstrap import install
from desktop.domain.fault import Fault
from desktop.storage.workspace import Workspace, open_workspace
from desktop.texts.outcome import RunEnd
from desktop.ui.app.installation import Installation
from desktop.ui.app.opening import Opening
from desktop.ui.app.other_units import NeighbourUnits
from desktop.ui.home.overview import Overview
from desktop.ui.kit.notes import FleetingNotes
from desktop.ui.shell.state import UnitItem
from desktop.usecases.unit_summary import UnitSummary, unit_summary
from sync.transport.http import HttpTransport
from tests.system.conftest import secrets_in
from tests.ui.app_fixture import Shown, rehearsal, shown

__all__ = ["rehearsal", "shown"]


class Others:
    """Two other units: one that opens and one that does not."""

    def __init__(self, summary: UnitSummary) -> None:
        self.summary, self.synced, self.switched, self.judged = summary, [], [], False

    def items(self) -> Sequence[UnitItem]:
        return [UnitItem("b", "219002", "甲旗第一小学", "#1F5FBF"), UnitItem("c", "219003", "甲旗医院", "#1A7340")]

    def look(self, key: str, *, judge: bool = False) -> UnitSummary:
        if key == "c":
            raise Fault("WORKSPACE_LOCKED", folder="c")
        self.judged = self.judged or judge
        return self.summary

    def sync(self, key: str, stop: Callable[[], bool]) -> RunEnd:
        if key == "c":
            raise Fault("WORKSPACE_LOCKED", folder="c")
        self.synced.append(key)
        self.summary = replace(self.summary, to_send=0)
        return RunEnd("DONE", sent=6, accepted=6, receipt_no=7, received=2)

    def switch(self, key: str) -> None:
        self.switched.append(key)


@pytest.fixture
def others(shown: Shown) -> Others:
    today = shown.wiring.context.services.today()
    made = Others(replace(shown.do(lambda books: unit_summary(books, today, today.year)), code="219002"))
    shown.wiring.context.units = made
    shown.home.refresh()
    shown.settle()
    shown.home.tabs.choose("every")
    shown.settle()
    return made


def overview(shown: Shown) -> Overview:
    assert shown.home.overview is not None
    return shown.home.overview


def notes(shown: Shown) -> list[str]:
    return [row.note.text for row in overview(shown).source.rows]


def test_one_unit_alone_has_no_overview(shown: Shown) -> None:
    assert not shown.home.tabs.isVisible()


def test_every_unit_has_its_numbers_and_one_that_does_not_open_says_why(shown: Shown, others: Others) -> None:
    rows = overview(shown).source.rows
    assert [row.here for row in rows] == [True, False, False]
    first, second = rows[0].summary, rows[1].summary
    assert first is not None
    assert second is not None
    assert (first.returned, first.with_errors, first.to_send) == (2, 3, 6)
    assert str(first.total) == "186420.00"
    assert rows[2].summary is None
    assert notes(shown)[:2] == ["有退回，要处理"] * 2
    assert notes(shown)[2] != "正在读取…"


def test_enter_changes_to_the_unit_under_the_cursor(shown: Shown, others: Others) -> None:
    view = overview(shown).sheet.view
    view.setFocus()
    shown.press(Qt.Key.Key_Down, view)
    shown.press(Qt.Key.Key_Return, view)
    assert others.switched == ["b"]


def test_all_are_judged_by_the_rules_of_today(shown: Shown, others: Others) -> None:
    overview(shown).audit.click()
    shown.settle()
    assert others.judged
    assert overview(shown).audit.isEnabled()


def test_all_are_synced_only_after_a_yes_and_one_that_fails_stops_nobody(
    shown: Shown, others: Others, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def ask(title: str, body: str, verbs: object, **more: object) -> str:
        asked.append(body)
        return "back" if len(asked) == 1 else "go"

    monkeypatch.setattr("desktop.ui.home.overview.ask", ask)
    overview(shown).sync.click()
    shown.settle()
    assert others.synced == []
    assert "6 份单据（支付申请合计 186,420.00 元）" in asked[0]
    overview(shown).sync.click()
    shown.settle()
    assert others.synced == ["b"]
    assert notes(shown)[1] == "送出 6，退回 0，更新 2"


class TestNeighbours:
    """The real way to another workspace of this PC."""

    @pytest.fixture
    def neighbours(self, shown: Shown) -> NeighbourUnits:
        here = shown.stage.installation.workspace.folder
        other = here.parent / "unit-219002"
        shutil.copytree(here, other, ignore=shutil.ignore_patterns("*.lock", "books.db-*"))
        secrets = secrets_in(here.parent)

        def opening_of(folder: Path) -> Opening:
            def open_it(password: str, readonly: bool) -> Installation:
                workspace = open_workspace(folder, secrets, readonly=readonly, clock=shown.stage.bureau.clock.now)
                return install(workspace, clock=shown.stage.bureau.clock,
                               connect=lambda _: HttpTransport(shown.stage.url))

            def close(one: Installation) -> None:
                assert isinstance(one.workspace, Workspace)
                one.workspace.close()

            return Opening(False, open_it, lambda code, password: None, close, lambda one, backup: None)

        return NeighbourUnits(FleetingNotes(), lambda: [here, other], here, opening_of, lambda key: None)

    def test_it_is_read_and_synced_without_leaving_the_open_one(
        self, shown: Shown, neighbours: NeighbourUnits
    ) -> None:
        item = neighbours.items()[0]
        assert neighbours.look(item.key, judge=True).to_send == 6
        end = neighbours.sync(item.key, lambda: False)
        assert (end.outcome, end.sent, end.left) == ("DONE", 6, 0)
        assert neighbours.look(item.key).to_send == 0

    def test_one_of_an_older_program_is_brought_up_to_date_first(self, shown: Shown) -> None:
        one, tried = shown.stage.installation, []

        def open_it(password: str, readonly: bool) -> Installation:
            tried.append(readonly)
            if readonly:
                raise Fault("WORKSPACE_READONLY")
            return one

        opening = Opening(False, open_it, lambda code, password: None, lambda one: None, lambda one, backup: None)
        units = NeighbourUnits(FleetingNotes(), tuple, Path(), lambda folder: opening, lambda key: None)
        with units._open("elsewhere", readonly=True) as opened:
            assert opened is one
        assert tried == [True, False]
