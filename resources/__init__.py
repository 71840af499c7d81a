"""Data and texts that ship with the program; read through `read_bytes` and `read_text`."""

from importlib import resources


def read_bytes(*parts: str) -> bytes:
    """Return the content of a shipped file, as `read_bytes("icons", "home.svg")`.

    Raises:
        FileNotFoundError: The package does not hold such a file.
    """
    return resources.files(__name__).joinpath(*parts).read_bytes()


def read_text(*parts: str) -> str:
    """Return a shipped UTF-8 text file.

    Raises:
        FileNotFoundError: The package does not hold such a file.
    """
    return read_bytes(*parts).decode("utf-8")
