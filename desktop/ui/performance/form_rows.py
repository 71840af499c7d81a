"""The lines of a filled form against goal and library, as a table with ticks."""

from collections.abc import Callable, Sequence

from desktop.domain.goal import Operator
from desktop.domain.goal_rules import points
from desktop.texts import tr
from desktop.texts.goal_form import FOUND
from desktop.texts.words import OPERATORS
from desktop.ui.grid.columns import NO_MARK, TAKEN, ColumnSpec, Mark, Outcome, Rich, SheetSource
from desktop.ui.performance.goal_lines import tag_of, value_words
from desktop.usecases.take_form import FormMatch, Found

_TONES = {Found.HERE: "text2", Found.LIBRARY: "ok", Found.OWN: "warn"}


def form_columns() -> tuple[ColumnSpec, ...]:
    """Return tick, indicator, how it was found, and target and points before and after."""
    return (
        ColumnSpec("tick", "", "check", 36, editable=True, filter=False),
        ColumnSpec("name", tr("三级指标"), "rich", 210, stretch=1),
        ColumnSpec("found", tr("对照"), "rich", 96),
        ColumnSpec("before", tr("现在的指标值"), width=112, align="right", tint="ro"),
        ColumnSpec("after", tr("表里的指标值"), "rich", 128, align="right"),
        ColumnSpec("points", tr("分值"), "rich", 92, align="right"),
        ColumnSpec("note", tr("说明"), width=180, stretch=1),
    )


class FormRows(SheetSource):
    """Matches with ticks; only what can be taken may be ticked."""

    def __init__(self, matches: Sequence[FormMatch], changed: Callable[[], None]) -> None:
        self._matches = tuple(matches)
        self.ticked = {match.line.row for match in matches if match.changes}
        self._changed = changed

    def row_count(self) -> int:
        return len(self._matches)

    def value(self, row: int, key: str) -> object:
        match = self._matches[row]
        line, now = match.line, match.now
        if key == "tick":
            return line.row in self.ticked
        if key == "name":
            return Rich(line.name, tag=tag_of(line.level2))
        if key == "found":
            return Rich(FOUND[match.found.value], tone=_TONES.get(match.found, "err"))
        if key == "before":
            return _target(now.operator, now.target, now.unit) if now is not None else ""
        if key == "after":
            after = _target(line.operator, line.target, line.unit)
            return Rich(after, bold=now is None or after != _target(now.operator, now.target, now.unit))
        if key == "points":
            if now is None or now.weight == line.weight:
                return Rich(points(line.weight))
            return Rich(f"{points(now.weight)} → {points(line.weight)}", bold=True)
        return _note(match)

    def set_value(self, row: int, key: str, value: object) -> Outcome:
        match = self._matches[row]
        if key != "tick" or not match.found.takeable:
            return Outcome(False, _note(match))
        (self.ticked.add if value else self.ticked.discard)(match.line.row)
        self._changed()
        return TAKEN

    def read_only_reason(self, row: int, key: str) -> str:
        match = self._matches[row]
        return "" if match.found.takeable else _note(match)

    def mark(self, row: int, key: str) -> Mark:
        match = self._matches[row]
        return Mark("error", _note(match)) if key == "found" and not match.found.takeable else NO_MARK

    def row_kind(self, row: int) -> str:
        return "data" if self._matches[row].found.takeable else "void"


def _target(operator: Operator, target: str, unit: str) -> str:
    sign = "" if operator in (Operator.QUAL, Operator.RANGE) else OPERATORS[operator.value]
    return value_words(sign, target, unit)


def _note(match: FormMatch) -> str:
    near = tr("相近的有：{names}。", names="、".join(match.near)) if match.near else ""
    if match.found is Found.CLOSED:
        return tr("这条指标已停用，请换一条。")
    if match.found is Found.UNKNOWN:
        return tr("指标库里没有，本地区不能自拟。") + near
    if match.found is Found.UNSAID:
        return tr("自拟要写解释、公式、来源和理由。") + near
    if match.found is Found.OWN:
        return near
    if match.found is Found.HERE and not match.changes:
        return tr("没有变化")
    if match.entry is not None and match.entry.name != match.line.name:
        return tr("指标库的名称是“{name}”", name=match.entry.name)
    return ""
