"""The practice looks at what is really there, and at nothing else."""

import pytest

from desktop.usecases.hand_over import present
from desktop.usecases.practice import REHEARSAL, TASKS, PracticeState, check_practice, is_rehearsal
from tests.ui.payment_fixture import Office, office

__all__ = ["office"]


@pytest.fixture
def rehearsal(office: Office) -> Office:
    def mark(books):
        with books:
            books.set_setting(REHEARSAL, "1")
            books.commit()

    office.do(mark)
    return office


def looked(office: Office, task: str) -> PracticeState:
    return office.do(lambda books: check_practice(books, task, 2026, office.seat("zhangli")))


def done(state: PracticeState) -> list[bool]:
    return [done for _, done in state.steps]


def test_outside_of_the_rehearsal_there_is_no_practice(office: Office):
    assert not office.do(is_rehearsal)
    state = looked(office, "voucher")
    assert not state.complete
    assert "演示工作区" in state.advice


def test_at_first_nothing_is_done_and_the_first_step_is_named(rehearsal: Office):
    for task in TASKS:
        state = looked(rehearsal, task)
        assert not any(done(state)), task
        assert state.steps[0][0] in state.advice


def test_a_voucher_of_another_amount_does_not_count(rehearsal: Office):
    rehearsal.presented(amount="6480.00")
    assert not any(done(looked(rehearsal, "voucher")))


def test_the_first_task_follows_the_voucher_from_draft_to_handed_over(rehearsal: Office):
    made = rehearsal.voucher(amount="6600.00")
    assert done(looked(rehearsal, "voucher")) == [True, True, True, False]
    rehearsal.do(lambda books: present(books, rehearsal.seat("zhangli"), [made.head.doc_id]))
    state = looked(rehearsal, "voucher")
    assert state.complete
    assert "学会了" in state.advice


def test_the_second_task_wants_two_other_people(rehearsal: Office):
    rehearsal.checked(amount="6600.00")
    assert done(looked(rehearsal, "sign")) == [True, True, False]


def test_the_second_task_is_complete_when_it_is_signed(rehearsal: Office):
    rehearsal.signed(amount="6600.00")
    assert looked(rehearsal, "sign").complete
    assert done(looked(rehearsal, "sync")) == [True, False, False]


def test_an_unknown_task_is_an_error(rehearsal: Office):
    with pytest.raises(KeyError):
        check_practice(None, "fishing", 2026, rehearsal.seat("zhangli"))  # type: ignore[arg-type]
