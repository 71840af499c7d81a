"""国库集中支付申请书 on paper: the ruled form of the voucher, with a page of its own for lines that do not fit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from desktop.domain.money import format_yuan
from desktop.domain.printed.marks import BOLD_RULE, Area, Mark, Measure, Page, PageSetup, Rule, Watermark, Words
from desktop.domain.printed.table import TableColumn, TableContent, TableRow, table_pages
from desktop.texts import tr

TITLE, DRAFT = tr("国库集中支付申请书"), tr("草稿")
DIGITS = ("亿", "千", "百", "十", "万", "千", "百", "十", "元", "角", "分")
SIDE, LABEL, FIGURES, ROW, AMOUNT_ROW, LINE_ROW, LINES = 7.0, 19.0, 9.0, 7.6, 10.6, 6.4, 5
PAYER_SHARE = 0.5
_HEAVY_BEFORE = (3, 6, 9)  # digit boxes after a group of units


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of the voucher, in words."""

    economic: str
    summary: str
    amount: Decimal
    invoice: str


@dataclass(frozen=True, slots=True)
class PrintedVoucher:
    """Everything that the form shows, as it is written on it.

    Attributes:
        signed: Role, name and day of everybody on it, in order: 经办, 复核, 签章.
        central_no: The platform's number; empty until it has one.
        arrived: Whether the platform has it; otherwise every page says 草稿.
    """

    number: str
    date: str
    payer: tuple[str, str, str]  # name, account, bank
    payee: tuple[str, str, str]
    amount: Decimal
    words: str
    purpose: str
    settlement: str
    business: str
    quota: str
    attachments: int
    lines: tuple[PrintedLine, ...]
    signed: tuple[tuple[str, str, str], ...]
    central_no: str = ""
    arrived: bool = True


def voucher_pages(voucher: PrintedVoucher, setup: PageSetup, measure: Measure) -> list[Page]:
    """Return the form, and the lines on further pages when there are more than five."""
    wide, high = setup.size
    form = _Form(voucher, setup.margin, wide - 2 * setup.margin)
    pages = [Page(wide, high, tuple(form.marks()))]
    if len(voucher.lines) > LINES:
        pages.extend(table_pages(_all_lines(voucher), setup, measure))
    return pages if voucher.arrived else [replace(page, marks=(Watermark(DRAFT), *page.marks)) for page in pages]


