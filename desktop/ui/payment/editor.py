"""One open voucher: paper, e-vouchers, flow, inspector and problems around its session."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.importing.targets import VOUCHER_LINES
from desktop.domain.money import ZERO
from desktop.domain.voucher_rules import balanced
from desktop.texts import tr
from desktop.texts.messages import message
from desktop.ui.documents.arrivals import is_typing
from desktop.ui.documents.unsaved import UnsavedBand, may_leave
from desktop.ui.documents.wording import row_of
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.flow import FlowStrip
from desktop.ui.kit.focus import commit_typing, give_back
from desktop.ui.kit.inspector import Inspector, InspectorPlace
from desktop.ui.kit.panels import Band
from desktop.ui.kit.problems import ProblemRow, ProblemsPanel
from desktop.ui.kit.typography import px
from desktop.ui.payment.attachments import AttachmentRow
from desktop.ui.payment.checks import ChecksSection, HelpSection, LastPayment
from desktop.ui.payment.following import Following
from desktop.ui.payment.form import VoucherForm
from desktop.ui.payment.help_texts import help_of
from desktop.ui.payment.host import DocumentHost
from desktop.ui.payment.intake import EvoucherIntake
from desktop.ui.payment.review import ReviewView
from desktop.ui.payment.series import ReviewSeries
from desktop.ui.payment.session import VoucherSession
from desktop.ui.payment.standing import band_of, flow_of, segments_of
from desktop.ui.payment.steps import VoucherSteps
from desktop.ui.payment.templates import VoucherTemplates
from desktop.ui.payment.title_bar import TitleBar, not_sent, tab_title
from desktop.ui.shell.state import Segment
from desktop.usecases.start_document import with_amount

INSPECTOR_BESIDE = 1190  # from this width on the inspector stands beside the paper instead of over it


class VoucherEditor(QWidget):
    """The screen of one voucher, for its maker, checker or signer.

    Signals:
        copy_wanted(str): Start a new voucher with this one's content; its doc id.
        previous_wanted(): Fill this new voucher with the content of the newest one.
        new_wanted(): Start an empty voucher.
        go_wanted(str): Show another voucher of the series instead; its doc id.
        person_wanted(): Let somebody else take the seat.
    """

    copy_wanted = Signal(str)
    previous_wanted = Signal()
    new_wanted = Signal()
    go_wanted = Signal(str)
    person_wanted = Signal()

    def __init__(self, session: VoucherSession, host: DocumentHost, series: ReviewSeries,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        session.setParent(self)
        self.session, self._host = session, host
        self.title, self.form, self.files = TitleBar(session), VoucherForm(session), AttachmentRow()
        self.flow, self.problems = FlowStrip(), ProblemsPanel()
        self.checks, self.help, self.last = ChecksSection(session), HelpSection(), LastPayment(session)
        self._other = Button(tr("换人"), "tonal", "person")
        self.band, self.unsaved = Band("info", "", self._other), UnsavedBand(session.saving)
        self.notice, self.newer = Band("error", "", closable=True), Following(session, host.toast, self.commit)
        self.inspector = Inspector()
        beside = QWidget()
        stacked = QVBoxLayout(beside)
        stacked.setContentsMargins(0, 0, 0, 0)
        stacked.setSpacing(8)
        stacked.addWidget(self.checks)
        stacked.addWidget(self.last)
        self.inspector.set_sections([self.help, beside])
        self.steps, self.intake = VoucherSteps(session, self, series.hold), EvoucherIntake(session, self)
        self.reviewing = ReviewView(session, series, self, self.title)
        self.patterns = VoucherTemplates(session, self, self.commit)
        self.templates = self.patterns.open
        self._lay_out()
        self._connect()
        self._add_keys()
        self.look()

    def _lay_out(self) -> None:
        inside = QWidget()
        paper = QVBoxLayout(inside)
        paper.setContentsMargins(12, 8, 12, 8)
        paper.setSpacing(8)
        paper.addWidget(self.form, 1)
        paper.addWidget(self.files)
        paper.addWidget(self.flow)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(inside)
        self._area.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        # Outside what scrolls: why a voucher can't be typed into is always in sight.
        bands = QVBoxLayout()
        bands.setContentsMargins(12, 8, 12, 0)
        bands.setSpacing(8)
        for part in (self.newer, self.unsaved, self.band, self.notice):
            bands.addWidget(part)
        self._bands = QWidget()
        self._bands.setLayout(bands)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self._bands)
        left.addWidget(self._area, 1)
        left.addWidget(self.problems)
        self._body = QHBoxLayout()
        self._body.setSpacing(0)
        self._body.addLayout(left, 1)
        self._place = InspectorPlace(self.inspector, self, self._body, lambda: self.width() >= px(INSPECTOR_BESIDE))
        self.reviewing.stand(self._body)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.title)
        column.addWidget(self.reviewing.bar)
        column.addLayout(self._body, 1)
        self.problems.hide()
        self.notice.hide()

    def _connect(self) -> None:
        session = self.session
        session.content_changed.connect(self._show)
        session.looked.connect(self.look)
        session.saved.connect(self._saved)
        session.failed.connect(self._not_saved)
        for turned in (self.unsaved.turned, self.newer.turned, self.notice.closed):
            turned.connect(self._show_bands)
        self.form.entered.connect(self._entered)
        self.form.typing.connect(self.show_status)
        self.form.walked_out.connect(self._walked_out)
        self.form.grid.refused.connect(lambda why: self._host.toast.say(why, "warning"))
        self.files.removed.connect(session.drop)
        self.files.file_wanted.connect(self.intake.ask)
        self.intake.told.connect(self._tell)
        self.intake.begun.connect(self._dismiss)
        self.checks.wanted.connect(self.go_to)
        self.checks.remedied.connect(self._remedy)
        self.checks.reason_entered.connect(lambda: self._entered("reason"))
        self.problems.opened.connect(self.go_to)
        self.problems.remedy_requested.connect(self._remedy_row)
        for said in (self.intake.taken, self.steps.said, self.reviewing.said):
            said.connect(self._host.toast.say)
        self.steps.decided.connect(self.reviewing.decided)
        self.title.history_wanted.connect(self.steps.show_history)
        self.reviewing.act_wanted.connect(self.take)
        self.reviewing.go_wanted.connect(self.go_wanted)
        self._other.clicked.connect(self.person_wanted)
        self.steps.blocked.connect(self.review)
        self.title.act_wanted.connect(self.take)
        self.title.review_wanted.connect(self.review)
        self.title.balance_wanted.connect(self.balance)
        self.title.drop_line_wanted.connect(self.form.grid.drop_line)
        self.title.copy_wanted.connect(self._copy)
        self.title.templates_wanted.connect(self.templates)
        self.patterns.filled.connect(self.start)

    def _add_keys(self) -> None:
        for keys, call in (("Ctrl+F7", self.balance), ("Ctrl+Shift+A", self.intake.ask), ("Ctrl+S", self.save_now),
                           ("Ctrl+Delete", self.form.grid.drop_line), ("Ctrl+Z", self.session.undo_stack.undo),
                           ("Ctrl+Y", self.session.undo_stack.redo), ("Ctrl+N", self.new_wanted.emit),
                           ("F5", self.new_wanted.emit), ("Ctrl+Shift+D", self._copy)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(call)

    # -- showing

    def _show(self) -> None:
        self.form.show_voucher()
        self._show_files()
        self.show_status()

    def look(self) -> None:
        """Show where the voucher stands and what the rules say now."""
        self.title.look()
        self.form.look()
        self._show_files()
        self.checks.look()
        self.last.look()
        self.flow.set_steps(flow_of(self.session))
        self._place.allow(not self.reviewing.on())
        self.reviewing.look()
        band = band_of(self.session)
        self.band.setVisible(band is not None)
        if band is not None:
            self.band.set_content(band.kind, band.text, band.title)
            self._other.setVisible(bool(band.remedy))
        self._show_bands()
        if not self.problems.isHidden():
            self.problems.set_rows(self.rows())
        self._host.change_document("voucher", self.session.voucher.head.doc_id, title=tab_title(self.session),
                                   dot=not_sent(self.session))
        self.show_status()

    def _show_files(self) -> None:
        session, editable = self.session, self.session.editable()
        self.files.setVisible((editable or bool(session.voucher.evouchers)) and not self.reviewing.on())
        uses = session.voucher.evouchers
        self.files.show_uses(uses, session.evouchers, session.findings(), session.flaws, editable=editable)

    def rows(self) -> list[ProblemRow]:
        """Return every finding for the problems panel: unreadable texts first."""
        remedies = {"V-01": tr("自动平衡"), "R-01": tr("填入可用额")} if self.session.editable() else {}
        return [*self.form.unread(), *(
            row_of(finding, remedies.get(finding.code, "") if finding.facts.get("case") != "zero" else "")
            for finding in self.session.findings()
        )]

    def show_status(self) -> None:
        """Show `segments` in the status bar while the voucher is in front."""
        if self.isVisible():
            self._host.show_segments(self.segments())

    def segments(self) -> list[Segment]:
        """Return how long the purpose is, and the amount in words."""
        return segments_of(self.session, self.form.paper.purpose.text())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.show_status()
        self.follow()

    def follow(self) -> None:
        """Show the voucher as it is now: another person, a sync or another tab may have changed it."""
        if self.session.document is None:
            self.look()
        else:
            self.session.reload(lambda: is_typing(self))

    def _entered(self, field: str) -> None:
        self.inspector.set_subject(self.help.show_help(field))
        focus = self.focusWidget()
        if focus is not None and self._area.isAncestorOf(focus):
            self._area.ensureWidgetVisible(focus, 0, 24)

    def import_target(self) -> str:
        """Return what Ctrl+I imports: a sheet becomes lines of this voucher, once something of it is stored."""
        stored = self.session.document is not None and self.session.editable()
        return f"{VOUCHER_LINES}:{self.session.voucher.head.doc_id}" if stored else ""

    def help_topic(self) -> str:
        """Return what F1 opens: the help of the field or column that is in focus, or of the invoices' tiles."""
        tiles = self.files.isAncestorOf(QApplication.focusWidget() or self)
        return f"field:{(help_of('evouchers') if tiles else self.help.shown).topic}"

    # -- saving

    def _saved(self) -> None:
        at = self.session.context.seat().clock.now()
        self.title.saved.show_saved(tr("{time} 已自动保存", time=f"{at:%H:%M}"))

    def _not_saved(self, error: Exception) -> None:
        self.title.saved.show_problem(tr("没有保存"))

    def save_now(self) -> None:
        """Take what is being typed, and save it (Ctrl+S)."""
        self.commit()
        self.session.save()

    def commit(self) -> None:
        """Take what is being typed right now, as leaving the field would."""
        focus = QApplication.focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            give_back(commit_typing())

    def may_close(self) -> bool:
        """Take and save what is typed; ask when it can't be saved."""
        self.commit()
        return may_leave(self.session.saving, tab_title(self.session), self)

    def finish(self) -> None:
        """Take and save everything; the tab is about to go."""
        self.commit()
        self.session.finish()

    # -- checks

    def review(self) -> None:
        """Show every finding of every rule (F8), and go to the first that must be dealt with."""
        self.commit()
        self.session.review()
        rows = self.rows()
        self.problems.set_rows(rows)
        self.problems.setVisible(bool(rows))
        if not rows:
            checked = message("M22", rules=len(self.session.report), warnings=0)
            self._host.toast.say(f"{checked.title}：{checked.body}", "ok")
        elif any(row.level == "error" for row in rows):
            self.go_to(next(row.where for row in rows if row.level == "error"))
        elif not self.checks.focus_reason():
            self._host.toast.say(tr("审核通过，提示都已写说明。"), "ok")

    def toggle_problems(self) -> None:
        """Show every finding in the panel below, or put the panel away (Ctrl+Shift+M)."""
        self.problems.set_rows(self.rows())
        self.problems.setVisible(self.problems.isHidden())

    def next_problem(self) -> None:
        """Go to the next finding (F3)."""
        if self.problems.isHidden():
            self.problems.set_rows(self.rows())
            self.problems.setVisible(bool(self.problems.rows()))
        if not self.problems.rows():
            self._host.toast.say(tr("这张单据没有问题。"), "ok")
        self.problems.go_next()

    def take(self, act: object) -> None:
        """Take a step, after what is being typed; a voucher with unreadable texts is not handed over."""
        self.commit()
        if self.session.editable() and self.form.unread():
            self.review()
            return
        self.steps.take(act)  # type: ignore[arg-type]

    def go_to(self, where: str) -> None:
        """Go to the place of a finding."""
        if where.startswith("evouchers"):
            number = where.partition("[")[2].partition("]")[0]
            at = int(number) if number.isdigit() else 0
            self.reviewing.show_invoice(at) if self.reviewing.on() else self.files.focus_tile(at)
        else:
            self.form.go_to(where)

    def _remedy_row(self, row: ProblemRow) -> None:
        if row.rule == "R-01" and row.remedy == tr("填入可用额"):
            self._remedy("fill_available")
        elif row.rule == "V-01" and row.remedy == tr("自动平衡"):
            self.balance()
        else:
            self.go_to(row.where)

    def _remedy(self, key: str) -> None:
        if key == "other_quota":
            self.form.go_to("quota")
            self.form.quota.field.open_list()
        elif self.session.editable():
            amount = max(self.session.facts.available(), ZERO)
            self.session.change(with_amount(self.session.voucher, amount), tr("填入可用额"))

    def balance(self) -> None:
        """Give the line that the person is in what the others leave of the amount (Ctrl+F7)."""
        at = self.form.grid.current_line()
        if at < 0 or not self.session.editable():
            return
        self.form.grid.view.setFocus()
        changed = balanced(self.session.voucher, at)
        if changed.lines[at].amount < 0:
            self._host.toast.say(tr("其他行已超过单据金额，第 {row} 行补不成。请先改金额。", row=at + 1), "warning")
            return
        self.session.touched.add("lines")
        self.session.change(changed, tr("自动平衡"))

    def _tell(self, kind: str, title: str, text: str) -> None:
        self.notice.set_content(kind, text, title)
        self.notice.show()
        self._show_bands()

    def _show_bands(self) -> None:
        self._bands.setVisible(not all(part.isHidden() for part in (self.newer, self.unsaved, self.band, self.notice)))

    def _dismiss(self) -> None:
        self.notice.hide()
        self._show_bands()

    # -- frame

    def start(self) -> None:
        """Take the focus: where something is still to be filled, or at the next step."""
        if self.session.editable():
            self.form.start()
        else:
            self.title.focus_primary()

    def _walked_out(self) -> None:
        if not (self.inspector.isVisible() and self.checks.focus_reason()):
            self.title.focus_primary()

    def _copy(self) -> None:
        self.commit()
        stored, doc_id = self.session.document is not None, self.session.voucher.head.doc_id
        self.copy_wanted.emit(doc_id) if stored else self.previous_wanted.emit()

    def toggle_inspector(self) -> None:
        """Show the panel at the right or put it away (F4)."""
        self.reviewing.toggle() if self.reviewing.on() else self._place.toggle()

    def panes(self) -> list[QWidget]:
        """Return the panes that F6 goes through."""
        beside = self.reviewing.pane if self.reviewing.on() else self.inspector
        return [self.form.quota.field, self.form.grid, beside, self.problems]
