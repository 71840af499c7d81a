"""What changed between two contents of one document, field by field; what follows from other fields is left out."""

from dataclasses import dataclass, fields, is_dataclass

from desktop.domain.document import Content

# Computed from what people type, or the identity of a row: a change there says nothing new.
_FOLLOWS = frozenset({
    "head", "line_id", "amount_in_words", "forms", "sm3", "size", "digest_ok", "errors",
    "library_version", "last_target",
})
_IDENTITIES = ("line_id", "key", "code")


@dataclass(frozen=True, slots=True)
class Change:
    """One field with its value before and after; None where the row was not there.

    Attributes:
        where: Path of the field, ``lines[2].amount``, places counted in the newer content (in the older one for a row
            that is gone).
        old, new: The values; a whole row when it came or went.
    """

    where: str
    old: object
    new: object


def differences(old: Content, new: Content) -> list[Change]:
    """Return every field in which two contents differ, in the order of the newer one's fields."""
    return _of_records(old, new, "")


def _of_records(old: object, new: object, where: str) -> list[Change]:
    found: list[Change] = []
    for one in fields(new):  # type: ignore[arg-type]  # called with dataclasses only
        if one.name in _FOLLOWS:
            continue
        before, after = getattr(old, one.name), getattr(new, one.name)
        if before == after:
            continue
        path = f"{where}.{one.name}" if where else one.name
        if isinstance(after, tuple) and isinstance(before, tuple):
            found += _of_rows(before, after, path)
        elif is_dataclass(after) and is_dataclass(before):
            found += _of_records(before, after, path)
        else:
            found.append(Change(path, before, after))
    return found


def _of_rows(old: tuple[object, ...], new: tuple[object, ...], where: str) -> list[Change]:
    before = {_identity(row, at): (at, row) for at, row in enumerate(old)}
    after = {_identity(row, at): (at, row) for at, row in enumerate(new)}
    found: list[Change] = []
    for name, (at, row) in after.items():
        if name not in before:
            found.append(Change(f"{where}[{at}]", None, row))
        elif is_dataclass(row) and before[name][1] != row:
            found += _of_records(before[name][1], row, f"{where}[{at}]")
    found += [Change(f"{where}[{at}]", row, None) for name, (at, row) in before.items() if name not in after]
    return found


def _identity(row: object, at: int) -> object:
    return next((getattr(row, name) for name in _IDENTITIES if hasattr(row, name)), at)
