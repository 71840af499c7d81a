"""Questions: a title that says the fact, a body that says what follows, verbs on the buttons."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.ui.kit.buttons import Button
from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.inputs import LineInput, TextArea
from desktop.ui.kit.labels import Label
from desktop.ui.kit.panels import Icon, Line
from desktop.ui.kit.typography import px

_ICONS = {"question": ("question", "accent"), "warning": ("warning", "warn"), "error": ("error", "err"),
          "info": ("info", "accent"), "ok": ("check-circle", "ok")}
_EDGE = 36  # of the window under a dialog stays to be seen, logical pixels


@dataclass(frozen=True, slots=True)
class Verb:
    """A button of a question: stable key, word (a verb, never 是/否/确定) and kind."""
    key: str
    word: str
    kind: str = "second"


class Question(QDialog):
    """A question with verbs; Esc gives the last verb's key, Enter the default's.

    Args:
        default: Key of the verb that Enter chooses; the first verb that is not dangerous when empty.
        unit_color: Colour of the unit's stripe, "" for none: every question about sending names the unit.
    """

    def __init__(self, title: str, body: str, verbs: Sequence[Verb], *, default: str = "", level: str = "question",
                 unit_color: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self._verbs, self._stripe = tuple(verbs), unit_color
        self.answer = self._verbs[-1].key
        name, color = _ICONS[level]
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        self._column.addWidget(Label(title, "section", wrap=True))
        words = Label(body, tone="text2", wrap=True, selectable=True)
        words.setMinimumWidth(px(380))
        self._column.addWidget(words)
        top = QHBoxLayout()
        top.setContentsMargins(20, 20, 20, 16)
        top.setSpacing(14)
        top.addWidget(Icon(name, color, 24), 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(self._column, 1)
        all_parts = QVBoxLayout(self)
        all_parts.setContentsMargins(6 if unit_color else 0, 0, 0, 0)
        all_parts.setSpacing(0)
        all_parts.addLayout(top, 1)
        all_parts.addWidget(Line())
        all_parts.addLayout(self._foot(default))

    def _foot(self, default: str) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 10, 20, 10)
        foot.setSpacing(8)
        foot.addStretch(1)
        safe = default or next((verb.key for verb in self._verbs if verb.kind != "danger"), self._verbs[-1].key)
        self.buttons: dict[str, Button] = {}
        for verb in reversed(self._verbs):
            button = Button(verb.word, verb.kind, tall=True)
            button.setAutoDefault(verb.key == safe)
            button.setDefault(verb.key == safe)
            button.clicked.connect(self._answered(verb.key))
            foot.addWidget(button)
            self.buttons[verb.key] = button
        self.buttons[safe].setFocus()
        return foot

    def add_words(self, words: str, tone: str = "text") -> None:
        """Put a line of words under the body."""
        self._column.addWidget(Label(words, tone=tone, wrap=True, selectable=True))

    def add_field(self, field: QWidget) -> None:
        """Put an input under the body and give it the focus."""
        self._column.addWidget(field)
        field.setFocus()

    def _answered(self, key: str) -> Callable[[], None]:
        def choose() -> None:
            self.answer = key
            self.accept()
        return choose

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), qcolor("base"))
        if self._stripe:
            painter.fillRect(0, 0, 6, self.height(), qcolor(self._stripe))


def fit_dialog(dialog: QDialog, width: int, height: int) -> None:
    """Give a dialog the size that it wishes for, as far as the window under it has room."""
    page = dialog.parentWidget()
    if page is not None:
        room = page.window().size()
        width, height = min(width, room.width() - _EDGE), min(height, room.height() - _EDGE)
    dialog.resize(width, height)


def ask(title: str, body: str, verbs: Sequence[Verb], *, default: str = "", level: str = "question",
        unit_color: str = "", parent: QWidget | None = None) -> str:
    """Ask and wait; return the key of the chosen verb. Esc and the window's cross mean the last verb.

    Args:
        title: The fact, at most 18 characters.
        body: What follows from it and what to do next.
        verbs: Most wanted first; the last must be the safe way out.
    """
    question = Question(title, body, verbs, default=default, level=level, unit_color=unit_color, parent=parent)
    question.exec()
    answer = question.answer
    question.deleteLater()
    return answer


def tell(title: str, body: str, *, level: str = "info", word: str = "知道了", parent: QWidget | None = None) -> None:
    """Say something that must be read before going on."""
    ask(title, body, (Verb("seen", word, "primary"),), level=level, parent=parent)


def ask_secret(title: str, body: str, *, verb: str = "签名", hint: str = "证书口令", unit_color: str = "",
               parent: QWidget | None = None) -> str | None:
    """Ask for a PIN; return it, or None when the user steps back or leaves it empty."""
    question = Question(title, body, (Verb("go", verb, "primary"), Verb("back", "返回")), default="go",
                        level="question", unit_color=unit_color, parent=parent)
    field = LineInput("", hint)
    field.setAccessibleName(hint)
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhNoPredictiveText)
    question.add_field(field)
    question.exec()
    secret = field.text()
    field.clear()
    question.deleteLater()
    return secret if question.answer == "go" and secret else None


def ask_text(title: str, body: str, *, verb: str, hint: str = "", text: str = "", most: int = 200,
             required: bool = True, parent: QWidget | None = None) -> str | None:
    """Ask for a sentence, as the reason of a return; None when the user steps back.

    With `required` the verb stays grey until something is written.
    """
    question = Question(title, body, (Verb("go", verb, "primary"), Verb("back", "返回")), default="go", parent=parent)
    area = TextArea(text, hint, lines=4, most=most)
    area.setAccessibleName(title)
    question.add_field(area)
    go = question.buttons["go"]
    if required:
        go.setEnabled(bool(text.strip()))
        area.textChanged.connect(lambda: go.setEnabled(bool(area.toPlainText().strip())))
    question.exec()
    written = area.toPlainText().strip()
    question.deleteLater()
    return written if question.answer == "go" and (written or not required) else None


def ask_line(title: str, body: str, *, verb: str, hint: str, parent: QWidget | None = None) -> str | None:
    """Ask for a few words on one line; None when the user steps back or leaves it empty."""
    question = Question(title, body, (Verb("go", verb, "primary"), Verb("back", "返回")), default="go", parent=parent)
    field = LineInput("", hint)
    field.setAccessibleName(hint)
    question.add_field(field)
    question.exec()
    typed = field.text().strip()
    question.deleteLater()
    return typed if question.answer == "go" and typed else None
