"""证书: whose keys lie on this PC, whether the bureau knows them, and a signature to test each."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop.domain.fault import Fault
from desktop.domain.mirrors import Officer
from desktop.texts import faults, tr
from desktop.texts.words import POSTS
from desktop.ui.app.read_source import ReadSource
from desktop.ui.context import Context
from desktop.ui.grid.columns import ColumnSpec
from desktop.ui.grid.model import SheetModel
from desktop.ui.grid.sheet import Sheet
from desktop.ui.kit import tokens
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.dialogs import ask_secret
from desktop.ui.kit.panels import Band
from desktop.ui.kit.typography import px, row_px
from desktop.ui.settings.section import Section
from desktop.usecases.ports import Books
from desktop.usecases.upkeep import KeyDesk, sign_to_test
from sync.faults import ExchangeFault

SHOWN = 8
_COLUMNS = (
    ColumnSpec("who", tr("姓名"), width=76),
    ColumnSpec("posts", tr("岗位"), width=104),
    ColumnSpec("key", tr("密钥编号"), width=112),
    ColumnSpec("state", tr("情况"), width=150, stretch=1),
)


@dataclass(frozen=True, slots=True)
class KeySeen:
    """A person of the unit and the key of theirs on this PC.

    Attributes:
        key_id: First characters of the registered key's id.
        public: What the bureau registered, hex.
        left: Wrong PINs that the key still takes; -1 when it is not on this PC.
        same: The key on this PC is the registered one.
    """

    officer_id: str
    name: str
    posts: tuple[str, ...]
    key_id: str
    public: str
    left: int
    same: bool


def keys_seen(officers: Sequence[Officer], desk: KeyDesk) -> list[KeySeen]:
    """Return everybody who may sign, with what is known of their keys; no PIN is needed."""
    found = []
    for one in officers:
        here = desk.has(one.id)
        left = desk.tries_left(one.id) if here else -1
        same = here and desk.public_key(one.id) == one.public_key
        found.append(KeySeen(one.id, one.name, one.posts, one.key_id[:12], one.public_key, left, same))
    return found


def state_words(key: KeySeen) -> str:
    """Return in what state a key is."""
    if key.left < 0:
        return tr("不在这台电脑上")
    if key.left == 0:
        return tr("已锁定，请联系财政局重新登记")
    if not key.same:
        return tr("与财政局登记的不同，不能签名报送")
    return tr("可用") if key.left == 5 else tr("可用，口令还可以输错 {left} 次", left=key.left)


class KeyRows(ReadSource):
    """The keys, makers first as the bureau lists them."""

    def __init__(self) -> None:
        self.keys: tuple[KeySeen, ...] = ()

    def row_count(self) -> int:
        return len(self.keys)

    def value(self, row: int, key: str) -> str:
        one = self.keys[row]
        if key == "who":
            return one.name
        if key == "posts":
            return "、".join(POSTS[post] for post in one.posts)
        return one.key_id if key == "key" else state_words(one)


class KeySection(Section):
    """Keys at hand."""

    def __init__(self, context: Context, desk: KeyDesk, parent: QWidget | None = None) -> None:
        note = tr("签名密钥存在这台电脑上，用口令打开，口令不保存。密钥没有到期日，财政局停用之前一直有效。")
        super().__init__(tr("证书"), note, parent)
        self._context, self._desk = context, desk
        self.result, self.writer = Band("neutral"), Band("neutral")
        self._rows = KeyRows()
        self.sheet = Sheet(SheetModel(_COLUMNS, self._rows), lists=True)
        self.sheet.view.setAccessibleName(tr("签名密钥"))
        self.sheet.view.opened.connect(lambda row: self.try_chosen())
        self.test = Button(tr("测试签名…"), "primary", "key")
        self.test.clicked.connect(lambda checked=False: self.try_chosen())
        self.add(self.writer)
        self.add(self.sheet)
        self.add_row(self.test)
        self.add(self.result)
        self.result.hide()

    def refresh(self) -> None:
        """Look at the keys again."""

        def read(books: Books) -> tuple[list[KeySeen], bool]:
            with books:
                officers = [one for one in books.mirrors.officers() if one.active]
            return keys_seen(officers, self._desk), self._desk.has_writer_key()

        self._context.run(self, read, self._show)

    def _show(self, found: tuple[list[KeySeen], bool]) -> None:
        keys, writer = found
        self._rows.keys = tuple(keys)
        self.sheet.model.reload()
        self.sheet.setFixedHeight(px(tokens.HEAD_ROW) + min(max(len(keys), 1), SHOWN) * row_px(tokens.ROW) + 2)
        self.test.setEnabled(bool(keys))
        if not keys:
            self.writer.set_content("info", tr("还没有收到人员名单。第一次同步后，这里列出每个人的密钥。"))
        elif writer:
            self.writer.set_content("ok", tr("本机的封包密钥在，可以同步。"))
        else:
            told = faults.describe("WRITER_KEY_LOST")
            self.writer.set_content("error", f"{told.happened}{told.advice}", told.title)

    def try_chosen(self, before: str = "") -> None:
        """Ask for the PIN of the chosen person and sign to test; a wrong PIN may be typed again."""
        row, _ = self.sheet.view.source_at()
        if not 0 <= row < len(self._rows.keys):
            return
        key = self._rows.keys[row]
        body = tr("{before}用 {name} 的密钥签一小段文字，再核对签名。不会签任何单据。", before=before, name=key.name)
        pin = ask_secret(tr("测试签名"), body, verb=tr("测试"), hint=tr("签名口令"), parent=self.window())
        if pin is None:
            return

        def work(books: Books) -> None:
            sign_to_test(self._desk, key.officer_id, pin, key.public)

        def good(done: None) -> None:
            self._tell("ok", tr("{name} 的签名核对无误，与财政局登记的密钥相符。", name=key.name))
            self.refresh()

        def bad(error: Exception) -> None:
            if not isinstance(error, (Fault, ExchangeFault)):
                return
            words = faults.sentence(error.code, error.facts)
            if error.code == "PIN_WRONG":
                self.try_chosen(words)
            else:
                self._tell("error", words)
            self.refresh()

        self._context.run(self, work, good, bad)

    def _tell(self, kind: str, words: str) -> None:
        self.result.set_content(kind, words)
        self.result.show()
