"""Sends laid pages to a printer or a PDF in a worker, says how far it is and how it ended."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.domain.printed.marks import Page, PageSetup
from desktop.texts import faults, tr
from desktop.ui.context import Context
from desktop.ui.printing.calibrating import calibration_pages
from desktop.ui.printing.engine import Engine
from desktop.ui.printing.output import PrintJob, Tick, print_pages, write_pdf
from desktop.ui.printing.report import offset_of
from desktop.ui.tasks import Cancelled, Job


class Sending(QObject):
    """One job at a time.

    Signals:
        told(str, str): Kind of a band, and its words.
        finished(): It is over, however it ended.
    """

    told = Signal(str, str)
    finished = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._job: Job | None = None

    def to_pdf(self, path: Path, pages: Sequence[Page], engine: Engine, title: str) -> None:
        """Write a PDF."""
        path = path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")
        self._start(lambda tick: write_pdf(path, pages, engine, title, tick),
                    tr("已存为 {file}，共 {count} 页。", file=path.name, count=len(pages)), len(pages))

    def to_printer(self, printer: str, pages: Sequence[Page], engine: Engine, title: str, copies: int = 1) -> None:
        """Print, moved by what this printer needs."""
        job = PrintJob(printer, title, copies, offset_of(self._context.notes, printer))
        done = tr("已送到打印机“{printer}”，{count} 页 × {copies} 份。", printer=printer, count=len(pages),
                  copies=copies)
        self._start(lambda tick: print_pages(job, pages, engine, tick), done, len(pages))

    def calibrate(self, printer: str, setup: PageSetup, engine: Engine) -> None:
        """Print the page by which the offset is found; moved as everything else, so that it shows what is left."""
        self.to_printer(printer, calibration_pages(setup), engine, tr("打印校准页"))

    def busy(self) -> bool:
        """Tell whether a job runs that nobody has stopped."""
        return self._job is not None and not self._job.stop.is_set()

    def progress(self) -> tuple[int, int]:
        """Return pages done, and how many there are."""
        return (self._job.done, self._job.total) if self._job is not None else (0, 0)

    def stop(self) -> None:
        """Stop after the page that is being drawn; a second time does nothing more."""
        if self._job is not None and not self._job.stop.is_set():
            self._job.cancel()
            self.told.emit("info", tr("正在停止…已经送到打印机的页可能还会打出来。"))

    def _start(self, work: Callable[[Tick], None], done: str, count: int) -> None:
        if self._job is not None:
            return

        def run(at: object, job: Job) -> bool:
            try:
                work(lambda page: job.tick(page, count))
            except Cancelled:  # said here: nothing comes back from work that lets it through
                return False
            return True

        def over(whole: bool) -> None:
            self._job = None
            self.told.emit("ok" if whole else "info", done if whole else tr("已停止。没有写完的 PDF 已删除。"))
            self.finished.emit()

        def failed(error: Exception) -> None:
            self._job = None
            self.told.emit("error", faults.sentence(getattr(error, "code", ""), getattr(error, "facts", {})))
            self.finished.emit()

        self._job = self._context.run_in_net(self, run, over, failed)
