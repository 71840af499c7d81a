"""What stands around the pages: from values of the books to what the shell shows."""

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.document import Post
from desktop.texts import tr
from desktop.texts.words import POSTS
from desktop.ui.app.reading import FrameView
from desktop.ui.app.rows import day
from desktop.ui.kit.tokens import FIRST_UNIT_COLOR
from desktop.ui.shell.state import Officer, Segment, ShellState, SyncChip, UnitItem
from desktop.usecases.month_end import Stage
from desktop.usecases.ports import SyncRun
from desktop.usecases.seat import Seat

STALE_DAYS = 7


@dataclass(frozen=True, slots=True)
class Around:
    """What the frame shows beside the books: the unit's colour, other units and years, the lock."""

    color: str = FIRST_UNIT_COLOR
    units: tuple[UnitItem, ...] = ()
    this_year: int = 0
    years: tuple[int, ...] = ()
    lock_minutes: int = 15


def seat_key(officer_id: str, post: Post) -> str:
    """Return the id under which a person in a post stands in the switcher."""
    return f"{officer_id}|{post.value}"


def read_seat_key(key: str) -> tuple[str, Post]:
    """Return officer id and post of such an id."""
    officer_id, _, post = key.rpartition("|")
    return officer_id, Post(post)


def officers_of(view: FrameView) -> tuple[Officer, ...]:
    """Return everybody who may sit here, each in each post, makers first."""
    pairs = [(officer, post) for post in Post for officer in view.officers if post.value in officer.posts]
    return tuple(Officer(seat_key(officer.id, post), officer.name, POSTS[post.value]) for officer, post in pairs)


def chip_of(view: FrameView, now: datetime, running: Stage | None, year: int) -> SyncChip:
    """Return the chip; the time it shows is that of the last run that ended well.

    Args:
        running: The stage that runs now, None when nothing runs.
    """
    last = view.last_good
    waited = (now - datetime.fromisoformat(last.started_at)).days if last is not None else 0
    return SyncChip(
        waiting=view.waiting,
        returned=view.returned,
        last=day(last.started_at, year) if last is not None else "",
        running=tr("{place}/8", place=list(Stage).index(running) + 1) if running is not None else "",
        offline=is_offline(view.runs[0] if view.runs else None),
        stale=bool(view.waiting) and last is not None and waited > STALE_DAYS,
    )


def is_offline(last: SyncRun | None) -> bool:
    """Tell whether the last run found no platform; nothing is asked of the net between runs."""
    return last is not None and last.code == "NO_LINK"


def shell_state(
    view: FrameView,
    seat: Seat,
    *,
    now: datetime,
    year: int,
    running: Stage | None = None,
    strip: str = "",
    right: tuple[Segment, ...] = (),
    around: Around | None = None,
) -> ShellState:
    """Return what the frame shows.

    Args:
        strip: Words over everything, as of the rehearsal.
        right: The page's own segments at the right.
        around: What this PC and its user add.
    """
    kept = around or Around()
    here = seat_key(seat.officer, seat.post)
    others = tuple(officer for officer in officers_of(view) if officer.id != here)
    post = POSTS[seat.post.value] if seat.officer else ""
    return ShellState(
        unit_code=view.unit.code,
        unit_name=view.unit.name,
        year=year,
        officer=Officer(here, seat.name, post),
        officers=others,
        chip=chip_of(view, now, running, year),
        badges=view.badges,
        right=(*right, *_version(view), _link(view)),
        strip=strip,
        unit_color=kept.color,
        units=kept.units,
        this_year=kept.this_year or year,
        years=kept.years,
        lock_minutes=kept.lock_minutes,
        pin_for_all=view.pin_for_all,
    )


def _version(view: FrameView) -> tuple[Segment, ...]:
    return (Segment(tr("基础数据"), tr("第 {version} 版", version=view.version)),) if view.version else ()


def _link(view: FrameView) -> Segment:
    if is_offline(view.runs[0] if view.runs else None):
        return Segment("", tr("离线可用"), "ctl")
    return Segment("", tr("可以同步") if view.runs else tr("还没有同步过"), "ok" if view.runs else "ctl")
