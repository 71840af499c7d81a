"""The lines of the check sheet: three groups that share one amount column, as plain values and as a model."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.domain.document import Post, State
from desktop.domain.money import ZERO, format_yuan
from desktop.texts import tr
from desktop.texts.words import POSTS
from desktop.ui.app.rows import counted, kind_word, name_of, number_of, telling_total
from desktop.ui.sync.reading import SyncView
from desktop.usecases.ports import DocumentRow
from sync.stream import SentBatch

_TOP = QModelIndex()
Index = QModelIndex | QPersistentModelIndex
READY, ERRORS, WAITING = "ready", "errors", "waiting"


@dataclass(frozen=True, slots=True)
class GroupLine:
    """The head of a group; ``button`` is the word of its next step, empty for none."""

    key: str
    icon: str
    tone: str
    title: str
    note: str
    amount: Decimal | None
    button: str = ""

    @property
    def words(self) -> str:
        """The line for readers."""
        amount = format_yuan(self.amount) if self.amount is not None else ""
        return " ".join(part for part in (self.title, self.note, amount) if part)


@dataclass(frozen=True, slots=True)
class HeadLine:
    """The column titles."""

    words: str = tr("类别 单号 收款人或项目 用途 金额 附件 签章")


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document; ``remark`` says who signed, what is wrong or for whom it waits."""

    row: DocumentRow
    remark: str
    tone: str
    icon: str = ""

    @property
    def words(self) -> str:
        """The line for readers."""
        row = self.row
        return f"{kind_word(row)} {number_of(row)} {name_of(row)} {format_yuan(row.amount)} {self.remark}"


@dataclass(frozen=True, slots=True)
class BatchLine:
    """A batch that was sealed earlier and has not arrived; it goes again as it is."""

    title: str
    amount: Decimal
    remark: str

    @property
    def words(self) -> str:
        """The line for readers."""
        return f"{self.title} {format_yuan(self.amount)} {self.remark}"


CheckLine = GroupLine | HeadLine | DocumentLine | BatchLine


def check_lines(view: SyncView) -> list[CheckLine]:
    """Return every line of the sheet in order."""
    sheet = view.sheet
    lines: list[CheckLine] = [_group(READY, sheet.ready, sheet.unsent)]
    if sheet.ready or sheet.unsent:
        lines.append(HeadLine())
    lines += [_batch(batch) for batch in sheet.unsent]
    lines += [DocumentLine(row, _signers(row, view), "text", "check-circle") for row in sheet.ready]
    if sheet.with_errors:
        lines.append(_group(ERRORS, sheet.with_errors))
        lines += [DocumentLine(row, _finding(row, view), "err") for row in sheet.with_errors]
    if sheet.waiting:
        lines.append(_group(WAITING, sheet.waiting))
        lines += [DocumentLine(row, _waits_for(row, view), "text2") for row in sheet.waiting]
    return lines


def _group(key: str, rows: Sequence[DocumentRow], unsent: Sequence[SentBatch] = ()) -> GroupLine:
    icon, tone, title, button = {
        READY: ("check-circle", "ok", tr("可以送出"), ""),
        ERRORS: ("error", "err", tr("有错误，不会送出"), tr("去改")),
        WAITING: ("person", "warn", tr("需先复核或签章"), ""),
    }[key]
    _, amount = telling_total(rows)
    parts = [counted(rows)] if rows else []
    if unsent:
        parts.append(tr("上次封好未送达 {count} 批", count=len(unsent)))
    if not parts:
        return GroupLine(key, "info", "text2", tr("没有可以送出的单据"), tr("开始后只领取回执和基础数据"), None)
    return GroupLine(key, icon, tone, title, " · ".join(parts), amount if rows else None, button)


def _batch(batch: SentBatch) -> BatchLine:
    total = Decimal(batch.totals.get("VOUCHER", "0")) or sum(map(Decimal, batch.totals.values()), ZERO)
    title = tr("第 {seq} 批 · {count} 份，上次没有送达", seq=batch.seq, count=len(batch.documents))
    return BatchLine(title, total, tr("原样再送"))


def _signers(row: DocumentRow, view: SyncView) -> str:
    names = [view.officers.get(officer, "") for officer in row.signers]
    return "、".join(name for name in names[-2:] if name)


def _finding(row: DocumentRow, view: SyncView) -> str:
    first = view.findings.get(row.doc_id, "")
    if row.problems_count > 1 and first:
        return tr("{first} 等 {count} 处", first=first, count=row.problems_count)
    return first or tr("{count} 处错误", count=row.problems_count)


def _waits_for(row: DocumentRow, view: SyncView) -> str:
    if row.state is State.PRESENTED:
        return tr("待{post} · {names}", post=POSTS[Post.CHECKER.value], names=view.holders.get("checker", ""))
    post = Post.SIGNER if len(row.signers) < len((Post.CHECKER, Post.SIGNER)) else Post.HEAD
    return tr("待{post}签章 · {names}", post="" if post is Post.SIGNER else POSTS[post.value],
              names=view.holders.get(post.value, ""))


class CheckModel(QAbstractListModel):
    """The lines as a list."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[CheckLine] = []

    def show(self, lines: Sequence[CheckLine]) -> None:
        """Replace all lines."""
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line.words
        if role == Qt.ItemDataRole.ToolTipRole and not isinstance(line, (HeadLine, GroupLine)):
            return line.words
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if isinstance(self.lines[index.row()], HeadLine):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

