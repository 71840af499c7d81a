"""Which help a place of the voucher's form has: the table itself is `desktop.texts.field_help`."""

from collections.abc import Mapping

from desktop.texts.field_help import FIELDS, FieldHelp

# Column of the grid -> field
OF_COLUMN: Mapping[str, str] = {
    "economic": "economic",
    "summary": "summary",
    "amount": "line_amount",
    "invoice": "invoice",
    "clip": "invoice",
    "state": "invoice",
}


def help_of(field: str) -> FieldHelp:
    """Return the help of a field of the paper, or of a column of the grid as ``column:amount``."""
    column = field.removeprefix("column:")
    key = field if column == field else OF_COLUMN.get(column, "economic")
    return FIELDS[f"voucher/{key}"]
