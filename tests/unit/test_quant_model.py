"""Quantification models: the worked examples, the formula language, and what is refused."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.expression import ExpressionError, Flaw
from desktop.domain.problem import Problem
from desktop.domain.quant_formula import evaluate, read_formula, shown_formula
from desktop.domain.quant_model import QuantModel, check_model, compute, converted, model_drift, use_of
from desktop.exchange.model_files import model_datasets
from tests.data import goals

MODELS = {one.code: one for one in msgspec.convert(model_datasets()["quant_model"], list[QuantModel], strict=False)}
Inputs = dict[str, Sequence[str]]
EXAMPLES: list[tuple[str, Inputs, str]] = [
    ("QM01", {"验收合格治理面积": ["8,208"], "可治理沙化土地面积": ["12000"]}, "68.40"),
    (
        "QM02",
        {"地上生物量增量": ["0.10"], "根茎比": ["2.8"], "含碳率": ["0.47"], "土壤有机碳增量": ["0.30"],
         "面积": ["12000"], "泄漏量": ["0"]},
        "21058.40",
    ),
    ("QM03", {"植被指数": ["0.31"], "裸土植被指数": ["0.05"], "全覆盖植被指数": ["0.86"]}, "32.10"),
    ("QM04", {"本期盖度": ["32.10"], "基期盖度": ["28.40"]}, "3.70"),
    ("QM05", {"成活株数": ["412", "388", "20"], "调查株数": ["500", "500", "29"]}, "80.00"),
    ("QM06", {"达到草畜平衡户数": ["1140"], "核查总户数": ["1200"]}, "95.00"),
    ("QM07", {"达标样次": ["46"], "监测总样次": ["48"]}, "95.83"),
    ("QM08", {"培训总费用": ["118800"], "培训人数": ["60"], "培训天数": ["4"]}, "495.00"),
    ("QM09", {"选项分值": ["100", "80", "60"], "份数": ["40", "15", "5"]}, "91.67"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "inputs", "result"), EXAMPLES)
def test_worked_examples_come_out(code: str, inputs: Inputs, result: str) -> None:
    found = compute(MODELS[code], inputs)
    assert found.problems == ()
    assert f"{found.value:f}" == result


def test_every_model_is_sound_and_has_an_example() -> None:
    assert {code: check_model(model) for code, model in MODELS.items()} == {code: [] for code in MODELS}
    assert [code for code, _, _ in EXAMPLES] == sorted(MODELS)
    assert "沙漠化治理率" in MODELS["QM01"].aliases


def test_plots_that_are_too_small_are_left_out_and_named() -> None:
    assert compute(MODELS["QM05"], EXAMPLES[4][1]).left_out == (2,)
    only_small: Inputs = {"成活株数": ["20"], "调查株数": ["29"]}
    [problem] = compute(MODELS["QM05"], only_small).problems
    assert (problem.code, problem.facts["case"]) == ("P-50", "none_left")


def cases(problems: Sequence[Problem]) -> list[tuple[str, str, str]]:
    return [(problem.code, problem.where, problem.facts["case"]) for problem in problems]


@pytest.mark.parametrize(
    ("code", "changes", "found"),
    [
        ("QM03", {"植被指数": ["1.2"]}, ("P-50", "inputs.植被指数", "high")),
        ("QM03", {"植被指数": ["-2"]}, ("P-50", "inputs.植被指数", "low")),
        ("QM03", {"植被指数": [""]}, ("P-50", "inputs.植被指数", "missing")),
        ("QM03", {"植被指数": ["三成"]}, ("P-50", "inputs.植被指数", "number")),
        ("QM03", {"裸土植被指数": ["0.86"]}, ("P-50", "result", "zero")),
        ("QM03", {"植被指数": ["0.9"]}, ("P-50", "result", "result_high")),
        ("QM05", {"调查株数": ["500", "0", "40"]}, ("P-50", "inputs.调查株数[1]", "low")),
        ("QM05", {"成活株数": ["412", "388"]}, ("P-50", "inputs.成活株数[2]", "missing")),
        ("QM05", {"成活株数": [], "调查株数": []}, ("P-50", "inputs.成活株数", "rows")),
    ],
)
def test_what_is_outside_the_model_is_refused_with_its_place(
    code: str, changes: Inputs, found: tuple[str, str, str]
) -> None:
    given_ = next(inputs for model, inputs, _ in EXAMPLES if model == code)
    result = compute(MODELS[code], {**given_, **changes})
    assert result.value is None
    assert cases(result.problems) == [found]


def test_empty_rows_between_others_do_not_count() -> None:
    rows: Inputs = {"选项分值": ["100", "", "80", "60"], "份数": ["40", "", "15", "5"]}
    assert compute(MODELS["QM09"], rows).value == Decimal("91.67")


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("达标样次 ÷ 监测样次", [("P-52", "unknown"), ("P-52", "unused")]),
        ("达标样次 ÷ (监测总样次", [("P-52", "formula")]),
        ("(" * 10000 + "达标样次" + ")" * 10000, [("P-52", "formula")]),
        ("", [("P-52", "formula")]),
        ("__import__('os')", [("P-52", "formula")]),
        ("达标样次.bit_length() + 监测总样次", [("P-52", "formula")]),
        ("round(达标样次, 监测总样次, 2)", [("P-52", "formula")]),
    ],
)
def test_a_model_that_cannot_work_says_why(expression: str, found: list[tuple[str, str]]) -> None:
    model = replace(MODELS["QM07"], expression=expression)
    assert [(problem.code, problem.facts["case"]) for problem in check_model(model)] == found
    assert compute(model, EXAMPLES[6][1]).problems == tuple(check_model(model))


def test_an_input_that_stands_twice_or_upside_down_is_a_flaw_of_the_model() -> None:
    model = MODELS["QM07"]
    twice = replace(model, inputs=(*model.inputs, replace(model.inputs[0], low=Decimal(9), high=Decimal(1))))
    assert [problem.facts["case"] for problem in check_model(twice)] == ["twice", "bounds"]


def test_a_division_by_zero_in_the_formula_itself_is_told() -> None:
    model = replace(MODELS["QM07"], expression="达标样次 ÷ 监测总样次 ÷ (1 − 1)")
    assert cases(compute(model, EXAMPLES[6][1]).problems) == [("P-50", "result", "zero")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 × 3", "7"),
        ("−(4 − 1) ÷ 2", "-1.5"),
        ("min(3, 1, 2) + max(甲)", "6"),
        ("round(2.5) + round(1.005, 2)", "4.01"),
        ("sum(甲 × 乙) ÷ sum(乙)", "4"),
        ("sum((甲 − 1) × 2)", "12"),
        ("max(sum(甲), 丙)", "9"),
        ("min(甲) × 10%", "0.1"),
        ("sum(1)", "1"),
        ("round(min(1.2， 3)，1)", "1.2"),
    ],
)
def test_the_language_computes_over_numbers_and_columns(text: str, value: str) -> None:
    names = {"甲": (Decimal(1), Decimal(3), Decimal(5)), "乙": (Decimal(1), Decimal(0), Decimal(3)), "丙": Decimal(2)}
    assert evaluate(read_formula(text), names) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("甲 × 丁", Flaw.NAME),
        ("甲 + 乙", Flaw.TABLE),
        ("sum(甲 + 短)", Flaw.TABLE),
        ("1 ÷ (丙 − 2)", Flaw.ZERO_DIVISION),
        ("sum(甲, 乙)", Flaw.ARGUMENTS),
        ("round(丙, 丙 × 10)", Flaw.ARGUMENTS),
        ("round(1, 甲)", Flaw.ARGUMENTS),
        ("sum()", Flaw.INCOMPLETE),
        ("sum(1,)", Flaw.INCOMPLETE),
        ("(1, 2)", Flaw.SIGN),
        ("1, 2", Flaw.SIGN),
        ("sum 1", Flaw.NO_OPERATOR),
        ("sum(1))", Flaw.CLOSE_BRACKET),
        ("sum(1", Flaw.OPEN_BRACKET),
        ("eval(1)", Flaw.NO_OPERATOR),
        ("((" * 40 + "1" + "))" * 40, Flaw.TOO_DEEP),
        ("max(" * 70 + "1" + ")" * 70, Flaw.TOO_DEEP),
        ("9" * 1001, Flaw.TOO_LONG),
        ("99999999999999999999999999999999 × 99999999999999999999999999999999", Flaw.TOO_LARGE),
    ],
)
def test_what_the_language_does_not_know_is_refused_at_its_place(text: str, flaw: Flaw) -> None:
    names = {"甲": (Decimal(1), Decimal(3)), "乙": (Decimal(1), Decimal(0)), "短": (Decimal(1),), "丙": Decimal(2)}
    with pytest.raises(ExpressionError) as caught:
        evaluate(read_formula(text), names)
    assert caught.value.flaw is flaw
    assert 0 <= caught.value.at <= len(text)


@given(st.text("甲乙0123456789.+-×÷()，, sumaxinrod%", max_size=40))
def test_no_text_breaks_the_language(text: str) -> None:
    at, value = 0, Decimal(0)
    try:
        value = evaluate(read_formula(text), {"甲": (Decimal(1), Decimal(3)), "乙": Decimal(7)})
    except ExpressionError as error:
        at = error.at
    assert 0 <= at <= len(text)
    assert value.is_finite()


def test_a_formula_is_shown_in_words() -> None:
    assert shown_formula("sum(成活株数)/sum(调查株数)*100") == "合计(成活株数) ÷ 合计(调查株数) × 100"
    assert shown_formula("((") == "(("


def test_mu_become_hectares() -> None:
    area = next(one for one in MODELS["QM02"].inputs if one.name == "面积")
    assert converted(area, "180,000", "亩") == "12000"
    assert converted(area, "18", "万亩") == "12000"
    assert (converted(area, "12", "公顷"), converted(area, "很大", "亩")) == ("12", "很大")
    with pytest.raises(KeyError):
        converted(area, "1", "平方公里")


def test_a_computed_target_keeps_model_version_and_inputs_and_tells_when_it_is_changed() -> None:
    model, inputs = MODELS["QM01"], EXAMPLES[0][1]
    use = use_of(model, inputs, Decimal("68.40"))
    assert (use.code, use.version, use.result) == ("QM01", model.version, "68.40")
    assert {one.name: list(one.values) for one in use.inputs} == inputs
    line = replace(goals.goal().lines[4], target="68.4", model=use)
    assert model_drift(line, model) is None
    assert model_drift(replace(line, model=None), model) is None
    changed = model_drift(replace(line, target="72"), model)
    newer = model_drift(line, replace(model, version="2027.1"))
    assert changed is not None
    assert changed.facts["case"] == "target"
    assert newer is not None
    assert (newer.facts["case"], newer.facts["new"]) == ("version", "2027.1")
