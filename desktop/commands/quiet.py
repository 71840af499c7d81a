"""Keeps what C libraries print to standard error away from people; Python's own lines go on."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_STDERR = 2


@contextmanager
def quiet_libraries() -> Iterator[None]:
    """Silence the libraries below Python while a command runs.

    The library that verifies SM2 names its source lines whenever a signature is wrong, which a command says itself, in
    Chinese. Silencing each call would also swallow the lines of other threads; a command has a process to itself.
    """
    before = sys.__stderr__
    if before is None or sys.stderr is not before:
        yield  # nobody listens, or somebody else does already
        return
    before.flush()
    own, nowhere = os.dup(_STDERR), os.open(os.devnull, os.O_WRONLY)
    with os.fdopen(own, "w", encoding="utf-8", errors="replace", buffering=1) as stream:
        os.dup2(nowhere, _STDERR)
        os.close(nowhere)
        sys.stderr = stream
        try:
            yield
        finally:
            sys.stderr = before
            stream.flush()
            os.dup2(own, _STDERR)
