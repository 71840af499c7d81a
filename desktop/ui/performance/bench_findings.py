"""What the rules and unreadable cells say of project and goal, as rows of the problems panel, and their remedies."""

from PySide6.QtWidgets import QWidget

from desktop.texts import tr
from desktop.ui.kit.dialogs import ask_text
from desktop.ui.kit.problems import ProblemRow
from desktop.ui.performance import problem_rows
from desktop.ui.performance.goal_pane import GoalPane
from desktop.ui.performance.problem_rows import EXPLAIN, EXPLAINED, GOAL, PROJECT
from desktop.ui.performance.project_form import ProjectForm
from desktop.ui.performance.session import PerformanceSession


def findings(session: PerformanceSession, pane: GoalPane | None, form: ProjectForm | None) -> list[ProblemRow]:
    """Return cells that could not be read, then what the rules have found, the worst first."""
    return [*unread(pane, form), *problem_rows.rows(session)]


def unread(pane: GoalPane | None, form: ProjectForm | None) -> list[ProblemRow]:
    """Return the cells whose text could not be read."""
    found = []
    for owner, part, words in ((GOAL, pane, tr("目标")), (PROJECT, form, tr("立项"))):
        for row, key, text in part.unread() if part is not None else ():
            place = tr("{words} · 第 {row} 行", words=words, row=row + 1)
            found.append(ProblemRow("error", f"{owner}:{key}", place, text, remedy=tr("请重新输入")))
    return found


def explain(session: PerformanceSession, row: ProblemRow, page: QWidget) -> None:
    """Ask for the maker's reason where a warning wants one, and keep it."""
    if row.remedy not in (EXPLAIN, EXPLAINED):
        return
    owner = row.where.partition(":")[0]
    text = ask_text(tr("写说明"), tr("{sentence}\n说明随单据一起报送。", sentence=row.text), verb=tr("写入说明"),
                    text=session.reasons(owner).get(row.rule, ""), parent=page)
    if text is not None:
        session.acknowledge(owner, (row.rule,), text)
