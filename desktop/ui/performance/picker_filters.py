"""What narrows the library beside the goal: kinds, field of work and its fund uses, level 2, what suits the project."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from desktop.domain.goal import LibraryKind
from desktop.domain.library_search import LibraryFindings, LibraryQuery
from desktop.texts import tr
from desktop.texts.words import LIBRARY_KINDS
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.wrapping import WrapRow

KINDS = (LibraryKind.CORE, LibraryKind.COMMON, LibraryKind.SPECIFIC, LibraryKind.DEPARTMENT, LibraryKind.CASE)
LONGEST = 14  # characters of a value on a button or chip

# Filter -> its word, and how a query has it with another value; the narrower ones fall with the wider.
_CHOICES: Mapping[str, tuple[str, Callable[[LibraryQuery, str], LibraryQuery]]] = {
    "industry": (tr("行业"), lambda query, value: replace(query, industry=value, category="", fund_use="")),
    "category": (tr("类别"), lambda query, value: replace(query, category=value, fund_use="")),
    "fund_use": (tr("资金用途"), lambda query, value: replace(query, fund_use=value)),
    "level2": (tr("二级指标"), lambda query, value: replace(query, level2=value)),
}


def cleared(query: LibraryQuery) -> LibraryQuery:
    """Return the query without what the panel chose; text and level 1 stay."""
    return replace(query, kinds=(), industry="", category="", fund_use="", level2="", only_fitting=False)


def is_filtered(query: LibraryQuery) -> bool:
    """Tell whether the panel narrows the query."""
    return cleared(query) != query


def short(text: str) -> str:
    """Return a value as it stands on a chip."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


class FilterPanel(QWidget):
    """The filters, each value with the number of hits that it would leave.

    Signals:
        wanted(object): The `LibraryQuery` that was chosen.
    """

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._query = LibraryQuery()
        self.kinds: dict[str, Button] = {}
        self.choices: dict[str, Button] = {}
        kinds, choices = WrapRow(4), WrapRow(4)
        for kind in KINDS:
            button = self.kinds[kind.value] = Button("", "flat")
            button.setCheckable(True)
            button.set_caption()
            button.clicked.connect(self._kind_turner(kind.value))
            kinds.add(button)
        for name, (word, _) in _CHOICES.items():
            button = self.choices[name] = Button(word, "second")
            button.set_caption()
            button.setMenu(QMenu(button))
            choices.add(button)
        self.fitting = Button("", "flat", "target")
        self.fitting.setCheckable(True)
        self.fitting.set_caption()
        self.fitting.clicked.connect(lambda on: self.wanted.emit(replace(self._query, only_fitting=bool(on))))
        choices.add(self.fitting)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(kinds)
        column.addWidget(choices)

    def show_query(self, query: LibraryQuery, found: LibraryFindings) -> None:
        """Show what is chosen, and what could be."""
        self._query = query
        for kind, button in self.kinds.items():
            button.setText(f"{LIBRARY_KINDS[kind]} {found.kinds.get(kind, 0):,}")
            button.setAccessibleName(button.text())
            button.setChecked(kind in query.kinds)
            button.setVisible(kind in query.kinds or found.kinds.get(kind, 0) > 0)
        counted = {
            "industry": found.industries, "category": found.categories, "fund_use": found.fund_uses,
            "level2": found.level2,
        }
        for name, values in counted.items():
            self._show_choice(name, values)
        self.fitting.setText(tr("只看适用本项目的 {count}", count=f"{found.fitting:,}"))
        self.fitting.setToolTip(tr("适用本项目支出功能科目的，和各类项目都能用的"))
        self.fitting.setAccessibleName(self.fitting.text())
        self.fitting.setChecked(query.only_fitting)
        self.fitting.setVisible(bool(query.function_code))

    def _show_choice(self, name: str, values: Mapping[str, int]) -> None:
        word, change = _CHOICES[name]
        chosen, button = str(getattr(self._query, name)), self.choices[name]
        button.setText(short(chosen) or word)
        button.setAccessibleName(f"{word}：{chosen or tr('全部')}")
        button.setToolTip(f"{word}：{chosen or tr('全部')}")
        button.setEnabled(bool(values))
        menu = button.menu()
        menu.clear()
        rows = [("", tr("全部")), *((value, value) for value in sorted(values, key=lambda one: -values[one]))]
        for value, text in rows:
            shown = text.removesuffix(tr("指标")) if name == "level2" else text
            action = menu.addAction(f"{shown}　{values[value]:,}" if value else shown)
            action.setCheckable(True)
            action.setChecked(value == chosen)
            action.triggered.connect(self._chooser(change, value))

    def _chooser(self, change: Callable[[LibraryQuery, str], LibraryQuery], value: str) -> Callable[[], None]:
        return lambda: self.wanted.emit(change(self._query, value))

    def _kind_turner(self, kind: str) -> Callable[[bool], None]:
        def turn(on: bool) -> None:
            kept = tuple(one for one in self._query.kinds if one != kind)
            self.wanted.emit(replace(self._query, kinds=(*kept, kind) if on else kept))

        return turn


class FilterChips(WrapRow):
    """The filters that are on, one chip each; a click takes it away.

    Signals:
        wanted(object): The `LibraryQuery` without it.
    """

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(4, parent)
        self.chips: list[Button] = []

    def show_query(self, query: LibraryQuery) -> None:
        """Show the chips of a query; none for an empty one."""
        inside = any(chip.hasFocus() for chip in self.chips)
        self.clear()
        self.chips = [self._chip(words, without) for words, without in _conditions(query)]
        if len(self.chips) > 1:
            self.chips.append(self._chip(tr("全部清除"), cleared(query), "flat"))
        for chip in self.chips:
            self.add(chip)
            chip.show()
        if inside and self.chips:
            self.chips[0].setFocus()
        self.setVisible(bool(self.chips))

    def _chip(self, words: str, without: LibraryQuery, kind: str = "tonal") -> Button:
        chip = Button(short(words), kind, "close", tip=tr("取消“{words}”", words=words), parent=self)
        chip.set_caption()
        chip.clicked.connect(lambda: self.wanted.emit(without))
        return chip


def _conditions(query: LibraryQuery) -> list[tuple[str, LibraryQuery]]:
    """Return the words of each filter that is on, with the query without it."""
    found = [
        (LIBRARY_KINDS[kind], replace(query, kinds=tuple(one for one in query.kinds if one != kind)))
        for kind in query.kinds
    ]
    found += [
        (value, change(query, "")) for name, (_, change) in _CHOICES.items() if (value := str(getattr(query, name)))
    ]
    if query.only_fitting:
        found.append((tr("适用本项目"), replace(query, only_fitting=False)))
    return found
