"""The import wizard, and what goes out: shown tables, templates, rows with errors."""

from desktop.ui.importing.opening import open_wizard, take_dropped_tables

__all__ = ["open_wizard", "take_dropped_tables"]
