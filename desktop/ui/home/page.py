"""The page 首页: answers what must be done now."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.document import Post
from desktop.domain.home_rules import ChecklistEntry
from desktop.domain.money import format_yuan
from desktop.domain.own_items import done_this_month
from desktop.texts import home as words
from desktop.texts import tr
from desktop.ui.app.routes import PAGE_OF_KIND, PAYMENT, SYNC
from desktop.ui.app.rows import counted, day, full_name
from desktop.ui.context import Context
from desktop.ui.documents.actions import Act
from desktop.ui.documents.approval import Approval, why_blocked
from desktop.ui.home.calendar_dialog import CalendarDialog
from desktop.ui.home.cards import BalanceCard, CalendarCard, ExecutionCard, GoalsCard, MonthlyCard, tiles
from desktop.ui.home.checklist import Checklist, lines_of
from desktop.ui.home.done_strip import DoneStrip, DoneThing
from desktop.ui.home.overview import Overview
from desktop.ui.home.own_lines import OwnLines
from desktop.ui.home.reading import HomePageView, home_page_view
from desktop.ui.home.routing import Route, route_of
from desktop.ui.home.tables import DocumentTable
from desktop.ui.home.waiting import WaitingPanel
from desktop.ui.kit import tokens
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.dialogs import tell
from desktop.ui.kit.labels import Label
from desktop.ui.kit.notes import read_note, write_note
from desktop.ui.kit.panels import Band, Line, Panel, SectionTitle
from desktop.ui.kit.tabs import StateTab, StateTabs
from desktop.ui.kit.typography import px
from desktop.ui.printing.plain_reports import checklist_report
from desktop.ui.printing.report import Report
from desktop.ui.shell.state import Segment
from desktop.usecases.hand_over import Blocked
from desktop.usecases.ports import Books, DocumentRow

CARDS_HIGH, SECOND_HIGH, RECENT_FROM, MOST_RECENT = 270, 240, 1500, 8
UNIT, EVERY = "unit", "every"
REMIND_DAYS, REMINDED = 3, "home/reminded"


class HomePage(QWidget):
    """Checklist, what is done, how the money stands; what waits for a checker or signer stands first.

    Signals:
        status_changed(): `status` gives other words now.
        said(str, str): A short message for the window's toast, and its kind.
        print_requested(): The window prints what is in front.
    """

    status_changed = Signal()
    said = Signal(str, str)
    print_requested = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.view: HomePageView | None = None
        self._wants_focus = ""
        self._title, self._line = Label("", "title"), Label("", tone="text2")
        self.checklist, self.done = Checklist(), DoneStrip()
        self.own = OwnLines(context, self, self.said.emit)
        self.checklist.opened.connect(self._open)
        self.checklist.pressed_button.connect(self._press)
        self.checklist.space_pressed.connect(self.own.tick)
        self.checklist.delete_pressed.connect(self.own.remove)
        self.done.taken_back.connect(self.own.take_back)
        self._must = SectionTitle(tr("必须做"), "", Label(tr("按先后排好，回车打开"), "caption", "text2"))
        first = Button(tr("核对并同步"), "tonal", "sync")
        first.clicked.connect(lambda: context.open_page(SYNC, "check"))
        self.first_time = Band("info", tr("还没有领取本单位的基础数据。第一次同步会收到单位资料、人员、额度和指标库。"),
                               first)
        self.nothing = Band("ok", "")
        self.waiting = WaitingPanel()
        self.waiting.sign_requested.connect(self._sign)
        self._approval = Approval(context, self, self.said.emit)
        self._approval.blocked.connect(self._tell_blocked)
        self.execution, self.balance, self.calendar = ExecutionCard(), BalanceCard(), CalendarCard()
        self.monthly, self.goals = MonthlyCard(), GoalsCard()
        self.calendar.all_requested.connect(self._show_calendar)
        every = Button(tr("全部支付申请"), "link")
        every.clicked.connect(lambda: context.open_page(PAYMENT, ""))
        self.recent = DocumentTable(tr("最近单据"), MOST_RECENT, every)
        for table in (self.waiting, self.recent):
            table.chosen.connect(self._open_document)
        self.overview: Overview | None = None
        self._lay_out()
        self._show_parts()

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(tokens.MARGIN, 12, tokens.MARGIN, tokens.MARGIN)
        column.setSpacing(tokens.GAP)
        column.addLayout(self._head())
        column.addWidget(self.first_time)
        column.addWidget(self._list_panel())
        column.addWidget(self.nothing)
        column.addWidget(self.waiting)
        column.addWidget(self.done)
        self._cards = _side_by_side((self.execution, 13), (self.balance, 11), (self.calendar, 10))
        self._second = _side_by_side((self.monthly, 1), (self.goals, 1))
        self._fix_heights()
        column.addWidget(self._cards, 1)
        column.addWidget(self.recent)
        column.addWidget(self._second)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._scroll)
        self.tabs = StateTabs([StateTab(UNIT, tr("本单位")), StateTab(EVERY, tr("各单位总览"))])
        self.tabs.chosen.connect(self._show_tab)
        self.tabs.hide()
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.setSpacing(0)
        outside.addWidget(self.tabs)
        outside.addWidget(self._stack)

    def _head(self) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._line)
        add = Button(tr("添加事项"), "flat", "plus")
        add.setToolTip(tr("把要记住的事写进“必须做”，办完按空格打勾"))
        add.clicked.connect(self.own.add)
        paper = Button(tr("打印清单"), "flat", "printer")
        paper.setToolTip(tr("打印必须做的事和图表（Ctrl+P）"))
        paper.clicked.connect(self.print_requested)
        head = QHBoxLayout()
        head.addLayout(words, 1)
        head.addWidget(add)
        head.addWidget(paper)
        return head

    def _fix_heights(self) -> None:
        self._cards.setMinimumHeight(px(CARDS_HIGH))
        self._second.setMinimumHeight(px(SECOND_HIGH))

    def _list_panel(self) -> QWidget:
        self._list = Panel(0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 6, 16, 6)
        head.addWidget(self._must)
        self._list.body.setSpacing(0)
        self._list.body.addLayout(head)
        self._list.body.addWidget(Line())
        self._list.body.addWidget(self.checklist)
        return self._list

    # -- several units

    def _offer_overview(self) -> None:
        """Show the tabs where this PC holds more than one unit."""
        units = self._context.units
        several = units is not None and bool(units.items())
        self.tabs.setVisible(several)
        if not several and self.tabs.key() != UNIT:
            self.tabs.choose(UNIT)

    def _show_tab(self, key: str) -> None:
        if key == EVERY and self._context.units is not None:
            if self.overview is None:
                self.overview = Overview(self._context, self._context.units)
                self.overview.said.connect(self.said)
                self._stack.addWidget(self.overview)
            self._stack.setCurrentWidget(self.overview)
            self.overview.refresh()
            self.overview.sheet.view.setFocus()
        else:
            self._stack.setCurrentWidget(self._scroll)

    # -- what the window asks of a page

    def refresh(self) -> None:
        """Read everything again."""
        self._offer_overview()
        if self.tabs.key() == EVERY and self.overview is not None:
            self.overview.refresh()
        seat, year = self._context.seat(), self._context.year

        def read(books: Books) -> HomePageView:
            return home_page_view(books, seat, year)

        self._context.run(self, read, self._show)

    def open(self, argument: str = "") -> None:
        """Show the page; ``waiting`` puts the focus on what waits for this person."""
        self._wants_focus = argument or "checklist"
        if self.view is not None:
            self._take_focus()

    def status(self) -> tuple[list[Segment], list[Segment]]:
        """Return the segments of the status bar."""
        if self.view is None:
            return [], []
        home = self.view.home
        left = [Segment(tr("本月已送"), tr("{count} 张", count=home.sent_count)),
                Segment(tr("合计"), format_yuan(home.sent_total))]
        last = home.last_run
        right = [Segment(tr("上次成功同步"), day(last.started_at, self._context.year))] if last else []
        return left, right

    def help_topic(self) -> str:
        """Return what F1 opens."""
        return "start/home"

    def reports(self) -> list[Report]:
        """Return what Ctrl+P prints: the month's checklist with the charts."""
        if self.view is None:
            return []
        rows = [(line.title, line.reason, line.amount, line.due) for line in self.checklist.lines.lines]
        title = tr("{month}月事项清单", month=self.view.today.month)
        cards = (self.execution, self.balance, self.monthly, self.goals)
        return [checklist_report(title, rows, [(card.word, card.drawn) for card in cards])]

    def panes(self) -> list[QWidget]:
        """Return where F6 goes."""
        if self.overview is not None and self.overview.isVisible():
            return [self.tabs, self.overview.sheet.view]
        return [pane for pane in (self.checklist, self.waiting.sheet.view, self.recent.sheet.view) if pane.isVisible()]

    # -- showing

    def _show(self, view: HomePageView) -> None:
        self.view = view
        home, today, seat = view.home, view.today, self._context.seat()
        self._title.setText(words.month_end_title(home.month_end))
        self._line.setText(words.month_end_line(home.month_end, today))
        self.checklist.show_lines(lines_of(home.entries, today), today)
        self._must.set_text(tr("必须做"), tr("{count} 项", count=len(home.entries)))
        self.nothing.set_content("ok", _nothing_left(view, seat.post))
        self.own.know(home.own)
        done = [DoneThing(item.title, item.item_id) for item in done_this_month(home.own, today)]
        self.done.show_done([*(DoneThing(word) for word in home.done), *done])
        self.waiting.show_waiting(seat.post, view.waiting, view.names, self._context.year)
        self.execution.show_execution(home.execution, today)
        self.balance.show_funds(home.funds)
        self.monthly.show_months(home.months, home.execution)
        self.goals.show_goals(home.goals, self._context.budget_year)
        self.calendar.tiles.show_tiles(tiles(view, self._context.budget_year))
        self.recent.show_rows(home.recent, view.names, self._context.year)
        self._show_parts()
        self._take_focus()
        self._remind(view)
        self.status_changed.emit()

    def _take_focus(self) -> None:
        """Go where `open` asked to go, once that place is there."""
        wanted, self._wants_focus = self._wants_focus, ""
        if wanted:
            target = self.waiting.sheet if wanted == "waiting" and self.waiting.isVisible() else self.checklist
            target.setFocus()

    def _show_parts(self) -> None:
        """Show only the parts that have something to say, and the recent documents where there is room."""
        view = self.view
        known = view is not None and view.unit.known
        self.first_time.setVisible(view is not None and not known)
        self._list.setVisible(view is not None and bool(view.home.entries))
        self.nothing.setVisible(known and view is not None and not view.home.entries)
        waits = view is not None and bool(view.waiting) and self._context.seat().post is not Post.MAKER
        self.waiting.setVisible(waits)
        self._cards.setVisible(view is not None)
        self._second.setVisible(known)
        self.recent.setVisible(view is not None and bool(view.home.recent) and self.width() >= px(RECENT_FROM))

    def _remind(self, view: HomePageView) -> None:
        """Say once a day what ends soon; the list and the calendar say it all the time."""
        near = [one for one in view.due if one.near and one.days <= REMIND_DAYS]
        day = view.today.isoformat()
        if near and read_note(self._context.notes, REMINDED) != day:
            write_note(self._context.notes, REMINDED, day)
            first = near[0]
            self.said.emit(tr("{title}，{left}。", title=words.due_title(first), left=words.due_left(first)), "info")

    def _show_calendar(self) -> None:
        if self.view is not None:
            dialog = CalendarDialog(self.view.due, self)
            dialog.exec()
            dialog.deleteLater()

    def _press(self, entry: ChecklistEntry) -> None:
        """Do what the button of a line says; of an own line that is ticking, elsewhere opening."""
        if not self.own.tick(entry):
            self._open(entry)

    def _open(self, entry: ChecklistEntry) -> None:
        if self.own.change(entry):
            return
        view = self.view
        route = route_of(entry, view.waiting if view is not None else (), self._context.seat().post)
        if route is Route.WAITING:
            self.waiting.sheet.setFocus()
            return
        self._context.open_page(route.page, route.argument)

    def _sign(self, rows: list[DocumentRow]) -> None:
        if self._context.refuses_writing():
            return
        act = Act.CHECK if self._context.seat().post is Post.CHECKER else Act.SIGN
        name = full_name(rows[0]) if len(rows) == 1 else counted(rows)
        self._approval.take(act, [row.doc_id for row in rows], name)

    def _tell_blocked(self, blocked: list[Blocked]) -> None:
        title = tr("{count} 份没有通过", count=len(blocked))
        tell(title, why_blocked(blocked), level="warning", parent=self)

    def _open_document(self, row: DocumentRow) -> None:
        self._context.open_page(PAGE_OF_KIND[row.kind], row.doc_id)

    # -- Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_parts()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ApplicationFontChange:
            self._fix_heights()
        return super().event(event)


def _side_by_side(*cards: tuple[QWidget, int]) -> QWidget:
    """Return cards in one row, each with its share of the width."""
    host = QWidget()
    row = QHBoxLayout(host)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(tokens.GAP)
    for card, share in cards:
        row.addWidget(card, share)
    return host


def _nothing_left(view: HomePageView, post: Post) -> str:
    if post is not Post.MAKER:
        return tr("没有等您复核的单据。") if post is Post.CHECKER else tr("没有等您签章的单据。")
    coming = next((one for one in view.due if one.day > view.today), None)
    if coming is None:
        return tr("本月事项已全部办结。")
    return tr("本月事项已全部办结。下一项：{day:%m-%d}，{what}。", day=coming.day, what=words.due_title(coming))
