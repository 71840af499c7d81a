"""Lays a report out in a worker, with the words that stand on every page; only the last request counts."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from desktop.domain.printed.marks import Page, PageSetup, PrintFrame, framed
from desktop.texts import tr
from desktop.ui.context import Context
from desktop.ui.printing.engine import measure
from desktop.ui.printing.report import Report
from desktop.usecases.ports import Books
from desktop.usecases.practice import is_rehearsal


class Layer(QObject):
    """Reads and lays.

    Signals:
        laid(object): The pages, framed, of the last request.
        failed(object): A `Fault` that kept it from being read.
    """

    laid = Signal(object)
    failed = Signal(object)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._asked = context, 0

    def lay(self, report: Report, setup: PageSetup) -> None:
        """Lay a report; an earlier request that is not back yet is forgotten."""
        self._asked += 1
        asked, context = self._asked, self._context
        seat, unit = context.seat(), context.unit
        at = f"{seat.clock.now():%Y-%m-%d %H:%M}"

        def work(books: Books) -> tuple[Page, ...]:
            pages: Sequence[Page] = report.load(books)(setup, measure)
            marks = () if report.arrived else (tr("草稿"),)
            marks = (*marks, tr("演示")) if is_rehearsal(books) else marks
            frame = PrintFrame(unit.code, unit.name, seat.name, at, marks)
            if not unit.name:  # no page goes out without its unit
                with books:
                    profile = books.mirrors.unit()
                frame = replace(frame, unit_code=profile.unit_code, unit_name=profile.name)
            return tuple(framed(pages, frame, setup.margin))

        def back(laid: tuple[Page, ...]) -> None:
            if asked == self._asked:
                self.laid.emit(laid)

        def failed(error: Exception) -> None:
            if asked == self._asked:
                self.failed.emit(error)

        context.run(self, work, back, failed)
