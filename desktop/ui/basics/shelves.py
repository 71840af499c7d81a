"""Tables and their rows as the page shows them: cells, what a search looks at, levels. Made in a worker."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from desktop.domain.mirrors import AssetStandard, CodeEntry, CodeSet, EconomicPair, ExpenditureStandard
from desktop.texts import tr
from desktop.texts.code_texts import SET_NAMES, check_words, set_name, years_words
from desktop.texts.words import UNIT_KINDS
from desktop.ui.grid.columns import ColumnSpec, Rich
from desktop.usecases.basics import Basics

CODES, PAIRS, EXPENSES, ASSETS = "codes", "pairs", "expenses", "assets"
# Tables that are not made of code entries, by the name under which they are told of.
PAIR_SET, EXPENSE_SET, ASSET_SET = "ECONOMIC_PAIR", "EXPENDITURE_STANDARD", "ASSET_STANDARD"
_OTHERS = {PAIR_SET: PAIRS, EXPENSE_SET: EXPENSES, ASSET_SET: ASSETS}
_CHECK_TONES = {"2026": ("ok", "check"), "public": ("ok", "check"), "doubtful": ("warn", "warning")}
_INDENT = "　"

_ORIGIN = (
    ColumnSpec("edition", tr("版本"), width=132, stretch=3, fold_below=1200),
    ColumnSpec("source", tr("来源"), width=120, stretch=3, fold_below=1700),
    ColumnSpec("check", tr("核对情况"), "rich", 158),
    ColumnSpec("years", tr("有效年度"), width=86),
)
_STANDARD_ORIGIN = (replace(_ORIGIN[0], fold_below=1500), *_ORIGIN[1:])  # their own columns take the room
COLUMNS: Mapping[str, tuple[ColumnSpec, ...]] = {
    CODES: (
        ColumnSpec("code", tr("编码"), width=92),
        ColumnSpec("name", tr("名称"), "rich", 168, stretch=6),
        ColumnSpec("parent", tr("上级"), width=116, stretch=3),
        *_ORIGIN,
    ),
    PAIRS: (
        ColumnSpec("dept", tr("部门经济分类"), width=150, stretch=4),
        ColumnSpec("kind", tr("单位类型"), width=84),
        ColumnSpec("gov", tr("政府经济分类"), width=150, stretch=4),
        *_ORIGIN,
    ),
    EXPENSES: (
        ColumnSpec("standard", tr("标准"), width=84),
        ColumnSpec("item", tr("项目"), width=136, stretch=2),
        ColumnSpec("scope", tr("适用范围"), width=120, stretch=5),
        ColumnSpec("grade", tr("级别"), width=128, stretch=1),
        ColumnSpec("ceiling", tr("上限"), width=76, align="right"),
        ColumnSpec("unit", tr("单位"), width=68),
        *_STANDARD_ORIGIN,
    ),
    ASSETS: (
        ColumnSpec("kind", tr("类别"), width=92),
        ColumnSpec("item", tr("资产"), width=132, stretch=3),
        ColumnSpec("grade", tr("级别"), width=96, stretch=2),
        ColumnSpec("price", tr("价格上限"), "amount", 96),
        ColumnSpec("unit", tr("单位"), width=72),
        ColumnSpec("quantity", tr("数量上限"), width=110, stretch=4),
        ColumnSpec("years_used", tr("最低年限"), "number", 68, places=0),
        *_STANDARD_ORIGIN,
    ),
}
Entry = CodeEntry | EconomicPair | ExpenditureStandard | AssetStandard


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table.

    Attributes:
        code: By which it is opened; empty where it has none.
        searched: What a search looks at, small letters, parts parted by line ends.
        level: 0 at the top.
    """

    entry: Entry
    values: Mapping[str, object]
    searched: str
    code: str = ""
    level: int = 0

    def fits(self, words: Iterable[str]) -> bool:
        """Tell whether every word is in it: digits at the beginning of a part, all else anywhere."""
        return all((f"\n{word}" if word.isdigit() else word) in self.searched for word in words)


@dataclass(frozen=True, slots=True)
class Shelf:
    """A table: its set, name, heading, edition and rows.

    Attributes:
        kind: Which columns it has.
        depth: How many levels its rows have.
    """

    key: str
    name: str
    group: str
    edition: str
    note: str
    kind: str
    lines: tuple[Line, ...]
    depth: int = 1
    places: Mapping[str, int] = field(default_factory=dict)

    def fitting(self, words: Sequence[str], levels: int = 0) -> list[int]:
        """Return the rows that hold every word.

        Args:
            levels: How many levels from the top are shown; 0 shows all.
        """
        return [
            at for at, line in enumerate(self.lines) if (not levels or line.level < levels) and line.fits(words)
        ]


