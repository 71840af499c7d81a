"""What the library beside the goal is told of it: project, levels of its form, what it holds already."""

from desktop.domain.goal import Frame, Level1
from desktop.domain.library import WeightProfile
from desktop.ui.performance.picker import Picker
from desktop.ui.performance.session import PerformanceSession


def takes(profile: WeightProfile, level: Level1) -> bool:
    """Tell whether indicators of a library's level may be picked under a profile: the older form has cost in output."""
    return bool(profile.points(level)) or (profile.frame is Frame.F2015 and level is Level1.COST)


def show_goal_in(picker: Picker, session: PerformanceSession) -> None:
    """Tell the picker of the session's goal; nothing while there is none."""
    goal, project = session.goal, session.project
    if goal is None:
        return
    profile = session.desk.profiles.get(goal.profile)
    levels = [level for level in Level1 if profile is None or takes(profile, level)]
    used = frozenset(line.indicator_code for line in goal.lines)
    picker.show_goal(project.function_code, levels, used, project_name=project.name,
                     fiscal_year=goal.head.fiscal_year, goal_id=goal.head.doc_id)
