"""The section 打印 of the settings: each printer's offset, the calibration page, the usual paper."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.printed.marks import PAPERS
from desktop.texts import tr
from desktop.ui.context import Context
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.inputs import LineInput
from desktop.ui.kit.labels import Label
from desktop.ui.kit.numbers import NotANumber, parse_number
from desktop.ui.kit.panels import Band
from desktop.ui.kit.segmented import Segmented
from desktop.ui.kit.typography import px
from desktop.ui.printing.engine import Engine
from desktop.ui.printing.output import printers as installed
from desktop.ui.printing.report import USUAL, keep_offset, keep_usual_paper, offset_of, usual_paper
from desktop.ui.printing.sending import Sending
from desktop.ui.printing.voucher_report import SETUP
from desktop.ui.settings.section import Section

MOST = 300  # tenths of a millimetre
FIELD = 72


class PrintSettings(Section):
    """One line for each printer of this PC; a change counts at once.

    Args:
        context: The workspace; its notes keep what is set.
        printers: Names; asked of the system when not given.
    """

    def __init__(self, context: Context, printers: Sequence[str] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("打印"), tr("在预印好的凭证纸上套打时，每台打印机的位置会差一点。填差多少，打印时自动挪正。"), parent
        )
        self._context, self._sending = context, Sending(context, self)
        self.paper = Segmented([(key, PAPERS[key].name) for key in USUAL], tr("平时用的纸"))
        self.paper.set_key(usual_paper(context.notes))
        self.paper.chosen.connect(lambda key: keep_usual_paper(context.notes, key))
        self.add_line(tr("平时用的纸"), self.paper, tr("没有打印过的报表先用这种纸；凭证始终用 241×140 毫米凭证纸。"))
        self.add_gap()
        self.fields: dict[str, tuple[LineInput, LineInput]] = {}
        self.buttons: dict[str, Button] = {}
        self.band = Band(closable=True)
        self.band.hide()
        self.add(self.band)
        self._sending.told.connect(self._tell)
        names = installed() if printers is None else printers
        for name in names:
            self._add_printer(name)
        self.add(Label(tr("单位是 0.1 毫米：往右、往下填正数，往左、往上填负数。先打一张校准页，按上面的说明量。")
                       if names else tr("这台电脑没有装打印机。装好以后再来设置；现在可以把要打印的存为 PDF。"),
                       tone="text2", wrap=True))

    def _add_printer(self, name: str) -> None:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        fields = []
        for words, value in zip((tr("右移"), tr("下移")), offset_of(self._context.notes, name), strict=True):
            field = LineInput(str(round(value * 10)))
            field.setFixedWidth(px(FIELD))
            field.setAccessibleName(tr("{printer} {way}，0.1 毫米", printer=name, way=words))
            label = Label(words)
            label.setBuddy(field)
            row.addWidget(label)
            row.addWidget(field)
            field.committed.connect(partial(self._keep, name))
            fields.append(field)
        self.fields[name] = (fields[0], fields[1])
        page = self.buttons[name] = Button(tr("打印校准页"), "second", "printer")
        page.clicked.connect(self._calibrator(name))
        row.addWidget(page)
        row.addStretch(1)
        self.add_line(name, line)

    def _calibrator(self, name: str) -> Callable[[], None]:
        return lambda: self._sending.calibrate(name, SETUP, Engine(self._context.unit.color))

    def _keep(self, name: str, _: str) -> None:
        """Keep both numbers when both can be read; what cannot stays marked and changes nothing."""
        found = [_tenths(field) for field in self.fields[name]]
        right, down = found
        if right is not None and down is not None:
            keep_offset(self._context.notes, name, right, down)

    def _tell(self, kind: str, text: str) -> None:
        self.band.set_content(kind, text)
        self.band.show()


def _tenths(field: LineInput) -> int | None:
    try:
        number = parse_number(field.text() or "0", 0)
    except NotANumber:
        number = None
    good = number is not None and abs(number) <= MOST
    field.set_error("" if good else tr("请填 -{most} 到 {most} 的整数", most=MOST))
    return int(number) if good and number is not None else None