def shelves_of(basics: Basics) -> list[Shelf]:
    """Return every table that has rows or is told of, in the order of the list."""
    makers: Mapping[str, Callable[[], list[Line]]] = {
        PAIRS: lambda: _pair_lines(basics),
        EXPENSES: lambda: [_expense_line(one) for one in basics.expenses],
        ASSETS: lambda: [_asset_line(one) for one in basics.assets],
    }
    found = []
    for told in _told(basics):
        kind = _OTHERS.get(told.set, CODES)
        lines = _code_lines(basics.codes.get(told.set, ())) if kind == CODES else makers[kind]()
        places = {line.code: at for at, line in enumerate(lines) if line.code}
        depth = max((line.level for line in lines), default=0) + 1
        name = told.name or set_name(told.set)
        shelf = Shelf(told.set, name, told.group, told.edition, told.note, kind, tuple(lines), depth, places)
        found.append(shelf)
    return found


def _told(basics: Basics) -> list[CodeSet]:
    """Return what the tables are; those of which an older platform says nothing come last, in the usual order."""
    known = {one.set for one in basics.sets}
    there = {PAIR_SET: basics.pairs, EXPENSE_SET: basics.expenses, ASSET_SET: basics.assets}
    found = [*basics.sets, *(CodeSet(key, "") for key, rows in there.items() if rows and key not in known)]
    usual = list(SET_NAMES)
    untold = sorted(
        (one for one in found if not one.name),
        key=lambda one: (usual.index(one.set) if one.set in SET_NAMES else len(usual), one.set),
    )
    return [*(one for one in found if one.name), *untold]


def _code_lines(entries: Sequence[CodeEntry]) -> list[Line]:
    by_code = {one.code: one for one in entries}
    return [_code_line(one, by_code) for one in entries]


def _code_line(one: CodeEntry, by_code: Mapping[str, CodeEntry]) -> Line:
    level, at = 0, one.parent
    while at in by_code and level < len(by_code):
        level, at = level + 1, by_code[at].parent
    above = by_code.get(one.parent)
    values = {
        "code": one.code,
        "name": Rich(_INDENT * level + one.name, bold=not one.leaf),
        "parent": f"{above.code} {above.name}" if above is not None else "",
        **_origin(one),
    }
    return Line(one, values, _searched(one.code, one.name, one.initials, one.note), one.code, level)


def _pair_lines(basics: Basics) -> list[Line]:
    dept = {one.code: f"{one.code} {one.name}" for one in basics.codes.get("DEPT_ECONOMIC", ())}
    gov = {one.code: f"{one.code} {one.name}" for one in basics.codes.get("GOV_ECONOMIC", ())}
    initials = {one.code: one.initials for one in basics.codes.get("DEPT_ECONOMIC", ())}
    lines = []
    for one in basics.pairs:
        kind = UNIT_KINDS.get(one.unit_kind, one.unit_kind)
        left, right = dept.get(one.dept, one.dept), gov.get(one.gov, one.gov)
        values = {"dept": left, "kind": kind, "gov": right, **_origin(one)}
        searched = _searched(left, right, kind, initials.get(one.dept, ""))
        lines.append(Line(one, values, searched, f"{one.dept}/{one.unit_kind}"))
    return lines


def _expense_line(one: ExpenditureStandard) -> Line:
    values = {
        "standard": one.standard, "item": one.item, "scope": one.scope, "grade": one.grade,
        "ceiling": one.ceiling or tr("见说明"), "unit": one.unit, **_origin(one),
    }
    words = (one.standard, one.item, one.scope, one.grade, one.initials, one.note, *one.economics)
    return Line(one, values, _searched(*words))


def _asset_line(one: AssetStandard) -> Line:
    values = {
        "kind": one.kind, "item": one.item, "grade": one.grade, "price": one.price_ceiling, "unit": one.unit,
        "quantity": one.quantity_limit, "years_used": one.min_years or None, **_origin(one),
    }
    words = (one.kind, one.item, one.grade, one.initials, one.asset_code, one.note, *one.economics)
    return Line(one, values, _searched(*words))


def _origin(one: Entry) -> dict[str, object]:
    tone, icon = _CHECK_TONES.get(one.check, ("text2", ""))
    return {
        "edition": one.edition,
        "source": one.source,
        "check": Rich(check_words(one.check), tone, icon),
        "years": years_words(one.from_year, one.to_year),
    }


def _searched(*parts: str) -> str:
    return "\n" + "\n".join(part.lower() for part in parts if part)
