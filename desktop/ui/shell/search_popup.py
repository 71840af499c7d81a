"""The list under the search box: hits by their kind under headings, at most twelve until more are asked for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.texts import tr
from desktop.ui.kit.icons import paint_icon, qcolor
from desktop.ui.kit.paint import LEFT, RIGHT, draw_text, text_width
from desktop.ui.kit.typography import font, px

MOST, ROOM, ICON, EDGE = 12, 14, 16, 12
LEAST_WIDE, MOST_WIDE = 420, 640
_TOP = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: a code for the caller, words, grey words at the right, an icon."""

    code: str
    text: str
    detail: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class HitGroup:
    """Hits of one kind under a heading, best first."""

    title: str
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    kind: str  # heading, hit, more or none
    text: str
    hit: Hit | None = None


def shown_counts(groups: Sequence[HitGroup], most: int = MOST) -> list[int]:
    """Return how many hits of each group are shown so that each group has its share of the room."""
    counts = [0] * len(groups)
    while sum(counts) < most:
        open_groups = [at for at, group in enumerate(groups) if counts[at] < len(group.hits)]
        if not open_groups:
            break
        for at in open_groups[: most - sum(counts)]:
            counts[at] += 1
    return counts


def rows_of(groups: Sequence[HitGroup], *, everything: bool) -> Iterator[_Row]:
    """Give the rows of the list: headings, hits, and at the end how many are left out."""
    whole = sum(len(group.hits) for group in groups)
    counts = [len(group.hits) for group in groups] if everything else shown_counts(groups)
    for group, count in zip(groups, counts, strict=True):
        if count:
            yield _Row("heading", group.title)
            for hit in group.hits[:count]:
                yield _Row("hit", hit.text, hit)
    if sum(counts) < whole:
        yield _Row("more", tr("更多（还有 {count} 条）", count=whole - sum(counts)))


class HitModel(QAbstractListModel):
    """Headings and hits as one list; a heading cannot be chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[_Row] = []

    def show_rows(self, rows: Sequence[_Row]) -> None:
        """Replace everything."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self.rows[index.row()].kind in ("heading", "none"):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        row = self.rows[index.row()]
        return f"{row.text}　{row.hit.detail}" if row.hit is not None and row.hit.detail else row.text


