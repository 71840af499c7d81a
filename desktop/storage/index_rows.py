"""What lists and rules ask for, made from a document: pure functions, so that the index tables can be made again."""

import re
from collections.abc import Iterable
from decimal import Decimal

from sqlalchemy import Table

from desktop.domain.budget import BudgetDraft
from desktop.domain.document import Content, Document, State
from desktop.domain.goal import PerformanceGoal
from desktop.domain.project import Project
from desktop.domain.search_text import words
from desktop.domain.voucher import PaymentVoucher
from desktop.storage import tables
from desktop.storage.codec import encode, nfc
from desktop.storage.rows import Row
from desktop.storage.search import searchable

# Vouchers whose payee is remembered: handed over at least once, so that half-typed names are not.
UNREMEMBERED = (State.DRAFT.value, State.VOIDED.value)

INDEX_TABLES: tuple[Table, ...] = (
    tables.voucher,
    tables.voucher_line,
    tables.evoucher_use,
    tables.goal_line,
    tables.form_cell,
)
_AMOUNT = re.compile(r"[¥]?[0-9][0-9,]*(?:\.[0-9]*)?元?")


def query_words(text: str) -> list[str]:
    """Return the words of a search in lists; ``4,800.00`` and ``¥4800元`` find the amount 4800.00."""
    return [re.sub("[¥,元]", "", word) if _AMOUNT.fullmatch(word) else word for word in words(text)]


def listing(document: Document) -> dict[str, object]:
    """Return the columns of ``document`` that follow from the document alone."""
    head, comment = document.head, document.comment
    shown = _shown(document.content)
    return {
        "id": head.doc_id,
        "kind": head.kind.value,
        "key": nfc(head.key),
        "fiscal_year": head.fiscal_year,
        "revision": head.revision,
        "schema": head.schema,
        "state": document.state.value,
        **shown,
        "maker": head.maker,
        "signers": "\n".join(mark.officer for mark in document.signatures),
        "problems_count": document.problems_count,
        "comment": None if comment is None else encode(comment).decode(),
        "comment_line": "" if comment is None else _first_line(nfc(comment.text)),
        "central_no": document.central_no,
        "batch_id": document.batch_id,
        "receipt_no": document.receipt_no,
        "digest": document.digest,
        "binned_at": document.binned_at,
        "search": searchable(
            head.key,
            *(str(shown[name]) for name in ("title", "counterpart", "purpose", "project_key", "project_name")),
            f"{shown['amount']:.2f}",
        ),
    }


def marks(document: Document) -> list[Row]:
    """Return the rows of the document's present signatures."""
    return [
        {
            "doc_id": document.head.doc_id,
            "position": position,
            "revision": document.head.revision,
            "role": mark.role.value,
            "officer": mark.officer,
            "officer_name": nfc(mark.officer_name),
            "key_id": mark.key_id,
            "at": mark.at,
            "sheet_id": mark.sheet_id,
        }
        for position, mark in enumerate(document.signatures)
    ]


def details(content: Content) -> list[tuple[Table, list[Row]]]:
    """Return the index rows of a content, by table; every table of its kind is named, if only with no rows."""
    match content:
        case PaymentVoucher():
            return _voucher(content)
        case PerformanceGoal():
            return [(tables.goal_line, _goal_lines(content))]
        case BudgetDraft():
            return [(tables.form_cell, _cells(content))]
        case _:
            return []


def _shown(content: Content) -> dict[str, object]:
    shown: dict[str, object] = dict.fromkeys(_TEXTS, "")
    shown["attachments"] = 0
    match content:
        case Project():
            shown |= {"title": content.name, "amount": content.total, "project_name": content.name}
            shown |= {"project_key": content.head.key}
        case PerformanceGoal():
            shown |= {"title": content.project_name, "amount": content.year_total, "project_name": content.project_name}
            shown |= {"project_key": content.project_key}
        case BudgetDraft():
            shown |= {"amount": content.total()}
        case PaymentVoucher():
            shown |= {"title": content.purpose, "amount": content.amount, "counterpart": content.payee.name}
            shown |= {"project_key": content.quota.project_key, "project_name": content.quota.project_name}
            shown |= {"economic": _economic(line.dept_economic_code for line in content.lines)}
            shown |= {"purpose": content.purpose, "attachments": len(content.evouchers)}
            shown |= {"date": content.date.isoformat()}
    return {name: nfc(value) if isinstance(value, str) else value for name, value in shown.items()}


_TEXTS = ("title", "counterpart", "project_key", "project_name", "economic", "purpose", "date")


def _economic(codes: Iterable[str]) -> str:
    distinct = list(dict.fromkeys(code for code in codes if code))
    if len(distinct) < 2:
        return "".join(distinct)
    return f"{distinct[0]} 等{len(distinct)}项"


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0].strip()


def _voucher(content: PaymentVoucher) -> list[tuple[Table, list[Row]]]:
    doc_id, payee = content.head.doc_id, content.payee
    head: Row = {
        "doc_id": doc_id,
        "date": content.date.isoformat(),
        "quota_id": content.quota.quota_id,
        "payee_name": nfc(payee.name),
        "payee_account": payee.account,
        "payee_bank": nfc(payee.bank),
        "payee_bank_line_no": payee.bank_line_no,
        "payee_kind": payee.kind.value,
        "amount": content.amount,
        "purpose": nfc(content.purpose),
    }
    lines: list[Row] = [
        {
            "doc_id": doc_id,
            "position": position,
            "dept_economic_code": line.dept_economic_code,
            "gov_economic_code": line.gov_economic_code,
            "summary": nfc(line.summary),
            "amount": line.amount,
            "evoucher_key": line.evoucher_key,
        }
        for position, line in enumerate(content.lines)
    ]
    uses: list[Row] = [
        {"doc_id": doc_id, "position": position, "key": use.key, "used": use.used, "sm3": use.sm3}
        for position, use in enumerate(content.evouchers)
    ]
    return [(tables.voucher, [head]), (tables.voucher_line, lines), (tables.evoucher_use, uses)]


def _goal_lines(content: PerformanceGoal) -> list[Row]:
    return [
        {
            "doc_id": content.head.doc_id,
            "position": position,
            "indicator_code": line.indicator_code,
            "library_version": line.library_version,
            "level1": line.level1.value,
            "name": nfc(line.name),
        }
        for position, line in enumerate(content.lines)
    ]


def _cells(content: BudgetDraft) -> list[Row]:
    amounts: dict[tuple[str, str, str], Decimal] = {
        (cell.form, cell.row, cell.column): cell.amount for cell in content.forms
    }
    return [
        {"doc_id": content.head.doc_id, "form": form, "row": row, "column": column, "amount": amount}
        for (form, row, column), amount in amounts.items()
    ]
