"""Values for proposed indicators: what the library, the project's own words, its money or a case support, and how."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_UP, Decimal

from desktop.domain.goal import Level1, Operator
from desktop.domain.goal_targets import may_pass_hundred, target_number, target_range
from desktop.domain.library import GoalCase, Indicator, ReferenceValue
from desktop.domain.library_rules.meaning import is_enforcement
from desktop.domain.suggesting.grams import likeness, pairs
from desktop.domain.suggesting.prices import UNIT_PRICES
from desktop.domain.suggesting.proposal import Basis, Brief, Target
from desktop.domain.suggesting.recognise import Near

PERCENT = ("%", "％", "‰")
_TEN_THOUSAND = Decimal(10000)
_NUMBER_IN_TEXT = re.compile(r"(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?)\s*(?P<unit>万?[㐀-鿿]{1,3})")
_SAME_UNITS = {"名": "人", "平米": "平方米", "亩地": "亩", "幢": "栋", "学校": "所", "台套": "台"}
# Units that are the other one ten thousand times.
_LARGER = {"万亩": "亩", "万平方米": "平方米", "万元": "元", "万人": "人", "万人次": "人次", "万立方米": "立方米"}
_PER = re.compile(r"元/(?P<of>[㐀-鿿]+?)(?P<time>月|年|天|日)?$")
# What the name of a unit cost says that it is counted by -> the unit.
_COUNTED = (
    ("户均", "户"), ("亩均", "亩"), ("人均", "人"), ("生均", "人"), ("每公里", "公里"), ("单个", "个"),
    ("单台", "台"), ("单件", "件"), ("单座", "座"), ("单点位", "个"), ("每亩", "亩"), ("每平方米", "平方米"),
    ("每户", "户"), ("每人", "人"), ("每场", "场"), ("单场", "场"), ("每处", "处"), ("单处", "处"), ("单套", "套"),
    ("每座", "座"), ("每所", "所"), ("单所", "所"), ("每个", "个"), ("单次", "次"), ("人次", "人次"),
    ("单批次", "批次"), ("单项", "项"), ("例均", "例"),
)  # fmt: skip
_PARTS = ("公里", "公顷", "吨")  # counted with decimals
_PEOPLE = ("人", "人次", "人天", "人月")  # whoever benefits is named as often as whoever is paid for
_MONTHLY = re.compile("每月|月均|按月|/月")
_KEEPING = re.compile("年均|运维|运行|维护|管护|养护|清掏|保管")  # what it costs to keep a thing, not to have it made
_TIMES = {"月": Decimal(12)}
_MONEY_UNITS = {"元": Decimal(1), "万元": _TEN_THOUSAND}
_WHOLE_MONEY = ("总成本", "预算", "投资额", "投入总额", "发放金额", "支出总额", "完成投资")
_MORE = (Operator.GE, Operator.GT, Operator.EQ)
_SAME_WORDS = 2  # pairs that the names of a price and of what it is for must share
_SISTERS = 0.2  # likeness of two names
_FAR = Decimal(60)  # a case so many times larger or smaller says nothing of a quantity


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What targets are derived from beside the indicator itself.

    Attributes:
        cases: Similar cases, the likest first.
        library_cases: All cases, for an indicator that no similar case has.
        prices: Unit costs of the same fund uses that carry a value.
        last_targets: Indicator code to last year's target.
    """

    cases: Sequence[Near]
    library_cases: Sequence[GoalCase]
    prices: Sequence[Indicator]
    last_targets: Mapping[str, str]


def target_of(one: Indicator, brief: Brief, around: Surroundings) -> Target:
    """Return the value that is best supported; with the basis `Basis.OPEN` an empty one."""
    if one.is_qualitative:
        return Target(one.typical_value, Basis.TYPICAL) if one.typical_value else _OPEN
    counted = is_counted(one)
    if counted and is_enforcement(one.name):
        return _OPEN  # nobody may be given a number of inspections or fines to reach
    tries = (
        (_last_year, _named, _budget, _reference, _by_near_case, _by_case, _by_price, _by_standard, _typical)
        if counted
        else (_last_year, _budget, _divided, _reference, _typical, _price_of_case, _sister)
    )
    for attempt in tries:
        found = attempt(one, brief, around)
        if found is not None and _holds(one, found.value):
            return found
    return _OPEN


def is_counted(one: Indicator) -> bool:
    """Tell whether its value depends on how large the project is: an amount, an area, a number of people."""
    rate = one.unit.strip() in PERCENT or "/" in one.unit
    if rate or one.typical_value or one.operator not in _MORE or one.level2.startswith("时效"):
        return False
    return one.level1 in (Level1.OUTPUT, Level1.BENEFIT)


def shown(number: Decimal) -> str:
    """Return a number as a target is written: no exponent, no zeros at the end."""
    return f"{number.normalize():f}" if number else "0"


