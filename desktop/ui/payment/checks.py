"""What the inspector shows beside a voucher: what to write, what the rules say now, and the last payment."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.accounts import normal_digits
from desktop.domain.money import format_yuan
from desktop.domain.problem import Level
from desktop.domain.voucher_rules import RuleResult
from desktop.texts import problems, tr
from desktop.ui.documents.wording import describe
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.inputs import LineInput
from desktop.ui.kit.inspector import Section
from desktop.ui.kit.labels import Label
from desktop.ui.kit.paint import draw_box
from desktop.ui.kit.panels import Icon, Line, clear_layout
from desktop.ui.payment.help_texts import help_of
from desktop.ui.payment.session import VoucherSession

SHOWN_FIRST = 7
OF_ONE_RULE = 3  # ten lines without a code are one thing to do, not ten cards
_TINTS = {Level.ERROR: ("errbg", "err", "error"), Level.WARN: ("warnbg", "warn", "warning"),
          Level.INFO: ("readybg", "ready", "info")}


class _Reason(LineInput):
    """The field for the reason of a warning; says when the person comes to it."""

    entered = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()


class Finding(QWidget):
    """A finding on its tint: title, sentence, and what can be done about it.

    Signals:
        wanted(str): The title was clicked; carries the finding's place.
        remedied(str): The button of a remedy was pressed: ``fill_available`` or ``other_quota``.
        reasoned(str, str): Rule and the reason that was written.
    """

    wanted = Signal(str)
    remedied = Signal(str)
    reasoned = Signal(str, str)

    def __init__(self, result: RuleResult, reason: str, *, editable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.result, self.editable = result, editable
        self._fill, tone, icon = _TINTS[result.level or Level.INFO]
        text = describe(result)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(Icon(icon, tone, 16), 0, Qt.AlignmentFlag.AlignTop)
        title = Label(text.title, tone=tone, bold=True, wrap=True)
        head.addWidget(title, 1)
        head.addWidget(Label(result.code, "caption", tone), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(Label(f"{text.sentence}{text.advice}", wrap=True, selectable=True))
        self.reason: _Reason | None = None
        if editable and result.level is Level.WARN:
            column.addWidget(self._reason_field(reason, text.title))
        elif reason:
            column.addWidget(Label(tr("说明：{reason}", reason=reason), tone="text2", wrap=True))
        if editable and result.code == "R-01" and result.facts.get("case") == "over":
            column.addLayout(self._remedies())
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def _reason_field(self, reason: str, title: str) -> LineInput:
        field = _Reason(reason, tr("写一句说明，随单据报送"))
        field.setAccessibleName(tr("{title}（{code}）的说明", title=title, code=self.result.code))
        field.committed.connect(lambda text: self.reasoned.emit(self.result.code, text))
        self.reason = field
        return field

    def _remedies(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        for key, word in (("fill_available", tr("填入可用额")), ("other_quota", tr("换指标"))):
            button = Button(word, "link")
            button.clicked.connect(lambda _=False, key=key: self.remedied.emit(key))
            row.addWidget(button)
        row.addStretch(1)
        return row

    def mouseReleaseEvent(self, event: object) -> None:
        self.wanted.emit(self.result.where)

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_box(QPainter(self), self.rect(), self._fill)


class ChecksSection(QWidget):
    """即时检查: findings first, then the rules that passed, with their numbers.

    Signals:
        wanted(str): Go to this place.
        remedied(str): As of `Finding`.
        reason_entered(): The person is in a reason field.
    """

    wanted = Signal(str)
    remedied = Signal(str)
    reason_entered = Signal()

    def __init__(self, session: VoucherSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._all = False
        self._shown: object = None
        self._stand: list[tuple[object, ...]] = []
        self._counts = Label("", "caption", "text2")
        head = QHBoxLayout()
        head.addWidget(Label(tr("即时检查"), bold=True), 1)
        head.addWidget(self._counts)
        self._findings, self._passed = QVBoxLayout(), QVBoxLayout()
        self._findings.setSpacing(8)
        self._passed.setSpacing(5)
        self._more = Button("", "link")
        self._more.clicked.connect(self._toggle)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (head, self._findings, self._passed):
            column.addLayout(part)
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self.look()

    def look(self) -> None:
        """Show what the rules say now; a reason that is being written stays under the pen."""
        session = self._session
        findings, pending = session.findings(), session.pending()
        # On an empty form everything that needs no content passes: saying so would only be noise.
        passed = session.passed() if session.document is not None else []
        reasons = {one.code: one.text for one in session.voucher.acknowledgements}
        state = (tuple(map(_key, findings)), tuple(map(_key, passed)), pending, tuple(sorted(reasons.items())),
                 session.editable(), self._all)
        if state == self._shown:
            return
        self._shown = state
        writing = next((card for card in self.cards() if card.reason is not None and card.reason.hasFocus()), None)
        if writing is None or self._stand != list(map(_key, findings)):
            self._stand = list(map(_key, findings))
            self._fill_findings(findings, reasons, writing)
        self._fill_passed(passed, pending)
        self._count(findings, passed)

    def cards(self) -> list[Finding]:
        """Return the findings as shown."""
        found = [self._findings.itemAt(at) for at in range(self._findings.count())]
        widgets = [item.widget() for item in found if item is not None]
        return [widget for widget in widgets if isinstance(widget, Finding)]

    def focus_reason(self) -> bool:
        """Give the focus to the first reason that is still to be written; tell whether there is one."""
        for card in self.cards():
            if card.reason is not None and not card.reason.text().strip():
                card.reason.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return False

    def _fill_findings(self, findings: Sequence[RuleResult], reasons: dict[str, str], writing: Finding | None) -> None:
        begun = None
        if writing is not None and writing.reason is not None:
            begun = (writing.result.code, writing.reason.text())
        clear_layout(self._findings)
        seen: dict[str, int] = {}
        for result in findings:
            seen[result.code] = seen.get(result.code, 0) + 1
            if seen[result.code] > OF_ONE_RULE:
                continue
            card = Finding(result, reasons.get(result.code, ""), editable=self._session.editable())
            card.wanted.connect(self.wanted)
            card.remedied.connect(self.remedied)
            card.reasoned.connect(self._session.acknowledge)
            self._findings.addWidget(card)
            if card.reason is not None:
                card.reason.entered.connect(self.reason_entered)
                if begun is not None and begun[0] == result.code:
                    card.reason.setText(begun[1])
                    card.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        more = sum(max(0, count - OF_ONE_RULE) for count in seen.values())
        if more:
            words = tr("还有 {count} 处同类问题，按 F8 看全部", count=more)
            self._findings.addWidget(Label(words, tone="text2", wrap=True))

    def _fill_passed(self, passed: Sequence[RuleResult], pending: int) -> None:
        clear_layout(self._passed)
        if pending:
            self._passed.addWidget(_check_row("circle", "dis", tr("还有 {count} 项没填", count=pending), ""))
        for result in passed if self._all else passed[:SHOWN_FIRST]:
            self._passed.addWidget(_check_row("check", "ok", problems.passed(result), result.code))
        self._more.setVisible(len(passed) > SHOWN_FIRST)
        self._more.setText(tr("收起") if self._all else tr("全部 {count} 条", count=len(passed)))

    def _count(self, findings: Sequence[RuleResult], passed: Sequence[RuleResult]) -> None:
        words = {Level.ERROR: tr("错误"), Level.WARN: tr("提示"), Level.INFO: tr("说明")}
        parts = [f"{count} {word}" for level, word in words.items()
                 if (count := sum(finding.level is level for finding in findings))]
        if passed:
            parts.append(tr("{count} 通过", count=len(passed)))
        self._counts.setText(" · ".join(parts))

    def _toggle(self) -> None:
        self._all = not self._all
        self.look()


class HelpSection(Section):
    """填什么 for the field that the person is in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("填什么"), parent=parent)
        self._words = Label("", tone="text2", wrap=True)
        self.body.addWidget(self._words)
        self.show_help("quota")

    def show_help(self, field: str) -> str:
        """Show a field's help and return the field's name."""
        self.shown = help_of(field)
        self._words.setText(self.shown.what)
        return self.shown.name


