"""The bar at the top, 44 high: which unit, which year, who sits here, search, sync."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from desktop.ui.kit import tokens
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.icons import icon, qcolor
from desktop.ui.kit.paint import hairline
from desktop.ui.kit.panels import Line
from desktop.ui.kit.typography import px
from desktop.ui.shell.bar_items import BarItem, Words, chip_words
from desktop.ui.shell.search_box import SearchBox
from desktop.ui.shell.state import ShellState

STRIPE = 6


class TopBar(QWidget):
    """Shows a `ShellState`.

    Signals:
        officer_chosen(str): Id of the person who takes the seat.
        chip_clicked(), sync_clicked(): The sync chip and the button.
    """

    officer_chosen = Signal(str)
    chip_clicked = Signal()
    sync_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stripe = ""
        self.unit, self.year, self.officer, self.chip = BarItem(), BarItem(), BarItem(), BarItem()
        self.search = SearchBox()
        self.sync = Button("一键同步", "primary", "sync", "F12", live=False)
        self.sync.setToolTip("先列出会送出的内容，核对后才开始（F12）")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 12, 1)
        row.setSpacing(6)
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
        self.chip.clicked.connect(self.chip_clicked)
        self.sync.clicked.connect(self.sync_clicked)
        self._fix_height()

    def show_state(self, state: ShellState) -> None:
        """Show who, where, when and how the sync is."""
        self._stripe = state.unit_color
        name = Words(state.unit_name, role="section")
        self.unit.show_words([Words(state.unit_code, "text2", drop=1), name],
                             tip=f"当前单位：{state.unit_code} {state.unit_name}")
        self.year.show_words([Words(f"{state.year} 年")], tip=f"预算年度 {state.year}")
        self.officer.show_words([Words(state.officer.post, "text2"), Words(state.officer.name)], "person",
                                tip=f"当前岗位：{state.officer.post} {state.officer.name}")
        self._show_officers(state)
        icon_name, tone, words = chip_words(state.chip)
        self.chip.show_words(words, icon_name, tone, tip="同步情况，点开看同步中心")
        running = bool(state.chip.running)
        self.sync.setEnabled(not running)
        self.update()

    def _show_officers(self, state: ShellState) -> None:
        if not state.officers:
            self.officer.set_menu(None)
            return
        menu = QMenu(self)
        title = QAction("换人", menu)
        title.setEnabled(False)
        menu.addAction(title)
        for other in state.officers:
            action = menu.addAction(icon("person"), f"{other.post}　{other.name}")
            action.setData(other.id)
        menu.triggered.connect(lambda action: self.officer_chosen.emit(str(action.data())))
        before = self.officer.menu()
        self.officer.set_menu(menu)
        if before is not None:
            before.deleteLater()

    def _fix_height(self) -> None:
        self.setFixedHeight(px(tokens.TOP_BAR))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ApplicationFontChange:
            self._fix_height()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), qcolor("base"))
        hairline(painter, self.rect(), "bottom")
        if self._stripe:
            painter.fillRect(0, 0, STRIPE, self.height(), qcolor(self._stripe))
