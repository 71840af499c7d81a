"""Which letters of a text another one has no more, and which it has instead: for showing the two side by side."""

from dataclasses import dataclass
from difflib import SequenceMatcher

_LONGEST = 3000  # characters that are compared letter by letter; of longer texts the whole is marked
_ALIKE = 0.35  # texts less alike than this are two texts, not one that was mended
_ISLAND = 2  # equal letters between two changes that are fewer than this do not help anybody to read


@dataclass(frozen=True, slots=True)
class Piece:
    """Letters of a text, and whether they are among what changed."""

    text: str
    changed: bool


def pieces(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return both texts cut into what they share and what only one of them has.

    The pieces of each side joined are that side's text.
    """
    if old == new:
        return _whole(old, changed=False), _whole(new, changed=False)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if max(len(old), len(new)) > _LONGEST or matcher.ratio() < _ALIKE:
        return _whole(old, changed=True), _whole(new, changed=True)
    left: list[Piece] = []
    right: list[Piece] = []
    steps = matcher.get_opcodes()
    for at, (tag, a1, a2, b1, b2) in enumerate(steps):
        island = tag == "equal" and a2 - a1 < _ISLAND and 0 < at < len(steps) - 1
        changed = tag != "equal" or island
        _extend(left, old[a1:a2], changed)
        _extend(right, new[b1:b2], changed)
    return tuple(left), tuple(right)


def _whole(text: str, *, changed: bool) -> tuple[Piece, ...]:
    return (Piece(text, changed),) if text else ()


def _extend(found: list[Piece], text: str, changed: bool) -> None:
    if not text:
        return
    if found and found[-1].changed == changed:
        found[-1] = Piece(found[-1].text + text, changed)
    else:
        found.append(Piece(text, changed))
