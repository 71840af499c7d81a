"""The word of a document's state and the key of its pill (UX, document states)."""

from collections.abc import Mapping

from desktop.domain.document import State

# State -> (pill key of the widget kit, word)
_PILLS: Mapping[State, tuple[str, str]] = {
    State.DRAFT: ("draft", "草稿"),
    State.PRESENTED: ("to_check", "待复核"),
    State.CHECKED: ("to_sign", "待签章"),
    State.SIGNED: ("ready", "可报送"),
    State.SEALED: ("queued", "待同步"),
    State.SUBMITTED: ("delivered", "已送达"),
    State.ACCEPTED: ("delivered", "已送达"),
    State.RETURNED: ("returned", "已退回"),
    State.PAID: ("done", "已办结"),
    State.PART_REFUNDED: ("done", "部分退款"),
    State.REFUNDED: ("done", "已退款"),
    State.VOIDED: ("void", "已作废"),
}


def pill_key(state: State, problems_count: int = 0) -> str:
    """Return the key of the pill's look; a draft with errors is ``invalid``."""
    return "invalid" if state is State.DRAFT and problems_count else _PILLS[state][0]


def pill(state: State, problems_count: int = 0) -> str:
    """Return the pill's word."""
    return "有错误" if state is State.DRAFT and problems_count else _PILLS[state][1]
