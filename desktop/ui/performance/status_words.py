"""What the status bar says of the indicator at hand: target, last year's, and the difference."""

from desktop.domain.goal import GoalLine
from desktop.domain.goal_targets import target_number
from desktop.texts import tr
from desktop.ui.kit.numbers import format_number
from desktop.ui.performance.goal_lines import shown_target
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
