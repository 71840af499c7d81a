"""The command line as people meet it: what a command said, and how it may refuse."""

import re
from collections.abc import Callable
from dataclasses import dataclass

_CHINESE = re.compile("[\u4e00-\u9fff]")
ENGLISH = re.compile(r"usage|error|argument|required|invalid|expected|show this|Traceback")


@dataclass(frozen=True)
class Answer:
    """What a command said."""

    code: int
    out: str
    err: str

    def said(self) -> str:
        return self.out + self.err


Ask = Callable[..., Answer]


def assert_refused(answer: Answer) -> None:
    """A refusal ends with 2 and says why in Chinese, with none of argparse's or Python's own words."""
    assert answer.code == 2, answer
    assert _CHINESE.search(answer.said()), answer
    assert not ENGLISH.search(answer.said().replace("budgetdesk", "")), answer
