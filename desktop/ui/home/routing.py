"""Where an entry of the checklist leads."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from desktop.domain.document import Post
from desktop.domain.head import Kind
from desktop.domain.home_rules import ChecklistEntry
from desktop.ui.app.routes import PAGE_OF_KIND, PERFORMANCE, SYNC
from desktop.usecases.ports import DocumentRow

# Part of the key -> tab of the list of vouchers.
_TABS = {
    "returned": "tab:RETURNED",
    "errors": "tab:ERRORS",
    "to_check": "tab:PRESENTED",
    "to_sign": "tab:CHECKED",
    "drafts": "tab:DRAFT",
}


@dataclass(frozen=True, slots=True)
class Route:
    """A page and what to open on it."""

    page: str
    argument: str = ""

    WAITING: ClassVar["Route"]


Route.WAITING = Route("", "waiting")


def route_of(entry: ChecklistEntry, waiting: Sequence[DocumentRow], post: Post) -> Route:
    """Return where the entry's button goes.

    One document that waits is opened at once; several of a kind without a list of its own are shown in 待我处理.

    Args:
        waiting: Documents that the person at the seat must act on.
    """
    name, _, kind_name = entry.key.partition(".")
    if name in ("ready", "sealed"):
        return Route(SYNC, "check")
    if name == "goals":
        return Route(PERFORMANCE)
    kind = Kind(kind_name)
    mine = [row for row in waiting if row.kind is kind] if _is_mine(name, post) else []
    if len(mine) == 1:
        return Route(PAGE_OF_KIND[kind], mine[0].doc_id)
    if kind is Kind.VOUCHER:
        return Route(PAGE_OF_KIND[kind], _TABS[name])
    if mine and post is not Post.MAKER:
        return Route.WAITING
    return Route(PAGE_OF_KIND[kind], mine[0].doc_id if mine else "")


def _is_mine(name: str, post: Post) -> bool:
    wanted = {"returned": (Post.MAKER,), "to_check": (Post.CHECKER,), "to_sign": (Post.SIGNER, Post.HEAD)}
    return post in wanted.get(name, ())
