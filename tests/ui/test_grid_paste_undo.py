"""A table over a document: whatever is done, undo brings back the same bytes; real blocks of Excel come in whole."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop.domain.document import Kind
from desktop.domain.head import Head
from desktop.domain.voucher import PaymentVoucher, VoucherLine
from desktop.storage.codec import encode
from desktop.ui.grid.binding import DocumentSource, Field, NotTaken, look_up, put_in
from desktop.ui.grid.columns import ColumnSpec, SheetSource
from desktop.ui.grid.model import SheetModel
from desktop.ui.grid.pasting import read_clipboard
from desktop.ui.grid.sheet import Sheet
from desktop.ui.kit.choices import Choice
from tests.ui.budget_lines import CODES, CONTROL, press
from tests.ui.excel_clipboard import excel_block, excel_html, excel_tsv

COLUMNS = (
    ColumnSpec("code", "部门经济分类", "code", editable=True, choices=CODES),
    ColumnSpec("summary", "摘要", editable=True),
    ColumnSpec("amount", "金额", "amount", editable=True),
    ColumnSpec("invoice", "发票号码", "digits", editable=True),
    ColumnSpec("gov", "政府经济分类", tint="ro"),
)
BY_CODE = {row.code: row for row in CODES}


def code_of(value: object) -> str:
    return value.code if isinstance(value, Choice) else ""


def amount_of(value: object) -> Decimal:
    if value is not None and not 0 <= Decimal(str(value)) < 1_000_000_000:
        raise NotTaken("金额不能小于零")
    return Decimal(str(value)) if value is not None else Decimal("0.00")


@dataclass
class Desk:
    """Holds a voucher, as a session does."""
    voucher: PaymentVoucher
    lines: int = 0

    def write(self, voucher: PaymentVoucher) -> None:
        self.voucher = voucher

    def fresh(self) -> VoucherLine:
        self.lines += 1
        return VoucherLine(f"new-{self.lines}")

    def source(self, *, grows: bool = True) -> "VoucherRows":
        return VoucherRows(self, grows=grows)


class VoucherRows(DocumentSource[PaymentVoucher, VoucherLine]):
    """The lines of the desk's voucher."""

    def __init__(self, desk: Desk, *, grows: bool) -> None:
        fields = (
            Field("code", "dept_economic_code", BY_CODE.get, code_of),
            Field("summary", "summary", take=lambda value: str(value or "")),
            Field("amount", "amount", lambda amount: amount or None, amount_of),
            Field("invoice", "evoucher_key", take=lambda value: str(value or "")),
        )
        super().__init__("lines", fields, read=lambda: desk.voucher, write=desk.write, fresh=desk.fresh)
        self._grows = grows

    def add_label(self) -> str:
        return "在此输入新的一行" if self._grows else ""

    def computed(self, row: int, line: VoucherLine, key: str) -> object:
        return line.gov_economic_code if key == "gov" else None


def desk_of(count: int) -> Desk:
    head = Head("voucher-1", Kind.VOUCHER, "1.0", "021003", "021003-2026-000001", 2026, 1, "zhangli")
    lines = tuple(VoucherLine(f"line-{at}", CODES[at % 3].code, "50299", f"第{at}行", Decimal(at), f"EINV:{at}")
                  for at in range(count))
    return Desk(PaymentVoucher(head, date(2026, 11, 20), lines=lines))


