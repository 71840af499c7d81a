"""The page 设置与备份 over a real encrypted workspace: by keyboard, kept at once, nothing clipped."""

import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.fault import Fault
from desktop.domain.parameters import DEFAULTS
from desktop.texts.parameters import NAMES, value_words
from desktop.ui.app.guard import Guard
from desktop.ui.kit import theme, tokens, typography
from desktop.ui.kit.notes import read_note
from desktop.ui.kit.segmented import Segmented
from desktop.ui.settings.backups import BackupSection
from desktop.ui.settings.keeper import second_words
from desktop.ui.settings.page import SettingsPage
from desktop.ui.settings.restoring import RestorePreview
from desktop.usecases.ports import BackupContent
from tests.ui.app_fixture import Shown, rehearsal, shown
from tests.ui.conftest import clipped

__all__ = ["rehearsal", "shown"]


@pytest.fixture(autouse=True)
def as_before(qapp: QApplication) -> Iterator[None]:
    yield
    if tokens.COLORS["text"] != tokens.TABLES[tokens.NORMAL_COLORS]["text"]:
        theme.set_contrast(qapp, tokens.NORMAL_COLORS)
    typography.set_density(1.0)


def at(shown: Shown, key: str) -> SettingsPage:
    shown.open("settings", key)
    page = shown.window.page("settings")
    assert isinstance(page, SettingsPage)
    return page


def guard_of(shown: Shown) -> Guard:
    return shown.window.findChild(Guard)


def backup_now(shown: Shown) -> BackupSection:
    section = at(shown, "backup").section("backup")
    assert isinstance(section, BackupSection)
    section.make.click()
    shown.settle()
    return section


class TestDisplay:
    def test_everything_is_chosen_by_keys_and_kept_at_once(self, shown: Shown) -> None:
        section = at(shown, "display").section("display")
        notes = shown.wiring.context.notes
        shown.press(Qt.Key.Key_Right, section.type_size)
        assert typography.base_size() == 11.5
        shown.press(Qt.Key.Key_End, section.height_choice)
        assert (read_note(notes, "look/density"), typography.density()) == ("wide", pytest.approx(34 / 24))
        rows = section.sample.sheet.view.verticalHeader()
        assert rows.sectionSize(0) == typography.row_px(tokens.ROW) > typography.px(tokens.ROW)
        shown.press(Qt.Key.Key_Right, section.direction)
        assert read_note(notes, "grid/direction") == "down"
        shown.press(Qt.Key.Key_End, section.contrast)
        assert read_note(notes, "look/contrast") == "dark"
        assert tokens.COLORS["base"] == "#000000"
        shown.press(Qt.Key.Key_Home, section.color)
        assert shown.wiring.context.unit.color == tokens.UNIT_COLORS["蓝"]

    def test_a_size_changed_by_keys_is_shown(self, shown: Shown) -> None:
        page = at(shown, "display")
        shown.window.zoom(1)
        page.refresh()
        assert page.section("display").type_size.key() == "11.5"