class LastPayment(QWidget):
    """上次支付: what the payee was paid before, and whether the account is still the same."""

    def __init__(self, session: VoucherSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 4, 0, 0)
        self._body.setSpacing(12)
        self.look()

    def look(self) -> None:
        """Show the newest other voucher to the same payee; nothing when there is none."""
        clear_layout(self._body)
        similar = self._session.facts.similar
        self.setVisible(bool(similar))
        if not similar:
            return
        last, account = similar[0], normal_digits(self._session.voucher.payee.account)
        self._body.addWidget(Line())
        section = Section(tr("上次支付"), last.date.isoformat())
        section.add_pair(tr("金额"), format_yuan(last.amount))
        if account and last.account:
            same = normal_digits(last.account) == account
            section.add_pair(tr("账号"), tr("与本次一致") if same else tr("与本次不同"), "ok" if same else "warn")
        section.add_pair(tr("用途"), last.purpose or "—")
        self._body.addWidget(section)


def _key(result: RuleResult) -> tuple[object, ...]:
    return result.code, result.level, result.where, tuple(sorted(result.facts.items()))


def _check_row(icon: str, tone: str, words: str, code: str) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(Icon(icon, tone, 14), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Label(words, tone="text" if code else "text2", wrap=True), 1)
    if code:
        row.addWidget(Label(code, "caption", "text2"), 0, Qt.AlignmentFlag.AlignTop)
    return line
