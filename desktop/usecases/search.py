"""What Ctrl+K finds in the books: documents, codes and indicators, by what people remember of them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop.domain.head import Kind
from desktop.domain.library import Indicator
from desktop.domain.library_search import LibraryQuery
from desktop.domain.mirrors import CodeEntry
from desktop.usecases.initials import initials
from desktop.usecases.ports import Books, DocumentRow

# The tables whose codes people look up, those of every day first.
CODE_SETS = (
    "DEPT_ECONOMIC", "FUNCTION", "GOV_ECONOMIC", "FUND_NATURE", "FUND_SOURCE", "INCOME_ITEM", "REVENUE", "ACCOUNT",
    "REGION",
)
RECENT_SETTING, RECENT_MOST = "search-recent", 8
_LOOKED_AT = 2000  # documents whose names are spelled out for a search by initials, newest first


@dataclass(frozen=True, slots=True)
class Found:
    """Hits of one search, best first."""

    documents: tuple[DocumentRow, ...] = ()
    codes: tuple[CodeEntry, ...] = ()
    indicators: tuple[Indicator, ...] = ()


def search_everything(books: Books, text: str, limit: int = 20, fiscal_year: int = 0) -> Found:
    """Return what fits a text; every word of it must be there.

    Args:
        books: Read only.
        text: A number, a part of a name, an amount, a code, or initials of the pinyin.
        limit: Most hits of each kind.
        fiscal_year: Indicators that are retired by then come last; 0 for none.
    """
    words = text.lower().split()
    if not words:
        return Found()
    with books:
        documents = books.documents.rows(text=text.strip(), limit=limit)
        if len(documents) < limit and _spelled(words):
            known = {row.doc_id for row in documents}
            rows = books.documents.rows(limit=_LOOKED_AT)
            fitting = (row for row in rows if row.doc_id not in known and fits_initials(row, words))
            documents += [row for row, _ in zip(fitting, range(limit - len(documents)), strict=False)]
        codes = [code for name in CODE_SETS for code in _codes(books.mirrors.codes(name), words)]
        indicators = books.mirrors.find_indicators(LibraryQuery(text, fiscal_year=fiscal_year), limit).hits
    codes.sort(key=lambda code: (not code.code.startswith(words[0]), not code.leaf))
    return Found(tuple(documents), tuple(codes[:limit]), indicators)


def uses_of(books: Books, code: CodeEntry, fiscal_year: int) -> int:
    """Return how many vouchers of a year carry a department economic code."""
    with books:
        rows = books.documents.rows((Kind.VOUCHER,), fiscal_year=fiscal_year)
    return sum(row.economic.startswith(code.code) for row in rows)


def fits_initials(row: DocumentRow, words: Iterable[str]) -> bool:
    """Tell whether every word is in the initials of the document's names."""
    spelled = [initials(name) for name in (row.title, row.counterpart, row.purpose, row.project_name) if name]
    return all(any(word in one for one in spelled) for word in words)


def recent_searches(books: Books) -> tuple[str, ...]:
    """Return the last searches that led to something, newest first; they may name people, so the books keep them."""
    with books:
        kept = json.loads(books.setting(RECENT_SETTING, "[]"))
    return tuple(str(one) for one in kept)[:RECENT_MOST]


def keep_search(books: Books, text: str) -> tuple[str, ...]:
    """Remember a search and return all that are remembered."""
    with books:
        before = [str(one) for one in json.loads(books.setting(RECENT_SETTING, "[]"))]
        kept = [text, *(one for one in before if one != text)][:RECENT_MOST]
        books.set_setting(RECENT_SETTING, json.dumps(kept, ensure_ascii=False))
        books.commit()
    return tuple(kept)


def _spelled(words: Iterable[str]) -> bool:
    return all(word.isascii() and word.isalnum() and not word.isdigit() for word in words)


def _codes(entries: Mapping[str, CodeEntry], words: list[str]) -> list[CodeEntry]:
    return [entry for entry in entries.values() if all(_fits(entry, word) for word in words)]


def _fits(entry: CodeEntry, word: str) -> bool:
    return entry.code.lower().startswith(word) or word in entry.name.lower() or word in entry.initials
