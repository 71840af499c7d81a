"""What a paste would do and what it did: blocks from the clipboard, skipped cells, spoiled numbers, wrong units."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Protocol

from PySide6.QtCore import QMimeData

from desktop.texts import tr
from desktop.texts.messages import message
from desktop.ui.grid.clipboard import is_csv, parse_csv, parse_tsv
from desktop.ui.grid.clipboard_html import parse_html, tells_more
from desktop.ui.grid.columns import SCIENTIFIC, ColumnSpec, SheetSource
from desktop.ui.grid.edits import Draft
from desktop.ui.kit.numbers import NotANumber, format_number, parse_number

WAN = Decimal(10_000)
_LEAST_RATIO, _MOST_RATIO = Decimal(3_000), Decimal(30_000)
EXACT_DIGITS = 15  # Excel keeps no more of a number
_CSV = "text/csv"


@dataclass(frozen=True, slots=True)
class SkippedCell:
    """A cell that a paste left alone: source row, column and why; `damaged` when Excel had spoiled the number."""
    row: int
    key: str
    title: str
    text: str
    reason: str
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class PasteReport:
    """What a paste did, in cells; `marked` were written but could not be read and carry a mark."""
    rows: int
    columns: int
    written: int
    skipped: tuple[SkippedCell, ...]
    marked: int
    added: int

    def sentence(self) -> str:
        """Return the report for the user (M15), with spoiled account numbers (M17) by their rows."""
        spoiled = [cell for cell in self.skipped if cell.damaged]
        places = {"rows": self.rows, "columns": self.columns, "written": self.written}
        words = message("M15", **places, skipped=len(self.skipped) - len(spoiled))
        whole = len(self.skipped) == len(spoiled)
        body = tr("写入 {written} 格。Ctrl+Z 可全部撤销。", **places) if whole else words.body
        parts = [tr("{title}：{body}", title=words.title, body=body)]
        if self.added:
            parts.append(tr("新增了 {count} 行。", count=self.added))
        if self.marked:
            parts.append(tr("有 {count} 格看不懂，已标红，原文保留。", count=self.marked))
        if spoiled:
            rows = sorted({cell.row + 1 for cell in spoiled})
            shown = "、".join(str(row) for row in rows[:8]) + (tr("等 {count}", count=len(rows)) if rows[8:] else "")
            parts.append(tr("第 {rows} 行的号码已被 Excel 改坏（科学计数或末尾变成 0），没有写入。"
                            "请在 Excel 里把该列设为“文本”，从原始资料重新粘贴。", rows=shown))
        return "".join(parts)

    @property
    def level(self) -> str:
        """Return how loud to say it: ok or warning."""
        return "warning" if self.marked or any(cell.damaged for cell in self.skipped) else "ok"


def read_clipboard(data: QMimeData, *, as_text: bool = False) -> list[list[str]]:
    """Return the block on the clipboard; empty list when there is none.

    Tab-separated text counts first; HTML where it alone holds a table, or gives numbers that the text does not;
    then text parted by commas. With `as_text`, tab-separated text only.

    Raises:
        TooMuch: More than a table can take.
    """
    text = data.text()
    if as_text:
        return parse_tsv(text) if text else []
    html = data.html() if data.hasHtml() else ""
    if html and ("\t" not in text or tells_more(html, text)):
        block = parse_html(html)
        if block and (len(block) > 1 or len(block[0]) > 1 or not text or tells_more(html, text)):
            return block
    if data.hasFormat(_CSV) and "\t" not in text:
        return parse_csv(bytes(data.data(_CSV).data()).decode("utf-8-sig", "replace"))
    if not text:
        return []
    return parse_csv(text) if is_csv(text) else parse_tsv(text)


def damaged(text: str) -> bool:
    """Tell whether Excel has spoiled a long number: scientific notation, or zeros behind the 15th digit (M17)."""
    plain = text.replace(" ", "").replace(",", "")
    if SCIENTIFIC.fullmatch(plain):
        return True
    tail = plain[EXACT_DIGITS:]
    return plain.isascii() and plain.isdigit() and bool(tail) and not tail.strip("0")


def unit_factor(pairs: Iterable[tuple[Decimal, Decimal]], unit: str) -> Decimal | None:
    """Return by what pasted amounts would have to be multiplied to fit last year's; None when they fit (M16).

    Args:
        pairs: Pasted number and last year's of the same cell; pairs with a zero say nothing.
        unit: 元 or 万元, as the table is filled. Only 10,000 times too much in a table of 万元, or too little in
            one of 元, is a mistaken unit.
    """
    ratios = [abs(pasted / usual) for pasted, usual in pairs if pasted and usual]
    if not ratios:
        return None
    middle = median(ratios)
    if unit == "万元" and _LEAST_RATIO <= middle <= _MOST_RATIO:
        return 1 / WAN
    return WAN if unit == "元" and _LEAST_RATIO <= 1 / middle <= _MOST_RATIO else None


def as_number(text: str) -> Decimal | None:
    """Return the number that a pasted text holds, None when it holds none; nothing is computed."""
    if not text or text.lstrip()[:1] in ("=", "＝"):
        return None
    try:
        return parse_number(text, places=6)
    except NotANumber:
        return None


class PasteTarget(Protocol):
    """What a plan asks of the model; rows as shown."""

    columns: tuple[ColumnSpec, ...]
    source: SheetSource

    def shown_count(self) -> int: ...

    def source_row(self, row: int) -> int: ...

    def editable(self, row: int, column: int) -> bool: ...

    def reason(self, row: int, column: int) -> str: ...


def block_factor(model: PasteTarget, row: int, columns: Sequence[int],
                 block: Sequence[Sequence[str]]) -> Decimal | None:
    """Return by what the amounts of a block would have to be multiplied to fit last year's; None when they fit."""
    amounts = [(across, model.columns[column].key) for across, column in enumerate(columns[:len(block[0])])
               if model.columns[column].kind == "amount"]
    pairs = []
    for down, texts in enumerate(block[:max(0, model.shown_count() - row)]):
        for across, key in amounts:
            usual = model.source.usual(model.source_row(row + down), key)
            pasted = as_number(texts[across]) if usual else None
            if usual and pasted is not None:
                pairs.append((pasted, usual))
    return unit_factor(pairs, model.source.money_unit())


