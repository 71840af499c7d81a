"""Hits of the indicator library as a list: ticks, letters that matched, what is used already."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.domain.goal import Level1, LibraryKind, Operator
from desktop.domain.library import Indicator
from desktop.texts import tr
from desktop.texts.words import LEVEL1, LIBRARY_KINDS, OPERATORS
from desktop.ui.kit.icons import paint_icon, qcolor
from desktop.ui.kit.paint import RIGHT, draw_box, draw_text, hairline, text_width
from desktop.ui.kit.pills import PillLook, paint_pill
from desktop.ui.kit.typography import font, px
from desktop.ui.performance.goal_lines import shown_target, tag_of

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
ROW = 52


def matched(name: str, initials: str, typed: str) -> tuple[int, ...]:
    """Return the places in a name whose characters or pinyin initials were typed.

    Args:
        name: Of the indicator.
        initials: Its initials, one for each character that has one, Latin letters and digits kept.
        typed: Words parted by spaces.
    """
    letters = [at for at, sign in enumerate(name) if sign.isalnum()]
    if len(letters) != len(initials):
        letters = list(range(len(name))) if len(name) == len(initials) else []
    found: set[int] = set()
    for word in typed.lower().split():
        at = name.lower().find(word)
        if at >= 0:
            found.update(range(at, at + len(word)))
            continue
        at = initials.find(word)
        if at >= 0 and letters:
            found.update(letters[at : at + len(word)])
    return tuple(sorted(found))


def expected(indicator: Indicator) -> str:
    """Return what the library proposes as a target: "≥ 85 %", "≥ ___ 万亩", 定性."""
    if indicator.operator is Operator.QUAL:
        return tr("定性")
    sign = OPERATORS[indicator.operator.value]
    return f"{sign} {shown_target(indicator.typical_value) or '___'} {indicator.unit}".strip()


class LibraryModel(QAbstractListModel):
    """The hits; `ticked` are those to be added, `used` those that the goal has."""

    def __init__(self, changed: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hits: Sequence[Indicator] = ()
        self.ticked: dict[str, Indicator] = {}
        self.used: frozenset[str] = frozenset()
        self.typed = ""
        self._changed = changed

    def show_hits(self, hits: Sequence[Indicator], typed: str) -> None:
        """Show other hits; ticks stay."""
        self.beginResetModel()
        self.hits, self.typed = tuple(hits), typed
        self.endResetModel()

    def set_used(self, used: frozenset[str]) -> None:
        """Say which indicators the goal has; they are no longer ticked."""
        self.used = used
        self.ticked = {code: one for code, one in self.ticked.items() if code not in used}
        self._tell()

    def toggle(self, row: int) -> None:
        """Tick a hit, or take its tick away; one that is used stays as it is."""
        if not 0 <= row < len(self.hits) or self.hits[row].code in self.used:
            return
        indicator = self.hits[row]
        if self.ticked.pop(indicator.code, None) is None:
            self.ticked[indicator.code] = indicator
        self._tell()

    def _tell(self) -> None:
        if self.hits:
            self.dataChanged.emit(self.index(0), self.index(len(self.hits) - 1))
        self._changed()

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.hits)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        one = self.hits[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return one.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(part for part in (one.name, one.definition, one.formula) if part)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = tr("已加入") if one.code in self.used else tr("已勾选") if one.code in self.ticked else ""
            return f"{one.name} {LEVEL1[one.level1.value]} {one.level2} {expected(one)} {state}".strip()
        return None


class LibraryDelegate(QStyledItemDelegate):
    """A hit on two lines: tick, name and target; kind, levels and where it belongs."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model, box = index.model(), option.rect
        if not isinstance(model, LibraryModel):
            return
        one = model.hits[index.row()]
        used, ticked = one.code in model.used, one.code in model.ticked
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(box, qcolor("sel" if chosen else "base"))
        hairline(painter, box, "bottom")
        upper = QRect(box.left() + 42, box.top() + 4, box.width() - 58, box.height() // 2 - 4)
        lower = upper.translated(0, upper.height())
        _paint_tick(painter, QRect(box.left() + 16, upper.center().y() - 7, 16, 16), used=used, ticked=ticked)
        side = tr("已加入") if used else expected(one)
        width = min(text_width(font(), side), upper.width() // 2)
        draw_text(painter, QRect(upper.right() - width, upper.top(), width + 1, upper.height()), side, font(),
                  "text2" if used else "text", RIGHT)
        places = matched(one.name, one.initials, model.typed)
        _paint_name(painter, upper.adjusted(0, 0, -width - 12, 0), one.name, places, "text2" if used else "text")
        _paint_lower(painter, lower, one)


def _paint_tick(painter: QPainter, box: QRect, *, used: bool, ticked: bool) -> None:
    if used or ticked:
        draw_box(painter, box, "ctl" if used else "accent", "", radius=3)
        paint_icon(painter, "check", box.left() + 2, box.top() + 2, "white", 12)
    else:
        draw_box(painter, box, "base", "ctl", radius=3)


def _paint_name(painter: QPainter, box: QRect, name: str, places: Sequence[int], tone: str) -> None:
    """Draw a name piece by piece, what was typed in bold accent; the end is elided."""
    left, at = box.left(), 0
    while at < len(name) and left < box.right():
        hit = at in places
        end = at
        while end < len(name) and (end in places) == hit:
            end += 1
        face = font(bold=hit)
        rest = QRect(left, box.top(), box.right() - left, box.height())
        draw_text(painter, rest, name[at:end], face, "accent" if hit else tone)
        left += text_width(face, name[at:end])
        at = end


def _paint_lower(painter: QPainter, box: QRect, one: Indicator) -> None:
    core = one.is_core or one.library_kind is LibraryKind.CORE
    word = tr("核心") if core else LIBRARY_KINDS[one.library_kind.value].removesuffix(tr("指标"))
    look = PillLook("", word, "accent" if core else "text2", "readybg" if core else "draftbg")
    width = paint_pill(painter, box.left(), box.center().y(), look, 18)
    words = f"{LEVEL1[one.level1.value].removesuffix(tr('指标'))} · {tag_of(one.level2)}"
    left = box.left() + width + 8
    used = text_width(font("caption"), words)
    draw_text(painter, QRect(left, box.top(), used + 1, box.height()), words, font("caption"), "text2")
    rest = QRect(left + used + 16, box.top(), box.right() - left - used - 15, box.height())
    draw_text(painter, rest, one.category or one.industry, font("caption"), "text2", RIGHT)


def counts(hits: Sequence[Indicator], levels: Sequence[Level1]) -> Mapping[str, int]:
    """Return how many hits each level has; an empty key counts all."""
    found = {level.value: sum(one.level1 is level for one in hits) for level in levels}
    return {"": sum(found.values()), **found}
