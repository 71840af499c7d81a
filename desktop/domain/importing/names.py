"""How much a title of a foreign head is like a name that we know."""

import re
from collections.abc import Sequence

from desktop.domain.importing.target import narrow

_BRACKETS = re.compile(r"[(\[【<《].*?[)\]】>》]")
_IDLE = re.compile(r"[\s*:、,.;/\\|_\-—·#]+")
EXACT, OTHER, PART = 100, 92, 60


def plain_name(title: str) -> str:
    """Return what of a title names the column: no unit in brackets, no star, no space, narrow and lower case."""
    text = narrow(title).lower()
    bare = _IDLE.sub("", _BRACKETS.sub("", text))
    return bare or _IDLE.sub("", text)


def name_score(names: Sequence[str], title: str) -> tuple[int, str]:
    """Return how well a title fits the best of the names, 0 to 100, and that name.

    The whole title or, of a title in two parts, its last part may be the name (100 for the first name, 92 for a
    synonym); a name inside a longer title counts by how much of the title it is.
    """
    parts = [plain_name(title), *(plain_name(part) for part in reversed(title.split("·")))]
    best = (0, "")
    for at, name in enumerate(names):
        known = plain_name(name)
        for order, part in enumerate(dict.fromkeys(parts)):
            points = _like(known, part, EXACT if not at else OTHER) - 4 * order
            if points > best[0]:
                best = (points, name)
    return best


def _like(known: str, part: str, whole: int) -> int:
    if not part:
        return 0
    if known == part:
        return whole
    if len(known) >= 2 and known in part:
        return PART - 20 + int(35 * len(known) / len(part)) + (5 if part.endswith(known) else 0)
    if len(part) >= 2 and part in known:
        return PART - 25 + int(30 * len(part) / len(known))
    return 0
