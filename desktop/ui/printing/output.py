"""From pages to a printer or a PDF: the same drawing as on the screen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from desktop.domain.fault import Fault
from desktop.domain.printed.marks import Page, PageSetup
from desktop.ui.printing.engine import Engine

DPI, MM_IN_INCH = 600, 25.4
_ENDLESS = PageSetup("VOUCHER").size
Tick = Callable[[int], None]


def printers() -> list[str]:
    """Return the names of the printers of this PC, the usual one first."""
    usual = QPrinterInfo.defaultPrinterName()
    return sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != usual, name))


def write_pdf(path: Path, pages: Sequence[Page], engine: Engine, title: str, tick: Tick) -> None:
    """Write the pages into a PDF; runs in a worker.

    Args:
        tick: Told each page that is done; may raise to stop, which leaves no file.

    Raises:
        Fault: PDF_NOT_WRITTEN when the file cannot be written: open elsewhere, disk full.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        _write(part, pages, engine, title, tick)
        part.replace(path)
    except OSError as reason:
        raise Fault("PDF_NOT_WRITTEN", file=path.name, reason=reason.strerror or "") from reason
    finally:
        part.unlink(missing_ok=True)


def _write(part: Path, pages: Sequence[Page], engine: Engine, title: str, tick: Tick) -> None:
    with part.open("wb"):
        pass  # Qt says nothing of a file that it cannot open
    writer = QPdfWriter(str(part))
    writer.setResolution(DPI)
    writer.setTitle(title)
    writer.setCreator("BudgetDesk")
    painter = QPainter()
    try:
        for number, page in enumerate(pages):
            writer.setPageSize(QPageSize(QSizeF(page.width, page.height), QPageSize.Unit.Millimeter))
            writer.setPageMargins(QMarginsF(0, 0, 0, 0))
            began = writer.newPage() if number else painter.begin(writer)
            if not began:
                raise OSError(0, "")
            engine.draw(painter, page, DPI / MM_IN_INCH)
            tick(number + 1)
    finally:  # a painter must be done before what it paints on goes
        ended = painter.isActive() and painter.end()
    if not ended or part.stat().st_size == 0:
        raise OSError(0, "")


@dataclass(frozen=True, slots=True)
class PrintJob:
    """What a printer is told: its name, the job's name, copies, and millimetres to go to the right and down."""

    printer: str
    title: str
    copies: int = 1
    offset: tuple[float, float] = (0, 0)


def print_pages(job: PrintJob, pages: Sequence[Page], engine: Engine, tick: Tick) -> None:
    """Send the pages to a printer; runs in a worker.

    Args:
        tick: Told each page that is done; may raise to stop: what was sent before may still come out.

    Raises:
        Fault: PRINTER_NOT_READY when it does not take them.
    """
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPrinterName(job.printer)
    printer.setDocName(job.title)
    printer.setCopyCount(job.copies)
    printer.setFullPage(True)
    painter = QPainter()
    try:
        for number, page in enumerate(pages):
            # The voucher's endless paper is fed broad side first: nothing is turned for it.
            lying = page.width > page.height and (page.width, page.height) != _ENDLESS
            upright = QSizeF(page.height, page.width) if lying else QSizeF(page.width, page.height)
            printer.setPageSize(QPageSize(upright, QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.FuzzyMatch))
            printer.setPageOrientation(
                QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait)
            began = painter.begin(printer) if number == 0 else printer.newPage()
            if not began:
                raise Fault("PRINTER_NOT_READY", printer=job.printer)
            engine.draw(painter, page, printer.resolution() / MM_IN_INCH, offset=job.offset)
            tick(number + 1)
    finally:
        if painter.isActive():
            painter.end()
