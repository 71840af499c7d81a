"""Each rule of the library's check finds its planted flaw in one row, with its place, and leaves a sound row alone."""

from dataclasses import replace

import pytest

from desktop.domain.goal import Direction, Level1, LibraryKind, Operator
from desktop.domain.library import Indicator
from desktop.domain.library_rules import Material, Placed, check_library
from desktop.domain.library_rules.links import rings
from desktop.domain.library_rules.naming import similar
from desktop.domain.problem import Level
from desktop.texts import library_findings
from tests.data.library import COLUMNS, KNOWN, SOUND, case_of, cases_of, check, other


def test_a_sound_row_has_no_findings() -> None:
    assert check(SOUND) == []


@pytest.mark.parametrize(
    ("wanted", "field", "row"),
    [
        ("L-01.missing", "code", other(code="")),
        ("L-01.form", "code", other(code="编码 1")),
        ("L-01.twice", "code", other(code=SOUND.code)),
        ("L-02.twice", "name", other(name=SOUND.name)),
        ("L-03.use", "name", other(name="沙化土地治理面积数")),
        ("L-03.library", "name", other(name="沙化土地治理面积数", fund_use="造林")),
        ("L-03.alias", "aliases", other(aliases=("治沙", SOUND.name))),
        ("L-21.choice", "unit_kinds", other(unit_kinds=("ADMIN", "学校"))),
        ("L-04.unknown", "level2", other(level2="其他指标")),
        ("L-04.other", "level2", other(level2="社会效益指标")),
        ("L-05.misplaced", "level2", other(name="苗木验收合格率", unit="%", typical_value="95")),
        ("L-05.misplaced", "level2", other(name="任务及时率", level2="质量指标", unit="%", typical_value="95")),
        ("L-05.misplaced", "level2", other(name="亩均成本", unit="元/亩")),
        ("L-05.misplaced", "level2", other(name="牧民满意度", unit="%", typical_value="90")),
        ("L-05.misplaced", "level2", other(name="培训牧民人次", level2="质量指标", unit="人")),
        (
            "L-05.not_satisfaction",
            "level2",
            other(name="牧民收入", level1=Level1.SATISFACTION, level2="服务对象满意度指标"),
        ),
        ("L-06", "direction", other(direction=Direction.NEGATIVE)),
        ("L-06", "direction", other(operator=Operator.LE)),
        ("L-07.bad_grows", "operator", other(name="有效投诉件数", unit="件")),
        (
            "L-07.less_shrinks",
            "operator",
            other(
                name="火灾发生下降率",
                level2="质量指标",
                unit="%",
                typical_value="5",
                operator=Operator.LE,
                direction=Direction.NEGATIVE,
            ),
        ),
        (
            "L-07.good_shrinks",
            "operator",
            other(
                name="苗木合格率",
                level2="质量指标",
                unit="%",
                typical_value="5",
                operator=Operator.LE,
                direction=Direction.NEGATIVE,
            ),
        ),
        (
            "L-07.equal_negative",
            "direction",
            other(operator=Operator.EQ, direction=Direction.NEGATIVE, typical_value="3"),
        ),
        ("L-08.missing", "unit", other(unit="")),
        ("L-08.qualitative", "unit", other(operator=Operator.QUAL, typical_value="健全")),
        ("L-08.rate", "unit", other(name="任务完成率", unit="人")),
        ("L-08.count", "unit", other(name="新增面积", unit="%", typical_value="90")),
        ("L-09", "unit", other(unit="市亩")),
        ("L-10.words", "typical_value", other(typical_value="很多")),
        ("L-10.words", "typical_value", other(typical_value="NaN")),
        ("L-10.negative", "typical_value", other(typical_value="-1")),
        ("L-10.over", "typical_value", other(name="任务完成率", unit="%", typical_value="120")),
        ("L-10.qualitative", "typical_value", other(operator=Operator.QUAL, unit="", typical_value="90")),
        ("L-10.no_words", "typical_value", other(operator=Operator.QUAL, unit="", typical_value="")),
        ("L-10.no_range", "typical_value", other(operator=Operator.RANGE, typical_value="90")),
        ("L-10.turned", "typical_value", other(operator=Operator.RANGE, typical_value="95~85")),
        ("L-11", "applies_to", other(applies_to=("2130217", "9999999"))),
        ("L-12", "category", other(category="林业")),
        ("L-12", "industry", other(industry="教育")),
        ("L-12", "fund_use", other(fund_use="造林")),
        ("L-13.core", "is_core", other(is_core=True)),
        ("L-13.kind", "is_core", other(library_kind=LibraryKind.CORE)),
        ("L-14.year", "effective_from", other(effective_from="26")),
        ("L-14.turned", "effective_to", other(effective_from="2028", effective_to="2027", successor=SOUND.code)),
        ("L-14.none", "successor", other(effective_to="2027")),
        ("L-14.no_end", "effective_to", other(successor=SOUND.code)),
        ("L-14.missing", "successor", other(effective_to="2027", successor="HY9999")),
        ("L-14.ring", "successor", other(effective_to="2027", successor="HY0306012102")),
        ("L-15.needed", "definition", other(definition="")),
        ("L-15.needed", "data_source", other(data_source="")),
        ("L-15.wanted", "evidence", other(evidence="")),
        ("L-15.wanted", "applies_to", other(applies_to=())),
        ("L-15.long", "name", other(name="很长的名称" * 9)),
        ("L-16", "default_weight", other(default_weight=6)),
        ("L-17", "operator", other(name="检查生产经营单位家次", unit="家次")),
        ("L-17", "operator", other(name="采购代理机构监督检查家数", unit="家次")),
        ("L-17", "operator", other(name="年度执法计划内矿山检查矿次", unit="件", operator=Operator.EQ)),
        ("L-17", "operator", other(name="破获刑事案件数", unit="起")),
        ("L-17", "operator", other(name="收治强制隔离戒毒人员数", unit="人")),
        ("L-17", "operator", other(name="行政罚款金额", unit="元")),
        ("L-17", "operator", other(name="办结审查起诉案件数", unit="件")),
        ("L-18.no_percent", "may_exceed", other(may_exceed=True)),
        ("L-18.growth", "may_exceed", other(name="牧民收入增幅", unit="%", typical_value="5")),
        ("L-24.unknown", "scoring_method", other(scoring_method="酌情赋分")),
        ("L-24.satisfaction", "scoring_method", other(scoring_method="满意度赋分")),
        (
            "L-24.qualitative",
            "scoring_method",
            other(scoring_method="完成比例赋分", operator=Operator.QUAL, unit="", typical_value="健全"),
        ),
        ("L-05.misplaced", "level2", other(name="任务按期办结率", level2="质量指标", unit="%", typical_value="95")),
        ("L-19.missing", "quant_model_code", other(quant_model_code="QM77")),
        ("L-19.unit", "unit", other(quant_model_code="QM01")),
    ],
)
def test_a_planted_flaw_is_found_in_its_cell(wanted: str, field: str, row: Indicator) -> None:
    found = {(case_of(one), one.place.file, one.place.row, one.place.field) for one in check(SOUND, row)}
    assert (wanted, "农林水.csv", 3, field) in found


