"""What is said over project and goal: what could not be saved, where the document stands, one piece of advice."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.document import Document, State
from desktop.domain.goal_weights import profile_for, unreachable
from desktop.domain.problem import Problem
from desktop.texts import tr
from desktop.texts.problems import describe
from desktop.texts.states import pill
from desktop.ui.documents.actions import Act
from desktop.ui.documents.approval import guidance
from desktop.ui.documents.content import Autosave
from desktop.ui.documents.unsaved import UnsavedBand
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.panels import Band
from desktop.ui.kit.typography import px
from desktop.ui.performance import proposal
from desktop.ui.performance.session import PerformanceSession
from desktop.ui.performance.stepping import Stepping

# The most urgent advice first; one piece is shown, the others wait until it is followed or closed.
CHANGES, SUGGESTION, PROFILE, POINTS = range(4)
_COST = "P-11"
LOW = 600  # height of a window, logical pixels at 10 pt: below, advice has no room beside findings


class Bands(QWidget):
    """Bands never pile up: beside what could not be saved and where the document stands, one piece of advice.

    Signals:
        adopted(): 采用建议: the proposed points.
        profile_wanted(str): Code of the profile that is advised.
    """

    adopted = Signal()
    profile_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reopen = Button(tr("更正并重报"), "tonal", "pencil")
        self.adopt = Button(tr("采用建议"), "link")
        self.standing = Band("neutral", "", self.reopen)
        self.turn = Button(tr("换方案"), "link")
        self.profile = Band("info", "", self.turn, title=tr("分值方案"))
        self.proposal = Band("info", "", self.adopt, title=tr("建议分值"), closable=True)
        self._unsaved: UnsavedBand | None = None
        self._advice: list[tuple[int, Band]] = []
        self._wanted: set[Band] = set()
        self._dismissed: set[str] = set()
        self._occupied: Callable[[], bool] = lambda: False
        self._project = self._advised = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 8, 12, 8)
        self._column.setSpacing(8)
        self._column.addWidget(self.standing)
        self.standing.hide()
        self.add_advice(self.profile, PROFILE)
        self.add_advice(self.proposal, POINTS)
        self.adopt.clicked.connect(self.adopted)
        self.proposal.closed.connect(self._dismiss)
        self.turn.clicked.connect(lambda checked: self.profile_wanted.emit(self._advised))

    def add_advice(self, band: Band, urgency: int) -> None:
        """Give a band its place among the advice; hidden until `want` asks for it.

        Args:
            band: Its owner sets its words.
            urgency: `CHANGES`, `SUGGESTION`, `PROFILE` or `POINTS`.
        """
        self._advice = sorted([*self._advice, (urgency, band)], key=lambda pair: pair[0])
        self._column.addWidget(band)
        band.hide()

    def give_way(self, occupied: Callable[[], bool]) -> None:
        """Keep advice back in a low window while its place is taken; `fit` must be called when that changes."""
        self._occupied = occupied

    def want(self, band: Band, on: bool) -> None:
        """Say whether a piece of advice has something to say now."""
        (self._wanted.add if on else self._wanted.discard)(band)
        self.fit()

    def fit(self) -> None:
        """Show the most urgent advice, and the bands' place while one of them says something."""
        front = next((band for _, band in self._advice if band in self._wanted), None)
        if self.window().height() < px(LOW) and self._occupied():
            front = None
        for _, band in self._advice:
            band.setVisible(band is front)
        bands = (self._unsaved, self.standing, front)
        self.setVisible(any(band is not None and not band.isHidden() for band in bands))

    def show_unsaved(self, saving: Autosave[Any] | None) -> None:
        """Say over everything what of the project on the bench can't be saved."""
        if self._unsaved is not None:
            self._unsaved.deleteLater()
        self._unsaved = UnsavedBand(saving) if saving is not None else None
        if self._unsaved is not None:
            self._column.insertWidget(0, self._unsaved)

    def show_standing(self, session: PerformanceSession, stepping: Stepping, document: Document | None) -> None:
        """Say where the document in front stands when it cannot be typed into, or why it came back."""
        reason = session.locked_reason(document)
        comment = document.comment if document is not None else None
        returned = document is not None and comment is not None and document.state in (State.RETURNED, State.DRAFT)
        self.standing.setVisible(bool(reason) or returned)
        self.reopen.setVisible(Act.REOPEN in stepping.acts())
        if comment is not None and returned:
            when = comment.at[:16].replace("T", " ")
            self.standing.set_content("error", f"{comment.by} {when}：{comment.text}", tr("已退回"))
        elif reason and document is not None:
            said = guidance(stepping.acts()) or f"{reason}。"
            self.standing.set_content("neutral", said, pill(document.state))
        self.fit()

    def show_proposal(self, session: PerformanceSession, *, on_goal: bool) -> None:
        """Offer the points that the library suggests, unless they were dismissed for this project."""
        self._project = session.project.head.doc_id
        goal = session.goal
        proposed = proposal.by_library(session) if session.goal_editable() and on_goal else None
        differs = goal is not None and proposed is not None and proposal.differing(goal, proposed) > 0
        if goal is not None and proposed is not None and differs:
            said = [proposal.sentence(goal, proposed), *(describe(one).sentence for one in _unreached(session))]
            self.proposal.set_content("info", "".join(said), tr("建议分值"))
        self.want(self.proposal, differs and self._project not in self._dismissed)

    def show_profile(self, session: PerformanceSession, *, on_goal: bool) -> None:
        """Advise the profile for the kind of project where the present one has no points for cost (P-11)."""
        goal, profiles = session.goal, session.desk.profiles
        lacking = any(one.code == _COST and one.where == "profile" for one in session.look.goal_problems)
        self._advised = profile_for(session.project, profiles) if lacking else ""
        advised = profiles.get(self._advised)
        useful = goal is not None and advised is not None and advised.code != goal.profile
        if useful and advised is not None:
            said = tr("工程、大型修缮和采购类项目要设成本指标，建议换成“{name}”。", name=advised.name)
            self.profile.set_content("info", said, tr("分值方案"))
        self.want(self.profile, useful and on_goal and session.goal_editable())

    def _dismiss(self) -> None:
        self._dismissed.add(self._project)
        self.want(self.proposal, False)


def _unreached(session: PerformanceSession) -> list[Problem]:
    """Return why no points at all reach the goal's profile."""
    goal = session.goal
    profile = session.desk.profiles.get(goal.profile) if goal is not None else None
    return unreachable(goal, profile) if goal is not None and profile is not None else []
