"""`budgetdesk library check` on what people send: every flaw a sentence with its place, never a traceback."""

import json
from pathlib import Path

import openpyxl
import pytest

from desktop.cli import main

HEAD = "一级指标,二级指标,三级指标,指标性质,指标值,度量单位,权重,指标方向性"
GOOD = "产出指标,数量指标,沙化土地治理面积,≥,12000,亩,15,正向"
ALSO = "满意度指标,服务对象满意度指标,沙区牧民满意度,≥,90,%,10,正向"


def told(path: Path, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, dict[str, object]]:
    code = main(["library", "check", str(path), "--json", *more])
    return code, json.loads(capsys.readouterr().out)


def places(answer: dict[str, object]) -> set[tuple[object, object, object]]:
    return {(one["code"], one["row"], one["column"]) for one in answer["findings"]}  # type: ignore[attr-defined]


def written(folder: Path, *lines: str, encoding: str = "utf-8", name: str = "指标库.csv") -> Path:
    path = folder / name
    path.write_bytes("\n".join(lines).encode(encoding))
    return path


def book(folder: Path, rows: list[list[object]], name: str = "指标库.xlsx") -> Path:
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    workbook.save(folder / name)
    return folder / name


def test_a_sound_file_passes_and_says_how_many_were_checked(tmp_path: Path, capsys) -> None:
    assert main(["library", "check", str(written(tmp_path, HEAD, GOOD, ALSO))]) == 0
    assert capsys.readouterr().out == "核对了 2 条指标，没有发现问题。\n"


@pytest.mark.parametrize("encoding", ["gbk", "utf-8-sig", "utf-16"])
def test_a_file_in_the_encoding_of_excel_is_read(tmp_path: Path, capsys, encoding: str) -> None:
    code, answer = told(written(tmp_path, HEAD, GOOD, ALSO, encoding=encoding), capsys)
    assert (code, answer["indicators"], answer["findings"]) == (0, 2, [])


def test_headings_may_stand_below_a_title_and_be_names_of_fields(tmp_path: Path, capsys) -> None:
    fields = "level1,level2,name,operator,typical_value,unit,x,direction"
    lines = ("旗县绩效指标库", "", fields, GOOD, ALSO.replace(",%,", ",个百分点,"))
    code, answer = told(written(tmp_path, *lines), capsys)
    assert (code, places(answer)) == (1, {("L-09", 5, "F")})


def test_every_flaw_is_told_with_row_and_column(tmp_path: Path, capsys) -> None:
    rows = [
        HEAD.split(","),
        GOOD.split(","),
        ["产出指标", "数量指标", "沙化土地治理面积", "≥", 100, "亩", 1, "正向"],
        ["产出指标", "社会效益指标", "补播改良情况", "≥", 100, "亩", 1, "正向"],
        ["产出指标", "数量指标", "围栏建设情况", "大约", 100, "市亩", 1, "正向"],
        ["产出指标", "数量指标", "种草情况", "≥", 100, "亩", 1, "反向"],
    ]
    code, answer = told(book(tmp_path, rows), capsys)
    assert code == 1
    assert places(answer) == {("L-02", 3, "C"), ("L-04", 4, "B"), ("L-21", 5, "D"), ("L-06", 6, "H")}
    assert all(one["message"] and one["advice"] for one in answer["findings"])  # type: ignore[attr-defined]


def test_only_the_rules_that_are_asked_for_are_told(tmp_path: Path, capsys) -> None:
    path = written(tmp_path, HEAD, GOOD, GOOD, ALSO.replace("正向", "反向"))
    code, answer = told(path, capsys, "--rule", "L-06")
    assert (code, places(answer)) == (1, {("L-06", 4, "H")})


