"""The goal form as a file: written for who fills it in elsewhere, and brought back line by line."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.domain.fault import Fault
from desktop.domain.goal import Frame, PerformanceGoal
from desktop.domain.goal_form.layout import TITLE
from desktop.domain.goal_form.reading import FormReading, read_form
from desktop.texts import faults, tr
from desktop.texts.goal_form import flaw_words
from desktop.texts.words import PROJECT_CLASSES
from desktop.ui.context import Context
from desktop.ui.importing.saving import save_path, show_folder
from desktop.ui.kit.file_names import file_name
from desktop.ui.performance.form_dialog import FormDialog
from desktop.ui.performance.session import PerformanceSession
from desktop.ui.tasks import Job
from desktop.usecases.ports import AtBooks
from desktop.usecases.table_files import TableFiles
from desktop.usecases.take_form import FormMatch, form_of, match_form, take_form

_READABLE = "*.xlsx *.xls *.ods *.csv"
Read = tuple[FormReading, tuple[FormMatch, ...]]


class FormActs:
    """Acts on the goal of whatever session is on the bench.

    Args:
        page: Parent of dialogs, and owner of what runs.
        session: Gives the session, None for nothing.
        frame: Gives the form of the goal's profile.
    """

    def __init__(self, page: QWidget, context: Context, session: Callable[[], PerformanceSession | None],
                 frame: Callable[[], Frame]) -> None:
        self._page, self._context, self._session, self._frame = page, context, session, frame

    def export_form(self) -> None:
        """Ask where, and write the goal at hand as 申报表 with the official columns."""
        session = self._session()
        goal = session.goal if session is not None else None
        if session is None or goal is None:
            return
        name = file_name(f"{tr(TITLE)}_{goal.project_name}_{goal.head.fiscal_year}.xlsx")
        chosen, _ = QFileDialog.getSaveFileName(self._page, tr("导出到哪里"), name, tr("Excel 表格 (*.xlsx)"))
        path, files = save_path(chosen), self._files()
        if path is None:
            return
        kind = PROJECT_CLASSES[session.project.project_class.value]

        def work(at: AtBooks, job: Job) -> None:
            files.write_goal_form(path, at(lambda books: form_of(books, goal, kind)))

        def said(nothing: None) -> None:
            self._context.say(tr("已导出到 {name}。填好后从“更多”里导入。", name=path.name), action=tr("打开文件夹"),
                              call=lambda: show_folder(path))

        self._context.run_in_net(self._page, work, said, self._failed)

    def import_form(self) -> None:
        """Ask for a filled form, show what it would change, and take what is chosen as one undo step."""
        session = self._session()
        goal = session.goal if session is not None and session.goal_editable() else None
        if goal is None:
            return
        title, kinds = tr("选择填好的申报表"), tr("表格 ({kinds})", kinds=_READABLE)
        chosen, _ = QFileDialog.getOpenFileName(self._page, title, "", kinds)
        if chosen:
            self.read(Path(chosen), goal)

    def read(self, path: Path, goal: PerformanceGoal) -> None:
        """Read a form in a worker and offer what it holds."""
        files = self._files()

        def work(at: AtBooks, job: Job) -> Read:
            reading = read_form(files.read(path, lambda: None))
            return reading, at(lambda books: match_form(books, goal, reading))

        self._context.run_in_net(self._page, work, lambda found: self._offer(path.name, found), self._failed)

    def _offer(self, name: str, found: Read) -> None:
        reading, matches = found
        session = self._session()
        goal = session.goal if session is not None and session.goal_editable() else None
        if session is None or goal is None:
            return
        if not matches:
            flaws = " ".join(flaw_words(flaw) for flaw in reading.flaws[:2])
            self._context.say(flaws or tr("表里没有一条指标。请先填好再导入。"), "error")
            return
        dialog = FormDialog(name, goal, reading, matches, self._page)
        dialog.exec()
        taking = dialog.taking
        dialog.deleteLater()
        if taking is not None:
            taken = take_form(goal, reading, matches, taking, self._context.seat(), self._frame())
            session.change_goal(taken, tr("导入申报表"))
            self._context.say(tr("已从 {name} 导入 {count} 条指标。", name=name, count=len(taking.rows)), "ok")

    def _files(self) -> TableFiles:
        files = self._context.services.tables
        if files is None:
            raise LookupError("the window was built without a way to files")
        return files

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Fault):
            self._context.say(faults.sentence(error.code, error.facts), "error")
        else:
            self._context.failed.emit(error)
