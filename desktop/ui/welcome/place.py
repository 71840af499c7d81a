"""② 工作区: made anew, or from a backup, or the rehearsal; the recovery code is proven to be written down."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from desktop.texts import tr
from desktop.texts.backups import why_words
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.choices import Choice
from desktop.ui.kit.inputs import Field, LineInput, SelectInput
from desktop.ui.kit.labels import Label
from desktop.ui.kit.notes import read_note, write_note
from desktop.ui.kit.panels import Panel
from desktop.ui.kit.segmented import Segmented
from desktop.ui.kit.typography import font
from desktop.ui.welcome.desk import Made, OpenHome
from desktop.ui.welcome.step import Step, Trip
from desktop.ui.welcome.unfinished import FOLDER, UNPROVEN

NEW, BACKUP, DEMO = "new", "backup", "demo"
_SHORTEST = 8


class PlaceStep(Step):
    """The only step that cannot be skipped."""

    title, skippable = tr("工作区"), False

    def __init__(self, trip: Trip, parent: QWidget | None = None) -> None:
        words = tr("单据、额度和密钥都加密存放在这台电脑的一个文件夹里，叫工作区。一个单位一个工作区。")
        super().__init__(trip, tr("单位的数据放在哪里"), words, parent)
        ways = [(NEW, tr("新建工作区")), (BACKUP, tr("从备份恢复")), (DEMO, tr("先看演示"))]
        self.way = Segmented(ways, tr("怎样开始"))
        self.add(self.way)
        self._ways = QStackedWidget()
        self._code, self._group = "", 0
        self._working = False
        self.folder = LineInput(str(trip.desk.home / tr("本单位")))
        self.password, self.again = _secret(tr("密钥文件口令")), _secret(tr("再输一遍"))
        self.backup_folder, self.backup, self.code = LineInput(), SelectInput(), LineInput()
        self._where = self._where_to()
        self.add(self._where)
        self.add(self._ways)
        for page in (self._new_page(), self._backup_page(), self._demo_page(), self._code_page()):
            self._ways.addWidget(page)
        self.way.chosen.connect(self._choose)

    def _new_page(self) -> QWidget:
        self.make = Button(tr("建立工作区"), "primary", "shield")
        self.make.clicked.connect(self.create)
        return _page(self.make)

    def _where_to(self) -> QWidget:
        """Return the fields that a new workspace and one from a backup both need."""
        browse = Button(tr("换文件夹…"), icon="folder")
        browse.clicked.connect(lambda: self._browse(self.folder, tr("工作区放在哪个文件夹")))
        note = tr("必须是空文件夹，或还没有的文件夹。不要放在U盘和网盘上。")
        return _page(Field(tr("文件夹"), self.folder, note), browse, *self._password_fields())

    def _password_fields(self) -> list[QWidget]:
        if not self.trip.desk.needs_password:
            return []
        note = tr("这台电脑没有系统密钥库，密钥存在口令保护的文件里，每次打开都要输入。至少 {n} 个字。", n=_SHORTEST)
        return [Field(tr("密钥文件口令"), self.password, note), Field(tr("再输一遍口令"), self.again)]

    def _backup_page(self) -> QWidget:
        find = Button(tr("选备份所在的文件夹或U盘…"), icon="folder")
        find.clicked.connect(self._find)
        self.back = Button(tr("从备份恢复"), "primary", "history")
        self.back.clicked.connect(self.restore)
        return _page(
            find,
            Field(tr("备份"), self.backup),
            Field(tr("恢复码"), self.code, tr("开通时抄下或打印的 8 组，每组 5 位。大小写、空格都可以。")),
            self.back,
        )

    def _demo_page(self) -> QWidget:
        words = tr("一个虚构的旗县林草局的完整一年，单据、退回、额度都有，随便点，不会报送。看完再来建自己的工作区。")
        self.demo = Button(tr("打开演示"), "primary", "eye")
        self.demo.clicked.connect(self._to_demo)
        return _page(Label(words, wrap=True), self.demo)

    def _code_page(self) -> QWidget:
        box = Panel()
        self.shown_code = Label("", "section", selectable=True, wrap=True)
        self.shown_code.setAccessibleName(tr("恢复码"))
        why = tr("电脑坏了、换了，只有这个恢复码能打开备份。程序不保存它，只显示这一次。请抄下或打印，锁进保险柜。")
        box.body.addWidget(Label(why, wrap=True))
        box.body.addWidget(self.shown_code)
        printing = Button(tr("打印…"))
        printing.clicked.connect(self._print)
        self.proof = LineInput("", tr("5 位"))
        self.proof.textChanged.connect(lambda text: self._proven())
        self.proof_field = Field(tr("已抄下"), self.proof)
        return _page(box, printing, self.proof_field)

    def enter(self) -> None:
        """Show the code while it has to be written down, else the chosen way."""
        self.way.setEnabled(self.trip.home is None)
        self._where.setVisible(self.trip.home is None and self.way.key() != DEMO)
        if self._code:
            self._ways.setCurrentIndex(3)
        elif self.trip.home is not None and read_note(self.trip.notes, UNPROVEN):
            self._ways.setVisible(False)
            home = self.trip.home
            self.run(lambda: self.trip.desk.renew_code(home), self._renewed)
        elif self.trip.home is not None:
            self._ways.setVisible(False)
            self.tell("ok", tr("工作区已经准备好：{folder}", folder=self.trip.home.folder))

    def complete(self) -> bool:
        """A workspace is open, and its code is proven to be written down."""
        if self.trip.home is None:
            return False
        return self._code_is_typed() if self._code else not read_note(self.trip.notes, UNPROVEN)

    def create(self) -> None:
        """Make the workspace."""
        if self._working or not self._password_fits():
            return
        folder, password = Path(self.folder.text().strip()), self.password.text()
        self._set_working(True)
        self.tell("info", tr("正在建立并加密，几秒钟…"))
        self.run(lambda: self.trip.desk.create(folder, password), self._made)

    def _made(self, made: Made) -> None:
        self._set_working(False)
        self.trip.password = self.password.text()
        self._keep(made.home)
        self._show_code(made.code)
        self.tell("ok", tr("工作区已建好。请先抄下恢复码。"))

    def _renewed(self, code: str) -> None:
        self._show_code(code)
        words = tr("上次没有核对抄下的恢复码，现在换了一个新的，上次那个不能再用。请抄下。")
        self.tell("warning", words)

    def _show_code(self, code: str) -> None:
        groups = code.split("-")
        self._code, self._group = code, len(groups) // 2
        write_note(self.trip.notes, UNPROVEN, True)
        lines = ["  ".join(f"{n + 1}. {groups[n]}" for n in range(at, at + 4)) for at in (0, 4)]
        self.shown_code.setText("\n".join(lines))
        self.proof_field.findChildren(Label)[0].setText(tr("请照抄下的输入第 {n} 组，核对抄写", n=self._group + 1))
        self._where.hide()
        self._ways.setVisible(True)
        self._ways.setCurrentIndex(3)
        self.proof.setFocus()
        self.changed.emit()

    def restore(self) -> None:
        """Make the workspace from a backup."""
        chosen = self.backup.choice()
        if chosen is None:
            self.tell("warning", tr("请先选备份所在的文件夹，再选一个备份。"))
            return
        if not self._password_fits():
            return
        folder, code, password = Path(self.folder.text().strip()), self.code.text(), self.password.text()
        self.tell("info", tr("正在恢复并核对…"))
        self.run(lambda: self.trip.desk.restore(Path(chosen.code), folder, code, password), self._restored)

    def _restored(self, home: OpenHome) -> None:
        self.trip.password = self.password.text()
        self._keep(home)
        write_note(self.trip.notes, UNPROVEN, None)  # it was typed just now
        self.enter()
        self.tell("ok", tr("已从备份恢复到 {folder}。", folder=home.folder))

    def _keep(self, home: OpenHome) -> None:
        self.trip.home = home
        write_note(self.trip.notes, FOLDER, str(home.folder))
        self.way.setEnabled(False)
        for field in (self.password, self.again):
            field.clear()

    def _set_working(self, on: bool) -> None:
        self._working = on
        self.make.setEnabled(not on)

    def tell(self, kind: str, words: str) -> None:
        """Say something, and let the work be tried again after a fault."""
        if kind == "error":
            self._set_working(False)
        super().tell(kind, words)

    def _password_fits(self) -> bool:
        if not self.trip.desk.needs_password:
            return True
        short, other = len(self.password.text()) < _SHORTEST, self.password.text() != self.again.text()
        self.password.set_error(tr("口令至少 {n} 个字", n=_SHORTEST) if short else "")
        self.again.set_error(tr("两遍不一样") if other else "")
        return not short and not other

    def _code_is_typed(self) -> bool:
        return self.proof.text().strip().upper() == self._code.split("-")[self._group]

    def _proven(self) -> None:
        typed = self.proof.text().strip()
        right = self._code_is_typed()
        self.proof.set_error(tr("与第 {n} 组不一样", n=self._group + 1) if len(typed) >= 5 and not right else "")
        if right:
            write_note(self.trip.notes, UNPROVEN, None)
            self.tell("ok", tr("核对无误。请把抄下的恢复码锁好。"))
        self.changed.emit()

    def _choose(self, key: str) -> None:
        self._ways.setCurrentIndex((NEW, BACKUP, DEMO).index(key))
        self._where.setVisible(key != DEMO)
        self.tell("info", "")

    def _browse(self, field: LineInput, title: str) -> None:
        chosen = QFileDialog.getExistingDirectory(self.window(), title, field.text())
        if chosen:
            field.setText(chosen)

    def _find(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self.window(), tr("备份在哪个文件夹或U盘"), "")
        if chosen:
            self.look_in(Path(chosen))

    def look_in(self, folder: Path) -> None:
        """Offer the backups that a folder leads to, the newest first."""
        rows = [
            Choice(str(one.path), f"{one.made_at:%Y-%m-%d %H:%M}　{why_words(one.why)}")
            for one in self.trip.desk.search(folder)
            if one.sound
        ]
        self.backup.set_rows(rows)
        self.backup.set_choice(rows[0] if rows else None)
        if rows:
            self.tell("ok", tr("找到 {count} 个完好的备份，已选最新的。", count=len(rows)))
        else:
            self.tell("warning", tr("这里没有完好的备份，请换一个文件夹。"))

    def _to_demo(self) -> None:
        self.trip.demo = True
        self.through.emit()

    def _print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self.window()).exec():
            painter = QPainter(printer)
            painter.setFont(font("section"))
            words = tr("预算单位工作台　恢复码（请锁好，不要拍照）\n\n{code}", code=self.shown_code.text())
            painter.drawText(printer.pageRect(QPrinter.Unit.DevicePixel).toRect(), Qt.AlignmentFlag.AlignLeft, words)
            painter.end()


def _secret(name: str) -> LineInput:
    field = LineInput()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setAccessibleName(name)
    return field


def _page(*parts: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 4, 0, 4)
    column.setSpacing(8)
    for part in parts:
        column.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft if isinstance(part, Button) else Qt.AlignmentFlag(0))
    column.addStretch(1)
    return page
