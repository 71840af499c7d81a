"""One text of a fault, as the tables hold it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FaultEntry:
    """Texts of one code; ``safe`` names a sentence of `SAFE`."""

    title: str
    happened: str
    safe: str
    advice: str
