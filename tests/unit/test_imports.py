"""Which parts need nothing but Python itself; the directions between parts are contracts in pyproject.toml."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def imported(path: Path) -> set[str]:
    """The top-level names of all that a file imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names.add("." if node.level else (node.module or "").split(".")[0])
    return names


@pytest.mark.parametrize(
    ("folder", "own"), [("desktop/domain", "desktop"), ("desktop/texts", "desktop"), ("installer", "installer")]
)
def test_rules_texts_and_set_up_use_the_standard_library_alone(folder: str, own: str) -> None:
    files = sorted((ROOT / folder).rglob("*.py"))
    assert files
    allowed = sys.stdlib_module_names | {own}
    assert {str(path.relative_to(ROOT)): extra for path in files if (extra := imported(path) - allowed)} == {}


def test_rules_look_at_no_clock_no_chance_and_no_file() -> None:
    forbidden = {
        "os",
        "pathlib",
        "random",
        "secrets",
        "shutil",
        "socket",
        "subprocess",
        "tempfile",
        "threading",
        "time",
    }
    found = {path.name: imported(path) & forbidden for path in (ROOT / "desktop" / "domain").rglob("*.py")}
    assert {name: names for name, names in found.items() if names} == {}
