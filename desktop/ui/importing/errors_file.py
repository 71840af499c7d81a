"""The rows with errors as a file of their own: to be put right in Excel and imported again without mapping."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.domain.importing.outgoing import OutColumn, OutTable
from desktop.domain.importing.precheck import Checked
from desktop.domain.importing.table import Row, text_of
from desktop.texts import importing, tr
from desktop.ui.importing.saving import save_path, show_folder
from desktop.ui.importing.session import ImportSession
from desktop.ui.tasks import Job
from desktop.usecases.ports import AtBooks


def bad_rows(session: ImportSession, rows: Sequence[Checked]) -> OutTable:
    """Return the rows as they came, as text, with their number and everything that is wrong with each."""
    target = session.target
    columns = (
        OutColumn(tr("行号"), "text", 8),
        OutColumn(tr("问题"), "text", 48),
        *(OutColumn(column.title, "text", column.width) for column in target.columns),
    )
    out: list[Row] = [
        (
            str(row.source.number),
            "；".join(f"{target.column(one.key).title}：{importing.flaw(one.code, one.facts)}" for one in row.flaws),
            *(text_of(row.source.cells.get(column.key)) or None for column in target.columns),
        )
        for row in rows
    ]
    notes = (tr("来自 {source}", source=session.state.source), tr("改好后可以直接再导入这个文件"))
    return OutTable(tr("有错误的行"), notes, columns, out)


def save_bad_rows(session: ImportSession, rows: Sequence[Checked], parent: QWidget) -> None:
    """Ask where, and write the rows in a worker."""
    name = tr("{title}-有错误的行.xlsx", title=session.target.title)
    chosen, _ = QFileDialog.getSaveFileName(parent, tr("有错误的行存到哪里"), name, tr("Excel 表格 (*.xlsx)"))
    path = save_path(chosen)
    if path is None:
        return
    table, files, context = bad_rows(session, rows), session.files(), session.context

    def work(at: AtBooks, job: Job) -> None:
        files.write(path, table, job.tick)

    def said(nothing: None) -> None:
        context.say(
            tr("已把 {count} 行存为 {name}。", count=len(rows), name=path.name),
            action=tr("打开文件夹"),
            call=lambda: show_folder(path),
        )

    context.run_in_net(session, work, said, session.failed.emit)
