"""`budgetdesk words AMOUNT`: the amount in capitals."""

from argparse import Namespace

from desktop.commands.answer import Exit, Unusable, say
from desktop.commands.parser import shortened
from desktop.domain.money import MoneyError, parse_yuan
from desktop.domain.words import in_words
from desktop.texts.problems import money_text


def run(arguments: Namespace) -> Exit:
    """Print 大写 of an amount as people type it (`1,234.5`, `¥`, `1.2万`, full width)."""
    try:
        say(in_words(parse_yuan(arguments.amount)))
    except MoneyError as wrong:
        raise Unusable(f"“{shortened(arguments.amount)}”写不成大写。{money_text(wrong)}") from wrong
    return Exit.GOOD
