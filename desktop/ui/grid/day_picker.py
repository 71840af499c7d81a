"""The calendar of date cells (F2 in an open cell, or F7): arrows move, Enter takes the day, Esc leaves the cell."""

import datetime

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QHBoxLayout, QTableView, QVBoxLayout, QWidget

from desktop.texts import tr
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.labels import Label
from desktop.ui.kit.typography import px

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}


class DayPicker(QFrame):
    """A popup under a cell with one month.

    Signals:
        taken(object): The day, a datetime.date.
    """

    taken = Signal(object)

    def __init__(self, parent: QWidget, day: datetime.date | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(tr("日历"))
        self.setFrameStyle(QFrame.Shape.Box | QFrame.Shadow.Plain)
        colors = self.palette()
        colors.setColor(colors.ColorRole.WindowText, qcolor("ctl"))
        colors.setColor(colors.ColorRole.Window, qcolor("base"))
        self.setPalette(colors)
        self.setAutoFillBackground(True)
        self.calendar = QCalendarWidget()
        self.calendar.setLocale(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
        self.calendar.setNavigationBarVisible(False)
        self.calendar.setMinimumSize(px(280), px(190))
        self._color_days()
        self._month = Label("", "section", bold=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(6)
        column.addLayout(self._head())
        column.addWidget(self.calendar)
        column.addWidget(Label(tr("翻页键换月　Enter 填入　Esc 不填"), "caption", "text2"))
        self.calendar.currentPageChanged.connect(lambda _year, _month: self._show_month())
        self.calendar.clicked.connect(lambda _day: self._take())
        self.calendar.installEventFilter(self)
        table = self.calendar.findChild(QTableView)
        if table is not None:
            table.installEventFilter(self)
        self.setFocusProxy(self.calendar)
        if day is not None:
            self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self._show_month()

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        before, after = Button(tr("上月"), "flat"), Button(tr("下月"), "flat")
        today = Button(tr("今天"), "flat")
        before.clicked.connect(lambda: self._move_months(-1))
        after.clicked.connect(lambda: self._move_months(1))
        today.clicked.connect(lambda: self.calendar.setSelectedDate(QDate.currentDate()))
        head.addWidget(self._month, 1)
        for button in (before, today, after):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            head.addWidget(button)
        return head

    def _color_days(self) -> None:
        plain, week_end = QTextCharFormat(), QTextCharFormat()
        plain.setForeground(qcolor("text"))
        week_end.setForeground(qcolor("text2"))
        for day in Qt.DayOfWeek:
            self.calendar.setWeekdayTextFormat(
                day, week_end if day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday) else plain)
        self.calendar.setHeaderTextFormat(week_end)

    def open_at(self, box: QRect, host: QWidget) -> None:
        """Open under a cell, or above it where there is no room below; `box` in the host's coordinates."""
        self.adjustSize()
        corner = host.mapToGlobal(QPoint(box.left(), box.bottom() + 2))
        area = host.screen().availableGeometry()
        if corner.y() + self.height() > area.bottom():
            corner.setY(host.mapToGlobal(box.topLeft()).y() - self.height() - 2)
        corner.setX(max(area.left(), min(corner.x(), area.right() - self.width())))
        corner.setY(max(area.top(), corner.y()))
        self.move(corner)
        self.show()
        self.calendar.setFocus(Qt.FocusReason.PopupFocusReason)

    def day(self) -> datetime.date:
        """Return the selected day."""
        chosen = self.calendar.selectedDate()
        return datetime.date(chosen.year(), chosen.month(), chosen.day())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._take_key(Qt.Key(event.key()))
        return False

    def _take_key(self, key: Qt.Key) -> bool:
        if key in _STEPS:
            self.calendar.setSelectedDate(self.calendar.selectedDate().addDays(_STEPS[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._move_months(-1 if key == Qt.Key.Key_PageUp else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_F7):
            self.close()
        else:
            return False
        return True

    def _move_months(self, by: int) -> None:
        self.calendar.setSelectedDate(self.calendar.selectedDate().addMonths(by))

    def _take(self) -> None:
        day = self.day()
        self.close()
        self.taken.emit(day)

    def _show_month(self) -> None:
        self._month.setText(tr("{year}年{month}月", year=self.calendar.yearShown(), month=self.calendar.monthShown()))
