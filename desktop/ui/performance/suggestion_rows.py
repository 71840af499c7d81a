"""The proposed lines as rows: groups with their points, under each the lines with tick, value, points and reason."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.domain.goal import Level1, Operator, PerformanceGoal
from desktop.domain.goal_rules import points
from desktop.domain.suggesting.proposal import Basis, Candidate
from desktop.texts import tr
from desktop.texts.suggestions import basis, why
from desktop.texts.words import LEVEL1, OPERATORS
from desktop.ui.kit.icons import paint_icon, qcolor
from desktop.ui.kit.paint import CENTER, RIGHT, draw_box, draw_text, hairline, text_width
from desktop.ui.kit.pills import PillLook, paint_pill
from desktop.ui.kit.typography import font, px
from desktop.ui.performance.goal_lines import tag_of, value_words
from desktop.usecases.propose_goal import Suggestion, split_points

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
GROUP, LINE = 30, 54
_TICK, _TEXT, _POINTS = 16, 44, 64


@dataclass(frozen=True, slots=True)
class SuggestedRow:
    """A group's heading, or with a candidate one of its lines.

    Attributes:
        here: The goal has it already.
        others: What could stand in its place, best first.
    """

    level: Level1
    one: Candidate | None = None
    here: bool = False
    others: tuple[Candidate, ...] = ()


class SuggestionModel(QAbstractListModel):
    """The rows of a proposal with their ticks; points are split anew over what is ticked.

    Args:
        changed: Called after every tick or exchange.
    """

    def __init__(self, changed: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[SuggestedRow, ...] = ()
        self.ticked: set[str] = set()
        self.points: Mapping[str, Decimal] = {}
        self._changed = changed
        self._suggestion: Suggestion | None = None
        self._goal: PerformanceGoal | None = None

    def show(self, suggestion: Suggestion, goal: PerformanceGoal) -> None:
        """Show a proposal for a goal; what the goal does not have is ticked."""
        self.beginResetModel()
        self._suggestion, self._goal = suggestion, goal
        codes, names = {line.indicator_code for line in goal.lines}, {line.name for line in goal.lines}
        rows: list[SuggestedRow] = []
        for line in suggestion.proposal.lines:
            one = line.candidate
            here = one.indicator.code in codes or one.indicator.name in names
            if not rows or rows[-1].level is not one.level1:
                rows.append(SuggestedRow(one.level1))
            others = tuple(each for each in line.others if each.indicator.name not in names)
            rows.append(SuggestedRow(one.level1, one, here, others))
        self.rows = tuple(rows)
        self.ticked = {row.one.indicator.code for row in rows if row.one is not None and not row.here}
        self.endResetModel()
        self._tell()

    def picked(self, *, every: bool = False) -> list[Candidate]:
        """Return the ticked lines, or all that can be added, in the order of the form."""
        lines = [row.one for row in self.rows if row.one is not None and not row.here]
        return [one for one in lines if every or one.indicator.code in self.ticked]

    def toggle(self, at: int) -> None:
        """Tick a line or take its tick away; on a heading all of its lines."""
        if not 0 <= at < len(self.rows):
            return
        row = self.rows[at]
        codes = [each.one.indicator.code for each in self.rows
                 if each.one is not None and not each.here and each.level is row.level]
        if row.one is not None:
            codes = [row.one.indicator.code] if not row.here else []
        if all(code in self.ticked for code in codes):
            self.ticked.difference_update(codes)
        else:
            self.ticked.update(codes)
        self._tell()

    def exchange(self, at: int, other: Candidate) -> None:
        """Put another candidate in the place of a line; the line becomes one of its alternatives."""
        row = self.rows[at]
        if row.one is None or row.here:
            return
        left = tuple(each for each in row.others if each is not other)
        rows = list(self.rows)
        rows[at] = replace(row, one=other, others=(row.one, *left))
        self.rows = tuple(rows)
        self.ticked.discard(row.one.indicator.code)
        self.ticked.add(other.indicator.code)
        self._tell()

    def group_points(self, level: Level1) -> tuple[Decimal, Decimal]:
        """Return the points of a level that the goal will have, and what the profile wants."""
        if self._suggestion is None or self._goal is None:
            return Decimal(0), Decimal(0)
        new = sum((self.points.get(one.indicator.code, Decimal(0)) for one in self.picked() if one.level1 is level),
                  Decimal(0))
        return self._goal.weight_of(level) + new, self._suggestion.profile.points(level)

    def total(self) -> tuple[Decimal, Decimal]:
        """Return the points of the whole form that the goal will have, and what the profile wants."""
        have = [self.group_points(level) for level in Level1]
        return sum((one for one, _ in have), Decimal(0)), sum((want for _, want in have), Decimal(0))

    def _tell(self) -> None:
        if self._suggestion is not None and self._goal is not None:
            self.points = split_points(self._goal, self._suggestion, self.picked())
        if self.rows:
            self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))
        self._changed()

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return LEVEL1[row.level.value] if row.one is None else row.one.indicator.name
        if role == Qt.ItemDataRole.ToolTipRole and row.one is not None:
            return "\n".join((row.one.indicator.name, why(row.one.evidence), basis(row.one.target)))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row)
        return None

    def _spoken(self, row: SuggestedRow) -> str:
        if row.one is None:
            have, want = self.group_points(row.level)
            return tr("{level} {have} / {want} 分", level=LEVEL1[row.level.value], have=points(have), want=points(want))
        state = tr("已有") if row.here else tr("已勾选") if row.one.indicator.code in self.ticked else tr("没有勾选")
        parts = (row.one.level2, row.one.indicator.name, value_of(row.one), state, why(row.one.evidence))
        return " ".join(part for part in parts if part)


def value_of(one: Candidate) -> str:
    """Return a line's operator, value and unit; a blank where the value is to be typed."""
    sign = "" if one.operator is Operator.QUAL else OPERATORS[one.operator.value]
    return value_words(sign, one.target.value, one.indicator.unit)


