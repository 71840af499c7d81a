"""什么变了: what updates of the library changed, where this unit uses it, and what takes the place of what is gone."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from desktop.domain.document import State
from desktop.domain.goal import LibraryKind, PerformanceGoal
from desktop.domain.head import Kind
from desktop.domain.library import Indicator
from desktop.domain.library_changes import FieldChange, LibraryUpdate, RecordChange, field_changes
from desktop.usecases.ports import Books
from desktop.usecases.seat import Seat

# A goal that stands here may still take up what the library changed; every other one is as it was signed and sent.
OPEN_STATES = (State.DRAFT, State.RETURNED)
_LONGEST_CHAIN = 20  # successors of successors


@dataclass(frozen=True, slots=True)
class LibraryStanding:
    """Which library lies here, and what of it nobody has looked at.

    Attributes:
        edition: ``2026.2``, empty without a library.
        news: The newest update that is not marked as read, with the numbers of all such updates together; or None.
    """

    edition: str
    news: LibraryUpdate | None


@dataclass(frozen=True, slots=True)
class GoalUse:
    """A goal of this unit that uses an indicator or a weight profile."""

    doc_id: str
    project_name: str
    fiscal_year: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class ChangesLook:
    """What the view shows of one update.

    Attributes:
        updates: Those that are kept, newest first.
        chosen: The one that is shown; None when nothing changed yet.
        changes: Its changes.
        uses: (dataset, key) to the goals that use it; what nobody uses is not there.
        edition: Of the library now.
    """

    updates: tuple[LibraryUpdate, ...]
    chosen: LibraryUpdate | None
    changes: tuple[RecordChange, ...]
    uses: Mapping[tuple[str, str], tuple[GoalUse, ...]]
    edition: str


@dataclass(frozen=True, slots=True)
class ChangeLook:
    """One change in full.

    Attributes:
        fields: What differs, in the order of the record's fields.
        successor: What takes the place of one that was withdrawn, as it is in the library now.
    """

    change: RecordChange
    fields: tuple[FieldChange, ...]
    successor: Indicator | None


def library_standing(books: Books) -> LibraryStanding:
    """Say which library lies here and what is new in it."""
    with books:
        fresh = [one for one in books.library_log.updates() if one.is_news]
        edition = books.library_log.edition()
    if not fresh:
        return LibraryStanding(edition, None)
    newest = fresh[0]
    together = LibraryUpdate(
        newest.version,
        newest.at,
        newest.edition,
        fresh[-1].edition_before,
        sum(one.added for one in fresh),
        sum(one.changed for one in fresh),
        sum(one.withdrawn for one in fresh),
        sum(one.beside for one in fresh),
    )
    return LibraryStanding(edition, together)


def look_at_changes(books: Books, version: int = 0) -> ChangesLook:
    """Return what an update changed.

    Args:
        books: Not entered.
        version: Of the catalogue; 0, or one that is no longer kept, is the newest.
    """
    with books:
        updates = tuple(books.library_log.updates())
        chosen = next((one for one in updates if one.version == version), updates[0] if updates else None)
        changes = tuple(books.library_log.changes(chosen.version)) if chosen is not None else ()
        uses = _uses(books, {(one.dataset, one.key) for one in changes})
        return ChangesLook(updates, chosen, changes, uses, books.library_log.edition())


def look_at_change(books: Books, version: int, change: RecordChange) -> ChangeLook:
    """Return one change in full.

    Raises:
        KeyError: The update is no longer kept.
    """
    with books:
        old, new = books.library_log.both(version, change.dataset, change.key)
        heir = successors(books, {change.key: change.successor}).get(change.key) if change.successor else None
    return ChangeLook(change, tuple(field_changes(old, new)), heir)


def mark_read(books: Books, seat: Seat, version: int) -> None:
    """Note that the updates up to a version were read; they are no news any more."""
    with books:
        books.library_log.mark_read(version, seat.at())
        books.commit()


def successors(books: Books, wanted: Mapping[str, str], fiscal_year: int = 0) -> Mapping[str, Indicator]:
    """Return what takes the place of retired indicators: the first of each chain that is in the library and open.

    Must be called inside ``with books``.

    Args:
        books: Entered.
        wanted: Code of the retired one to the code that it names.
        fiscal_year: In which it must be open; 0 takes the first that is there.
    """
    found: dict[str, Indicator] = {}
    ahead = {code: heir for code, heir in wanted.items() if heir}
    seen = {code: {code} for code in ahead}
    for _ in range(_LONGEST_CHAIN):
        if not ahead:
            break
        known = books.mirrors.indicators(sorted(set(ahead.values())))
        lost = books.library_log.last_of(sorted(set(ahead.values()) - known.keys()))
        further: dict[str, str] = {}
        for code, heir in ahead.items():
            entry = known.get(heir)
            if entry is not None and (not fiscal_year or entry.is_open_in(fiscal_year)):
                found[code] = entry
                continue
            behind = entry or lost.get(heir)
            seen[code].add(heir)
            if behind is not None and behind.successor and behind.successor not in seen[code]:
                further[code] = behind.successor
        ahead = further
    return found


def heirs_of(
    books: Books, codes: Collection[str], known: Mapping[str, Indicator], fiscal_year: int
) -> Mapping[str, Indicator]:
    """Return what takes the place of those of the indicators that are closed for the year or gone (P-03).

    Must be called inside ``with books``.

    Args:
        books: Entered.
        codes: Of a goal's lines.
        known: Those of them that the library has.
        fiscal_year: Of the goal.
    """
    closed = {code: one.successor for code, one in known.items() if not one.is_open_in(fiscal_year)}
    gone = [code for code in codes if code not in known]
    lost = books.library_log.last_of(gone) if gone else {}
    return successors(books, {**closed, **{code: one.successor for code, one in lost.items()}}, fiscal_year)


def _uses(books: Books, wanted: Collection[tuple[str, str]]) -> dict[tuple[str, str], tuple[GoalUse, ...]]:
    found: dict[tuple[str, str], list[GoalUse]] = {}
    for document in books.documents.of_kind(Kind.GOAL):
        goal = document.content
        if not isinstance(goal, PerformanceGoal):
            continue
        picked = (line for line in goal.lines if line.library_kind is not LibraryKind.CUSTOM)
        used = {("indicator", line.indicator_code) for line in picked}
        head = document.head
        use = GoalUse(head.doc_id, goal.project_name, head.fiscal_year, document.state in OPEN_STATES)
        for key in used | {("weight_profile", goal.profile)}:
            if key in wanted:
                found.setdefault(key, []).append(use)
    return {key: tuple(uses) for key, uses in found.items()}
