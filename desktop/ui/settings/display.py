"""显示: size of type, height of rows, where Enter leads, the unit's colour, contrast; the sample shows it at once."""

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtWidgets import QWidget

from desktop.domain.words import in_words
from desktop.texts import tr
from desktop.ui.context import Context
from desktop.ui.kit import tokens, typography
from desktop.ui.kit.notes import write_note
from desktop.ui.kit.segmented import Segmented
from desktop.ui.settings.look import DIRECTION, DOWN, RIGHT, read_look, show_contrast, show_density
from desktop.ui.settings.sample import LookSample
from desktop.ui.settings.section import Section
from desktop.ui.shell.main_window import MainWindow

SIZES = [(f"{points:g}", word) for word, points in tokens.BASE_SIZES.items()]
CONTRASTS = [
    (tokens.NORMAL_COLORS, tr("普通")),
    (tokens.LIGHT_CONTRAST, tr("白底黑字")),
    (tokens.DARK_CONTRAST, tr("黑底白字")),
]
HEIGHTS = [("tight", tr("紧凑")), ("normal", tr("适中")), ("wide", tr("宽松"))]
DIRECTIONS = [(RIGHT, tr("向右")), (DOWN, tr("向下"))]
_SAMPLE = Decimal("36500.00")


class DisplaySection(Section):
    """Every change is seen at once and kept at once."""

    def __init__(self, context: Context, window: MainWindow, parent: QWidget | None = None) -> None:
        super().__init__(tr("显示"), tr("改了立刻生效，不用保存。Ctrl+= 和 Ctrl+- 也能随时放大、缩小。"), parent)
        self._context, self._window = context, window
        self.type_size = Segmented(SIZES, tr("字号"))
        self.height_choice = Segmented(HEIGHTS, tr("行高"))
        self.direction = Segmented(DIRECTIONS, tr("回车方向"))
        self.contrast = Segmented(CONTRASTS, tr("高对比度"))
        swatches = {value: value for value in tokens.UNIT_COLORS.values()}
        self.color = Segmented(
            [(value, word) for word, value in tokens.UNIT_COLORS.items()], tr("单位颜色"), swatches=swatches, columns=4
        )
        self.sample = LookSample(in_words(_SAMPLE))
        self.add_line(tr("字号"), self.type_size)
        self.add_line(tr("行高"), self.height_choice)
        self.add_line(tr("回车方向"), self.direction, tr("在表格里按回车，光标走到右边一格还是下边一格。"))
        self.add_line(tr("高对比度"), self.contrast, tr("看不清时用。系统已打开高对比度的，“普通”就用系统的颜色。"))
        self._wire()
        self.add_gap()
        self.add(self.sample)

    def _wire(self) -> None:
        notes = self._context.notes
        self.color.chosen.connect(self._window.color_requested)
        self.add_line(
            tr("单位颜色"), self.color, tr("窗口和确认窗口左边的色条。管几个单位的，一个单位一种颜色，不会弄错。")
        )
        self.type_size.chosen.connect(self._resize)
        self.height_choice.chosen.connect(lambda key: self._then(lambda: show_density(notes, key)))
        self.contrast.chosen.connect(lambda key: self._then(lambda: show_contrast(notes, key)))
        self.direction.chosen.connect(lambda key: self._then(lambda: write_note(notes, DIRECTION, key)))

    def _then(self, act: Callable[[], None]) -> None:
        act()
        self.sample.show_direction(self.direction.key())

    def _resize(self, key: str) -> None:
        typography.set_base_size(float(key))
        self._window.zoom_changed.emit(float(key))

    def refresh(self) -> None:
        """Show what is chosen now; the type may have been changed by keys meanwhile."""
        look = read_look(self._context.notes)
        self.type_size.set_key(f"{typography.base_size():g}")
        self.height_choice.set_key(look.density)
        self.direction.set_key(look.direction)
        self.contrast.set_key(look.contrast)
        self.color.set_key(self._context.unit.color)
        self.sample.show_direction(look.direction)
