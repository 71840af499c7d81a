"""`budgetdesk library spell DIR`: letters for names that changed; apart, since the dictionary of readings is large."""

from argparse import Namespace

from desktop.commands.answer import Exit, say
from desktop.exchange.library_spelling import spell_folder


def run(arguments: Namespace) -> Exit:
    """Fill the pinyin of changed names."""
    changed = spell_folder(arguments.path)
    for file, rows in changed.items():
        say(f"{file}：补了 {rows} 行的拼音。")
    if not changed:
        say("各行的拼音都对，没有改动。")
    return Exit.GOOD