class PastePlan:
    """What a block writes where, and what it leaves alone.

    Attributes:
        cells: Source row, key and text, number or draft of each cell to be written.
        skipped: The cells left alone.
    """

    def __init__(self, model: PasteTarget, *, as_text: bool, factor: Decimal | None) -> None:
        self._model, self._as_text, self._factor = model, as_text, factor
        self.cells: list[tuple[int, str, object]] = []
        self.skipped: list[SkippedCell] = []

    def read(self, row: int, columns: Sequence[int], block: Sequence[Sequence[str]]) -> None:
        """Look at every cell of the block."""
        have, can_add = self._model.shown_count(), bool(self._model.source.add_label())
        below = tr("下面没有行了，这张表不能增加行")
        wide = min(len(columns), len(block[0]) if block else 0)
        # Rows that will be added are all alike, so they are asked about once.
        fresh = [self._reason(have, column) if can_add else below for column in columns[:wide]]
        for down, texts in enumerate(block):
            shown = row + down
            at = self._model.source_row(shown)
            why = fresh if shown >= have else [self._reason(shown, column) for column in columns[:wide]]
            for column, reason, text in zip(columns, why, texts, strict=False):
                if reason:
                    self._skip(at, column, text, reason)
                else:
                    self._take(at, column, text)
            for text in texts[wide:]:
                self._skip(at, None, text, tr("右边没有列了"))

    def _reason(self, row: int, column: int) -> str:
        return "" if self._model.editable(row, column) else self._model.reason(row, column)

    def _take(self, at: int, column: int, text: str) -> None:
        spec = self._model.columns[column]
        if spec.kind == "digits" and damaged(text):
            self._skip(at, column, text, tr("号码已被 Excel 改坏，无法还原"), damaged=True)
            return
        value: object = text
        if self._as_text and spec.numeric and text.lstrip()[:1] in ("=", "＝"):
            value = Draft(text, tr("按文本粘贴的算式没有计算"))
        elif self._factor is not None and spec.kind == "amount" and (number := as_number(text)) is not None:
            value = format_number(number * self._factor, 2)
        self.cells.append((at, spec.key, value))

    def _skip(self, at: int, column: int | None, text: str, reason: str, *, damaged: bool = False) -> None:
        spec = self._model.columns[column] if column is not None else None
        key, title = (spec.key, spec.title) if spec is not None else ("", "")
        self.skipped.append(SkippedCell(at, key, title, text, reason, damaged))


def tile(block: Sequence[Sequence[str]], rows: int, columns: int) -> Sequence[Sequence[str]]:
    """Repeat a block over a selection that is a whole multiple of it, as Excel does; else return it as it is."""
    high, wide = len(block), len(block[0])
    if (rows, columns) == (high, wide) or rows % high or columns % wide:
        return block
    return [[block[down % high][across % wide] for across in range(columns)] for down in range(rows)]
