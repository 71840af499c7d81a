"""④ 证书: the computer's own key, a key for each officer, a test signature, and the form for the bureau."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from desktop.domain.fault import Fault
from desktop.texts import tr
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.inputs import Field, LineInput
from desktop.ui.kit.labels import Label
from desktop.ui.kit.notes import read_note, write_note
from desktop.ui.kit.panels import SectionTitle
from desktop.ui.welcome.step import Step, Trip
from desktop.usecases.registering import PublicHalf, registration_form
from desktop.usecases.upkeep import sign_to_test

PEOPLE = "welcome/people"
_SHORTEST = 6


class KeysStep(Step):
    """Officers who work at this computer make their keys here."""

    title = tr("证书")

    def __init__(self, trip: Trip, parent: QWidget | None = None) -> None:
        words = tr("每个人一把签名密钥，口令只有本人知道。人员编号由财政局给。做好后导出登记表交给财政局登记。")
        super().__init__(trip, tr("做签名密钥"), words, parent)
        self.officer, self.name = LineInput("", tr("如 219001-01")), LineInput("", tr("如 张丽"))
        self.pin, self.again = LineInput(), LineInput()
        for field in (self.pin, self.again):
            field.setEchoMode(QLineEdit.EchoMode.Password)
        fields = QWidget()
        row = QHBoxLayout(fields)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for words, field in (
            (tr("人员编号"), self.officer),
            (tr("姓名"), self.name),
            (tr("签名口令（至少 6 位）"), self.pin),
            (tr("再输一遍"), self.again),
        ):
            row.addWidget(Field(words, field), 1)
        self.add(fields)
        self.make = Button(tr("做密钥并测试签名"), "primary", "key")
        self.make.clicked.connect(self.create)
        self.add(self.make, Label(tr("由本人输入口令，别人不要看。"), "caption", "text2"))
        self.add(SectionTitle(tr("已经做好的")))
        self.done = Label("", wrap=True)
        self.add(self.done)
        self.export = Button(tr("导出登记表…"), icon="export")
        self.export.clicked.connect(self._browse)
        self.add(self.export)

    def complete(self) -> bool:
        """At least one person can sign here."""
        return bool(self._people())

    def enter(self) -> None:
        """Show who has a key already."""
        self._show()

    def _people(self) -> list[tuple[str, str]]:
        kept = read_note(self.trip.notes, PEOPLE)
        rows = [row for row in kept if isinstance(row, list)] if isinstance(kept, list) else []
        home = self.trip.home
        if home is None:
            return []
        pairs = [(str(row[0]), str(row[1])) for row in rows if len(row) == len(("officer", "name"))]
        return [(officer, name) for officer, name in pairs if home.upkeep().keys.has(officer)]

    def _show(self) -> None:
        people = self._people()
        names = "、".join(f"{name}（{officer}）" for officer, name in people)
        self.done.setText(names or tr("还没有"))
        self.export.setEnabled(self.trip.home is not None)

    def create(self) -> None:
        """Make a key, sign with it to test, and remember whose it is."""
        home = self.trip.home
        officer, name, pin = self.officer.text().strip(), self.name.text().strip(), self.pin.text()
        self.officer.set_error("" if officer else tr("请填人员编号"))
        self.name.set_error("" if name else tr("请填姓名"))
        self.pin.set_error(tr("至少 6 位") if len(pin) < _SHORTEST else "")
        self.again.set_error(tr("两遍不一样") if self.again.text() != pin else "")
        if home is None or any(field.error() for field in (self.officer, self.name, self.pin, self.again)):
            return
        self.make.setEnabled(False)

        def work() -> None:
            keys = home.upkeep().keys
            keys.create(officer, pin)
            sign_to_test(keys, officer, pin)

        def made(done: None) -> None:
            people = [*self._people(), (officer, name)]
            write_note(self.trip.notes, PEOPLE, [list(one) for one in dict.fromkeys(people)])
            for field in (self.officer, self.name, self.pin, self.again):
                field.clear()
            self.make.setEnabled(True)
            self.tell("ok", tr("{name} 的密钥做好了，测试签名核对无误。", name=name))
            self._show()
            self.officer.setFocus()

        self.run(work, made)

    def tell(self, kind: str, words: str) -> None:
        """Say something; after a fault the key can be made again."""
        if kind == "error":
            self.make.setEnabled(True)
        super().tell(kind, words)

    def _browse(self) -> None:
        offered = str(Path.home() / tr("密钥登记表.csv"))
        chosen, _ = QFileDialog.getSaveFileName(self.window(), tr("登记表存到哪里"), offered, tr("登记表 (*.csv)"))
        if chosen:
            self.write_form(Path(chosen))

    def write_form(self, target: Path) -> None:
        """Write the public halves for the bureau; nothing secret is in it."""
        home, people = self.trip.home, self._people()
        if home is None:
            return

        def work() -> None:
            keys = home.upkeep().keys
            keys.writer_key()
            halves = [PublicHalf("", "", keys.writer_public())]
            halves += [PublicHalf(officer, name, keys.public_key(officer)) for officer, name in people]
            try:
                target.write_text(registration_form(halves), encoding="utf-8-sig", newline="")
            except OSError as reason:
                raise Fault("DISK_FAILED", path=str(target), reason=reason.strerror or "") from reason

        self.run(work, lambda done: self.tell("ok", tr("登记表已存到 {path}，请交给财政局。", path=target)))
