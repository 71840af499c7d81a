"""A document in the few words of a list: its kind, its number, whom and what it is about."""

from collections.abc import Sequence
from decimal import Decimal

from desktop.domain.head import Kind
from desktop.domain.money import ZERO
from desktop.texts import tr
from desktop.texts.words import COUNTERS, KINDS
from desktop.usecases.ports import DocumentRow


def kind_word(row: DocumentRow) -> str:
    """Return the kind's word."""
    return KINDS[row.kind.value]


def number_of(row: DocumentRow) -> str:
    """Return the number that people use: the running number of a voucher, the year of all else."""
    if row.kind is Kind.VOUCHER:
        return row.key.rpartition("-")[2]
    return tr("{year}年", year=row.fiscal_year)


def name_of(row: DocumentRow) -> str:
    """Return whom or what the document is about: the payee, or the project."""
    if row.kind is Kind.VOUCHER:
        return row.counterpart or tr("未填收款人")
    if row.kind is Kind.BUDGET_UP2:
        return tr("{year}年部门预算", year=row.fiscal_year)
    return row.title or row.project_name or tr("未命名")


def about(row: DocumentRow) -> str:
    """Return the second thing to say: a voucher's purpose, the kind of all else."""
    return row.purpose if row.kind is Kind.VOUCHER else kind_word(row)


def full_name(row: DocumentRow) -> str:
    """Return kind, number and name in one phrase."""
    return tr("{kind} {number} {name}", kind=kind_word(row), number=number_of(row), name=name_of(row))


def telling_total(rows: Sequence[DocumentRow]) -> tuple[str, Decimal]:
    """Return the one sum that says something about mixed documents, and what it is the sum of.

    A project, its goal and its budget lines are the same money again, so kinds are never added up: vouchers count where
    there are any, then the budget, the projects, the goals.
    """
    for kind in (Kind.VOUCHER, Kind.BUDGET_UP2, Kind.PROJECT, Kind.GOAL):
        amounts = [row.amount for row in rows if row.kind is kind]
        if amounts:
            return KINDS[kind.value], sum(amounts, ZERO)
    return "", ZERO


def counted(rows: Sequence[DocumentRow]) -> str:
    """Return how many of each kind: ``6 张支付申请、1 份二上预算``; empty for nothing."""
    counts = {kind.value: sum(row.kind is kind for row in rows) for kind in reversed(Kind)}
    return "、".join(f"{count} {COUNTERS[kind]}{KINDS[kind]}" for kind, count in counts.items() if count)


def day(moment: str, year: int) -> str:
    """Return an ISO moment as lists show it: ``11-20 16:02``, with the year when it is another one."""
    if len(moment) < 16:
        return moment[:10]
    date = moment[5:10] if moment.startswith(str(year)) else moment[:10]
    return f"{date} {moment[11:16]}"
