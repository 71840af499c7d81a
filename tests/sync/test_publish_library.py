"""The platform publishes the next edition of the library, or says what would harm the units and publishes nothing."""

from decimal import Decimal
from typing import Any

import pytest

from sync.catalogue import PUBLIC
from sync.faults import ExchangeFault
from sync.transport.direct import DirectTransport
from tests.sync.office import Office
from tests.sync.rehearsal import Rehearsal

Record = dict[str, Any]


def indicator(code: str, version: str = "2026.1", **more: Any) -> Record:
    return {"code": code, "version": version, "name": f"指标 {code}", "level1": "OUTPUT", **more}


FIRST = [indicator("I1"), indicator("I2"), indicator("I3", region_uses=7)]


@pytest.fixture
def published(rehearsal: Rehearsal) -> Rehearsal:
    rehearsal.bureau.publish_public({"indicator": FIRST})
    return rehearsal


def refused(rehearsal: Rehearsal, records: list[Record], **how: bool) -> dict[str, str]:
    head = rehearsal.service.head()
    with pytest.raises(ExchangeFault) as caught:
        rehearsal.bureau.publish_library({"indicator": records}, **how)
    assert caught.value.code == "LIBRARY_REFUSED"
    assert rehearsal.service.head() == head
    assert rehearsal.bureau.public("indicator") == FIRST
    return caught.value.facts


def test_an_edition_reaches_the_units(published: Rehearsal, office: Office):
    closed = indicator("I2", "2026.2", effective_to="2026", successor="I4")
    step, ref = published.bureau.publish_library({"indicator": [FIRST[0], closed, FIRST[2], indicator("I4", "2026.2")]})
    assert ref is not None
    assert (step.edition_before, step.edition) == ("2026.1", "2026.2")
    assert (step.added["indicator"], step.changed["indicator"], step.gone["indicator"]) == (['["I4"]'], ['["I2"]'], [])
    office.exchange(DirectTransport(published.service))
    assert [one["code"] for one in office.desk.mirrors[PUBLIC]["indicator"]] == ["I1", "I2", "I3", "I4"]


def test_the_same_again_is_no_new_version(published: Rehearsal):
    head = published.service.head()
    step, ref = published.bureau.publish_library({"indicator": FIRST})
    assert (step.is_empty(), ref) == (True, None)
    assert published.service.head() == head


def test_a_part_leaves_the_rest_as_it_is(published: Rehearsal):
    step, _ = published.bureau.publish_library({"indicator": [indicator("I1", "2026.2", name="改名")]}, whole=False)
    assert step.changed["indicator"] == ['["I1"]']
    assert [one["name"] for one in published.bureau.public("indicator")] == ["改名", "指标 I2", "指标 I3"]


def test_what_the_platform_counts_stays(published: Rehearsal):
    published.bureau.publish_library({"indicator": [*FIRST[:2], indicator("I3", "2026.2", region_uses=0, unit="亩")]})
    assert published.bureau.public("indicator")[2]["region_uses"] == 7


def test_weighing_publishes_nothing(published: Rehearsal):
    head = published.service.head()
    step = published.bureau.weigh_library({"indicator": [*FIRST, indicator("I9", "2026.2")]})
    assert (step.added["indicator"], published.service.head()) == (['["I9"]'], head)


@pytest.mark.parametrize(
    ("records", "reason"),
    [
        ([*FIRST, FIRST[0]], "TWICE"),
        ([*FIRST, {"name": "没有编码", "version": "2026.2"}], "KEY"),
        ([*FIRST, indicator("", "2026.2")], "KEY"),
        ([*FIRST, indicator("I4", "2026.2", weight=0.5)], "PROFILE"),
        ([*FIRST, indicator("I4", "2026.2", weight=Decimal(1))], "PROFILE"),
        ([*FIRST, indicator("I4", "2026.2", name="e\u0301")], "PROFILE"),
        ([*FIRST, indicator("I4", "v2")], "EDITION"),
        ([*FIRST, indicator("I4", "")], "EDITION"),
        ([*FIRST, indicator("I4", "2026.1")], "NOT_NEWER"),
        ([indicator("I1", name="改了"), *FIRST[1:]], "NOT_NEWER"),
        ([indicator("I1", "2025.9"), *FIRST[1:]], "LOWER"),
        (FIRST[:2], "GONE"),
        ([*FIRST, indicator("I4", "2026.2", successor="I99")], "SUCCESSOR"),
        ([*FIRST[:2], indicator("I3", "2026.2", successor="I3")], "RING"),
        (
            [FIRST[0], indicator("I2", "2026.2", successor="I3"), indicator("I3", "2026.2", successor="I2")],
            "RING",
        ),
    ],
)
def test_what_would_harm_the_units_is_refused(published: Rehearsal, records: list[Record], reason: str):
    facts = refused(published, records)
    assert facts["reason"] == reason
    assert facts["dataset"] == "indicator"


def test_the_refusal_names_the_record(published: Rehearsal):
    assert refused(published, FIRST[:1])["count"] == "2"
    assert refused(published, [*FIRST, indicator("I4", "2026.1")])["key"] == "I4"
    facts = refused(published, [indicator("I1", "2025.9"), *FIRST[1:]])
    assert (facts["found"], facts["have"]) == ("2025.9", "2026.1")


def test_records_vanish_only_when_it_is_said(published: Rehearsal):
    step, ref = published.bureau.publish_library({"indicator": FIRST[:2]}, withdraw=True)
    assert (step.gone["indicator"], ref is not None) == (['["I3"]'], True)
    assert len(published.bureau.public("indicator")) == 2


def test_other_datasets_are_no_library(published: Rehearsal):
    with pytest.raises(ExchangeFault) as caught:
        published.bureau.publish_library({"parameter": [{"name": "goal_total", "value": "1"}]})
    assert caught.value.facts["reason"] == "NOT_LIBRARY"
