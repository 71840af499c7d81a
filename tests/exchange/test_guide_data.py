"""The work guide that ships: whole, consistent, in words for an accountant."""

import re
from pathlib import Path

import pytest

import resources
from desktop.domain.guide import GuideNode, read_nodes, tree_of
from desktop.exchange.initials import initials_of
from desktop.usecases.guide import search_guide

NODES = read_nodes(resources.read_text("guide", "nodes.jsonl"))
ALLOWED_LATIN = {"UKey", "U", "OFD", "PDF", "XML", "GB", "T", "F8", "APP", "ETC", "POS", "Ctrl", "Shift", "A"}


def texts(node: GuideNode) -> list[str]:
    return [node.field, node.category, node.title, node.what, node.when, node.who, node.deadline, *node.materials,
            *node.steps, *node.basis, *node.mistakes, *node.keywords]


def test_it_has_seven_fields_thirty_five_categories_and_221_nodes():
    fields = tree_of(NODES)
    assert (len(fields), sum(len(field.categories) for field in fields), len(NODES)) == (7, 35, 221)
    assert [field.name for field in fields] == ["预决算", "采购", "资产", "收入", "支出", "内控", "会计管理"]


def test_codes_are_unique_in_order_and_well_formed():
    codes = [node.code for node in NODES]
    assert len(set(codes)) == len(codes)
    assert codes == sorted(codes)
    assert all(re.fullmatch(r"[1-7]\.\d\d\.\d\d", code) for code in codes)


def test_one_code_stands_for_one_field_and_one_category():
    assert len({(node.code[0], node.field) for node in NODES}) == 7
    assert len({(node.code[:4], node.category) for node in NODES}) == 35


def test_titles_are_unique():
    assert len({node.title for node in NODES}) == len(NODES)


def test_related_nodes_exist_and_never_name_the_node_itself():
    codes = {node.code for node in NODES}
    for node in NODES:
        assert set(node.related) <= codes - {node.code}, node.code


@pytest.mark.parametrize("name", ["field", "category", "title", "what", "when", "who", "deadline", "initials"])
def test_no_text_is_empty(name: str):
    assert [node.code for node in NODES if not getattr(node, name).strip()] == []


def test_every_node_has_steps_papers_mistakes_basis_and_keywords():
    short = [node.code for node in NODES if len(node.steps) < 3 or len(node.mistakes) < 2 or not node.keywords
             or not node.basis or not node.materials]
    assert short == []


def test_nothing_is_said_twice_in_a_list():
    for node in NODES:
        for listed in (node.steps, node.mistakes, node.materials, node.basis, node.keywords, node.forms):
            assert len(set(listed)) == len(listed), node.code


def test_every_mistake_says_what_to_do_instead():
    assert [(node.code, one) for node in NODES for one in node.mistakes if not re.search("[：，；]", one)] == []


def test_there_are_no_codes_of_forms_no_english_and_no_paths():
    for node in NODES:
        for text in texts(node):
            latin = set(re.findall(r"[A-Za-z][A-Za-z0-9]*", text))
            assert latin <= ALLOWED_LATIN, (node.code, text)
            assert "/" not in text.replace("GB/T", ""), (node.code, text)


def test_brackets_and_quotes_are_closed():
    for node in NODES:
        for text in texts(node):
            for left, right in ("（）", "“”", "《》", "〔〕"):
                assert text.count(left) == text.count(right), (node.code, text)


def test_a_law_is_always_named_with_the_same_number():
    numbers: dict[str, set[str]] = {}
    for node in NODES:
        for basis in node.basis:
            found = re.match(r"《([^》]+)》（([^（）]*号)", basis)
            if found:
                numbers.setdefault(found[1], set()).add(found[2])
    assert {name: found for name, found in numbers.items() if len(found) > 1} == {}


def test_the_initials_are_those_of_titles_and_keywords():
    stale = [node.code for node in NODES
             if node.initials != " ".join(dict.fromkeys(initials_of(word) for word in (node.title, *node.keywords)))]
    assert stale == []


@pytest.mark.parametrize(("typed", "code"), [
    ("退票", "5.06.02"), ("zfsqlr", "5.02.01"), ("绩效目标 调整", "1.06.06"), ("gwk", "5.04.09"),
    ("差旅 补助", "5.04.07"), ("5.02.03", "5.02.03"),
])
def test_what_an_accountant_types_is_found_among_the_first_five(typed: str, code: str):
    assert code in [hit.passage.topic for hit in search_guide(NODES, typed, 5)]


def test_the_pinyin_library_is_not_loaded_by_reading_the_guide():
    source = Path(resources.__file__).parent.parent / "desktop" / "usecases" / "guide.py"
    assert "pypinyin" not in source.read_text(encoding="utf-8")
