"""The cards of the home page: how the year's money stands, and what the calendar holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.money import ZERO, format_yuan
from desktop.texts import tr
from desktop.texts.words import NATURES
from desktop.ui.charts.balance import BalanceBar, BalanceChart
from desktop.ui.charts.bullet import BulletBar, BulletChart
from desktop.ui.home.reading import HomePageView
from desktop.ui.kit.drawn import Drawn
from desktop.ui.kit.paint import CENTER, LEFT, draw_box, draw_text
from desktop.ui.kit.panels import EmptyState, Panel, SectionTitle
from desktop.ui.kit.typography import font, px
from desktop.usecases.home import Execution, FundBalance

TILE_WIDTH, TILE_HEIGHT, PITCH, LEAST_PITCH = 52, 40, 55, 46
_NEAR_DAYS = 5
_WEEKDAYS = "一二三四五六日"


def time_gone(today: date) -> Decimal:
    """Return the share of the year that has gone, 0 to 1."""
    first, last = date(today.year, 1, 1), date(today.year, 12, 31)
    return Decimal((today - first).days + 1) / Decimal((last - first).days + 1)


class ExecutionCard(Panel):
    """预算执行: bars by class of project."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.chart, self._title = BulletChart(), SectionTitle(tr("预算执行"))
        self._empty = EmptyState(tr("还没有下达指标。同步后这里显示执行进度。"), icon="chart")
        self.body.addWidget(self._title)
        self.body.addWidget(self.chart, 1)
        self.body.addWidget(self._empty, 1)

    def show_execution(self, bars: Sequence[Execution], today: date) -> None:
        """Show these bars."""
        total = sum((bar.total for bar in bars), ZERO)
        paid = sum((bar.paid for bar in bars), ZERO)
        share = f"{paid / total * 100:.1f}%" if total else ""
        gone = time_gone(today)
        self._title.set_text(tr("预算执行 {share}", share=share).strip(),
                             tr("时间进度 {gone}%", gone=f"{gone * 100:.1f}") if bars else "")
        self.chart.set_bars([BulletBar(bar.name, bar.total, bar.paid, bar.reserved) for bar in bars], gone)
        self.chart.setVisible(bool(bars))
        self._empty.setVisible(not bars)


class BalanceCard(Panel):
    """可用余额: bars by fund nature."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.chart, self._title = BalanceChart(), SectionTitle(tr("可用余额"))
        self._empty = EmptyState(tr("还没有下达指标。同步后这里显示各资金的余额。"), icon="wallet")
        self.body.addWidget(self._title)
        self.body.addWidget(self.chart, 1)
        self.body.addWidget(self._empty, 1)

    def show_funds(self, funds: Sequence[FundBalance]) -> None:
        """Show these bars."""
        free = sum((fund.available for fund in funds), ZERO)
        self._title.set_text(tr("可用余额 {free}", free=format_yuan(free)) if funds else tr("可用余额"),
                             tr("单位：元") if funds else "")
        self.chart.set_bars([
            BalanceBar(NATURES.get(fund.nature, fund.name), fund.total, fund.available, fund.reserved)
            for fund in funds
        ])
        self.chart.setVisible(bool(funds))
        self._empty.setVisible(not funds)


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
    words = {
        "month_end": tr("{month}月结账，{hour}:00 截止"),
        "next_month_end": tr("{month}月结账，{hour}:00 截止"),
        "year_end": tr("{year} 年度终了"),
    }
    found = []
    for one in view.reminders:
        title = words[one.key].format(month=one.day.month, hour=one.hour, year=one.day.year)
        note = tr("剩 {days} 个工作日", days=one.days) if one.days else tr("就是今天")
        weekday = tr("周{day}", day=_WEEKDAYS[one.day.weekday()])
        found.append(Tile(f"{one.day:%m-%d}", weekday, title, note, one.days <= _NEAR_DAYS))
    if view.ceilings:
        title = tr("{year} 年预算控制数已下达", year=budget_year)
        note = tr("二上预算已送达财政") if view.budget_sent else tr("二上预算还没有送达财政")
        found.insert(1, Tile(tr("二上"), str(budget_year), title, note, near=not view.budget_sent))
    return found


class CalendarCard(Panel):
    """日历与提醒."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.tiles = TileList()
        self.body.addWidget(SectionTitle(tr("日历与提醒")))
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
