"""What an update of the library changed is written with the mirrors, whole, and only the last updates are kept."""

import pytest

from desktop.domain.fault import Fault
from desktop.domain.library_changes import ChangeKind
from desktop.storage.library_log import KEPT, MOST_BESIDE
from desktop.usecases.library_changes import heirs_of
from tests.storage.samples import indicator_record

AT = "2026-11-18T16:40:00+08:00"
FIRST = [
    indicator_record(1, "沙化土地治理面积", unit="亩", initials="shtdzlmj"),
    indicator_record(2, "固沙苗木当年成活率", unit="%", typical_value="85"),
    indicator_record(3, "草方格沙障设置面积", unit="亩"),
    indicator_record(4, "林草植被覆盖度", region_uses=3),
]
SECOND = [
    indicator_record(1, "沙化土地治理面积", unit="公顷", initials="shtdzlmj", version="2026.2"),
    indicator_record(2, "固沙苗木当年成活率", unit="%", typical_value="85"),
    indicator_record(4, "林草植被覆盖度", region_uses=9, pinyin="lincaozhibeifugaidu"),
    indicator_record(5, "沙障设置面积", unit="亩", version="2026.2"),
]
CLOSED = indicator_record(
    2, "固沙苗木当年成活率", unit="%", typical_value="85", version="2026.3", effective_to="2026", successor="HY000006"
)


def public(books, version, at=AT, **datasets):
    return books.exchange.replace_mirror("public", datasets, version, at)


def kinds(books, version):
    return {one.key: one.kind for one in books.library_log.changes(version)}


@pytest.fixture
def updated(books):
    public(books, 1, indicator=FIRST)
    public(books, 2, indicator=SECOND)
    return books


def test_the_first_library_is_no_news(books):
    public(books, 1, indicator=FIRST)
    assert books.library_log.updates() == []
    assert books.library_log.edition() == "2026.1"


def test_an_update_notes_what_is_new_changed_and_gone(updated):
    (update,) = updated.library_log.updates()
    assert (update.version, update.at, update.edition, update.edition_before) == (2, AT, "2026.2", "2026.1")
    assert (update.added, update.changed, update.withdrawn, update.beside) == (1, 1, 1, 0)
    assert update.is_news
    assert kinds(updated, 2) == {
        "HY000001": ChangeKind.CHANGED, "HY000003": ChangeKind.WITHDRAWN, "HY000005": ChangeKind.ADDED,
    }
    changed = next(one for one in updated.library_log.changes(2) if one.kind is ChangeKind.CHANGED)
    assert (changed.title, changed.fields, changed.edition) == ("沙化土地治理面积", ("unit",), "2026.2")
    assert changed.search == "shtdzlmj"


def test_both_sides_of_a_changed_record_can_be_read(updated):
    old, new = updated.library_log.both(2, "indicator", "HY000001")
    assert (old.unit, new.unit) == ("亩", "公顷")
    assert updated.library_log.both(2, "indicator", "HY000003")[1] is None
    assert updated.library_log.both(2, "indicator", "HY000005")[0] is None
    with pytest.raises(KeyError):
        updated.library_log.both(2, "indicator", "HY000004")


def test_an_indicator_that_is_closed_is_withdrawn_with_its_successor(updated):
    public(updated, 3, indicator=[SECOND[0], CLOSED, *SECOND[2:]])
    (change,) = updated.library_log.changes(3)
    assert (change.kind, change.last_year, change.successor) == (ChangeKind.WITHDRAWN, "2026", "HY000006")
    assert [one.version for one in updated.library_log.updates()] == [3, 2]


def test_an_update_that_changes_nothing_leaves_no_trace(updated):
    public(updated, 3, indicator=SECOND)
    assert [one.version for one in updated.library_log.updates()] == [2]