def test_a_long_list_of_findings_is_cut_and_summed_up(tmp_path: Path, capsys) -> None:
    path = written(tmp_path, HEAD, *[GOOD.replace("正向", "反向")] * 600)
    assert main(["library", "check", str(path)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 503
    assert lines[-3].startswith("……其余 699 处没有列出")
    assert lines[-2] == "各种各有：L-06 600 处，L-02 599 处。"
    assert lines[-1] == "核对了 600 条指标：错误 1199 处，提示 0 处。"


def test_duplicate_codes_and_rings_are_told(tmp_path: Path, capsys) -> None:
    head = "指标编码,停用年度,替代指标,一级指标,二级指标,三级指标,指标性质,指标值,度量单位"
    lines = [
        "A1,2027,A2,产出,数量,治理面积,≥,1,亩",
        "A2,2027,A1,产出,数量,围栏长度,≥,1,米",
        "A1,,,产出,数量,种草情况,≥,1,亩",
    ]
    code, answer = told(written(tmp_path, head, *lines), capsys)
    assert code == 1
    assert places(answer) == {("L-01", 4, "A"), ("L-14", 2, "C")}


def test_parents_that_go_in_a_circle_are_told(tmp_path: Path, capsys) -> None:
    head = "编码,上级编码,一级指标,二级指标,三级指标,指标性质,指标值,度量单位"
    lines = ["A1,A2,产出,数量,治理面积,≥,1,亩", "A2,A3,产出,数量,围栏长度,≥,1,米", "A3,A1,产出,数量,播种量,≥,1,吨"]
    code, answer = told(written(tmp_path, head, *lines), capsys)
    assert (code, places(answer)) == (1, {("L-20", 2, "B")})
    assert "A1 → A2 → A3 → A1" in answer["findings"][0]["message"]  # type: ignore[index]


def test_a_formula_is_told_in_a_workbook_and_in_text(tmp_path: Path, capsys) -> None:
    rows = [HEAD.split(","), [*GOOD.split(",")[:4], "=1+1", "亩", 1, "正向"]]
    code, answer = told(book(tmp_path, rows), capsys)
    assert (code, ("L-23", 2, "E") in places(answer)) == (1, True)
    code, answer = told(written(tmp_path, HEAD, GOOD.replace("12000", "=SUM(A1:A9)")), capsys)
    assert (code, ("L-23", 2, "E") in places(answer)) == (1, True)


def test_a_formula_in_a_column_that_is_not_read_is_left_alone(tmp_path: Path, capsys) -> None:
    code, answer = told(book(tmp_path, [HEAD.split(","), [*GOOD.split(",")[:6], "=5*3", "正向"]]), capsys)
    assert (code, answer["findings"]) == (0, [])


def test_an_equals_sign_as_operator_is_no_formula(tmp_path: Path, capsys) -> None:
    code, answer = told(book(tmp_path, [HEAD.split(","), GOOD.replace("≥", "=").split(",")]), capsys)
    assert (code, answer["findings"]) == (0, [])
    code, answer = told(written(tmp_path, HEAD, GOOD.replace("≥", "=")), capsys)
    assert (code, answer["findings"]) == (0, [])


def test_a_text_file_that_was_cut_off_is_told_at_the_cut(tmp_path: Path, capsys) -> None:
    code, answer = told(written(tmp_path, HEAD, GOOD, ALSO[:12]), capsys)
    assert code == 1
    assert {row for _, row, _ in places(answer)} == {3}
    code, answer = told(written(tmp_path, HEAD, GOOD.replace("沙化", '"沙化'), *[ALSO] * 60), capsys)
    assert (code, ("L-21", 2, "C") in places(answer)) == (1, True)


def test_a_sheet_of_something_else_is_told(tmp_path: Path, capsys) -> None:
    code, answer = told(written(tmp_path, "姓名,工资", "甲,100"), capsys)
    assert (code, places(answer)) == (1, {("L-22", 0, "")})


def test_a_workbook_is_checked_sheet_by_sheet(tmp_path: Path, capsys) -> None:
    workbook = openpyxl.Workbook()
    workbook.active.title = "说明"
    workbook.active.append(["本表由财政局维护"])
    for name in ("林草", "水利"):
        sheet = workbook.create_sheet(name)
        for row in (HEAD, GOOD):
            sheet.append(row.split(","))
    workbook.save(tmp_path / "库.xlsx")
    code, answer = told(tmp_path / "库.xlsx", capsys)
    assert (code, answer["indicators"]) == (1, 2)
    assert [one["file"] for one in answer["findings"]] == ["库.xlsx“水利”"]  # type: ignore[attr-defined]


def test_a_folder_of_sheets_is_one_library(tmp_path: Path, capsys) -> None:
    written(tmp_path, HEAD, GOOD, name="甲.csv")
    written(tmp_path, HEAD, GOOD, name="乙.csv")
    code, answer = told(tmp_path, capsys)
    assert (code, answer["indicators"], places(answer)) == (1, 2, {("L-02", 2, "C")})


@pytest.mark.parametrize(
    ("name", "content", "wanted"),
    [
        ("空.csv", b"", "T-EMPTY"),
        ("图.csv", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "T-NOT_TABLE"),
        ("断.xlsx", b"PK\x03\x04" + b"\x00" * 200, "T-DAMAGED"),
        ("乱.csv", b"\xff\xff\xfe\x81" * 40, "T-ENCODING"),
        ("大.csv", b"a,b\n" + b"1,2\n" * 210_000, "T-TOO_MANY"),
        ("宽.csv", b"a" + b",a" * 600, "T-BOMB"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_its_name(
    tmp_path: Path, capsys, name: str, content: bytes, wanted: str
) -> None:
    (tmp_path / name).write_bytes(content)
    code, answer = told(tmp_path / name, capsys)
    assert (code, answer["code"]) == (2, wanted)
    assert name in str(answer["message"])


def test_a_folder_without_sheets_and_a_missing_file_are_refused(tmp_path: Path, capsys) -> None:
    code, answer = told(tmp_path, capsys)
    assert (code, answer["code"]) == (2, "L-NO_SHEET")
    code, answer = told(tmp_path / "没有.xlsx", capsys)
    assert (code, answer["code"]) == (2, "T-UNREADABLE")


# -- a folder in the shape of the shipped library


@pytest.fixture
def library(tmp_path: Path) -> Path:
    sheets = tmp_path / "indicators"
    sheets.mkdir()
    written(sheets, HEAD, GOOD, ALSO, "", name="land.csv")
    written(tmp_path, "indicator,basis,value,year,region,source", "", name="reference_values.csv")
    return tmp_path


def test_rows_that_are_cut_off_or_too_wide_are_told(library: Path, capsys) -> None:
    written(library / "indicators", HEAD, GOOD, ALSO + ",又一格", "产出指标,数量", name="land.csv")
    code, answer = told(library, capsys)
    assert code == 1
    assert {("L-21", 3, ""), ("L-21", 4, "")} <= places(answer)


def test_a_case_without_head_or_with_odd_values_is_told(library: Path, capsys) -> None:
    written(library, "code,version", "A1,2026.1", "A1,2026.1", "", name="cases.csv")
    written(library, "indicator,basis,value,year,region,source", "X,GUESS,1,,,", "", name="reference_values.csv")
    code, answer = told(library, capsys)
    assert code == 1
    found = {(one["file"], one["code"], one["row"]) for one in answer["findings"]}  # type: ignore[attr-defined]
    assert {("cases.csv", "L-21", 2), ("cases.csv", "L-01", 3), ("reference_values.csv", "L-21", 2)} <= found


def test_an_open_quote_in_a_sheet_is_refused(library: Path, capsys) -> None:
    written(library / "indicators", HEAD, GOOD.replace("沙化", '"沙化'), ALSO, name="land.csv")
    code, answer = told(library, capsys)
    assert (code, answer["code"]) == (2, "T-DAMAGED")


def test_spelling_fills_what_is_missing_and_keeps_the_rest(library: Path, capsys) -> None:
    head = "code,name,initials,pinyin"
    good = "A1,会计核算质量,kjhszl,kuaijihesuanzhiliang"
    written(library / "indicators", head, good, "A2,牲畜圈养“户”数,,", "", name="land.csv")
    assert main(["library", "spell", str(library)]) == 0
    assert capsys.readouterr().out == "land.csv：补了 1 行的拼音。\n"
    lines = (library / "indicators" / "land.csv").read_text("utf-8").splitlines()
    assert lines == [head, good, "A2,牲畜圈养“户”数,scjyhs,shengchujuanyanghushu"]
    assert main(["library", "spell", str(library)]) == 0
    assert capsys.readouterr().out == "各行的拼音都对，没有改动。\n"


def test_spelling_leaves_a_damaged_sheet_as_it_is(library: Path, capsys) -> None:
    path = written(library / "indicators", "code,name,initials", "A1,治理", name="land.csv")
    before = path.read_bytes()
    assert main(["library", "spell", str(library)]) == 2
    assert "land.csv" in capsys.readouterr().err
    assert path.read_bytes() == before
