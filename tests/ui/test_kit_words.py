"""What the user reads is Chinese."""

import ast
import re
from pathlib import Path

import pytest

import desktop.ui.kit

ROOT = Path(desktop.ui.kit.__file__).parents[1]
FILES = sorted(path for folder in ("kit", "grid", "shell", "charts") for path in (ROOT / folder).glob("*.py"))
KEYS = re.compile(r"\b(Ctrl|Alt|Shift|Enter|Esc|Tab|Delete|Excel|PDF|SM2|UKey|F\d{1,2}|[A-Z])\b")
PLACES = re.compile(r"\{[a-z_]+\}")  # filled before anybody reads them
CHINESE = re.compile(r"[一-鿿]")


def shown_texts(path: Path) -> list[str]:
    """Return the string constants of a module that hold Chinese; docstrings are left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {id(node.body[0].value) for node in ast.walk(tree)
            if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and node.body
            and isinstance(node.body[0], ast.Expr)}
    return [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
            and id(node) not in docs and CHINESE.search(node.value)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_no_text_mixes_in_english(path: Path) -> None:
    read = {text: KEYS.sub("", PLACES.sub("", text).replace("+", " ")) for text in shown_texts(path)}
    mixed = [text for text, plain in read.items() if re.search(r"[A-Za-z]{2,}", plain)]
    assert mixed == []


def test_texts_are_found_at_all() -> None:
    assert any(shown_texts(path) for path in FILES)
