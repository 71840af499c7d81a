"""Colours, sizes and type of the program: the one place where a colour value is written.

Every text colour keeps a contrast of 4.5 or more on the backgrounds it is used on, borders of
controls 3 or more; `PAIRS` lists them and a test asserts it for every table of `TABLES`; in the tables of high
contrast every text keeps 7, every border 4.5.
"""

from collections.abc import Mapping
from types import MappingProxyType

_NORMAL: Mapping[str, str] = MappingProxyType({
    "window": "#F3F5F8", "base": "#FFFFFF", "alt": "#F7F9FC", "head": "#E9EDF3", "line": "#DDE3EA",
    "ctl": "#7A889C", "ro": "#EEF1F5", "fx": "#E8F3EC", "sel": "#CFE2FB", "text": "#1B2430",
    "text2": "#4A5768", "dis": "#5F6B7E", "accent": "#1F5FBF", "hover": "#174B99", "nav": "#22344D",
    "navtext": "#E9EFF7", "neg": "#B8241A", "ok": "#1A7340", "okbg": "#E4F4EA", "warn": "#8A5200",
    "warnbg": "#FFF3D6", "err": "#B42318", "errbg": "#FDE8E6", "ready": "#1F5FBF", "readybg": "#E6F0FC",
    "wait": "#6B3FA0", "waitbg": "#F1EAFA", "draft": "#5B6675", "draftbg": "#ECEFF3",
    "s1": "#1F5FBF", "s2": "#B45309", "s3": "#1A7340", "s4": "#6B3FA0", "s5": "#0E7490",
    "navactive": "#3E4E65", "navover": "#2C3E57",       # navtext at 14 % and 5 % over nav: the derived colours
    "white": "#FFFFFF",         # what is written on strong fills
})
# Black on white: tints are gone, signs and borders carry what colour carried.
_BLACK_ON_WHITE: Mapping[str, str] = MappingProxyType({
    "window": "#FFFFFF", "base": "#FFFFFF", "alt": "#FFFFFF", "head": "#F2F2F2", "line": "#595959",
    "ctl": "#000000", "ro": "#F2F2F2", "fx": "#F2F2F2", "sel": "#FFE95C", "text": "#000000",
    "text2": "#1A1A1A", "dis": "#4D4D4D", "accent": "#00309C", "hover": "#001E66", "nav": "#000000",
    "navtext": "#FFFFFF", "neg": "#8B0000", "ok": "#00470F", "okbg": "#FFFFFF", "warn": "#5C3300",
    "warnbg": "#FFFFFF", "err": "#8B0000", "errbg": "#FFFFFF", "ready": "#00309C", "readybg": "#FFFFFF",
    "wait": "#4A0E80", "waitbg": "#FFFFFF", "draft": "#333333", "draftbg": "#FFFFFF",
    "s1": "#00309C", "s2": "#7A2E00", "s3": "#00470F", "s4": "#4A0E80", "s5": "#064450",
    "navactive": "#00309C", "navover": "#1F1F1F", "white": "#FFFFFF",
})
# White on black; what stands on strong fills turns black.
_WHITE_ON_BLACK: Mapping[str, str] = MappingProxyType({
    "window": "#000000", "base": "#000000", "alt": "#000000", "head": "#1A1A1A", "line": "#8C8C8C",
    "ctl": "#FFFFFF", "ro": "#1A1A1A", "fx": "#1A1A1A", "sel": "#002F54", "text": "#FFFFFF",
    "text2": "#EDEDED", "dis": "#BFBFBF", "accent": "#FFE95C", "hover": "#FFF3A6", "nav": "#000000",
    "navtext": "#FFFFFF", "neg": "#FFA7A0", "ok": "#7DF09A", "okbg": "#000000", "warn": "#FFD27A",
    "warnbg": "#000000", "err": "#FFA7A0", "errbg": "#000000", "ready": "#9CCBFF", "readybg": "#000000",
    "wait": "#DDBBFF", "waitbg": "#000000", "draft": "#D9D9D9", "draftbg": "#000000",
    "s1": "#9CCBFF", "s2": "#FFB77A", "s3": "#7DF09A", "s4": "#DDBBFF", "s5": "#7FE3F2",
    "navactive": "#FFE95C", "navover": "#262626", "white": "#000000",
})
NORMAL_COLORS, LIGHT_CONTRAST, DARK_CONTRAST = "", "light", "dark"
TABLES: Mapping[str, Mapping[str, str]] = MappingProxyType({
    NORMAL_COLORS: _NORMAL, LIGHT_CONTRAST: _BLACK_ON_WHITE, DARK_CONTRAST: _WHITE_ON_BLACK,
})
_shown: dict[str, str] = dict(_NORMAL)
# What is shown now; always this one mapping, so that nobody holds the colours of before.
COLORS: Mapping[str, str] = MappingProxyType(_shown)


