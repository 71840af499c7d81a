"""Somebody who presses anything: seeded keys, words, pastes and answers against the program's own window.

`python -m tests.system.monkey HOME FOLDER SEED STEPS [PAGE]` plays longer than the test does, over a rehearsal that it
changes; with a page it stays there. On 绩效目标 it has a goal that may be typed into, and tries each of its tools.
"""

import faulthandler
import random
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, Qt, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QDesktopServices, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QDialog, QFileDialog, QWidget

from desktop.bootstrap import read_evoucher
from desktop.demo.stage import open_stage
from desktop.demo.tour import pin_of
from desktop.domain.document import Document, State
from desktop.domain.head import Kind
from desktop.domain.project import ProjectClass
from desktop.ui.context import Context
from desktop.ui.kit import typography
from desktop.ui.kit.tokens import BASE_SIZES, NORMAL
from desktop.ui.performance.bench import Bench
from desktop.ui.performance.problem_rows import GOAL
from desktop.ui.performance.reading import start_project
from desktop.ui.tour.program import AppDriver, open_driver
from desktop.ui.tour.quiet import REMARKS
from desktop.usecases.ports import Books
from tests.system.conftest import secrets_in

PAGES = ("home", "budget", "performance", "voucher", "sync", "settings", "help")
ARGUMENTS = ("", "", "tab:ALL", "tab:DRAFT", "tab:ERRORS", "tab:RETURNED", "tab:DONE", "new")
TEXTS = (
    "校舍维修", "12345.67", "=1/0", "=cmd|x", "=SUM(A1:A9)", "=1+2*3", "123456789012345678", "1.2万", "１２３", "-5",
    "+", "0.005", "1e9", "99999999999999999", "30218", "差旅费\t1,200.00", "a\x00b\x07c\x1b", "\u202eabc\u200b",
    "😀👨\u200d👩\u200d👧", "'0012", "2026-02-30", "%", "x" * 3000, "½", "壹佰元整", "(1,234.50)", "￥100", " ", "Ⅻ",
)
KEYS = """
    Up Down Left Right Home End PgUp PgDown Ctrl+Home Ctrl+End Shift+Down Shift+Right Ctrl+Shift+End Ctrl+Shift+Down
    Ctrl+Down Tab Shift+Tab Return Return Shift+Return Ctrl+Return Esc Esc Space Backspace Del Ins F1 F2 F3 Shift+F3
    F4 F5 F6 Shift+F6 F7 F8 F9 F10 F11 F12 Ctrl+A Ctrl+C Ctrl+X Ctrl+V Ctrl+V Ctrl+Shift+V Ctrl+Z Ctrl+Z Ctrl+Y
    Ctrl+Y Ctrl+D Ctrl+R Ctrl+N Ctrl+S Ctrl+F Ctrl+H Ctrl+G Ctrl+K Ctrl+L Ctrl+P Ctrl+E Ctrl+I Ctrl+T Ctrl+U Ctrl+W
    Ctrl+W Ctrl+Shift+T Ctrl+Tab Ctrl+Shift+Tab Ctrl+Del Ctrl+Shift+D Ctrl+Shift+A Ctrl+Shift+M Ctrl+F7 Ctrl+;
    Ctrl+= Ctrl+- Ctrl+0 Ctrl+/ Alt+Down Alt+Shift+Down Ctrl+Shift+L Shift+F10 J K Y N Alt+1 Alt+2 Alt+3 Alt+4 Alt+5
""".split()  # noqa: SIM905 - as lines they can be read
SIZES = ((1366, 768), (1093, 557), (1920, 1040), (700, 400))
PEOPLE = ("张丽", "李强", "王志远")
PROJECTS = (("沙化土地综合治理", "2130217"), ("草原鼠虫害防治", "2130234"), ("基层管护员培训", "2130299"))
PERFORMANCE = "performance"
LOOK_MS, ESCAPES, FROZEN = 15, 12, 2.0