def rounded(number: Decimal, unit: str) -> Decimal:
    """Return an estimate with two figures that mean something, cut down; whole for what is counted in pieces."""
    if number <= 0:
        return Decimal(0)
    step = Decimal(1).scaleb(number.adjusted() - 1)
    cut = (number / step).to_integral_value(ROUND_DOWN) * step
    return cut if unit in _LARGER or unit in _PARTS else max(Decimal(1), cut.to_integral_value(ROUND_DOWN))


_OPEN = Target("", Basis.OPEN)


def _holds(one: Indicator, value: str) -> bool:
    """Tell whether P-20 would take the value."""
    bounds = target_range(value) if one.operator is Operator.RANGE else (target_number(value),)
    if bounds is None or any(bound is None for bound in bounds):
        return False
    numbers = [bound for bound in bounds if bound is not None]
    if one.unit.strip() in PERCENT[:2] and not may_pass_hundred(one):
        return all(0 <= number <= 100 for number in numbers)
    return True


def _last_year(one: Indicator, brief: Brief, around: Surroundings) -> Target | None:
    before = around.last_targets.get(one.code, "")
    if not before or is_counted(one):
        return None
    year = str(brief.year - 1)
    return Target(before, Basis.LAST_YEAR, {"target": f"{before}{one.unit}", "year": year})


def _named(one: Indicator, brief: Brief, _: Surroundings) -> Target | None:
    """Take a number that the project's name or summary gives in the same unit, next to the same words."""
    best: tuple[float, Decimal, str] | None = None
    for text, number, unit in _numbers(f"{brief.name}；{brief.summary}"):
        value = _converted(number, unit, one.unit)
        if value is None:
            continue
        near = len(pairs(text) & pairs(f"{one.name}{one.definition}")) + likeness(text, one.name)
        if best is None or near > best[0]:
            best = (near, value, f"{shown(number)}{unit}")
    if best is None or best[0] <= 0:
        return None
    return Target(shown(best[1]), Basis.NAMED, {"number": best[2]})


def _numbers(text: str) -> list[tuple[str, Decimal, str]]:
    plain = unicodedata.normalize("NFKC", text)
    found = []
    for one in _NUMBER_IN_TEXT.finditer(plain):
        number = Decimal(one["number"].replace(",", ""))
        around = plain[max(0, one.start() - 10) : one.end() + 8]
        found += [(around, number, unit) for unit in _units_in(one["unit"]) if number > 0]
    return found


def _units_in(word: str) -> list[str]:
    """Return what the letters after a number may mean as a unit, the longest reading first."""
    heads = [word[:length] for length in range(len(word), 0, -1)]
    return [_SAME_UNITS.get(head, head) for head in heads]


def _converted(number: Decimal, unit: str, wanted: str) -> Decimal | None:
    if unit == wanted:
        return number
    if _LARGER.get(unit) == wanted:
        return number * _TEN_THOUSAND
    if _LARGER.get(wanted) == unit:
        return number / _TEN_THOUSAND
    if {unit, wanted} <= {"台", "套", "台套", "件"}:
        return number
    return None


def _budget(one: Indicator, brief: Brief, _: Surroundings) -> Target | None:
    """The project's own money: what it may cost in all, what is invested, what is paid out."""
    scale = _MONEY_UNITS.get(one.unit.strip())
    if scale is None or brief.amount <= 0 or one.typical_value or not any(word in one.name for word in _WHOLE_MONEY):
        return None
    return Target(shown(brief.amount / scale), Basis.BUDGET, {"amount": shown(brief.amount)})


def _reference(one: Indicator, brief: Brief, _: Surroundings) -> Target | None:
    fitting = [value for value in one.reference_values if _fits(value, brief.year)]
    if one.typical_value or not fitting:
        return None
    nearest = [value for value in fitting if value.region] or fitting
    newest = max(value.year for value in nearest)
    choice = [value for value in nearest if value.year == newest]
    if len({value.value for value in choice}) > 1:
        return None  # one for primary and one for middle schools, say: people know which it is
    best = choice[0]
    facts = {"value": f"{best.value}{one.unit}", "year": best.year, "region": best.region, "source": best.source}
    return Target(best.value, Basis.REFERENCE, facts, (one.code,))


def _fits(value: ReferenceValue, year: int) -> bool:
    return not value.year or value.year <= str(year)


def _typical(one: Indicator, brief: Brief, _: Surroundings) -> Target | None:
    if not one.typical_value:
        return None
    return Target(one.typical_value, Basis.TYPICAL, {"value": f"{one.typical_value}{one.unit}"})


def _by_near_case(one: Indicator, brief: Brief, around: Surroundings) -> Target | None:
    return _scaled(one, brief, [near.case for near in around.cases])


def _by_case(one: Indicator, brief: Brief, around: Surroundings) -> Target | None:
    return _scaled(one, brief, around.library_cases)


