"""Bad input at the desk: a clear answer, and nothing changed. Amounts, invoices, PINs and people."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.demo.material import pins
from desktop.demo.stage import UNIT_FOLDER
from desktop.domain.document import Document, Post, Refused, State
from desktop.domain.evoucher import Evoucher
from desktop.domain.fault import Fault
from desktop.domain.head import Kind
from desktop.domain.money import MoneyError
from desktop.domain.problem import Problem, errors
from desktop.domain.voucher import BusinessType, PaymentVoucher
from desktop.exchange.evouchers import read_evoucher
from desktop.texts import faults, problems
from desktop.usecases.hand_over import HandedOver, check, present, sign
from desktop.usecases.seat import Seat
from desktop.usecases.start_document import new_voucher, with_amount
from desktop.usecases.take_evoucher import attach, take_evoucher
from desktop.usecases.write_document import Saved, create, save
from sync.faults import ExchangeFault
from tests.data.make_ofd import build_invoice_ofd, edited, flipped, pack
from tests.system.standing import Desk, open_desk

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 20)
ISSUED = date(2026, 11, 10)
_NO_TEXT = faults.describe("NO_SUCH_CODE").title


@pytest.fixture
def desk(home: Path) -> Iterator[Desk]:
    with open_desk(home) as opened:
        yield opened


@pytest.fixture(scope="module")
def calm(made_rehearsal: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One desk for everything that is refused: each test proves that it changed nothing."""
    home = Path(shutil.copytree(made_rehearsal, tmp_path_factory.mktemp("calm") / "home"))
    with open_desk(home) as opened:
        yield opened


def vouchers(desk: Desk, state: State) -> list[Document]:
    found = [one for one in desk.standing().documents.values() if one.head.kind is Kind.VOUCHER]
    return sorted((one for one in found if one.state is state), key=lambda one: one.head.key)


def content(document: Document) -> PaymentVoucher:
    assert isinstance(document.content, PaymentVoucher)
    return document.content


def seat(desk: Desk, post: Post) -> Seat:
    return desk.installation.seat(post)


def codes(found: tuple[Problem, ...] | list[Problem]) -> set[str]:
    return {one.code for one in found}


def checked(desk: Desk, doc_ids: list[str]) -> HandedOver:
    """Check documents with the checker's PIN."""
    checker = seat(desk, Post.CHECKER)
    key = desk.workspace.vault().unlock(checker.officer, pins()[checker.officer])
    return check(desk.books(), checker, key, doc_ids)


def written(desk: Desk, amount: Decimal, **changes: object) -> Saved:
    """Write a voucher of a kind that needs no invoice, on the quota of one that is signed."""
    books, own = desk.books(), seat(desk, Post.MAKER)
    model, fresh = content(vouchers(desk, State.SIGNED)[0]), new_voucher(desk.books(), own, TODAY)
    line = replace(model.lines[0], line_id=own.ids.new(), amount=amount, evoucher_key="")
    plain = replace(model, head=fresh.head, date=TODAY, lines=(line,), evouchers=(), **changes)  # type: ignore[arg-type]
    return create(books, own, with_amount(plain, amount))


# --- amounts


@pytest.mark.parametrize("amount", ["0.00", "-5.00"])
def test_a_voucher_over_nothing_stays_with_its_maker(desk: Desk, amount: str) -> None:
    voucher = content(vouchers(desk, State.PRESENTED)[0])
    lines = tuple(replace(line, amount=Decimal(0)) for line in voucher.lines[1:])
    lines = (replace(voucher.lines[0], amount=Decimal(amount)), *lines)
    saved = save(desk.books(), seat(desk, Post.MAKER), with_amount(replace(voucher, lines=lines), Decimal(amount)))
    assert codes(saved.problems) >= {"R-01", "V-05"}
    before = desk.standing()
    assert present(desk.books(), seat(desk, Post.MAKER), [voucher.head.doc_id]).moved == ()
    assert desk.standing() == before


