"""Spans of time as people say them."""

from desktop.texts import tr


def spoken_seconds(seconds: int) -> str:
    """Return a span: 40 秒, 6 分, 2 小时 6 分, 3 天."""
    if seconds < 60:
        return tr("{count} 秒", count=seconds)
    if seconds < 3600:
        return tr("{count} 分", count=seconds // 60)
    if seconds < 86_400:
        hours, minutes = divmod(seconds // 60, 60)
        return tr("{hours} 小时 {minutes} 分", hours=hours, minutes=minutes) if minutes else tr("{h} 小时", h=hours)
    return tr("{count} 天", count=seconds // 86_400)
