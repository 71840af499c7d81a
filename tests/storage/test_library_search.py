"""The index of the library finds what a plain look at every entry finds, in the same order, and explains it by sets."""

from dataclasses import asdict, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.goal import Level1, LibraryKind
from desktop.domain.library import Indicator
from desktop.domain.library_matching import quality_of, searched
from desktop.domain.library_search import SUITS, LibraryQuery, fit_of, rank_key
from desktop.domain.search_text import words
from desktop.exchange.library_files import library_datasets
from desktop.storage.codec import convert
from desktop.storage.rebuild import compare_rebuild
from desktop.storage.workspace import create_workspace, open_workspace
from tests.storage.samples import Memory, goal, indicator_record, project, save

SIGNS = "沙化土地治理面积率满意度的及（）%·2A"
SYLLABLES = {
    "沙": "sha", "化": "hua", "土": "tu", "地": "di", "治": "zhi", "理": "li", "面": "mian", "积": "ji", "率": "lv",
    "满": "man", "意": "yi", "度": "du", "的": "de", "及": "ji",
}  # fmt: skip
CODES = ["2130234", "2130217", "21302", "213", "2050202", "205"]
names = st.text(SIGNS, min_size=1, max_size=9).filter(lambda name: name.strip())
typed = st.one_of(
    st.text(SIGNS + " ", max_size=6),
    st.lists(st.sampled_from([*SYLLABLES.values(), "sh", "m", "d", "2", "a"]), max_size=4).map("".join),
    st.lists(st.sampled_from([one[0] for one in SYLLABLES.values()]), max_size=5).map("".join),
    st.sampled_from(["HY0", "hy03", "HY030701", "0307", "98", "98%", "030", "沙化 mj", "mj 治", "manyi du", "ＭＡＮ"]),
)


def record(number, name, **more):
    """Return a record spelled as the shipped ones are."""
    lettered = [SYLLABLES.get(sign, sign.lower()) for sign in name if sign.isalnum()]
    spelled = {"pinyin": "".join(lettered), "initials": "".join(one[0] for one in lettered)}
    return {**indicator_record(number, name), **spelled, **more}


@st.composite
def libraries(draw):
    uses = [("林业草原", "防沙治沙"), ("林业草原", "草原保护"), ("教育", "校舍维修")]
    rows = draw(st.lists(names, min_size=1, max_size=12))
    found = []
    for number, name in enumerate(rows):
        category, use = draw(st.sampled_from(uses))
        kind = draw(st.sampled_from(["COMMON", "SPECIFIC", "CORE"]))
        found.append(
            record(
                number, name, category=category, fund_use=use, library_kind=kind,
                code=draw(st.sampled_from(["HY0307", "HY0307013", "HY03070133", "AB"])) + f"{number:02d}",
                level1=draw(st.sampled_from(["OUTPUT", "BENEFIT"])),
                definition=draw(st.text(SIGNS, max_size=8)),
                aliases=draw(st.lists(names, max_size=2)),
                applies_to=draw(st.lists(st.sampled_from(CODES), max_size=2)),
                is_core=draw(st.booleans()), typical_value=draw(st.sampled_from(["", "98"])), unit="%",
                effective_to=draw(st.sampled_from(["", "2024", "2030"])),
                region_uses=draw(st.integers(0, 2)), project_tags=draw(st.lists(st.just("维修"), max_size=1)),
            )
        )  # fmt: skip
    return found


def put(books, records, version=1):
    books.exchange.replace_mirror("public", {"indicator": records}, version)


def fits_filters(one, query):
    kinds = {one.library_kind.value, *(["CORE"] if one.is_core else [])}
    return (
        query.level1 in ("", one.level1.value)
        and query.level2 in ("", one.level2)
        and (not query.levels or one.level1.value in query.levels)
        and (not query.kinds or bool(kinds & set(query.kinds)))
        and query.industry in ("", one.industry)
        and query.category in ("", one.category)
        and query.fund_use in ("", one.fund_use)
        and (not query.only_fitting or not query.function_code or fit_of(one, query.function_code) in SUITS)
    )


def looked_at_one_by_one(library, query, uses=None):
    entries = [(one, searched(one)) for one in library]
    loose = [word for word in words(query.text) if all(quality_of(entry, word) is None for _, entry in entries)]
    keyed = [(rank_key(one, entry, query, (uses or {}).get(one.code, 0), loose), one) for one, entry in entries]
    fitting = [(key, one) for key, one in keyed if key is not None and fits_filters(one, query)]
    return [one.code for _, one in sorted(fitting, key=lambda row: row[0])]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=40)
