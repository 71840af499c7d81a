"""The world failed: a disk, a key, a file from elsewhere. Our own bugs are other exceptions."""


class Fault(Exception):
    """Something outside the program went wrong; nothing was changed.

    Args:
        code: A stable code that one module turns into Chinese text.
        facts: What that text needs: a path, a number, a name.
    """

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        return f"{self.code} {self.facts}" if self.facts else self.code
