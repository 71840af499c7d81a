"""The sheet of shortcuts on one A4, from the same list as the sheet on the screen."""

from PySide6.QtWidgets import QWidget

from desktop.ui.context import Context
from desktop.ui.printing.plain_reports import keys_report
from desktop.ui.printing.preview import open_preview
from desktop.ui.shell.keys import GROUP_WORDS, KEYS, Group


def show_keys_preview(over: QWidget, context: Context) -> None:
    """Open the preview of the shortcut sheet."""
    groups = [(GROUP_WORDS[group], [(" / ".join(entry.sequences), entry.words) for entry in KEYS
                                    if entry.group is group and entry.keys]) for group in Group]
    open_preview(over, context, [keys_report([one for one in groups if one[1]])])