class _HitDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        model = index.model()
        heading = isinstance(model, HitModel) and model.rows[index.row()].kind == "heading"
        return QSize(100, px(24 if heading else 30))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, HitModel):
            return
        row, box = model.rows[index.row()], option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(box, qcolor("sel" if chosen else "base"))
        inner = box.adjusted(EDGE, 0, -EDGE, 0)
        if row.kind == "heading":
            if index.row():
                painter.fillRect(box.left(), box.top(), box.width(), 1, qcolor("line"))
            draw_text(painter, inner.adjusted(0, 2, 0, 0), row.text, font("caption", bold=True), "text2", LEFT)
            return
        hit = row.hit or Hit("", row.text, icon="chevron-down" if row.kind == "more" else "")
        if hit.icon:
            paint_icon(painter, hit.icon, inner.left(), box.center().y() - ICON // 2 + 1, "text2", ICON)
        left = inner.left() + ICON + 8
        detail = min(text_width(font("caption"), hit.detail), inner.width() // 2)
        name = QRect(left, box.top(), inner.right() - left - (detail + 12 if detail else 0), box.height())
        draw_text(painter, name, hit.text, font(), "accent" if row.kind == "more" else "text", LEFT)
        if detail:
            side = QRect(inner.right() - detail, box.top(), detail + 1, box.height())
            draw_text(painter, side, hit.detail, font("caption"), "text2", RIGHT)


class SearchPopup(QListView):
    """Never takes the focus; the box hands it the keys by `take_key`.

    Signals:
        picked(object): The `Hit` that was chosen.
    """

    picked = Signal(object)

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self._field, self._model = field, HitModel(self)
        self._groups: tuple[HitGroup, ...] = ()
        self._everything = False
        self.setWindowFlags(Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameStyle(QFrame.Shape.Box | QFrame.Shadow.Plain)
        colors = self.palette()
        colors.setColor(colors.ColorRole.WindowText, qcolor("ctl"))
        self.setPalette(colors)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setModel(self._model)
        self.setItemDelegate(_HitDelegate(self))
        self.setAccessibleName(tr("找到的内容"))
        self.clicked.connect(lambda index: self._pick(index.row()))
        self.entered.connect(self._hovered)

    def show_groups(self, groups: Sequence[HitGroup], nothing: str = "") -> None:
        """Open with these groups, the first hit chosen unless another one was by keys and is still there.

        Args:
            nothing: Said when there is no hit; without it the list closes then.
        """
        kept = self.current()
        self._groups, self._everything = tuple(groups), False
        self._fill(nothing)
        at = next((at for at, row in enumerate(self._model.rows) if kept is not None and row.hit == kept), -1)
        self.setCurrentIndex(self._model.index(at if at >= 0 else self._next(-1, 1)))

    def _fill(self, nothing: str = "") -> None:
        rows = list(rows_of(self._groups, everything=self._everything))
        if not rows and nothing:
            rows = [_Row("none", nothing)]
        self._model.show_rows(rows)
        if not rows:
            self.hide()
            return
        self._place()
        self.show()

    def hits(self) -> list[Hit]:
        """Return the hits in the list now."""
        return [row.hit for row in self._model.rows if row.hit is not None]

    def headings(self) -> list[str]:
        """Return the headings in the list now."""
        return [row.text for row in self._model.rows if row.kind == "heading"]

    def current(self) -> Hit | None:
        """Return the chosen hit, if the list is open."""
        at = self.currentIndex().row()
        return self._model.rows[at].hit if self.isVisible() and 0 <= at < len(self._model.rows) else None

    def take_key(self, event: QKeyEvent) -> bool:
        """Use Up, Down, PgUp, PgDn, Enter and Esc while open; tell whether the key was used."""
        if not self.isVisible():
            return False
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        code, at = Qt.Key(event.key()), self.currentIndex().row()
        if code in steps:
            for _ in range(abs(steps[code])):
                at = self._next(at, 1 if steps[code] > 0 else -1)
            self.setCurrentIndex(self._model.index(at))
            return True
        if code in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._pick(at)
            return True
        if code == Qt.Key.Key_Escape:
            self.hide()
            return True
        return False

    def _next(self, at: int, step: int) -> int:
        """Return the next row that can be chosen; the same one at either end."""
        end = at + step
        while 0 <= end < len(self._model.rows):
            if self._model.flags(self._model.index(end)) != Qt.ItemFlag.NoItemFlags:
                return end
            end += step
        return at

    def _hovered(self, index: QModelIndex) -> None:
        if self._model.flags(index) != Qt.ItemFlag.NoItemFlags:
            self.setCurrentIndex(index)

    def _pick(self, at: int) -> None:
        row = self._model.rows[at]
        if row.kind == "more":
            self._everything = True
            self._fill()
            self.setCurrentIndex(self._model.index(self._next(-1, 1)))
        elif row.hit is not None:
            self.hide()
            self.picked.emit(row.hit)

    def _place(self) -> None:
        area = self._field.screen().availableGeometry()
        window = self._field.window().geometry()
        rows = [self._model.index(at) for at in range(min(len(self._model.rows), MOST + ROOM // 2))]
        height = sum(self.sizeHintForIndex(index).height() for index in rows) + 2 * self.frameWidth()
        width = min(max(self._field.width(), px(LEAST_WIDE)), MOST_WIDE, window.width() - 16)
        corner = self._field.mapToGlobal(QPoint(0, self._field.height() + 2))
        left = min(corner.x(), window.right() - 8 - width)
        self.setGeometry(max(area.left(), left), corner.y(), width, min(height, area.bottom() - corner.y()))
