"""The page by which a printer's offset is measured: cross hairs at known places, and rulers to read them on."""

from collections.abc import Sequence

from desktop.domain.printed.marks import HAIR, Mark, Page, PageSetup, Rule, Words

ARM, CORNER, TICKS = 8.0, 20.0, 100  # millimetres: arm of a cross, its distance from the edges, length of the rulers


def calibration_page(setup: PageSetup, title: str, steps: Sequence[str]) -> Page:
    """Return the page.

    Args:
        setup: Paper; margins play no part, since the crosses are measured from the edge of the paper.
        title: Over the instructions.
        steps: How to read the offset, a line each.
    """
    wide, high = setup.size
    marks: list[Mark] = []
    for x in (CORNER, wide - CORNER):
        for y in (CORNER, high - CORNER):
            marks += [Rule(x - ARM, y, x + ARM, y, HAIR), Rule(x, y - ARM, x, y + ARM, HAIR)]
    marks += _ruler(lying=True) + _ruler(lying=False)
    left, top = CORNER + 14, CORNER + 16
    marks.append(Words(left, top, wide - left - CORNER, 8, title, 13, bold=True))
    for at, step in enumerate(steps):
        marks.append(Words(left, top + 11 + at * 6.4, wide - left - CORNER, 6, step, 9.5))
    return Page(wide, high, tuple(marks))


def _ruler(*, lying: bool) -> list[Mark]:
    """A ruler of ten centimetres from the first cross; its numbers are millimetres from the edge of the paper."""
    marks: list[Mark] = []
    for step in range(TICKS + 1):
        at = CORNER + step
        long = 4.0 if step % 10 == 0 else 2.6 if step % 5 == 0 else 1.6
        line = (at, CORNER, at, CORNER - long) if lying else (CORNER, at, CORNER - long, at)
        if at + ARM < 140:  # the smallest paper is 140 high
            marks.append(Rule(*line, HAIR))
            if step % 10 == 0 and step:
                number = str(round(at))
                place = (at - 5, CORNER - 8.2) if lying else (CORNER - 15, at - 2)
                marks.append(Words(*place, 10, 4, number, 7, align="center" if lying else "right"))
    return marks
