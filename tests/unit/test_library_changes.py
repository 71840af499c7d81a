"""What an update of the library changed, which letters of a text are other ones, and how a goal's line takes it up."""

from dataclasses import fields, replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.goal import Frame, GoalLine, Level1, LibraryKind, Operator, PlanValue
from desktop.domain.library import Indicator, ReferenceValue, ValueBasis, WeightProfile
from desktop.domain.library_adoption import adopted, keeps_target, kept, line_changes, placed, replaced, with_lines
from desktop.domain.library_changes import (
    WATCHED,
    ChangeKind,
    LibraryUpdate,
    edition_key,
    field_changes,
    newest_edition,
    record_change,
)
from desktop.domain.mirrors import PUBLIC_DATASETS, CodeEntry, Parameter
from desktop.domain.text_differences import pieces
from desktop.texts.library_changes import field_value, field_word, news, numbers, title_of, what_changed
from tests.data import goals

OLD = Indicator(
    "HY1", "2026.1", LibraryKind.SPECIFIC, "农林水", "林业草原", "防沙治沙", Level1.OUTPUT, "质量指标", "苗木成活率",
    definition="成活株数占栽植株数的比例", unit="%", scoring_method="PROP", evidence="抽查记录", initials="mmchl",
)
NEW = replace(OLD, version="2026.2", definition="当年成活株数占栽植株数的比例", scoring_method="PROP_60")
HEIR = replace(NEW, code="HY9", name="苗木保存率", initials="mmbcl")
LINE = GoalLine(
    "L1", "HY1", "2026.1", LibraryKind.SPECIFIC, Level1.OUTPUT, "质量指标", "苗木成活率", Operator.GE, "85", "%",
    Decimal("15"), scoring_method="PROP", evidence="抽查记录", last_target="80", explanation="成活株数占栽植株数的比例",
    plan=(PlanValue(6, "80"),),
)


def change(old, new, dataset="indicator"):
    return record_change(dataset, "HY1", old, new)


def test_a_change_names_the_fields_in_the_order_of_the_record():
    said = change(OLD, NEW)
    assert (said.kind, said.fields, said.edition) == (ChangeKind.CHANGED, ("definition", "scoring_method"), "2026.2")
    assert (said.title, said.level1, said.level2, said.search) == ("苗木成活率", "OUTPUT", "质量指标", "mmchl")


def test_what_is_counted_anew_is_no_change():
    assert change(OLD, replace(OLD, version="2026.2", region_uses=9, pinyin="miaomuchenghuolv")) is None
    assert change(None, None) is None


def test_an_indicator_is_withdrawn_when_it_is_closed_or_gone_and_not_when_it_stays_open_longer():
    closed = replace(OLD, effective_to="2026", successor="HY9")
    assert change(OLD, closed).kind is change(OLD, None).kind is ChangeKind.WITHDRAWN
    assert (change(OLD, closed).last_year, change(OLD, closed).successor) == ("2026", "HY9")
    assert change(OLD, None).last_year == ""
    assert change(closed, replace(closed, effective_to="2028")).kind is ChangeKind.CHANGED
    assert change(closed, OLD).kind is ChangeKind.CHANGED
    assert change(replace(OLD, effective_to="2028"), closed).kind is ChangeKind.WITHDRAWN


def test_other_records_are_told_by_their_own_names():
    profile = WeightProfile("A", "有成本", Decimal(20), Decimal(40), Decimal(20), Decimal(10))
    assert change(profile, replace(profile, cost=Decimal(30)), "weight_profile").fields == ("cost",)
    assert change(None, CodeEntry("FUNCTION", "205", "教育支出"), "code").title == "教育支出"
    assert change(Parameter("goal_total", "90"), Parameter("goal_total", "100"), "parameter").title == "goal_total"


def test_a_new_record_names_every_field_that_holds_something():
    found = {one.name: (one.old, one.new) for one in field_changes(None, OLD)}
    assert found["unit"] == (None, "%")
    assert "formula" not in found
    assert "initials" not in found
    values = (ReferenceValue("85", ValueBasis.INDUSTRY),)
    assert field_changes(OLD, replace(OLD, reference_values=values))[0].new == values


def test_editions_are_numbers_and_no_words():
    assert newest_edition(["2026.2", "2026.10", "2026.9"]) == "2026.10"
    assert newest_edition([]) == newest_edition([""]) == ""
    assert sorted(["2027", "2026.2.1", "2026.10", "2026.2"], key=lambda one: edition_key(one) or ()) == [
        "2026.2", "2026.2.1", "2026.10", "2027",
    ]
    assert edition_key("v2") is edition_key("") is edition_key("2026.") is edition_key("9" * 40) is None


def marked(side):
    return "".join(f"[{one.text}]" if one.changed else one.text for one in side)


