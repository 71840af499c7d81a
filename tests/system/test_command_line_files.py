"""Files from elsewhere on the command line: containers and invoices, whole, flipped, cut, forged, and no such files."""

import json
import os
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.commands import homes, inspect
from desktop.commands.homes import KeysAtHand
from desktop.demo.stage import UNIT_FOLDER
from sync.batch import open_sealed, seal
from sync.contents import batch_parts, documents_of
from sync.crypto import SoftKey
from sync.manifest import BATCH, BatchManifest
from sync.sheet import Sheet, SheetLine, sign_sheet
from tests.data.make_ofd import build_invoice_ofd, flipped
from tests.system.asking import Ask, assert_refused

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def hand(made_rehearsal: Path) -> KeysAtHand:
    return homes.keys_at_hand(made_rehearsal)


@pytest.fixture(scope="module")
def unit(made_rehearsal: Path) -> Path:
    return made_rehearsal / UNIT_FOLDER


def containers(unit: Path) -> dict[str, Path]:
    """One real container of each kind."""
    return {
        "batch": sorted((unit / "outbox").glob("*.bsp"))[-1],
        "receipt": sorted((unit / "inbox").glob("receipt-*.bsp"))[-1],
        "catalogue": sorted((unit / "inbox").glob("catalogue-unit-*.bsp"))[-1],
    }


@pytest.mark.parametrize("kind", ["batch", "receipt", "catalogue"])
def test_a_container_is_shown_with_a_key_and_without(ask: Ask, made_rehearsal: Path, unit: Path, kind: str) -> None:
    path = containers(unit)[kind]
    outside, inside = ask("inspect", path), ask("inspect", path, "--home", made_rehearsal)
    assert (outside.code, inside.code) == (0, 0)
    assert "没有看到" in outside.out
    assert "签名有效" in inside.out
    assert json.loads(ask("inspect", path, "--json").out)["opened"] is False
    told = json.loads(ask("inspect", path, "--json", "--home", made_rehearsal).out)
    assert (told["ok"], told["kind"], told["signature"]) == (True, kind, "VALID")


@pytest.mark.parametrize("kind", ["batch", "receipt", "catalogue"])
@pytest.mark.parametrize("known", [True, False], ids=["with a key", "without a key"])
def test_one_flipped_bit_anywhere_is_told(
    ask: Ask, unit: Path, hand: KeysAtHand, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kind: str, known: bool
) -> None:
    monkeypatch.setattr(inspect, "keys_at_hand", lambda _: hand if known else KeysAtHand())
    path, data = tmp_path / "flipped.bsp", containers(unit)[kind].read_bytes()
    drawn = random.Random(219001)
    header = range(14 + int.from_bytes(data[6:14], "big"))
    places = [
        *range(16),
        *drawn.sample(header, 24),
        *drawn.sample(range(len(data)), 40),
        *range(len(data) - 41, len(data)),
    ]
    for number, place in enumerate(places):
        path.write_bytes(flipped(data, place, drawn.randrange(8)))
        answer = ask("inspect", path, *(["--json"] if number % 3 == 0 else []))
        assert_refused(answer)


