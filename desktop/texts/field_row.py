"""One row of the table of fields."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldRow:
    """What `FieldHelp` holds of a field itself."""

    name: str
    what: str
    guide: str
    rules: tuple[str, ...] = ()
    mistakes: tuple[str, ...] = ()
    example: str = ""
