"""常用模板 of an open voucher (Ctrl+T): shows the list, fills the voucher, and keeps what the person changes in it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.document import Post
from desktop.texts import tr
from desktop.ui.context import Context
from desktop.ui.kit.dialogs import Question, Verb
from desktop.ui.kit.inputs import LineInput
from desktop.ui.payment.session import VoucherSession
from desktop.ui.payment.template_dialog import TAKE, NameQuestion, TemplateDialog
from desktop.usecases.ports import Books
from desktop.usecases.templates import (
    NAME_MOST,
    VoucherTemplate,
    applied,
    count_use,
    keep_template,
    put_template_back,
    remove_template,
    rename_template,
    template_of,
    templates,
)

FILLED = ("payee.name", "payee.account", "payee.bank", "purpose", "lines", "amount")


def _read(books: Books) -> list[VoucherTemplate]:
    with books:
        return templates(books)


class VoucherTemplates(QObject):
    """One for each editor.

    Args:
        session: The voucher.
        window: Over which the list stands.
        commit: Takes what is being typed.

    Signals:
        filled(): The voucher was filled: the cursor may go where something is still missing.
    """

    filled = Signal()

    def __init__(self, session: VoucherSession, window: QWidget, commit: Callable[[], None]) -> None:
        super().__init__(window)
        self._session, self._window, self._commit = session, window, commit
        self._removed: VoucherTemplate | None = None
        self._dialog: TemplateDialog | None = None
        self._found: Sequence[VoucherTemplate] = ()

    @property
    def _context(self) -> Context:
        return self._session.context

    def open(self) -> None:
        """Show the templates, to fill the voucher from one or to make one of it."""
        if self._context.seat().post is not Post.MAKER:
            self._context.say(tr("常用模板由经办人使用。"), "info")
        elif self._dialog is None:
            self._commit()
            self._context.run(self, _read, self._show)

    def _show(self, found: list[VoucherTemplate]) -> None:
        voucher = self._session.voucher
        keepable = bool(voucher.payee.name or voucher.purpose)
        dialog = TemplateDialog(fillable=self._session.editable(), keepable=keepable, parent=self._window)
        self._dialog, self._removed = dialog, None
        dialog.keep_wanted.connect(self._keep)
        dialog.rename_wanted.connect(self._rename)
        dialog.remove_wanted.connect(self._remove)
        dialog.undo_wanted.connect(self._undo)
        self._take_list(found)
        if not found:
            empty = tr("还没有模板。这张单据填好后，点“把这一张存为模板”。")
            dialog.tell(empty if not keepable else tr("还没有模板。点下面的“把这一张存为模板”，下次就能套用。"))
        dialog.exec()
        chosen = dialog.current() if dialog.answer == TAKE else None
        self._dialog = None
        dialog.deleteLater()
        if self._removed is not None:
            gone = self._removed
            self._context.say(tr("已删除模板“{name}”。", name=gone.name), "ok", action=tr("撤销"),
                              call=lambda: self._put_back(gone))
        if chosen is not None:
            self._fill(chosen)

    def _take_list(self, found: Sequence[VoucherTemplate], current: str = "") -> None:
        self._found = found
        if self._dialog is not None:
            self._dialog.show_templates(found, current)

    def _fill(self, template: VoucherTemplate) -> None:
        session = self._session
        if not session.editable():
            return
        session.touched.update(FILLED)
        session.change(applied(session.voucher, template, self._context.seat().ids),
                       tr("套用模板 {name}", name=template.name))
        self._context.run(self, lambda books: count_use(books, template.template_id), lambda _: None)
        self._context.say(tr("已套用“{name}”，Ctrl+Z 可以撤销。", name=template.name), "ok")
        self.filled.emit()

    # -- changing the list

    def _keep(self) -> None:
        question = NameQuestion(self._session.voucher, [one.name for one in self._found], self._dialog)
        question.exec()
        name, amounts, answer = question.name.text(), question.amounts.isChecked(), question.answer
        question.deleteLater()
        if answer != "go" or not name.strip():
            return
        seat, made = self._context.seat(), template_of(self._session.voucher, name, amounts=amounts)

        def work(books: Books) -> tuple[VoucherTemplate, list[VoucherTemplate]]:
            kept = keep_template(books, seat, made)
            return kept, _read(books)

        def back(result: tuple[VoucherTemplate, list[VoucherTemplate]]) -> None:
            self._take_list(result[1], result[0].template_id)
            self._tell(tr("已存为模板“{name}”。", name=result[0].name))

        self._context.run(self, work, back)

    def _rename(self, template: VoucherTemplate) -> None:
        question = Question(tr("给模板改名"), tr("现在叫“{name}”。", name=template.name),
                            (Verb("go", tr("改名"), "primary"), Verb("back", tr("返回"))), default="go",
                            parent=self._dialog)
        field = LineInput(template.name, tr("模板名称"))
        field.setMaxLength(NAME_MOST)
        field.setAccessibleName(tr("模板名称"))
        question.add_field(field)
        field.selectAll()
        question.exec()
        name, answer = field.text().strip(), question.answer
        question.deleteLater()
        if answer != "go" or not name or name == template.name:
            return

        def work(books: Books) -> tuple[bool, list[VoucherTemplate]]:
            done = rename_template(books, template.template_id, name)
            return done, _read(books)

        def back(result: tuple[bool, list[VoucherTemplate]]) -> None:
            self._take_list(result[1], template.template_id)
            done, taken = tr("已改名为“{name}”。", name=name), tr("“{name}”已经有了，请换一个名称。", name=name)
            self._tell(done if result[0] else taken)

        self._context.run(self, work, back)

    def _remove(self, template: VoucherTemplate) -> None:
        def work(books: Books) -> tuple[VoucherTemplate | None, list[VoucherTemplate]]:
            gone = remove_template(books, template.template_id)
            return gone, _read(books)

        def back(result: tuple[VoucherTemplate | None, list[VoucherTemplate]]) -> None:
            self._removed = result[0]
            self._take_list(result[1])
            if result[0] is not None:
                self._tell(tr("已删除“{name}”。", name=result[0].name), undo=True)

        self._context.run(self, work, back)

    def _undo(self) -> None:
        gone, self._removed = self._removed, None
        if gone is not None:
            self._put_back(gone)

    def _put_back(self, gone: VoucherTemplate) -> None:
        def work(books: Books) -> list[VoucherTemplate]:
            put_template_back(books, gone)
            return _read(books)

        def back(found: list[VoucherTemplate]) -> None:
            self._take_list(found, gone.template_id)
            self._tell(tr("“{name}”又回来了。", name=gone.name))

        self._context.run(self, work, back)

    def _tell(self, words: str, *, undo: bool = False) -> None:
        if self._dialog is not None:
            self._dialog.tell(words, undo=undo)
        elif not undo:
            self._context.say(words, "ok")