@pytest.mark.parametrize("kind", ["batch", "receipt", "catalogue"])
def test_a_cut_or_longer_container_is_told(ask: Ask, unit: Path, tmp_path: Path, kind: str) -> None:
    path, data = tmp_path / "cut.bsp", containers(unit)[kind].read_bytes()
    cuts = [0, 1, 4, 5, 6, 13, 14, 100, len(data) // 2, len(data) - 41, len(data) - 33, len(data) - 32, len(data) - 1]
    for part in (*(data[:cut] for cut in cuts), data + b"\0", data + data):
        path.write_bytes(part)
        answer = ask("inspect", path)
        assert_refused(answer)
        assert "cut.bsp" in answer.err


def test_what_is_no_container_is_refused(ask: Ask, tmp_path: Path, unit: Path) -> None:
    pipe = tmp_path / "pipe"
    if hasattr(os, "mkfifo"):
        os.mkfifo(pipe)
    (tmp_path / "text.bsp").write_text("BSP1", encoding="ascii")
    (tmp_path / "zip.bsp").write_bytes(b"PK\x03\x04" + bytes(100))
    (tmp_path / "newer.bsp").write_bytes(b"BSP2\n" + bytes(100))
    names = ("missing.bsp", "text.bsp", "zip.bsp", "newer.bsp", "", "pipe")
    for place in (*(tmp_path / name for name in names), "", "x" * 5000):
        assert_refused(ask("inspect", place))
    assert_refused(ask("inspect", containers(unit)["batch"], "--home", tmp_path / "missing"))
    assert_refused(ask("inspect", containers(unit)["batch"], "--home", tmp_path / "text.bsp"))


def forged_batch(unit: Path, hand: KeysAtHand, path: Path, change: Callable[[BatchManifest], BatchManifest]) -> None:
    """Seal a batch with the unit's own key whose sheet claims another person's name, and whose manifest is changed."""
    opened = open_sealed(containers(unit)["batch"], keys=hand.keys)
    manifest = opened.expect(BatchManifest)
    contents = documents_of(opened, manifest)
    lines = tuple(SheetLine(one.kind, one.key, one.revision, one.digest) for one in manifest.documents)
    stranger = next(one for one in hand.officers if "signer" in one.posts)
    sheet = Sheet("219001", stranger.id, stranger.name, "signer", "signer", manifest.sealed_at, lines)
    envelope = sign_sheet(sheet, SoftKey.generate()).to_bytes()
    path.unlink(missing_ok=True)
    seal(
        path,
        kind="batch",
        payload_type=BATCH,
        manifest=lambda parts: change(replace(manifest, parts=parts)),
        parts=batch_parts(contents, [envelope]),
        signers=[hand.keys[0]],
        recipients=[hand.keys[0].public],
    )


def test_a_sheet_under_a_borrowed_name_is_told(
    ask: Ask, unit: Path, hand: KeysAtHand, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(inspect, "keys_at_hand", lambda _: hand)
    forged_batch(unit, hand, tmp_path / "forged.bsp", lambda manifest: manifest)
    answer = ask("inspect", tmp_path / "forged.bsp")
    assert answer.code == 2
    assert "签名无效" in answer.out
    assert "王志远" not in answer.out


def test_odd_values_inside_a_container_are_shown_without_harm(
    ask: Ask, unit: Path, hand: KeysAtHand, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(inspect, "keys_at_hand", lambda _: hand)

    def odd(manifest: BatchManifest) -> BatchManifest:
        one, *others = manifest.documents
        strange = replace(one, kind="UNHEARD_OF", key="\x1b[2J\u202e219001")
        counts = {"UNHEARD_OF": 1, "VOUCHER": len(others)}
        totals = {"UNHEARD_OF": "999999999999999999.99", "VOUCHER": "-1.00"}
        return replace(manifest, documents=(strange, *others), counts=counts, totals=totals, audience="\x07")

    forged_batch(unit, hand, tmp_path / "odd.bsp", odd)
    for more in ((), ("--json",)):
        answer = ask("inspect", tmp_path / "odd.bsp", *more)
        assert answer.code == 2
        assert not set("\x1b\x07\u202e") & set(answer.said())
        assert "UNHEARD_OF" in answer.out


# --- invoices


def test_one_bad_file_does_not_stop_the_others(ask: Ask, tmp_path: Path) -> None:
    good = build_invoice_ofd(tmp_path / "good.ofd")
    (tmp_path / "bad.ofd").write_bytes(flipped(good.read_bytes(), good.stat().st_size // 2))
    (tmp_path / "empty.xml").touch()
    answer = ask("evoucher", tmp_path / "bad.ofd", good, tmp_path / "empty.xml", tmp_path, tmp_path / "missing")
    assert answer.code == 2
    assert "26157912570200055449" in answer.out
    assert answer.out.count("未读入") == 4
    rows = json.loads(ask("evoucher", "--json", good, tmp_path / "bad.ofd").out)
    assert [(row["ok"], row.get("code")) for row in rows] == [(True, None), (False, "E-DAMAGED")]
    assert ask("evoucher", good).code == 0


def test_an_invoice_with_errors_is_read_and_told(ask: Ask) -> None:
    answer = ask("evoucher", ROOT / "tests" / "data" / "invoices" / "vat-electronic-altered.ofd")
    assert answer.code == 1
    assert "E-02" in answer.out
