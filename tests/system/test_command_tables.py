"""`budgetdesk import` and `budgetdesk export` over the rehearsal's workspace, as a script would call them."""

import json
from pathlib import Path

import openpyxl
import pytest

from desktop.demo.stage import UNIT_FOLDER
from desktop.exchange.tables import read_tables

HEAD = ("收款人", "账号", "金额", "用途", "经济分类")


@pytest.fixture
def workspace(home: Path) -> Path:
    return home / UNIT_FOLDER


def sheet_file(folder: Path, *rows: tuple[object, ...]) -> Path:
    book = openpyxl.Workbook()
    for row in (HEAD, *rows):
        book.active.append(row)
    book.save(folder / "付款.xlsx")
    return folder / "付款.xlsx"


GOOD = ("甲旗气象服务中心", "05120101040033215", 2000, "气象服务", "30227")
BAD = ("某人", "6.2E+18", "三千", "x", "99999")


def test_dry_run_says_every_bad_cell_and_writes_nothing(workspace, tmp_path, ask):
    answer = ask("import", workspace, sheet_file(tmp_path, GOOD, BAD), "--dry-run", "--json")
    assert answer.code == 1
    told = json.loads(answer.out)
    assert (told["new"], told["bad"], told["imported"]) == (1, 1, False)
    assert [one["code"] for one in told["problems"]] == ["I-11", "I-02", "I-08"]
    assert {one["row"] for one in told["problems"]} == {3}


def test_one_bad_row_keeps_everything_out_unless_the_rest_is_wanted(workspace, tmp_path, ask):
    path = sheet_file(tmp_path, GOOD, BAD)
    assert json.loads(ask("import", workspace, path, "--json").out)["imported"] is False
    answer = ask("import", workspace, path, "--partial", "--json")
    assert (answer.code, json.loads(answer.out)["imported"]) == (1, True)
    again = ask("import", workspace, path, "--dry-run")
    assert "新增 0" in again.out
    assert "跳过重复 1" in again.out


def test_list_is_written_as_excel(workspace, tmp_path, ask):
    answer = ask("export", workspace, "vouchers", tmp_path / "a.xlsx", "--json")
    assert answer.code == 0
    table = read_tables(tmp_path / "a.xlsx")[0]
    assert table.rows[0][0] == "支付申请"
    assert len(table.rows) == json.loads(answer.out)["rows"] + 4
    assert table.rows[-1][0] == "合计"


@pytest.mark.parametrize(("words", "said"), [
    (["import", "{ws}", "{ws}/nichts.xlsx"], "找不到它"),
    (["import", "{ws}", "{file}", "--target", "x"], "没有“x”这一项"),
    (["export", "{ws}", "x", "a.xlsx"], "没有“x”这一项"),
    (["export", "{ws}", "vouchers", "a.txt"], "后缀应是 .xlsx"),
    (["export", "{ws}", "vouchers", "{ws}/gone/a.xlsx"], "不在了"),
])
def test_what_cannot_be_done_is_said_in_chinese(workspace, tmp_path, ask, words, said):
    path = sheet_file(tmp_path, GOOD)
    answer = ask(*(word.format(ws=workspace, file=path) for word in words))
    assert answer.code == 2
    assert said in answer.err
