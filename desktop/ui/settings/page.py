"""The page 设置与备份: sections at the left, one of them in front; every change is kept at once."""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import cast

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.texts import tr
from desktop.ui.app.guard import Guard
from desktop.ui.context import Context
from desktop.ui.kit.panels import Header, Line
from desktop.ui.kit.typography import px
from desktop.ui.settings.about import AboutSection, LockSection
from desktop.ui.settings.backups import BackupSection
from desktop.ui.settings.display import DisplaySection
from desktop.ui.settings.keeper import BackupKeeper
from desktop.ui.settings.keys import KeySection
from desktop.ui.settings.logs import LogSection
from desktop.ui.settings.network import NetworkSection
from desktop.ui.settings.restoring import Restoring
from desktop.ui.settings.section import Section
from desktop.ui.settings.side import WIDTH, Entry, Side
from desktop.ui.settings.unit import RulesSection, UnitSection
from desktop.ui.shell.main_window import MainWindow
from desktop.ui.shell.state import Segment

_PRINTING = "desktop.ui.printing.settings"
_ENTRIES = (
    Entry("display", tr("显示"), "eye"),
    Entry("print", tr("打印"), "document"),
    Entry("backup", tr("备份"), "history"),
    Entry("keys", tr("证书"), "key"),
    Entry("network", tr("网络"), "link"),
    Entry("unit", tr("单位与年度"), "bank"),
    Entry("rules", tr("规则包版本"), "book"),
    Entry("lock", tr("会话锁定"), "lock"),
    Entry("logs", tr("日志"), "list"),
    Entry("about", tr("关于"), "info"),
)


class SettingsPage(QWidget):
    """Everything about the program itself.

    Signals:
        status_changed(): `status` gives other words now.
    """

    status_changed = Signal()

    def __init__(self, context: Context, window: MainWindow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._window = context, window
        self._sections: dict[str, QWidget] = {}
        self._makers = self._made_by()
        self.side = Side(tuple(one for one in _ENTRIES if one.key in self._makers), tr("设置的各部分"))
        self._stack = QStackedWidget()
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.side)
        middle.addWidget(Line(down=True))
        middle.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Header(tr("设置与备份"), tr("改了立刻生效")))
        column.addLayout(middle, 1)
        self.side.setFixedWidth(px(WIDTH))
        self.side.chosen.connect(self._show)
        keeper = window.findChild(BackupKeeper)
        if keeper is not None:
            keeper.changed.connect(self._warn)
        self.setFocusProxy(self.side)

    def _made_by(self) -> dict[str, Callable[[], QWidget]]:
        context, window, upkeep = self._context, self._window, self._context.services.upkeep
        makers: dict[str, Callable[[], QWidget]] = {"display": lambda: DisplaySection(context, window)}
        if find_spec("desktop.ui.printing") is not None and find_spec(_PRINTING) is not None:
            makers["print"] = self._print_section
        if upkeep is not None:
            guard = window.findChild(Guard)
            assert guard is not None, "build_app makes one"
            restoring = Restoring(context, upkeep.safekeeping, guard.open_again, window)
            makers["backup"] = lambda: BackupSection(context, guard.keeper, restoring)
            makers["keys"] = lambda: KeySection(context, upkeep.keys)
            makers["network"] = lambda: NetworkSection(context, upkeep)
            makers["logs"] = lambda: LogSection(context, upkeep, guard.log_folder)
        makers["unit"] = lambda: UnitSection(context)
        makers["rules"] = lambda: RulesSection(context)
        makers["lock"] = lambda: LockSection(context, window)
        makers["about"] = AboutSection
        return makers

    def _print_section(self) -> QWidget:
        made = cast(Callable[[Context], QWidget], import_module(_PRINTING).PrintSettings)(self._context)
        if isinstance(made, Section):
            return made
        section = Section(tr("打印"))
        section.add(made)
        return section

    def open(self, argument: str) -> None:
        """Bring a section to the front by its key; the first one, or the one of before, without a key."""
        self.side.choose(argument or self.side.key() or _ENTRIES[0].key)
        self.side.setFocus()

    def refresh(self) -> None:
        """Read the section in front again."""
        if not self.side.key():
            self.side.choose(_ENTRIES[0].key)
        else:
            self._refresh(self.side.key())
        self._warn()

    def section(self, key: str) -> QWidget:
        """Return a section, made now if it was not."""
        if key not in self._sections:
            made = self._makers[key]()
            self._sections[key] = made
            self._stack.addWidget(made)
        return self._sections[key]

    def _show(self, key: str) -> None:
        self._stack.setCurrentWidget(self.section(key))
        self._refresh(key)
        self.status_changed.emit()

    def _refresh(self, key: str) -> None:
        refresh = getattr(self._sections.get(key), "refresh", None)
        if callable(refresh):
            refresh()

    def _warn(self) -> None:
        keeper = self._window.findChild(BackupKeeper)
        trouble = keeper is not None and (keeper.trouble is not None or keeper.second_trouble is not None)
        self.side.warn(frozenset({"backup"}) if trouble else frozenset())

    def panes(self) -> list[QWidget]:
        """Return the list and the section, for F6."""
        return [self.side, self._stack]

    def help_topic(self) -> str:
        """Return the help page of the section in front."""
        return f"settings/{self.side.key() or 'display'}"

    def status(self) -> tuple[tuple[Segment, ...], tuple[Segment, ...]]:
        """Return words for the status bar."""
        return (Segment("", tr("每项改动都已保存")),), ()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ApplicationFontChange and hasattr(self, "side"):
            self.side.setFixedWidth(px(WIDTH))
            self.side.scheduleDelayedItemsLayout()
        return super().event(event)
