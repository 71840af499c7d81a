"""A real encrypted workspace in a temporary folder."""

from datetime import datetime, timedelta, timezone

import pytest

from desktop.storage.workspace import create_workspace
from tests.storage.samples import Memory

CHEAP = 1 << 10  # scrypt of the recovery code
ZONE = timezone(timedelta(hours=8))


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self):
        self.time = datetime(2026, 11, 22, 9, 30, tzinfo=ZONE)

    def __call__(self):
        return self.time

    def forward(self, **by):
        self.time += timedelta(**by)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def secrets():
    return Memory()


@pytest.fixture
def made(tmp_path, secrets, clock):
    """The workspace with its recovery code."""
    new = create_workspace(tmp_path / "unit", secrets, clock=clock, cost=CHEAP)
    yield new
    new.workspace.close()


@pytest.fixture
def workspace(made):
    return made.workspace


@pytest.fixture
def books(workspace):
    """The books, entered."""
    with workspace.books() as entered:
        yield entered
