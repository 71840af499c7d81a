"""Cases, core sets and reference values against the library: L-31 to L-34, L-41, L-42, L-51."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from desktop.domain.goal import Level1, Operator
from desktop.domain.library import CaseLine, CoreLine, CoreSet, GoalCase, Indicator, ReferenceValue, WeightProfile
from desktop.domain.library_rules.finding import Finding, Placed
from desktop.domain.library_rules.headings import LEVEL_OF
from desktop.domain.library_rules.known import Known, Material
from desktop.domain.library_rules.values import WEIGHTS, number_in

FORM_TOTAL = Decimal(90)
SHORTEST, LONGEST = 20, 500  # characters of a goal's text, as on the form
LEAST_OUTPUT = 3
_HALF = Decimal("0.5")


def about_sets(material: Material, known: Known) -> Iterator[Finding]:
    """Find what would make a case or a core set impossible to use as it is."""
    by_code = {entry.item.code: entry.item for entry in material.indicators if entry.item.code}
    uses = {entry.item.fund_use for entry in material.indicators}
    for case in material.cases:
        yield from _case_head(case, known, uses)
        yield from _case_points(case, known.profiles)
        yield from _case_shape(case)
        for line in case.item.lines:
            yield from _line(case, "L-32", line, by_code)
    for core in material.core_sets:
        yield from _core_set(core, by_code)
    for value in material.values:
        yield from _reference(value, by_code)


def _case_head(case: Placed[GoalCase], known: Known, uses: set[str]) -> Iterator[Finding]:
    row = case.item
    if known.functions and row.function_code not in known.functions:
        yield _of(case, "L-34", "function_code", case="function", value=row.function_code)
    if row.fund_use not in uses:
        yield _of(case, "L-34", "fund_use", case="use", value=row.fund_use)
    for name in ("general_goal", "year_goal"):
        length = len(getattr(row, name))
        if not SHORTEST <= length <= LONGEST:
            yield _of(case, "L-34", name, case="length", length=str(length), least=str(SHORTEST), most=str(LONGEST))


def _case_points(case: Placed[GoalCase], profiles: Mapping[str, WeightProfile]) -> Iterator[Finding]:
    row = case.item
    if not row.profile:
        return  # the original had no points
    if profiles and row.profile not in profiles:
        yield _of(case, "L-31", "profile", case="profile", value=row.profile)
        return
    have: dict[Level1, Decimal] = defaultdict(Decimal)
    for line in row.lines:
        have[line.level1] += line.weight
        if line.weight <= 0 or line.weight % _HALF:
            yield _of(case, "L-31", "lines", case="weight", line=line.name, value=str(line.weight))
    if profiles:
        for level in Level1:
            want = profiles[row.profile].points(level)
            if have[level] != want:
                facts = {"level1": level.value, "have": str(have[level]), "want": str(want)}
                yield _of(case, "L-31", "lines", case="level", **facts)
    total = sum(have.values())
    if total != FORM_TOTAL:
        yield _of(case, "L-31", "lines", case="total", have=str(total), want=str(FORM_TOTAL))


def _case_shape(case: Placed[GoalCase]) -> Iterator[Finding]:
    lines = case.item.lines
    groups = {line.level2 for line in lines}
    for level2 in ("数量指标", "质量指标"):
        if level2 not in groups:
            yield _of(case, "L-33", "lines", case="group", level2=level2)
    if sum(line.level1 is Level1.OUTPUT for line in lines) < LEAST_OUTPUT:
        yield _of(case, "L-33", "lines", case="output", least=str(LEAST_OUTPUT))
    if not any(line.level1 is Level1.BENEFIT for line in lines):
        yield _of(case, "L-33", "lines", case="benefit")
    names = [line.name for line in lines]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield _of(case, "L-33", "lines", case="twice", line=name)


def _core_set(core: Placed[CoreSet], by_code: Mapping[str, Indicator]) -> Iterator[Finding]:
    row = core.item
    for line in row.lines:
        yield from _line(core, "L-41", line, by_code)
        found = by_code.get(line.indicator_code)
        common = found is not None and found.code.startswith("GX")  # a common one suits every project and stays common
        if found is not None and not found.is_core and not common:
            yield _of(core, "L-41", "lines", case="not_core", line=line.name, value=line.indicator_code)
        if line.default_weight not in WEIGHTS:
            yield _of(core, "L-42", "lines", case="weight", line=line.name, value=str(line.default_weight))
    names = [line.name for line in row.lines]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield _of(core, "L-42", "lines", case="twice", line=name)
    groups = {line.level2 for line in row.lines}
    for level2 in ("数量指标", "质量指标"):
        if level2 not in groups:
            yield _of(core, "L-42", "lines", case="group", level2=level2)


def _line(
    owner: Placed[GoalCase] | Placed[CoreSet],
    code: str,
    line: CaseLine | CoreLine,
    by_code: Mapping[str, Indicator],
) -> Iterator[Finding]:
    if LEVEL_OF.get(line.level2) is not line.level1:
        yield _of(owner, code, "lines", case="level", line=line.name, level2=line.level2, level1=line.level1.value)
    if not line.indicator_code:
        yield _of(owner, code, "lines", case="no_code", line=line.name)
        return
    found = by_code.get(line.indicator_code)
    if found is None:
        yield _of(owner, code, "lines", case="missing", line=line.name, value=line.indicator_code)
        return
    for field in ("name", "level1", "level2", "unit"):
        here, there = str(getattr(line, field)), str(getattr(found, field))
        if here != there:
            yield _of(owner, code, "lines", case=f"other_{field}", line=line.name, here=here, there=there)
    if (line.operator is Operator.QUAL) != found.is_qualitative:
        yield _of(owner, code, "lines", case="other_operator", line=line.name)


def _reference(value: Placed[tuple[str, ReferenceValue]], by_code: Mapping[str, Indicator]) -> Iterator[Finding]:
    code, entry = value.item
    found = by_code.get(code)
    facts = {"value": entry.value[:40], "name": found.name if found else code}

    def tell(field: str, case: str) -> Finding:
        return Finding("L-51", value.at(field), {"case": case, **facts}, subject=facts["name"])

    if found is None:
        yield tell("indicator", "missing")
        return
    if not entry.source:
        yield tell("source", "source")
    parts = [number_in(part) for part in entry.value.split("~")]
    if not found.is_qualitative and (not 1 <= len(parts) <= 2 or None in parts):
        yield tell("value", "number")
    elif found.unit == "%" and not found.may_exceed and any(part is not None and part > 100 for part in parts):
        yield tell("value", "over")


def _of(owner: Placed[GoalCase] | Placed[CoreSet], code: str, field: str, **facts: str) -> Finding:
    row = owner.item
    title = row.project_name if isinstance(row, GoalCase) else row.project_kind
    return Finding(code, owner.at(field), facts, subject=f"{row.code} {title}")

