"""The filter row of a list: search, a card of conditions, and a chip for each that is set."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from desktop.domain.money import format_yuan
from desktop.texts import tr
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.choices import Choice
from desktop.ui.kit.dates import NotADate, parse_date
from desktop.ui.kit.inputs import AmountInput, ChoiceInput, Field, LineInput, search_input
from desktop.ui.kit.panels import Panel, clear_layout
from desktop.ui.kit.typography import px
from desktop.usecases.lists import ListFilter

SEARCH_MS = 150


class DayInput(LineInput):
    """A day, typed as accountants do: 1120, 11.20, 2026-11-20."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__("", tr("如 1120"), parent=parent)
        self.setAccessibleName(name)
        self._today = date(2000, 1, 1)

    def begin(self, day: str, today: date) -> None:
        """Show an ISO day; ``today`` fills in what is left out."""
        self._today = today
        self.set_text(day)
        self.set_error("")

    def day(self) -> str:
        """Return the ISO day, empty for none.

        Raises:
            NotADate: It cannot be read.
        """
        found = parse_date(self.text(), self._today.year, self._today.month)
        return found.isoformat() if found is not None else ""


class FilterCard(Panel):
    """The conditions, in a card under the button.

    Signals:
        taken(object): 应用: a `ListFilter`, its text untouched.
    """

    taken = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent=parent)
        self.setWindowFlag(Qt.WindowType.Popup)
        self._was = ListFilter()
        self.first, self.last = DayInput(tr("日期从")), DayInput(tr("日期到"))
        self.least, self.most = AmountInput(), AmountInput()
        self.project = ChoiceInput(placeholder=tr("全部"))
        self.maker = ChoiceInput(placeholder=tr("全部"))
        self.apply, back = Button(tr("应用"), "primary"), Button(tr("取消"), "second", shortcut="Esc")
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        fields = ((tr("日期从"), self.first), (tr("到"), self.last), (tr("金额从（元）"), self.least),
                  (tr("到（元）"), self.most), (tr("项目"), self.project), (tr("经办"), self.maker))
        for at, (label, field) in enumerate(fields):
            field.setMinimumWidth(px(170))
            grid.addWidget(Field(label, field), at // 2, at % 2)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(back)
        foot.addWidget(self.apply)
        self.body.addLayout(grid)
        self.body.addLayout(foot)
        self.apply.clicked.connect(self._apply)
        back.clicked.connect(self.close)
        for line in (self.first, self.last, self.least, self.most):
            line.returnPressed.connect(self._apply)

    def open_at(self, corner: QPoint, now: ListFilter, today: date, projects: Sequence[str],
                officers: Mapping[str, str]) -> None:
        """Show the conditions that are set, at a global point."""
        self._was = now
        self.first.begin(now.date_from, today)
        self.last.begin(now.date_to, today)
        self.least.set_amount(now.amount_from)
        self.most.set_amount(now.amount_to)
        self.project.set_rows([Choice(name, "", shown=name) for name in projects])
        self.project.set_choice(Choice(now.project, "", shown=now.project) if now.project else None)
        self.maker.set_rows([Choice(code, name, shown=name) for code, name in officers.items()])
        who = officers.get(now.maker, "")
        self.maker.set_choice(Choice(now.maker, who, shown=who) if now.maker else None)
        self.adjustSize()
        self.move(corner)
        self.show()
        self.first.setFocus(Qt.FocusReason.PopupFocusReason)

    def _apply(self) -> None:
        days = []
        for field in (self.first, self.last):
            try:
                days.append(field.day())
            except NotADate as problem:
                field.set_error(str(problem))
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        for amount in (self.least, self.most):
            amount.commit(amount.text())
            if amount.error():
                amount.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        project, maker = self.project.choice(), self.maker.choice()
        self.close()
        self.taken.emit(replace(
            self._was, date_from=days[0], date_to=days[1], amount_from=self.least.amount(),
            amount_to=self.most.amount(), project=project.code if project is not None else "",
            maker=maker.code if maker is not None else "",
        ))


class FilterRow(QWidget):
    """Search, 筛选 and the chips.

    Signals:
        changed(): The list has to be read again.
    """

    changed = Signal()

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now, self._today = ListFilter(), date(2000, 1, 1)
        self._projects: Sequence[str] = ()
        self._officers: Mapping[str, str] = {}
        self._only = ""
        self.only: frozenset[str] = frozenset()
        self.search = search_input(hint, self._typed)
        self.search.setAccessibleName(tr("在列表中查找"))
        self.search.setToolTip(tr("可以输入拼音首字母、单号、金额（Ctrl+F）"))
        self.search.setFixedWidth(px(220))
        self.button = Button(tr("筛选"), "second", "filter", tip=tr("按日期、金额、项目、经办筛选"))
        self.clear = Button(tr("清除"), "link")
        self.card = FilterCard(self)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(6)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(8)
        row.addWidget(self.search)
        row.addWidget(self.button)
        row.addLayout(self._chips)
        row.addWidget(self.clear)
        row.addStretch(1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SEARCH_MS)
        self._timer.timeout.connect(self.changed)
        self.button.clicked.connect(self._open)
        self.clear.clicked.connect(self.reset)
        self.card.taken.connect(self._take)
        self._show_chips()

    def filter(self) -> ListFilter:
        """Return what is asked for."""
        return replace(self._now, text=self.search.text().strip())

    def is_empty(self) -> bool:
        """Say whether nothing is narrowed."""
        return self.filter().is_empty() and not self.only

    def offer(self, today: date, projects: Sequence[str], officers: Mapping[str, str]) -> None:
        """Take what may be chosen."""
        self._today, self._projects, self._officers = today, projects, officers

    def show_only(self, words: str, doc_ids: Sequence[str]) -> None:
        """Show these documents alone, under a chip with these words."""
        self._only, self.only = words, frozenset(doc_ids)
        self._show_chips()
        self.changed.emit()

    def reset(self) -> None:
        """Take every condition away."""
        self._now, self._only, self.only = ListFilter(), "", frozenset()
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self._show_chips()
        self.changed.emit()

    def flush(self) -> None:
        """Forget that something waits to be asked for: the list is being read now."""
        self._timer.stop()

    def _typed(self, text: str) -> None:
        self._show_chips()
        self._timer.start()

    def _open(self) -> None:
        corner = self.button.mapToGlobal(self.button.rect().bottomLeft()) + QPoint(0, 4)
        self.card.open_at(corner, self._now, self._today, self._projects, self._officers)

    def _take(self, wanted: ListFilter) -> None:
        self._now = replace(wanted, text="")
        self._show_chips()
        self.changed.emit()

    def _drop(self, **none: object) -> None:
        self._take(replace(self._now, **none))  # type: ignore[arg-type]

    def _drop_only(self) -> None:
        self._only, self.only = "", frozenset()
        self._show_chips()
        self.changed.emit()

    def _show_chips(self) -> None:
        clear_layout(self._chips)
        now = self._now
        if self._only:
            self._chip(self._only, self._drop_only)
        if now.date_from or now.date_to:
            self._chip(tr("日期：{span}", span=_span(now.date_from[5:], now.date_to[5:])),
                       lambda: self._drop(date_from="", date_to=""))
        if now.amount_from is not None or now.amount_to is not None:
            self._chip(tr("金额：{span}", span=_span(_yuan(now.amount_from), _yuan(now.amount_to))),
                       lambda: self._drop(amount_from=None, amount_to=None))
        if now.project:
            self._chip(tr("项目：{name}", name=now.project), lambda: self._drop(project=""))
        if now.maker:
            self._chip(tr("经办：{name}", name=self._officers.get(now.maker, now.maker)), lambda: self._drop(maker=""))
        self.clear.setVisible(not self.is_empty())

    def _chip(self, words: str, call: object) -> None:
        chip = Button(words, "tonal", "close", tip=tr("去掉“{words}”", words=words))
        chip.clicked.connect(lambda _=False: call())  # type: ignore[operator]
        self._chips.addWidget(chip)


def _yuan(amount: Decimal | None) -> str:
    return "" if amount is None else format_yuan(amount)


def _span(first: str, last: str) -> str:
    if first and last:
        return tr("{first} 至 {last}", first=first, last=last)
    return tr("{first} 起", first=first) if first else tr("{last} 止", last=last)
