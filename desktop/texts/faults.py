"""When the world failed: what happened, what is safe, what to do now."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from desktop.texts import tr
from desktop.texts.fault_entry import FaultEntry
from desktop.texts.fault_table import HAPPENED, REASONS, SAFE
from desktop.texts.words import DATASETS


@dataclass(frozen=True, slots=True)
class FaultText:
    """A fault for people.

    Attributes:
        title: The fact, at most 18 characters.
        happened: One sentence with the names and numbers.
        safe: What is safe.
        advice: What to do now.
    """

    title: str
    happened: str
    safe: str
    advice: str


def describe(code: str, facts: Mapping[str, str] | None = None) -> FaultText:
    """Return the text of a fault; an unknown code gets a safe general text that names it.

    Args:
        code: Of a `Fault` or an `ExchangeFault`.
        facts: Its facts; a missing one leaves its place empty.
    """
    given = defaultdict(str, facts or {})
    given["dataset_word"] = DATASETS.get(given["dataset"], tr("基础数据"))
    reason = REASONS.get((code, "CATALOGUE")) if given["catalogue"] else REASONS.get((code, given["reason"]))
    entry = reason or HAPPENED.get(code)
    if entry is None:
        entry = FaultEntry(
            "没有做成", f"遇到了没有预料的情况（{code}）。", "NOTHING", "请再试一次；还不行，把这个代码告诉运维。"
        )
    return FaultText(
        entry.title,
        entry.happened.format_map(given),
        SAFE[entry.safe],
        entry.advice.format_map(given),
    )


def sentence(code: str, facts: Mapping[str, str] | None = None) -> str:
    """Return happened, safe and advice in one paragraph, for dialogs and bands."""
    text = describe(code, facts)
    return "".join(part for part in (text.happened, text.safe, text.advice) if part)
