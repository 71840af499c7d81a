"""Group, operator, direction, unit and value of one row: L-04, L-06, L-08, L-09, L-10, L-13, L-15, L-16, L-24."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from desktop.domain.goal import Direction, Level1, LibraryKind, Operator
from desktop.domain.library import Indicator
from desktop.domain.library_rules.finding import Finding, Placed
from desktop.domain.library_rules.headings import LEVEL_OF, UNIT_KINDS
from desktop.domain.library_rules.known import Known
from desktop.domain.library_rules.naming import told
from desktop.domain.problem import Level

WEIGHTS = range(1, 6)
LONGEST_NAME = 40
_FULL = Decimal(100)
_REQUIRED = ("definition", "data_source")  # an indicator that nobody can explain or prove is of no use
_WANTED = ("evidence", "applies_to")
_GENERAL = "通用"  # a field of work whose indicators suit any function
_RANGE = re.compile(r"(-?\d+(?:\.\d+)?)~(-?\d+(?:\.\d+)?)")
# 赋分方式 (performance rules section 5) as the library names them.
BY_RATIO, AT_ONCE, BY_GRADE, BY_SATISFACTION = "完成比例赋分", "直接赋分", "评判等级赋分", "满意度赋分"
_METHODS = (BY_RATIO, AT_ONCE, BY_GRADE, BY_SATISFACTION)
_UPWARD = (Operator.GE, Operator.GT)
_DOWNWARD = (Operator.LE, Operator.LT)


def about_values(entry: Placed[Indicator], known: Known) -> Iterator[Finding]:
    """Find what is wrong inside a row without looking at others."""
    yield from _level(entry)
    yield from _sign(entry)
    yield from _unit(entry, known)
    yield from _value(entry)
    yield from _texts(entry)
    yield from _scoring(entry)


def number_in(text: str) -> Decimal | None:
    """Return the number that a target is written as; None when it is none."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _level(entry: Placed[Indicator]) -> Iterator[Finding]:
    row = entry.item
    belongs = LEVEL_OF.get(row.level2)
    if belongs is None:
        yield told("L-04", entry, "level2", case="unknown", level2=row.level2[:40])
    elif belongs is not row.level1:
        yield told("L-04", entry, "level2", case="other", level2=row.level2, level1=row.level1.value)


def _sign(entry: Placed[Indicator]) -> Iterator[Finding]:
    row = entry.item
    wrong = (
        (row.operator in _UPWARD and row.direction is Direction.NEGATIVE)
        or (row.operator in _DOWNWARD and row.direction is Direction.POSITIVE)
        or (row.operator is Operator.QUAL and row.direction is Direction.NEGATIVE and row.level1 is not Level1.COST)
    )
    if wrong and entry.has("direction"):
        yield told("L-06", entry, "direction", operator=row.operator.value, direction=row.direction.value)


def _unit(entry: Placed[Indicator], known: Known) -> Iterator[Finding]:
    row = entry.item
    if row.operator is Operator.QUAL:
        if row.unit:
            yield told("L-08", entry, "unit", case="qualitative", unit=row.unit)
    elif not row.unit:
        yield told("L-08", entry, "unit", case="missing")
    elif known.units and row.unit not in known.units:
        yield told("L-09", entry, "unit", unit=row.unit[:20])


def _value(entry: Placed[Indicator]) -> Iterator[Finding]:
    row, text = entry.item, entry.item.typical_value
    value = number_in(text)
    if row.operator is Operator.QUAL:
        if value is not None:
            yield told("L-10", entry, "typical_value", case="qualitative", value=text)
        elif not text and entry.has("typical_value"):
            yield told("L-10", entry, "typical_value", case="no_words")
        return
    if not text:
        return
    if row.operator is Operator.RANGE:
        yield from _interval(entry, text)
    elif value is None:
        yield told("L-10", entry, "typical_value", case="words", value=text[:40])
    elif value < 0 and not row.may_exceed:
        yield told("L-10", entry, "typical_value", case="negative", value=text)
    elif row.unit == "%" and value > _FULL and not row.may_exceed:
        yield told("L-10", entry, "typical_value", case="over", value=text)


def _interval(entry: Placed[Indicator], text: str) -> Iterator[Finding]:
    found = _RANGE.fullmatch(text)
    if found is None:
        yield told("L-10", entry, "typical_value", case="no_range", value=text[:40])
    elif Decimal(found[1]) > Decimal(found[2]):
        yield told("L-10", entry, "typical_value", case="turned", value=text)


def _texts(entry: Placed[Indicator]) -> Iterator[Finding]:
    row = entry.item
    for name in _REQUIRED:
        if entry.has(name) and not getattr(row, name):
            yield told("L-15", entry, name, case="needed")
    for name in _WANTED:
        general = name == "applies_to" and (row.industry == _GENERAL or row.library_kind is LibraryKind.COMMON)
        if entry.has(name) and not getattr(row, name) and not general:
            yield told("L-15", entry, name, Level.WARN, case="wanted")
    for kind in row.unit_kinds:
        if kind not in UNIT_KINDS.values():
            yield told("L-21", entry, "unit_kinds", case="choice", value=kind[:20])
    if len(row.name) > LONGEST_NAME:
        yield told("L-15", entry, "name", case="long", length=str(len(row.name)), most=str(LONGEST_NAME))
    if entry.has("default_weight") and row.default_weight not in WEIGHTS:
        yield told("L-16", entry, "default_weight", value=str(row.default_weight))
    if entry.has("is_core") and entry.has("library_kind") and row.is_core != (row.library_kind is LibraryKind.CORE):
        yield told("L-13", entry, "is_core", case="core" if row.is_core else "kind")


def _scoring(entry: Placed[Indicator]) -> Iterator[Finding]:
    row, method = entry.item, entry.item.scoring_method
    if not method:
        return
    if method not in _METHODS:
        yield told("L-24", entry, "scoring_method", Level.WARN, case="unknown", value=method[:40])
    elif (row.level1 is Level1.SATISFACTION) != (method == BY_SATISFACTION):
        yield told("L-24", entry, "scoring_method", Level.WARN, case="satisfaction", value=method)
    elif row.operator is Operator.QUAL and method == BY_RATIO:
        yield told("L-24", entry, "scoring_method", Level.WARN, case="qualitative", value=method)
