"""这一列填什么 · 依据哪条 · 常见错误: help for every field that is filled in; inspectors and F1 read the same table.

Topics are ``voucher/amount``, ``budget/economic``, ``goal/target`` …: the document's word, then the field's key.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.texts.field_help_plan import BUDGET, COVER, INCOME
from desktop.texts.field_help_project import BASIS, GOAL, PLAN, PROJECT
from desktop.texts.field_help_voucher import VOUCHER
from desktop.texts.field_row import FieldRow


@dataclass(frozen=True, slots=True)
class FieldHelp:
    """What is to be known of a field.

    Attributes:
        topic: As ``voucher/amount``.
        form: The form that it stands on, as 支付申请.
        name: What the field is called on the screen.
        what: What to write, one or two sentences.
        example: A good entry, if one helps.
        mistakes: What often goes wrong and what to do instead.
        rules: Ids of the rules that look at it; with the case behind a dot where a rule looks at other things too.
        guide: Code of the node of the work guide that it belongs to.
        page: Page of the manual that tells how it is filled in.
    """

    topic: str
    form: str
    name: str
    what: str
    example: str
    mistakes: tuple[str, ...]
    rules: tuple[str, ...]
    guide: str
    page: str


# Document's word -> form, page of the manual, rows by key
_DOCUMENTS: Mapping[str, tuple[str, str, Mapping[str, FieldRow]]] = {
    "voucher": ("支付申请", "payment/voucher", VOUCHER),
    "budget": ("支出明细表", "budget/fill", BUDGET),
    "income": ("收入预算表", "budget/fill", INCOME),
    "cover": ("预算封面", "budget/fill", COVER),
    "goal": ("绩效目标表", "performance/goal", GOAL),
    "project": ("项目立项", "performance/project", PROJECT),
    "plan": ("分年度资金计划", "performance/project", PLAN),
    "basis": ("立项依据", "performance/project", BASIS),
}

FIELDS: Mapping[str, FieldHelp] = {
    f"{word}/{key}": FieldHelp(
        f"{word}/{key}", form, row.name, row.what, row.example, row.mistakes, row.rules, row.guide, page
    )
    for word, (form, page, rows) in _DOCUMENTS.items()
    for key, row in rows.items()
}


def field_help(topic: str) -> FieldHelp | None:
    """Return the help of a field, with or without ``field:`` before its topic; None when there is none."""
    return FIELDS.get(topic.removeprefix("field:"))


def topic_of(word: str, key: str, otherwise: str) -> str:
    """Return what F1 opens for a field: its own help when there is some, else a page of the manual."""
    return f"field:{word}/{key}" if f"{word}/{key}" in FIELDS else otherwise


def forms() -> dict[str, tuple[FieldHelp, ...]]:
    """Return the fields of each form, in the order of the forms."""
    found: dict[str, list[FieldHelp]] = {}
    for one in FIELDS.values():
        found.setdefault(one.form, []).append(one)
    return {form: tuple(rows) for form, rows in found.items()}
