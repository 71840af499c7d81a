"""How a hit of the indicator library is drawn: two lines, what was typed in bold accent."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.domain.goal import LibraryKind
from desktop.domain.library import Indicator
from desktop.texts import tr
from desktop.texts.words import LEVEL1, LIBRARY_KINDS
from desktop.ui.kit.icons import paint_icon, qcolor
from desktop.ui.kit.paint import RIGHT, draw_box, draw_text, hairline, text_width
from desktop.ui.kit.pills import PillLook, paint_pill
from desktop.ui.kit.typography import font, px
from desktop.ui.performance.goal_lines import tag_of
from desktop.ui.performance.library import Index, LibraryModel, expected

ROW, TICK, PILL = 52, 16, 18


class LibraryDelegate(QStyledItemDelegate):
    """A hit: tick, name and target; kind, levels and who uses it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model, box = index.model(), option.rect
        if not isinstance(model, LibraryModel):
            return
        one = model.hits[index.row()]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(box, qcolor("sel" if chosen else "base"))
        hairline(painter, box, "bottom")
        upper = QRect(box.left() + 42, box.top() + 4, box.width() - 58, box.height() // 2 - 4)
        lower = upper.translated(0, upper.height())
        is_open = model.is_open(one)
        tick = QRect(box.left() + 16, upper.center().y() - TICK // 2 + 1, TICK, TICK)
        _paint_tick(painter, tick, used=one.code in model.used, ticked=one.code in model.ticked, is_open=is_open)
        self._paint_upper(painter, upper, model, one)
        if is_open:
            _paint_lower(painter, lower, one, model)
        else:
            look = PillLook("", tr("停用"), "dis", "ro")
            width = paint_pill(painter, lower.left(), lower.center().y(), look, PILL)
            draw_text(painter, lower.adjusted(width + 8, 0, 0, 0), model.replaced(one), font("caption"), "warn")

    def _paint_upper(self, painter: QPainter, box: QRect, model: LibraryModel, one: Indicator) -> None:
        used, is_open = one.code in model.used, model.is_open(one)
        side = tr("已加入") if used else expected(one)
        width = min(text_width(font(), side), box.width() // 2)
        tone = "text2" if used else "text" if is_open else "dis"
        draw_text(painter, QRect(box.right() - width, box.top(), width + 1, box.height()), side, font(), tone, RIGHT)
        _paint_name(painter, box.adjusted(0, 0, -width - 12, 0), one.name, model.marks(one)[0], tone)


def _paint_tick(painter: QPainter, box: QRect, *, used: bool, ticked: bool, is_open: bool) -> None:
    if used or ticked:
        draw_box(painter, box, "ctl" if used else "accent", "", radius=3)
        paint_icon(painter, "check", box.left() + 2, box.top() + 2, "white", 12)
    else:
        draw_box(painter, box, "base" if is_open else "ro", "ctl" if is_open else "line", radius=3)


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


def _paint_lower(painter: QPainter, box: QRect, one: Indicator, model: LibraryModel) -> None:
    core = one.is_core or one.library_kind is LibraryKind.CORE
    word = tr("核心") if core else LIBRARY_KINDS[one.library_kind.value]
    look = PillLook("", word, "accent" if core else "text2", "readybg" if core else "draftbg")
    left = box.left() + paint_pill(painter, box.left(), box.center().y(), look, PILL) + 8
    alias = model.marks(one)[1]
    words = f"{LEVEL1[one.level1.value].removesuffix(tr('指标'))} · {tag_of(one.level2)}"
    for text, tone in ((words, "text2"), (tr("又名 {name}", name=alias) if alias else "", "accent")):
        if text:
            width = min(text_width(font("caption"), text), max(box.right() - left, 0))
            draw_text(painter, QRect(left, box.top(), width + 1, box.height()), text, font("caption"), tone)
            left += width + 12
    rest = QRect(left, box.top(), max(box.right() - left + 1, 0), box.height())
    draw_text(painter, rest, model.side(one), font("caption"), "text2", RIGHT)
