"""Steps on many documents of a list: asked once, run with progress, told for each."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.listing import ListHit
from desktop.domain.money import ZERO, format_yuan
from desktop.texts import tr
from desktop.texts.messages import message
from desktop.texts.problems import describe
from desktop.texts.states import pill
from desktop.ui.context import Context
from desktop.ui.documents.actions import LOOKS, Act
from desktop.ui.documents.list_kind import ListKind, Names
from desktop.ui.documents.signing import ToSign, show_error, sign_with_pin
from desktop.ui.kit.bulk import BulkBar
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.dialogs import Verb, ask
from desktop.ui.tasks import Job
from desktop.usecases.hand_over import HandedOver, present
from desktop.usecases.list_steps import (
    Examined,
    Stepped,
    Stopped,
    discard_many,
    examine_many,
    recall_many,
    restore_many,
    void_many,
)
from desktop.usecases.ports import Books
from desktop.usecases.seat import Seat

PROGRESS_MS, TOLD = 150, 5
Many = Callable[[Books, Seat, Sequence[str], Callable[[int, int], None]], Stepped]


class ListWork(QObject):
    """Runs steps for a list.

    送复核, 复核, 签章, 删除 and 恢复 are one transaction for all; 撤回 and 作废 one for each, so that 取消 leaves
    what is done. Never is half of a document written.

    Signals:
        ended(object, object): An `Act` and its `Stepped`.
        examined(object): A list of `Examined`.
        progressed(str): How far it is, empty when it is over.
    """

    ended = Signal(object, object)
    examined = Signal(object)
    progressed = Signal(str)

    def __init__(self, context: Context, kind: ListKind, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._kind, self._page = context, kind, page
        self._job: Job | None = None
        self._word = ""
        self._timer = QTimer(self)
        self._timer.setInterval(PROGRESS_MS)
        self._timer.timeout.connect(self._tell_progress)

    def take(self, act: Act, hits: Sequence[ListHit], title: str, names: Names) -> None:
        """Take a step on documents after asking; ``title`` names a single one."""
        if not hits or not self._sure(act, hits, title):
            return
        ids, seat = [hit.doc_id for hit in hits], self._context.seat()
        if LOOKS[act].signs:
            batch = ToSign(act, ids, sum((hit.amount for hit in hits), ZERO), names.unit, self._kind.noun,
                           self._kind.measure)
            sign_with_pin(self._context, self._page, batch, self._run, partial(self._handed, act))
        elif act is Act.PRESENT:
            self._run(lambda books: present(books, seat, ids), partial(self._handed, act), self._failed)
        else:
            self.step(act, ids)

    def step(self, act: Act, ids: Sequence[str]) -> None:
        """Take a step that needs no key, without asking."""
        many: dict[Act, Many] = {Act.RECALL: recall_many, Act.VOID: void_many, Act.DISCARD: discard_many,
                                 Act.RESTORE: restore_many}
        work, seat = many[act], self._context.seat()
        self._start(
            LOOKS[act].word,
            lambda books, job: work(books, seat, ids, job.tick),
            lambda ended: self.ended.emit(act, ended),
        )

    def examine(self, ids: Sequence[str]) -> None:
        """Run every rule over documents (审核)."""
        seat = self._context.seat()

        def back(found: list[Examined]) -> None:
            self.examined.emit(found)

        self._start(tr("审核"), lambda books, job: examine_many(books, seat, ids, job.tick), back)

    def busy(self) -> bool:
        """Say whether something long runs."""
        return self._job is not None

    def cancel(self) -> None:
        """Stop before the next document; what is done stays done."""
        job, word = self._job, self._word
        if job is None:
            return
        job.cancel()
        self._over()
        self._context.say(tr("已停止{word}，做完的 {done} 份保留，其余没有动。", word=word, done=job.done), "info")
        self._context.changed.emit("documents")

    def _start(self, word: str, work: Callable[[Books, Job], object], then: Callable[..., None]) -> None:
        if self._job is not None:
            return
        self._word = word

        def back(result: object) -> None:
            self._over()
            then(result)

        def failed(error: Exception) -> None:
            self._over()
            self._failed(error)

        self._job = self._context.run_job(self, work, back, failed, changes="documents")
        self._timer.start()

    def _over(self) -> None:
        self._job = None
        self._timer.stop()
        self.progressed.emit("")

    def _tell_progress(self) -> None:
        if self._job is not None and self._job.total:
            self.progressed.emit(tr("正在{word}：{done} / {total}", word=self._word, done=self._job.done,
                                    total=self._job.total))

    def _run(self, work: object, then: object, failed: object) -> object:
        return self._context.run(self._page, work, then, failed, changes="documents")  # type: ignore[arg-type]

    def _handed(self, act: Act, handed: HandedOver) -> None:
        stopped = tuple(Stopped(one.doc_id, one.key, one.problems) for one in handed.blocked)
        self.ended.emit(act, Stepped(tuple(one.head.doc_id for one in handed.moved), stopped))

    def _failed(self, error: Exception) -> None:
        show_error(error, self._page)

    def _sure(self, act: Act, hits: Sequence[ListHit], title: str) -> bool:
        if act not in (Act.RECALL, Act.VOID, Act.DISCARD):
            return True
        many = tr("{count} {measure}{noun}", count=len(hits), measure=self._kind.measure, noun=self._kind.noun)
        name = title if len(hits) == 1 and title else many
        codes = {Act.VOID: "M26-VOID", Act.DISCARD: "M26"}
        told = (message("M25", count=len(hits), measure=self._kind.measure) if act is Act.RECALL
                else message(codes[act], title=name))
        danger = act is not Act.RECALL
        verbs = (Verb("go", told.verbs[0], "danger" if danger else "primary"), Verb("keep", told.verbs[1]))
        level = "warning" if danger else "question"
        return ask(told.title, told.body, verbs, default="keep", level=level, parent=self._page) == "go"


def ended_words(act: Act, ended: Stepped, measure: str) -> str:
    """Return "12 张送复核，2 张没有"."""
    word = LOOKS[act].word
    done = tr("{count} {measure}{word}", count=len(ended.done), measure=measure, word=word)
    if not ended.stopped:
        return done
    left = tr("{count} {measure}没有", count=len(ended.stopped), measure=measure)
    return tr("{done}，{left}", done=done, left=left) if ended.done else tr("{left}{word}", left=left, word=word)


def reasons_of(stopped: Sequence[Stopped]) -> str:
    """Return why documents stayed, one after the other, the first few of many."""
    parts = []
    for one in stopped[:TOLD]:
        reasons = "；".join(describe(problem).sentence.rstrip("。") for problem in one.problems[:2])
        more = tr("等 {count} 处", count=len(one.problems)) if len(one.problems) > 2 else ""
        parts.append(f"{one.key.rpartition('-')[2]}：{reasons}{more}。")
    if len(stopped) > TOLD:
        parts.append(tr("还有 {count} 份，点“只看没办成的”逐份查看。", count=len(stopped) - TOLD))
    return "".join(parts)


def may_write(context: Context) -> bool:
    """Say whether the person at the screen writes documents here."""
    return context.makes()


def show_bulk(bar: BulkBar, hits: Sequence[ListHit], acts: Mapping[Act, Sequence[ListHit]], measure: str,
              take: Callable[[Act], object]) -> None:
    """Say in the bar what is ticked, with a button for each step that fits any of it."""
    if not hits:
        bar.show_selection("")
        return
    words = {pill(hit.state, hit.problems_count) for hit in hits}
    state = words.pop() if len(words) == 1 else ""
    note = tr("合计 {total}", total=format_yuan(sum((hit.amount for hit in hits), ZERO)))
    buttons = []
    for act, fitting in acts.items():
        part = "" if len(fitting) == len(hits) else f" {len(fitting)} {measure}"
        button = Button(f"{LOOKS[act].word}{part}", "nav", LOOKS[act].icon)
        button.clicked.connect(lambda _=False, act=act: take(act))
        buttons.append(button)
    if not buttons:
        note = tr("{note} · 没有可以一起做的操作", note=note)
    bar.show_selection(tr("已选 {count} {measure}{state}", count=f"{len(hits):,}", measure=measure, state=state), note,
                       buttons)
