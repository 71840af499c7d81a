"""What the library says of the line at hand: a newer edition (P-01) or that it is closed (P-03), and what to do."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.goal import GoalLine, LibraryKind
from desktop.domain.library import Indicator
from desktop.domain.library_adoption import adopted, keeps_target, kept, line_changes, placed, replaced, with_lines
from desktop.domain.library_changes import FieldChange
from desktop.texts import tr
from desktop.texts.library_changes import field_value, field_word
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.dialogs import fit_dialog
from desktop.ui.kit.icons import paint_icon, qcolor
from desktop.ui.kit.labels import Label
from desktop.ui.kit.paint import draw_text, hairline
from desktop.ui.kit.panels import Line
from desktop.ui.kit.typography import font, px
from desktop.ui.performance.changes_text import FieldChanges
from desktop.ui.performance.reading import goal_in
from desktop.ui.performance.session import PerformanceSession
from desktop.usecases.pick_indicators import in_order
from desktop.usecases.ports import Books

MOST_WORDS = 4  # fields that the sentence names
_HINTED = ("unit", "operator")  # a change of these can make a target mean something else


@dataclass(frozen=True, slots=True)
class _Newer:
    """A line with a newer edition of its indicator, and what that changes."""

    line: GoalLine
    entry: Indicator
    before: Indicator | None
    changes: Sequence[FieldChange]

    def adopted(self) -> GoalLine:
        return adopted(self.line, self.entry, self.before)


class _Strip(QWidget):
    """One line on a tint with buttons at its right; what has no room is told by the tip."""

    def __init__(self, icon: str, color: str, fill: str, *buttons: Button) -> None:
        super().__init__()
        self._icon, self._color, self._fill, self._text = icon, color, fill, ""
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 3, 12, 3)
        self._row.setSpacing(6)
        self._row.addStretch(1)
        for button in buttons:
            self._row.addWidget(button)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_text(self, text: str) -> None:
        """Show a sentence."""
        self._text = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.update()

    def text(self) -> str:
        """Return the sentence."""
        return self._text

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), qcolor(self._fill))
        hairline(painter, self.rect(), "top")
        paint_icon(painter, self._icon, 14, self.height() // 2 - 8, self._color, 16)
        shown = [button.geometry().left() for button in self.findChildren(Button) if button.isVisible()]
        room = QRect(38, 0, min(shown, default=self.width()) - 46, self.height())
        draw_text(painter, room, self._text, font(), "text")


class LineNews(QWidget):
    """A band over the line's details; hidden while the library says nothing new of it.

    Signals:
        remove_wanted(): The line is of no use any more.
    """

    remove_wanted = Signal()

    def __init__(self, session: PerformanceSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._line: GoalLine | None = None
        self._before: dict[tuple[str, str], Indicator | None] = {}
        self.look = Button(tr("看变化"), "link")
        self.adopt, self.keep = Button(tr("采用新版"), "second"), Button(tr("保留原样"), "second")
        self.newer = _Strip("info", "ready", "readybg", self.look, self.adopt, self.keep)
        self.take, self.remove = Button("", "second"), Button(tr("移出本表"), "second")
        self.closed = _Strip("error", "err", "errbg", self.take, self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.newer)
        column.addWidget(self.closed)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.look.clicked.connect(self._show_changes)
        self.adopt.clicked.connect(self._adopt)
        self.keep.clicked.connect(self._keep)
        self.take.clicked.connect(self._replace)
        self.remove.clicked.connect(self.remove_wanted)
        self.hide()

    def show_line(self, line: GoalLine | None) -> None:
        """Show what the library says of a line; in a goal that can be typed into only."""
        self._line = line
        newer = self._newer(line) if line is not None else None
        shut = line is not None and self._is_closed(line)
        self.newer.setVisible(newer is not None)
        self.closed.setVisible(shut)
        self.setVisible(newer is not None or shut)
        if newer is not None:
            self._say_newer(newer)
        elif line is not None and shut:
            self._say_closed(line)

    # -- what there is to say

    def _placed(self, entry: Indicator | None) -> Indicator | None:
        """Return an entry under the groups of the goal's form."""
        goal = self._session.goal
        profile = self._session.desk.profiles.get(goal.profile) if goal is not None else None
        return placed(entry, profile.frame) if entry is not None and profile is not None else entry

    def _entry(self, line: GoalLine) -> Indicator | None:
        facts = self._session.look.facts
        return self._placed(facts.indicators.get(line.indicator_code)) if facts is not None else None

    def _heir(self, line: GoalLine) -> Indicator | None:
        facts = self._session.look.facts
        return self._placed(facts.heirs.get(line.indicator_code)) if facts is not None else None

    def _is_closed(self, line: GoalLine) -> bool:
        goal, entry = self._session.goal, self._entry(line)
        if goal is None or line.library_kind is LibraryKind.CUSTOM or not self._session.goal_editable():
            return False
        if entry is None:  # of a line that was picked just now nothing was asked yet
            stored = goal_in(self._session.look.goal)
            return stored is not None and any(one.indicator_code == line.indicator_code for one in stored.lines)
        return not entry.is_open_in(goal.head.fiscal_year)

    def _newer(self, line: GoalLine) -> _Newer | None:
        entry = self._entry(line)
        if entry is None or line.library_kind is LibraryKind.CUSTOM or not self._session.goal_editable():
            return None
        if entry.version in (line.library_version, line.kept_version) or self._is_closed(line):
            return None
        key = (line.indicator_code, line.library_version)
        if key not in self._before:
            self._read_before(key)
        before = self._placed(self._before.get(key))
        return _Newer(line, entry, before, line_changes(line, entry, before))

    def _read_before(self, key: tuple[str, str]) -> None:
        """Ask what the indicator was when the line was taken from it; the band is said again with it."""
        self._before[key] = None

        def back(found: Indicator | None) -> None:
            self._before[key] = found
            if found is not None and self._line is not None:
                self.show_line(self._line)

        self._session.context.run(self, lambda books: _earlier(books, key), back)

    def _all_newer(self) -> list[_Newer]:
        goal = self._session.goal
        found = [self._newer(line) for line in goal.lines] if goal is not None else []
        return [one for one in found if one is not None]

    def _say_newer(self, newer: _Newer) -> None:
        words = list(dict.fromkeys(field_word(one.name) for one in newer.changes))
        more = tr("等 {count} 处", count=len(words)) if len(words) > MOST_WORDS else ""
        named = "、".join(words[:MOST_WORDS])
        said = tr("指标库有新版（{edition}）：改了{fields}{more}", edition=newer.entry.version, fields=named, more=more)
        same = tr("指标库有新版（{edition}），这一行的内容没有变", edition=newer.entry.version)
        self.newer.set_text(said if words else same)
        self.look.setVisible(bool(words))

    def _say_closed(self, line: GoalLine) -> None:
        entry, heir = self._entry(line), self._heir(line)
        until = entry.effective_to if entry is not None else ""
        what = tr("已停用（用到 {year} 年）", year=until) if until else tr("已停用，不在指标库里了")
        if heir is None:
            self.closed.set_text(tr("{what}，没有写由谁接替。请移出，另选相近的", what=what))
        elif self._has(heir):
            self.closed.set_text(tr("{what}，接替它的“{name}”已在表里", what=what, name=heir.name))
        else:
            same = keeps_target(line, heir) or not line.target.strip()
            rest = tr("换后指标值和分值保留") if same else tr("换后单位或性质不同，指标值要重填")
            self.closed.set_text(tr("{what}，{rest}", what=what, rest=rest))
            self.take.setText(tr("换成“{name}”", name=heir.name if len(heir.name) <= 12 else f"{heir.name[:11]}…"))
            self.take.setAccessibleName(tr("换成“{name}”", name=heir.name))
        self.take.setVisible(heir is not None and not self._has(heir))
        self.remove.setVisible(heir is None or self._has(heir))

    def _has(self, heir: Indicator) -> bool:
        goal = self._session.goal
        return goal is not None and any(line.indicator_code == heir.code for line in goal.lines)

    # -- what is done

    def _put(self, lines: Sequence[GoalLine], word: str) -> None:
        goal = self._session.goal
        if goal is not None and lines:
            self._session.change_goal(replace(goal, lines=in_order(with_lines(goal, lines))), word)

    def _adopt(self) -> None:
        newer = self._newer(self._line) if self._line is not None else None
        if newer is None:
            return
        self._put([newer.adopted()], tr("采用“{name}”的新版", name=newer.line.name))
        hint = next((one for one in newer.changes if one.name in _HINTED), None)
        if hint is not None and newer.line.target.strip():
            words = tr("{field}由“{old}”改为“{new}”，请核对指标值。", field=field_word(hint.name),
                       old=field_value(hint.name, hint.old), new=field_value(hint.name, hint.new))
            self._session.context.say(words, "warning")

    def _adopt_all(self) -> None:
        found = self._all_newer()
        self._put([one.adopted() for one in found], tr("采用 {count} 条指标的新版", count=len(found)))
        doubtful = [one.line.name for one in found if any(change.name in _HINTED for change in one.changes)]
        if doubtful:
            words = tr("“{names}”的计量单位或指标性质变了，请核对指标值。", names="”“".join(doubtful[:3]))
            self._session.context.say(words, "warning")

    def _keep(self) -> None:
        newer = self._newer(self._line) if self._line is not None else None
        if newer is not None:
            self._put([kept(newer.line, newer.entry)], tr("“{name}”保留原样", name=newer.line.name))

    def _replace(self) -> None:
        line, heir = self._line, self._heir(self._line) if self._line is not None else None
        if line is None or heir is None or self._has(heir):
            return
        fresh = replaced(line, heir)
        self._put([fresh], tr("换成“{name}”", name=heir.name))
        if line.target.strip() and not fresh.target:
            words = tr("已换成“{name}”。它的计量单位或性质不同，请重新填指标值。", name=heir.name)
            self._session.context.say(words, "warning")

    def _show_changes(self) -> None:
        newer = self._newer(self._line) if self._line is not None else None
        if newer is None:
            return
        dialog = ChangesDialog(newer.line.name, newer.entry.version, newer.changes, self.window(),
                               others=len(self._all_newer()))
        dialog.all.clicked.connect(self._adopt_all)
        dialog.adopt.clicked.connect(self._adopt)
        dialog.keep.clicked.connect(self._keep)
        dialog.exec()
        dialog.deleteLater()