def _scaled(one: Indicator, brief: Brief, cases: Sequence[GoalCase]) -> Target | None:
    """Scale a case's quantity by the two amounts; nothing where one is very much larger than the other."""
    for case in cases:
        line = next((line for line in case.lines if line.indicator_code == one.code), None)
        number = target_number(line.target) if line is not None else None
        if line is None or not number or line.unit != one.unit or case.amount <= 0:
            continue
        times = brief.amount / case.amount
        if not 1 / _FAR <= times <= _FAR:
            continue
        facts = {"name": case.project_name, "target": f"{line.target}{line.unit}", "amount": shown(case.amount)}
        return Target(shown(rounded(number * times, one.unit)), Basis.BY_CASE, facts, (case.code,))
    return None


def _by_price(one: Indicator, brief: Brief, around: Surroundings) -> Target | None:
    """Divide the money by what one piece may cost at most; only where the units say that they belong together."""
    fitting = [price for price in around.prices if _counts(price, one)]
    if not fitting:
        return None
    kept = _is_keeping(one)
    price = max(fitting, key=lambda found: (_is_keeping(found) is kept, likeness(found.name, one.name)))
    unit, yuan = _unit_of(price), _yuan_of(price)
    if yuan is None:
        return None
    number = _converted(brief.amount / yuan, unit, one.unit)
    if number is None or number < Decimal("0.01"):
        return None
    facts = {"name": price.name, "price": f"{price.typical_value}{price.unit}", "unit": unit}
    return Target(shown(rounded(number, one.unit)), Basis.BY_PRICE, facts, (price.code,))


def _is_keeping(one: Indicator) -> bool:
    return bool(_KEEPING.search(one.name))


def _counts(price: Indicator, one: Indicator) -> bool:
    unit = _unit_of(price)
    about = pairs(f"{price.name} {price.formula}") & pairs(one.name)
    return bool(unit) and _converted(Decimal(1), unit, one.unit) is not None and len(about) >= _SAME_WORDS


def _unit_of(price: Indicator) -> str:
    """Return the unit that a cost is counted by: 平方米 of 元/平方米, 户 of 户均改造成本."""
    per = _PER.search(price.unit)
    if per is not None:
        return per["of"]
    return next((unit for word, unit in _COUNTED if word in price.name), "") if price.unit in _MONEY_UNITS else ""


def _yuan_of(price: Indicator) -> Decimal | None:
    number = target_number(price.typical_value)
    per = _PER.search(price.unit)
    if not number or number <= 0:
        return None
    if per is not None:
        time = per["time"] or ("月" if _MONTHLY.search(f"{price.name}{price.definition}") else "")
        money = _TEN_THOUSAND if price.unit.startswith("万元") else Decimal(1)
        return None if time in ("天", "日") else number * money * _TIMES.get(time, Decimal(1))
    return number * _MONEY_UNITS[price.unit]


def _by_standard(one: Indicator, brief: Brief, _: Surroundings) -> Target | None:
    for price in UNIT_PRICES:
        if brief.amount > 0 and one.unit in price.units and any(word in brief.name for word in price.words):
            number = rounded(brief.amount / price.yuan, one.unit)
            return Target(shown(number), Basis.BY_STANDARD, {"said": price.said})
    return None


def _price_of_case(one: Indicator, brief: Brief, around: Surroundings) -> Target | None:
    """Take the rate or the price of a similar case as it is; what is counted is never taken so."""
    for near in around.cases:
        for line in near.case.lines:
            if line.indicator_code == one.code and line.target and line.unit == one.unit:
                facts = {"name": near.case.project_name, "target": f"{line.target}{line.unit}"}
                return Target(line.target, Basis.CASE, facts, (near.case.code,))
    return None


def _divided(one: Indicator, brief: Brief, _: Surroundings) -> Target | None:
    """Divide the money by a number that the project names: what one piece costs at most, unless less is usual."""
    unit = _unit_of(one)
    if not unit or unit in _PEOPLE or one.level1 is not Level1.COST or one.operator is not Operator.LE:
        return None
    scale = _TEN_THOUSAND if one.unit.startswith("万元") else Decimal(1)
    usual = target_number(one.typical_value)
    for text, number, found in _numbers(f"{brief.name}；{brief.summary}"):
        pieces = _converted(number, found, unit)
        each = (brief.amount / pieces / scale).quantize(Decimal(1), ROUND_UP) if pieces else Decimal(0)
        if each and pairs(text) & pairs(f"{one.name}{one.definition}") and (usual is None or each < usual):
            return Target(shown(each), Basis.DIVIDED, {"number": f"{shown(number)}{found}"})
    return None


def _sister(one: Indicator, brief: Brief, around: Surroundings) -> Target | None:
    """Take the usual value of another unit cost of the same thing: 单位面积维修成本 for 校舍维修单位面积费用."""
    if one.level1 is not Level1.COST or not _unit_of(one):
        return None
    alike = [each for each in around.prices if each.unit == one.unit and each.operator is one.operator]
    alike = [each for each in alike if likeness(each.name, one.name) >= _SISTERS]
    if not alike:
        return None
    best = max(alike, key=lambda each: likeness(each.name, one.name))
    facts = {"name": best.name, "target": f"{best.typical_value}{best.unit}"}
    return Target(best.typical_value, Basis.SISTER, facts, (best.code,))