class TestBinding:
    def test_a_path_reaches_into_frozen_parts_and_leaves_the_rest_alone(self) -> None:
        voucher = desk_of(2).voucher
        changed = put_in(voucher, "payee.name", "供水公司")
        assert look_up(changed, "payee.name") == "供水公司"
        assert changed.lines is voucher.lines
        assert voucher.payee.name == ""

    def test_a_refused_value_stays_as_a_marked_text_and_the_document_as_it_was(self, qapp: QApplication) -> None:
        desk = desk_of(2)
        model, before = SheetModel(COLUMNS, desk.source()), desk.voucher
        model.enter([(0, "amount", "-5")], "输入")
        assert model.drafts() == [(0, "amount", "金额不能小于零")]
        assert desk.voucher is before

    def test_many_cells_make_the_document_anew_once(self, qapp: QApplication) -> None:
        desk = desk_of(50)
        written: list[PaymentVoucher] = []
        keep = desk.write
        desk.write = lambda voucher: (written.append(voucher), keep(voucher))[1]  # type: ignore[method-assign]
        model = SheetModel(COLUMNS, desk.source())
        model.enter([(row, "amount", "7") for row in range(50)], "填充")
        assert len(written) == 1
        assert {line.amount for line in desk.voucher.lines} == {Decimal("7.00")}

    def test_a_removed_line_comes_back_with_what_no_column_shows(self, qapp: QApplication) -> None:
        desk = desk_of(3)
        before = desk.voucher
        model = SheetModel(COLUMNS, desk.source())
        model.remove_rows([1])
        assert len(desk.voucher.lines) == 2
        model.undo_stack.undo()
        assert desk.voucher == before
        model.undo_stack.redo()
        assert [line.line_id for line in desk.voucher.lines] == ["line-0", "line-2"]

    def test_rows_that_are_fixed_neither_come_nor_go(self, qapp: QApplication) -> None:
        class Fixed(SheetSource):
            def row_count(self) -> int:
                return 0

            def value(self, row: int, key: str) -> object:
                return None

        assert Fixed().snapshot() is None
        with pytest.raises(TypeError):
            Fixed().restore(object())


STEPS = ("paste", "edit", "clear", "fill", "add", "remove", "undo", "redo", "arrange")
TYPED = ("", "30226", "劳务费", "lwf", "12.5", "=2*3", "-4", "x", "..", "1.2万", "6.22E+18")
texts = st.one_of(st.sampled_from(TYPED),
                  st.text(st.characters(min_codepoint=32, max_codepoint=0x9FFF), max_size=6))


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_sequence_of_edits_is_taken_back_to_the_same_bytes(qapp: QApplication, data: st.DataObject) -> None:
    desk = desk_of(data.draw(st.integers(0, 6)))
    model = SheetModel(COLUMNS, desk.source(grows=data.draw(st.booleans())))
    states = [(encode(desk.voucher), model.drafts())]
    for _ in range(data.draw(st.integers(1, 10))):
        what = data.draw(st.sampled_from(STEPS))
        rows, at = model.rowCount(), model.undo_stack.index()
        row = data.draw(st.integers(0, max(0, rows - 1)))
        if what == "paste":
            wide = data.draw(st.integers(1, 5))
            block = data.draw(st.lists(st.lists(texts, min_size=wide, max_size=wide), min_size=1, max_size=4))
            model.paste(row, list(range(data.draw(st.integers(0, 3)), 5)), block)
        elif what == "edit":
            model.setData(model.index(row, data.draw(st.integers(0, 4))), data.draw(texts))
        elif what == "clear":
            model.enter([(down, "summary", None) for down in range(row, model.shown_count())], "清除")
        elif what == "fill" and rows:
            origin = model.value(row, "code")
            model.enter([(down, "code", origin) for down in range(row, model.shown_count())], "填充")
        elif what == "add":
            model.enter([(model.shown_count() + 1, "amount", "3")], "输入")
        elif what == "remove":
            model.remove_rows(data.draw(st.sets(st.integers(0, rows), max_size=3)))
        elif what == "arrange":
            count = len(desk.voucher.lines)
            model.arrange(data.draw(st.one_of(st.none(), st.permutations(range(count)))))
        elif what in ("undo", "redo"):
            getattr(model.undo_stack, what)()
        if model.undo_stack.index() == at + 1 and what != "redo":
            del states[at + 1:]
            states.append((encode(desk.voucher), model.drafts()))
        assert (encode(desk.voucher), model.drafts()) == states[model.undo_stack.index()]
    while model.undo_stack.canUndo():
        model.undo_stack.undo()
        assert (encode(desk.voucher), model.drafts()) == states[model.undo_stack.index()]
    while model.undo_stack.canRedo():
        model.undo_stack.redo()
        assert (encode(desk.voucher), model.drafts()) == states[model.undo_stack.index()]


