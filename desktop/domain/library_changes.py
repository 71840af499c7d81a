"""What an update of the library changed, record by record: added, changed, withdrawn.

An indicator is withdrawn when the library closes it for later years (``effective_to``) or when its record is gone.
What follows from other fields, or is counted anew each time, is no change: search letters, edition, how many use it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum

# Datasets of the library, in the order in which people look at them, and what else is worth a line.
LIBRARY = ("indicator", "goal_case", "core_set", "weight_profile", "quant_model", "scoring_profile")
BESIDE = ("parameter", "code")
WATCHED = (*LIBRARY, *BESIDE)

_FOLLOWS = frozenset({"version", "initials", "pinyin", "region_uses", "code"})
# What is said beside a code so that people trust it is no change of the code.
_FOLLOWS_OF = {"code": frozenset({"edition", "source", "check", "note"})}
_CLOSES = ("effective_to", "to_year")
_TITLES = {"goal_case": "project_name", "core_set": "project_kind"}


class ChangeKind(StrEnum):
    """What happened to a record."""

    ADDED = "ADDED"  # 新增
    CHANGED = "CHANGED"  # 修改
    WITHDRAWN = "WITHDRAWN"  # 停用


@dataclass(frozen=True, slots=True)
class RecordChange:
    """One record that an update changed, in short.

    Attributes:
        dataset: ``indicator``, ``goal_case`` …
        key: What names the record in its dataset: an indicator's code, ``FUNCTION 2050201`` of a code table.
        level1: Of an indicator, else empty.
        edition: The record's own edition after the update; of one that is gone, its last.
        fields: Names of the fields that changed; empty for what is new or gone.
        last_year: Last fiscal year of an indicator that was closed, empty for one that is gone.
        successor: Code of what takes its place, empty for none.
        search: Letters of the name, so that a list of changes is searched like the library.
    """

    dataset: str
    key: str
    kind: ChangeKind
    title: str
    level1: str = ""
    level2: str = ""
    edition: str = ""
    fields: tuple[str, ...] = ()
    last_year: str = ""
    successor: str = ""
    search: str = ""


@dataclass(frozen=True, slots=True)
class LibraryUpdate:
    """What one version of the public catalogue changed in the library, in numbers.

    Attributes:
        version: Of the catalogue.
        at: When it was applied here, ISO with zone.
        edition, edition_before: Editions of the library, ``2026.2``.
        added, changed, withdrawn: Records of the library.
        beside: Parameters and codes that changed.
        read_at: When somebody marked it as read, empty until then.
    """

    version: int
    at: str
    edition: str
    edition_before: str
    added: int = 0
    changed: int = 0
    withdrawn: int = 0
    beside: int = 0
    read_at: str = ""

    @property
    def is_news(self) -> bool:
        """Whether it changed the library and nobody has read it yet."""
        return not self.read_at and bool(self.added or self.changed or self.withdrawn)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field with its value before and after; None where there was no record."""

    name: str
    old: object
    new: object


def record_change(dataset: str, key: str, old: object | None, new: object | None) -> RecordChange | None:
    """Say in short what happened to a record.

    Args:
        dataset: Its dataset.
        key: Its key, as people read it.
        old: The record before, None when it is new.
        new: The record now, None when it is gone.

    Returns:
        None when nothing in it changed that people would see.
    """
    present = new if new is not None else old
    if present is None:
        return None
    left_out = _FOLLOWS_OF.get(dataset, frozenset())
    changed: tuple[str, ...] = ()
    if old is not None and new is not None:
        changed = tuple(one.name for one in field_changes(old, new) if one.name not in left_out)
    if old is not None and new is not None and not changed:
        return None
    return RecordChange(
        dataset,
        key,
        _kind(old, new),
        _text(present, _TITLES.get(dataset, "name")),
        _text(present, "level1"),
        _text(present, "level2"),
        _text(present, "version"),
        changed,
        _closes(new),
        _text(present, "successor"),
        " ".join(part for part in (_text(present, "initials"), _text(present, "pinyin")) if part),
    )


def field_changes(old: object | None, new: object | None) -> list[FieldChange]:
    """Return the fields in which two records of one class differ, in the order of the class.

    For a record that is new or gone every field that holds something is named once, with None at the other side.
    """
    present = new if new is not None else old
    if present is None or not is_dataclass(present):
        return []
    found = []
    for field in fields(present):
        if field.name in _FOLLOWS:
            continue
        before, after = _value(old, field.name), _value(new, field.name)
        if before != after and (before or after):
            found.append(FieldChange(field.name, before, after))
    return found


def edition_key(edition: str) -> tuple[int, ...] | None:
    """Return how an edition is compared, ``2026.2`` before ``2026.10``; None when it is no edition."""
    parts = edition.split(".")
    if not all(part.isascii() and part.isdecimal() and len(part) <= 8 for part in parts):
        return None
    return tuple(int(part) for part in parts)


def newest_edition(editions: Iterable[str]) -> str:
    """Return the highest edition, empty when there is none."""
    known = {edition_key(one) or (): one for one in editions}
    return known[max(known)] if known else ""


def _kind(old: object | None, new: object | None) -> ChangeKind:
    if old is None:
        return ChangeKind.ADDED
    if new is None:
        return ChangeKind.WITHDRAWN
    before, after = _closes(old), _closes(new)
    closed = bool(after) and (not before or after < before)
    return ChangeKind.WITHDRAWN if closed else ChangeKind.CHANGED


def _closes(record: object | None) -> str:
    return next((found for name in _CLOSES if (found := _text(record, name))), "")


def _value(record: object | None, name: str) -> object:
    return None if record is None else getattr(record, name)


def _text(record: object | None, name: str) -> str:
    found = getattr(record, name, "")
    return str(getattr(found, "value", found)) if found is not None else ""
