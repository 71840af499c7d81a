"""The user manual: pages in a small part of Markdown, cut into sections that can be found and linked to.

What a page may hold: headings ``#`` (once), ``##`` and ``###``; paragraphs; ``-`` and ``1.`` lists; tables; ``>``
remarks; ``![words](name.png)`` alone in a line; ``**bold**``, ```key``` and ``[words](target)`` inside a line. A target
is a page (``payment/voucher``, with ``#2`` the second section), ``guide:5.02.03``, ``field:voucher/amount`` or
``screen:voucher`` (a page of the program).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.passages import Passage

_LINK = re.compile(r"(?<!!)\[([^\]]+)\]\(([^)\s]+)\)")
_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
_MARKS = re.compile(r"^\s*(?:#{1,3} |> |- |\d+\. )|\*\*|`|^\|[-| :]+\|$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ManualPage:
    """A page.

    Attributes:
        topic: Where it lies, as ``payment/voucher``.
        chapter: Title of its chapter.
        title: Its heading.
        text: All of it, with its heading.
    """

    topic: str
    chapter: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """A piece of a page under a heading; number 0 stands before the first ``##``."""

    topic: str
    number: int
    title: str
    text: str


def page_of(topic: str, chapter: str, text: str) -> ManualPage:
    """Return a page of its text.

    Raises:
        ValueError: The text does not begin with a heading.
    """
    first, _, _ = text.partition("\n")
    if not first.startswith("# "):
        raise ValueError(topic)
    return ManualPage(topic, chapter, first.removeprefix("# ").strip(), text)


def sections_of(page: ManualPage) -> tuple[Section, ...]:
    """Return the sections of a page, in order."""
    parts = re.split(r"^## ", page.text, flags=re.MULTILINE)
    found = [Section(page.topic, 0, page.title, parts[0].partition("\n")[2])]
    for number, part in enumerate(parts[1:], 1):
        title, _, text = part.partition("\n")
        found.append(Section(f"{page.topic}#{number}", number, title.strip(), text))
    return tuple(found)


def plain(text: str) -> str:
    """Return a text without its marks, for searching and snippets."""
    bare = _LINK.sub(r"\1", _PICTURE.sub(r"\1", text))
    return re.sub(r"\s*\n\s*", "　", _MARKS.sub("", bare).replace("|", " ")).strip()


def links_of(text: str) -> list[str]:
    """Return the targets of all links of a text."""
    return [found[1] for found in _LINK.findall(text)]


def pictures_of(text: str) -> list[str]:
    """Return the names of all pictures of a text."""
    return [found[1] for found in _PICTURE.findall(text)]


def passages_of(pages: Iterable[ManualPage], initials: Mapping[str, str]) -> tuple[Passage, ...]:
    """Return the sections of pages as passages to search in.

    Args:
        pages: Of the manual.
        initials: Topic of a section -> first letters of the pinyin of its title.
    """
    return tuple(
        Passage(section.topic, section.title, group_of(page, section), plain(section.text),
                initials.get(section.topic, ""))
        for page in pages
        for section in sections_of(page)
    )


def group_of(page: ManualPage, section: Section) -> str:
    """Return where a section stands, in words."""
    return f"手册 · {page.chapter}" if section.number == 0 else f"手册 · {page.title}"


def find_page(pages: Sequence[ManualPage], topic: str) -> ManualPage | None:
    """Return the page of a topic, with or without the number of a section behind it."""
    name = topic.partition("#")[0]
    return next((page for page in pages if page.topic == name), None)
