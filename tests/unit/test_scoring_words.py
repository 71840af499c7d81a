"""The way of scoring is said in a sentence, with an example from the line's own target."""

from dataclasses import replace
from decimal import Decimal

import pytest

from desktop.domain.goal import GoalLine, Operator
from desktop.texts.scoring import scoring_example, scoring_words
from tests.unit.test_scoring import PROP, PROP_60, line


@pytest.mark.parametrize(
    ("what", "words"),
    [
        (line(), "完成比例赋分：完成 60% 以下不得分，60% 至 100% 按比例得分，超过的不加分。"),
        (line(method="直接赋分"), "直接赋分：达到得满分，没有达到不得分。"),
        (line(method="直接赋分", scoring_params="扣 2"), "直接赋分：达到得满分，每漏一次扣 2 分。"),
        (line(method="满意度赋分"), "满意度赋分：90% 以上得满分，80% 以上得 80%，60% 以上得 50%，其余不得分。"),
        (line(method="区间赋分", scoring_params="95:10;90:8"), "区间赋分：95 以上得 10 分，90 以上得 8 分。"),
        (line(method="区间赋分"), "区间赋分：指标库没有给出区间，请向财政部门询问。"),
    ],
)
def test_each_method_has_a_sentence(what: GoalLine, words: str) -> None:
    assert scoring_words(what, PROP_60) == words


def test_plain_proportion_has_no_threshold() -> None:
    assert scoring_words(line(), PROP) == "完成比例赋分：得分＝完成比例×分值，超过的不加分。"
    assert scoring_words(line(method="满意度赋分"), PROP) == scoring_words(line(), PROP)


def test_the_example_is_computed_from_the_target() -> None:
    assert scoring_example(line(), PROP_60) == "例：完成 430 亩，得 6.50 分（满分 10）。"
    assert scoring_example(line(Operator.LE, "100"), PROP) == "例：完成 120 亩，得 8.33 分（满分 10）。"
    assert scoring_example(line(target="0.8"), PROP) == "例：完成 0.69 亩，得 8.63 分（满分 10）。"


@pytest.mark.parametrize(
    "what", [line(target=""), replace(line(), weight=Decimal(0)), line(method="直接赋分"), line(method="区间赋分")]
)
def test_there_is_no_example_without_a_target_points_or_a_measure(what: GoalLine) -> None:
    assert scoring_example(what, PROP_60) == ""
