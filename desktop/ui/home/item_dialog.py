"""添加事项: what to do, until when, once or every month."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from desktop.domain.own_items import MONTHLY, ONCE, TITLE_MOST, OwnItem
from desktop.texts import tr
from desktop.ui.kit.choices import Choice
from desktop.ui.kit.dates import NotADate, parse_date
from desktop.ui.kit.dialogs import Question, Verb
from desktop.ui.kit.inputs import Field, LineInput, SelectInput

KEEP, REMOVE, BACK = "keep", "remove", "back"
_REPEATS = (Choice(ONCE, tr("只办一次")), Choice(MONTHLY, tr("每月一次")))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was written."""

    title: str
    due: date | None
    repeats: str


class ItemDialog(Question):
    """The form; its verb stays grey until there is a title and the date can be read.

    Args:
        today: Fills in what a short date leaves out.
        item: The line to be changed; a new one without it.
    """

    def __init__(self, today: date, item: OwnItem | None = None, parent: QWidget | None = None) -> None:
        verbs = [Verb(KEEP, tr("添加") if item is None else tr("保存"), "primary")]
        if item is not None:
            verbs.append(Verb(REMOVE, tr("删除这一项"), "danger"))
        title = tr("添加一件要记住的事") if item is None else tr("修改事项")
        body = tr("写在首页的“必须做”里，办完按空格打勾。只在本单位这台电脑上看到，不会报送。")
        super().__init__(title, body, [*verbs, Verb(BACK, tr("返回"))], default=KEEP, parent=parent)
        self._today = today
        self.title = LineInput(item.title if item is not None else "", tr("例如：装订凭证"))
        self.title.setMaxLength(TITLE_MOST)
        self.due = LineInput(item.due.isoformat() if item is not None and item.due is not None else "",
                             tr("可以不填；1127 或 2026-11-27"))
        self.repeats = SelectInput(_REPEATS)
        self.repeats.set_code(item.repeats if item is not None else ONCE)
        for field, word in ((self.repeats, tr("多久一次")), (self.due, tr("期限")), (self.title, tr("做什么"))):
            field.setAccessibleName(word)
        for field, word in ((self.title, tr("做什么")), (self.due, tr("期限")), (self.repeats, tr("多久一次"))):
            self.add_field(Field(word, field))
        self.title.textChanged.connect(self._look)
        self.due.textChanged.connect(self._look)
        self.title.setFocus()
        self._look()

    def wanted(self) -> Wanted:
        """Return what is written; only asked after `keep`."""
        chosen = self.repeats.choice()
        return Wanted(self.title.text().strip(), self._due(), chosen.code if chosen is not None else ONCE)

    def _due(self) -> date | None:
        return parse_date(self.due.text(), self._today.year, self._today.month)

    def _look(self) -> None:
        try:
            self._due()
            self.due.set_error("", "")
            readable = True
        except NotADate as problem:
            self.due.set_error(str(problem), "error")
            readable = False
        self.buttons[KEEP].setEnabled(bool(self.title.text().strip()) and readable)