class Monkey:
    """Plays over one window.

    Args:
        hands: Of the window.
        seed: The same steps again for the same seed, as far as the machine allows.
        folder: For what it saves.
        page: The only page that it opens; empty for all.
    """

    def __init__(self, hands: AppDriver, seed: int, folder: Path, page: str = "") -> None:
        self._hands, self._chance, self._folder = hands, random.Random(seed), folder
        self._pages = (page,) if page else PAGES
        self.findings: list[str] = []
        self.trail: list[str] = []
        self.steps = 0
        self._open: QWidget | None = None
        self._looks = 0
        self._known: dict[str, tuple[int, str]] = {}
        context = hands.window.findChild(Context)
        assert context is not None, "the program's window has a context"
        self._context = context
        context.broken.connect(self._broken)
        self._answers = QTimer()
        self._answers.setInterval(LOOK_MS)
        self._answers.timeout.connect(self._answer)

    def play(self, steps: int) -> None:
        """Do so many things; what went wrong is in `findings`."""
        self._answers.start()
        for _ in range(steps):
            kind = self._chance.choices(
                (self._key, self._word, self._paste, self._page, self._look, self._person, self._click, self._fill,
                 self._goal_tool),
                (46, 14, 10, 8, 4, 3, 8, 4, 10 if PERFORMANCE in self._pages[:1] else 4),
            )[0]
            kind()
            self._do("", self._hands.settle)
            self.steps += 1
            if not self._hands.window.isVisible():
                self.note("the window closed")
                break
            self._compare()
        self._answers.stop()

    def note(self, what: str) -> None:
        """Write a finding down with the steps that led to it."""
        self.findings.append(f"{what}\n    after {' | '.join(self.trail[-8:])}")
        with (self._folder / "findings.txt").open("a", encoding="utf-8") as file:
            file.write(self.findings[-1] + "\n")

    @property
    def window(self) -> QWidget:
        """The window it plays with."""
        return self._hands.window

    def _key(self) -> None:
        keys = self._chance.choice(KEYS)
        self._do(keys, lambda: QTest.keySequence(self._target(), QKeySequence(keys)))

    def _word(self) -> None:
        text = self._chance.choice(TEXTS)
        self._do(f"write {text[:20]!r}", lambda: self._hands.write(_typed(text)))

    def _paste(self) -> None:
        rows, columns = self._chance.choice(((1, 1), (1, 9), (3, 2), (40, 5), (600, 3)))
        table = "\n".join("\t".join(self._chance.choice(TEXTS)[:60] for _ in range(columns)) for _ in range(rows))

        def paste() -> None:
            QApplication.clipboard().setText(table)
            QTest.keySequence(self._target(), QKeySequence("Ctrl+V"))

        self._do(f"paste {rows}x{columns}", paste)

    def _page(self) -> None:
        page, argument = self._chance.choice(self._pages), self._chance.choice(ARGUMENTS)
        argument = argument if page == "voucher" else ""
        self._do(f"open {page} {argument}", lambda: self._hands.open(page, argument))

    def _look(self) -> None:
        size, points = self._chance.choice(SIZES), self._chance.choice(tuple(BASE_SIZES.values()))

        def look() -> None:
            typography.set_base_size(points)
            self._hands.window.resize(*size)

        self._do(f"size {size} {points}", look)

    def _person(self) -> None:
        name = self._chance.choice([one for one in PEOPLE if one != self._context.seat().name])

        def sit() -> None:
            self._answers.stop()
            try:
                self._hands.sit(name, "" if name == PEOPLE[0] else pin_of(name))
            finally:
                self._answers.start()

        self._do(f"sit {name}", sit)

    def _click(self) -> None:
        """Click any place of any table or any other child that can be seen."""
        shown = [one for one in self._hands.window.findChildren(QWidget) if one.isVisible() and one.isEnabled()]
        tables = [one.viewport() for one in shown if isinstance(one, QAbstractItemView)]
        one = self._chance.choice(tables if tables and self._chance.random() < 0.7 else shown)
        place = one.rect().topLeft()
        place.setX(self._chance.randrange(max(1, one.width())))
        place.setY(self._chance.randrange(max(1, one.height())))
        name = f"click {type(one).__name__} {one.accessibleName()}"
        if self._chance.random() < 0.3:
            self._do(f"double {name}", lambda: QTest.mouseDClick(one, Qt.MouseButton.LeftButton, pos=place))
        else:
            self._do(name, lambda: QTest.mouseClick(one, Qt.MouseButton.LeftButton, pos=place))

    def _fill(self) -> None:
        """Go into the table of the page, type a cell and leave it."""
        tables = [one for one in self._hands.window.findChildren(QAbstractItemView) if one.isVisible()]
        if not tables:
            return
        table, text = self._chance.choice(tables), _typed(self._chance.choice(TEXTS))

        def fill() -> None:
            table.setFocus()
            self._hands.write(text)
            QTest.keyClick(self._target(), Qt.Key.Key_Return)

        self._do(f"fill {table.accessibleName()} {text[:20]!r}", fill)

    def _goal_tool(self) -> None:
        """Use one of the tools of 绩效目标 on a goal of its own; a new project for it now and then."""
        fresh, roll = self._chance.random() < 0.1, self._chance.random()
        name, code = self._chance.choice(PROJECTS)
        self._do("open performance", lambda: self._hands.open(PERFORMANCE, ""))
        benches = self._hands.window.findChildren(Bench)
        if not benches:
            return
        bench = benches[0]
        free = bench.session is not None and bench.session.goal_editable()
        if self._context.makes() and (fresh or not free):
            self._do(f"begin {name}", lambda: self._begin(name, code))
        self._do("goal in front", lambda: bench.show_tab(GOAL))
        tools = [one for one in bench.findChildren(QAbstractButton) if one.isVisible() and one.isEnabled()]
        entries = [one for one in bench.tools.more.menu.actions() if one.isVisible() and one.isEnabled()]
        if entries and roll < 0.5:
            entry = self._chance.choice(entries)
            self._do(f"tool {entry.text()}", entry.trigger)
        elif tools:
            tool = self._chance.choice(tools)
            self._do(f"tool {tool.accessibleName() or tool.text()}", tool.click)

    def _begin(self, name: str, code: str) -> None:
        context = self._context
        seat, year = context.seat(), context.budget_year

        def then(look: object) -> None:
            goal = getattr(look, "goal", None)
            if goal is not None:
                self._hands.open(PERFORMANCE, goal.head.doc_id)

        context.run(self._answers, lambda books: start_project(books, seat, name, ProjectClass.T, code, year), then,
                    changes="documents")
        self._hands.settle()

    def _do(self, what: str, act: Callable[[], object]) -> None:
        if what:
            self.trail.append(what)
            with (self._folder / "trail.txt").open("a", encoding="utf-8") as file:
                file.write(what + "\n")
        try:
            act()
        except Exception:  # noqa: BLE001 - whatever it is, it is a finding
            self.note(traceback.format_exc())

    def _target(self) -> QWidget:
        if QApplication.activeWindow() is None:
            self._hands.window.activateWindow()
            QApplication.processEvents()
        return QApplication.focusWidget() or self._hands.window

    def _answer(self) -> None:
        """Answer what stands open over the window, in the end by Esc alone."""
        front = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if front is not self._open:
            self._open, self._looks = front, 0
        if front is None:
            return
        self._looks += 1
        target = QApplication.focusWidget() if not QApplication.activePopupWidget() else front
        target = target if target is not None and (target is front or front.isAncestorOf(target)) else front
        roll = self._chance.random() if self._looks < 6 else 0.0
        said = f"[{type(front).__name__} {front.windowTitle()}]"
        if self._looks > ESCAPES + 6:
            self.note(f"Esc does not close {said} {front.accessibleName()}")
            front.reject() if isinstance(front, QDialog) else front.close()
        elif roll < 0.5:
            self.trail.append(f"{said} Esc")
            QTest.keyClick(target, Qt.Key.Key_Escape)
        elif roll < 0.7:
            self.trail.append(f"{said} Return")
            QTest.keyClick(target, Qt.Key.Key_Return)
        elif roll < 0.85:
            self.trail.append(f"{said} Down")
            QTest.keyClick(target, self._chance.choice((Qt.Key.Key_Down, Qt.Key.Key_Tab, Qt.Key.Key_Space)))
        else:
            self.trail.append(f"{said} words")
            QTest.keyClicks(target, self._chance.choice(("12", "=1/0", "1.2", "999999999999999999", "ab")))

    def _compare(self) -> None:
        """See that no document that its maker has handed over gets other content under the same revision."""

        def work(books: Books) -> list[Document]:
            with books:
                return [document for kind in Kind for document in books.documents.of_kind(kind)]

        def then(found: list[Document]) -> None:
            for one in found:
                now = (one.head.revision, one.digest)
                before = self._known.get(one.head.doc_id, now)
                if before[0] == now[0] and before[1] != now[1] and one.state is not State.DRAFT:
                    self.note(f"{one.head.doc_id} changed within revision {now[0]}")
                self._known[one.head.doc_id] = now

        if len(self.trail) % 5 == 0:
            self._context.run(self._answers, work, then)

    def _broken(self, error: object) -> None:
        if isinstance(error, BaseException):
            self.note("broken: " + "".join(traceback.format_exception(error)))


