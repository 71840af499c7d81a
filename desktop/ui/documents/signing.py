"""One PIN for one or many vouchers: asked, used once in the worker, never kept; its key only in a `KeyHold`."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.domain.document import Refused
from desktop.domain.fault import Fault
from desktop.domain.money import format_yuan
from desktop.texts import tr
from desktop.ui.context import Context
from desktop.ui.documents.actions import LOOKS, Act
from desktop.ui.documents.key_hold import KeyHold
from desktop.ui.documents.wording import told
from desktop.ui.kit.dialogs import ask_secret, tell
from desktop.usecases.hand_over import HandedOver, check, sign
from desktop.usecases.ports import Books, OfficerKey
from sync.faults import ExchangeFault

Failed = Callable[[Exception], None]
Run = Callable[[Callable[[Books], Any], Callable[[Any], None], Failed], object]


@dataclass(frozen=True, slots=True)
class ToSign:
    """What one PIN is asked for.

    Attributes:
        act: CHECK or SIGN.
        total: Yuan of all the vouchers.
        unit: The unit's name: the wrong unit must be impossible to miss.
        noun, measure: What they are, 支付申请, counted by 张.
    """

    act: Act
    doc_ids: list[str]
    total: Decimal
    unit: str
    noun: str = "支付申请"
    measure: str = "张"


def sign_with_pin(
    context: Context, window: QWidget, batch: ToSign, run: Run, then: Callable[[HandedOver], None], before: str = "",
    hold: KeyHold | None = None,
) -> None:
    """Ask for the PIN and check or sign the vouchers with one sheet; a wrong PIN is asked for again.

    Args:
        context: The workspace and who is at the screen.
        window: Over which the question stands.
        batch: What is signed.
        run: Runs a piece of work in the database thread: (work, then, failed).
        then: Gets what moved and what did not.
        before: What went wrong the last time.
        hold: Of a series: while it holds the officer's key the PIN is not asked for, and it takes the key afterwards.
    """
    seat, step = context.seat(), check if batch.act is Act.CHECK else sign
    held = hold.key_of(seat.officer) if hold is not None else None
    if hold is not None and held is not None:
        kept, key = hold, held

        def again(error: Exception) -> None:
            kept.drop()  # the bureau may know another key by now: the next time asks for the PIN
            show_error(error, window)

        def on(handed: HandedOver) -> None:
            kept.keep(seat.officer, key)
            then(handed)

        run(lambda books: step(books, seat, key, batch.doc_ids), on, again)
        return
    pin = _ask_pin(context, window, batch, before, series=hold is not None)
    if pin is None:
        return
    opened: list[OfficerKey] = []

    def work(books: Books) -> HandedOver:
        opened.append(context.vault.unlock(seat.officer, pin))
        return step(books, seat, opened[0], batch.doc_ids)

    def signed(handed: HandedOver) -> None:
        if hold is not None and context.seat().officer == seat.officer:
            hold.keep(seat.officer, opened[0])
        then(handed)

    def failed(error: Exception) -> None:
        if isinstance(error, (Fault, ExchangeFault)) and error.code == "PIN_WRONG":
            sign_with_pin(context, window, batch, run, then, told(error)[1], hold)
        else:
            show_error(error, window)

    run(work, signed, failed)


def _ask_pin(context: Context, window: QWidget, batch: ToSign, before: str, *, series: bool) -> str | None:
    seat, word = context.seat(), LOOKS[batch.act].word
    title = tr("{word} {count} {measure}{noun}", word=word, count=len(batch.doc_ids), measure=batch.measure,
               noun=batch.noun)
    body = tr("{before}{unit}，合计 {total} 元，由 {name} 签名。签名后内容不能再改。", before=before, unit=batch.unit,
              total=format_yuan(batch.total), name=seat.name)
    if series:
        body += tr("这一轮后面的不再问口令；离开、换人、锁定或 5 分钟没有签名，就要重新输入。")
    return ask_secret(title, body, verb=word, hint=tr("签名口令"), parent=window)


def show_error(error: Exception, window: QWidget) -> None:
    """Say what a fault or a refusal means, and what to do."""
    title, body = told(error)
    tell(title, body, level="warning" if isinstance(error, Refused) else "error", parent=window)