def test_parameters_and_codes_are_noted_beside_the_library(books):
    code = {"set": "FUNCTION", "code": "2130217", "name": "防沙治沙"}
    public(books, 1, parameter=[{"name": "goal_total", "value": "90"}], code=[code])
    renamed = [{**code, "name": "防沙治沙支出"}]
    public(books, 2, parameter=[{"name": "goal_total", "value": "100"}], code=renamed)
    (update,) = books.library_log.updates()
    assert (update.beside, update.added, update.changed, update.is_news) == (2, 0, 0, False)
    assert [(one.dataset, one.key) for one in books.library_log.changes(2)] == [
        ("parameter", "goal_total"), ("code", "FUNCTION 2130217"),
    ]


def test_a_new_code_table_does_not_fill_the_log(books):
    code = {"set": "FUNCTION", "code": "1", "name": "一"}
    public(books, 1, code=[code])
    public(books, 2, code=[code, *({"set": "NEW", "code": str(n), "name": str(n)} for n in range(MOST_BESIDE + 9))])
    assert books.library_log.updates()[0].beside == MOST_BESIDE


def test_the_newest_updates_are_kept(updated):
    for version in range(3, KEPT + 6):
        row = indicator_record(9, f"第 {version} 次", version=f"2026.{version}")
        public(updated, version, indicator=[*SECOND, row])
    versions = [one.version for one in updated.library_log.updates()]
    assert versions == list(range(KEPT + 5, 5, -1))
    assert updated.library_log.changes(2) == []
    assert updated.library_log.edition() == f"2026.{KEPT + 5}"


def test_earlier_editions_and_lost_records_stay_known(updated):
    before = updated.library_log.indicators_before([("HY000001", "2026.1"), ("HY000001", "2026.2"), ("X", "1")])
    assert {key: one.unit for key, one in before.items()} == {("HY000001", "2026.1"): "亩"}
    assert [one.name for one in updated.library_log.last_of(["HY000003", "HY000001"]).values()] == [
        "草方格沙障设置面积"
    ]


def test_what_is_read_is_no_news(updated):
    updated.library_log.mark_read(2, AT)
    assert updated.library_log.updates()[0].read_at == AT
    public(updated, 3, indicator=FIRST)
    assert [one.is_news for one in updated.library_log.updates()] == [True, False]


def test_a_refused_update_leaves_neither_records_nor_log(workspace):
    with workspace.books() as books:
        public(books, 1, indicator=FIRST)
        books.commit()
    wrong = indicator_record(7, "新级别", level1="FUTURE")
    with workspace.books() as books:
        with pytest.raises(Fault) as caught:
            public(books, 2, parameter=[{"name": "goal_total", "value": "80"}], indicator=[*SECOND, wrong])
        assert caught.value.code == "MIRROR_INVALID"
    with workspace.books() as books:
        assert books.library_log.updates() == []
        assert sorted(one.name for one in books.mirrors.library()) == sorted(one["name"] for one in FIRST)


# What takes the place of what is closed or gone


def closed(number, successor, **more):
    return indicator_record(number, f"指标 {number}", effective_to="2026", successor=f"HY{successor:06d}", **more)


def heirs(books, *numbers, year=2027):
    codes = [f"HY{number:06d}" for number in numbers]
    found = heirs_of(books, codes, books.mirrors.indicators(codes), year)
    return {code: one.code for code, one in found.items()}


def test_a_chain_of_successors_leads_to_the_first_that_is_open(books):
    public(books, 1, indicator=[closed(1, 2), closed(2, 3), indicator_record(3, "三"), indicator_record(4, "四")])
    assert heirs(books, 1, 2, 3, 4) == {"HY000001": "HY000003", "HY000002": "HY000003"}
    assert heirs(books, 1, 2, year=2026) == {}


def test_a_lost_link_of_the_chain_is_known_from_the_log(books):
    kept = [closed(1, 2), indicator_record(3, "三")]
    public(books, 1, indicator=[*kept, closed(2, 3)])
    public(books, 2, indicator=kept)
    assert heirs(books, 1, 2) == {"HY000001": "HY000003", "HY000002": "HY000003"}


def test_a_ring_or_an_end_leads_nowhere(books):
    public(books, 1, indicator=[closed(1, 2), closed(2, 1), closed(5, 9), closed(6, 6)])
    assert heirs(books, 1, 2, 5, 6, 77) == {}
