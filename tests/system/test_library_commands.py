"""`budgetdesk library` as a script would call it: on the library that a workspace received, and with odd arguments."""

import json
from pathlib import Path

import pytest

from desktop.demo.stage import UNIT_FOLDER
from tests.system.asking import Ask, assert_refused


def test_a_workspace_has_the_whole_library_after_its_first_month(made_rehearsal: Path, ask: Ask) -> None:
    answer = ask("library", "stats", "--workspace", made_rehearsal / UNIT_FOLDER, "--json")
    told = json.loads(answer.out)
    assert answer.code == 0
    assert told["indicators"] == sum(told["by_kind"].values()) > 4000
    assert (told["cases"], told["core_sets"]) == (43, 28)
    assert told["filled"]["reference_values"] > 200
    assert told["filled_percent"]["data_source"] == "100.0"


def test_figures_are_told_in_words(made_rehearsal: Path, ask: Ask) -> None:
    answer = ask("library", "stats", "--workspace", made_rehearsal / UNIT_FOLDER)
    assert answer.code == 0
    assert "完整案例 43 个" in answer.out
    assert "个性" in answer.out
    assert "SPECIFIC" not in answer.out


@pytest.mark.parametrize(
    "arguments",
    [
        ("library",),
        ("library", "frob"),
        ("library", "stats", "--workspace"),
        ("library", "stats", "--workspace", "/nowhere"),
        ("library", "spell"),
        ("library", "spell", "/nowhere"),
        ("library", "check", "--rule"),
        ("library", "check", "/nowhere"),
    ],
    ids=" ".join,
)
def test_arguments_that_say_nothing_are_refused_in_chinese(ask: Ask, arguments: tuple[str, ...]) -> None:
    assert_refused(ask(*arguments))