@given(
    libraries(),
    st.lists(
        st.builds(
            LibraryQuery,
            text=typed,
            level1=st.sampled_from(["", "OUTPUT"]),
            kinds=st.sampled_from([(), ("CORE",), ("COMMON", "SPECIFIC")]),
            industry=st.sampled_from(["", "农林水"]),
            function_code=st.sampled_from(["", "2130234", "21302", "2050299"]),
            only_fitting=st.booleans(),
            fiscal_year=st.sampled_from([0, 2026]),
            levels=st.sampled_from([(), ("OUTPUT", "SATISFACTION")]),
            project_name=st.sampled_from(["", "校舍维修", "防沙治沙工程"]),
        ),
        min_size=6,
        max_size=12,
    ),
)
def test_the_index_agrees_with_a_look_at_every_entry(workspace, records, queries):
    with workspace.books() as books:
        put(books, records)
        library = books.mirrors.library()
        for query in queries:
            found = books.mirrors.find_indicators(query)
            assert [one.code for one in found.hits] == looked_at_one_by_one(library, query), query
            assert found.total == len(found.hits)
            of_level = {
                level.value: len(looked_at_one_by_one(library, replace(query, level1=level.value, level2="")))
                for level in Level1
            }
            assert dict(found.level1) == {level: count for level, count in of_level.items() if count}
        assert compare_rebuild(books) == []


def test_many_of_one_kind_come_in_the_same_order_as_few(books):
    """Large groups are parted set by set, small ones sorted: nobody may see where one way ends."""
    records = [
        record(n, "沙化治理率" if n % 3 else "治理满意度", is_core=n % 7 == 0, region_uses=n % 5,
               applies_to=[CODES[n % 6]], code=f"HY{n:06d}")
        for n in range(900)
    ]  # fmt: skip
    put(books, records)
    library = books.mirrors.library()
    for query in (
        LibraryQuery(function_code="2130234"),
        LibraryQuery("治理", function_code="2130217"),
        LibraryQuery("治理 l", function_code="2050202"),
    ):
        expected = looked_at_one_by_one(library, query)
        assert [one.code for one in books.mirrors.find_indicators(query, limit=len(expected)).hits] == expected
        assert [one.code for one in books.mirrors.find_indicators(query, limit=7).hits] == expected[:7]


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    made = create_workspace(tmp_path_factory.mktemp("shipped") / "unit", Memory(), cost=1 << 10)
    with made.workspace as workspace, workspace.books() as books:
        put(books, library_datasets()["indicator"])
        yield books


@pytest.mark.parametrize(
    ("text", "code", "first"),
    [
        ("沙化", "2130234", "沙化土地治理面积"),
        ("沙化", "", "沙化土地治理面积"),
        ("沙化土地治理率", "", "沙化土地治理率"),
        ("沙漠化治理率", "", "沙化土地治理率"),
        ("HY030701", "", "沙化土地治理面积"),
        ("hy0307013301", "", "沙化土地治理率"),
        ("0307013301", "", "沙化土地治理率"),
        ("shahua", "", "沙化土地治理面积"),
        ("沙化 mj", "", "沙化土地治理面积"),
        ("面积 沙化", "", "沙化土地治理面积"),
        ("ＳＨＴＤ", "", "沙化土地治理面积"),
        ("shzlmj", "", "沙化土地治理面积"),
        ("shahuamj", "", "沙化土地治理面积"),
    ],
)
def test_the_shipped_library_gives_the_right_first_hit(shipped, text, code, first):
    assert shipped.mirrors.find_indicators(LibraryQuery(text, function_code=code)).hits[0].name == first


@pytest.mark.parametrize(
    ("text", "code", "part"),
    [
        ("满意", "2130234", "满意"),
        ("满意", "", "满意"),
        ("manyidu", "", "满意度"),
        ("manyid", "", "满意度"),
        ("man yi du", "", "满意度"),
        ("mianji", "2050202", "面积"),
        ("wxmj", "2050202", "维修面积"),
        ("验收合格率", "2050202", "验收合格率"),
        ("积", "", "积"),
    ],
)
def test_the_shipped_library_gives_right_first_hits(shipped, text, code, part):
    hits = shipped.mirrors.find_indicators(LibraryQuery(text, function_code=code)).hits
    assert len(hits) >= 3
    assert all(part in one.name for one in hits[:3])
    if code:
        assert fit_of(hits[0], code) in SUITS or all(fit_of(one, code) not in SUITS for one in hits)