class _Form:
    """Lays the form into a width; heights are fixed, so that it fits the paper of 241 × 140 and half an A4."""

    def __init__(self, voucher: PrintedVoucher, margin: float, width: float) -> None:
        self._voucher, self._left, self._width = voucher, margin, width
        self._top = margin
        self._marks: list[Mark] = []

    def marks(self) -> list[Mark]:
        self._heading()
        self._parties()
        self._amount()
        self._rest()
        self._lines()
        self._signatures()
        return self._marks

    def _field(self, x: float, y: float, width: float, height: float, text: str, size: float = 9.5, *,
               align: str = "left", bold: bool = False) -> None:
        self._marks.append(Words(x + 1.2, y, width - 2.4, height, text, size, bold=bold, align=align, field=True))

    def _label(self, x: float, y: float, width: float, height: float, text: str, size: float = 9) -> None:
        self._marks.append(Words(x, y, width, height, text, size, align="center"))

    def _box(self, x: float, y: float, width: float, height: float) -> None:
        for x1, y1, x2, y2 in ((x, y, x + width, y), (x, y + height, x + width, y + height), (x, y, x, y + height),
                               (x + width, y, x + width, y + height)):
            self._marks.append(Rule(x1, y1, x2, y2))

    def _heading(self) -> None:
        voucher, left, width = self._voucher, self._left, self._width
        self._marks.append(Words(left, self._top, width, 8, TITLE, 16, bold=True, align="center"))
        middle = left + width / 2
        for drop in (8.2, 8.9):
            self._marks.append(Rule(middle - 26, self._top + drop, middle + 26, self._top + drop))
        self._field(left - 1.2, self._top + 9.4, width / 3, 5, voucher.date)
        self._field(left + width / 3, self._top + 9.4, width / 3, 5, tr("申请单号 {no}", no=voucher.number),
                    align="center")
        self._field(left + width * 2 / 3, self._top + 9.4, width / 3 + 1.2, 5,
                    tr("附单据 {count} 张", count=voucher.attachments), align="right")
        self._top += 15

    def _parties(self) -> None:
        left, half = self._left, self._width * PAYER_SHARE
        voucher = self._voucher
        for word, party, x in ((tr("付款人"), voucher.payer, left), (tr("收款人"), voucher.payee, left + half)):
            self._box(x, self._top, SIDE, 3 * ROW)
            for at, sign in enumerate(word):
                self._label(x, self._top + 2.4 + at * 6, SIDE, 6, sign)
            for at, (label, value) in enumerate(zip((tr("全称"), tr("账号"), tr("开户银行")), party, strict=True)):
                y, width = self._top + at * ROW, half - SIDE - LABEL
                self._box(x + SIDE, y, LABEL, ROW)
                self._box(x + SIDE + LABEL, y, width, ROW)
                self._label(x + SIDE, y, LABEL, ROW, label)
                self._field(x + SIDE + LABEL, y, width, ROW, value)
        self._top += 3 * ROW

    def _amount(self) -> None:
        left, half, top = self._left, self._width * PAYER_SHARE, self._top
        self._box(left, top, SIDE + LABEL, AMOUNT_ROW)
        self._label(left, top, SIDE + LABEL, AMOUNT_ROW, tr("金额（大写）"))
        self._box(left + SIDE + LABEL, top, half - SIDE - LABEL, AMOUNT_ROW)
        self._field(left + SIDE + LABEL, top, half - SIDE - LABEL, AMOUNT_ROW, self._voucher.words, 11, bold=True)
        self._box(left + half, top, FIGURES, AMOUNT_ROW)
        self._label(left + half, top, FIGURES, AMOUNT_ROW, tr("小写"))
        each = (self._width - half - FIGURES) / len(DIGITS)
        digits = amount_digits(self._voucher.amount)
        for at, unit in enumerate(DIGITS):
            x = left + half + FIGURES + at * each
            self._label(x, top, each, AMOUNT_ROW * 0.42, unit, 7.5)
            self._marks.append(Rule(x, top, x, top + AMOUNT_ROW, BOLD_RULE if at in _HEAVY_BEFORE else 0.15))
            self._marks.append(Words(x, top + AMOUNT_ROW * 0.42, each, AMOUNT_ROW * 0.58, digits[at], 11, bold=True,
                                     align="center", field=True))
        self._box(left + half + FIGURES, top, self._width - half - FIGURES, AMOUNT_ROW)
        self._marks.append(Rule(left + half + FIGURES, top + AMOUNT_ROW * 0.42, left + self._width,
                                top + AMOUNT_ROW * 0.42))
        self._top += AMOUNT_ROW

    def _rest(self) -> None:
        voucher, left, half, head = self._voucher, self._left, self._width * PAYER_SHARE, SIDE + LABEL
        quarter = (self._width - half) / 2
        for (label, value), (x, width) in zip(
            ((tr("用途"), voucher.purpose), (tr("结算方式"), voucher.settlement), (tr("业务类型"), voucher.business)),
            ((left, half), (left + half, quarter), (left + half + quarter, quarter)),
            strict=True,
        ):
            side = head if x == left else LABEL
            self._pair(x, self._top, width, side, label, value)
        self._top += ROW
        self._pair(left, self._top, self._width, head, tr("预算指标"), voucher.quota)
        self._top += ROW

    def _pair(self, x: float, y: float, width: float, side: float, label: str, value: str) -> None:
        self._box(x, y, side, ROW)
        self._label(x, y, side, ROW, label)
        self._box(x + side, y, width - side, ROW)
        self._field(x + side, y, width - side, ROW, value)

    def _lines(self) -> None:
        left, width, voucher = self._left, self._width, self._voucher
        shares = (("", 0.05), (tr("部门预算支出经济分类"), 0.29), (tr("摘要"), 0.28), (tr("金额"), 0.17),
                  (tr("发票号码"), 0.21))
        self._marks.append(Area(left, self._top, width, LINE_ROW))
        self._cells(shares, [word for word, _ in shares], head=True)
        shown = voucher.lines if len(voucher.lines) <= LINES else voucher.lines[: LINES - 1]
        for at in range(LINES):
            if at < len(shown):
                line = shown[at]
                self._cells(shares, [str(at + 1), line.economic, line.summary, format_yuan(line.amount), line.invoice])
            elif at == len(shown) and len(voucher.lines) > LINES:
                more = tr("（共 {count} 行，全部明细见附页）", count=len(voucher.lines))
                self._cells(shares, ["", more, "", "", ""])
            else:
                self._cells(shares, ["", "", "", "", ""])
        self._cells(shares, ["", tr("合计"), "", format_yuan(voucher.amount), ""], bold=True)

    def _cells(self, shares: Sequence[tuple[str, float]], texts: Sequence[str], *, head: bool = False,
               bold: bool = False) -> None:
        x = self._left
        for at, ((_, share), text) in enumerate(zip(shares, texts, strict=True)):
            width = self._width * share
            self._box(x, self._top, width, LINE_ROW)
            if head:
                self._label(x, self._top, width, LINE_ROW, text, 8.5)
            elif text:
                align = "right" if at == 3 else "center" if at == 0 else "left"
                self._field(x, self._top, width, LINE_ROW, text, 9, align=align, bold=bold)
            x += width
        self._top += LINE_ROW

    def _signatures(self) -> None:
        voucher, count = self._voucher, len(self._voucher.signed) + 1
        each = self._width / count
        for at, (role, name, day) in enumerate(voucher.signed):
            self._marks.append(Words(self._left + at * each, self._top + 2, 14, 6, tr("{role}：", role=role), 9))
            self._field(self._left + at * each + 11, self._top + 2, each - 12, 6, f"{name} {day}".strip())
        last = tr("财政回执：{no}", no=voucher.central_no) if voucher.central_no else tr("单位盖章：")
        self._field(self._left + len(voucher.signed) * each, self._top + 2, each, 6, last)