class ChangesDialog(QDialog):
    """What the new edition changes in a line, field by field; Esc leaves everything as it is.

    Args:
        others: How many lines of the goal have a newer edition, this one counted.
    """

    def __init__(self, name: str, edition: str, changes: Sequence[FieldChange], parent: QWidget | None = None, *,
                 others: int = 1) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("指标库有新版"))
        self.setModal(True)
        self.fields = FieldChanges()
        self.fields.show_changes(changes)
        self.all = Button(tr("{count} 条都采用新版", count=others), "link")
        self.adopt = Button(tr("采用新版"), "primary")
        self.keep, self.later = Button(tr("保留原样"), "second"), Button(tr("以后再看"), "second", shortcut="Esc")
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.addWidget(self.fields)
        column.addStretch(1)
        area.setWidget(inside)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.all)
        foot.addStretch(1)
        self.all.setVisible(others > 1)
        for button in (self.all, self.adopt, self.keep, self.later):
            button.clicked.connect(self.close)
            if button is not self.all:
                foot.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 14, 16, 12)
        whole.setSpacing(10)
        whole.addWidget(Label(name, "section", wrap=True))
        about = tr("采用 {edition} 版后，这一行会这样改；指标值和分值不变。", edition=edition)
        whole.addWidget(Label(about, tone="text2", wrap=True))
        whole.addWidget(area, 1)
        whole.addWidget(Line())
        whole.addLayout(foot)
        fit_dialog(self, px(560), min(px(460), px(210) + px(96) * len(changes)))
        self.later.setFocus()


def _earlier(books: Books, key: tuple[str, str]) -> Indicator | None:
    with books:
        return books.library_log.indicators_before([key]).get(key)