class TestBackups:
    def test_a_backup_by_hand_is_made_listed_and_copied_to_the_second_place(self, shown: Shown, tmp_path: Path) -> None:
        stick = tmp_path / "stick"
        stick.mkdir()
        keeper = guard_of(shown).keeper
        keeper.keeping.keep_second(stick)
        section = backup_now(shown)
        assert section._rows.value(0, "why") == "手工"
        assert "核对完好" in section.state.text()
        assert [one.why for one in keeper.keeping.second_copies()] == ["manual"]
        assert "今天拷的" in section.second_state.text()

    def test_a_missing_second_disk_is_amber_and_the_backup_stands(self, shown: Shown, tmp_path: Path) -> None:
        keeper = guard_of(shown).keeper
        keeper.keeping.keep_second(tmp_path / "gone")
        section = backup_now(shown)
        words, kind = second_words(keeper.keeping, keeper.second_trouble, keeper.keeping.now())
        assert kind == "warning"
        assert "没有插上" in words
        assert section.state.text().startswith("最近一次备份：今天")
        assert "第二备份盘没有接好" in shown.window.toast.messages[0]

    def test_the_first_start_of_a_day_makes_a_backup_and_the_second_none(self, shown: Shown) -> None:
        keeper = guard_of(shown).keeper
        before = len(keeper.keeping.listed())
        keeper.start()
        shown.settle()
        assert keeper.keeping.listed()[0].why == "daily"
        keeper.start()
        shown.settle()
        assert len(keeper.keeping.listed()) == before + 1

    def test_without_room_the_numbers_and_three_ways_out_are_told(
        self, shown: Shown, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        keeper, asked = guard_of(shown).keeper, []

        def full(why: str) -> None:
            raise Fault("DISK_FULL", folder="D:\\预算备份", reason="BACKUP", free="120 MB", needed="400 MB")

        def answer(title: str, body: str, verbs: object, **more: object) -> str:
            asked.append((title, body, [verb.word for verb in verbs]))
            return "later"

        monkeypatch.setattr(type(keeper.keeping), "make", lambda self, why: full(why))
        monkeypatch.setattr("desktop.ui.settings.keeper.ask", answer)
        keeper.make()
        shown.settle()
        shown.qtbot.waitUntil(lambda: bool(asked))
        title, body, words = asked[0]
        assert title == "磁盘空间不足，未能备份"
        assert "120 MB" in body
        assert "400 MB" in body
        assert words[:3] == ["换备份位置", "清理旧备份", "打开磁盘"]

    def test_old_backups_are_removed_only_after_the_question(
        self, shown: Shown, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        keeper, answers = guard_of(shown).keeper, ["back", "thin"]
        before = keeper.keeping.listed()
        monkeypatch.setattr("desktop.ui.settings.keeper.ask", lambda *_, **__: answers.pop(0))
        keeper.thin()
        shown.settle()
        assert len(keeper.keeping.listed()) == len(before)
        keeper.thin()
        shown.settle()
        left = keeper.keeping.listed()
        assert [one.path for one in left] == [one.path for one in before[:3]]

    def test_the_newest_sound_backup_cannot_be_deleted(self, shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("desktop.ui.settings.backups.ask", lambda *_, **__: "remove")
        section = backup_now(shown)
        count = len(section._rows.backups)
        section.sheet.view.go_to(0)
        section.remove.click()
        shown.settle()
        assert shown.said[0][0] == "这是最新的备份"
        section.sheet.view.go_to(1)
        section.remove.click()
        shown.settle()
        assert len(section._rows.backups) == count - 1


class TestRestoring:
    def content(self) -> BackupContent:
        counts = (("VOUCHER", "DRAFT", 3), ("VOUCHER", "PAID", 20), ("PROJECT", "ACCEPTED", 5))
        return BackupContent("2026-11-18T16:40:00+08:00", "甲旗林草局", counts, "水费", "2026-11-18T16:30:00+08:00")

    def test_content_and_date_stand_there_before_and_enter_steps_back(self, qtbot: QtBot) -> None:
        now = datetime.fromisoformat("2026-11-20T09:00:00+08:00")
        dialog = RestorePreview(self.content(), now)
        qtbot.addWidget(dialog)
        dialog.show()
        words = " ".join(label.text() for label in dialog.findChildren(type(dialog._column.itemAt(0).widget())))
        for part in ("甲旗林草局", "2026-11-18 16:40", "2 天前", "支付申请 23 张", "草稿 3", "项目 5 个", "水费"):
            assert part in words
        assert dialog.buttons["back"].isDefault()
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        assert dialog.answer == "back"

    def test_restoring_closes_the_window_and_leaves_the_wish(
        self, shown: Shown, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        section = backup_now(shown)
        monkeypatch.setattr(RestorePreview, "exec", lambda self: setattr(self, "answer", "restore"))
        section.sheet.view.go_to(0)
        section.restore.click()
        shown.settle()
        wish = guard_of(shown).wish
        assert (wish.again, wish.restore) == (True, section._rows.backups[0].path)
        assert not shown.window.isVisible()

    def test_a_folder_without_a_backup_is_told(
        self, shown: Shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        section = backup_now(shown)
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: str(tmp_path / "log"))
        section.from_folder.click()
        shown.settle()
        assert "没有完好的备份" in shown.window.toast.messages[0]


class TestTheOthers:
    def test_a_test_signature_says_whose_key_is_good_and_a_wrong_pin_is_asked_again(
        self, shown: Shown, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pins, bodies = ["000000", "135790"], []

        def ask_pin(title: str, body: str, **more: object) -> str:
            bodies.append(body)
            return pins.pop(0)

        monkeypatch.setattr("desktop.ui.settings.keys.ask_secret", ask_pin)
        section = at(shown, "keys").section("keys")
        section.sheet.view.go_to(0)
        section.test.click()
        shown.settle()
        assert "还可以试 4 次" in bodies[1]
        assert "核对无误" in section.result.text()
        assert section._rows.value(0, "state") == "可用"

    def test_the_test_of_the_line_says_each_step(self, shown: Shown) -> None:
        section = at(shown, "network").section("network")
        section.test.click()
        shown.settle()
        told = [band.text() for band in section.bands if not band.isHidden()]
        assert told[1] == "直接连接，不经过代理"
        assert told[2] == "平台有回应，本机身份通过"
        assert "电脑时间正确" in told[4]

    def test_a_platform_that_is_away_is_told_with_what_to_do(self, shown: Shown) -> None:
        section = at(shown, "network").section("network")
        section._line = type(section._line)("http://127.0.0.1:9", "p", "219001/pc1", "")
        shown.wiring.context.services.upkeep.safekeeping.now()
        object.__setattr__(shown.stage.installation, "connect", _refused)
        section.test.click()
        shown.settle()
        told = [band.text() for band in section.bands if not band.isHidden()]
        assert "连不上财政平台" in told[-1]

    def test_what_is_shown_of_the_log_is_exactly_what_is_packed(self, shown: Shown, tmp_path: Path) -> None:
        section = at(shown, "logs").section("logs")
        shown.settle()
        section.write(tmp_path / "logs.zip")
        shown.settle()
        with zipfile.ZipFile(tmp_path / "logs.zip") as packed:
            texts = {name: packed.read(name).decode() for name in packed.namelist()}
        for name, text in texts.items():
            section.tabs.choose(name)
            assert section.text.toPlainText() == (text or "没有内容")
        assert "张丽" not in "".join(texts.values())

    def test_every_parameter_of_a_rule_has_a_name_and_readable_value(self) -> None:
        assert set(NAMES) == set(DEFAULTS)
        shown_values = [value_words(name, default) for name, (default, _) in DEFAULTS.items()]
        assert not [value for value in shown_values if any("A" <= letter <= "Z" for letter in value)]

    def test_up_and_down_lead_through_all_sections(self, shown: Shown) -> None:
        page = at(shown, "display")
        seen = [page.side.key()]
        for _ in range(20):
            shown.press(Qt.Key.Key_Down, page.side)
            shown.settle()
            seen.append(page.side.key())
        assert list(dict.fromkeys(seen))[-1] == "about"
        assert {"backup", "keys", "network", "unit", "rules", "lock", "logs"} <= set(seen)


def _refused(url: str) -> object:
    from sync.transport.http import HttpTransport  # noqa: PLC0415 - only this test wants it

    return HttpTransport("http://127.0.0.1:9")


def _none_clipped(section: QWidget) -> None:
    assert clipped(section) == []


SECTIONS = ("display", "backup", "keys", "network", "unit", "rules", "lock", "logs", "about")


@pytest.mark.parametrize(("size", "points"), [((1093, 557), 10.0), ((1093, 557), 13.0), ((1920, 1040), 10.0)])
def test_nothing_is_clipped(shown: Shown, size: tuple[int, int], points: float) -> None:
    typography.set_base_size(points)
    shown.window.resize(*size)
    for key in SECTIONS:
        section = at(shown, key).section(key)
        shown.qtbot.waitUntil(lambda section=section: _none_clipped(section))


class TestSegmented:
    def test_arrows_move_and_a_key_that_is_unknown_changes_nothing(self, qtbot: QtBot) -> None:
        choice = Segmented([("a", "小"), ("b", "大"), ("c", "特大")], "字号")
        qtbot.addWidget(choice)
        told: list[str] = []
        choice.chosen.connect(told.append)
        for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_End, Qt.Key.Key_Right, Qt.Key.Key_Space):
            qtbot.keyClick(choice, key)
        assert told == ["b", "c", "a"]
        choice.set_key("zzz")
        assert (choice.key(), choice.accessibleName()) == ("a", "字号：小")

    def test_a_click_takes_what_is_under_it_in_every_row(self, qtbot: QtBot) -> None:
        choice = Segmented([(str(n), f"色{n}") for n in range(8)], "颜色", columns=4)
        qtbot.addWidget(choice)
        choice.resize(choice.sizeHint())
        qtbot.mouseClick(choice, Qt.MouseButton.LeftButton, pos=choice.boxes()[6].center())
        assert choice.key() == "6"
        qtbot.keyClick(choice, Qt.Key.Key_Up)
        assert choice.key() == "2"
