"""`budgetdesk words AMOUNT`: the amount in capitals."""

from argparse import Namespace

from desktop.commands.answer import Exit, Unusable, say
from desktop.domain.money import MoneyError, parse_yuan
from desktop.domain.words import in_words


def run(arguments: Namespace) -> Exit:
    """Print 大写 of an amount as people type it (`1,234.5`, `¥`, `1.2万`, full width)."""
    try:
        say(in_words(parse_yuan(arguments.amount)))
    except MoneyError as wrong:
        raise Unusable(
            f"“{arguments.amount}”不是能写成大写的金额：最多两位小数，不超过 999,999,999,999.99。（{wrong.code}）"
        ) from wrong
    return Exit.GOOD
