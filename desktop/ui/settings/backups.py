"""备份: how old the last one is, the second copy, the list, and the way back with a look before."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.texts import tr
from desktop.texts.backups import why_words
from desktop.texts.stages import size
from desktop.ui.app.read_source import ReadSource
from desktop.ui.context import Context
from desktop.ui.grid.columns import ColumnSpec
from desktop.ui.grid.model import SheetModel
from desktop.ui.grid.sheet import Sheet
from desktop.ui.kit import tokens
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.dialogs import Verb, ask
from desktop.ui.kit.labels import Label
from desktop.ui.kit.panels import Band, SectionTitle
from desktop.ui.kit.typography import px, row_px
from desktop.ui.settings.keeper import BackupKeeper, second_words
from desktop.ui.settings.restoring import Restoring
from desktop.ui.settings.section import Section
from desktop.usecases.ports import Books
from desktop.usecases.safekeeping import BackupSeen

SHOWN = 8
_COLUMNS = (
    ColumnSpec("at", tr("备份时间"), width=140),
    ColumnSpec("why", tr("来由"), width=96, stretch=1),
    ColumnSpec("size", tr("大小"), width=84, align="right"),
    ColumnSpec("sound", tr("核对"), width=96),
)


class BackupRows(ReadSource):
    """The backups at hand, newest first."""

    def __init__(self) -> None:
        self.backups: tuple[BackupSeen, ...] = ()

    def row_count(self) -> int:
        return len(self.backups)

    def value(self, row: int, key: str) -> str:
        one = self.backups[row]
        if key == "at":
            return f"{one.made_at:%Y-%m-%d %H:%M}"
        if key == "why":
            return why_words(one.why)
        return size(one.size) if key == "size" else tr("完好") if one.sound else tr("有损坏，留作查看")


class BackupSection(Section):
    """Backups of this workspace."""

    def __init__(
        self, context: Context, keeper: BackupKeeper, restoring: Restoring, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            tr("备份"),
            tr("自动备份：每次同步前、每天第一次打开、升级前、恢复前。保留最近 7 天、4 周、12 个月，各年末的不删。"),
            parent,
        )
        self._context, self._keeper, self._restoring = context, keeper, restoring
        self.state, self.second_state = Band("neutral"), Band("neutral")
        self.place = Label(wrap=True, selectable=True, tone="text2")
        self.second_place = Label(wrap=True, selectable=True, tone="text2")
        self._make_tools()
        self._lay_out()
        keeper.changed.connect(self._keeper_changed)

    def _make_tools(self) -> None:
        self.make = Button(tr("立即备份"), "primary", "lock")
        self.change_place = Button(tr("换备份位置…"), icon="folder")
        self.own_place = Button(tr("放回本机"))
        self.thin = Button(tr("清理旧备份…"))
        self.open_folder = Button(tr("打开文件夹"))
        self.choose_second = Button(tr("选另一个磁盘…"), icon="folder")
        self.copy_now = Button(tr("现在拷一份"))
        self.no_second = Button(tr("不要第二份"))
        self.restore = Button(tr("看内容并恢复…"), icon="history")
        self.from_folder = Button(tr("从文件夹里找备份…"), icon="folder")
        self.remove = Button(tr("删除"), "danger")
        keeper = self._keeper
        for button, act in (
            (self.make, keeper.make),
            (self.change_place, keeper.choose_first),
            (self.own_place, self._place_at_home),
            (self.thin, keeper.thin),
            (self.open_folder, keeper.open_folder),
            (self.choose_second, self._choose_second),
            (self.copy_now, lambda: keeper.copy_over(by_hand=True)),
            (self.no_second, lambda: self._keep_second(None)),
            (self.restore, self._restore_chosen),
            (self.from_folder, self._from_folder),
            (self.remove, self._remove_chosen),
        ):
            button.clicked.connect(lambda checked=False, act=act: act())

    def _lay_out(self) -> None:
        self.add(self.state)
        self.add(self.place)
        self.add_row(self.make, self.change_place, self.own_place, self.open_folder, self.thin)
        self.add_gap()
        self.add(SectionTitle(tr("第二份"), tr("放在U盘、移动硬盘或别的电脑上，每次备份后自动拷过去")))
        self.add(self.second_state)
        self.add(self.second_place)
        self.add_row(self.choose_second, self.copy_now, self.no_second)
        self.add_gap()
        self._title = SectionTitle(tr("已有的备份"))
        self.add(self._title)
        self._rows = BackupRows()
        self.sheet = Sheet(SheetModel(_COLUMNS, self._rows), lists=True)
        self.sheet.view.setAccessibleName(tr("已有的备份"))
        self.sheet.view.opened.connect(lambda row: self._restore_chosen())
        self.add(self.sheet)
        self.add_row(self.restore, self.from_folder, self.remove)

    def refresh(self) -> None:
        """Read the backups again."""
        keeping = self._keeper.keeping
        self._context.run(self, lambda books: list(keeping.listed()), self._show)

    def _keeper_changed(self) -> None:
        if self.isVisible():
            self.refresh()

    def _show(self, backups: Sequence[BackupSeen]) -> None:
        keeping, chosen = self._keeper.keeping, self._chosen()
        self._rows.backups = tuple(backups)
        self.sheet.model.reload()
        self.sheet.setFixedHeight(px(tokens.HEAD_ROW) + min(max(len(backups), 1), SHOWN) * row_px(tokens.ROW) + 2)
        if chosen is not None:
            self.sheet.view.go_to(next((at for at, one in enumerate(backups) if one.path == chosen.path), 0))
        self._title.set_text(tr("已有的备份"), tr("{count} 个", count=len(backups)))
        self._show_state(backups, keeping.now().date())
        places = keeping.places()
        self.place.setText(tr("备份放在：{folder}", folder=places.first or self._home()))
        words, kind = second_words(keeping, self._keeper.second_trouble, keeping.now())
        self.second_state.set_content(kind, words)
        self.second_place.setText(tr("放在：{folder}", folder=places.second))
        self.second_place.setVisible(bool(places.second))
        busy, may = self._keeper.busy, not keeping.readonly
        self.make.setEnabled(may and not busy)
        for button in (self.change_place, self.choose_second, self.from_folder, self.thin):
            button.setEnabled(may)
        self.own_place.setVisible(may and bool(places.first))
        for button in (self.copy_now, self.no_second):
            button.setVisible(may and bool(places.second))
        for button in (self.restore, self.remove):
            button.setEnabled(may and bool(backups))

    def _home(self) -> str:
        upkeep = self._context.services.upkeep
        return str(upkeep.folder / "backups") if upkeep is not None else ""

    def _show_state(self, backups: Sequence[BackupSeen], today: date) -> None:
        newest = next((one for one in backups if one.sound), None)
        if self._keeper.busy:
            self.state.set_content("info", tr("正在备份并核对…可以继续工作。"))
        elif self._keeper.keeping.readonly:
            self.state.set_content("neutral", tr("只读打开，不能备份和恢复。"))
        elif newest is None:
            self.state.set_content("warning", tr("还没有备份，请现在做一份。"))
        else:
            days = (today - newest.made_at.date()).days
            day = tr("今天") if days == 0 else tr("昨天") if days == 1 else tr("{days} 天前", days=days)
            words = tr(
                "最近一次备份：{day} {at:%H:%M}，{why}，{size}，核对完好。",
                day=day,
                at=newest.made_at,
                why=why_words(newest.why),
                size=size(newest.size),
            )
            self.state.set_content("ok" if days <= 1 else "warning", words)

    def _chosen(self) -> BackupSeen | None:
        row, _ = self.sheet.view.source_at()
        return self._rows.backups[row] if 0 <= row < len(self._rows.backups) else None

    def _place_at_home(self) -> None:
        self._keeper.keeping.keep_first(None)
        self._context.say(tr("以后的备份放回本机，原来位置的备份还在"))
        self.refresh()

    def _choose_second(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self.window(), tr("第二份备份放到哪个磁盘"), "")
        if chosen:
            self._keep_second(Path(chosen))

    def _keep_second(self, folder: Path | None) -> None:
        self._keeper.keeping.keep_second(folder)
        self._keeper.second_trouble = None
        if folder is not None:
            self._keeper.copy_over(by_hand=True)
        self.refresh()

    def _restore_chosen(self) -> None:
        chosen = self._chosen()
        if chosen is not None and not self._keeper.keeping.readonly:
            self._restoring.preview(chosen.path)

    def _from_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self.window(), tr("备份在哪个文件夹或U盘"), "")
        if chosen:
            self._restoring.search(Path(chosen))

    def _remove_chosen(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        body = tr("{at:%Y-%m-%d %H:%M} 的{why}备份，删除后不能找回。", at=chosen.made_at, why=why_words(chosen.why))
        verbs = (Verb("remove", tr("删除"), "danger"), Verb("back", tr("不删除")))
        if ask(tr("删除这个备份吗"), body, verbs, default="back", level="warning", parent=self.window()) != "remove":
            return

        def work(books: Books) -> None:
            self._keeper.keeping.remove(chosen.path)

        self._context.run(self, work, lambda done: self.refresh())
