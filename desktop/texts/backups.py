"""Words about backups: why one was made, and what it holds."""

from collections.abc import Iterable, Mapping

from desktop.domain.document import State
from desktop.texts import tr
from desktop.texts.states import pill
from desktop.texts.words import COUNTERS, KINDS

_WHY: Mapping[str, str] = {
    "sync": tr("同步前"),
    "daily": tr("每天首次"),
    "manual": tr("手工"),
    "restore": tr("恢复前"),
    "upgrade": tr("升级前"),
    "damaged": tr("损坏时"),
}


def why_words(why: str) -> str:
    """Return why a backup was made."""
    return _WHY.get(why.partition("-")[0], tr("自动"))


def counts_by_kind(counts: Iterable[tuple[str, str, int]]) -> list[tuple[str, str]]:
    """Return, for each kind of document, its word with the whole count, and the counts by state.

    Args:
        counts: (kind, state, count) as a backup gives them.
    """
    found: dict[str, dict[str, int]] = {}
    for kind, state, count in counts:
        states = found.setdefault(kind, {})
        word = pill(State(state))
        states[word] = states.get(word, 0) + count
    return [
        (
            f"{KINDS.get(kind, tr('其他单据'))} {sum(states.values())} {COUNTERS.get(kind, tr('份'))}",
            "、".join(f"{word} {count}" for word, count in states.items()),
        )
        for kind, states in found.items()
    ]


def counts_line(counts: Iterable[tuple[str, str, int]]) -> str:
    """Return the counts in one line; says so when there is no document."""
    told = counts_by_kind(counts)
    return "；".join(f"{head}（{states}）" for head, states in told) or tr("还没有单据")