def use_colors(table: Mapping[str, str]) -> None:
    """Show another table; `theme.set_contrast` calls it and tells the widgets.

    Raises:
        ValueError: A token is missing or unknown.
    """
    if set(table) != set(_NORMAL):
        raise ValueError(f"not the tokens of the program: {sorted(set(table) ^ set(_NORMAL))}")
    _shown.update(table)


# (text or border, background, least contrast)
PAIRS: tuple[tuple[str, str, float], ...] = (
    ("text", "base", 7.0), ("text", "window", 7.0), ("text", "sel", 7.0), ("text", "ro", 7.0), ("text", "fx", 7.0),
    ("text", "head", 7.0), ("text", "errbg", 7.0), ("text", "warnbg", 7.0), ("text", "readybg", 7.0),
    ("text2", "base", 4.5), ("text2", "window", 4.5), ("text2", "head", 4.5), ("text2", "alt", 4.5),
    ("text2", "ro", 4.5), ("text2", "sel", 4.5),
    ("dis", "base", 4.5), ("dis", "ro", 4.5), ("dis", "alt", 4.5),
    ("accent", "base", 4.5), ("accent", "window", 4.5), ("accent", "readybg", 4.5), ("accent", "alt", 4.5),
    ("accent", "sel", 4.5),
    ("white", "accent", 4.5), ("white", "hover", 7.0), ("white", "err", 4.5), ("white", "navactive", 4.5),
    ("navtext", "nav", 7.0), ("navtext", "navover", 7.0),
    ("neg", "base", 4.5), ("neg", "sel", 4.5), ("neg", "fx", 4.5), ("neg", "ro", 4.5),
    ("ok", "okbg", 4.5), ("ok", "base", 4.5), ("ok", "window", 4.5), ("ok", "head", 4.5), ("ok", "alt", 4.5),
    ("warn", "warnbg", 4.5), ("warn", "base", 4.5), ("warn", "sel", 4.5),
    ("err", "errbg", 4.5), ("err", "base", 4.5), ("err", "head", 4.5), ("err", "sel", 4.5),
    ("ready", "readybg", 4.5), ("wait", "waitbg", 4.5), ("wait", "base", 4.5), ("draft", "draftbg", 4.5),
    ("ctl", "base", 3.0), ("ctl", "window", 3.0), ("ctl", "alt", 3.0),
    ("s1", "base", 4.5), ("s2", "base", 4.5), ("s3", "base", 4.5), ("s4", "base", 4.5), ("s5", "base", 4.5),
)

# Stripes of units: decoration, never the only sign. The user picks one of them for each unit.
UNIT_COLORS: Mapping[str, str] = MappingProxyType({
    "蓝": "#1F5FBF", "青": "#0E7490", "绿": "#1A7340", "紫": "#6B3FA0", "橙": "#B45309", "玫红": "#A21C5B",
    "褐": "#6B4F2A", "石墨": "#334155",
})
FIRST_UNIT_COLOR = UNIT_COLORS["青"]

FAMILIES: tuple[str, ...] = ("Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC")
BASE_SIZES: Mapping[str, float] = MappingProxyType({"小": 9.0, "标准": 10.0, "大": 11.5, "特大": 13.0})
NORMAL = 10.0                   # points; the metrics below are true at this size
CAPTION_LEAST = 9.0             # points; nothing is ever smaller

# Logical pixels at 10 pt. What holds text grows with the type (see `typography.px`), the rest does not.
TOP_BAR, NAV_WIDTH, NAV_FOLDED, HEADER, STATE_TABS, DOCUMENT_TABS, STATUS_BAR = 44, 148, 48, 40, 34, 32, 26
CONTROL, SHEET_FOOT_CONTROL, ROW, HEAD_ROW, TOTAL_ROW = 28, 32, 24, 28, 26
INSPECTOR_WIDTH, INSPECTOR_OPENS_AT, FOLD_BELOW, RADIUS, MARGIN, GAP = 280, 1500, 1024, 4, 16, 12


def luminance(value: str) -> float:
    """Return the relative luminance, 0 to 1, of a colour written #RRGGBB (WCAG 2.2)."""
    parts = [int(value[at:at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio, 1 to 21, between two colours written #RRGGBB."""
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)