def amount_digits(amount: Decimal) -> tuple[str, ...]:
    """Return what stands in the eleven boxes from 亿 to 分, a ¥ before the first digit; all empty beyond 10 亿."""
    fen = int(abs(amount).scaleb(2))
    text = str(fen).rjust(3, "0")
    if len(text) > len(DIGITS):
        return ("",) * len(DIGITS)
    written = text if len(text) == len(DIGITS) else ("-" if amount < 0 else "¥") + text
    return tuple(sign.strip() for sign in written.rjust(len(DIGITS)))


def _all_lines(voucher: PrintedVoucher) -> TableContent:
    columns = (TableColumn(tr("序号"), 10, "center"), TableColumn(tr("部门预算支出经济分类"), 48),
               TableColumn(tr("摘要"), 60), TableColumn(tr("金额"), 30, "right"), TableColumn(tr("发票号码"), 44))
    rows = tuple(TableRow((str(at), line.economic, line.summary, format_yuan(line.amount), line.invoice))
                 for at, line in enumerate(voucher.lines, start=1))
    total = TableRow(("", tr("合计"), "", format_yuan(voucher.amount), ""), "total")
    facts = (tr("申请单号 {no}", no=voucher.number), tr("单位：元"))
    return TableContent(tr("支付申请明细附页"), columns, rows, (total,), facts)
