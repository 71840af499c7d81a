"""A private key leaves its file for the right PIN on the right computer, and for nothing else."""

import json
import os
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync import keys
from sync.crypto import verify
from sync.faults import (
    ContentInvalid,
    DamagedFile,
    DiskFailed,
    ExchangeFault,
    KeyExists,
    KeyNotAtHand,
    PinLocked,
    PinTooShort,
    SecretStoreFailed,
    WrongPin,
)
from sync.keys import MAX_FAILURES, KeyFile
from sync.passwords import Stretching
from tests.sync.damage import damaged_at, each_byte_changed

CHEAP = 1 << 10
PIN = "246810"


class Memory:
    """Secrets of one computer."""

    def __init__(self):
        self.kept = {}

    def get(self, name):
        return self.kept.get(name)

    def put(self, name, secret):
        self.kept[name] = secret

    def forget(self, name):
        self.kept.pop(name, None)


@pytest.fixture
def store():
    return Memory()


@pytest.fixture
def path(tmp_path, store):
    KeyFile.create(tmp_path / "o-1.key", PIN, "张三", store, cost=CHEAP)
    return tmp_path / "o-1.key"


def fail(path, store, times):
    for _ in range(times):
        with pytest.raises((WrongPin, PinLocked)):
            KeyFile.open(path, store).unlock("wrong-pin")


def test_a_key_file_gives_the_same_key_for_the_pin(tmp_path, store):
    made = KeyFile.create(tmp_path / "k", PIN, "张三", store, cost=CHEAP)
    file = KeyFile.open(tmp_path / "k", store)
    assert (file.owner, file.key_id, file.public, file.has_pin) == ("张三", made.key_id, made.public, True)
    assert (file.failures, file.locked) == (0, False)
    assert verify(made.public, b"message", file.unlock(PIN).sign(b"message"))


def test_a_pin_typed_in_full_width_is_the_same(path, store):
    assert KeyFile.open(path, store).unlock("２４６８１０").key_id


def test_a_key_of_the_installation_needs_no_pin(tmp_path, store):
    made = KeyFile.create(tmp_path / "k", None, "219001/w1", store)
    file = KeyFile.open(tmp_path / "k", store)
    assert not file.has_pin
    assert file.unlock().public == made.public


def test_a_pin_for_a_key_without_one_and_none_for_a_key_with_one_are_our_mistakes(tmp_path, path, store):
    KeyFile.create(tmp_path / "machine", None, "219001/w1", store)
    with pytest.raises(ValueError, match="PIN"):
        KeyFile.open(tmp_path / "machine", store).unlock(PIN)
    with pytest.raises(ValueError, match="PIN"):
        KeyFile.open(path, store).unlock()
    assert KeyFile.open(path, store).failures == 0


def test_the_file_holds_no_private_number_and_no_pin(tmp_path, store):
    key = KeyFile.create(tmp_path / "k", PIN, "张三", store, cost=CHEAP)
    data = (tmp_path / "k").read_bytes()
    assert key.private_bytes() not in data
    assert key.private_bytes().hex().encode() not in data
    assert PIN.encode() not in data


@pytest.mark.parametrize("pin", ["", "12345", "㍿"])
def test_a_short_pin_is_refused_and_nothing_is_made(tmp_path, store, pin):
    with pytest.raises(PinTooShort) as caught:
        KeyFile.create(tmp_path / "k", pin, "张三", store, cost=CHEAP)
    assert caught.value.facts == {"least": "6"}
    assert list(tmp_path.iterdir()) == []
    assert store.kept == {}


def test_an_existing_key_is_never_overwritten(path, store):
    before, secrets = path.read_bytes(), dict(store.kept)
    with pytest.raises(KeyExists):
        KeyFile.create(path, PIN, "李四", store, cost=CHEAP)
    assert path.read_bytes() == before
    assert store.kept == secrets


def test_a_key_that_appears_meanwhile_is_not_overwritten_and_leaves_no_secret(tmp_path, store, monkeypatch):
    target = tmp_path / "k"
    real = store.put

    def put(name, secret):
        real(name, secret)
        target.write_bytes(b"another program's")

    monkeypatch.setattr(store, "put", put)
    with pytest.raises(KeyExists):
        KeyFile.create(target, PIN, "张三", store, cost=CHEAP)
    assert target.read_bytes() == b"another program's"
    assert store.kept == {}


def test_a_failed_write_leaves_no_secret(tmp_path, store):
    with pytest.raises(DiskFailed):
        KeyFile.create(tmp_path / "none" / "k", PIN, "张三", store, cost=CHEAP)
    assert store.kept == {}


def test_a_refusing_store_leaves_no_file(tmp_path, store, monkeypatch):
    def put(name, secret):
        raise SecretStoreFailed(reason="locked")

    monkeypatch.setattr(store, "put", put)
    with pytest.raises(SecretStoreFailed):
        KeyFile.create(tmp_path / "k", PIN, "张三", store, cost=CHEAP)
    assert list(tmp_path.iterdir()) == []


# --- failures ----------------------------------------------------------------------------------------------------


def test_a_wrong_pin_says_how_many_tries_are_left(path, store):
    lefts = []
    for _ in range(MAX_FAILURES - 1):
        with pytest.raises(WrongPin) as caught:
            KeyFile.open(path, store).unlock("000000")
        lefts.append(caught.value.facts["left"])
    assert lefts == ["4", "3", "2", "1"]


