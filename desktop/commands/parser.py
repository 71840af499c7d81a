"""The parser of the command line: argparse, with every word that it says in Chinese."""

import re
from argparse import Action, ArgumentParser, HelpFormatter
from collections.abc import Iterable
from typing import Any, NoReturn

# What argparse says, by its English text; `_` is the argument's name where it stands before the reason.
_REASONS = (
    (r"the following arguments are required: (.+)", "缺少：{0}。"),
    (r"unrecognized arguments: (.+)", "多出了看不懂的内容：{0}。"),
    (r"argument 命令: invalid choice: '(.*)' \(choose from .*\)", "没有“{0}”这个命令。"),
    (r"argument 动作: invalid choice: '(.*)' \(choose from .*\)", "没有“{0}”这个动作。"),
    (r"argument (\S+): invalid choice: '(.*)' \(choose from (.+)\)", "{0} 没有“{1}”这一项，可以是：{2}。"),
    (r"argument (.+): expected (?:at least )?one argument", "{0} 后面缺少内容。"),
    (r"argument (.+): invalid int value: '(.*)'", "{0} 应是整数，不是“{1}”。"),
    (r"argument (.+): ignored explicit argument '(.*)'", "{0} 后面不能带“{1}”。"),
    (r"argument ([^:]+): (.+)", "{0}：{1}"),
)
_LONGEST = 120  # characters of what somebody typed that are said back


class ChineseParser(ArgumentParser):
    """An `ArgumentParser` whose help and errors are Chinese; options are never guessed from their first letters."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{"formatter_class": _Formatter, **settings, "add_help": False, "allow_abbrev": False})
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def error(self, message: str) -> NoReturn:
        """Say in Chinese what is wrong with the arguments, and end with 2."""
        self.exit(2, f"{self.format_usage()}{_in_chinese(message)}用 {self.prog} -h 看说明。\n")


class _Formatter(HelpFormatter):
    def add_usage(
        self, usage: str | None, actions: Iterable[Action], groups: Iterable[Any], prefix: str | None = None
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


def _in_chinese(message: str) -> str:
    for pattern, text in _REASONS:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return text.format(*(shortened(part) for part in found.groups()))
    return f"参数不对：{shortened(message)}。"


def shortened(text: str) -> str:
    """Return what somebody typed, cut to a length that can be said back in one line."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}……（共 {len(text)} 个字符）"