def test_initials_from_the_middle_of_a_name_find_what_fits_the_project(shipped):
    hits = shipped.mirrors.find_indicators(LibraryQuery("xfm", function_code="2130234")).hits
    assert "修复面积" in hits[0].name
    assert any("信访矛盾" in one.name for one in hits)


def test_counts_are_of_the_whole_result_and_filters_narrow_it(shipped):
    found = shipped.mirrors.find_indicators(LibraryQuery("率"), limit=20)
    assert len(found.hits) == 20
    assert found.total == sum(found.level1.values()) > 1000
    one = max(found.level1, key=found.level1.__getitem__)
    narrowed = shipped.mirrors.find_indicators(LibraryQuery("率", level1=one))
    assert narrowed.total == found.level1[one]
    assert dict(narrowed.level1) == dict(found.level1)
    assert sum(narrowed.level2.values()) == narrowed.total
    fields = shipped.mirrors.find_indicators(LibraryQuery(industry="农林水"))
    assert sum(fields.categories.values()) == fields.total == fields.industries["农林水"]
    category = next(iter(fields.categories))
    inside = shipped.mirrors.find_indicators(LibraryQuery(industry="农林水", category=category))
    assert sum(inside.fund_uses.values()) == inside.total == fields.categories[category]
    assert len(inside.categories) == len(fields.categories)


def test_what_fits_the_project_comes_first_when_nothing_is_typed(shipped):
    asked = LibraryQuery(function_code="2050202", project_name="中小学校舍维修改造")
    hits = shipped.mirrors.find_indicators(asked).hits
    assert {one.fund_use for one in hits[:5]} == {"中小学校舍维修改造"}
    only = shipped.mirrors.find_indicators(replace(asked, only_fitting=True))
    assert 0 < only.total == only.fitting < shipped.mirrors.indicator_count()
    assert all(fit_of(one, "2050202") in SUITS for one in only.hits)


def test_uses_of_this_unit_count_but_not_those_of_the_goal_in_front(books):
    put(books, [record(1, "治理率"), record(2, "治理面积"), record(3, "治理度")])
    save(books, project())
    lines = goal().lines
    used = [replace(goal(number), lines=(replace(lines[0], indicator_code="HY000002"),)) for number in (1, 2)]
    for one in used:
        save(books, one)
    found = books.mirrors.find_indicators(LibraryQuery("治理"))
    assert found.hits[0].code == "HY000002"
    assert dict(found.unit_uses) == {"HY000002": 2}
    front = books.mirrors.find_indicators(LibraryQuery("治理", except_goal=used[0].head.doc_id))
    assert dict(front.unit_uses) == {"HY000002": 1}


def test_retired_entries_come_last_in_their_year_only(books):
    put(books, [record(1, "治理率", effective_to="2024", is_core=True), record(2, "草地治理率")])
    found = [one.code for one in books.mirrors.find_indicators(LibraryQuery("治理率", fiscal_year=2026)).hits]
    assert found == ["HY000002", "HY000001"]
    found = [one.code for one in books.mirrors.find_indicators(LibraryQuery("治理率", fiscal_year=2024)).hits]
    assert found == ["HY000001", "HY000002"]


def test_an_index_made_by_other_rules_is_made_anew_when_the_file_is_opened(workspace, secrets, clock):
    with workspace.books() as books:
        put(books, [record(1, "沙化治理率")])
        books.connection.exec_driver_sql("DELETE FROM library_index WHERE shelf LIKE 'n:%'")
        books.connection.exec_driver_sql("UPDATE library_index SET content = x'30' WHERE shelf = 'form'")
        books.commit()
    workspace.close()
    with open_workspace(workspace.folder, secrets, readonly=True) as reading, reading.books() as books:
        assert [one.name for one in books.mirrors.search_indicators("沙化")] == ["沙化治理率"]
    with open_workspace(workspace.folder, secrets, clock=clock) as again, again.books() as books:
        assert compare_rebuild(books) == []
        assert [one.name for one in books.mirrors.search_indicators("沙化")] == ["沙化治理率"]


def test_a_hit_is_the_record_itself(books):
    put(books, [record(1, "沙化治理率", aliases=["荒漠治理率"])])
    (hit,) = books.mirrors.find_indicators(LibraryQuery("荒漠")).hits
    assert asdict(hit) == asdict(convert(record(1, "沙化治理率", aliases=["荒漠治理率"]), Indicator))
    assert hit.library_kind is LibraryKind.SPECIFIC
