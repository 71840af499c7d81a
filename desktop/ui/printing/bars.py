"""What is chosen before printing: report, printer, paper, direction, scale, pages, copies, over a form or not."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.printed.marks import PAPERS, PageSetup
from desktop.domain.printed.ranges import chosen_pages
from desktop.texts import tr
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.choices import Choice
from desktop.ui.kit.inputs import LineInput, SelectInput
from desktop.ui.kit.labels import Label
from desktop.ui.kit.numbers import NotANumber, parse_number
from desktop.ui.kit.panels import Line
from desktop.ui.kit.segmented import Segmented
from desktop.ui.kit.typography import px
from desktop.ui.printing.report import PrintChoice, Report

SCALES = (0, 100, 90, 80, 75, 70, 60, 50, 120, 150)
MOST_COPIES, WIDTH = 99, 256
NO_PRINTER = tr("没有装打印机")


class PrintBar(QWidget):
    """The column at the left of the preview.

    Signals:
        report_chosen(int): Another report is wanted.
        changed(): Paper, direction, scale or 套打 changed: the pages are to be laid anew.
    """

    report_chosen = Signal(int)
    changed = Signal()

    def __init__(self, reports: Sequence[Report], printers: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.printers = tuple(printers)
        self._setup = PageSetup()
        self.report = SelectInput([Choice(str(at), one.title, shown=one.title) for at, one in enumerate(reports)])
        self.printer = SelectInput([Choice(name, name, shown=name) for name in printers] or
                                   [Choice("", NO_PRINTER, shown=NO_PRINTER)])
        self.paper = SelectInput([Choice(one.key, one.name, shown=one.name) for one in PAPERS.values()])
        self.direction = Segmented((("tall", tr("竖放")), ("wide", tr("横放"))), tr("纸张方向"))
        self.scale = SelectInput([Choice(str(one), _scale_word(one), shown=_scale_word(one)) for one in SCALES])
        self.pages, self.copies = LineInput("", tr("全部；或如 1-3,5")), LineInput("1")
        self.over_form = Segmented((("off", tr("整张打印")), ("on", tr("套打"))), tr("整张打印还是套打"))
        self.told = Label("", "caption", "text2", wrap=True)
        self.calibrate = Button(tr("打印校准页"), "second")
        self._lay_out(len(reports) > 1)
        self._connect()

    def _lay_out(self, many: bool) -> None:
        inside = QWidget()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        area.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(4)
        self.over_form_label = Label(tr("印在什么纸上"), "caption", "text2")
        for words, control, shown in (
            (tr("打印什么"), self.report, many), (tr("打印机"), self.printer, True), (tr("纸张"), self.paper, True),
            (tr("方向"), self.direction, True), (tr("缩放"), self.scale, True), ("", self.over_form, True),
        ):
            label = Label(words, "caption", "text2") if words else self.over_form_label
            control.setAccessibleName(words or tr("整张打印还是套打"))
            label.setBuddy(control)
            for part in (label, control):
                column.addWidget(part)
                part.setVisible(shown)
        both = QGridLayout()
        both.setHorizontalSpacing(8)
        both.setColumnStretch(0, 2)
        both.setColumnStretch(1, 1)
        for at, (words, field) in enumerate(((tr("页码范围"), self.pages), (tr("份数"), self.copies))):
            label = Label(words, "caption", "text2")
            label.setBuddy(field)
            field.setAccessibleName(words)
            both.addWidget(label, 0, at)
            both.addWidget(field, 1, at)
        column.addLayout(both)
        column.addWidget(self.told)
        column.addStretch(1)
        column.addWidget(Line())
        column.addWidget(self.calibrate)
        self.setFixedWidth(px(WIDTH))

    def _connect(self) -> None:
        self.report.chosen.connect(lambda choice: self.report_chosen.emit(int(choice.code)) if choice else None)
        for field in (self.paper, self.scale):
            field.chosen.connect(lambda _: self._changed())
        for row in (self.direction, self.over_form):
            row.chosen.connect(lambda _: self._changed())
        self.printer.chosen.connect(lambda _: self.tell())

    def show_choice(self, report: Report, choice: PrintChoice) -> None:
        """Show how a report is to be printed; pages and copies begin anew."""
        self._setup = choice.setup
        known = choice.printer in self.printers
        self.printer.set_code(choice.printer if known else next(iter(self.printers), ""))
        self.paper.set_code(choice.setup.paper)
        self.direction.set_key("wide" if choice.setup.landscape else "tall")
        self.scale.set_code(str(choice.setup.scale) if choice.setup.scale in SCALES else "0")
        self.over_form.set_key("on" if choice.over_form else "off")
        for part in (self.over_form, self.over_form_label):
            part.setVisible(report.over_form)
        self.pages.set_text("")
        self.copies.set_text("1")
        self.tell()

    def choice(self) -> PrintChoice:
        """Return what is chosen now."""
        paper, scale = self.paper.choice(), self.scale.choice()
        setup = replace(self._setup, paper=paper.code if paper else self._setup.paper,
                        landscape=self.direction.key() == "wide", scale=int(scale.code) if scale else 0)
        printer = self.printer.choice()
        return PrintChoice(printer.code if printer else "", setup, self.over_form.key() == "on")

    def wanted(self, count: int) -> list[int] | None:
        """Return which of so many pages to print; None marks the field and says why."""
        found = chosen_pages(self.pages.text(), count)
        self.pages.set_error("" if found is not None else tr("请写 1 到 {count} 之间的页码，如 1-3,5", count=count))
        return found

    def copy_count(self) -> int | None:
        """Return how many copies; None marks the field and says why."""
        try:
            count = parse_number(self.copies.text() or "1", 0)
        except NotANumber:
            count = None
        good = count is not None and 1 <= count <= MOST_COPIES
        self.copies.set_error("" if good else tr("份数是 1 到 {most}", most=MOST_COPIES))
        return int(count) if good and count is not None else None

    def tell(self) -> None:
        """Say what is special about the choice: no printer, or what 套打 leaves out."""
        words = [] if self.printers else [tr("这台电脑没有装打印机。可以先存为 PDF，再拿到别的电脑打印。")]
        if self.over_form.key() == "on":
            words.append(tr("套打只印填写的内容；灰色的表格是纸上已有的，不会印出来。位置偏了请先打印校准页。"))
        self.told.setText("\n".join(words))
        self.told.setVisible(bool(words))
        self.calibrate.setEnabled(bool(self.printers))
        self.direction.setEnabled(self.choice().setup.paper != "VOUCHER")  # that paper is fed one way only

    def _changed(self) -> None:
        self.tell()
        self.changed.emit()


def _scale_word(percent: int) -> str:
    return tr("适合宽度") if not percent else f"{percent}%"
