"""Ctrl+E: a table goes out as it is shown."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from desktop.exchange.tables import read_tables
from desktop.ui.grid.columns import ColumnSpec, Rich
from desktop.ui.importing.exporting import Heading, cell, export_sheet, table_of
from desktop.ui.kit.choices import Choice
from tests.ui.payment_fixture import Office, office
from tests.ui.people import ZONE

__all__ = ["office"]

HEADING = Heading("明细", "甲局", "张丽", datetime(2026, 11, 20, 10, 36, tzinfo=ZONE))


def test_shown_columns_rows_and_totals_go_out(sheet):
    table = table_of(sheet, HEADING)
    assert len(table.rows) == sheet.model.source.row_count()
    assert len(table.columns) == sum(spec.kind not in ("check", "index") for spec in sheet.model.columns)
    assert table.notes == ("单位：甲局", "金额单位：元", "导出：张丽 2026-11-20 10:36")
    assert table.totals is not None
    last = len(sheet.model.columns) - 1
    sheet.view.setColumnHidden(last, True)
    shown = [column.title for column in table_of(sheet, HEADING).columns]
    assert shown == [column.title for column in table.columns if column.title != sheet.model.columns[last].title]


@pytest.mark.parametrize(("kind", "value", "out"), [
    ("amount", Decimal("1.50"), Decimal("1.50")), ("digits", "0012", "0012"), ("pill", "draft|草稿", "草稿"),
    ("code", Choice("30201", "办公费"), "30201 办公费"), ("choice", Choice("x", "是"), "是"),
    ("rich", Rich("字"), "字"),
    ("text", "", None), ("text", None, None), ("check", True, "是"),
])
def test_every_kind_of_cell_has_a_form_for_files(kind, value, out):
    assert cell(ColumnSpec("k", "栏", kind), value) == out


def test_list_is_written_in_a_worker_and_told(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    office.voucher()
    window, page = office.window()
    said: list[str] = []
    office.context.say_through(lambda text, kind="ok", **more: said.append(f"{kind} {text}"))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *more: (str(tmp_path / "清单"), ""))
    export_sheet(window, office.context, page.export_table(), "支付申请")
    office.settle()
    rows = read_tables(tmp_path / "清单.xlsx")[0].rows
    assert rows[0][0] == "支付申请"
    assert any(Decimal("6480") in row for row in rows)
    assert said == ["ok 已导出 1 行到 清单.xlsx。"]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *more: (str(tmp_path / "没有" / "清单.xlsx"), ""))
    export_sheet(window, office.context, page.export_table(), "支付申请")
    office.settle()
    assert said[-1].startswith("error")
    assert "不在了" in said[-1]