def _typed(text: str) -> str:
    """Return what a keyboard or an input method can give of a text."""
    return "".join(sign for sign in text[:60] if sign >= " ")


@contextmanager
def listened(monkey: Monkey) -> Iterator[None]:
    """Take every exception that nobody caught and every warning of Qt as a finding."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        monkey.note("".join(traceback.format_exception(error)))

    def said(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        if text not in REMARKS and "grabbing the" not in text:
            monkey.note(f"Qt: {text}\n{''.join(traceback.format_stack(limit=6))}")

    before = sys.excepthook, sys.unraisablehook, qInstallMessageHandler(said)
    sys.excepthook = hook
    sys.unraisablehook = lambda raised: monkey.note(f"unraisable: {raised.exc_value!r} in {raised.object!r}")
    try:
        yield
    finally:
        sys.excepthook, sys.unraisablehook = before[:2]
        qInstallMessageHandler(before[2])


@contextmanager
def no_other_windows(folder: Path) -> Iterator[None]:
    """Let files be chosen in one folder without the system's windows, and nothing be opened outside the program."""
    names = ("getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory")
    before = {name: getattr(QFileDialog, name) for name in names}
    opener = QDesktopServices.openUrl
    answers = {
        "getOpenFileName": lambda *_, **__: (str(folder / "open.csv"), ""),
        "getOpenFileNames": lambda *_, **__: ([str(folder / "open.csv")], ""),
        "getSaveFileName": lambda *_, **__: (str(folder / "saved.xlsx"), ""),
        "getExistingDirectory": lambda *_, **__: "",
    }
    (folder / "open.csv").write_text("摘要,金额\n校舍维修,=1/0\n😀,1.2万\n", encoding="utf-8")
    try:
        for name in names:
            setattr(QFileDialog, name, staticmethod(answers[name]))
        QDesktopServices.openUrl = staticmethod(lambda *_: True)  # type: ignore[method-assign]
        yield
    finally:
        for name in names:
            setattr(QFileDialog, name, before[name])
        QDesktopServices.openUrl = opener  # type: ignore[method-assign]


