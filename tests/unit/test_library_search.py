"""How well a word fits an entry of the library, which of its characters were meant, and how a name is spelled."""

import pytest

from desktop.domain.goal import Level1, LibraryKind
from desktop.domain.library import Indicator
from desktop.domain.library_matching import (
    Quality,
    alias_of,
    loosely_fits,
    places_of,
    quality_of,
    searched,
    word_starts,
)
from desktop.domain.library_search import Fit, LibraryQuery, fit_of, nearness, rank_key
from desktop.domain.search_text import signs, words
from desktop.domain.spelling import NOT_SPELLED, spelled


def entry(name="沙化土地治理率", initials="shtdzll", pinyin="shahuatudizhililv", **more):
    given = {
        "code": "HY0307013301", "version": "1", "library_kind": LibraryKind.SPECIFIC, "industry": "农林水",
        "category": "林业和草原", "fund_use": "防沙治沙", "level1": Level1.BENEFIT, "level2": "生态效益指标",
    }  # fmt: skip
    return Indicator(**{**given, **more}, name=name, initials=initials, pinyin=pinyin)


@pytest.mark.parametrize(
    ("name", "initials", "pinyin", "letters"),
    [
        ("沙化率", "shl", "shahualv", ("sha", "hua", "lv")),
        ("西安", "xa", "xian", ("xi", "an")),
        ("先", "x", "xian", ("xian",)),
        ("方案数", "fas", "fngashu", ()),
        ("方案数", "fas", "fanganshu", ("fang", "an", "shu")),
        ("反感数", "fgs", "fanganshu", ("fan", "gan", "shu")),
        ("PM2.5年均", "pm25nj", "pm25nianjun", ("p", "m", "2", "5", "nian", "jun")),
        ("三北（六期）", "sblq", "sanbeiliuqi", ("san", "bei", "liu", "qi")),
        ("校本资源", "jbzy", "xiaobenziyuan", ("xiao", "ben", "zi", "yuan")),  # a reading that the initials correct
        ("沙化率", "shl", "", ()),
        ("沙化率", "sh", "shahualv", ()),
        ("", "", "", ()),
    ],
)
def test_a_name_is_spelled_character_by_character(name, initials, pinyin, letters):
    found = spelled(name, initials, pinyin)
    assert found.letters == letters
    assert (found == NOT_SPELLED) == (not letters)
    assert all(name[place].isalnum() for place in found.places)


@pytest.mark.parametrize(
    ("word", "quality"),
    [
        ("沙化土地治理率", Quality.WHOLE),
        ("hy0307013301", Quality.WHOLE),
        ("沙化", Quality.START),
        ("土地", Quality.MIDDLE),
        ("率", Quality.MIDDLE),
        ("hy0307", Quality.CODE),
        ("0307", Quality.CODE),
        ("hy", None),  # every code begins so
        ("030", None),
        ("沙漠化", Quality.ALIAS),
        ("shtdzll", Quality.SPELLED_WHOLE),
        ("shahuatudizhililv", Quality.SPELLED_WHOLE),
        ("tdzl", Quality.SPELLED),
        ("tudizh", Quality.SPELLED),
        ("udi", None),  # begins inside a syllable
        ("监测面积", Quality.ABOUT),
        ("防沙", Quality.ABOUT),
        ("98", Quality.ABOUT),
        ("98%", Quality.ABOUT),
        ("99", None),
        ("森林", None),
    ],
)
def test_a_word_fits_by_the_best_of_the_fields(word, quality):
    one = entry(aliases=("沙漠化治理率",), definition="经监测面积确认的治理成效", typical_value="98", unit="%")
    assert quality_of(searched(one), word) is quality


@pytest.mark.parametrize(
    ("word", "shown"),
    [("shzl", "沙化治理"), ("shahuazl", "沙化治理"), ("shl", "沙化理"), ("lzs", ""), ("sh", ""), ("98", "")],
)
def test_letters_may_be_taken_loosely(word, shown):
    one = entry()
    assert loosely_fits(searched(one), word) == bool(shown)
    if shown:
        assert "".join(one.name[at] for at in places_of(searched(one), word)) == shown


