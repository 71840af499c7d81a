"""Fields before and after, with the letters that changed marked: struck through where they went, tinted where new."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.library_changes import FieldChange
from desktop.domain.text_differences import Piece, pieces
from desktop.texts import tr
from desktop.texts.library_changes import NOTHING, field_value, field_word
from desktop.ui.kit.drawn import Drawn
from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.paint import LEFT, draw_box, draw_text, hairline
from desktop.ui.kit.typography import font, px

PAD, GAP, SIDE, NAME = 8, 14, 40, 104
_NEW_LINE = chr(0x2028)  # how a text layout knows a line's end inside one paragraph


@dataclass(frozen=True, slots=True)
class _Part:
    """A text with its tint: ``old``, ``new`` or ``plain``."""

    look: str
    side: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    parts: tuple[_Part, ...]


Value = Callable[[str, object], str]


class FieldChanges(Drawn):
    """Draws fields under each other; as high as its width needs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields: tuple[_Field, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_changes(self, found: Sequence[FieldChange], value: Value = field_value) -> None:
        """Show these fields.

        Args:
            found: A field of a record that is new or gone is shown with its one value.
            value: Puts a field's value into words.
        """
        self._fields = tuple(_field(one, value) for one in found)
        self.setAccessibleName("；".join(self.lines()))
        self.updateGeometry()
        self.update()

    def lines(self) -> list[str]:
        """Return every field in words."""
        found = []
        for field in self._fields:
            parts = [f"{part.side}{''.join(piece.text for piece in part.pieces)}" for part in field.parts]
            found.append(f"{field.name}：{'，'.join(parts)}")
        return found

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(width, None)

    def sizeHint(self) -> QSize:
        return QSize(px(280), self.heightForWidth(max(self.width(), px(200))))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(160), px(24))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.updateGeometry()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._place(self.width(), QPainter(self))

    def _place(self, width: int, painter: QPainter | None) -> int:
        """Return how high everything is; draws it where a painter is given."""
        top = 0
        for at, field in enumerate(self._fields):
            if not field.parts[0].side:
                top += _place_value(field, top, width, painter)
                continue
            top += px(GAP) if at else 0
            if painter is not None:
                draw_text(painter, QRect(0, top, width, px(20)), field.name, font("caption", bold=True), "text2", LEFT)
            top += px(22)
            for part in field.parts:
                top += _place_part(part, top, width, painter) + 4
        return top + 2


def _field(change: FieldChange, value: Value) -> _Field:
    name = field_word(change.name)
    if change.old is None or change.new is None:
        text = value(change.name, change.new if change.old is None else change.old)
        return _Field(name, (_Part("plain", "", (Piece(text, changed=False),)),))
    old, new = pieces(value(change.name, change.old), value(change.name, change.new))
    return _Field(name, (_Part("old", tr("原"), old), _Part("new", tr("现"), new)))


def _place_value(field: _Field, top: int, width: int, painter: QPainter | None) -> int:
    """Place a field with one value: its name at the left, the value beside it, as high as that needs."""
    side = min(px(NAME), width // 3)
    layout = _layout(field.parts[0], font())
    height = _lay_lines(layout, width - side) + px(8)
    if painter is not None:
        draw_text(painter, QRect(0, top + px(2), side - 6, px(20)), field.name, font("caption"), "text2", LEFT)
        painter.setPen(qcolor("text"))
        layout.draw(painter, QPointF(side, top + px(3)))
        hairline(painter, QRect(0, top, width, height - px(2)), "bottom")
    return height


def _place_part(part: _Part, top: int, width: int, painter: QPainter | None) -> int:
    side = px(SIDE) if part.side else 0
    layout = _layout(part, font())
    height = _lay_lines(layout, width - side - 2 * PAD) + px(8)
    if painter is None:
        return height
    fill = {"old": "errbg", "new": "okbg"}.get(part.look, "alt")
    draw_box(painter, QRect(0, top, width, height), "alt", "line")
    if side:
        draw_box(painter, QRect(0, top, side, height), fill, "line")
        tone = "err" if part.look == "old" else "ok"
        draw_text(painter, QRect(0, top + px(4), side, px(20)), part.side, font("caption", bold=True), tone,
                  Qt.AlignmentFlag.AlignCenter)
    empty = "".join(piece.text for piece in part.pieces) == NOTHING
    painter.setPen(qcolor("dis" if empty else "text"))
    layout.draw(painter, QPointF(side + PAD, top + px(4)))
    return height


def _layout(part: _Part, face: QFont) -> QTextLayout:
    text = "".join(piece.text for piece in part.pieces).replace("\n", _NEW_LINE)
    layout = QTextLayout(text, face)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    at, marks = 0, []
    for piece in part.pieces:
        length = len(piece.text.encode("utf-16-le")) // 2
        if piece.changed and text != NOTHING:
            mark = QTextLayout.FormatRange()
            mark.start, mark.length = at, length
            mark.format = _mark(part.look)
            marks.append(mark)
        at += length
    layout.setFormats(marks)
    return layout


def _mark(look: str) -> QTextCharFormat:
    mark = QTextCharFormat()
    old = look == "old"
    mark.setForeground(qcolor("err" if old else "ok"))
    mark.setBackground(qcolor("errbg" if old else "okbg"))
    mark.setFontStrikeOut(old)
    mark.setFontUnderline(not old)
    return mark


def _lay_lines(layout: QTextLayout, width: int) -> int:
    layout.beginLayout()
    top = 0.0
    while True:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(40, width))
        line.setPosition(QPointF(0, top))
        top += max(line.height(), px(20))
    layout.endLayout()
    return round(top)
