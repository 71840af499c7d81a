"""The manual's pictures: made small from pictures of the screens, by the table ``pictures.toml``."""

import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage

import resources

MOST_BYTES = 40_000
_FORMS = ((920, 256), (920, 64), (920, 32), (820, 64), (820, 32), (720, 32), (640, 32))  # width, colours; best first
_WHOLE = (0, 0, 1000, 1000)
_STRONG, _FULL = 16, 90  # what a pixel of a full colour counts, and how far its strongest part stands out
_COARSE, _HALF = 0xFFE0E0E0, 0xFF101010  # three bits of each colour, and the middle of what they leave


@dataclass(frozen=True, slots=True)
class PictureSource:
    """Where a picture comes from.

    Attributes:
        name: File in ``resources/help/pictures``.
        screens: Names of pictures of screens, without their endings; the first that is there is taken.
        part: Left, top, width, height of the part that is shown, in thousandths of the screen; all of it by default.
    """

    name: str
    screens: tuple[str, ...]
    part: tuple[int, ...] = _WHOLE


def sources() -> tuple[PictureSource, ...]:
    """Return the table."""
    table = tomllib.loads(resources.read_text("help", "pictures.toml"))
    return tuple(
        PictureSource(one["name"], tuple(one["screens"]), tuple(one.get("part", _WHOLE))) for one in table["picture"]
    )


def refresh_pictures(screens: Path, target: Path) -> list[str]:
    """Make the manual's pictures anew: cut out, scaled, 256 colours, each at most `MOST_BYTES` long.

    Args:
        screens: Folder with pictures of the screens, as ``budgetdesk demo`` or ``budgetdesk screens`` makes it.
        target: ``resources/help/pictures`` of the source.

    Returns:
        The screens that the folder does not hold; their pictures stay as they were.
    """
    missing = []
    target.mkdir(parents=True, exist_ok=True)
    for source in sources():
        files = [file for name in source.screens if (file := _file(screens, name)).is_file()]
        whole = QImage(str(files[0])) if files else QImage()
        if whole.isNull():
            missing.append(source.screens[0])
            continue
        _save_small(_part(whole, source.part), target / source.name)
    return missing


def _file(folder: Path, name: str) -> Path:
    """Return the file of a screen, which may carry a number before its name: 08-voucher.png."""
    return next(iter(sorted(folder.glob(f"[0-9][0-9]-{name}.png"))), folder / f"{name}.png")


def _part(whole: QImage, part: tuple[int, ...]) -> QImage:
    left, top, width, height = part
    box = QRect(whole.width() * left // 1000, whole.height() * top // 1000, whole.width() * width // 1000,
                whole.height() * height // 1000)
    return whole.copy(box)


def _save_small(image: QImage, path: Path) -> None:
    """Write the widest form that is short enough."""
    for width, colors in _FORMS:
        shown = image
        if image.width() > width:
            shown = image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        opaque = shown.convertToFormat(QImage.Format.Format_RGB32)
        exact = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
        table = _palette(opaque, colors)
        opaque.convertToFormat(QImage.Format.Format_Indexed8, table, exact).save(str(path), quality=0)
        if path.stat().st_size <= MOST_BYTES:
            return


def _weight(color: int) -> int:
    """Return how much a pixel counts: signs and buttons in colour are small, but say more than all the greys."""
    parts = (color >> 16 & 255, color >> 8 & 255, color & 255)
    return _STRONG if max(parts) - min(parts) > _FULL else 1


def _palette(image: QImage, colors: int) -> list[int]:
    """Return so many colours of a picture: half the commonest as they are, the rest the commonest of coarser steps."""
    counted = Counter({color: count * _weight(color)
                       for color, count in Counter(memoryview(image.constBits()).cast("I")).items()})
    exact = [color for color, _ in counted.most_common(colors // 2)]
    coarse: Counter[int] = Counter()
    for color, count in counted.items():
        coarse[color & _COARSE] += count
    middle = [color | _HALF for color, _ in coarse.most_common(colors)]
    return list(dict.fromkeys([*exact, *middle]))[:colors]
