"""Runs in words: one line of the history, one bar of the strip."""

from desktop.texts import tr
from desktop.texts.faults import describe
from desktop.texts.outcome import must_act
from desktop.ui.charts.history import RunBar
from desktop.ui.grid.columns import Rich
from desktop.ui.sync.stage_list import clock
from desktop.usecases.ports import SyncRun

_WAYS = {"NET": tr("网络")}


def outcome_cell(run: SyncRun) -> Rich:
    """Return how a run ended, as icon and words; red only where somebody must act."""
    if run.outcome == "DONE":
        if run.returned:
            return Rich(tr("完成，有退回"), "warn", "return")
        return Rich(tr("完成"), "ok", "check-circle")
    if run.outcome == "STOPPED":
        return Rich(tr("已停止"), "text2", "stop")
    if must_act(run.code, {}):
        return Rich(describe(run.code, {}).title, "err", "error")
    return Rich(describe(run.code, {}).title, "text2", "cloud-off" if run.code == "NO_LINK" else "clock")


def way_word(run: SyncRun) -> str:
    """Return the way the bytes went."""
    return _WAYS.get(run.way, run.way)


def took(run: SyncRun) -> str:
    """Return how long it took."""
    return clock(float(run.seconds))


def receipt_word(number: int) -> str:
    """Return a receipt's number as people write it down."""
    return tr("第 {number} 号", number=number)


def run_receipt(run: SyncRun) -> str:
    """Return the receipt that proves what a run sent; a run that sent nothing has none."""
    return receipt_word(run.receipt_no) if run.sent and run.receipt_no else "—"


def short_line(run: SyncRun) -> str:
    """Return sent and received in a few words, for the narrow list."""
    if run.outcome == "STOPPED":
        return tr("已停止 · 送 {sent}", sent=run.sent)
    if run.outcome == "FAILED":
        return describe(run.code, {}).title
    if run.returned:
        return tr("送 {sent} · 退 {returned}", sent=run.sent, returned=run.returned)
    return tr("送 {sent} · 收 {received}", sent=run.sent, received=run.received)


def run_bar(run: SyncRun) -> RunBar:
    """Return the bar of a run."""
    back = min(run.returned, run.sent)
    return RunBar(run.started_at[5:10], run.sent - back, back, run.outcome != "DONE")
