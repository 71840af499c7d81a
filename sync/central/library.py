"""The next edition of the performance library: checked before anything of it is signed.

The platform knows neither levels nor units; it sees to what would harm every unit at once: a record without its key or
twice, one outside the profile, an edition that does not go up (R10), a code that vanishes although goals name it, a
successor that is not there or leads back in a ring.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from sync import canonical
from sync.catalogue import PUBLIC
from sync.central.datasets import Record, encoded, key_of
from sync.central.publish import read_dataset
from sync.faults import ExchangeFault

# Datasets whose records have an edition of their own.
LIBRARY = ("indicator", "goal_case", "core_set")
_EDITION, _FROM_PLATFORM = "version", "region_uses"  # the second is what the platform counts, never what is published
_LONGEST_PART = 8

Rows = dict[str, dict[str, object]]


@dataclass(frozen=True, slots=True)
class LibraryStep:
    """What a publication of the library changes.

    Attributes:
        edition_before, edition: Highest edition before and after; empty for no library.
        added, changed, gone: Keys by dataset.
        rows: Records by dataset and key as they will be published.
    """

    edition_before: str
    edition: str
    added: Mapping[str, Sequence[str]] = field(default_factory=dict)
    changed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    gone: Mapping[str, Sequence[str]] = field(default_factory=dict)
    rows: Mapping[str, Rows] = field(default_factory=dict)

    def is_empty(self) -> bool:
        """Tell whether nothing changes."""
        return not any(keys for part in (self.added, self.changed, self.gone) for keys in part.values())


def weigh(db: Connection, datasets: Mapping[str, Iterable[Record]], *, whole: bool, withdraw: bool) -> LibraryStep:
    """Say what a publication would change.

    Args:
        db: A transaction.
        datasets: Records by dataset of `LIBRARY`.
        whole: They are the whole datasets; otherwise what is not among them stays as it is.
        withdraw: A record of a whole dataset may vanish; without it that is refused, since goals may name it.

    Raises:
        ExchangeFault: ``LIBRARY_REFUSED`` with ``reason``, ``dataset`` and ``key``: see the texts.
    """
    before = {name: _published(db, name) for name in LIBRARY}
    highest = max((_edition(name, key, row) for name in LIBRARY for key, row in before[name].items()), default=())
    added: dict[str, list[str]] = {}
    changed: dict[str, list[str]] = {}
    gone: dict[str, list[str]] = {}
    rows: dict[str, Rows] = {}
    for name, records in datasets.items():
        if name not in LIBRARY:
            raise _refused("NOT_LIBRARY", name, "")
        fresh = _keyed(name, records)
        for key, row in fresh.items():
            _keep_counted(row, before[name].get(key))
        missing = [key for key in before[name] if key not in fresh]
        if whole and missing and not withdraw:
            raise _refused("GONE", name, missing[0], count=str(len(missing)))
        after = fresh if whole else {**before[name], **fresh}
        added[name] = [key for key in fresh if key not in before[name]]
        changed[name] = [key for key in fresh if key in before[name] and fresh[key] != before[name][key]]
        gone[name] = missing if whole else []
        for key in (*added[name], *changed[name]):
            _require_newer(name, key, fresh[key], before[name].get(key), highest)
        rows[name] = after
    everything = {**before, **rows}
    _check_successors(everything["indicator"])
    newest = max((_edition(name, key, row) for name in LIBRARY for key, row in everything[name].items()), default=())
    return LibraryStep(_written(highest), _written(newest), added, changed, gone, rows)


def _published(db: Connection, dataset: str) -> Rows:
    return {key_of(dataset, row): row for row in read_dataset(db, PUBLIC, dataset)}


def _keyed(dataset: str, records: Iterable[Record]) -> Rows:
    found: Rows = {}
    for place, record in enumerate(records, 1):
        try:
            key = key_of(dataset, record)
        except ValueError:
            raise _refused("KEY", dataset, "", row=str(place)) from None
        if key in found:
            raise _refused("TWICE", dataset, key)
        try:
            row = canonical.decode(encoded(record))
        except (canonical.NotCanonical, ExchangeFault) as reason:
            raise _refused("PROFILE", dataset, key, what=str(reason)[:200]) from reason
        assert isinstance(row, dict), "a record is an object"  # `encoded` takes a mapping
        _edition(dataset, key, row)
        found[key] = row
    return found


def _keep_counted(row: dict[str, object], published: Mapping[str, object] | None) -> None:
    row.pop(_FROM_PLATFORM, None)
    if published is not None and _FROM_PLATFORM in published:
        row[_FROM_PLATFORM] = published[_FROM_PLATFORM]


def _require_newer(
    dataset: str, key: str, row: Mapping[str, object], old: Mapping[str, object] | None, highest: tuple[int, ...]
) -> None:
    """Let a record that is new or changed be of an edition above all that was published."""
    found = _edition(dataset, key, row)
    if highest and found <= highest:
        facts = {"found": _written(found), "have": _written(highest)}
        lower = old is not None and found < _edition(dataset, key, old)
        raise _refused("LOWER" if lower else "NOT_NEWER", dataset, key, **facts)


def _check_successors(indicators: Rows) -> None:
    heirs = {str(row["code"]): str(row.get("successor", "")) for row in indicators.values()}
    for code, heir in heirs.items():
        if heir and heir not in heirs:
            raise _refused("SUCCESSOR", "indicator", code, successor=heir)
    for code in heirs:
        seen, at = {code}, heirs[code]
        while at:
            if at in seen:
                raise _refused("RING", "indicator", code, successor=at)
            seen.add(at)
            at = heirs[at]


def _edition(dataset: str, key: str, row: Mapping[str, object]) -> tuple[int, ...]:
    parts = str(row.get(_EDITION, "")).split(".")
    if not all(part.isascii() and part.isdecimal() and len(part) <= _LONGEST_PART for part in parts):
        raise _refused("EDITION", dataset, key, found=str(row.get(_EDITION, ""))[:40])
    return tuple(int(part) for part in parts)


def _written(edition: tuple[int, ...]) -> str:
    return ".".join(map(str, edition))


def _refused(reason: str, dataset: str, key: str, **facts: str) -> ExchangeFault:
    shown = key.removeprefix('["').removesuffix('"]')
    return ExchangeFault("LIBRARY_REFUSED", {"reason": reason, "dataset": dataset, "key": shown[:80], **facts})
