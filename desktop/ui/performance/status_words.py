"""Short words about the work: when it was saved; target, last year's and the difference for the status bar."""

from datetime import date

from desktop.domain.goal import GoalLine
from desktop.domain.goal_targets import target_number
from desktop.texts import tr
from desktop.ui.kit.numbers import format_number
from desktop.ui.performance.goal_lines import shown_target
from desktop.ui.performance.session import PerformanceSession
from desktop.ui.shell.state import Segment


def segments(line: GoalLine) -> list[Segment]:
    """Return label and value from left to right."""
    found = [Segment(tr("指标值"), f"{shown_target(line.target) or tr('未填')} {line.unit}".strip())]
    if line.last_target:
        found.append(Segment(tr("上年"), f"{shown_target(line.last_target)} {line.unit}".strip()))
    now, before = target_number(line.target), target_number(line.last_target)
    if now is not None and before is not None:
        found.append(Segment(tr("比上年"), format_number(now - before)))
    return found


def saved_words(session: PerformanceSession, today: date) -> str:
    """Return when project or goal was written last, empty while neither may be typed into."""
    at = max((one.updated_at for one in session.documents()), default="")
    when = at[11:16] if at.startswith(today.isoformat()) else at[5:16].replace("T", " ")
    free = session.goal_editable() or session.project_editable()
    return tr("{time} 已自动保存", time=when) if at and free else ""


def empty_words(*, needed: bool) -> str:
    """Return what stands in the place of a goal that is not there."""
    if needed:
        return tr("这个项目还没有绩效目标。申请资金前要从指标库选好指标、填好分值。")
    return tr("人员类和公用经费项目不填绩效目标。")
