"""Rows that become lines of the budget: expenditure by project and codes, income by item and money."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from desktop.domain.budget import BudgetDraft, BudgetLine, IncomeLine
from desktop.domain.document import Document, State
from desktop.domain.fault import Fault
from desktop.domain.head import Kind
from desktop.domain.importing.effect import Planned, Present
from desktop.domain.importing.target import CodeList, Item
from desktop.domain.importing.targets import (
    BUDGET_TARGET,
    ECONOMICS,
    FUNCTIONS,
    INCOME_ITEMS,
    INCOME_TARGET,
    NATURES,
    PROJECTS,
    SOURCES,
)
from desktop.domain.importing.values import Flaw, Reading
from desktop.domain.mirrors import AdmittedProject
from desktop.domain.money import ZERO
from desktop.domain.project import ProjectClass
from desktop.usecases.import_desk import ImportDesk, Importer, Key, Tick, Values, Written, code_list, text, yuan
from desktop.usecases.ports import Books
from desktop.usecases.seat import Seat
from desktop.usecases.write_document import put_changed

L = TypeVar("L", BudgetLine, IncomeLine)
_MONEY = ("amount", "last_year", "ceiling")


def _draft(books: Books, year: int) -> tuple[Document, BudgetDraft]:
    found = books.documents.of_kind(Kind.BUDGET_UP2, year)
    if not found or not isinstance(found[-1].content, BudgetDraft):
        raise Fault("I-NO_BUDGET", year=str(year))
    return found[-1], found[-1].content


def _lists(books: Books, year: int) -> dict[str, CodeList]:
    mirrors = books.mirrors
    return {
        ECONOMICS: code_list(mirrors.codes("DEPT_ECONOMIC", year)),
        FUNCTIONS: code_list(mirrors.codes("FUNCTION", year)),
        NATURES: code_list(mirrors.codes("FUND_NATURE", year)),
        SOURCES: code_list(mirrors.codes("FUND_SOURCE", year)),
        INCOME_ITEMS: code_list(mirrors.codes("INCOME_ITEM", year)),
        PROJECTS: CodeList(
            tuple(Item(key, project.name, (project.code,)) for key, project in mirrors.projects().items())
        ),
    }


# -- expenditure


def _read_lines(books: Books, seat: Seat, year: int, today: date, subject: str) -> ImportDesk:
    document, draft = _draft(books, year)
    projects = books.mirrors.projects()
    natures: dict[str, set[str]] = {}
    for ceiling in books.mirrors.ceilings(year):
        natures.setdefault(ceiling.project_key, set()).add(ceiling.fund_nature)
    for line in draft.lines:
        natures.setdefault(line.project_key, set()).add(line.fund_nature)
    lines = {_line_key(line): line for line in draft.lines}

    def finish(values: Values) -> tuple[Values, Sequence[Flaw]]:
        return _finished(values, projects, natures)

    return ImportDesk(
        BUDGET_TARGET,
        Reading(_lists(books, year), year),
        document.head.doc_id,
        f"{year} 年部门预算",
        {key: Present(_line_words(line), _line_values(line)) for key, line in lines.items()},
        {key: line.last_year for key, line in lines.items() if line.last_year > 0},
        finish,
    )


def _finished(
    values: Values, projects: Mapping[str, AdmittedProject], natures: Mapping[str, set[str]]
) -> tuple[Values, Sequence[Flaw]]:
    """Fill in what follows from the project: its function code, and its money when it has only one kind."""
    key = text(values, "project")
    nature = text(values, "nature")
    if not nature:
        known = natures.get(key, set()) - {""}
        if len(known) != 1:
            words = {"what": "这个项目有几种资金，请写明资金性质" if known else "请写明资金性质"}
            return values, (Flaw("I-17", "nature", words),)
        nature = next(iter(known))
    function = text(values, "function") or projects[key].function_code
    return {**values, "function": function, "nature": nature}, ()


def _line_key(line: BudgetLine) -> Key:
    return line.project_key, line.function_code, line.dept_economic_code, line.fund_nature


def _line_words(line: BudgetLine) -> str:
    return f"{line.project_name} {line.dept_economic_code}".strip()


def _line_values(line: BudgetLine) -> Values:
    return {"amount": line.amount, "source": line.fund_source, "procurement": line.procurement, "note": line.note}


def _write_lines(
    books: Books, seat: Seat, desk: ImportDesk, rows: Sequence[Planned], why: str, today: date, tick: Tick
) -> Written:
    _, draft = _draft(books, desk.reading.year)
    projects = books.mirrors.projects()
    spent: dict[Key, Decimal] = {
        (row.project_key, row.function_code, row.dept_economic_code, row.fund_nature): row.amount
        for row in books.mirrors.last_year(desk.reading.year)
    }
    places = {_line_key(line): at for at, line in enumerate(draft.lines)}
    lines = list(draft.lines)
    touched: list[tuple[BudgetLine | None, BudgetLine]] = []
    for planned in rows:
        values = planned.row.values
        at = places.get(tuple(values.get(key) for key in BUDGET_TARGET.key_columns))
        if at is None:
            touched.append((None, _new_line(seat, values, projects, spent)))
            lines.append(touched[-1][1])
        else:
            touched.append((lines[at], _over(lines[at], values)))
            lines[at] = touched[-1][1]
    return _store(books, seat, replace(draft, lines=tuple(lines)), touched, why)


def _new_line(
    seat: Seat, values: Values, projects: Mapping[str, AdmittedProject], spent: Mapping[Key, Decimal]
) -> BudgetLine:
    project = projects[text(values, "project")]
    line = BudgetLine(
        seat.ids.new(),
        project.key,
        project.name,
        ProjectClass(project.project_class),
        text(values, "function"),
        text(values, "economic"),
        "",
        text(values, "nature"),
        text(values, "source") or _source_of(text(values, "nature")),
    )
    return replace(_over(line, values), last_year=spent.get(_line_key(line), ZERO))


def _source_of(nature: str) -> str:
    return "OWN" if nature.startswith(("2", "3")) else "LOCAL"


def _over(line: BudgetLine, values: Values) -> BudgetLine:
    """Return the line with what the row says; what it leaves empty stays."""
    return replace(
        line,
        amount=yuan(values, "amount"),
        fund_source=text(values, "source") or line.fund_source,
        procurement=line.procurement if values.get("procurement") is None else bool(values["procurement"]),
        note=text(values, "note") or line.note,
    )


# -- income


def _read_income(books: Books, seat: Seat, year: int, today: date, subject: str) -> ImportDesk:
    document, draft = _draft(books, year)
    lists = _lists(books, year)
    lines = {_income_key(line): line for line in draft.income}

    def finish(values: Values) -> tuple[Values, Sequence[Flaw]]:
        item, nature, source = (text(values, key) for key in INCOME_TARGET.key_columns)
        same = [line for line in draft.income if line.item == item and nature in ("", line.fund_nature)]
        if not nature and len(same) != 1:
            return values, (Flaw("I-17", "nature", {"what": "请写明资金性质"}),)
        nature = nature or same[0].fund_nature
        source = source or (same[0].fund_source if len(same) == 1 else _source_of(nature))
        return {**values, "nature": nature, "source": source}, ()

    return ImportDesk(
        INCOME_TARGET,
        Reading(lists, year),
        document.head.doc_id,
        f"{year} 年部门预算",
        {
            key: Present(
                item.name if (item := lists[INCOME_ITEMS].get(line.item)) else line.item,
                {"amount": line.amount, "last_year": line.last_year, "note": line.note},
            )
            for key, line in lines.items()
        },
        {key: line.last_year for key, line in lines.items() if line.last_year > 0},
        finish,
    )


def _income_key(line: IncomeLine) -> Key:
    return line.item, line.fund_nature, line.fund_source


def _write_income(
    books: Books, seat: Seat, desk: ImportDesk, rows: Sequence[Planned], why: str, today: date, tick: Tick
) -> Written:
    _, draft = _draft(books, desk.reading.year)
    places = {_income_key(line): at for at, line in enumerate(draft.income)}
    income = list(draft.income)
    touched: list[tuple[IncomeLine | None, IncomeLine]] = []
    for planned in rows:
        values = planned.row.values
        item, nature, source = (text(values, key) for key in INCOME_TARGET.key_columns)
        at = places.get((item, nature, source))
        old = None if at is None else income[at]
        line = old or IncomeLine(seat.ids.new(), item, nature, source)
        last = values.get("last_year")
        line = replace(
            line,
            amount=yuan(values, "amount"),
            last_year=last if isinstance(last, Decimal) else line.last_year,
            note=text(values, "note") or line.note,
        )
        touched.append((old, line))
        if at is None:
            income.append(line)
        else:
            income[at] = line
    return _store(books, seat, replace(draft, income=tuple(income)), touched, why)


# -- both


def _store(
    books: Books, seat: Seat, draft: BudgetDraft, touched: Sequence[tuple[L | None, L]], why: str
) -> Written:
    saved = put_changed(books, seat, draft, why)
    stored = saved.document.content
    if not isinstance(stored, BudgetDraft):
        raise TypeError(f"{saved.document.head.doc_id} is no budget")
    now: dict[str, BudgetLine | IncomeLine] = {line.line_id: line for line in stored.lines}
    now |= {line.line_id: line for line in stored.income}
    items: list[dict[str, object]] = [
        {"before": None if before is None else asdict(before), "after": asdict(now[after.line_id])}
        for before, after in touched
    ]
    return Written(items, (saved.document.head.doc_id,), int(bool(saved.document.problems_count)))


def _take_back(kind: Callable[..., L], field: str) -> Callable[..., None]:
    """Return what restores the lines of one field of the draft, if each is still as the import left it."""

    def restore(books: Books, seat: Seat, subject: str, items: Sequence[Mapping[str, object]]) -> None:
        document = books.documents.get(subject)
        draft = document.content
        if not isinstance(draft, BudgetDraft) or document.state is not State.DRAFT:
            raise Fault("I-CHANGED", what="预算已经送复核或送出了")
        before = {_made(kind, item["after"]): item["before"] for item in items}
        lines: Sequence[L] = getattr(draft, field)
        changed = len(before.keys() - set(lines))
        if changed:
            raise Fault("I-CHANGED", what=f"有 {changed} 行又改过或删掉了")
        restored = []
        for line in lines:
            old = before.get(line, line)
            if old is not None:
                restored.append(line if old is line else _made(kind, old))
        put_changed(books, seat, replace(draft, **{field: tuple(restored)}), "撤销导入")  # type: ignore[arg-type]

    return restore


def _made(kind: Callable[..., L], fields: object) -> L:
    """Return a line from what JSON kept of it."""
    if not isinstance(fields, dict):
        raise TypeError("a line that was kept is a JSON object")
    known = {name: Decimal(str(value)) if name in _MONEY and value is not None else value
             for name, value in fields.items()}
    if "project_class" in known:
        known["project_class"] = ProjectClass(str(known["project_class"]))
    return kind(**known)


BUDGET_LINES = Importer(_read_lines, _write_lines, _take_back(BudgetLine, "lines"), "budget")
INCOME = Importer(_read_income, _write_income, _take_back(IncomeLine, "income"), "budget")
