"""The unified social credit code and its check character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.credit_code import check_character, is_credit_code, normal_code

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
VALID = ("91350100M000100Y43", "11150821MB0X12343J", "91150821MA0Q567845")


@pytest.mark.parametrize("code", VALID)
def test_a_valid_code_is_accepted(code: str) -> None:
    assert is_credit_code(code)


@pytest.mark.parametrize("code", VALID)
def test_a_code_with_another_last_character_is_refused(code: str) -> None:
    others = [character for character in ALPHABET if character != code[-1]]
    assert not any(is_credit_code(code[:-1] + character) for character in others)


@pytest.mark.parametrize(
    "code", ["", "9135", VALID[0] + "0", VALID[0].lower(), "I1350100M000100Y43", "９1350100M000100Y43"]
)
def test_a_text_of_another_form_is_refused(code: str) -> None:
    assert not is_credit_code(code)


def test_a_code_typed_with_blanks_full_width_or_small_letters_is_brought_to_its_form() -> None:
    assert normal_code(" １１150821 mb0x 12343j ") == "11150821MB0X12343J"


@pytest.mark.parametrize("text", ["", "9135", "I1350100M000100Y4"])
def test_no_check_character_is_given_for_anything_but_seventeen_characters_of_the_alphabet(text: str) -> None:
    with pytest.raises(ValueError, match="GB 32100"):
        check_character(text)


@given(st.text(ALPHABET, min_size=17, max_size=17), st.integers(0, 16), st.sampled_from(ALPHABET))
def test_a_change_of_one_character_is_always_noticed(head: str, at: int, character: str) -> None:
    code = head + check_character(head)
    changed = code[:at] + character + code[at + 1 :]
    assert is_credit_code(code)
    assert is_credit_code(changed) == (changed == code)
