"""The work guide: its tree, and how it is searched."""

import pytest

from desktop.domain.guide import GuideNode, node_of, read_nodes, tree_of
from desktop.domain.passages import Passage, marks_in, search, words_of
from desktop.usecases.guide import guide_node, search_guide


def node(code: str = "5.02.01", title: str = "支付申请录入", **changes: object) -> GuideNode:
    record = {
        "code": code, "field": "支出", "category": "国库集中支付申请", "title": title, "what": "用指标付款。",
        "when": "随时", "who": "经办", "materials": ["发票", "合同"], "steps": ["先选指标", "再填收款人"],
        "deadline": "当日", "basis": ["《预算法》"], "mistakes": ["户名用简称：照营业执照写"], "forms": ["VOUCHER"],
        "keywords": ["付款"], "related": [], "initials": "zfsqlr fk",
    }
    return node_of({**record, **changes})


NODES = (
    node(),
    node("5.02.02", "经济分类选用", initials="jjflxy", keywords=["科目"], what="选准部门经济分类。"),
    node("5.10.01", "排在第十类", initials="pzdsl", keywords=[]),
    node("5.09.01", "排在第九类", initials="pzdjl", keywords=[]),
    node("1.01.01", "单位信息核对", field="预决算", category="基础信息维护", initials="dwxxhd", keywords=[],
         steps=["核对户名和付款账号"]),
)


def test_lists_of_a_record_become_tuples():
    assert node().materials == ("发票", "合同")


def test_a_record_of_something_else_is_refused():
    with pytest.raises(TypeError):
        node_of({"code": "1", "color": "red"})


def test_a_text_is_one_node_in_each_line():
    assert read_nodes("\n") == ()


def test_the_tree_follows_the_numbers_and_not_the_letters_of_the_codes():
    fields = tree_of(NODES)
    assert [field.name for field in fields] == ["预决算", "支出"]
    assert [category.code for category in fields[1].categories] == ["5.02", "5.09", "5.10"]
    assert [one.code for one in fields[1].categories[0].nodes] == ["5.02.01", "5.02.02"]
    assert len(fields[1].nodes()) == 4


def test_a_node_is_found_by_its_code():
    assert guide_node(NODES, "5.02.02") == NODES[1]
    assert guide_node(NODES, "9.99.99") is None


def test_a_title_ranks_before_a_keyword_and_a_keyword_before_the_text():
    found = [hit.passage.topic for hit in search_guide((*NODES, node("5.02.09", "付款更正", initials="fkgz")), "付款")]
    assert found[0] == "5.02.09"
    assert found.index("5.02.01") < found.index("1.01.01")


def test_initials_of_title_and_keywords_find_a_node():
    assert [hit.passage.topic for hit in search_guide(NODES, "jjfl")] == ["5.02.02"]
    assert [hit.passage.topic for hit in search_guide(NODES, "fk")] == ["5.02.01"]


def test_every_word_must_be_there():
    assert [hit.passage.topic for hit in search_guide(NODES, "户名 账号")] == ["1.01.01"]
    assert search_guide(NODES, "户名 没有这个词") == []


def test_full_width_letters_and_spaces_are_narrowed():
    assert words_of("ＪＪＦＬ　科目 科目") == ("jjfl", "科目")


def test_nothing_typed_finds_nothing():
    assert search_guide(NODES, "  ") == []


def test_a_snippet_is_cut_around_the_word_and_marks_it():
    passage = Passage("a", "题目", "组", "很长的开头" * 20 + "关键词" + "后面的话" * 30)
    hit = search([passage], "关键词")[0]
    start, length = hit.marks[0]
    assert hit.snippet[start : start + length] == "关键词"
    assert hit.snippet.startswith("…")
    assert hit.snippet.endswith("…")


def test_marks_never_overlap():
    assert marks_in("支付支付申请", ("支付", "支付申请")) == ((0, 2), (2, 4))


def test_not_more_than_the_limit_is_found():
    assert len(search_guide(NODES, "先选", 2)) == 2
