"""The page's operations on the whole budget: 运算, 取上年数, 批量调整, what a finding offers, reasons for warnings."""

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.domain.budget_rules import settle
from desktop.domain.money import ZERO, format_yuan, parse_yuan
from desktop.texts import tr
from desktop.ui.budget.changes import Change, adjusted, cells_changed, from_last_year, with_amount
from desktop.ui.budget.findings import Finding
from desktop.ui.budget.lines import LinesSource
from desktop.ui.budget.session import BudgetSession
from desktop.ui.budget.sheets import BudgetSheet
from desktop.ui.kit.choices import Choice
from desktop.ui.kit.dialogs import Question, Verb, ask, ask_text
from desktop.ui.kit.inputs import AmountInput, Field, SelectInput

_STEPS = (
    Choice("0.01", tr("不取整")),
    Choice("100", tr("取整到百元")),
    Choice("1000", tr("取整到千元")),
    Choice("10000", tr("取整到万元")),
)
LARGEST_PERCENT = Decimal(1000)


class Operations(QObject):
    """Asks, changes the session as one undo step, and says what was done.

    Args:
        session: The budget.
        page: Parent of dialogs.
        say: Shows a short message: text and kind.
    """

    def __init__(self, session: BudgetSession, page: QWidget, say: Callable[[str, str], None]) -> None:
        super().__init__(page)
        self._session, self._page, self._say = session, page, say

    def settle(self) -> None:
        """Compute government codes and forms anew (F9), and say how many cells are others than at the last time."""
        session = self._session
        before = session.content()
        settled = settle(before, session.desk.pairs)
        codes = sum(
            old.gov_economic_code != new.gov_economic_code
            for old, new in zip(before.lines, settled.lines, strict=True)
        )
        cells = cells_changed(session.last_forms, settled.forms)
        session.last_forms = settled.forms
        session.change(settled, tr("运算"))
        if not cells and not codes:
            self._say(tr("运算完成：汇总表与明细一致，没有变化。"), "ok")
            return
        text = tr("运算完成：汇总表更新 {cells} 格", cells=cells)
        more = tr("，政府经济分类更新 {codes} 行", codes=codes) if codes else ""
        self._say(f"{text}{more}。", "ok")

    def take_last_year(self, sheet: BudgetSheet) -> None:
        """Fill amounts from last year (取上年数): of the selected rows if there are several, else of the sheet."""
        source = sheet.source
        if not isinstance(source, LinesSource) or not self._session.editable():
            return
        rows = self._rows(sheet)
        change = from_last_year(self._session.content(), [source.place(row) for row in rows])
        if not change.changed:
            self._say(tr("这 {count} 行的申报数已经和上年执行数相同。", count=len(rows)), "info")
            return
        body = tr(
            "本表 {rows} 行里有 {changed} 行与上年不同。申报数合计 {before} → {after}。填入后可以用 Ctrl+Z 一次撤销。",
            rows=len(rows),
            changed=change.changed,
            before=format_yuan(change.before),
            after=format_yuan(change.after),
        )
        verbs = (Verb("go", tr("填入上年数"), "primary"), Verb("back", tr("不填")))
        if ask(tr("取上年执行数作为申报数吗？"), body, verbs, parent=self._page) == "go":
            self._apply(change, tr("取上年数"))

    def adjust(self, sheet: BudgetSheet) -> None:
        """Raise or cut amounts by a percentage and round them (批量调整)."""
        source = sheet.source
        if not isinstance(source, LinesSource) or not self._session.editable():
            return
        rows = self._rows(sheet)
        given = self._ask_percent(len(rows))
        if given is None:
            return
        change = adjusted(self._session.content(), [source.place(row) for row in rows], *given)
        if change.changed:
            self._apply(change, tr("批量调整"))
        else:
            self._say(tr("没有金额要改。"), "info")

    def explain(self, code: str, sentence: str) -> bool:
        """Ask for the maker's reason for going on in spite of a warning; tell whether one was written."""
        text = ask_text(
            tr("写说明"),
            tr("{sentence}\n说明随预算一起报送，同一条规则的提示共用一条说明。", sentence=sentence),
            verb=tr("写入说明"),
            hint=tr("写明增减原因或依据"),
            text=self._session.reason_for(code),
            parent=self._page,
        )
        if text is None:
            return False
        self._session.acknowledge((code,), text)
        return True

    def fill_ceiling(self, finding: Finding) -> None:
        """Bring a line down to what its ceiling leaves (C16)."""
        session, facts = self._session, finding.problem.facts
        place = int(finding.problem.where.removeprefix("lines[").partition("]")[0])
        line = session.lines[place]
        amount = line.amount - parse_yuan(facts["over"])
        if amount < 0:
            self._say(tr("超出的 {over} 比这一行还多，请在同一项目的几行里分别减少。", over=facts["over"]), "warning")
            return
        session.change(with_amount(session.content(), place, amount), tr("填入控制数"))
        self._say(tr("已改为 {amount}（原 {before}）。", amount=format_yuan(amount),
                     before=format_yuan(line.amount)), "ok")

    def _apply(self, change: Change, word: str) -> None:
        self._session.change(change.draft, word)
        text = tr("{word}：改了 {count} 行，合计 {before} → {after}。", word=word, count=change.changed,
                  before=format_yuan(change.before), after=format_yuan(change.after))
        self._say(text, "ok")

    def _rows(self, sheet: BudgetSheet) -> list[int]:
        selected = sheet.selected_rows()
        return selected if len(selected) > 1 else list(range(sheet.source.row_count()))

    def _ask_percent(self, rows: int) -> tuple[Decimal, Decimal] | None:
        title = tr("批量调整 {count} 行申报数", count=rows)
        body = tr("按比例增减后取整；-5 表示减少 5%。填 0 只取整。可以用 Ctrl+Z 一次撤销。")
        verbs = (Verb("go", tr("调整"), "primary"), Verb("back", tr("不调整")))
        question = Question(title, body, verbs, default="go", parent=self._page)
        steps, percent = SelectInput(_STEPS), AmountInput(ZERO)
        steps.set_code(_STEPS[0].code)
        question.add_field(Field(tr("增减比例（%）"), percent))
        question.add_field(Field(tr("取整"), steps))
        percent.setFocus()
        percent.selectAll()
        question.exec()
        answer, value, step = question.answer, percent.amount(), steps.choice()
        right = not percent.error()
        question.deleteLater()
        if answer != "go" or value is None or step is None or not right:
            return None
        if abs(value) > LARGEST_PERCENT or value < -100:
            self._say(tr("比例要在 -100% 到 1000% 之间。"), "warning")
            return None
        return value, Decimal(step.code)
