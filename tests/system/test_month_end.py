"""The month end of a unit, through the use cases, over HTTP, against the real platform."""

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.bootstrap import install
from desktop.demo.material import pins
from desktop.demo.people import People, StoryBroken
from desktop.demo.stage import Stage, open_stage
from desktop.demo.story import PLATFORM_FOLDER, UNIT_FOLDER
from desktop.domain.document import Post, Refused, State
from desktop.domain.head import Kind
from desktop.domain.voucher import PaymentVoucher
from desktop.storage.workspace import open_workspace
from desktop.usecases.hand_over import check, present, sign
from desktop.usecases.lists import waiting_for
from desktop.usecases.month_end import Outcome, Status
from desktop.usecases.month_end import Stage as Step
from desktop.usecases.ports import Books, DocumentRow
from desktop.usecases.start_document import with_amount
from desktop.usecases.write_document import recall, reopen, save
from sync.faults import ExchangeFault
from sync.transport.http import HttpTransport
from tests.system.conftest import secrets_in


def run(stage: Stage) -> Outcome:
    one = stage.installation
    return one.month_end(one.at_once, one.seat(Post.MAKER), lambda: False, lambda report: None).run()


def rows(books: Books, *states: State) -> list[DocumentRow]:
    with books:
        return books.documents.rows(states=states)


def test_what_is_signed_is_accepted_and_what_is_not_stays(stage: Stage) -> None:
    books = stage.installation.books()
    signed = {row.key for row in rows(books, State.SIGNED)}
    others = {row.key: row.state for row in rows(books) if row.state is not State.SIGNED}

    outcome = run(stage)

    assert outcome.fault is None
    assert [report.status for report in outcome.stages] == [Status.DONE] * 8
    assert (outcome.run.sent, outcome.run.accepted, outcome.run.returned) == (6, 6, 0)
    assert outcome.run.total == Decimal("186420.00")
    accepted = {row.key: row.central_no for row in rows(books, State.ACCEPTED) if row.key in signed}
    assert set(accepted) == signed
    assert all(number.startswith("ZF2026") for number in accepted.values())
    assert {row.key: row.state for row in rows(books) if row.key in others} == others


def test_a_second_run_with_nothing_new_sends_nothing(stage: Stage) -> None:
    run(stage)
    outcome = run(stage)
    assert outcome.fault is None
    assert (outcome.run.sent, outcome.batch) == (0, None)


def test_a_platform_that_is_not_there_changes_nothing(stage: Stage) -> None:
    deaf = install(stage.installation.workspace, connect=lambda _: HttpTransport("http://127.0.0.1:9"))
    books = deaf.books()
    before = {row.key: row.state for row in rows(books)}
    outcome = deaf.month_end(deaf.at_once, deaf.seat(Post.MAKER), lambda: False, lambda report: None).run()
    assert isinstance(outcome.fault, ExchangeFault)
    assert outcome.fault.code == "NO_LINK"
    assert (outcome.run.outcome, outcome.run.code) == ("FAILED", "NO_LINK")
    assert {row.key: row.state for row in rows(books)} == before
    with books:
        assert books.exchange.batches(("sealed",)) == []


def test_stopping_before_sealing_leaves_every_document_ready(stage: Stage) -> None:
    books = stage.installation.books()
    reached: list[Step] = []
    ended = stage.installation.month_end(
        stage.installation.at_once,
        stage.installation.seat(Post.MAKER),
        lambda: Step.RECEIVE in reached,
        lambda report: reached.append(report.stage),
    ).run()
    assert ended.run.outcome == "STOPPED"
    assert len(rows(books, State.SIGNED)) == 6


def test_a_checked_voucher_holds_its_quota_until_it_is_recalled(stage: Stage) -> None:
    installation, people = stage.installation, People(stage.installation)
    books = installation.books()
    row = next(row for row in rows(books, State.PRESENTED) if row.amount == Decimal("1214.36"))
    with books:
        voucher = books.documents.get(row.doc_id).content
        assert isinstance(voucher, PaymentVoucher)
        before = books.ledger.balance(voucher.quota.quota_id)

    people.check([row.doc_id])
    with books:
        held = books.ledger.balance(voucher.quota.quota_id)
    assert held.reserved - before.reserved == voucher.amount == before.available - held.available

    recall(books, people.seat(Post.MAKER), row.doc_id)
    with books:
        assert books.ledger.balance(voucher.quota.quota_id) == before
        assert books.documents.get(row.doc_id).signatures == ()


def test_the_maker_cannot_check_what_she_made(stage: Stage) -> None:
    installation = stage.installation
    row = rows(installation.books(), State.PRESENTED)[0]
    maker = installation.seat(Post.MAKER)
    key = installation.workspace.vault().unlock(maker.officer, pins()[maker.officer])
    with pytest.raises(Refused) as refusal:
        check(installation.books(), maker, key, [row.doc_id])
    assert refusal.value.problem.code == "D-03"


def test_a_signature_with_another_officers_key_is_refused(stage: Stage) -> None:
    installation = stage.installation
    row = rows(installation.books(), State.PRESENTED)[0]
    signer = installation.seat(Post.SIGNER)
    wrong = installation.workspace.vault().unlock(signer.officer, pins()[signer.officer])
    with pytest.raises(Refused) as refusal:
        check(installation.books(), installation.seat(Post.CHECKER), wrong, [row.doc_id])
    assert refusal.value.problem.code == "D-08"


