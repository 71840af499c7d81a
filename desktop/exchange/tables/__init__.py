"""Tables in and out: xlsx, xls, ods, csv and what Excel puts on the clipboard; our own sheets and templates."""

from desktop.exchange.tables.clipboard import read_clipboard
from desktop.exchange.tables.reader import read_tables
from desktop.exchange.tables.sheet_file import write_sheet
from desktop.exchange.tables.template import write_template

__all__ = ["read_clipboard", "read_tables", "write_sheet", "write_template"]
