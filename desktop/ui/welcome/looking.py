"""① 字号与回车方向: seen at once on a sample."""

from decimal import Decimal

from PySide6.QtWidgets import QWidget

from desktop.domain.words import in_words
from desktop.texts import tr
from desktop.ui.kit import typography
from desktop.ui.kit.labels import Label
from desktop.ui.kit.notes import write_note
from desktop.ui.kit.segmented import Segmented
from desktop.ui.settings.display import CONTRASTS, DIRECTIONS, SIZES
from desktop.ui.settings.look import DIRECTION, read_look, show_contrast
from desktop.ui.settings.sample import LookSample
from desktop.ui.welcome.step import Step, Trip


class LookStep(Step):
    """Size of type, where Enter leads, contrast."""

    title = tr("看得清")

    def __init__(self, trip: Trip, parent: QWidget | None = None) -> None:
        super().__init__(trip, tr("先让字看着舒服"), tr("以后随时可以在“设置与备份”里改。"), parent)
        self.type_size = Segmented(SIZES, tr("字号"))
        self.direction = Segmented(DIRECTIONS, tr("回车方向"))
        self.contrast = Segmented(CONTRASTS, tr("高对比度"))
        self.sample = LookSample(in_words(Decimal("36500.00")))
        for words, control in (
            (tr("字号"), self.type_size),
            (tr("回车方向"), self.direction),
            (tr("高对比度"), self.contrast),
        ):
            label = Label(words)
            label.setMinimumWidth(typography.px(84))
            label.setBuddy(control)
            self.add(label, control)
        self.add(self.sample)
        self.type_size.chosen.connect(self._resize)
        self.direction.chosen.connect(self._turn)
        self.contrast.chosen.connect(lambda key: show_contrast(trip.notes, key))

    def enter(self) -> None:
        """Show what is chosen."""
        look = read_look(self.trip.notes)
        self.type_size.set_key(f"{typography.base_size():g}")
        self.direction.set_key(look.direction)
        self.contrast.set_key(look.contrast)
        self.sample.show_direction(look.direction)

    def _resize(self, key: str) -> None:
        typography.set_base_size(float(key))
        keep = getattr(self.trip.notes, "keep_points", None)
        if callable(keep):
            keep(float(key))

    def _turn(self, key: str) -> None:
        write_note(self.trip.notes, DIRECTION, key)
        self.sample.show_direction(key)
