"""Words of the home page: what must be done, why, until when, and the button that goes there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop.domain.head import SENDING_ORDER
from desktop.domain.home_rules import ChecklistEntry, MonthEnd, Urgency
from desktop.domain.money import format_yuan
from desktop.domain.year_calendar import Due
from desktop.texts import tr
from desktop.texts.words import COUNTERS, KINDS

# By the first part of the key: title, reason, button.
_TEXTS: Mapping[str, tuple[str, str, str]] = {
    "returned": ("{what}被退回", "{reasons}", "去处理"),
    "errors": ("{what}有错误", "{reasons}", "逐条查看"),
    "goals": ("{count} 个项目没有绩效目标", "{names}", "去填写"),
    "to_check": ("{what}待复核", "须由经办以外的人复核", "去复核"),
    "to_sign": ("{what}待签章", "须由经办、复核以外的人签章", "去签章"),
    "ready": ("{what}可报送，尚未送出", "{sum}", "核对并同步"),
    "sealed": ("{what}已签名，等待送出", "网络恢复后再次同步即可", "继续同步"),
    "drafts": ("{what}草稿", "还没有送复核", "继续填"),
    "own": ("{title}", "{note}", "办完了"),
}
_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class HomeText:
    """One line of the list as people read it; empty where there is nothing to say."""

    title: str
    reason: str
    due: str
    button: str


def entry(item: ChecklistEntry, today: date) -> HomeText:
    """Return the words of one entry."""
    name = item.key.partition(".")[0]
    title, reason, button = _TEXTS[name]
    if name in ("to_check", "to_sign") and item.urgency is Urgency.INFO:
        button = "查看"  # somebody else's step: this person can only look
    total = "" if item.amount is None else tr("合计 {amount} 元", amount=format_yuan(item.amount))
    places = {**item.facts, "what": _what(item.facts), "sum": total, "note": _note(item.facts)}
    return HomeText(tr(title, **places), tr(reason, **places), _due(item, today), button)


def month_end_title(closing: MonthEnd) -> str:
    """Return the head line of the page: 11月还有 5 个工作日结账."""
    if closing.passed:
        return tr("{month}月已过结账日", month=closing.deadline.month)
    if not closing.working_days:
        return tr("{deadline.month}月{deadline.day}日 {hour}:00 结账", deadline=closing.deadline, hour=closing.hour)
    return tr("{month}月还有 {days} 个工作日结账", month=closing.deadline.month, days=closing.working_days)


def month_end_line(closing: MonthEnd, today: date) -> str:
    """Return the line below it: 截止 11-27（周五）18:00 · 今天 2026-11-20 周五."""
    return tr(
        "截止 {deadline:%m-%d}（周{deadline_day}）{hour}:00 · 今天 {today:%Y-%m-%d} 周{today_day}",
        deadline=closing.deadline,
        deadline_day=_WEEKDAYS[closing.deadline.weekday()],
        hour=closing.hour,
        today=today,
        today_day=_WEEKDAYS[today.weekday()],
    )


def weekday(day: date) -> str:
    """Return 周五."""
    return tr("周{day}", day=_WEEKDAYS[day.weekday()])


def due_title(due: Due) -> str:
    """Return what ends: 11月结账，18:00 截止."""
    places = {"month": str(due.day.month), "year": str(due.day.year), "next": str(due.day.year + 1)}
    title = due.deadline.title
    for name, value in places.items():
        title = title.replace("{" + name + "}", value)
    return tr("{title}，{hour}:00 截止", title=title, hour=due.deadline.hour) if due.deadline.hour else title


def due_left(due: Due) -> str:
    """Return how long still: 剩 5 个工作日."""
    return tr("剩 {days} 个工作日", days=due.days) if due.days else tr("就是今天")


def _what(facts: Mapping[str, str]) -> str:
    """Name the documents: 2 张支付申请、1 份二上预算."""
    counts = {facts["kind"]: facts["count"]} if "kind" in facts else facts
    kinds = [kind.value for kind in SENDING_ORDER if kind.value in counts]
    return "、".join(f"{counts[kind]} {COUNTERS[kind]}{KINDS[kind]}" for kind in kinds)


def _note(facts: Mapping[str, str]) -> str:
    return "自己添加的事项，每月一次" if facts.get("monthly") else "自己添加的事项"


def _due(item: ChecklistEntry, today: date) -> str:
    if item.key.startswith("returned") and item.since is not None:
        days = (today - item.since).days
        return tr("最早 {days} 天前", days=days) if days > 0 else "今天退回"
    if item.due is None:
        return ""
    if item.due < today:
        return tr("已过 {days} 天", days=(today - item.due).days)
    return tr("截止 {due:%m-%d}" if item.due.year == today.year else "截止 {due:%Y-%m-%d}", due=item.due)