def test_an_edit_after_checking_drops_the_signature_and_frees_the_quota(stage: Stage) -> None:
    installation, people = stage.installation, People(stage.installation)
    books = installation.books()
    row = rows(books, State.PRESENTED)[0]
    people.check([row.doc_id])
    with books:
        voucher = books.documents.get(row.doc_id).content
    assert isinstance(voucher, PaymentVoucher)
    saved = save(books, people.seat(Post.MAKER), with_amount(voucher, voucher.amount + 1))
    assert (saved.document.state, saved.document.signatures) == (State.DRAFT, ())
    with books:
        assert books.ledger.reserved_by(row.doc_id) == 0


def test_a_returned_voucher_goes_again_as_its_next_revision(stage: Stage) -> None:
    installation, people = stage.installation, People(stage.installation)
    books = installation.books()
    row = next(row for row in rows(books, State.RETURNED) if row.amount == Decimal("36500.00"))
    reopened = reopen(books, people.seat(Post.MAKER), row.doc_id).document
    assert (reopened.head.revision, reopened.state) == (2, State.DRAFT)
    assert reopened.comment is not None
    people.finish([row.doc_id])
    outcome = run(stage)
    assert outcome.run.accepted == 7
    with books:
        assert books.documents.get(row.doc_id).state is State.ACCEPTED


def test_a_voucher_of_fifty_thousand_needs_the_head_too(stage: Stage) -> None:
    installation, people = stage.installation, People(stage.installation)
    books = installation.books()
    over = next(row for row in rows(books, State.SIGNED) if row.amount == Decimal("84000.00"))
    recall(books, people.seat(Post.MAKER), over.doc_id)
    people.present([over.doc_id])
    people.check([over.doc_id])
    seat = people.seat(Post.SIGNER)
    sign(books, seat, installation.workspace.vault().unlock(seat.officer, pins()[seat.officer]), [over.doc_id])
    with books:
        assert books.documents.get(over.doc_id).state is State.CHECKED
    assert over.doc_id in {row.doc_id for row in waiting_for(books, Post.HEAD)}


def test_two_vouchers_cannot_reserve_the_same_money(stage: Stage) -> None:
    people = People(stage.installation)
    books = stage.installation.books()
    draft = next(row for row in rows(books, State.DRAFT) if row.amount == Decimal("66500.00"))
    with pytest.raises(StoryBroken, match="R-01"):
        people.present([draft.doc_id])


def test_a_draft_with_errors_is_not_handed_over(stage: Stage) -> None:
    books = stage.installation.books()
    wrong = [row for row in rows(books, State.DRAFT) if row.problems_count]
    handed = present(books, stage.installation.seat(Post.MAKER), [row.doc_id for row in wrong])
    assert handed.moved == ()
    assert {blocked.key for blocked in handed.blocked} == {row.key for row in wrong}


def test_a_program_killed_while_it_sends_ends_well_at_the_next_run(home: Path) -> None:
    script = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from tests.system.conftest import secrets_in\n"
        "from desktop.demo.stage import open_stage\n"
        "from desktop.domain.document import Post\n"
        "home = Path(sys.argv[1])\n"
        "with open_stage(home, secrets_in(home)) as stage:\n"
        "    one = stage.installation\n"
        "    def progress(report):\n"
        "        if report.stage == 'SEND' and report.facts.get('done') == report.facts.get('size') != None:\n"
        "            os._exit(9)\n"
        "    one.month_end(one.at_once, one.seat(Post.MAKER), lambda: False, progress).run()\n"
    )
    root = Path(__file__).parents[2]
    ended = subprocess.run([sys.executable, "-c", script, str(home)], cwd=root, check=False, timeout=120)
    assert ended.returncode == 9
    with open_stage(home, secrets_in(home)) as stage:
        outcome = run(stage)
        assert outcome.fault is None
        assert outcome.run.accepted == 6
        keys = [str(one["key"]) for one in stage.bureau.bureau.decided("219001") if one["kind"] == "VOUCHER"]
        assert len(keys) == len(set(keys))


def test_no_name_account_or_amount_lies_readable_in_the_workspace(home: Path) -> None:
    with open_workspace(home / UNIT_FOLDER, secrets_in(home)) as workspace, workspace.books() as books:
        words = {row.counterpart for row in books.documents.rows((Kind.VOUCHER,))}
        words |= {account.number for account in books.mirrors.own_accounts()}
        words |= {f"{row.amount:.2f}" for row in books.documents.rows((Kind.VOUCHER,)) if row.amount > 9999}
    wanted = [word.encode(code) for word in words if word for code in ("utf-8", "gbk", "utf-16-le")]
    for path in (home / UNIT_FOLDER).rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert [word for word in wanted if word in data] == [], path


def test_the_audit_names_everyone_and_its_chain_holds(stage: Stage) -> None:
    run(stage)
    with stage.installation.books() as books:
        audit = books.verify_audit()  # type: ignore[attr-defined]
    assert audit.broken_at is None
    assert audit.rows > 200


def test_the_command_line_answers_in_json(home: Path) -> None:
    command = [sys.executable, "-m", "desktop", "check", str(home / UNIT_FOLDER), "--json"]
    answered = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, check=False, timeout=120)
    told = json.loads(answered.stdout)
    assert answered.returncode == 1
    assert {problem["code"] for problem in told["problems"]} >= {"R-01", "C16", "C01"}
    assert (home / PLATFORM_FOLDER).is_dir()
