"""Cases, core sets and reference values are held to the library, their profile and the goal form."""

from dataclasses import replace
from decimal import Decimal

import pytest

from desktop.domain.goal import Level1, LibraryKind, Operator
from desktop.domain.library import CaseLine, CoreLine, CoreSet, GoalCase, Indicator, ReferenceValue, ValueBasis
from desktop.domain.library_rules import Placed
from desktop.texts import library_findings
from tests.data.library import SOUND, cases_of, check

QUALITY = replace(SOUND, code="HY0306012201", level2="质量指标", name="苗木成活率", unit="%", typical_value="85")
ENDED = replace(SOUND, code="HY0306012301", level2="时效指标", name="秋季造林完成天数", unit="天", typical_value="30")
BENEFIT = replace(
    SOUND, code="HY0306013201", level1=Level1.BENEFIT, level2="社会效益指标", name="务工牧民人数", unit="人"
)
LIKED = replace(
    SOUND,
    code="HY0306014101",
    level1=Level1.SATISFACTION,
    level2="服务对象满意度指标",
    name="牧民满意度",
    unit="%",
    typical_value="90",
)
ALL = (SOUND, QUALITY, ENDED, BENEFIT, LIKED)


def line_of(entry: Indicator, weight: str, **changes: object) -> CaseLine:
    points = Decimal(weight)
    line = CaseLine(entry.level1, entry.level2, entry.name, entry.operator, "1", entry.unit, points, entry.code)
    return replace(line, **changes)  # type: ignore[arg-type]


CASE = GoalCase(
    "AL90",
    "2026.1",
    "防沙治沙工程",
    "农林水",
    "草原",
    "防沙治沙",
    "2130217",
    Decimal("100.00"),
    "2027",
    "治理沙化土地，改善草原生态，带动牧民增收致富。",
    "当年治理沙化土地一万二千亩，苗木成活率达到85%。",
    "WITHOUT_COST",
    (line_of(SOUND, "20"), line_of(QUALITY, "15"), line_of(ENDED, "15"), line_of(BENEFIT, "30"), line_of(LIKED, "10")),
)


def ofcase_of(case: GoalCase) -> set[str]:
    return cases_of(check(*ALL, cases=(Placed(case, "cases.csv", 2, {"profile": ""}),)))


def test_a_case_that_fits_its_profile_has_no_findings() -> None:
    assert ofcase_of(CASE) == set()


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"profile": "NO_SUCH"}, {"L-31.profile"}),
        ({"lines": (replace(CASE.lines[0], weight=Decimal(19)), *CASE.lines[1:])}, {"L-31.level", "L-31.total"}),
        (
            {
                "lines": (
                    replace(CASE.lines[0], weight=Decimal("19.9")),
                    replace(CASE.lines[1], weight=Decimal("15.1")),
                    *CASE.lines[2:],
                )
            },
            {"L-31.weight"},
        ),
        ({"lines": (replace(CASE.lines[0], indicator_code=""), *CASE.lines[1:])}, {"L-32.no_code"}),
        ({"lines": (replace(CASE.lines[0], indicator_code="HY1"), *CASE.lines[1:])}, {"L-32.missing"}),
        ({"lines": (replace(CASE.lines[0], name="治理面积"), *CASE.lines[1:])}, {"L-32.other_name"}),
        ({"lines": (replace(CASE.lines[0], unit="%"), *CASE.lines[1:])}, {"L-32.other_unit"}),
        ({"lines": (replace(CASE.lines[0], operator=Operator.QUAL), *CASE.lines[1:])}, {"L-32.other_operator"}),
        ({"lines": (replace(CASE.lines[0], level2="质量指标"), *CASE.lines[1:])}, {"L-32.other_level2", "L-33.group"}),
        ({"lines": CASE.lines[3:], "profile": ""}, {"L-33.group", "L-33.output"}),
        ({"lines": CASE.lines[:3], "profile": ""}, {"L-33.benefit"}),
        ({"lines": (*CASE.lines, CASE.lines[0]), "profile": ""}, {"L-33.twice"}),
        ({"function_code": "1"}, {"L-34.function"}),
        ({"fund_use": "没有的用途"}, {"L-34.use"}),
        ({"year_goal": "太短"}, {"L-34.length"}),
    ],
)
def test_a_case_is_held_to_its_profile_the_library_and_the_form(changes: dict[str, object], wanted: set[str]) -> None:
    assert ofcase_of(replace(CASE, **changes)) == wanted  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({}, {"L-41.not_core"}),
        ({"indicator_code": ""}, {"L-41.no_code"}),
        ({"name": "另一个名称"}, {"L-41.not_core", "L-41.other_name"}),
        ({"default_weight": 9}, {"L-41.not_core", "L-42.weight"}),
        ({"level1": Level1.COST}, {"L-41.level", "L-41.other_level1", "L-41.not_core"}),
    ],
)
def test_a_core_set_names_core_indicators_of_the_library(changes: dict[str, object], wanted: set[str]) -> None:
    core = [replace(entry, library_kind=LibraryKind.CORE, is_core=True) for entry in (QUALITY, ENDED)]
    lines = [CoreLine(e.level1, e.level2, e.name, e.operator, e.unit, indicator_code=e.code) for e in (SOUND, *core)]
    lines[0] = replace(lines[0], **changes)  # type: ignore[arg-type]
    sets = (Placed(CoreSet("HX90", "2026.1", "林草局", "防沙治沙", tuple(lines)), "core_sets.csv", 2, {}),)
    assert cases_of(check(SOUND, *core, core_sets=sets)) == wanted


@pytest.mark.parametrize(
    ("code", "value", "source", "wanted"),
    [
        (QUALITY.code, "85", "造林技术规程", set()),
        (QUALITY.code, "85~90", "造林技术规程", set()),
        ("HY1", "85", "造林技术规程", {"L-51.missing"}),
        (QUALITY.code, "85", "", {"L-51.source"}),
        (QUALITY.code, "较高", "造林技术规程", {"L-51.number"}),
        (QUALITY.code, "185", "造林技术规程", {"L-51.over"}),
    ],
)
def test_a_reference_value_has_an_indicator_a_number_and_a_source(
    code: str, value: str, source: str, wanted: set[str]
) -> None:
    entry = (code, ReferenceValue(value, ValueBasis.INDUSTRY, source=source))
    assert cases_of(check(QUALITY, values=(Placed(entry, "reference_values.csv", 2, {}),))) == wanted


def test_every_finding_about_a_case_has_a_sentence_and_names_the_case() -> None:
    short = replace(CASE, lines=CASE.lines[:1], profile="NO_SUCH", year_goal="短")
    for one in check(*ALL, cases=(Placed(short, "cases.csv", 2, {}),)):
        texts = [library_findings.sentence(one), library_findings.advice(one)]
        assert all(texts)
        assert not any("{" in text for text in texts)
        assert "AL90 防沙治沙工程" in library_findings.place(one)
