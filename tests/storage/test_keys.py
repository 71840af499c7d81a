"""Keys at hand: officers' under a PIN, the installation's own without, and sheets that were signed with them."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from desktop.domain.document import Post
from desktop.storage.vault import OfficerVault
from desktop.usecases.ports import StoredSheet
from sync.crypto import PublicKey, verify
from sync.faults import ExchangeFault
from tests.storage.samples import AT, Memory, mark, save, voucher

CHEAP = 1 << 10
PIN = "246810"


def code_of(call, *arguments):
    with pytest.raises(ExchangeFault) as caught:
        call(*arguments)
    return caught.value.code


@pytest.fixture
def vault(workspace, secrets):
    return OfficerVault(workspace.folder / "keys", secrets, CHEAP)


def test_an_officers_key_signs_what_its_public_half_proves(vault):
    public = vault.create("zhangli", PIN)
    assert vault.has("zhangli")
    assert vault.public_key("zhangli") == public
    key = vault.unlock("zhangli", PIN)
    assert verify(PublicKey.from_hex(public), b"sheet", key.sign(b"sheet"))
    assert key.key_id == PublicKey.from_hex(public).key_id


def test_an_officer_without_a_key_here_is_told_so(vault):
    assert not vault.has("liqiang")
    assert code_of(vault.unlock, "liqiang", PIN) == code_of(vault.public_key, "liqiang") == "KEY_NOT_AT_HAND"


def test_a_key_is_made_once_and_a_wrong_pin_is_counted(vault):
    vault.create("zhangli", PIN)
    assert code_of(vault.create, "zhangli", PIN) == "KEY_EXISTS"
    assert code_of(vault.create, "liqiang", "1") == "PIN_TOO_SHORT"
    for _ in range(4):
        assert code_of(vault.unlock, "zhangli", "000000") == "PIN_WRONG"
    assert code_of(vault.unlock, "zhangli", "000000") == "PIN_LOCKED"
    assert code_of(vault.unlock, "zhangli", PIN) == "PIN_LOCKED"


def test_the_writer_key_is_the_same_at_every_start(vault, workspace):
    assert vault.writer_key().public == workspace.vault().writer_key().public


def test_on_another_computer_the_keys_are_not_at_hand(vault, workspace):
    vault.create("zhangli", PIN)
    vault.writer_key()
    elsewhere = OfficerVault(workspace.folder / "keys", Memory(), CHEAP)
    assert code_of(elsewhere.unlock, "zhangli", PIN) == code_of(elsewhere.writer_key) == "KEY_NOT_AT_HAND"


@pytest.mark.parametrize("officer", ["../../x", "a/b", "C:\\x", "writer", "张丽"])
def test_an_officer_id_is_never_a_path(vault, workspace, officer):
    vault.writer_key()
    vault.create(officer, PIN)
    assert vault.unlock(officer, PIN).public != vault.writer_key().public
    outside = [path for path in workspace.folder.rglob("*.key") if path.parent != workspace.folder / "keys"]
    assert not outside


def test_sheets_are_those_of_the_present_signatures_each_once(books):
    sheets = {name: StoredSheet(name, "checker", "liqiang", name.encode() * 9) for name in ("s1", "s2", "s3")}
    save(books, voucher(1), signatures=(mark(sheet="s1"), mark(Post.SIGNER, "wang", "s2")))
    save(books, voucher(2), signatures=(mark(sheet="s1"),))
    save(books, voucher(3), signatures=(mark(sheet="s3"),))
    for sheet in sheets.values():
        books.sheets.put(sheet, [("voucher-1", 1), ("voucher-2", 1)], at=AT)
    assert books.sheets.of_documents(["voucher-1", "voucher-2"]) == [sheets["s1"], sheets["s2"]]
    save(books, voucher(1, purpose="改"))
    assert books.sheets.of_documents(["voucher-1", "voucher-2"]) == [sheets["s1"]]
    assert books.sheets.of_documents([]) == []


def test_a_signed_sheet_is_never_written_again(books):
    books.sheets.put(StoredSheet("s1", "checker", "liqiang", b"x"), [("voucher-1", 1)], at=AT)
    for statement in (
        "UPDATE sheet SET envelope = x''",
        "DELETE FROM sheet",
        "DELETE FROM sheet_document",
        "UPDATE sheet_document SET revision = 9",
    ):
        with pytest.raises(IntegrityError):
            books.connection.execute(text(statement))
    with pytest.raises(IntegrityError):
        books.sheets.put(StoredSheet("s1", "checker", "liqiang", b"y"), [], at=AT)