@pytest.mark.parametrize("amount", ["1.005", "0.001", "NaN", "Infinity", "1000000000000.00"])
def test_an_amount_that_is_none_is_not_saved(calm: Desk, amount: str) -> None:
    voucher = content(vouchers(calm, State.DRAFT)[0])
    before = calm.standing()
    with pytest.raises(MoneyError):
        with_amount(voucher, Decimal(amount))
    with pytest.raises(MoneyError):
        save(calm.books(), seat(calm, Post.MAKER), replace(voucher, amount=Decimal(amount)))
    assert calm.standing() == before


def test_a_line_with_three_decimals_is_not_saved(calm: Desk) -> None:
    voucher = content(vouchers(calm, State.PRESENTED)[0])
    before = calm.standing()
    with pytest.raises(ValueError, match=r"1\.005"):
        save(
            calm.books(),
            seat(calm, Post.MAKER),
            replace(voucher, lines=(replace(voucher.lines[0], amount=Decimal("1.005")),)),
        )
    assert calm.standing() == before


def test_two_vouchers_that_compete_for_a_quota_do_not_overdraw_it(desk: Desk) -> None:
    quota = content(vouchers(desk, State.SIGNED)[0]).quota.quota_id
    available = desk.standing().balances[quota].available
    each = (available * Decimal("0.6")).quantize(Decimal("0.01"))
    pair = [
        written(desk, each, purpose=purpose, business_type=BusinessType.DEPOSIT).document.head.doc_id
        for purpose in ("第一笔工程质量保证金", "第二笔履约保证金")
    ]
    assert len(present(desk.books(), seat(desk, Post.MAKER), pair).moved) == 2

    handed = checked(desk, pair)

    assert [one.head.doc_id for one in handed.moved] == pair[:1]
    assert [(one.doc_id, codes(one.problems)) for one in handed.blocked] == [(pair[1], {"R-01"})]
    assert desk.standing().balances[quota].available == available - each
    before = desk.standing()
    assert checked(desk, pair[1:]).moved == ()
    assert desk.standing() == before


# --- invoices


def good_invoice(folder: Path, number: str = "26157912570200055449") -> bytes:
    return build_invoice_ofd(folder / "good.ofd", number=number, issued=ISSUED).read_bytes()


def with_raised_total(data: bytes) -> bytes:
    return edited(data, {"Doc_0/Attachs/einvoice.xml": lambda xml: xml.replace(b"3200.00", b"9200.00")})


def with_broken_seal(data: bytes) -> bytes:
    """The last byte of the seal's signature changed: every digest is right, nobody vouches for them."""
    return edited(data, {"Doc_0/Signs/Sign_0/SignedValue.dat": lambda seal: flipped(seal, len(seal) - 1)})


_DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE e [<!ENTITY x SYSTEM "file:///etc/passwd">]><EInvoice>&x;</EInvoice>'
HOSTILE: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "empty": (lambda good: b"", "E-EMPTY"),
    "one changed byte": (lambda good: flipped(good, len(good) // 2), "E-DAMAGED"),
    "cut": (lambda good: good[: len(good) // 2], "E-DAMAGED"),
    "DOCTYPE": (lambda good: _DOCTYPE, "E-DOCTYPE"),
    "DOCTYPE inside": (lambda good: edited(good, {"Doc_0/Attachs/einvoice.xml": _DOCTYPE}), "E-DOCTYPE"),
    "20 MB and a byte": (lambda good: b"<" + bytes(20 << 20), "E-TOO_LARGE"),
    "bomb": (lambda good: pack({"OFD.xml": bytes(60 << 20)}), "E-BOMB"),
    "bomb of names": (lambda good: pack({str(n): b"" for n in range(501)}), "E-BOMB"),
    "path out of it": (lambda good: pack({"../../books.db": b"x"}), "E-PATH"),
    "deep": (lambda good: b"<a>" * 5000, "E-XML_LIMIT"),
    "another kind of file": (lambda good: b"%PDF-1.7", "E-UNSUPPORTED"),
    "no invoice": (lambda good: b"<html><body>ok</body></html>", "E-NOT_INVOICE"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_not_taken_in(calm: Desk, tmp_path: Path, kind: str) -> None:
    make, code = HOSTILE[kind]
    path = tmp_path / "发票.ofd"
    path.write_bytes(make(good_invoice(tmp_path)))
    before = calm.standing()
    with pytest.raises(Fault) as refusal:
        take_evoucher(calm.books(), seat(calm, Post.MAKER), path, read_evoucher)
    assert refusal.value.code == code
    told = faults.describe(code, refusal.value.facts)
    assert told.title != _NO_TEXT
    assert "发票.ofd" in told.happened
    assert calm.standing() == before


@pytest.mark.parametrize(
    ("spoil", "reason"), [(with_raised_total, "E-02"), (with_broken_seal, "E-05")], ids=["content", "seal"]
)
def test_an_altered_invoice_blocks_the_voucher(
    desk: Desk, tmp_path: Path, spoil: Callable[[bytes], bytes], reason: str
) -> None:
    path = tmp_path / "altered.ofd"
    path.write_bytes(spoil(good_invoice(tmp_path)))
    taken = take_evoucher(desk.books(), seat(desk, Post.MAKER), path, read_evoucher)
    assert reason in codes(errors(list(taken.problems)))
    written_first = written(desk, Decimal("1.00"), purpose="打印纸采购款").document
    line = replace(content(written_first).lines[0], amount=Decimal("0.00"))
    voucher = attach(replace(content(written_first), lines=(line,)), taken, "line-2")
    saved = save(desk.books(), seat(desk, Post.MAKER), voucher)
    blocking = [one for one in errors(list(saved.problems)) if one.code == "R-12"]
    assert blocking
    assert all(problems.describe(one).advice for one in blocking)
    before = desk.standing()
    handed = present(desk.books(), seat(desk, Post.MAKER), [voucher.head.doc_id])
    assert handed.moved == ()
    assert "R-12" in codes(handed.blocked[0].problems)
    assert desk.standing() == before


def test_an_altered_copy_does_not_stand_in_the_way_of_the_original(desk: Desk, tmp_path: Path) -> None:
    good = good_invoice(tmp_path)
    copy, original = tmp_path / "copy.ofd", tmp_path / "original.ofd"
    copy.write_bytes(with_raised_total(good))
    original.write_bytes(good)
    take_evoucher(desk.books(), seat(desk, Post.MAKER), copy, read_evoucher)
    taken = take_evoucher(desk.books(), seat(desk, Post.MAKER), original, read_evoucher)
    assert errors(list(taken.problems)) == []
    with desk.books() as books:
        kept = books.originals.evoucher(taken.evoucher.key)
    assert kept is not None
    assert (kept.sm3, kept.digest_ok) == (taken.evoucher.sm3, True)


def test_the_same_number_with_other_figures_is_refused(desk: Desk, tmp_path: Path) -> None:
    good, other = tmp_path / "good.ofd", tmp_path / "other.ofd"
    good.write_bytes(good_invoice(tmp_path))
    build_invoice_ofd(other, issued=ISSUED, amounts=("5000.00",))
    take_evoucher(desk.books(), seat(desk, Post.MAKER), good, read_evoucher)
    before = desk.standing()
    for data in (other.read_bytes(), with_raised_total(good.read_bytes())):
        other.write_bytes(data)
        with pytest.raises(Fault, match="E-CONFLICT"):
            take_evoucher(desk.books(), seat(desk, Post.MAKER), other, read_evoucher)
    assert desk.standing() == before


def test_a_file_that_changes_while_it_is_read_is_refused(calm: Desk, tmp_path: Path) -> None:
    path = tmp_path / "stick.ofd"
    path.write_bytes(good_invoice(tmp_path, "26157912570200077777"))

    def changing(file: Path) -> Evoucher:
        evoucher = read_evoucher(file)
        file.write_bytes(b"something else")
        return evoucher

    def pulled_out(file: Path) -> Evoucher:
        evoucher = read_evoucher(file)
        file.unlink()
        return evoucher

    before = calm.standing()
    with pytest.raises(Fault, match="E-UNREADABLE"):
        take_evoucher(calm.books(), seat(calm, Post.MAKER), path, changing)
    path.write_bytes(good_invoice(tmp_path, "26157912570200077777"))
    with pytest.raises(Fault, match="E-UNREADABLE"):
        take_evoucher(calm.books(), seat(calm, Post.MAKER), path, pulled_out)
    assert calm.standing() == before


# --- people


def test_who_made_a_voucher_neither_checks_nor_signs_it(desk: Desk) -> None:
    voucher = vouchers(desk, State.PRESENTED)[0]
    own, before = seat(desk, Post.MAKER), desk.standing()
    key = desk.workspace.vault().unlock(own.officer, pins()[own.officer])
    handed = check(desk.books(), replace(own, post=Post.CHECKER), key, [voucher.head.doc_id])
    assert (handed.moved, codes(handed.blocked[0].problems)) == ((), {"D-01"})
    assert desk.standing() == before

    assert len(checked(desk, [voucher.head.doc_id]).moved) == 1
    before = desk.standing()
    for officer in (own, seat(desk, Post.CHECKER)):
        key = desk.workspace.vault().unlock(officer.officer, pins()[officer.officer])
        handed = sign(desk.books(), replace(officer, post=Post.SIGNER), key, [voucher.head.doc_id])
        assert (handed.moved, codes(handed.blocked[0].problems)) == ((), {"D-02"})
    assert desk.standing() == before


def test_what_another_made_is_not_edited(calm: Desk) -> None:
    voucher, before = vouchers(calm, State.DRAFT)[0], calm.standing()
    for post in (Post.CHECKER, Post.SIGNER, Post.HEAD):
        with pytest.raises(Refused) as refusal:
            save(calm.books(), seat(calm, post), replace(content(voucher), purpose="改一改"))
        assert refusal.value.problem.code == "D-03"
    assert calm.standing() == before


def test_five_wrong_pins_lock_the_key_and_no_document_moves(desk: Desk) -> None:
    checker, before = seat(desk, Post.CHECKER), desk.standing()
    told = []
    for _ in range(6):
        with pytest.raises(ExchangeFault) as refusal:
            desk.workspace.vault().unlock(checker.officer, "000000")
        told.append((refusal.value.code, refusal.value.facts.get("left", "")))
    assert told == [*(("PIN_WRONG", str(left)) for left in (4, 3, 2, 1)), ("PIN_LOCKED", ""), ("PIN_LOCKED", "")]
    with pytest.raises(ExchangeFault, match="PIN_LOCKED"):
        desk.workspace.vault().unlock(checker.officer, pins()[checker.officer])
    assert desk.standing() == before


def test_a_wrong_pin_counts_though_the_program_is_killed_over_it(home: Path) -> None:
    script = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from desktop.storage.vault import OfficerVault\n"
        "from sync.passwords import Stretching\n"
        "from tests.system.conftest import secrets_in\n"
        "home, officer = Path(sys.argv[1]), sys.argv[2]\n"
        "vault = OfficerVault(home / 'unit-219001' / 'keys', secrets_in(home))\n"
        "Stretching.stretch = lambda *_: os._exit(9)\n"
        "vault.unlock(officer, '000000')\n"
    )
    with open_desk(home) as desk:
        checker = seat(desk, Post.CHECKER)
    for _ in range(2):
        ended = subprocess.run([sys.executable, "-c", script, str(home), checker.officer], cwd=ROOT, check=False)
        assert ended.returncode == 9
    with open_desk(home) as desk, pytest.raises(ExchangeFault) as refusal:
        desk.workspace.vault().unlock(checker.officer, "000000")
    assert (refusal.value.code, refusal.value.facts["left"]) == ("PIN_WRONG", "2")
    assert (home / UNIT_FOLDER).is_dir()
