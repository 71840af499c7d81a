"""Ctrl+K: asks the books and the help, and goes to what was chosen."""

from importlib import import_module

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication

from desktop.domain.library import Indicator
from desktop.domain.mirrors import CodeEntry
from desktop.texts import tr
from desktop.texts.code_texts import set_name, years_words
from desktop.ui.app.pages import there
from desktop.ui.app.routes import BASICS, HELP, LIBRARY_CHANGES, PAGE_OF_KIND, PERFORMANCE
from desktop.ui.app.rows import about, full_name, kind_word
from desktop.ui.context import Context
from desktop.ui.shell.main_window import MainWindow
from desktop.ui.shell.search_box import Answer
from desktop.ui.shell.search_popup import Hit, HitGroup
from desktop.usecases.ports import Books, DocumentRow
from desktop.usecases.search import Found, keep_search, recent_searches, search_everything, uses_of

CODE, INDICATOR = "code:", "indicator:"
_HELP_HITS = 20
_CHANGES_WORDS = (tr("指标库更新"), tr("什么变了"), tr("停用的指标"), "zbkgx", "smbl", "tydzb")


class Searching(QObject):
    """Lives with the window.

    Args:
        readonly: The last searches are not remembered then.
    """

    def __init__(self, window: MainWindow, context: Context, *, readonly: bool) -> None:
        super().__init__(window)
        self._window, self._context, self._readonly = window, context, readonly
        self._found = Found()
        self._asked = 0
        window.set_search(self._search)
        window.hit_chosen.connect(self._open)
        window.top_bar.search.searched.connect(self._keep)

    def start(self) -> None:
        """Read the last searches."""
        self._context.run(self, recent_searches, self._window.top_bar.search.set_recent)

    def _search(self, text: str, answer: Answer) -> None:
        self._asked += 1
        asked, year = self._asked, self._context.year

        def work(books: Books) -> tuple[Found, list[Hit]]:
            if asked != self._asked:  # nobody waits for an older answer
                return Found(), []
            return search_everything(books, text, fiscal_year=year), help_hits(text)

        def show(both: tuple[Found, list[Hit]]) -> None:
            if asked == self._asked:
                self._found = both[0]
                helping = HitGroup(tr("帮助和办事指南"), tuple(both[1]))
                answer([*groups_of(both[0], year), HitGroup(tr("指标库"), tuple(library_hits(text))), helping])

        self._context.run(self, work, show)

    def _keep(self, text: str) -> None:
        if not self._readonly:
            recent = self._window.top_bar.search.set_recent
            self._context.run(self, lambda books: keep_search(books, text), recent)

    @Slot(str)
    def _open(self, code: str) -> None:
        if code.startswith(CODE):
            self._take_code(code.removeprefix(CODE))
        elif code.startswith(INDICATOR):
            self._take_indicator(code.removeprefix(INDICATOR))
        else:
            page, _, argument = code.partition(":")
            self._context.open_page(page, argument)

    def _take_code(self, key: str) -> None:
        """Copy a code and say where it stands: it is looked up to be typed or pasted somewhere."""
        entry = next((one for one in self._found.codes if f"{one.set}/{one.code}" == key), None)
        if entry is None:
            return
        QGuiApplication.clipboard().setText(entry.code)
        words = tr("已复制编码 {code} {name}（{set}）。", code=entry.code, name=entry.name, set=set_name(entry.set))
        if entry.set != "DEPT_ECONOMIC":
            self._say_code(words, key)
            return
        year, chosen = self._context.year, entry

        def told(count: int) -> None:
            used = tr("本年 {count} 张支付申请用到它。", count=count) if count else tr("本年还没有支付申请用到它。")
            self._say_code(words + used, key)

        self._context.run(self, lambda books: uses_of(books, chosen, year), told)

    def _say_code(self, words: str, key: str) -> None:
        self._context.say(words, action=tr("看说明"), call=lambda: self._context.open_page(BASICS, key))

    def _take_indicator(self, code: str) -> None:
        entry = next((one for one in self._found.indicators if one.code == code), None)
        if entry is None:
            return
        QGuiApplication.clipboard().setText(entry.name)
        self._context.say(
            tr("已复制指标名称“{name}”（{level}）。{definition}", name=entry.name, level=entry.level2,
               definition=entry.definition),
            action=tr("去绩效目标"),
            call=lambda: self._context.open_page(PERFORMANCE),
        )


def groups_of(found: Found, year: int = 0) -> list[HitGroup]:
    """Return what the books gave as groups of hits; indicators that are retired by the year are marked."""
    return [
        HitGroup(tr("单据"), tuple(_document(row) for row in found.documents)),
        HitGroup(tr("编码"), tuple(_code(entry) for entry in found.codes)),
        HitGroup(tr("绩效指标"), tuple(_indicator(entry, year) for entry in found.indicators)),
    ]


def help_hits(text: str) -> list[Hit]:
    """Return pages of the manual and of the work guide; none in a program without them."""
    if not there("desktop.ui.help.library"):
        return []
    found = import_module("desktop.ui.help.library").search_help(text, _HELP_HITS)
    return [Hit(f"{HELP}:{one.passage.topic}", one.passage.title, one.passage.group, "book") for one in found]


def library_hits(text: str) -> list[Hit]:
    """Return the way to what updates of the library changed, for words that ask for it."""
    typed = "".join(text.lower().split())
    wanted = len(typed) > 1 and any(typed in word for word in _CHANGES_WORDS)
    hit = Hit(f"{LIBRARY_CHANGES}:", tr("指标库更新：什么变了"), tr("新增、修改、停用"), "list")
    return [hit] if wanted else []


def _document(row: DocumentRow) -> Hit:
    return Hit(f"{PAGE_OF_KIND[row.kind]}:{row.doc_id}", full_name(row), about(row) or kind_word(row), "document")


def _code(entry: CodeEntry) -> Hit:
    ended = tr("（{years}）", years=years_words(entry.from_year, entry.to_year)) if entry.to_year else ""
    return Hit(f"{CODE}{entry.set}/{entry.code}", f"{entry.code} {entry.name}{ended}", set_name(entry.set), "list")


def _indicator(entry: Indicator, year: int) -> Hit:
    name = entry.name if not year or entry.is_open_in(year) else tr("{name}（停用）", name=entry.name)
    return Hit(INDICATOR + entry.code, name, f"{entry.level2} {entry.unit}".strip(), "target")
