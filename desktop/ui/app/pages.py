"""The pages of the window in the order of the navigation; each module is imported when its page is first shown."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from PySide6.QtWidgets import QWidget

from desktop.domain.document import Post
from desktop.texts import tr
from desktop.ui.app.routes import BASICS, BUDGET, HELP, HOME, PAYMENT, PERFORMANCE, SETTINGS, SYNC

EVERYBODY = tuple(Post)
# The head signs what others send; sending is not the head's.
SENDERS = (Post.MAKER, Post.CHECKER, Post.SIGNER)


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page: key, word, icon, pinyin initials for the search, where its class lies, and for whom it is.

    Attributes:
        with_window: Its class is given the window too: its documents are tabs, or it opens dialogs over it.
        posts: Who sees it.
        foot: Whether it stands in the group at the foot.
    """

    key: str
    text: str
    icon: str
    initials: str
    module: str = ""
    name: str = ""
    with_window: bool = False
    posts: tuple[Post, ...] = EVERYBODY
    foot: bool = False


_ENTRIES = (
    PageEntry(HOME, tr("首页"), "home", "sy", "desktop.ui.home.page", "HomePage"),
    PageEntry(BUDGET, tr("部门预算"), "table", "bmys", "desktop.ui.budget.page", "BudgetPage"),
    PageEntry(PERFORMANCE, tr("绩效目标"), "target", "jxmb", "desktop.ui.performance.page", "PerformancePage"),
    PageEntry(PAYMENT, tr("支付申请"), "receipt", "zfsq", "desktop.ui.payment.page", "PaymentPage", with_window=True),
    PageEntry(SYNC, tr("同步中心"), "sync", "tbzx", "desktop.ui.sync.page", "SyncPage", posts=SENDERS),
    PageEntry(BASICS, tr("基础资料"), "list", "jczl", "desktop.ui.basics.page", "BasicsPage", with_window=True),
    PageEntry(SETTINGS, tr("设置与备份"), "shield", "szybf", "desktop.ui.settings.page", "SettingsPage",
              with_window=True, foot=True),
    PageEntry(HELP, tr("帮助"), "question", "bz", "desktop.ui.help.page", "HelpPage", with_window=True, foot=True),
)


def there(module: str) -> bool:
    """Tell whether a module is part of this program."""
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # not even its package
        return False


PAGES = tuple(entry for entry in _ENTRIES if not entry.module or there(entry.module))


def pages_for(post: Post) -> list[str]:
    """Return the keys of the pages that a post sees, in their order."""
    return [entry.key for entry in PAGES if post in entry.posts]


def factory(entry: PageEntry, *given: object) -> Callable[[], QWidget]:
    """Return what makes the page of what its class is given.

    Its module is imported only then, so that the window is there at once.
    """

    def make() -> QWidget:
        made: QWidget = getattr(import_module(entry.module), entry.name)(*given)
        return made

    return make
