"""退回经办: frequent reasons to be ticked by their numbers, and the checker's own words under them."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.texts import tr
from desktop.texts.return_reasons import MOST, RETURN_REASONS, reason_text
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.dialogs import Question, Verb
from desktop.ui.kit.inputs import TextArea
from desktop.ui.kit.labels import Label

COLUMNS = 2


class ReasonQuestion(Question):
    """Asks why; the verb stays grey until there is a reason."""

    def __init__(self, title: str, body: str, parent: QWidget | None = None) -> None:
        super().__init__(title, body, (Verb("go", tr("退回"), "primary"), Verb("back", tr("返回"))), default="go",
                         parent=parent)
        grid = QWidget()
        rows = QGridLayout(grid)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        self.ticks: list[Button] = []
        for at, reason in enumerate(RETURN_REASONS):
            tick = Button(reason.word, "second", "circle", str(at + 1), live=False,
                          tip=tr("{number}　{sentence}", number=at + 1, sentence=reason.sentence))
            tick.setCheckable(True)
            tick.setAutoDefault(False)
            tick.toggled.connect(self._look)
            key = QShortcut(QKeySequence(str(at + 1)), self)
            key.activated.connect(self._toggles(tick))
            rows.addWidget(tick, at // COLUMNS, at % COLUMNS)
            self.ticks.append(tick)
        self.add_field(grid)
        self._preview = Label("", "caption", "text2", wrap=True)
        self.own = TextArea("", tr("再写几句：哪一处、改成什么"), lines=3, most=MOST)
        self.own.setAccessibleName(tr("退回的其他原因"))
        self.own.textChanged.connect(self._look)
        self.add_field(self.own)
        self._column.addWidget(self._preview)
        self.ticks[0].setFocus(Qt.FocusReason.TabFocusReason)
        self._look()

    def reason(self) -> str:
        """Return what the maker will read; empty while there is nothing."""
        ticked = tuple(at for at, tick in enumerate(self.ticks) if tick.isChecked())
        return reason_text(ticked, self.own.toPlainText())

    @staticmethod
    def _toggles(tick: Button) -> Callable[[], None]:
        def toggle() -> None:
            tick.setFocus(Qt.FocusReason.ShortcutFocusReason)
            tick.toggle()

        return toggle

    def _look(self) -> None:
        for tick in self.ticks:
            tick.set_icon("check" if tick.isChecked() else "circle")
        reason = self.reason()
        self.buttons["go"].setEnabled(bool(reason))
        shown = tr("经办会看到：{reason}。", reason=reason) if reason else tr("至少选一条，或写一句。")
        self._preview.setText(shown)


def ask_reason(title: str, body: str, *, parent: QWidget | None = None) -> str | None:
    """Ask why a document is given back; None when the user steps back. Never an empty reason."""
    question = ReasonQuestion(title, body, parent)
    question.exec()
    reason, answer = question.reason()[:MOST], question.answer
    question.deleteLater()
    return reason if answer == "go" and reason else None