PAYROLL = tuple(ColumnSpec(f"c{at}", title, kind, editable=True) for at, (title, kind) in enumerate((
    ("姓名", "text"), ("账号", "digits"), ("应发", "amount"), ("日期", "date"), ("编号", "text"), ("备注", "text"),
    ("扣款", "amount"), ("实发", "amount"))))


@dataclass(frozen=True, slots=True)
class Person:
    """A row of a payroll."""
    c0: str = ""
    c1: str = ""
    c2: Decimal | None = None
    c3: date | None = None
    c4: str = ""
    c5: str = ""
    c6: Decimal | None = None
    c7: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Payroll:
    """What lies in the books."""
    people: tuple[Person, ...] = ()


class People(DocumentSource[Payroll, Person]):
    """The rows of a payroll."""

    def __init__(self) -> None:
        self.payroll = Payroll(tuple(Person(f"旧{at}") for at in range(3)))
        super().__init__("people", [Field(f"c{at}", f"c{at}", take=self._taker(at)) for at in range(8)],
                         read=lambda: self.payroll, write=self._take, fresh=Person)

    def _taker(self, at: int) -> Callable[[object], object]:
        return lambda value: "" if value is None and at in (0, 1, 4, 5) else value

    def _take(self, payroll: Payroll) -> None:
        self.payroll = payroll

    def add_label(self) -> str:
        return "在此输入新的一行"


def clipboard(text: str = "", html: str = "") -> None:
    data = QMimeData()
    if text:
        data.setText(text)
    if html:
        data.setHtml(html)
    QGuiApplication.clipboard().setMimeData(data)


@pytest.mark.parametrize(("text", "html"), [(excel_tsv(), ""), ("", excel_html()), (excel_tsv(), excel_html())],
                         ids=["text", "html", "both"])
def test_five_hundred_rows_of_excel_come_in_and_one_undo_gives_the_same_bytes(qtbot, text: str, html: str) -> None:
    people = People()
    sheet = Sheet(SheetModel(PAYROLL, people))
    qtbot.addWidget(sheet)
    sheet.show()
    before = encode(people.payroll)
    clipboard(text, html)
    sheet.view.go_to(0, "c0")
    with qtbot.waitSignal(sheet.model.pasted) as told:
        press(qtbot, sheet.view, Qt.Key.Key_V, CONTROL)
    report = told.args[0]
    assert (report.rows, report.columns, report.written, report.added) == (500, 8, 4000, 497)
    assert sheet.model.drafts() == []
    assert len(people.payroll.people) == 500
    for wanted, person in zip(excel_block(), people.payroll.people, strict=True):
        assert person == Person(*wanted)
    assert sheet.model.undo_text() == "撤销 粘贴 500×8"
    press(qtbot, sheet.view, Qt.Key.Key_Z, CONTROL)
    assert encode(people.payroll) == before


def test_what_the_table_copies_comes_back_as_it_was(qtbot) -> None:
    people = People()
    people.payroll = Payroll(tuple(Person(*row) for row in excel_block()[:20]))
    sheet = Sheet(SheetModel(PAYROLL, people))
    qtbot.addWidget(sheet)
    sheet.view.selectAll()
    sheet.view.blocks.copy()
    data = QGuiApplication.clipboard().mimeData()
    from_html = QMimeData()
    from_html.setHtml(data.html())
    block = read_clipboard(data)
    assert read_clipboard(from_html)[:20] == [[cell.strip() for cell in row] for row in block[:20]]
    other = People()
    model = SheetModel(PAYROLL, other)
    model.paste(0, range(8), block[:20])
    assert other.payroll.people == replace(people.payroll).people
