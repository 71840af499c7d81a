"""`budgetdesk check WS` and `budgetdesk sync WS`: the month end without a window."""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.bootstrap import Installation, install
from desktop.commands.answer import Exit, message, refused, say, say_json
from desktop.commands.homes import open_at
from desktop.domain.document import Post, State
from desktop.domain.fault import Fault
from desktop.domain.head import Kind
from desktop.domain.money import format_yuan
from desktop.domain.problem import Level
from desktop.storage.workspace import Workspace
from desktop.texts import problems
from desktop.texts.stages import sentence, title
from desktop.texts.words import KINDS
from desktop.usecases.month_end import Outcome, StageReport, Status
from desktop.usecases.problems_of import problems_of
from desktop.usecases.seat import Seat

_OPEN = (State.DRAFT, State.PRESENTED, State.CHECKED, State.SIGNED)


def check(arguments: Namespace) -> Exit:
    """Run every rule over every document that is not yet sealed, and the books' own checks."""
    found: list[dict[str, object]] = []
    with sound(arguments.workspace, readonly=True) as workspace, workspace.books() as books:
        documents = [d for kind in Kind for d in books.documents.of_kind(kind) if d.state in _OPEN]
        for document in documents:
            for problem in problems_of(books, document.content):
                text = problems.describe(problem)
                found.append(
                    {
                        "kind": document.head.kind.value,
                        "key": document.head.key,
                        "code": problem.code,
                        "level": problem.level.value,
                        "where": problem.where,
                        "place": problems.place_name(problem.where),
                        "message": text.sentence,
                    }
                )
        audit = books.verify_audit()
    errors = [one for one in found if one["level"] == Level.ERROR.value]
    ok = not errors and audit.broken_at is None
    if arguments.json:
        say_json({"ok": ok, "documents": len(documents), "problems": found, "audit_rows": audit.rows})
    else:
        for one in found:
            word = "错误" if one["level"] == Level.ERROR.value else "提示"
            say(f"{word} {one['code']} {KINDS[str(one['kind'])]} {one['key']} {one['place']}：{one['message']}")
        chain = "完整" if audit.broken_at is None else f"在第 {audit.broken_at} 条断开"
        counts = f"{len(errors)} 个错误，{len(found) - len(errors)} 个提示"
        say(f"共检查 {len(documents)} 份单据：{counts}；操作记录{chain}。")
    return Exit.GOOD if ok else Exit.PROBLEMS


def sync(arguments: Namespace) -> Exit:
    """Press 一键同步 without a window: the same eight stages, the same words."""
    with sound(arguments.workspace, readonly=False) as workspace:
        installation = install(workspace)
        seat = _seat(installation)

        def progress(report: StageReport) -> None:
            if not arguments.json and report.status is not Status.RUNNING:
                say(f"{title(report.stage)}  {sentence(report.stage, report.status, report.facts)}")

        outcome = installation.month_end(installation.at_once, seat, lambda: False, progress).run()
    if arguments.json:
        say_json(_as_json(outcome))
    else:
        run = outcome.run
        say(f"送达 {run.sent} 份，接收 {run.accepted}，退回 {run.returned}，合计 {format_yuan(run.total)} 元。")
    if outcome.fault is not None:
        return refused(outcome.fault)
    return Exit.PROBLEMS if outcome.run.returned else Exit.GOOD


@contextmanager
def sound(folder: Path, *, readonly: bool) -> Iterator[Workspace]:
    """Open a workspace that is whole; a damaged one is for the window, which offers its backups."""
    with open_at(folder, readonly=readonly) as workspace:
        if workspace.damaged:
            raise Fault("WORKSPACE_DAMAGED", folder=str(folder))
        yield workspace


def _seat(installation: Installation) -> Seat:
    with installation.books() as books:
        books.exchange.stream()  # says so when the workspace was never activated
    try:
        return installation.seat(Post.MAKER)
    except LookupError:
        return installation.machine_seat()  # nobody is known before the first catalogue


def _as_json(outcome: Outcome) -> dict[str, object]:
    run = outcome.run
    return {
        "ok": outcome.fault is None,
        "outcome": run.outcome,
        "code": run.code,
        "message": message(outcome.fault) if outcome.fault else "",
        "sent": run.sent,
        "accepted": run.accepted,
        "returned": run.returned,
        "received": run.received,
        "total": str(run.total),
        "batch": run.batch_id,
        "receipt_no": run.receipt_no,
        "stages": [
            {"stage": report.stage.value, "status": report.status.value, "seconds": round(report.seconds, 3)}
            for report in outcome.stages
        ],
    }
