"""What an officer of the bureau does: registers, pays, refunds, activates."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from sync import canonical
from sync.activation import Activation, read_activation, write_activation
from sync.catalogue import first_trust
from sync.central.bureau import NotPossible
from sync.central.opening import first_root, open_platform, sign_root
from sync.central.settings import PlatformSettings
from sync.central.vault import open_keys
from sync.crypto import SoftKey
from sync.envelope import Envelope
from sync.faults import ExchangeFault, WrongPassword
from sync.transport.direct import DirectTransport
from tests.sync.counter import Counter
from tests.sync.papers import PROFILE, QUOTA, UNIT, voucher
from tests.sync.rehearsal import CHEAP, SETTINGS, Rehearsal

KEY = "219001-2026-000001"


def results(counter: Counter) -> list[dict[str, str]]:
    counter.office.exchange(DirectTransport(counter.rehearsal.service))
    return counter.office.desk.mirrors[f"unit:{UNIT}"]["payment_result"]


def test_payment_reaches_the_unit_with_the_platforms_number(counter: Counter):
    counter.one(voucher(1))
    counter.rehearsal.bureau.pay(UNIT, KEY, "BK20261121000001", "2026-11-21")
    assert results(counter) == [
        {
            "result_no": "ZFJG2026000001",
            "kind": "PAID",
            "voucher_key": KEY,
            "central_no": "ZF2026000001",
            "bank_serial": "BK20261121000001",
            "date": "2026-11-21",
            "amount": "1200.00",
            "reason": "",
        }
    ]
    assert counter.left() == Decimal("98800.00")


def test_refunds_give_the_quota_back_up_to_what_was_paid(counter: Counter):
    counter.one(voucher(1))
    bureau = counter.rehearsal.bureau
    bureau.pay(UNIT, KEY, "B1", "2026-11-21")
    bureau.refund(UNIT, KEY, Decimal("200.00"), "B2", "2026-11-22", "收款账号与户名不符")
    assert counter.left() == Decimal("99000.00")
    with pytest.raises(NotPossible):
        bureau.refund(UNIT, KEY, Decimal("1000.01"), "B3", "2026-11-23", "")
    bureau.refund(UNIT, KEY, Decimal("1000.00"), "B4", "2026-11-23", "")
    assert counter.left() == Decimal("100000.00")
    assert [one["kind"] for one in results(counter)] == ["PAID", "REFUND", "REFUND"]
    assert counter.one(voucher(2, "100000.00")).verdict == "accepted"


@pytest.mark.parametrize("amount", ["0.00", "-1.00"])
def test_refund_of_nothing_is_not_possible(counter: Counter, amount: str):
    counter.one(voucher(1))
    counter.rehearsal.bureau.pay(UNIT, KEY, "B1", "2026-11-21")
    with pytest.raises(NotPossible):
        counter.rehearsal.bureau.refund(UNIT, KEY, Decimal(amount), "B2", "2026-11-22", "")


def test_only_an_accepted_voucher_is_paid_and_only_once(counter: Counter):
    bureau = counter.rehearsal.bureau
    counter.one(voucher(1, "200000.00"))
    with pytest.raises(NotPossible):
        bureau.pay(UNIT, KEY, "B1", "2026-11-21")
    counter.one(voucher(2))
    bureau.pay(UNIT, "219001-2026-000002", "B1", "2026-11-21")
    with pytest.raises(NotPossible):
        bureau.pay(UNIT, "219001-2026-000002", "B2", "2026-11-22")
    with pytest.raises(NotPossible):
        bureau.refund(UNIT, KEY, Decimal("1.00"), "B3", "2026-11-22", "")


def test_what_was_decided_can_be_listed(counter: Counter):
    counter.send(voucher(1), voucher(2, "200000.00"))
    found = [(row["key"], row["verdict"], row["code"]) for row in counter.rehearsal.bureau.decided(UNIT)]
    assert found == [(KEY, "accepted", None), ("219001-2026-000002", "rejected", "R-01")]
    assert counter.rehearsal.bureau.available(UNIT, QUOTA, Decimal("100000.00")) == Decimal("98800.00")


def test_unit_that_is_not_registered_gets_nothing(rehearsal: Rehearsal):
    bureau = rehearsal.bureau
    calls: list[Callable[[], object]] = [
        lambda: bureau.register_writer("219002", "W1", SoftKey.generate().public),
        lambda: bureau.register_officer("219002", {"id": "219002-01"}),
        lambda: bureau.publish_unit("219002", {}),
        lambda: bureau.activation("219002", "W1"),
    ]
    for call in calls:
        with pytest.raises(NotPossible):
            call()


def test_writer_keeps_its_key_and_a_new_key_is_a_new_writer(rehearsal: Rehearsal):
    key = SoftKey.generate().public
    assert rehearsal.bureau.register_writer(UNIT, "W1", key) == "219001/W1"
    assert rehearsal.bureau.register_writer(UNIT, "W1", key) == "219001/W1"
    with pytest.raises(NotPossible):
        rehearsal.bureau.register_writer(UNIT, "W1", SoftKey.generate().public)
    assert rehearsal.bureau.register_writer(UNIT, "W2", SoftKey.generate().public) == "219001/W2"


def test_profile_of_a_unit_can_be_renewed(rehearsal: Rehearsal):
    rehearsal.bureau.register_unit({**PROFILE, "name": "甲旗林草局"})
    assert read_activation(rehearsal.bureau.activation(UNIT, "W1")).unit_name == "甲旗林草局"


# Activation


def test_activation_names_unit_platform_and_root(rehearsal: Rehearsal):
    read = read_activation(rehearsal.bureau.activation(UNIT, "W1"))
    assert (read.unit_code, read.unit_name, read.writer_id) == (UNIT, "甲旗林业和草原局", "W1")
    assert read.platform == "rehearsal-150821"
    assert read.encryption_key == rehearsal.platform.keys.encryption.public.hex
    assert read.root_envelope == rehearsal.service.root(1)
    assert first_trust(read.root_envelope).root_version == 1


def test_activation_with_a_changed_byte_is_refused(rehearsal: Rehearsal):
    data = rehearsal.bureau.activation(UNIT, "W1")
    for at in range(0, len(data), 53):
        changed = bytearray(data)
        changed[at] ^= 0x01
        with pytest.raises(ExchangeFault):
            read_activation(bytes(changed))


def test_activation_with_a_strangers_root_key_is_refused(rehearsal: Rehearsal):
    read = read_activation(rehearsal.bureau.activation(UNIT, "W1"))
    with pytest.raises(ExchangeFault) as caught:
        read_activation(write_activation(read, SoftKey.generate()))
    assert caught.value.code == "SIGNATURE_INVALID"


def test_activation_that_names_another_platform_than_its_root_is_refused(rehearsal: Rehearsal):
    envelope = Envelope.from_bytes(rehearsal.bureau.activation(UNIT, "W1"))
    fields = canonical.decode(envelope.payload)
    assert isinstance(fields, dict)
    changed = Activation(**{**fields, "platform": "another"})
    with pytest.raises(ExchangeFault) as caught:
        read_activation(write_activation(changed, rehearsal.platform.keys.root))
    assert caught.value.code == "ROOT_OTHER_PLATFORM"


@pytest.mark.parametrize("root", ["x", "e30="])
def test_activation_without_a_root_is_refused(rehearsal: Rehearsal, root: str):
    envelope = Envelope.from_bytes(rehearsal.bureau.activation(UNIT, "W1"))
    fields = canonical.decode(envelope.payload)
    assert isinstance(fields, dict)
    with pytest.raises(ExchangeFault):
        read_activation(write_activation(Activation(**{**fields, "root": root}), rehearsal.platform.keys.root))


def test_head_in_the_place_of_an_activation_is_refused(rehearsal: Rehearsal):
    with pytest.raises(ExchangeFault) as caught:
        read_activation(rehearsal.service.head())
    assert caught.value.code == "FORMAT_TOO_NEW"


# The data folder


def test_platform_opened_again_is_the_same(counter: Counter, tmp_path: Path):
    counter.one(voucher(1))
    before = counter.rehearsal.platform
    again = open_platform(tmp_path / "platform", wanted=PlatformSettings(audience="other"), cost=CHEAP)
    try:
        assert again.settings == SETTINGS
        assert again.keys == before.keys
        root = first_root(SETTINGS.audience, again.keys)
        assert Envelope.from_bytes(sign_root(root, again.keys.root)).payload == root.to_bytes()
    finally:
        again.store.close()


def test_keys_under_a_password_need_it(tmp_path: Path):
    keys = open_keys(tmp_path, "correct horse", CHEAP)
    assert open_keys(tmp_path, "correct horse", CHEAP) == keys
    assert not (tmp_path / "password").exists()
    with pytest.raises(WrongPassword):
        open_keys(tmp_path, "wrong", CHEAP)
