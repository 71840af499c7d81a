"""Hits of the indicator library as a list: ticks, signs that matched, who uses them, what is retired."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from desktop.domain.goal import Operator
from desktop.domain.library import Indicator
from desktop.domain.library_matching import alias_of, places_of, searched
from desktop.domain.library_search import LibraryFindings
from desktop.texts import tr
from desktop.texts.words import LEVEL1, OPERATORS, VALUE_BASES
from desktop.ui.performance.goal_lines import shown_target, value_words
from desktop.usecases.pick_indicators import LibraryPage

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
NOTHING = LibraryPage(LibraryFindings(), 0, "")
MOST = 2000  # hits that scrolling may bring; who looks for others types more


def expected(indicator: Indicator) -> str:
    """Return what the library proposes as a target: "≥ 85 %", "≥ ___ 万亩", 定性."""
    if indicator.operator is Operator.QUAL:
        return tr("定性")
    return value_words(OPERATORS[indicator.operator.value], indicator.typical_value, indicator.unit)


def describe(one: Indicator) -> str:
    """Return what a pointer that rests on a hit is told: meaning, formula, other names, where it is used, values."""
    values = [
        f"{VALUE_BASES[value.basis.value]} {' '.join(part for part in (value.year, value.region) if part)} "
        f"{shown_target(value.value)} {one.unit}".replace("  ", " ").strip()
        for value in one.reference_values
    ]
    return "\n".join(
        line
        for line in (
            one.name,
            one.definition,
            tr("计算：{formula}", formula=one.formula) if one.formula else "",
            tr("又名：{names}", names="、".join(one.aliases)) if one.aliases else "",
            tr("参考值：{values}", values="；".join(values)) if values else "",
            " › ".join(part for part in (one.industry, one.category, one.fund_use) if part),
            tr("编码：{code}", code=one.code),
        )
        if line
    )


class LibraryModel(QAbstractListModel):
    """The hits; `ticked` are those to be added, `used` those that the goal has.

    Args:
        changed: Called when ticks changed.
        more_wanted: Called when the list was scrolled to its end and there are more hits.
    """

    def __init__(
        self, changed: Callable[[], None], more_wanted: Callable[[], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.page = NOTHING
        self.hits: Sequence[Indicator] = ()
        self.ticked: dict[str, Indicator] = {}
        self.used: frozenset[str] = frozenset()
        self.typed, self.fiscal_year = "", 0
        self._places: dict[str, tuple[tuple[int, ...], str]] = {}
        self._changed, self._more_wanted = changed, more_wanted

    def show_page(self, page: LibraryPage, typed: str, fiscal_year: int) -> None:
        """Show other hits; ticks stay."""
        self.beginResetModel()
        self.page, self.hits, self.typed, self.fiscal_year = page, page.hits, typed, fiscal_year
        self._places = {}
        self.endResetModel()

    def lengthen(self, page: LibraryPage) -> None:
        """Show further hits of the same query under those that are there."""
        before, after = len(self.hits), len(page.hits)
        if page.hits[:before] != tuple(self.hits) or after <= before:
            self.show_page(page, self.typed, self.fiscal_year)
            return
        self.beginInsertRows(_TOP, before, after - 1)
        self.page, self.hits = page, page.hits
        self.endInsertRows()

    def set_used(self, used: frozenset[str]) -> None:
        """Say which indicators the goal has; they are no longer ticked."""
        self.used = used
        self.ticked = {code: one for code, one in self.ticked.items() if code not in used}
        self._tell()

    def is_open(self, one: Indicator) -> bool:
        """Tell whether a hit may be picked in the project's year (P-03)."""
        return not self.fiscal_year or one.is_open_in(self.fiscal_year)

    def toggle(self, row: int) -> bool:
        """Tick a hit, or take its tick away; tell whether that may be: not when it is used or retired."""
        if not 0 <= row < len(self.hits):
            return False
        indicator = self.hits[row]
        if indicator.code in self.used or not self.is_open(indicator):
            return False
        if self.ticked.pop(indicator.code, None) is None:
            self.ticked[indicator.code] = indicator
        self._tell()
        return True

    def marks(self, one: Indicator) -> tuple[tuple[int, ...], str]:
        """Return which characters of a hit's name were meant, and the other name that was; found when it is painted."""
        found = self._places.get(one.code)
        if found is None:
            entry = searched(one)
            found = self._places[one.code] = (places_of(entry, self.typed), alias_of(entry, one, self.typed))
        return found

    def side(self, one: Indicator) -> str:
        """Return who uses a hit, what it can be compared with, or what it is for: the first that is known."""
        uses = self.page.found.unit_uses.get(one.code, 0)
        words = [
            tr("本单位用过 {count} 次", count=uses) if uses else "",
            tr("本地区 {count} 家在用", count=one.region_uses) if one.region_uses else "",
            tr("案例 {count} 个", count=self.page.cases[one.code]) if one.code in self.page.cases else "",
        ]
        return " · ".join([word for word in words if word][:2]) or one.fund_use or one.category or one.industry

    def replaced(self, one: Indicator) -> str:
        """Return what a retired hit gives way to."""
        successor = self.page.successors.get(one.code)
        return tr("改用：{name}", name=successor.name) if successor else tr("{year} 年起停用", year=_year_after(one))

    def _tell(self) -> None:
        if self.hits:
            self.dataChanged.emit(self.index(0), self.index(len(self.hits) - 1))
        self._changed()

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.hits)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and len(self.hits) < min(self.page.found.total, MOST)

    def fetchMore(self, parent: Index) -> None:
        self._more_wanted()

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        one = self.hits[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return one.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return describe(one)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{one.name} {LEVEL1[one.level1.value]} {one.level2} {expected(one)} {self._state(one)}".strip()
        return None

    def _state(self, one: Indicator) -> str:
        if one.code in self.used:
            return tr("已加入")
        if not self.is_open(one):
            return f"{tr('停用')} {self.replaced(one)}"
        return tr("已勾选") if one.code in self.ticked else ""


def _year_after(one: Indicator) -> str:
    return str(int(one.effective_to) + 1) if one.effective_to.isdecimal() else one.effective_from
