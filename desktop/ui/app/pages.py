"""The pages of the window in the order of the navigation; each module is imported when its page is first shown."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

from PySide6.QtWidgets import QWidget

from desktop.texts import tr
from desktop.ui.app.routes import BUDGET, HOME, PAYMENT, PERFORMANCE, SYNC
from desktop.ui.context import Context
from desktop.ui.shell.main_window import MainWindow


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page: key, word, icon, pinyin initials for the search, and where its class lies."""

    key: str
    text: str
    icon: str
    initials: str
    module: str = ""
    name: str = ""
    with_tabs: bool = False  # its documents are tabs of the window


PAGES = (
    PageEntry(HOME, tr("首页"), "home", "sy", "desktop.ui.home.page", "HomePage"),
    PageEntry(BUDGET, tr("部门预算"), "table", "bmys", "desktop.ui.budget.page", "BudgetPage"),
    PageEntry(PERFORMANCE, tr("绩效目标"), "target", "jxmb", "desktop.ui.performance.page", "PerformancePage"),
    PageEntry(PAYMENT, tr("支付申请"), "receipt", "zfsq", "desktop.ui.payment.page", "PaymentPage", with_tabs=True),
    PageEntry(SYNC, tr("同步中心"), "sync", "tbzx"),
)


class MakePage(Protocol):
    """The class of a page."""

    def __call__(self, context: Context, *window: MainWindow) -> QWidget: ...


def factory(entry: PageEntry, context: Context, window: MainWindow) -> Callable[[], QWidget]:
    """Return what makes the page; its module is imported only then, so that the window is there at once."""

    def make() -> QWidget:
        made = cast(MakePage, getattr(import_module(entry.module), entry.name))
        return made(context, window) if entry.with_tabs else made(context)

    return make
