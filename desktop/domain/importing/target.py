"""Where rows can be imported to, as data: columns with the names people give them, what is required, what is key."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

_NARROW = {0xFF01 + at: 0x21 + at for at in range(94)} | {0x3000: 0x20, 0xA0: 0x20}
_JOINTS = (" ", "-", "—", "_", "/", ":", "|", ".", "、")


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "TEXT"
    AMOUNT = "AMOUNT"  # yuan
    DATE = "DATE"
    DIGITS = "DIGITS"  # an account or another number whose every digit counts
    CODE = "CODE"  # one entry of a list, by code or name
    YES = "YES"  # 是 or 否


@dataclass(frozen=True, slots=True)
class TargetColumn:
    """One column that rows may fill.

    Attributes:
        synonyms: Other names under which it appears in the sheets of banks, vendors and units.
        required: A row without it is wrong.
        list_name: Of `Lists`, for CODE.
        longest: Most characters of a text; 0 for any number.
        above_zero: An amount must be more than nothing; without it zero will do, and less than nothing never.
        fixed: One value may be given for all rows when the file has no such column.
        help, sample, width: For the template.
    """

    key: str
    title: str
    kind: Kind = Kind.TEXT
    synonyms: tuple[str, ...] = ()
    required: bool = False
    list_name: str = ""
    longest: int = 0
    above_zero: bool = False
    fixed: bool = False
    help: str = ""
    sample: str = ""
    width: int = 16

    def names(self) -> tuple[str, ...]:
        """Return the title and its synonyms."""
        return (self.title, *self.synonyms)


@dataclass(frozen=True, slots=True)
class ImportTarget:
    """What rows become.

    Attributes:
        one: Word for one of what a row becomes, with its measure: 张支付申请.
        key_columns: Equal values in these make two rows the same thing.
        overwrites: A row whose key exists changes what is there; without it such a row is left out unless wanted.
        repeats: Two rows of one file may have the same key; without it the second one is wrong.
        most_rows: Rows that one import may bring.
    """

    key: str
    title: str
    one: str
    columns: tuple[TargetColumn, ...]
    key_columns: tuple[str, ...]
    overwrites: bool
    repeats: bool
    most_rows: int

    def column(self, key: str) -> TargetColumn:
        """Return a column; `KeyError` when there is none."""
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(key)


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list: what is stored, what is shown, and what else it is called."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    leaf: bool = True


@dataclass(frozen=True, slots=True)
class Ended:
    """An entry that a list had until a year, and what stands in its place, "code name"; empty when nobody knows."""

    code: str
    name: str
    last: str
    instead: str = ""


@dataclass(frozen=True, slots=True)
class CodeList:
    """Entries that a CODE column may name, and those that it may name no more."""

    items: tuple[Item, ...]
    ended: tuple[Ended, ...] = ()
    _index: dict[str, list[Item]] = field(default_factory=dict, compare=False, repr=False)

    def find(self, text: str) -> list[Item]:
        """Return the entries that a text names: by code, by name, by "code name", by another name; each once."""
        if not self._index:
            for item in self.items:
                for word in dict.fromkeys((item.code, item.name, *item.aliases)):
                    self._index.setdefault(squeezed(word), []).append(item)
        for way in _ways(text):
            found = self._index.get(squeezed(way))
            if found:
                leaves = [item for item in found if item.leaf]
                return list({item.code: item for item in leaves or found}.values())
        return []

    def find_ended(self, text: str) -> Ended | None:
        """Return the entry that a text named in earlier years, by code or by name."""
        for way in _ways(text):
            for one in self.ended:
                if squeezed(way) in (squeezed(one.code), squeezed(one.name)):
                    return one
        return None

    def get(self, code: str) -> Item | None:
        """Return the entry with this code."""
        return next((item for item in self.items if item.code == code), None)


Lists = Mapping[str, CodeList]


def _ways(text: str) -> Iterable[str]:
    """Yield the readings of a text, the plainest first: whole, its code before a joint, its last part after one."""
    plain = narrow(text).strip()
    yield plain
    for joint in _JOINTS:
        first, found, rest = plain.partition(joint)
        if found and first.strip().isascii() and first.strip().isalnum():
            yield first
            yield rest
    digits = len(plain) - len(plain.lstrip("0123456789"))
    if 3 <= digits < len(plain):  # 30201办公费
        yield plain[:digits]
    head, bracket, tail = plain.partition("(")
    if bracket:  # 办公费(30201), 财政拨款(补助)
        yield tail.rstrip(") ")
        yield head
    for joint in ("/", ">", "\\", "—", "-"):
        if joint in plain:
            yield plain.rpartition(joint)[2]


def narrow(text: str) -> str:
    """Return the text with full-width characters narrowed."""
    return text.translate(_NARROW)


def squeezed(text: str) -> str:
    """Return what of a text counts when names are compared: narrow, lower case, without spaces."""
    return "".join(narrow(text).lower().split())
