"""What the program says is Chinese, and every question has a safe way out."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

import desktop
import desktop.ui
from desktop.ui.kit.dialogs import Question, Verb

ROOT = Path(desktop.__file__).parent
# What stands in Latin letters on a Chinese keyboard, file or seal too, and typed examples of pinyin initials.
ALLOWED = re.compile(
    r"\]\([a-z/_]+\)|\{[^{}]*\}|\*?\.[a-z]{3,4}\b|输入 [a-z]+ 找到|LGPL-3\.0|PgUp|PgDn"
    r"|\b(Ctrl|Alt|Shift|Enter|Esc|Tab|Delete|Home|End|Excel|WPS|Word|RTF|PDF|OFD|XML|DOCTYPE|SM2|SM3|SM4|UKey|QR|USB"
    r"|MB|GB|KB|Windows|Debian|Ubuntu|Qt|F\d{1,2}|xlsx|xls|csv|ods)\b"
)
CHINESE = re.compile(r"[一-鿿]")
# The command line and the rehearsal's material speak to people at a terminal.
APART = ("commands", "demo", "cli.py", "diagnosis.py", "domain")


def files() -> list[Path]:
    return [path for path in sorted(ROOT.rglob("*.py")) if path.relative_to(ROOT).parts[0] not in APART]


def shown_texts(path: Path) -> Iterator[str]:
    """Yield the texts of a module that people may read: constants with Chinese, and whatever `tr` gets."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            if CHINESE.search(node.value):
                yield node.value
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tr" and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_text_of_the_window_mixes_in_english(path: Path) -> None:
    mixed = [text for text in shown_texts(path) if re.search(r"[A-Za-z]{2,}", ALLOWED.sub("", text.replace("+", " ")))]
    assert mixed == []


def dialogs() -> list[type[QDialog]]:
    """Import the whole window and return every dialog of ours."""
    for module in pkgutil.walk_packages(desktop.ui.__path__, "desktop.ui."):
        importlib.import_module(module.name)
    found: list[type[QDialog]] = []
    left: list[type[QDialog]] = [QDialog]
    while left:
        for sub in left.pop().__subclasses__():
            left.append(sub)
            if sub.__module__.startswith("desktop."):
                found.append(sub)
    return found


def test_every_dialog_is_a_question_and_so_closes_by_escape() -> None:
    found = dialogs()
    assert Question in found
    own = [one for one in found if not issubclass(one, Question)]
    # These two stop what they are doing first, and their own tests press Esc.
    busy = {"Preview", "Welcome"}
    assert {one.__name__ for one in own if "keyPressEvent" in vars(one)} <= busy
    assert {one.__name__ for one in found if "reject" in vars(one) or "closeEvent" in vars(one)} == busy


def questions() -> Iterator[tuple[str, dict[str, str], str]]:
    """Yield every list of verbs written down with a default: place, kinds by key, default."""
    for path in files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and any(word.arg == "default" for word in node.keywords)):
                continue
            verbs = [one for one in ast.walk(node) if isinstance(one, ast.Call) and _called(one) == "Verb"]
            kinds = {_text(one.args[0]): _text(one.args[2]) if len(one.args) > 2 else "second" for one in verbs}
            default = next(_text(word.value) for word in node.keywords if word.arg == "default")
            if kinds:
                yield f"{path.relative_to(ROOT)}:{node.lineno}", kinds, default


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else ""


def _text(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ast.unparse(node)


def test_nothing_dangerous_is_ever_the_default() -> None:
    found = list(questions())
    assert found
    assert [place for place, kinds, default in found if kinds.get(default) == "danger"] == []


def test_a_question_with_a_dangerous_verb_takes_enter_for_the_safe_one(qtbot) -> None:
    question = Question("要删除吗？", "可以恢复。", (Verb("go", "删除", "danger"), Verb("keep", "不删除")))
    qtbot.addWidget(question)
    question.show()
    QTest.keyClick(question, Qt.Key.Key_Return)
    assert question.answer == "keep"


def test_escape_is_the_last_verb(qtbot) -> None:
    question = Question("要报送吗？", "共 6 张。", (Verb("go", "报送", "primary"), Verb("back", "返回")))
    qtbot.addWidget(question)
    question.show()
    QTest.keyClick(question, Qt.Key.Key_Escape)
    assert (question.answer, question.isVisible()) == ("back", False)
