"""`budgetdesk search WS TEXT`: the indicator library of a workspace, searched as the window searches it."""

import re
from argparse import Namespace

from desktop.commands.answer import Exit, Unusable, say, say_json
from desktop.commands.parser import shortened
from desktop.commands.workspaces import sound
from desktop.domain.library import Indicator
from desktop.domain.library_matching import alias_of, places_of, searched
from desktop.domain.library_search import LibraryQuery
from desktop.storage.workspace import local_now
from desktop.texts.library_words import found_words, ranges, score_of
from desktop.texts.words import LEVEL1, LIBRARY_KINDS, OPERATORS
from desktop.usecases.pick_indicators import LibraryPage, search_library

_FIRST_YEAR, _LAST_YEAR = 2000, 2099
_FUNCTION = re.compile(r"[0-9]{3}(?:[0-9]{2}){0,2}")


def run(arguments: Namespace) -> Exit:
    """Search and say the hits with the reasons; 1 when there is none."""
    if arguments.function and not _FUNCTION.fullmatch(arguments.function):
        raise Unusable(f"支出功能分类科目编码应是 3、5 或 7 位数字，不是“{shortened(arguments.function)}”。")
    if arguments.year is not None and not _FIRST_YEAR <= arguments.year <= _LAST_YEAR:
        raise Unusable(f"年度应在 {_FIRST_YEAR} 到 {_LAST_YEAR} 之间，不是 {arguments.year}。")
    query = LibraryQuery(
        text=" ".join(arguments.text),
        level1=arguments.level.upper(),
        kinds=tuple(kind.upper() for kind in arguments.kind),
        function_code=arguments.function,
        fiscal_year=arguments.year or local_now().year,
    )
    with sound(arguments.workspace, readonly=True) as workspace:
        page = search_library(workspace.books(), query, arguments.limit)
    if arguments.json:
        say_json(_as_json(query, page))
    else:
        for one in page.hits:
            say(_line(one, query, page))
        say(_summary(query, page))
    return Exit.GOOD if page.hits else Exit.PROBLEMS


def _summary(query: LibraryQuery, page: LibraryPage) -> str:
    total, shown = page.found.total, len(page.hits)
    if not page.library_size:
        return "这个工作区还没有指标库，请先同步。"
    if not total:
        return f"没有找到“{shortened(query.text)}”。可以少打几个字，或打拼音首字母、编码；几个词用空格隔开。"
    levels = "，".join(f"{LEVEL1[level].removesuffix('指标')} {count}" for level, count in page.found.level1.items())
    cut = f"，以上是前 {shown} 条" if shown < total else ""
    loose = "没有完全对上的，以上是相近的。" if page.found.loose else ""
    return f"{loose}共 {total} 条（{levels}）{cut}。指标库共 {page.library_size} 条。"


def _line(one: Indicator, query: LibraryQuery, page: LibraryPage) -> str:
    why = "；".join(_why(one, query, page))
    goal = f"{OPERATORS[one.operator.value]} {one.typical_value or '___'} {one.unit}".strip()
    successor = page.successors.get(one.code)
    instead = f"　改用 {successor.code} {successor.name}" if successor else ""
    return f"{one.code}　{one.name}　{one.level2}　{goal}　{LIBRARY_KINDS[one.library_kind.value]}　{why}{instead}"


def _why(one: Indicator, query: LibraryQuery, page: LibraryPage) -> list[str]:
    return found_words(one, query, page.found.unit_uses.get(one.code, 0), page.cases.get(one.code, 0))


def _as_json(query: LibraryQuery, page: LibraryPage) -> dict[str, object]:
    return {
        "ok": bool(page.hits),
        "text": query.text,
        "total": page.found.total,
        "shown": len(page.hits),
        "message": _summary(query, page),
        "library": {"version": page.version, "indicators": page.library_size},
        "level1": dict(page.found.level1),
        "level2": dict(page.found.level2),
        "kinds": dict(page.found.kinds),
        "hits": [_hit(one, query, page) for one in page.hits],
    }


def _hit(one: Indicator, query: LibraryQuery, page: LibraryPage) -> dict[str, object]:
    entry, successor = searched(one), page.successors.get(one.code)
    return {
        "code": one.code,
        "name": one.name,
        "level1": one.level1.value,
        "level2": one.level2,
        "kind": one.library_kind.value,
        "is_core": one.is_core,
        "operator": one.operator.value,
        "typical_value": one.typical_value,
        "unit": one.unit,
        "score": score_of(one, query.text),
        "why": _why(one, query, page),
        "matched": ranges(places_of(entry, query.text)),
        "alias": alias_of(entry, one, query.text),
        "applies": list(one.applies_to),
        "industry": one.industry,
        "category": one.category,
        "fund_use": one.fund_use,
        "definition": one.definition,
        "unit_uses": page.found.unit_uses.get(one.code, 0),
        "region_uses": one.region_uses,
        "cases": page.cases.get(one.code, 0),
        "open": one.is_open_in(query.fiscal_year),
        "successor": successor.code if successor else one.successor,
    }
