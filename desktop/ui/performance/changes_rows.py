"""The list of 什么变了: what an update changed, grouped by what happened, with what narrows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.library_changes import ChangeKind, RecordChange
from desktop.texts import tr
from desktop.texts.library_changes import KINDS, is_beside, title_of, what_changed
from desktop.texts.words import DATASETS, LEVEL1
from desktop.ui.app.read_source import ReadSource
from desktop.ui.grid.columns import ColumnSpec, Rich
from desktop.usecases.library_changes import ChangesLook, GoalUse

ALL, BESIDE, FORMS = "", "BESIDE", "FORMS"
SIGNS: Mapping[ChangeKind, tuple[str, str]] = {
    ChangeKind.ADDED: ("plus", "ok"),
    ChangeKind.CHANGED: ("pencil", "accent"),
    ChangeKind.WITHDRAWN: ("minus", "err"),
}
COLUMNS = (
    ColumnSpec("kind", tr("变化"), "rich", 84),
    ColumnSpec("title", tr("名称"), width=190, stretch=4),
    ColumnSpec("level", tr("级别"), width=128, fold_below=1200),
    ColumnSpec("what", tr("改了什么"), width=150, stretch=3),
    ColumnSpec("used", tr("本单位"), "rich", 92),
    ColumnSpec("code", tr("编码"), width=116, fold_below=1500),
    ColumnSpec("edition", tr("版本"), width=70, fold_below=1500),
)


@dataclass(frozen=True, slots=True)
class Narrow:
    """What narrows the list.

    Attributes:
        kind: Added, changed, withdrawn; None for all.
        level: A level 1, `FORMS` for cases, sets and profiles, `BESIDE` for codes and parameters, `ALL`.
        text: Words that a name, a code or its letters must all hold.
        used: Only what goals of this unit use.
    """

    kind: ChangeKind | None = None
    level: str = ALL
    text: str = ""
    used: bool = False


def level_words(change: RecordChange) -> str:
    """Return where a record stands: 产出 · 数量指标, or what kind of record it is."""
    if change.dataset != "indicator":
        return DATASETS.get(change.dataset, "")
    return tr("{level1} · {level2}", level1=LEVEL1.get(change.level1, "").removesuffix(tr("指标")),
              level2=change.level2.removesuffix(tr("指标")))


def fits(change: RecordChange, narrow: Narrow, uses: Sequence[GoalUse]) -> bool:
    """Tell whether a change is shown under these conditions."""
    if narrow.kind is not None and change.kind is not narrow.kind:
        return False
    if narrow.used and not uses:
        return False
    if narrow.level == BESIDE:
        placed = is_beside(change)
    elif narrow.level == FORMS:
        placed = change.dataset != "indicator" and not is_beside(change)
    else:
        placed = narrow.level in (ALL, change.level1)
    held = f"{title_of(change)} {change.key} {change.search}".lower()
    return placed and all(word in held for word in narrow.text.lower().split())


class ChangeRows(ReadSource):
    """Rows of the list; without a kind each kind has a bold row over it."""

    def __init__(self) -> None:
        self._look: ChangesLook | None = None
        self.rows: list[RecordChange | ChangeKind] = []
        self.counts: dict[ChangeKind, int] = {}

    def show(self, look: ChangesLook, narrow: Narrow) -> None:
        """Show what fits of an update, grouped; ``counts`` are of what fits but for the kind."""
        self._look = look
        anyone = Narrow(None, narrow.level, narrow.text, narrow.used)
        found = [one for one in look.changes if fits(one, anyone, self.uses(one))]
        self.counts = {kind: sum(one.kind is kind for one in found) for kind in ChangeKind}
        self.rows = []
        for kind in ChangeKind:
            of_kind = sorted((one for one in found if one.kind is kind), key=lambda one: not self.uses(one))
            if of_kind and narrow.kind is None:
                self.rows.append(kind)
            if narrow.kind in (None, kind):
                self.rows += of_kind

    def uses(self, change: RecordChange) -> Sequence[GoalUse]:
        """Return the goals of this unit that use a record."""
        return self._look.uses.get((change.dataset, change.key), ()) if self._look is not None else ()

    def change(self, row: int) -> RecordChange | None:
        """Return the change of a row, None for the head of a group."""
        found = self.rows[row] if 0 <= row < len(self.rows) else None
        return found if isinstance(found, RecordChange) else None

    def row_of(self, key: str) -> int:
        """Return the row of an indicator, -1 when it is not shown."""
        return next((at for at, one in enumerate(self.rows)
                     if isinstance(one, RecordChange) and (one.dataset, one.key) == ("indicator", key)), -1)

    def row_count(self) -> int:
        return len(self.rows)

    def row_kind(self, row: int) -> str:
        return "data" if isinstance(self.rows[row], RecordChange) else "group"

    def value(self, row: int, key: str) -> object:
        one = self.rows[row]
        if isinstance(one, ChangeKind):
            icon, tone = SIGNS[one]
            words = tr("{word} {count}", word=KINDS[one], count=self.counts[one])
            return Rich(words, tone, icon, bold=True) if key == "kind" else None
        if key == "kind":
            icon, tone = SIGNS[one.kind]
            return Rich(KINDS[one.kind], tone, icon)
        if key == "used":
            count = len(self.uses(one))
            return Rich(tr("{count} 个在用", count=count), "warn" if one.kind is ChangeKind.WITHDRAWN else "text",
                        "target") if count else None
        texts = {"title": title_of(one), "level": level_words(one), "what": what_changed(one), "code": one.key,
                 "edition": one.edition}
        return texts.get(key, "")
