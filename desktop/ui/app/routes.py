"""Which page shows what: one table for the home page, the search box, the check sheet and the result of a run."""

from collections.abc import Mapping

from desktop.domain.head import Kind

HOME, BUDGET, PERFORMANCE, PAYMENT, SYNC = "home", "budget", "performance", "voucher", "sync"
BASICS, SETTINGS, HELP = "basics", "settings", "help"
LIBRARY_CHANGES = "library-changes"  # 什么变了: a tab over PERFORMANCE
# The tabs of the page SYNC.
CHECK, RUN, HISTORY = "check", "run", "history"

PAGE_OF_KIND: Mapping[Kind, str] = {
    Kind.PROJECT: PERFORMANCE,
    Kind.GOAL: PERFORMANCE,
    Kind.BUDGET_UP2: BUDGET,
    Kind.VOUCHER: PAYMENT,
}
# Other names under which pages ask for a page.
_ALSO: Mapping[str, str] = {"payment": PAYMENT, "goal": PERFORMANCE, "project": PERFORMANCE}


def page_key(name: str) -> str:
    """Return the key of the page that goes by this name."""
    return _ALSO.get(name, name)