@pytest.mark.parametrize(
    "row",
    [
        other(name="任务完成率", unit="%", typical_value="100", operator=Operator.EQ),
        other(name="检查生产经营单位家次", unit="家次", operator=Operator.EQ, typical_value=""),
        other(name="群众投诉按时回复率", level2="时效指标", unit="%", typical_value="95"),
        other(name="公益诉讼案件办理数", unit="件"),
        other(name="重点职业人群健康检查人数", unit="人"),
        other(name="办理法律援助案件数", unit="件"),
        other(name="同一企业检查次数", unit="件", operator=Operator.LE, direction=Direction.NEGATIVE),
        other(name="安全事故起数", unit="起", operator=Operator.EQ, direction=Direction.NEGATIVE, typical_value="0"),
        other(name="牧民收入增幅", unit="%", typical_value="120", may_exceed=True),
        other(name="植被盖度提高幅度", unit="%", typical_value="3"),
        other(name="沙化土地治理面积（黄河流域干流两侧）"),
        other(library_kind=LibraryKind.COMMON, applies_to=(), code="GX0306012102"),
        other(code="ZB-1"),
        other(industry="通用", applies_to=(), code="HX002101"),
    ],
)
def test_a_row_that_only_looks_wrong_is_left_alone(row: Indicator) -> None:
    assert check(SOUND, row) == []


def test_names_that_a_person_has_read_are_not_told_again() -> None:
    close = other(name="沙化土地治理面积数")
    assert cases_of(check(SOUND, close)) == {"L-03.use"}
    reviewed = replace(KNOWN, apart=frozenset({frozenset({SOUND.name, close.name})}))
    assert check(SOUND, close, known=reviewed) == []


def test_an_area_and_the_rate_of_it_are_not_near_names() -> None:
    rate = other(name="沙化土地治理面积率", level2="质量指标", unit="%", typical_value="90")
    assert check(SOUND, rate) == []


def test_similar_names_are_found_as_by_comparing_all_pairs() -> None:
    names = ["校舍维修面积", "校舍维修改造面积", "校舍改造面积", "道路养护里程", "道路日常养护里程", "参训人数"]
    grams = {name: frozenset(name[at : at + 2] for at in range(len(name) - 1)) for name in names}
    found = {(one, two) for one, two, _ in similar(grams, 0.5)}
    by_hand = {
        (one, two)
        for at, one in enumerate(names)
        for two in names[at + 1 :]
        if len(grams[one] & grams[two]) / len(grams[one] | grams[two]) >= 0.5
    }
    assert found == by_hand
    assert len(found) >= 3


def test_rings_are_found_once_and_chains_are_not() -> None:
    assert list(rings({"b": "c", "c": "a", "a": "b", "x": "a", "y": "z"})) == [["a", "b", "c"]]
    assert list(rings({str(at): str(at + 1) for at in range(50_000)})) == []


def test_parents_that_lead_back_are_found() -> None:
    rows = [("A", "B"), ("B", "A"), ("C", "D")]
    parents = tuple(Placed(pair, "类别.csv", at, COLUMNS) for at, pair in enumerate(rows, start=2))
    found = check_library(Material(parents=parents), KNOWN)
    assert {(case_of(one), one.place.row) for one in found} == {
        ("L-20.ring", 2),
        ("L-20.missing", 4),
    }
    assert "A → B → A" in library_findings.sentence(next(one for one in found if case_of(one) == "L-20.ring"))


# -- texts


def test_every_finding_has_a_sentence_an_advice_and_a_place() -> None:
    found = check(SOUND, other(code=SOUND.code, operator=Operator.LE, unit="市亩", effective_to="2027"))
    assert {one.level for one in found} == {Level.ERROR, Level.WARN}
    for one in found:
        texts = [library_findings.sentence(one), library_findings.advice(one), library_findings.place(one)]
        assert all(texts)
        assert not any("{" in text for text in texts)
    first = next(one for one in found if one.code == "L-09")
    place = library_findings.place(first)
    assert place == "农林水.csv 第 3 行 C 列 度量单位（HY0306012101 补播改良完成情况）"
