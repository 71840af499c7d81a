"""The recovery code: what is mistyped is named, and only the right code gives the right key."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.fault import Fault
from desktop.storage.layout import Layout
from desktop.storage.recovery import ALPHABET, is_key_of, new_code, read_code, read_wrapped, unwrap, wrap
from desktop.storage.workspace import recover
from tests.storage.conftest import CHEAP

CODE = "2A2B8-3C3DY-4E4FP-5G5HF-6J6K7-7L7MX-8N8PN-9Q9RE"
KEY = bytes(range(32))


def fault_of(call, *arguments):
    with pytest.raises(Fault) as caught:
        call(*arguments)
    return caught.value


@pytest.fixture
def layout(tmp_path):
    made = Layout(tmp_path)
    made.make_folders()
    wrap(made, "w1", KEY, CODE, CHEAP)
    return made


def test_a_code_is_eight_groups_of_five_that_nobody_confuses():
    codes = {new_code() for _ in range(50)}
    assert len(codes) == 50
    for code in codes:
        assert re.fullmatch(rf"[{ALPHABET}]{{5}}(-[{ALPHABET}]{{5}}){{7}}", code)
        assert read_code(code) == code
    assert not set("01IOU") & set(ALPHABET)


def test_a_code_is_taken_as_people_type_it():
    assert read_code(CODE.lower().replace("-", " ")) == CODE
    assert read_code(CODE.replace("-", "")) == CODE
    assert read_code("  " + CODE.replace("-", "—") + "\n") == CODE
    wide = "".join(chr(ord(character) + 0xFEE0) if character != "-" else "－" for character in CODE)
    assert read_code(wide) == CODE


@given(st.integers(0, 39), st.sampled_from(ALPHABET + "01IOU"))
def test_any_wrong_character_is_found_in_its_group(at, character):
    letters = list(CODE.replace("-", ""))
    if letters[at] == character:
        return
    letters[at] = character
    assert fault_of(read_code, "".join(letters)).facts["groups"] == str(at // 5 + 1)


@given(st.integers(0, 7), st.integers(0, 4), st.integers(0, 4))
def test_any_two_swapped_characters_of_a_group_are_found(group, one, other):
    letters = list(CODE.replace("-", ""))
    first, second = group * 5 + one, group * 5 + other
    if letters[first] == letters[second]:
        return
    letters[first], letters[second] = letters[second], letters[first]
    assert fault_of(read_code, "".join(letters)).code == "RECOVERY_CODE_MISTYPED"


def test_swapped_groups_are_found():
    groups = CODE.split("-")
    groups[2], groups[5] = groups[5], groups[2]
    if groups[2] != groups[5]:
        assert fault_of(read_code, "-".join(groups)).facts["groups"] == "3 6"


@pytest.mark.parametrize("text", ["", CODE[:-1], CODE + "2", "中文"])
def test_a_code_of_another_length_is_found(text):
    assert fault_of(read_code, text).facts["groups"] == ""


def test_the_code_gives_the_key(layout):
    assert unwrap(layout, "w1", CODE) == KEY
    assert is_key_of(read_wrapped(layout), KEY)
    assert not is_key_of(read_wrapped(layout), bytes(32))


def test_another_code_or_workspace_gives_nothing(layout):
    assert fault_of(unwrap, layout, "w1", new_code()).code == "RECOVERY_CODE_WRONG"
    assert fault_of(unwrap, layout, "w2", CODE).code == "RECOVERY_CODE_WRONG"


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[]", b'{"check":1}', b'{"a":"\xff"}'], ids=["empty", "bare", "list", "type", "text"]
)
def test_a_file_that_is_none_is_damage(layout, data):
    layout.recovery.write_bytes(data)
    assert fault_of(unwrap, layout, "w1", CODE).code == "FILE_DAMAGED"


@pytest.mark.parametrize(
    ("field", "value"),
    [("nonce", '"00"'), ("nonce", '"zz"'), ("sealed", '"*"'), ("stretching", '{"cost":3,"salt":"00"}')],
)
def test_a_field_that_is_no_longer_right_is_damage(layout, field, value):
    text = layout.recovery.read_text()
    old = re.search(rf'"{field}":(\{{.*?\}}|".*?")', text)[1]
    layout.recovery.write_text(text.replace(old, value))
    assert fault_of(unwrap, layout, "w1", CODE).code == "FILE_DAMAGED"


def test_a_workspace_without_the_file_says_so(layout):
    layout.recovery.unlink()
    assert fault_of(unwrap, layout, "w1", CODE).code == "RECOVERY_MISSING"


def test_a_mistyped_code_touches_no_secret(made, secrets):
    made.workspace.close()
    before = dict(secrets.kept)
    secrets.kept.clear()
    assert fault_of(recover, made.workspace.folder, new_code(), secrets).code == "RECOVERY_CODE_WRONG"
    assert not secrets.kept
    recover(made.workspace.folder, made.recovery_code, secrets)
    assert secrets.kept == before
