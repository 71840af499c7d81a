"""Secrets survive a restart, and nobody without the password or the account reads them."""

import json

import keyring
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keyring.backend import KeyringBackend
from keyring.backends.chainer import ChainerBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

from sync.faults import ExchangeFault, SecretStoreFailed, WrongPassword
from sync.secrets import KeyringStore, PasswordFileStore
from tests.sync.damage import damaged_at, each_byte_changed

CHEAP = 1 << 10
SECRET = bytes(range(32))


class Remembering(KeyringBackend):
    """A backend that keeps its passwords as long as the test lives."""

    priority = 5

    def __init__(self):
        super().__init__()
        self.kept = {}

    def get_password(self, service, username):
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self.kept[service, username] = password

    def delete_password(self, service, username):
        if (service, username) not in self.kept:
            raise PasswordDeleteError("not found")
        del self.kept[service, username]


class Locked(Remembering):
    """A backend whose user does not unlock it."""

    def get_password(self, service, username):
        raise KeyringLocked("dismissed")

    set_password = delete_password = lambda self, *_: self.get_password("", "")


class Forgetful(Remembering):
    """A backend that accepts everything and keeps nothing."""

    def set_password(self, service, username, password):
        return None


class PlainText(Remembering):
    """A backend of last resort, as ``keyrings.alt`` has."""

    priority = 0.5


@pytest.fixture
def system_store(monkeypatch):
    def choose(backend):
        before = keyring.get_keyring()
        monkeypatch.setattr(keyring.core, "_keyring_backend", before)
        keyring.set_keyring(backend)
        return backend

    return choose


def test_the_system_store_gives_back_what_was_put(system_store):
    backend = system_store(Remembering())
    store = KeyringStore("BudgetDesk-test")
    assert store.available()
    assert store.get("one") is None
    store.put("one", SECRET)
    store.put("one", SECRET[::-1])
    assert KeyringStore("BudgetDesk-test").get("one") == SECRET[::-1]
    assert KeyringStore("Other").get("one") is None
    assert list(backend.kept) == [("BudgetDesk-test", "one")]
    store.forget("one")
    store.forget("one")
    assert store.get("one") is None


@pytest.mark.parametrize("backend", [Locked, PlainText])
def test_a_store_that_is_locked_or_unprotected_is_not_available(system_store, backend):
    system_store(backend())
    assert not KeyringStore().available()


@pytest.mark.parametrize("name", ["fail", "null"])
def test_a_backend_that_keeps_nothing_is_not_available(system_store, name):
    module = __import__(f"keyring.backends.{name}", fromlist=["Keyring"])
    system_store(module.Keyring())
    assert not KeyringStore().available()


def test_a_chain_is_as_good_as_its_first_backend(system_store, monkeypatch):
    for listed, expected in [([Remembering()], True), ([PlainText(), Remembering()], False), ([], False)]:
        monkeypatch.setattr(ChainerBackend, "backends", listed)
        system_store(ChainerBackend())
        assert KeyringStore().available() is expected


def test_a_refusing_store_is_a_fault_without_details(system_store):
    system_store(Locked())
    store = KeyringStore()
    for call in (lambda: store.get("one"), lambda: store.put("one", SECRET), lambda: store.forget("one")):
        with pytest.raises(SecretStoreFailed) as caught:
            call()
        assert caught.value.facts == {"reason": "KeyringLocked"}


def test_a_store_that_forgets_is_noticed_at_once(system_store):
    system_store(Forgetful())
    with pytest.raises(SecretStoreFailed):
        KeyringStore().put("one", SECRET)


def test_foreign_text_in_the_store_is_a_fault(system_store):
    backend = system_store(Remembering())
    backend.kept["BudgetDesk", "one"] = "not base64!"
    with pytest.raises(SecretStoreFailed):
        KeyringStore().get("one")


def test_secrets_in_a_file_survive_a_restart(tmp_path):
    path = tmp_path / "secrets.bin"
    store = PasswordFileStore(path, "口令 passw0rd", cost=CHEAP)
    assert not path.exists()
    assert store.get("one") is None
    store.put("one", SECRET)
    store.put("two", b"")
    store.put("one", SECRET[::-1])
    again = PasswordFileStore(path, "口令 passw0rd")
    assert again.get("one") == SECRET[::-1]
    assert again.get("two") == b""
    again.forget("one")
    again.forget("none")
    assert PasswordFileStore(path, "口令 passw0rd").get("one") is None


def test_a_password_typed_in_full_width_is_the_same(tmp_path):
    PasswordFileStore(tmp_path / "s", "pass123", cost=CHEAP).put("one", SECRET)
    assert PasswordFileStore(tmp_path / "s", "pass１２３").get("one") == SECRET


def test_a_wrong_password_is_told_and_changes_nothing(tmp_path):
    PasswordFileStore(tmp_path / "s", "right", cost=CHEAP).put("one", SECRET)
    before = (tmp_path / "s").read_bytes()
    with pytest.raises(WrongPassword) as caught:
        PasswordFileStore(tmp_path / "s", "wrong")
    assert caught.value.code == "PASSWORD_WRONG"
    assert (tmp_path / "s").read_bytes() == before


def test_the_file_shows_neither_names_nor_secrets(tmp_path):
    PasswordFileStore(tmp_path / "s", "right", cost=CHEAP).put("unit-219001", b"plain to see")
    data = (tmp_path / "s").read_bytes()
    assert b"219001" not in data
    assert b"plain" not in data
    assert set(json.loads(data)) == {"head", "sealed"}


def test_two_writes_never_use_the_same_nonce(tmp_path):
    store, nonces = PasswordFileStore(tmp_path / "s", "right", cost=CHEAP), set()
    for _ in range(5):
        store.put("one", SECRET)
        nonces.add(json.loads((tmp_path / "s").read_bytes())["head"]["nonce"])
    assert len(nonces) == 5


@pytest.fixture(scope="module")
def kept_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("secrets") / "s"
    PasswordFileStore(path, "right", cost=CHEAP).put("one", SECRET)
    return path


def test_a_damaged_byte_of_the_file_is_refused_wherever_it_lies(kept_file):
    damaged = kept_file.with_name("damaged")
    for changed in each_byte_changed(kept_file.read_bytes()):
        damaged.write_bytes(changed)
        with pytest.raises(ExchangeFault):
            PasswordFileStore(damaged, "right")


@settings(max_examples=40)
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7), cut=st.booleans())
def test_a_damaged_file_is_refused(kept_file, place, bit, cut):
    damaged = kept_file.with_name("damaged")
    damaged.write_bytes(damaged_at(kept_file.read_bytes(), place, bit, cut))
    with pytest.raises(ExchangeFault):
        PasswordFileStore(damaged, "right")


@pytest.mark.parametrize("cost", [0, 1000, 1 << 9, 1 << 21, 1 << 40])
def test_a_file_that_asks_for_an_absurd_cost_is_refused(kept_file, cost):
    fields = json.loads(kept_file.read_bytes())
    fields["head"]["stretching"]["cost"] = cost
    damaged = kept_file.with_name("absurd")
    damaged.write_bytes(json.dumps(fields, sort_keys=True, separators=(",", ":")).encode())
    with pytest.raises(ExchangeFault) as caught:
        PasswordFileStore(damaged, "right")
    assert caught.value.code == "CONTENT_INVALID"
