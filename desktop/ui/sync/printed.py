"""What is printed of the exchange: the slip of a run with the bureau's receipt, and the history."""

from desktop.domain.money import format_yuan
from desktop.texts import tr
from desktop.ui.grid.sheet import Sheet
from desktop.ui.printing.plain_reports import facts_report
from desktop.ui.printing.report import Report
from desktop.ui.printing.sheet_report import Around, sheet_report
from desktop.ui.sync.reading import SyncView
from desktop.ui.sync.runs import outcome_cell, run_receipt, took, way_word
from desktop.usecases.ports import SyncRun


def sync_reports(view: SyncView, run: SyncRun, history: Sheet, year: int) -> list[Report]:
    """Return the slip of a run, and the whole history as a table."""
    around = Around((view.unit.name, tr("{year} 年", year=year)))
    return [_slip(view, run), sheet_report(history, tr("同步历史"), key="sync-history", around=around)]


def _slip(view: SyncView, run: SyncRun) -> Report:
    batch = view.batches.get(run.batch_id)
    receipt = next((one for one in view.receipts if run.receipt_no and one.receipt_no == run.receipt_no), None)
    facts = [
        (tr("单位"), f"{view.unit.code} {view.unit.name}"),
        (tr("送往"), view.unit.bureau),
        (tr("同步时间"), run.started_at[:16].replace("T", " ")),
        (tr("方式"), way_word(run)),
        (tr("结果"), outcome_cell(run).text),
        (tr("批次"), tr("第 {seq} 批", seq=batch.seq) if batch else "—"),
        (tr("送出"), tr("{count} 份", count=run.sent)),
        (tr("支付申请合计（元）"), format_yuan(run.total)),
        (tr("财政接收"), tr("{count} 份", count=run.accepted)),
        (tr("财政退回"), tr("{count} 份", count=run.returned)),
        (tr("财政回执号"), run_receipt(run)),
        (tr("财政平台时间"), receipt.server_time[:16].replace("T", " ") if receipt else "—"),
        (tr("回执校验码（前 16 位）"), receipt.digest[:16] if receipt else "—"),
        (tr("用时"), took(run)),
    ]
    notes = (tr("回执已验签，原件保存在本单位电脑。"),) if receipt else (tr("这一次没有送出单据，没有财政回执。"),)
    return facts_report("sync-receipt", tr("送达回执"), facts, notes=notes,
                        signatures=(tr("送出单位："), tr("经办："), tr("日期：")))
