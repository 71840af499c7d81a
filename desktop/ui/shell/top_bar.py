"""The bar at the top, 44 high: menu, which unit, which year, who sits here, search, sync."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QColor, QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from desktop.texts import tr
from desktop.ui.kit import tokens
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.drawn import Bar
from desktop.ui.kit.icons import icon, qcolor
from desktop.ui.kit.paint import hairline
from desktop.ui.kit.panels import Line
from desktop.ui.shell.bar_items import BarItem, Words, chip_words
from desktop.ui.shell.keys import key, tip
from desktop.ui.shell.search_box import SearchBox
from desktop.ui.shell.state import ShellState

STRIPE = 6
LOCK_MINUTES = (5, 15, 30, 0)  # 0: never


class TopBar(Bar):
    """Shows a `ShellState`.

    Signals:
        officer_chosen(str): Id of the person who takes the seat.
        unit_chosen(str), color_chosen(str): Key of another unit; a colour for this one, #RRGGBB.
        year_chosen(int): A year with data.
        lock_minutes_chosen(int), pin_for_all_chosen(bool): When the window locks itself, and who is asked for the PIN.
        menu_clicked(), lock_clicked(), chip_clicked(), sync_clicked(): The pieces of the bar.
    """

    officer_chosen = Signal(str)
    unit_chosen = Signal(str)
    color_chosen = Signal(str)
    year_chosen = Signal(int)
    lock_minutes_chosen = Signal(int)
    pin_for_all_chosen = Signal(bool)
    menu_clicked = Signal()
    lock_clicked = Signal()
    chip_clicked = Signal()
    sync_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tokens.TOP_BAR, parent)
        self._stripe = ""
        self.menu = Button(kind="flat", icon="menu", tip=tip("menu"))
        self.menu.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.unit, self.year, self.officer, self.chip = BarItem(), BarItem(), BarItem(), BarItem()
        self.search = SearchBox()
        self.sync = Button(key("sync").words, "primary", "sync", key("sync").keys, live=False)
        self.sync.setToolTip(tip("sync", tr("先列出会送出的内容，核对后才开始")))
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 12, 1)
        row.setSpacing(6)
        row.addWidget(self.menu)
        for at, part in enumerate((self.unit, self.year, self.officer)):
            if at:
                line = Line(down=True)
                line.setFixedHeight(20)
                row.addWidget(line)
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.search, 100)
        row.addStretch(1)
        row.addWidget(self.chip)
        row.addWidget(self.sync)
        self.chip.set_reachable(True)
        self.menu.clicked.connect(self.menu_clicked)
        self.chip.clicked.connect(self.chip_clicked)
        self.sync.clicked.connect(self.sync_clicked)

    def show_state(self, state: ShellState) -> None:
        """Show who, where, when and how the sync is."""
        self._stripe = state.unit_color
        name = Words(state.unit_name, role="section")
        words = tr("当前单位：{code} {name}", code=state.unit_code, name=state.unit_name)
        self.unit.show_words([Words(state.unit_code, "text2", drop=1), name], tip=tip("unit", words))
        self.year.show_words([Words(tr("{year} 年", year=state.year), "warn" if state.past else "text",
                                    bold=state.past)], tip=tr("预算年度 {year}，点开换年度", year=state.year))
        self.officer.show_words([Words(state.officer.post, "text2"), Words(state.officer.name)], "person",
                                tip=tr("当前岗位：{post} {name}", post=state.officer.post, name=state.officer.name))
        _replace(self.unit, self._unit_menu(state) if state.unit_code else None)
        _replace(self.year, self._year_menu(state) if state.years else None)
        _replace(self.officer, self._officer_menu(state) if state.officers else None)
        icon_name, tone, chip = chip_words(state.chip)
        self.chip.show_words(chip, icon_name, tone, tip=tr("同步情况，点开看同步中心"))
        self.sync.setEnabled(not state.chip.running)
        self.update()

    def _unit_menu(self, state: ShellState) -> QMenu:
        menu = self._titled(tr("换单位"))
        here = menu.addAction(_swatch(state.unit_color), tr("{code}　{name}（当前）", code=state.unit_code,
                                                            name=state.unit_name))
        here.setCheckable(True)
        here.setChecked(True)
        for unit in state.units:
            action = menu.addAction(_swatch(unit.color), f"{unit.code}　{unit.name}".strip())
            action.triggered.connect(lambda checked=False, at=unit.key: self.unit_chosen.emit(at))
        if not state.units:
            menu.addAction(tr("这台电脑上只有这一个单位")).setEnabled(False)
        menu.addSeparator()
        colors = menu.addMenu(_swatch(state.unit_color), tr("本单位的颜色"))
        choice = QActionGroup(colors)
        for word, value in tokens.UNIT_COLORS.items():
            action = colors.addAction(_swatch(value), word)
            action.setCheckable(True)
            action.setChecked(value == state.unit_color)
            action.triggered.connect(lambda checked=False, at=value: self.color_chosen.emit(at))
            choice.addAction(action)
        return menu

    def _year_menu(self, state: ShellState) -> QMenu:
        menu = self._titled(tr("换年度"))
        for year in state.years:
            words = tr("{year} 年（本年）", year=year) if year == state.this_year else tr("{year} 年", year=year)
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(year == state.year)
            action.triggered.connect(lambda checked=False, at=year: self.year_chosen.emit(at))
        return menu

    def _officer_menu(self, state: ShellState) -> QMenu:
        menu = self._titled(tr("换人"))
        for other in state.officers:
            action = menu.addAction(icon("person"), f"{other.post}　{other.name}")
            action.triggered.connect(lambda checked=False, at=other.id: self.officer_chosen.emit(at))
        menu.addSeparator()
        lock = menu.addAction(icon("lock"), f"{key('lock').words}\t{key('lock').keys}")
        lock.triggered.connect(self.lock_clicked)
        idle, choice = menu.addMenu(tr("没有操作时自动锁定")), QActionGroup(menu)
        for minutes in LOCK_MINUTES:
            action = idle.addAction(tr("{minutes} 分钟后", minutes=minutes) if minutes else tr("不自动锁定"))
            action.setCheckable(True)
            action.setChecked(minutes == state.lock_minutes)
            action.triggered.connect(lambda checked=False, at=minutes: self.lock_minutes_chosen.emit(at))
            choice.addAction(action)
        everybody = menu.addAction(tr("经办人就位也要口令"))
        everybody.setCheckable(True)
        everybody.setChecked(state.pin_for_all)
        everybody.triggered.connect(self.pin_for_all_chosen)
        return menu

    def _titled(self, words: str) -> QMenu:
        menu = QMenu(self)
        title = QAction(words, menu)
        title.setEnabled(False)
        menu.addAction(title)
        return menu

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), qcolor("base"))
        hairline(painter, self.rect(), "bottom")
        if self._stripe:
            painter.fillRect(0, 0, STRIPE, self.height(), QColor(self._stripe))


def _replace(item: BarItem, menu: QMenu | None) -> None:
    """Give a piece another menu, unless the user is in the old one right now."""
    before = item.menu()
    if before is not None and before.isVisible():
        if menu is not None:
            menu.deleteLater()
        return
    item.set_menu(menu)
    if before is not None:
        before.deleteLater()


def _swatch(color: str) -> QIcon:
    """Return a small square of a unit's colour."""
    made = QPixmap(16, 16)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.fillRect(5, 1, STRIPE, 14, QColor(color))
    painter.end()
    return QIcon(made)
