"""What stands in the inspector beside a row: what it is, what it goes with, where it comes from and how sure it is."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.mirrors import AssetStandard, CodeEntry, EconomicPair, ExpenditureStandard
from desktop.domain.money import format_yuan
from desktop.texts import tr
from desktop.texts.code_texts import check_note, check_words, years_words
from desktop.texts.words import UNIT_KINDS
from desktop.ui.basics.shelves import ASSET_SET, EXPENSE_SET, PAIR_SET, Entry, Line, Shelf
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.inspector import Section
from desktop.usecases.basics import Basics

_CHECK_LEVELS = {"2026": "ok", "public": "ok", "doubtful": "warning"}
Go = Callable[[str, str], None]  # to a table: its set, and a code or words to be looked for


def sections_of(line: Line, shelf: Shelf, basics: Basics, go: Go) -> list[QWidget]:
    """Return the sections about a row.

    Args:
        go: Called when the user follows a way to another table.
    """
    match line.entry:
        case CodeEntry() as entry:
            about = [_code(entry, line, shelf), *_years(entry, basics), *_goes_with(entry, basics, go)]
        case EconomicPair() as entry:
            about = [_pair(entry, line, go)]
        case ExpenditureStandard() as entry:
            about = [_expense(entry), *_paid_under(entry.economics, basics, go)]
        case AssetStandard() as entry:
            about = [_asset(entry), *_paid_under(entry.economics, basics, go)]
    return [*about, _origin(line.entry)]


def _code(entry: CodeEntry, line: Line, shelf: Shelf) -> Section:
    section = Section(f"{entry.code} {entry.name}")
    above = [shelf.lines[at] for at in _above(entry, shelf)]
    if above:
        section.add_text(tr("属于 {path}", path=" → ".join(_name(one.entry) for one in above)))
    if shelf.depth > 1:
        section.add_text(tr("末级，可以填报") if entry.leaf else tr("只用于汇总，不能填报"))
    if entry.note:
        section.add_text(entry.note, "text")
    return section


def _above(entry: CodeEntry, shelf: Shelf) -> list[int]:
    found: list[int] = []
    at = shelf.places.get(entry.parent)
    while at is not None and at not in found:
        found.insert(0, at)
        over = shelf.lines[at].entry
        at = shelf.places.get(over.parent) if isinstance(over, CodeEntry) else None
    return found


def _name(entry: Entry) -> str:
    return entry.name if isinstance(entry, CodeEntry) else ""


def _years(entry: CodeEntry, basics: Basics) -> list[Section]:
    """Say what the code stood for in other years, and what follows it."""
    history = basics.history.get((entry.set, entry.code), ())
    if not history:
        return []
    section = Section(tr("各年度的名称"))
    for one in history:
        section.add_pair(years_words(one.from_year, one.to_year), one.name)
        if one.successor and one.successor != one.code:
            after = next((each for each in basics.codes.get(one.set, ()) if each.code == one.successor), None)
            section.add_pair(tr("以后改用"), f"{one.successor} {after.name}" if after is not None else one.successor)
    return [section]


def _goes_with(entry: CodeEntry, basics: Basics, go: Go) -> list[Section]:
    if entry.set == "DEPT_ECONOMIC" and entry.leaf:
        return [_government(entry, basics, go), *_standards(entry, basics, go)]
    if entry.set == "GOV_ECONOMIC" and entry.leaf:
        return [_departments(entry, basics, go)]
    return []


def _government(entry: CodeEntry, basics: Basics, go: Go) -> Section:
    """Say which government code goes with a department one: for this unit first, then for the other kinds."""
    names = {one.code: one.name for one in basics.codes.get("GOV_ECONOMIC", ())}
    pairs = {one.unit_kind: one for one in basics.pairs if one.dept == entry.code}
    section = Section(tr("对应的政府经济分类"))
    own = pairs.get(basics.unit_kind)
    kind = UNIT_KINDS.get(basics.unit_kind, "")
    if own is not None:
        section.add_check("ok", tr("本单位（{kind}）：{code} {name}", kind=kind, code=own.gov,
                                   name=names.get(own.gov, "")))
        section.add_text(tr("对照关系：{check}", check=check_words(own.check)))
    elif kind:
        section.add_check("info", tr("本单位（{kind}）没有对应的科目。", kind=kind))
    for other, words in UNIT_KINDS.items():
        if other != basics.unit_kind and other in pairs:
            gov = pairs[other].gov
            section.add_pair(words, f"{gov} {names.get(gov, '')}")
    section.body.addWidget(_way(tr("看对照表"), partial(go, PAIR_SET, entry.code)))
    return section


def _departments(entry: CodeEntry, basics: Basics, go: Go) -> Section:
    names = {one.code: one.name for one in basics.codes.get("DEPT_ECONOMIC", ())}
    kind = UNIT_KINDS.get(basics.unit_kind, "")
    mine = [one.dept for one in basics.pairs if one.gov == entry.code and one.unit_kind == basics.unit_kind]
    section = Section(tr("由哪些部门经济分类对应"), kind)
    if mine:
        section.add_text("\n".join(f"{code} {names.get(code, '')}" for code in mine), "text")
    else:
        section.add_text(tr("{kind}没有对应到它的部门经济分类。", kind=kind or tr("本单位")))
    section.body.addWidget(_way(tr("看对照表"), partial(go, PAIR_SET, entry.code)))
    return section


def _standards(entry: CodeEntry, basics: Basics, go: Go) -> list[Section]:
    expenses = [one for one in basics.expenses if entry.code in one.economics]
    assets = [one for one in basics.assets if entry.code in one.economics]
    if not expenses and not assets:
        return []
    section = Section(tr("有关的标准"))
    for names, key in (
        (dict.fromkeys(one.standard for one in expenses), EXPENSE_SET),
        (dict.fromkeys(one.kind for one in assets), ASSET_SET),
    ):
        for name in names:
            rows = expenses if key == EXPENSE_SET else assets
            count = sum(name in (getattr(one, "standard", ""), getattr(one, "kind", "")) for one in rows)
            words = tr("{name} {count} 条", name=name, count=count)
            section.body.addWidget(_way(words, partial(go, key, name)))
    return [section]


def _paid_under(economics: Sequence[str], basics: Basics, go: Go) -> list[Section]:
    names = {one.code: one.name for one in basics.codes.get("DEPT_ECONOMIC", ())}
    if not economics:
        return []
    section = Section(tr("列支的部门经济分类"))
    for code in economics:
        words = f"{code} {names.get(code, '')}".strip()
        section.body.addWidget(_way(words, partial(go, "DEPT_ECONOMIC", code)))
    return [section]


def _pair(entry: EconomicPair, line: Line, go: Go) -> Section:
    section = Section(tr("经济分类对照"), UNIT_KINDS.get(entry.unit_kind, entry.unit_kind))
    for words, name, key, code in (
        (tr("部门经济分类"), "dept", "DEPT_ECONOMIC", entry.dept),
        (tr("政府经济分类"), "gov", "GOV_ECONOMIC", entry.gov),
    ):
        section.add_text(words)
        section.body.addWidget(_way(str(line.values[name]), partial(go, key, code)))
    return section


def _expense(entry: ExpenditureStandard) -> Section:
    section = Section(tr("{standard} · {item}", standard=entry.standard, item=entry.item))
    if entry.ceiling:
        section.add_pair(tr("上限"), entry.ceiling if entry.unit == tr("比例") else f"{entry.ceiling} {entry.unit}")
    if entry.grade:
        section.add_pair(tr("级别"), entry.grade)
    if entry.scope:
        section.add_text(tr("适用范围：{scope}", scope=entry.scope), "text")
    if entry.note:
        section.add_text(entry.note, "text")
    return section


def _asset(entry: AssetStandard) -> Section:
    section = Section(tr("{kind} · {item}", kind=entry.kind, item=entry.item))
    if entry.grade:
        section.add_pair(tr("级别"), entry.grade)
    if entry.price_ceiling is not None:
        section.add_pair(tr("价格上限"), f"{format_yuan(entry.price_ceiling)} {entry.unit}")
    if entry.min_years:
        section.add_pair(tr("最低年限"), tr("{years} 年", years=entry.min_years))
    if entry.asset_code:
        section.add_pair(tr("资产分类代码"), entry.asset_code)
    if entry.quantity_limit:
        section.add_text(tr("数量上限：{limit}", limit=entry.quantity_limit), "text")
    if entry.note:
        section.add_text(entry.note, "text")
    return section


def _origin(entry: Entry) -> Section:
    section = Section(tr("出处和核对"))
    section.add_text(tr("版本：{edition}", edition=entry.edition or tr("没有注明")), "text")
    if entry.source:
        section.add_text(tr("来源：{source}", source=entry.source), "text")
    section.add_pair(tr("有效年度"), years_words(entry.from_year, entry.to_year))
    if entry.check:
        section.add_check(_CHECK_LEVELS.get(entry.check, "info"), check_words(entry.check))
        if check_note(entry.check):
            section.add_text(check_note(entry.check))
    return section


def _way(words: str, call: Callable[[], None]) -> Button:
    button = Button(words, "link")
    button.clicked.connect(call)
    return button
