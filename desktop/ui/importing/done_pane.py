"""Step 5: what came in, where it is seen, and the one step that takes it back."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.money import format_yuan
from desktop.texts import tr
from desktop.ui.importing.session import ImportSession
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.labels import Label
from desktop.ui.kit.panels import Icon
from desktop.ui.kit.typography import px


class DonePane(QWidget):
    """The last step."""

    def __init__(self, session: ImportSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._icon = Icon("check-circle", "ok", 48)
        self.title, self.body = Label("", "title"), Label("", tone="text2", wrap=True)
        self.body.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.look = Button(tr("去看"), "primary", "eye", tall=True)
        self.undo = Button(tr("撤销导入"), "second", "undo", tall=True)
        self.again = Button(tr("再导入一个"), "flat", "plus", tall=True)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        for button in (self.look, self.undo, self.again):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(12)
        column.addStretch(1)
        for part in (self._icon, self.title):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.body)
        column.addSpacing(px(8))
        column.addLayout(buttons)
        column.addStretch(2)
        self.look.clicked.connect(self._look)
        self.undo.clicked.connect(session.undo)
        self.again.clicked.connect(session.again)

    def show_state(self) -> None:
        """Say what was done, or that it was taken back."""
        done, target = self._session.done, self._session.target
        if done is None:
            return
        self.undo.setVisible(not self._session.undone)
        self.look.setVisible(not self._session.undone)
        if self._session.undone:
            self._icon.set_icon("undo", "text2")
            self.title.setText(tr("已撤销这次导入"))
            self.body.setText(tr("带进来的内容都已撤掉，别的没有动。"))
            return
        self._icon.set_icon("check-circle", "ok")
        parts = []
        if done.added:
            parts.append(tr("新增 {count} {one}", count=done.added, one=target.one))
        if done.changed:
            parts.append(tr("覆盖 {count} {one}", count=done.changed, one=target.one))
        self.title.setText("，".join(parts) or tr("没有需要写入的内容"))
        said = tr("合计 {total} 元。", total=format_yuan(done.total))
        if done.with_errors:
            said += tr("其中 {count} 份还没填全或不合规定，已存为草稿，补齐后再送复核。", count=done.with_errors)
        said += tr("没有再改动以前，都可以整批撤销。")
        self.body.setText(said)

    def _look(self) -> None:
        done = self._session.done
        if done is not None:
            self._session.context.open_page(done.page, done.argument)

    def panes(self) -> Sequence[QWidget]:
        """Return what F6 walks through."""
        return (self.look,)
