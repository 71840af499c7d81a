"""The thin strip over everything: the practice workspace, a past year, or a workspace that is for reading only."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.texts import tr
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.icons import qcolor
from desktop.ui.kit.labels import Label
from desktop.ui.shell.state import ShellState


class Strip(QWidget):
    """Amber, shown only when there is something to say.

    Signals:
        back_wanted(): Back from a past year to this one.
    """

    back_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._label = Label("", "caption", "warn", bold=True)
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.back = Button("", "link")
        self.back.set_caption()
        self.back.clicked.connect(self.back_wanted)
        self.setAutoFillBackground(True)
        colors = self.palette()
        colors.setColor(colors.ColorRole.Window, qcolor("warnbg"))
        self.setPalette(colors)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 8, 2)
        row.setSpacing(12)
        row.addStretch(1)
        row.addWidget(self._label)
        row.addWidget(self.back)
        row.addStretch(1)

    def show_state(self, state: ShellState) -> None:
        """Show what is to be known all the time."""
        past = tr("正在查看 {year} 年（往年）", year=state.year) if state.past else ""
        words = "　｜　".join(part for part in (state.strip, past) if part)
        self._label.setText(words)
        self.back.setText(tr("回到 {year} 年", year=state.this_year))
        self.back.setVisible(state.past)
        self.setVisible(bool(words))

    def words(self) -> str:
        """Return what is shown."""
        return self._label.text()
