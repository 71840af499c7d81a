"""No byte of a workspace's folder tells what is inside: no name, account, amount or purpose, in any encoding."""

from decimal import Decimal

from desktop.domain import ledger
from desktop.domain.document import presented
from desktop.storage.backup import make_backup
from desktop.storage.vault import OfficerVault
from tests.storage.samples import AT, PAYEE, UNIT, indicator_record, mark, quota_record, save, voucher

NAMES = [
    "甲旗林业和草原局",
    "甲旗绿源苗木有限责任公司",
    "购固沙苗木款",
    "沙化土地治理面积",
    "甲财预〔2026〕12号",
    "发票原件的内容",
]
NUMBERS = ["6228480868012345671", "103205100014", "26157912570200055449", "83471.52", "8347152", "219001-2026-000001"]
KEY_WORDS = ["CREATE TABLE", "SQLite format 3", "voucher_line", "payee_name"]
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gbk")


def everything(workspace, secrets):
    """Every way in which something is written."""
    vault = OfficerVault(workspace.folder / "keys", secrets, 1 << 10)
    vault.create("zhangli", "246810")
    vault.writer_key()
    with workspace.books() as books:
        books.set_setting("unit_name", NAMES[0])
        books.exchange.begin_stream(f"{UNIT}/w1")
        books.exchange.replace_mirror("public", {"indicator": [indicator_record(1, NAMES[3])]}, 1)
        books.exchange.replace_mirror(f"unit:{UNIT}", {"quota": [quota_record(amount="83471.52")]}, 1)
        books.ledger.post(ledger.arrival("Q1", "INITIAL", Decimal("83471.52"), "1"), at=AT)
        made = save(books, voucher(1, amount="83471.52", evoucher=f"EINV:{NUMBERS[2]}"), signatures=(mark(),))
        books.documents.put(presented(made, "zhangli"), by="zhangli", why=NAMES[2], at=AT)
        books.originals.keep(NAMES[5].encode() * 100)
        books.audit("zhangli", "maker", "X", PAYEE.name, {"account": PAYEE.account}, at=AT)
        books.commit()


def plain_text_in(folder):
    found = []
    needles = [(word, word.encode(encoding)) for word in NAMES + NUMBERS + KEY_WORDS for encoding in ENCODINGS]
    files = [path for path in folder.rglob("*") if path.is_file()]
    for path in files:
        data = path.read_bytes()
        found += [(path.name, word) for word, needle in needles if needle in data]
        found += [(path.name, word) for word in NAMES + NUMBERS if word in path.name]
    return found, {path.name for path in files}


def test_nothing_is_plain_while_the_workspace_is_open_nor_after(workspace, secrets):
    everything(workspace, secrets)
    found, files = plain_text_in(workspace.folder)
    assert found == []
    assert {"books.db", "books.db-wal", "workspace.json", "recovery.json"} <= files
    make_backup(workspace)
    workspace.close()
    found, files = plain_text_in(workspace.folder)
    assert found == []
    assert "manifest.json" in files


def test_the_scan_itself_finds_what_is_plain(workspace):
    (workspace.inbox / "a.txt").write_bytes(PAYEE.name.encode("gbk"))
    (workspace.inbox / "6228480868012345671.bsp").write_bytes(b"")
    found, _ = plain_text_in(workspace.folder)
    assert {word for _, word in found} == {PAYEE.name, PAYEE.account}


def test_no_file_may_be_read_by_others(workspace, secrets):
    everything(workspace, secrets)
    for path in (workspace.folder / "keys").iterdir():
        assert path.stat().st_mode & 0o077 == 0
