"""The work guide of a budget unit: what there is to do, when, with which papers, and what goes wrong.

221 nodes in 35 categories of 7 fields. A bureau may replace it: nothing here knows where the nodes come from.
Codes are ``field.category.number``, as 5.02.03.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class GuideNode:
    """One thing that a unit has to do.

    Attributes:
        code: As 5.02.03.
        field: One of seven, as 支出.
        category: One of thirty-five, as 国库集中支付申请.
        what: What it is and why, in one or two sentences.
        basis: Names of laws and rules, with their numbers where these are sure.
        mistakes: What often goes wrong and, behind a colon, what to do instead.
        forms: Codes of forms (F01 …) and of documents (VOUCHER, GOAL …) that it is done with.
        related: Codes of other nodes.
        initials: First letters of the pinyin of title and keywords, parted by spaces.
    """

    code: str
    field: str
    category: str
    title: str
    what: str
    when: str
    who: str
    materials: tuple[str, ...]
    steps: tuple[str, ...]
    deadline: str
    basis: tuple[str, ...]
    mistakes: tuple[str, ...]
    forms: tuple[str, ...]
    keywords: tuple[str, ...]
    related: tuple[str, ...]
    initials: str = ""


_LISTS = ("materials", "steps", "basis", "mistakes", "forms", "keywords", "related")


def node_of(record: Mapping[str, Any]) -> GuideNode:
    """Return the node of a record with the names of the fields.

    Raises:
        KeyError, TypeError: The record is not one of a node.
    """
    values: dict[str, Any] = {name: tuple(value) if name in _LISTS else value for name, value in record.items()}
    return GuideNode(**values)


def read_nodes(text: str) -> tuple[GuideNode, ...]:
    """Return the nodes of a text with one JSON object in each line, in their order."""
    return tuple(node_of(json.loads(line)) for line in text.splitlines() if line)


@dataclass(frozen=True, slots=True)
class GuideCategory:
    """A category with its nodes; the code is that of its nodes without the last part, as 5.02."""

    code: str
    name: str
    nodes: tuple[GuideNode, ...]


@dataclass(frozen=True, slots=True)
class GuideField:
    """A field with its categories; the code is a digit."""

    code: str
    name: str
    categories: tuple[GuideCategory, ...]

    def nodes(self) -> tuple[GuideNode, ...]:
        """Return the nodes of all categories."""
        return tuple(node for category in self.categories for node in category.nodes)


def tree_of(nodes: Sequence[GuideNode]) -> tuple[GuideField, ...]:
    """Return the tree of fields and categories, in the order of their codes."""
    ordered = sorted(nodes, key=lambda node: [int(part) for part in node.code.split(".")])
    categories: dict[str, list[GuideNode]] = {}
    for node in ordered:
        categories.setdefault(node.code.rpartition(".")[0], []).append(node)
    fields: dict[str, list[GuideCategory]] = {}
    for code, found in categories.items():
        fields.setdefault(code.partition(".")[0], []).append(GuideCategory(code, found[0].category, tuple(found)))
    return tuple(GuideField(code, found[0].nodes[0].field, tuple(found)) for code, found in fields.items())
