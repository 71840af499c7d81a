"""准备情况: what a run needs, looked at before it starts; grey where only the connection can tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.texts import tr
from desktop.texts.faults import describe
from desktop.texts.stages import size
from desktop.ui.kit.drawn import Drawn
from desktop.ui.kit.icons import paint_icon
from desktop.ui.kit.paint import LEFT, draw_text
from desktop.ui.kit.typography import font, px
from desktop.ui.sync.reading import SyncView

ITEM = 50
_LITTLE_SPACE = 200 << 20  # bytes below which a backup may not fit
_ICONS = {"ok": ("check-circle", "ok"), "unknown": ("clock", "text2"), "act": ("warning", "warn")}


@dataclass(frozen=True, slots=True)
class ReadyItem:
    """One thing a run needs; ``state``: ok, unknown until connected, or act."""

    state: str
    title: str
    note: str


def ready_items(view: SyncView, clock_note: str = "") -> list[ReadyItem]:
    """Return what is ready for a run and what is not.

    Args:
        clock_note: What the last connection of this session said about the clock of this PC.
    """
    return [_platform(view), _signatures(view), _writer(view), _backup(view), _clock(clock_note)]


def _platform(view: SyncView) -> ReadyItem:
    if not view.url:
        return ReadyItem("act", tr("还没有平台地址"), tr("请导入财政局发的激活文件"))
    host = urlsplit(view.url).hostname or view.url
    last = view.runs[0] if view.runs else None
    if last is not None and last.code == "NO_LINK":
        return ReadyItem("unknown", tr("上次没有连上"), tr("不影响填报；开始后再试一次"))
    note = view.unit.bureau or tr("财政平台")
    return ReadyItem("ok", tr("财政平台已登记"), note if host in ("127.0.0.1", "localhost") else f"{note} · {host}")


def _signatures(view: SyncView) -> ReadyItem:
    ready = view.sheet.ready
    if not ready and view.sheet.unsent:
        return ReadyItem("ok", tr("复核、签章齐全"), tr("{count} 批已经封好", count=len(view.sheet.unsent)))
    if not ready:
        return ReadyItem("unknown", tr("没有已签章的单据"), tr("复核、签章后才能送出"))
    names = dict.fromkeys(view.officers.get(officer, "") for row in ready for officer in row.signers)
    return ReadyItem("ok", tr("复核、签章齐全"), "、".join(name for name in names if name))


def _writer(view: SyncView) -> ReadyItem:
    code, facts = view.writer_fault
    if code:
        told = describe(code, facts)
        return ReadyItem("act", told.title, told.advice)
    return ReadyItem("ok", tr("本机密钥可用"), tr("封包时用国密 SM2 签名"))


def _backup(view: SyncView) -> ReadyItem:
    if view.free_space and view.free_space < _LITTLE_SPACE:
        return ReadyItem("act", tr("磁盘空间不多了"), tr("剩 {free}，备份可能放不下", free=size(view.free_space)))
    left = tr("剩 {free}", free=_large(view.free_space)) if view.free_space else ""
    if view.backup is None:
        return ReadyItem("ok", tr("同步前自动备份"), " · ".join(part for part in (tr("还没有备份"), left) if part))
    made = f"{view.backup.made_at:%m-%d %H:%M}"
    return ReadyItem("ok", tr("备份位置可用"), " · ".join(part for part in (tr("上次 {at}", at=made), left) if part))


def _large(count: int) -> str:
    return f"{count / (1 << 30):.0f} GB" if count >= 1 << 30 else size(count)


def _clock(note: str) -> ReadyItem:
    if note:
        return ReadyItem("ok" if "正确" in note else "act", tr("本机时间"), note)
    return ReadyItem("unknown", tr("本机时间"), tr("连上平台后核对"))


class ReadyList(Drawn):
    """The items under each other, icon and two lines each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.items: tuple[ReadyItem, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_items(self, items: Sequence[ReadyItem]) -> None:
        """Show these items."""
        self.items = tuple(items)
        self.setAccessibleName("；".join(f"{item.title}，{item.note}" for item in items))
        self.setToolTip("\n".join(f"{item.title}：{item.note}" for item in items))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, max(1, len(self.items)) * px(ITEM))

    def minimumSizeHint(self) -> QSize:
        return QSize(180, max(1, len(self.items)) * px(ITEM))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        line = px(20)
        for at, item in enumerate(self.items):
            top = at * px(ITEM)
            icon, tone = _ICONS[item.state]
            paint_icon(painter, icon, 0, top + px(ITEM) // 2 - 9, tone, 18)
            room = self.width() - 28
            draw_text(painter, QRect(28, top + px(4), room, line), item.title, font(), "text", LEFT)
            tone2 = "warn" if item.state == "act" else "text2"
            draw_text(painter, QRect(28, top + px(4) + line, room, line), item.note, font("caption"), tone2, LEFT)
