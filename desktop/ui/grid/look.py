"""What the model tells the painter of a cell, and how columns are aligned."""

from dataclasses import dataclass

from PySide6.QtCore import Qt

from desktop.ui.grid.columns import ColumnSpec, Mark, show
from desktop.ui.kit.paint import CENTER, LEFT, RIGHT
from desktop.ui.kit.pills import pill_look

_CENTERED = ("check", "index")


@dataclass(frozen=True, slots=True)
class CellLook:
    """All that is needed to draw one cell."""
    text: str
    tint: str
    tone: str
    align: Qt.AlignmentFlag
    mark: Mark
    kind: str
    value: object
    row_kind: str


def alignment(spec: ColumnSpec) -> Qt.AlignmentFlag:
    """Return how a column's cells and head are aligned."""
    by_name = {"left": LEFT, "right": RIGHT, "center": CENTER}
    if spec.align:
        return by_name[spec.align]
    return RIGHT if spec.numeric else CENTER if spec.kind in _CENTERED else LEFT


def shown_text(spec: ColumnSpec, value: object) -> str:
    """Return the words that a cell shows, those of a pill included."""
    if spec.kind != "pill":
        return show(spec, value)
    state, _, word = str(value or "").partition("|")
    return pill_look(state, word).word if state else ""


def spoken(spec: ColumnSpec, look: CellLook) -> str:
    """Return what a screen reader says of a cell: column, value, and its mark."""
    value = shown_text(spec, look.value) if look.kind == "pill" else look.text
    if look.kind == "check":
        value = "已勾选" if look.value else "未勾选"
    words = {"error": "有错误", "warning": "有提示", "info": "有说明"}
    mark = f"{words[look.mark.level]}：{look.mark.message}" if look.mark.level in words else ""
    said = (f"{spec.title} {value or '空'}", mark, "改后未送出" if look.mark.changed else "",
            "由公式算出" if spec.tint == "fx" else "")
    return "，".join(part for part in said if part)
