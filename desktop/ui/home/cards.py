"""The cards of the home page: how the year's money stands, and what the calendar holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.money import ZERO, format_yuan
from desktop.domain.year_calendar import soonest
from desktop.texts import home as words
from desktop.texts import tr
from desktop.texts.words import NATURES
from desktop.ui.charts.balance import BalanceBar, BalanceChart
from desktop.ui.charts.bullet import BulletBar, BulletChart
from desktop.ui.charts.chart import Chart
from desktop.ui.charts.completion import CompletionBar, CompletionChart
from desktop.ui.charts.data_view import data_button
from desktop.ui.charts.monthly import MonthlyChart
from desktop.ui.home.reading import HomePageView
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.drawn import Drawn
from desktop.ui.kit.paint import CENTER, LEFT, draw_box, draw_text
from desktop.ui.kit.panels import EmptyState, Panel, SectionTitle
from desktop.ui.kit.typography import font, px
from desktop.usecases.home import Execution, FundBalance, GoalProgress

TILE_WIDTH, TILE_HEIGHT, PITCH, LEAST_PITCH = 52, 40, 55, 46
MOST_TILES, MOST_GOALS = 4, 6


def time_gone(today: date) -> Decimal:
    """Return the share of the year that has gone, 0 to 1."""
    first, last = date(today.year, 1, 1), date(today.year, 12, 31)
    return Decimal((today - first).days + 1) / Decimal((last - first).days + 1)


class ChartCard(Panel):
    """A titled chart with the way to its numbers, or one sentence while there are none.

    Attributes:
        word: What the chart is called.
        drawn: The chart.
    """

    def __init__(self, title: str, chart: Chart, nothing: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.data = data_button(title, chart)
        self.title = SectionTitle(title, "", self.data)
        self.word, self.drawn, self._empty = title, chart, EmptyState(nothing, icon=icon)
        self.body.addWidget(self.title)
        self.body.addWidget(chart, 1)
        self.body.addWidget(self._empty, 1)

    def show_title(self, text: str, note: str) -> None:
        """Show what the chart says in a few words, as far as it says anything."""
        shown = self.drawn.has_data()
        self.title.set_text(text if shown else self.word, note if shown else "")
        self.drawn.setVisible(shown)
        self.data.setVisible(shown)
        self._empty.setVisible(not shown)


class ExecutionCard(ChartCard):
    """预算执行: bars by class of project."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.chart = BulletChart()
        nothing = tr("还没有下达指标。同步后这里显示执行进度。")
        super().__init__(tr("预算执行"), self.chart, nothing, "chart", parent)

    def show_execution(self, bars: Sequence[Execution], today: date) -> None:
        """Show these bars."""
        total = sum((bar.total for bar in bars), ZERO)
        paid = sum((bar.paid for bar in bars), ZERO)
        gone = time_gone(today)
        self.chart.set_bars([BulletBar(bar.name, bar.total, bar.paid, bar.reserved) for bar in bars], gone)
        share = f"{paid / total * 100:.1f}%" if total else ""
        self.show_title(tr("预算执行 {share}", share=share).strip(), tr("时间进度 {gone}%", gone=f"{gone * 100:.1f}"))


class BalanceCard(ChartCard):
    """可用余额: bars by fund nature."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.chart = BalanceChart()
        nothing = tr("还没有下达指标。同步后这里显示各资金的余额。")
        super().__init__(tr("可用余额"), self.chart, nothing, "wallet", parent)

    def show_funds(self, funds: Sequence[FundBalance]) -> None:
        """Show these bars."""
        free = sum((fund.available for fund in funds), ZERO)
        self.chart.set_bars([
            BalanceBar(NATURES.get(fund.nature, fund.name), fund.total, fund.available, fund.reserved)
            for fund in funds
        ])
        self.show_title(tr("可用余额 {free}", free=format_yuan(free)), tr("单位：元"))


class MonthlyCard(ChartCard):
    """月度支出: what was paid in each month."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.chart = MonthlyChart()
        nothing = tr("今年还没有支付。财政支付后这里按月显示。")
        super().__init__(tr("月度支出"), self.chart, nothing, "chart", parent)

    def show_months(self, months: Sequence[Decimal], bars: Sequence[Execution]) -> None:
        """Show these months beside the year's money."""
        self.chart.set_months(months, sum((bar.total for bar in bars), ZERO))
        self.show_title(tr("今年支付 {total}", total=format_yuan(sum(months, ZERO))), tr("单位：元"))


