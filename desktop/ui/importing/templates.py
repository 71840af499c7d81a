"""Our own templates: what the wizard writes and later reads without mapping."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.domain.importing.outgoing import FormColumn, FormSheet
from desktop.domain.importing.target import ImportTarget, Kind, Lists
from desktop.texts import tr
from desktop.ui.importing.saving import save_path, show_folder
from desktop.ui.importing.session import ImportSession
from desktop.ui.tasks import Job
from desktop.usecases.ports import AtBooks

MOST_CHOICES = 2_000  # Excel's lists become slow beyond
YES_NO = (tr("是"), tr("否"))


def form_of(target: ImportTarget, lists: Lists) -> FormSheet:
    """Return the template of a target; codes may be picked from the bureau's newest lists."""
    return FormSheet(
        target.key,
        target.title,
        tuple(
            FormColumn(
                column.title,
                "amount" if column.kind is Kind.AMOUNT else "date" if column.kind is Kind.DATE else "text",
                column.width,
                column.required,
                column.help or tr("可以不填。"),
                column.sample,
                _choices(column.kind, column.list_name, lists),
            )
            for column in target.columns
        ),
    )


def _choices(kind: Kind, name: str, lists: Lists) -> tuple[str, ...]:
    if kind is Kind.YES:
        return YES_NO
    if kind is not Kind.CODE:
        return ()
    words: Sequence[str] = [
        f"{item.code} {item.name}" if item.code.isdigit() else item.name for item in lists[name].items if item.leaf
    ]
    return tuple(dict.fromkeys(words))[:MOST_CHOICES]


def save_template(session: ImportSession, parent: QWidget) -> None:
    """Ask where, and write the template in a worker."""
    desk = session.desk
    if desk is None:
        return
    name = tr("{title}导入模板.xlsx", title=session.target.title)
    chosen, _ = QFileDialog.getSaveFileName(parent, tr("模板存到哪里"), name, tr("Excel 表格 (*.xlsx)"))
    path = save_path(chosen)
    if path is None:
        return
    form, files, context = form_of(session.target, desk.reading.lists), session.files(), session.context

    def work(at: AtBooks, job: Job) -> None:
        files.write_template(path, form)

    def said(nothing: None) -> None:
        context.say(
            tr("模板已存为 {name}，填好后回到这里导入。", name=path.name),
            action=tr("打开文件夹"),
            call=lambda: show_folder(path),
        )

    context.run_in_net(session, work, said, session.failed.emit)
