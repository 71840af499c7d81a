"""The steps make exactly the tables of today, a whole step or nothing, and every released file can still be opened."""

import shutil
from decimal import Decimal

import pytest
from sqlalchemy import create_engine, inspect
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2 as driver

from desktop.domain.document import State
from desktop.domain.fault import Fault
from desktop.domain.head import Kind
from desktop.storage import migrations
from desktop.storage import workspace as module
from desktop.storage.mirror_tables import MIRRORS
from desktop.storage.rebuild import compare_rebuild
from desktop.storage.tables import metadata
from desktop.storage.workspace import open_workspace, recover
from sync.crypto import sm3
from tests.storage.make_released import ORIGINAL, RECOVERY_CODES, RELEASED
from tests.storage.samples import AT, Memory, save, voucher

LATER = ["CREATE TABLE later (a INTEGER) STRICT", "INSERT INTO later VALUES (1)"]


def plain():
    return driver.connect(":memory:", isolation_level=None)


def engine_of(db):
    return create_engine("sqlite://", module=driver, creator=lambda: db, poolclass=StaticPool)


def schema_of(db):
    """Everything that a table is, in one comparable value."""
    seen = inspect(engine_of(db))
    found = {}
    for name in seen.get_table_names():
        columns = [(c["name"], str(c["type"]), c["nullable"], c["default"]) for c in seen.get_columns(name)]
        sql = db.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0]
        found[name] = {
            "columns": columns,
            "key": seen.get_pk_constraint(name)["constrained_columns"],
            "references": sorted(str(one) for one in seen.get_foreign_keys(name)),
            "indexes": sorted(
                " ".join(sql.split())
                for (sql,) in db.execute("SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ?", (name,))
                if sql
            ),
            "unique": sorted(str(one) for one in seen.get_unique_constraints(name)),
            "checks": sorted((c["name"], " ".join(c["sqltext"].split())) for c in seen.get_check_constraints(name)),
            "strict": "STRICT" in sql,
            "rowid": "WITHOUT ROWID" not in sql,
        }
    return found


def test_the_steps_make_the_tables_of_today():
    by_steps, by_classes = plain(), plain()
    migrations.upgrade(by_steps, migrations.steps(), lambda version: None)
    assert MIRRORS
    metadata.create_all(engine_of(by_classes))
    assert schema_of(by_steps) == schema_of(by_classes)


def test_codes_and_pairs_of_an_older_file_stay_as_entries_of_every_year():
    db = plain()
    migrations.upgrade(db, migrations.steps()[:3], lambda version: None)
    db.execute("INSERT INTO mirror_code VALUES ('FUNCTION', '213', 4, x'7b7d')")
    db.execute("INSERT INTO mirror_economic_pair VALUES ('30201', 'ADMIN', 4, x'7b7d')")
    migrations.upgrade(db, migrations.steps(), lambda version: None)
    assert db.execute("SELECT * FROM mirror_code").fetchall() == [("FUNCTION", "213", "", 4, b"{}")]
    assert db.execute("SELECT * FROM mirror_economic_pair").fetchall() == [("30201", "ADMIN", "", 4, b"{}")]


def test_every_table_is_strict_so_that_no_float_enters():
    db = plain()
    migrations.upgrade(db, migrations.steps(), lambda version: None)
    assert all(table["strict"] for table in schema_of(db).values())


def test_a_new_file_needs_no_backup_and_an_old_one_does():
    db, backed_up = plain(), []
    migrations.upgrade(db, migrations.steps(), backed_up.append)
    assert backed_up == []
    migrations.upgrade(db, [*migrations.steps(), LATER], backed_up.append)
    assert backed_up == [len(migrations.steps())]
    assert migrations.version_of(db) == len(migrations.steps()) + 1
    migrations.upgrade(db, [*migrations.steps(), LATER], backed_up.append)
    assert len(backed_up) == 1