def test_the_fifth_failure_locks_even_for_the_right_pin(path, store):
    fail(path, store, MAX_FAILURES)
    file = KeyFile.open(path, store)
    assert file.locked
    with pytest.raises(PinLocked) as caught:
        file.unlock(PIN)
    assert caught.value.facts == {"key": file.key_id}


def test_a_locked_key_does_not_even_look_at_the_pin(path, store, monkeypatch):
    fail(path, store, MAX_FAILURES)
    monkeypatch.setattr(Stretching, "stretch", lambda self, password: pytest.fail("looked at the PIN"))
    with pytest.raises(PinLocked):
        KeyFile.open(path, store).unlock(PIN)


def test_the_right_pin_clears_the_count(path, store):
    fail(path, store, MAX_FAILURES - 1)
    file = KeyFile.open(path, store)
    assert file.failures == MAX_FAILURES - 1
    file.unlock(PIN)
    assert file.failures == 0
    assert KeyFile.open(path, store).failures == 0


def test_a_failure_is_on_disk_before_the_pin_is_tried(path, store, monkeypatch):
    def pulled_plug(self, password):
        raise KeyboardInterrupt

    monkeypatch.setattr(Stretching, "stretch", pulled_plug)
    for _ in range(MAX_FAILURES):
        with pytest.raises(KeyboardInterrupt):
            KeyFile.open(path, store).unlock(PIN)
    assert KeyFile.open(path, store).locked


def test_a_failure_that_cannot_be_written_stops_the_try(path, store, monkeypatch):
    monkeypatch.setattr(Stretching, "stretch", lambda self, password: pytest.fail("tried the PIN"))
    monkeypatch.setattr(keys, "write_file", lambda *_, **__: (_ for _ in ()).throw(DiskFailed(path="k", reason="full")))
    with pytest.raises(DiskFailed):
        KeyFile.open(path, store).unlock(PIN)


def test_two_open_windows_share_one_count(path, store):
    first, second = KeyFile.open(path, store), KeyFile.open(path, store)
    for file in (first, second, first, second):
        with pytest.raises(WrongPin):
            file.unlock("000000")
    with pytest.raises(PinLocked):
        first.unlock("000000")
    with pytest.raises(PinLocked):
        second.unlock(PIN)


def test_tries_at_the_same_moment_are_all_counted(path, store):
    caught = []

    def attempt():
        try:
            KeyFile.open(path, store).unlock("000000")
        except ExchangeFault as fault:
            caught.append(fault.code)

    threads = [threading.Thread(target=attempt) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(caught) == ["PIN_LOCKED"] * 4 + ["PIN_WRONG"] * 4


def test_an_edited_count_is_refused(path, store):
    fail(path, store, MAX_FAILURES)
    fields = json.loads(path.read_text(encoding="utf-8"))
    fields["failures"] = 0
    path.write_bytes(json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode())
    with pytest.raises(DamagedFile):
        KeyFile.open(path, store).unlock(PIN)


# --- theft and damage --------------------------------------------------------------------------------------------


def test_a_stolen_file_is_worthless_on_another_computer(path):
    with pytest.raises(KeyNotAtHand):
        KeyFile.open(path, Memory()).unlock(PIN)


def test_another_wrapping_secret_opens_nothing(path, store):
    for name in store.kept:
        store.kept[name] = os.urandom(32)
    with pytest.raises(DamagedFile):
        KeyFile.open(path, store).unlock(PIN)


def test_a_missing_file_is_a_key_not_at_hand(tmp_path, store):
    with pytest.raises(KeyNotAtHand):
        KeyFile.open(tmp_path / "none", store)


def test_an_edited_owner_is_refused(path, store):
    path.write_bytes(path.read_bytes().replace("张三".encode(), "李四".encode()))
    file = KeyFile.open(path, store)
    with pytest.raises(DamagedFile):
        file.unlock(PIN)


def test_a_field_that_lost_its_name_is_damage_and_no_key_without_a_pin(path, store):
    path.write_bytes(path.read_bytes().replace(b'"stretching"', b'"stretchinf"'))
    with pytest.raises(ContentInvalid):
        KeyFile.open(path, store)


@pytest.fixture(scope="module")
def kept_key(tmp_path_factory):
    store, path = Memory(), tmp_path_factory.mktemp("keys") / "k"
    KeyFile.create(path, PIN, "张三", store, cost=CHEAP)
    return path, store


def test_a_damaged_byte_of_a_key_file_is_refused_wherever_it_lies(kept_key):
    path, store = kept_key
    damaged = path.with_name("damaged")
    for changed in each_byte_changed(path.read_bytes()):
        damaged.write_bytes(changed)
        with pytest.raises(ExchangeFault):
            KeyFile.open(damaged, store).unlock(PIN)


@settings(max_examples=60)
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7), cut=st.booleans())
def test_a_damaged_key_file_is_refused(kept_key, place, bit, cut):
    path, store = kept_key
    damaged = path.with_name("damaged")
    damaged.write_bytes(damaged_at(path.read_bytes(), place, bit, cut))
    with pytest.raises(ExchangeFault):
        KeyFile.open(damaged, store).unlock(PIN)
