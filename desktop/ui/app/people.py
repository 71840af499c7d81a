"""Who sits here: taking the seat with the PIN, the first one at the start, and the curtain while nobody is here."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop.domain.document import Post
from desktop.domain.fault import Fault
from desktop.domain.mirrors import Officer
from desktop.texts import faults, tr
from desktop.texts.words import POSTS
from desktop.ui.app.frame import officers_of, read_seat_key, seat_key
from desktop.ui.app.memory import Memory
from desktop.ui.app.reading import PIN_SETTING, FrameView
from desktop.ui.context import Context
from desktop.ui.kit.dialogs import ask_secret, tell
from desktop.ui.kit.focus import commit_typing, give_back
from desktop.ui.kit.notes import read_note, write_note
from desktop.ui.shell.main_window import MainWindow
from desktop.ui.shell.state import Officer as Shown
from desktop.ui.shell.top_bar import LOCK_MINUTES
from desktop.usecases.ports import Books
from desktop.usecases.seat import seat_of
from sync.faults import ExchangeFault

LOCK_NOTE, LOCK_USUAL = "session/lock", 15
LOOK_MS = 5_000


class People(QObject):
    """The people of the unit at this screen.

    Args:
        window: The frame.
        context: Of the open workspace.
        memory: Remembers who sat here last.
        first: Id of who sits here first; when empty or unknown who sat here last, else the first maker.

    Signals:
        seated(): Another person, or another post, has the seat.
    """

    seated = Signal()

    def __init__(self, window: MainWindow, context: Context, memory: Memory | None, first: str) -> None:
        super().__init__(window)
        self._window, self._context, self._memory, self._first = window, context, memory, first
        self._view: FrameView | None = None
        self._place: list[QWidget] = []
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self.look)
        self._look.start()
        window.officer_switch_requested.connect(self.switch)
        window.lock_requested.connect(self.lock)
        window.top_bar.lock_minutes_chosen.connect(self.keep_minutes)
        window.top_bar.pin_for_all_chosen.connect(self.keep_pin_for_all)
        window.curtain.pin_entered.connect(self._come_back)

    # -- sitting down

    def take(self, view: FrameView) -> bool:
        """Take what is known of the unit; True when somebody was seated just now, who was not before."""
        self._view = view
        return not self._context.seat().officer and self._seat_first(view)

    def needs_pin(self, officer: Officer, post: Post) -> bool:
        """Tell whether a person is asked for the PIN: checkers and signers always, makers when the unit wants it.

        A maker without a key on this PC has no PIN and cannot be asked.
        """
        if post is not Post.MAKER:
            return True
        return self._view is not None and self._view.pin_for_all and self._context.vault.has(officer.id)

    @Slot(str)
    def switch(self, key: str) -> None:
        """Let another person take the seat."""
        found = self._person(key)
        if found is None:
            return
        if self.needs_pin(*found):
            self._ask(*found)
        else:
            self._sit(*found)

    def _person(self, key: str) -> tuple[Officer, Post] | None:
        officer_id, post = read_seat_key(key)
        known = self._view.officers if self._view else ()
        officer = next((one for one in known if one.id == officer_id), None)
        return None if officer is None else (officer, post)

    def _ask(self, officer: Officer, post: Post, before: str = "") -> None:
        name, unit = tr("{post} {name}", post=POSTS[post.value], name=officer.name), self._context.unit
        if not self._context.vault.has(officer.id):
            tell(faults.describe("KEY_NOT_AT_HAND").title, faults.sentence("KEY_NOT_AT_HAND", {}), level="warning",
                 parent=self._window)
            return
        body = before + tr("{unit}。请 {name} 输入签名口令，只用来核对身份。", unit=unit.name, name=name)
        pin = ask_secret(tr("换成 {name}", name=name), body, verb=tr("换人"), hint=tr("签名口令"),
                         unit_color=unit.color, parent=self._window)
        if pin is not None:
            self._check(officer, pin, lambda: self._sit(officer, post), lambda why: self._ask(officer, post, why))

    def _check(self, officer: Officer, pin: str, right: Callable[[], None], wrong: Callable[[str], None]) -> None:
        """Try a PIN in the worker; a wrong one is said with how many tries are left, a locked key in a dialog."""

        def work(books: Books) -> None:
            self._context.vault.unlock(officer.id, pin)

        def failed(error: Exception) -> None:
            if not isinstance(error, (Fault, ExchangeFault)):
                self._context.failed.emit(error)
            elif error.code == "PIN_WRONG" or self._window.curtain.isVisible():
                wrong(faults.sentence(error.code, error.facts))
            else:
                told = faults.describe(error.code, error.facts)
                tell(told.title, faults.sentence(error.code, error.facts), level="error", parent=self._window)

        self._context.run(self, work, lambda done: right(), failed)

    def _sit(self, officer: Officer, post: Post) -> None:
        before = self._context.seat()
        if self._memory is not None and self._view is not None:
            self._memory.keep_officer(self._view.unit.code, seat_key(officer.id, post))
        self._context.sit(seat_of(officer, post, before.clock, before.ids))
        self.seated.emit()

    def _seat_first(self, view: FrameView) -> bool:
        """Seat the person named at the start, else who sat here last, else the first maker; False with nobody known.

        Whoever needs a PIN comes in through the curtain.
        """
        pairs = [(one, post) for post in Post for one in view.officers if post.value in one.posts]
        last = self._memory.officer(view.unit.code) if self._memory is not None else ""
        for officer, post in [
            *(pair for pair in pairs if pair[0].id == self._first),
            *(pair for pair in pairs if seat_key(pair[0].id, pair[1]) == last),
            *pairs,
        ]:
            self._sit(officer, post)
            if self.needs_pin(officer, post):
                self._draw(tr("上次是 {name} 在用。请输入签名口令，或换人。", name=officer.name))
            return True
        return False

    @Slot(bool)
    def keep_pin_for_all(self, on: bool) -> None:
        """Let the unit ask everybody, makers too, for the PIN when they sit down."""
        if self._context.refuses_writing():
            return

        def work(books: Books) -> None:
            with books:
                books.set_setting(PIN_SETTING, "1" if on else "")
                books.commit()

        words = tr("以后经办人就位也要输入签名口令。") if on else tr("以后经办人就位不再要求签名口令。")
        self._context.run(self, work, lambda done: self._context.say(words), changes="documents")

    # -- the curtain

    def minutes(self) -> int:
        """Return after how many minutes without a key or a click the window locks itself; 0: never."""
        kept = read_note(self._context.notes, LOCK_NOTE)
        return kept if isinstance(kept, int) and kept in LOCK_MINUTES else LOCK_USUAL

    @Slot(int)
    def keep_minutes(self, minutes: int) -> None:
        """Remember after how many minutes the window locks itself."""
        write_note(self._context.notes, LOCK_NOTE, minutes)
        self._context.say(tr("{minutes} 分钟没有操作就自动锁定。", minutes=minutes) if minutes
                          else tr("不再自动锁定。离开时请按 Ctrl+Alt+L。"))
        self.seated.emit()

    @Slot()
    def look(self) -> None:
        """Lock when nobody has done anything for long enough."""
        minutes = self.minutes()
        if minutes and not self._window.curtain.isVisible() and self._window.watch.idle_seconds() >= 60 * minutes:
            self._close_questions()
            self._draw(tr("{minutes} 分钟没有操作，已自动锁定。内容都已保存。", minutes=minutes))

    @Slot()
    def lock(self) -> None:
        """Draw the curtain now (Ctrl+Alt+L)."""
        self._draw(tr("内容都已保存，正在进行的同步不会中断。"))

    def _draw(self, why: str) -> None:
        if self._view is None or not self._context.seat().officer or self._window.curtain.isVisible():
            return
        self._place = commit_typing() or list(self._window.commands.place)
        for front in self._window.fronts():
            save = getattr(front, "save_now", None)
            if callable(save):
                save()
        seat, vault, unit = self._context.seat(), self._context.vault, self._context.unit
        people = [one for one in officers_of(self._view) if self._may_come(one)]
        free = frozenset(one.id for one in people if not vault.has(read_seat_key(one.id)[0]))
        self._reach(on=False)
        here = seat_key(seat.officer, seat.post)
        self._window.curtain.draw((unit.code, unit.name, unit.color), people, here, free, why)

    def _may_come(self, one: Shown) -> bool:
        officer_id, post = read_seat_key(one.id)
        return post is Post.MAKER or self._context.vault.has(officer_id)

    @staticmethod
    def _close_questions() -> None:
        """Step back from what is asked right now: Esc is always the safe way out."""
        for _ in range(8):
            dialog = QApplication.activeModalWidget() or QApplication.activePopupWidget()
            if isinstance(dialog, QDialog):
                dialog.reject()
            elif dialog is not None:
                dialog.close()
            else:
                return

    def _reach(self, *, on: bool) -> None:
        """Let keys and readers reach what is behind the curtain, or nothing of it."""
        inside = self._window.centralWidget()
        if inside is not None:
            inside.setVisible(on)
        for shortcut in self._window.findChildren(QShortcut, options=Qt.FindChildOption.FindDirectChildrenOnly):
            shortcut.setEnabled(on)

    @Slot(str, str)
    def _come_back(self, key: str, pin: str) -> None:
        found = self._person(key)
        if found is None:
            return
        officer, post = found
        if not self._context.vault.has(officer.id):
            self._lift(officer, post)
            return
        self._check(officer, pin, lambda: self._lift(officer, post), self._window.curtain.refuse)

    def _lift(self, officer: Officer, post: Post) -> None:
        seat = self._context.seat()
        self._window.watch.touch()
        self._reach(on=True)
        self._window.curtain.lift()
        if (officer.id, post) != (seat.officer, seat.post):
            self._sit(officer, post)
        if self._place:
            commit_typing()  # a page that is shown again takes the cursor for itself
        give_back(self._place)
