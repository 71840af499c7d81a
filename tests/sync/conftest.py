"""A platform to talk to: with and without a port."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync.counter import Counter
from tests.sync.office import Office
from tests.sync.rehearsal import PlatformServer, Rehearsal


@pytest.fixture
def rehearsal(tmp_path: Path) -> Iterator[Rehearsal]:
    """A platform in this process with unit 219001 registered; nothing listens on a port."""
    opened = Rehearsal.opened(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def office(rehearsal: Rehearsal) -> Office:
    """The unit's first installation."""
    return rehearsal.office()


@pytest.fixture
def platform(rehearsal: Rehearsal) -> Iterator[PlatformServer]:
    """The rehearsal behind a real port, deciding in its own thread; it can be told to misbehave."""
    with PlatformServer(rehearsal) as server:
        yield server


@pytest.fixture
def counter(rehearsal: Rehearsal, office: Office) -> Counter:
    """Where the unit's documents are handed in."""
    return Counter(rehearsal, office)


@pytest.fixture
def quiet(rehearsal: Rehearsal) -> Iterator[PlatformServer]:
    """The rehearsal behind a real port; batches are decided only when a test says so."""
    with PlatformServer(rehearsal, decide=False) as server:
        yield server
