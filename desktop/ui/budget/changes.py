"""What a page does to many lines of a budget at once: pure functions from one draft to the next."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from desktop.domain.budget import BudgetDraft, BudgetLine, FormCell
from desktop.domain.forms import as_table
from desktop.domain.head import Acknowledgement
from desktop.domain.money import ZERO

FEN = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Change:
    """A draft after a change of many lines: how many changed, and the chosen lines' yuan before and after."""

    draft: BudgetDraft
    changed: int
    before: Decimal
    after: Decimal


def from_last_year(draft: BudgetDraft, places: Collection[int]) -> Change:
    """Fill the amounts of the lines at these places with what was spent last year (取上年数)."""
    return _changed(draft, {at: replace(draft.lines[at], amount=draft.lines[at].last_year) for at in places})


def adjusted(draft: BudgetDraft, places: Collection[int], percent: Decimal, step: Decimal) -> Change:
    """Raise or cut the amounts by a percentage and round them, half up (批量调整).

    Args:
        draft: The draft.
        places: Positions of the lines.
        percent: 5 for five per cent more, -5 for less.
        step: Yuan to round to, 0.01 for exact fen.
    """

    def of(line: BudgetLine) -> BudgetLine:
        exact = line.amount * (100 + percent) / 100
        return replace(line, amount=(exact / step).quantize(Decimal(1), ROUND_HALF_UP) * step.quantize(FEN))

    return _changed(draft, {at: of(draft.lines[at]) for at in places})


def with_amount(draft: BudgetDraft, place: int, amount: Decimal) -> BudgetDraft:
    """Return the draft with one line's amount, yuan, not below zero."""
    lines = list(draft.lines)
    lines[place] = replace(lines[place], amount=max(ZERO, amount))
    return replace(draft, lines=tuple(lines))


def acknowledged(given: Sequence[Acknowledgement], code: str, text: str) -> tuple[Acknowledgement, ...]:
    """Return the reasons with one more, or without it when the text is empty."""
    others = tuple(one for one in given if one.code != code)
    return (*others, Acknowledgement(code, text.strip())) if text.strip() else others


def cells_changed(before: Sequence[FormCell], after: Sequence[FormCell]) -> int:
    """Return how many cells of the forms differ."""
    old, new = as_table(before), as_table(after)
    return sum(old.get(place) != new.get(place) for place in old.keys() | new.keys())


def _changed(draft: BudgetDraft, fresh: dict[int, BudgetLine]) -> Change:
    lines = list(draft.lines)
    for at, line in fresh.items():
        lines[at] = line
    return Change(
        replace(draft, lines=tuple(lines)),
        sum(draft.lines[at] != line for at, line in fresh.items()),
        sum((draft.lines[at].amount for at in fresh), ZERO),
        sum((line.amount for line in fresh.values()), ZERO),
    )