def played(
    home: Path, folder: Path, seed: int, steps: int, watch: Callable[[Monkey], None] | None = None, page: str = ""
) -> Monkey:
    """Play over a rehearsal and return the monkey with its findings; closing the program belongs to it."""
    with open_stage(home, secrets_in(home)) as stage, no_other_windows(folder):
        driver = open_driver(stage.installation, read_evoucher, folder, note="")
        hands = driver.__enter__()
        hands.settle()
        monkey = Monkey(hands, seed, folder, page)
        with listened(monkey):
            try:
                if watch is not None:
                    watch(monkey)
                monkey.play(steps)
            finally:
                driver.__exit__(None, None, None)
    typography.set_base_size(NORMAL)
    return monkey


def _watch(monkey: Monkey) -> None:
    """Say where the window stands still for too long.

    The trace is taken without touching a frame: a thread that holds one keeps its painters and widgets alive.
    """
    beat = QTimer(monkey.window)
    beat.timeout.connect(lambda: faulthandler.dump_traceback_later(FROZEN))
    beat.start(400)


if __name__ == "__main__":
    monkey = played(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), _watch,
                    sys.argv[5] if len(sys.argv) > 5 else "")
    sys.stdout.write("\n".join([*monkey.findings, f"{len(monkey.findings)} findings in {monkey.steps} steps\n"]))