def test_letters_that_changed_are_marked_on_both_sides():
    old, new = pieces("成活株数占栽植株数的比例", "当年成活株数占全部栽植株数的比例")
    assert marked(old) == "成活株数占栽植株数的比例"
    assert marked(new) == "[当年]成活株数占[全部]栽植株数的比例"
    assert [marked(side) for side in pieces("亩", "公顷")] == ["[亩]", "[公顷]"]
    assert [marked(side) for side in pieces("", "公顷")] == ["", "[公顷]"]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="甲乙丙丁12%", max_size=40), st.text(alphabet="甲乙丙丁12%", max_size=40))
def test_the_pieces_of_a_side_are_its_text(old, new):
    left, right = pieces(old, new)
    assert ("".join(one.text for one in left), "".join(one.text for one in right)) == (old, new)
    assert "".join(p.text for p in left if not p.changed) == "".join(p.text for p in right if not p.changed)


def test_taking_the_new_edition_keeps_target_and_points():
    fresh = adopted(LINE, NEW, OLD)
    assert (fresh.explanation, fresh.scoring_method, fresh.library_version) == (
        "当年成活株数占栽植株数的比例", "PROP_60", "2026.2"
    )
    assert (fresh.target, fresh.weight, fresh.last_target, fresh.plan) == ("85", Decimal("15"), "80", LINE.plan)


def test_what_the_library_did_not_change_stays_as_the_maker_has_it():
    own = replace(LINE, evidence="第三方抽查报告")
    assert adopted(own, NEW, OLD).evidence == "第三方抽查报告"
    assert adopted(own, NEW, None).evidence == "抽查记录"
    assert [one.name for one in line_changes(own, NEW, OLD)] == ["definition", "scoring_method"]
    assert [one.name for one in line_changes(own, NEW, None)] == ["definition", "scoring_method", "evidence"]


def test_a_line_of_an_older_program_is_compared_with_the_edition_that_it_was_taken_from():
    bare = replace(LINE, explanation="")
    assert [one.name for one in line_changes(bare, NEW, None)] == ["scoring_method"]
    assert line_changes(bare, NEW, OLD)[0].old == OLD.definition


def test_keeping_the_line_notes_the_edition_that_was_not_wanted():
    assert kept(LINE, NEW) == replace(LINE, kept_version="2026.2")
    assert adopted(kept(LINE, NEW), replace(NEW, version="2026.3"), NEW).kept_version == ""


def test_the_successor_takes_the_target_over_only_where_it_means_the_same():
    fresh = replaced(LINE, HEIR)
    assert (fresh.indicator_code, fresh.name, fresh.line_id) == ("HY9", "苗木保存率", "L1")
    assert (fresh.target, fresh.last_target, fresh.plan, fresh.weight) == ("85", "80", LINE.plan, Decimal("15"))
    for other in (replace(HEIR, unit="株"), replace(HEIR, operator=Operator.EQ)):
        assert not keeps_target(LINE, other)
        fresh = replaced(LINE, other)
        assert (fresh.target, fresh.last_target, fresh.plan, fresh.weight) == ("", "", (), Decimal("15"))


def test_a_changed_line_stands_where_it_stood():
    goal = goals.goal()
    changed = replace(goal.lines[2], name="改名")
    assert with_lines(goal, [changed]) == (*goal.lines[:2], changed, *goal.lines[3:])


def test_in_the_older_form_the_same_cost_indicator_is_no_change():
    cost = replace(OLD, level1=Level1.COST, level2="经济成本指标")
    entry = placed(cost, Frame.F2015)
    assert (entry.level1, entry.level2) == (Level1.OUTPUT, "成本指标")
    line = replace(LINE, level1=entry.level1, level2=entry.level2, library_version="2025.1")
    assert line_changes(line, entry, None) == []
    assert adopted(line, entry, None).level2 == "成本指标"


def test_sentences_name_what_there_is():
    update = LibraryUpdate(4, "2026-11-18T16:40:00+08:00", "2026.2", "2026.1", added=12, withdrawn=1)
    assert news(update) == "指标库 2026.2 版有更新：新增 12、停用 1"
    assert numbers(replace(update, added=0, withdrawn=0, beside=3)) == "编码和参数 3"
    assert what_changed(change(OLD, NEW)) == "指标解释、评分方法"
    assert what_changed(change(OLD, replace(OLD, effective_to="2026"))) == "用到 2026 年为止"
    assert what_changed(change(OLD, None)) == "已从库里移除"
    assert field_value("operator", Operator.LE) == "≤"
    assert field_value("aliases", ("成活率", "保存率")) == "成活率、保存率"
    assert field_value("reference_values", (ReferenceValue("85", ValueBasis.INDUSTRY, "2026"),)) == "2026 85 行业标准"
    assert title_of(change(None, CodeEntry("FUNCTION", "205", "教育支出"), "code")) == "教育支出"


def test_every_field_of_a_library_record_has_a_word():
    for name in WATCHED:
        record_class = PUBLIC_DATASETS[name][0]
        fields_ = [field.name for field in fields(record_class) if field.name not in ("code", "version", "initials")]
        unnamed = [field for field in fields_ if "其他内容" in field_word(field)]
        assert set(unnamed) <= {"pinyin", "region_uses"}, name
