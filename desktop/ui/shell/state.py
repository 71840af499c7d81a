"""What the frame shows: plain values that the caller makes; the frame reads nothing by itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.texts import tr
from desktop.ui.kit import tokens


@dataclass(frozen=True, slots=True)
class Officer:
    """A person who may sit at this screen: id, name and the word of the post (经办, 复核, 签章)."""
    id: str
    name: str
    post: str


@dataclass(frozen=True, slots=True)
class UnitItem:
    """A unit whose workspace lies on this PC: a key for the caller, code, name and the colour of its stripe."""
    key: str
    code: str
    name: str
    color: str


@dataclass(frozen=True, slots=True)
class SyncChip:
    """What the chip at the top says.

    Attributes:
        waiting: Documents signed and not yet sent.
        returned: Documents that came back and wait for this user.
        last: When the last successful run was, "11-20 08:05"; empty: never.
        running: Progress while a run goes on, "4/6"; empty: none.
        offline: No network now; shown grey.
        stale: Older than seven days with items waiting; shown amber.
    """
    waiting: int = 0
    returned: int = 0
    last: str = ""
    running: str = ""
    offline: bool = False
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the status bar: grey label, bold value; `dot` is a colour token; `key` makes it clickable."""
    label: str
    value: str = ""
    dot: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class ShellState:
    """Everything around the page.

    Attributes:
        unit_color: Stripe of the unit, #RRGGBB.
        units: Other units of this PC.
        this_year: The year of today; a past year is shown under a strip.
        years: Years with data, newest first.
        lock_minutes: After how many minutes the window locks itself; 0: never.
        pin_for_all: Whether makers too are asked for the PIN when they sit down.
        officers: Others who may take the seat; the one in it is left out.
        badges: Count on a navigation item by page key.
        left, right: Segments of the status bar; a page may replace the left ones by `show_segments`.
        strip: Words of a strip over everything ("演示数据 · 不会报送"); empty: none.
    """
    unit_code: str = ""
    unit_name: str = ""
    unit_color: str = tokens.FIRST_UNIT_COLOR
    year: int = 0
    officer: Officer = field(default_factory=lambda: Officer("", "", ""))
    officers: tuple[Officer, ...] = ()
    chip: SyncChip = field(default_factory=SyncChip)
    badges: Mapping[str, int] = field(default_factory=dict)
    left: tuple[Segment, ...] = ()
    right: tuple[Segment, ...] = ()
    strip: str = ""
    units: tuple[UnitItem, ...] = ()
    this_year: int = 0
    years: tuple[int, ...] = ()
    lock_minutes: int = 15
    pin_for_all: bool = False

    @property
    def past(self) -> bool:
        """Whether a past year is shown."""
        return 0 < self.year < self.this_year

    @property
    def title(self) -> str:
        """Return the title of the window."""
        color = next((name for name, value in tokens.UNIT_COLORS.items() if value == self.unit_color), "")
        marked = f"{self.unit_name}（{tr('{color}色', color=color)}）" if self.units and color else self.unit_name
        parts = (marked, f"{self.year}年" if self.year else "", "预算单位客户端")
        return " · ".join(part for part in parts if part)
