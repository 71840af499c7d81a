"""A goal's line and a newer library: what differs, taking the new edition over, keeping the old, taking the successor.

Nothing here happens by itself (P-01): the maker asks for it, in a draft, as one step that can be undone.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from desktop.domain.frames import in_frame
from desktop.domain.goal import Frame, GoalLine, PerformanceGoal
from desktop.domain.library import Indicator
from desktop.domain.library_changes import FieldChange

# Field of a line -> the library's field that it was taken from, in the order in which people read them.
FIELDS = {
    "name": "name",
    "level1": "level1",
    "level2": "level2",
    "explanation": "definition",
    "formula": "formula",
    "operator": "operator",
    "unit": "unit",
    "direction": "direction",
    "scoring_method": "scoring_method",
    "scoring_params": "scoring_params",
    "evidence": "evidence",
    "data_source": "data_source",
    "value_basis": "value_basis",
    "source_kind": "source_kind",
    "collection_method": "collection_method",
    "library_kind": "library_kind",
    "is_core": "is_core",
}
# Lines that an older program wrote do not have them: an empty one says nothing about what the library said then.
_LATER = frozenset({"explanation", "formula", "scoring_params", "value_basis", "source_kind", "collection_method"})

def line_changes(line: GoalLine, entry: Indicator, before: Indicator | None) -> list[FieldChange]:
    """Return what taking the library's present entry over would change in the line.

    Args:
        line: Of a draft.
        entry: The library's present one, `placed` in the goal's form.
        before: Likewise the entry in the edition that the line was taken from, where it is known. What the library did
            not change since then stays as the maker has it.

    Returns:
        Changes named by the library's fields, in the order in which people read them.
    """
    found = []
    for mine, theirs in FIELDS.items():
        old, new = getattr(line, mine), _field(entry, theirs)
        if before is not None and _field(before, theirs) == new:
            continue
        if not old and mine in _LATER:
            if before is None:
                continue
            old = _field(before, theirs)
        if old != new:
            found.append(FieldChange(theirs, old, new))
    return found


def adopted(line: GoalLine, entry: Indicator, before: Indicator | None) -> GoalLine:
    """Return the line with what the library changed; target, points and last year's target stay (采用新版)."""
    taken: dict[str, Any] = {
        mine: _field(entry, theirs)
        for mine, theirs in FIELDS.items()
        if before is None or _field(before, theirs) != _field(entry, theirs)
    }
    return replace(line, **taken, library_version=entry.version, kept_version="")


def kept(line: GoalLine, entry: Indicator) -> GoalLine:
    """Return the line as it is, with the note that this edition of the library was seen and not wanted (保留原样)."""
    return replace(line, kept_version=entry.version)


def keeps_target(line: GoalLine, heir: Indicator) -> bool:
    """Say whether the line's target says the same of its successor: operator and unit agree."""
    return line.operator is heir.operator and line.unit.strip() == heir.unit.strip()


def replaced(line: GoalLine, heir: Indicator) -> GoalLine:
    """Return the line with what takes the place of its indicator; its points stay.

    The target, last year's and the plan by months stay where operator and unit agree, and are empty otherwise.
    """
    fresh = adopted(line, heir, None)
    fresh = replace(fresh, indicator_code=heir.code, model=None)
    return fresh if keeps_target(line, heir) else replace(fresh, target="", last_target="", plan=())


def placed(entry: Indicator, frame: Frame) -> Indicator:
    """Return an entry under the groups of a goal's form; one that has no place there stays (P-04 says so)."""
    level1, level2 = in_frame(frame, entry.level1, entry.level2) or (entry.level1, entry.level2)
    return replace(entry, level1=level1, level2=level2)


def with_lines(goal: PerformanceGoal, lines: Sequence[GoalLine]) -> tuple[GoalLine, ...]:
    """Return the goal's lines with these in the places of those with their ids."""
    new = {line.line_id: line for line in lines}
    return tuple(new.get(line.line_id, line) for line in goal.lines)


def _field(entry: Indicator, name: str) -> object:
    found = getattr(entry, name)
    return "" if found is None else found
