"""What the help holds: the manual and the guide that ship, pages made of the program's own tables, search."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import resources
from desktop.domain.guide import GuideField, GuideNode, read_nodes, tree_of
from desktop.domain.manual import ManualPage, find_page, page_of, passages_of
from desktop.domain.passages import Hit, Passage, search
from desktop.texts import help_tables
from desktop.texts.field_help import field_help
from desktop.ui.help.key_page import TOPIC, key_page
from desktop.usecases.guide import guide_node, guide_passages

_HELP = "help"
# Names under which screens ask for a page or a section of it.
_ALSO: Mapping[str, str] = {
    "import": "exchange/import",
    "settings/display": "safety/settings#1",
    "settings/print": "print/overlay",
    "settings/backup": "safety/backup",
    "settings/keys": "safety/settings#4",
    "settings/network": "safety/settings#5",
    "settings/unit": "safety/settings#6",
    "settings/rules": "safety/settings#6",
    "settings/lock": "start/people",
    "settings/logs": "safety/settings#8",
    "settings/about": "safety/settings",
}


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that can be read.

    Attributes:
        pages: Of the manual, in their order.
        nodes: Of the work guide.
        passages: All of it, to search in: the manual first.
    """

    pages: tuple[ManualPage, ...]
    nodes: tuple[GuideNode, ...]
    passages: tuple[Passage, ...]

    def chapters(self) -> dict[str, tuple[ManualPage, ...]]:
        """Return the pages of each chapter, in order."""
        found: dict[str, list[ManualPage]] = {}
        for page in self.pages:
            found.setdefault(page.chapter, []).append(page)
        return {chapter: tuple(pages) for chapter, pages in found.items()}

    def fields(self) -> tuple[GuideField, ...]:
        """Return the tree of the guide."""
        return tree_of(self.nodes)

    def page(self, topic: str) -> ManualPage | None:
        """Return a page of the manual."""
        return find_page(self.pages, topic)

    def node(self, code: str) -> GuideNode | None:
        """Return a node of the guide."""
        return guide_node(self.nodes, code)

    def knows(self, topic: str) -> bool:
        """Tell whether a topic of any kind leads somewhere."""
        kind, _, rest = topic.partition(":")
        if kind == "field":
            return field_help(rest) is not None
        if kind == "guide":
            return self.node(rest) is not None
        return self.page(topic) is not None or self.node(topic) is not None


def topic_named(name: str) -> str:
    """Return the topic that goes by this name."""
    return _ALSO.get(name, name)


def search_help(text: str, limit: int = 50) -> list[Hit]:
    """Return what the manual and the guide say about the words, the best first; topics open in the help page."""
    return search(library().passages, text, limit)


@cache
def library() -> Library:
    """Return what ships, read once."""
    return make_library(read_nodes(resources.read_text("guide", "nodes.jsonl")))


def make_library(nodes: tuple[GuideNode, ...]) -> Library:
    """Return the library with the nodes of this guide, which a bureau may have replaced."""
    pages = shipped_pages()
    initials: dict[str, str] = json.loads(resources.read_text(_HELP, "initials.json"))
    return Library(pages, nodes, (*passages_of(pages, initials), *guide_passages(nodes)))


@cache
def shipped_pages() -> tuple[ManualPage, ...]:
    """Return the manual in the order of ``contents.toml``; some pages are made of the program's tables."""
    made = {**help_tables.pages(), TOPIC: key_page()}
    contents = tomllib.loads(resources.read_text(_HELP, "contents.toml"))
    return tuple(
        page_of(topic, chapter["title"], made[topic] if topic in made else _written(topic))
        for chapter in contents["chapter"]
        for topic in chapter["pages"]
    )


def _written(topic: str) -> str:
    folder, _, name = topic.partition("/")
    return resources.read_text(_HELP, "pages", folder, f"{name}.md")