def said_of(one: Candidate) -> tuple[str, str]:
    """Return what stands under a line: what is to be done about its value (empty: nothing), and why it is proposed."""
    if one.target.basis is Basis.OPEN:
        return tr("待填"), why(one.evidence)
    return (tr("待核对") if one.target.estimated else ""), why(one.evidence)


class SuggestionDelegate(QStyledItemDelegate):
    """Draws headings on one line; lines on two: tick, group, name, value and points; under them the reason."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        model = index.model()
        line = isinstance(model, SuggestionModel) and model.rows[index.row()].one is not None
        return QSize(200, px(LINE if line else GROUP))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, SuggestionModel):
            return
        row, chosen = model.rows[index.row()], bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(option.rect, qcolor("sel" if chosen else "base" if row.one is not None else "alt"))
        hairline(painter, option.rect, "bottom")
        if row.one is None:
            _paint_group(painter, option.rect, model, row.level)
        else:
            _paint_line(painter, option.rect, model, row, row.one)


def _paint_group(painter: QPainter, box: QRect, model: SuggestionModel, level: Level1) -> None:
    have, want = model.group_points(level)
    inside = box.adjusted(px(_TICK), 0, -px(_TICK), 0)
    draw_text(painter, inside, LEVEL1[level.value], font(bold=True), "text")
    words = tr("{have} / {want} 分", have=points(have), want=points(want))
    draw_text(painter, inside, words, font(bold=True), "ok" if have == want else "warn", RIGHT)


def _paint_line(painter: QPainter, box: QRect, model: SuggestionModel, row: SuggestedRow, one: Candidate) -> None:
    ticked = one.indicator.code in model.ticked
    tone = "text2" if row.here or not ticked else "text"
    width = box.width() - px(_TEXT) - px(_TICK)
    upper = QRect(box.left() + px(_TEXT), box.top() + px(5), width, box.height() // 2 - px(4))
    lower = upper.translated(0, upper.height())
    _paint_tick(painter, box.left() + px(_TICK), upper.center().y() - 7, used=row.here, ticked=ticked)
    side = QRect(upper.right() - px(_POINTS), upper.top(), px(_POINTS) + 1, upper.height())
    given = model.points.get(one.indicator.code) if ticked else None
    words = tr("已有") if row.here else tr("{points} 分", points=points(given)) if given is not None else ""
    draw_text(painter, side, words, font(bold=ticked), tone, RIGHT)
    value = value_of(one)
    width = min(text_width(font(), value), upper.width() // 3)
    place = QRect(side.left() - px(8) - width, upper.top(), width + 1, upper.height())
    draw_text(painter, place, value, font(), "warn" if one.target.estimated and ticked else tone, RIGHT)
    left = _paint_tags(painter, upper, one)
    draw_text(painter, QRect(left, upper.top(), place.left() - px(12) - left, upper.height()), one.indicator.name,
              font(), tone)
    _paint_reason(painter, lower, one)


def _paint_tags(painter: QPainter, box: QRect, one: Candidate) -> int:
    word = tag_of(one.level2)
    tag = QRect(box.left(), box.center().y() - px(9), text_width(font("caption"), word) + px(12), px(18))
    draw_box(painter, tag, "draftbg")
    draw_text(painter, tag, word, font("caption"), "text2", CENTER)
    left = tag.right() + px(8)
    if one.is_core:
        look = PillLook("", tr("核心"), "accent", "readybg")
        left += paint_pill(painter, left, box.center().y(), look, px(18)) + px(8)
    return left


def _paint_reason(painter: QPainter, box: QRect, one: Candidate) -> None:
    mark, reason = said_of(one)
    left = box.left()
    if mark:
        draw_text(painter, box, mark, font("caption", bold=True), "warn")
        left += text_width(font("caption", bold=True), mark) + px(8)
    rest = QRect(left, box.top(), box.right() - left + 1, box.height())
    draw_text(painter, rest, reason, font("caption"), "text2")


def _paint_tick(painter: QPainter, left: int, top: int, *, used: bool, ticked: bool) -> None:
    box = QRect(left, top, 16, 16)
    if used or ticked:
        draw_box(painter, box, "ctl" if used else "accent", "", radius=3)
        paint_icon(painter, "check", left + 2, top + 2, "white", 12)
    else:
        draw_box(painter, box, "base", "ctl", radius=3)

