"""What the window remembers for a user survives it."""

from pathlib import Path

import pytest

from desktop.ui.app.memory import Memory
from desktop.ui.kit.notes import FleetingNotes, Notes, read_note, write_note


@pytest.mark.parametrize("fleeting", [True, False])
def test_a_note_is_kept_changed_and_forgotten(tmp_path: Path, fleeting: bool) -> None:
    notes: Notes = FleetingNotes() if fleeting else Memory(tmp_path)
    write_note(notes, "columns/vouchers", {"payee": 120, "宽": [1, 2]})
    assert read_note(notes, "columns/vouchers") == {"payee": 120, "宽": [1, 2]}
    write_note(notes, "columns/vouchers", None)
    assert read_note(notes, "columns/vouchers") is None


def test_notes_come_back_after_a_restart(tmp_path: Path) -> None:
    memory = Memory(tmp_path)
    write_note(memory, "recent/economic", ["30201", "“引号”,=;%"])
    memory.write()
    assert read_note(Memory(tmp_path), "recent/economic") == ["30201", "“引号”,=;%"]


def test_a_note_that_is_no_json_counts_as_none() -> None:
    notes = FleetingNotes()
    notes.keep_note("columns/x", "{broken")
    assert read_note(notes, "columns/x") is None