def test_a_step_that_fails_leaves_nothing_of_itself():
    db = plain()
    migrations.upgrade(db, migrations.steps(), lambda version: None)
    with pytest.raises(driver.OperationalError):
        migrations.upgrade(db, [*migrations.steps(), [*LATER, "nonsense"]], lambda version: None)
    assert migrations.version_of(db) == len(migrations.steps())
    assert db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'later'").fetchone() == (0,)


def test_a_backup_that_fails_stops_the_upgrade():
    db = plain()
    migrations.upgrade(db, migrations.steps(), lambda version: None)

    def fail(version):
        raise OSError("no space")

    with pytest.raises(OSError, match="no space"):
        migrations.upgrade(db, [*migrations.steps(), LATER], fail)
    assert migrations.version_of(db) == len(migrations.steps())


def test_a_newer_file_is_left_alone():
    db = plain()
    migrations.upgrade(db, [*migrations.steps(), LATER], lambda version: None)
    with pytest.raises(Fault) as caught:
        migrations.upgrade(db, migrations.steps(), lambda version: None)
    assert caught.value.code == "WORKSPACE_TOO_NEW"


def test_opening_an_older_workspace_upgrades_it_after_one_backup(workspace, secrets, monkeypatch, clock):
    with workspace.books() as books:
        save(books, voucher())
        books.commit()
    workspace.close()
    steps = [*migrations.steps(), [*LATER, "nonsense"]]
    monkeypatch.setattr(module, "steps", lambda: steps)
    for _ in range(2):
        with pytest.raises(driver.OperationalError):
            open_workspace(workspace.folder, secrets, clock=clock)
        clock.forward(days=1)
    steps[-1] = LATER
    with open_workspace(workspace.folder, secrets, clock=clock) as again:
        with again.books() as books:
            assert books.documents.get("voucher-1").content == voucher()
        assert [one.why for one in again.backups()] == [f"upgrade-v{len(migrations.steps())}"]


def test_an_older_workspace_is_not_upgraded_by_a_reader(workspace, secrets, monkeypatch):
    workspace.close()
    monkeypatch.setattr(module, "steps", lambda: [*migrations.steps(), LATER])
    with pytest.raises(Fault) as caught:
        open_workspace(workspace.folder, secrets, readonly=True)
    assert caught.value.code == "WORKSPACE_READONLY"
    assert caught.value.facts["reason"] == "UPGRADE"


@pytest.mark.parametrize("version", sorted(RECOVERY_CODES))
def test_a_file_of_every_released_version_opens_and_is_whole(version, tmp_path):
    folder, secrets = tmp_path / "unit", Memory()
    shutil.copytree(RELEASED / f"v{version}", folder)
    for name in ("outbox", "inbox", "backups"):
        (folder / name).mkdir(exist_ok=True)
    recover(folder, RECOVERY_CODES[version], secrets)
    with open_workspace(folder, secrets) as workspace:
        assert not workspace.damaged
        with workspace.books() as books:
            assert books.setting("unit_name") == "甲旗林业和草原局"
            assert {kind: len(books.documents.of_kind(kind)) for kind in Kind} == dict.fromkeys(Kind, 1)
            made = books.documents.of_kind(Kind.VOUCHER)[0]
            assert (made.state, made.content.amount, made.updated_at) == (State.CHECKED, Decimal("4800.00"), AT)
            assert sm3(books.documents.bytes_of(made.head.doc_id)) == made.digest
            assert books.ledger.balance("Q1").reserved == Decimal("4800.00")
            assert books.mirrors.search_indicators("沙化")[0].name == "沙化土地治理面积"
            assert books.originals.read(books.setting("original")) == ORIGINAL
            assert books.exchange.stream().stream == "219001/w1"
            assert books.verify_audit().broken_at is None
            assert compare_rebuild(books) == []
            save(books, voucher(2))
            books.commit()