class GoalsCard(ChartCard):
    """绩效目标: how far the coming year's goal forms are filled."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.chart = CompletionChart()
        nothing = tr("还没有绩效目标。在“绩效目标”里从指标库勾选。")
        super().__init__(tr("绩效目标填报"), self.chart, nothing, "target", parent)

    def show_goals(self, goals: Sequence[GoalProgress], year: int) -> None:
        """Show these goals of a year, the least filled first."""
        ranked = sorted(goals, key=lambda goal: (goal.points >= goal.total, goal.points))[:MOST_GOALS]
        self.chart.set_bars([CompletionBar(goal.project, goal.points, goal.total) for goal in ranked])
        full = sum(goal.points >= goal.total for goal in goals)
        self.show_title(tr("{year} 年绩效目标", year=year),
                        tr("{full}/{count} 个已填满分值", full=full, count=len(goals)))


@dataclass(frozen=True, slots=True)
class Tile:
    """A line of the calendar: two short words on a tile, what it is, how long still; `near` colours it amber."""

    upper: str
    lower: str
    title: str
    note: str
    near: bool = False


def tiles(view: HomePageView, budget_year: int) -> list[Tile]:
    """Return the lines of the calendar card."""
    most = MOST_TILES - 1 if view.ceilings else MOST_TILES
    found = [Tile(f"{one.day:%m-%d}", words.weekday(one.day), words.due_title(one), words.due_left(one), one.near)
             for one in soonest(view.due, most)]
    if view.ceilings:
        title = tr("{year} 年预算控制数已下达", year=budget_year)
        note = tr("二上预算已送达财政") if view.budget_sent else tr("二上预算还没有送达财政")
        found.insert(1, Tile(tr("二上"), str(budget_year), title, note, near=not view.budget_sent))
    return found


class CalendarCard(Panel):
    """日历与提醒.

    Signals:
        all_requested(): 全部.
    """

    all_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.tiles, every = TileList(), Button(tr("全部"), "link")
        every.setAccessibleName(tr("全部日程"))
        every.clicked.connect(self.all_requested)
        self.body.addWidget(SectionTitle(tr("日历与提醒"), "", every))
        self.body.addWidget(self.tiles, 1)


class TileList(Drawn):
    """The lines of the calendar, painted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown: tuple[Tile, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_tiles(self, shown: Sequence[Tile]) -> None:
        """Show these lines."""
        self.shown = tuple(shown)
        words = "；".join(f"{one.upper} {one.lower} {one.title}，{one.note}" for one in shown)
        self.setAccessibleName(words)
        self.setToolTip("\n".join(f"{one.title}，{one.note}" for one in shown))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(280, max(1, len(self.shown)) * px(PITCH))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, max(1, len(self.shown)) * px(LEAST_PITCH))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self.shown:
            return
        pitch = min(px(PITCH), self.height() // len(self.shown))
        for at, one in enumerate(self.shown):
            tile = QRect(0, at * pitch + 4, px(TILE_WIDTH), px(TILE_HEIGHT))
            draw_box(painter, tile, "warnbg" if one.near else "draftbg")
            tone = "warn" if one.near else "text"
            half = tile.height() // 2
            upper = QRect(tile.left(), tile.top() + 2, tile.width(), half)
            draw_text(painter, upper, one.upper, font(bold=True), tone, CENTER)
            lower = QRect(tile.left(), tile.top() + half - 1, tile.width(), half)
            draw_text(painter, lower, one.lower, font("caption"), tone if one.near else "text2", CENTER)
            left = tile.right() + 13
            line = QRect(left, tile.top(), self.width() - left, half + 1)
            draw_text(painter, line, one.title, font(), "text", LEFT)
            note = QRect(left, tile.top() + half, self.width() - left, half)
            draw_text(painter, note, one.note, font("caption"), "warn" if one.near else "text2", LEFT)
