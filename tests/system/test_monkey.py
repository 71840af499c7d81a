"""Somebody leans on the keyboard: whatever is pressed, written, pasted and answered, no bug and no warning comes."""

from pathlib import Path

from tests.system.monkey import played

SEED, STEPS = 1, 150


def test_a_hundred_and_fifty_random_steps_meet_no_bug_and_no_question_without_a_way_out(
    home: Path, tmp_path: Path
) -> None:
    monkey = played(home, tmp_path, SEED, STEPS)
    assert monkey.findings == []
    assert monkey.steps == STEPS