def test_words_of_a_name_begin_after_signs_numbers_and_joining_characters():
    name = signs("建设（改造）6月底前的进度与质量")[0]
    assert [name[at:][:2] for at in word_starts(name)] == ["改造", "6月", "月底", "进度", "质量"]
    one = searched(entry("建设（改造）面积", "jsgzmj", "jianshegaizaomianji"))
    assert quality_of(one, "改造") is Quality.WORD
    assert quality_of(one, "造") is Quality.MIDDLE


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("沙化", "沙化"),
        ("shtd", "沙化土地"),
        ("tudi", "土地"),
        ("tud", "土地"),
        ("治理 sh", "沙化治理"),
        ("ＴＵＤＩ", "土地"),
        ("沙漠化", ""),
        ("xyz", ""),
        ("", ""),
    ],
)
def test_the_characters_that_were_meant_are_marked(typed, shown):
    one = entry(aliases=("沙漠化治理率",))
    assert "".join(one.name[at] for at in places_of(searched(one), typed)) == shown
    assert alias_of(searched(one), one, typed) == ("沙漠化治理率" if typed == "沙漠化" else "")


def test_places_are_those_of_the_name_as_it_is_written():
    one = entry("三北 （六期）㎡ 工程", "sblqmgc", "")
    assert [one.name[at] for at in places_of(searched(one), "(六期)")] == ["（", "六", "期", "）"]
    assert [one.name[at] for at in places_of(searched(one), "m2工程")] == ["㎡", "工", "程"]


@pytest.mark.parametrize(
    ("applies", "kind", "fit"),
    [
        (("2130234",), LibraryKind.SPECIFIC, Fit.ITEM),
        (("21302",), LibraryKind.SPECIFIC, Fit.SECTION),
        (("213",), LibraryKind.SPECIFIC, Fit.CLASS),
        (("2130207",), LibraryKind.SPECIFIC, Fit.NEAR),
        ((), LibraryKind.COMMON, Fit.ANY),
        ((), LibraryKind.SPECIFIC, Fit.OTHER),
        (("205",), LibraryKind.COMMON, Fit.OTHER),
    ],
)
def test_an_entry_belongs_to_a_function_code(applies, kind, fit):
    one = entry(applies_to=applies, library_kind=kind)
    assert fit_of(one, "2130234") is fit
    assert fit_of(one, "") is (Fit.ANY if not applies and kind is LibraryKind.COMMON else Fit.OTHER)


def test_the_order_is_quality_then_fit_then_uses_then_region_then_core():
    query = LibraryQuery("治理", function_code="2130234", fiscal_year=2026)
    ordered = [
        entry("治理", "zl", "zhili"),
        entry("治理率", "zll", "zhililv", applies_to=("2130234",)),
        entry("治理率", "zll", "zhililv", code="A1"),
        entry("治理率", "zll", "zhililv", region_uses=5),
        entry("治理率", "zll", "zhililv", applies_to=("205",), is_core=True),
        entry("治理率", "zll", "zhililv", code="HZ"),
        entry("草原治理率", "cyzll", "caoyuanzhililv", applies_to=("2130234",)),
        entry("治理", "zl", "zhili", effective_to="2025"),
    ]
    keys = [rank_key(one, searched(one), query, 2 if one.code == "A1" else 0) for one in ordered]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


def test_a_project_is_near_to_what_its_name_says():
    assert nearness("中小学校舍维修改造", "校舍维修改造工程") == 5
    assert nearness("防沙治沙", "校舍维修") == 0


def test_words_of_a_query_are_alike_in_full_and_half_width():
    assert words("ＨＹ０３  沙化 沙化") == ["hy03", "沙化"]
    assert len(words(" ".join(map(str, range(100))))) == 40
