"""The manual's Markdown as HTML for Qt's rich text, in the program's colours and type."""

import html
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.tokens import NORMAL_COLORS, TABLES
from desktop.ui.kit.typography import base_size

_BOLD = re.compile(r"\*\*([^*]+)\*\*")
_KEY = re.compile(r"`([^`]+)`")
_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)$")
_NUMBERED = re.compile(r"(\d+)\. ")
# Word at the beginning of a remark -> icon, text, tint
_REMARKS = {
    "注意": ("warning", "warn", "warnbg"),
    "安全": ("shield", "ok", "okbg"),
    "提示": ("info", "ready", "readybg"),
}
Measure = Callable[[str], tuple[int, int]]


_PAPER: ContextVar[bool] = ContextVar("paper", default=False)


@contextmanager
def on_paper() -> Iterator[None]:
    """Make everything inside in the colours of paper, whatever the window shows."""
    before = _PAPER.set(True)
    try:
        yield
    finally:
        _PAPER.reset(before)


def color(token: str) -> str:
    """Return a token's colour as HTML writes it."""
    return TABLES[NORMAL_COLORS][token] if _PAPER.get() else qcolor(token).name()


def points(step: float = 0.0) -> str:
    """Return a size of type, so many points above the size of the program."""
    return f"{base_size() + step:.1f}pt"


def inline(text: str) -> str:
    """Return one line's marks as HTML."""
    safe = html.escape(text, quote=False)
    cap = f'<span style="background-color:{color("head")}; color:{color("text")}">&nbsp;'
    safe = _KEY.sub(lambda found: f"{cap}{found[1]}&nbsp;</span>", safe)
    safe = _BOLD.sub(r"<b>\1</b>", safe)
    return _LINK.sub(lambda found: link(found[2], found[1]), safe)


def link(target: str, words: str) -> str:
    """Return a link; the words are HTML already."""
    return f'<a href="{html.escape(target)}" style="color:{color("accent")}; text-decoration:none">{words}</a>'


def heading(text: str, level: int, name: str = "") -> str:
    """Return a heading; level 1 is the page's own."""
    step, above, below = {1: (6, 0, 10), 2: (2.5, 18, 6), 3: (0.5, 10, 6)}[level]
    anchor = f'<a name="{name}"></a>' if name else ""
    return (f'<p style="font-size:{points(step)}; font-weight:600; margin-top:{above}px; '
            f'margin-bottom:{below}px; '
            f'color:{color("text")}">{anchor}{inline(text)}</p>')


def paragraph(text: str, token: str = "text") -> str:
    """Return a paragraph; its words are HTML already."""
    return f'<p style="margin-top:0; margin-bottom:8px; line-height:150%; color:{color(token)}">{text}</p>'


def row(text: str) -> str:
    """Return one line of a close list, its sign in front; its words are HTML already."""
    return f'<p style="margin-top:0; margin-bottom:3px; line-height:125%; color:{color("text")}">{text}</p>'


def icon_image(name: str, token: str) -> str:
    """Return an icon among the words."""
    return f'<img src="icon:{name}:{token}" style="vertical-align:middle">'


def remark(words: str, kind: str, title: str = "") -> str:
    """Return a tinted box: 提示, 注意 or 安全; the title stands for the kind's own word."""
    icon, text, fill = _REMARKS[kind]
    return (f'<table width="100%" cellpadding="8" cellspacing="0" style="margin-top:4px; margin-bottom:10px">'
            f'<tr><td width="16" bgcolor="{color(fill)}">{icon_image(icon, text)}</td>'
            f'<td bgcolor="{color(fill)}" style="line-height:145%"><b style="color:{color(text)}">{title or kind}</b>　'
            f"{words}</td></tr></table>")


def table(rows: list[list[str]], widths: tuple[int, ...] = ()) -> str:
    """Return a table with its first row as head; cells are HTML already."""
    line, made = color("line"), []
    for at, row in enumerate(rows):
        fill = f' bgcolor="{color("head")}"' if at == 0 else ""
        cells = "".join(
            f'<td{fill}{f" width={widths[place]}%" if place < len(widths) else ""} '
            f'style="border:1px solid {line}; padding:5px 8px; line-height:140%">'
            f'{f"<b>{cell}</b>" if at == 0 else cell}</td>'
            for place, cell in enumerate(row)
        )
        made.append(f"<tr>{cells}</tr>")
    return (f'<table width="100%" cellspacing="0" style="border-collapse:collapse; border:1px solid {line}; '
            f'margin-top:4px; margin-bottom:12px">{"".join(made)}</table>')


def listed(items: list[str], *, numbered: bool = False) -> str:
    """Return a list; its items are HTML already."""
    kind = "ol" if numbered else "ul"
    inside = "".join(f'<li style="margin-bottom:5px; line-height:150%">{item}</li>' for item in items)
    return f'<{kind} style="margin-top:2px; margin-bottom:10px; -qt-list-indent:1">{inside}</{kind}>'


def picture(name: str, words: str, size: tuple[int, int]) -> str:
    """Return a picture with its words below; a size of 0 means that it is not there, then the words stand alone."""
    width, height = size
    shown = f'<img src="picture:{name}" width="{width}" height="{height}">' if width else ""
    caption = f'<span style="font-size:{points(-1)}; color:{color("text2")}">{html.escape(words)}</span>'
    return f'<p style="margin-top:6px; margin-bottom:12px">{shown}<br>{caption}</p>'


def to_html(text: str, measure: Measure) -> str:
    """Return a page of the manual as HTML; sections get the names s1, s2 …

    Args:
        text: As `desktop.domain.manual` describes it.
        measure: Picture -> its width and height on the screen, 0 when there is none.
    """
    made, section = [], 0
    for block in _blocks(text):
        first = block[0]
        if first.startswith("#"):
            level = len(first) - len(first.lstrip("#"))
            section += level == 2
            made.append(heading(first.lstrip("# "), level, f"s{section}" if level == 2 else ""))
        else:
            made.append(_block(block, measure))
    return "".join(made)


def _block(block: list[str], measure: Measure) -> str:
    first = block[0]
    if found := _PICTURE.match(first):
        return picture(found[2], found[1], measure(found[2]))
    if first.startswith("> "):
        words = " ".join(line.removeprefix("> ") for line in block)
        kind, _, rest = words.partition("：")
        return remark(inline(rest), kind) if kind in _REMARKS else remark(inline(words), "提示")
    if first.startswith("|"):
        rows = [line.strip("|").split("|") for line in block if set(line) - set("|-: ")]
        return table([[inline(cell.strip()) for cell in row] for row in rows])
    if first.startswith("- "):
        return listed([inline(line.removeprefix("- ")) for line in block])
    if _NUMBERED.match(first):
        return listed([inline(_NUMBERED.sub("", line, count=1)) for line in block], numbered=True)
    return paragraph(inline("".join(block)))


def _blocks(text: str) -> Iterator[list[str]]:
    """Cut a text at empty lines and at headings; wrapped lines of a list belong to their item."""
    block: list[str] = []
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            if block:
                yield block
            block = []
            if line.startswith("#"):
                yield [line]
        elif line.startswith("  ") and block:
            block[-1] += line.strip()
        else:
            block.append(line.rstrip())
    if block:
        yield block
