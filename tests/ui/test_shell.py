"""The frame of the program: pages, documents, search, keys, sizes."""

import itertools
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QVBoxLayout, QWidget

from desktop.ui.kit import typography
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.panels import EmptyState, Header
from desktop.ui.shell.bar_items import chip_words
from desktop.ui.shell.main_window import MainWindow
from desktop.ui.shell.navigation import NavItem, NavModel
from desktop.ui.shell.search_popup import Hit, HitGroup
from desktop.ui.shell.state import Officer, Segment, ShellState, SyncChip
from tests.ui.conftest import clipped

STATE = ShellState(
    "219001", "甲旗林业和草原局", "#0E7490", 2026, Officer("o1", "张丽", "经办"),
    (Officer("o2", "李强", "复核"), Officer("o3", "王志远", "签章")), SyncChip(6, 2, "11-20 08:05"), {"pay": 4},
    (Segment("本月已送 41 张"), Segment("合计", "1,263,880.00")),
    (Segment("单位：元", key="unit"), Segment("在线", dot="ok")))
PAGES = (("home", "首页", "home", "sy"), ("budget", "部门预算", "table", "bmys"),
         ("goal", "绩效目标", "target", "jxmb"), ("pay", "支付申请", "receipt", "zfsq"),
         ("sync", "同步中心", "sync", "tbzx"))


def found() -> list[HitGroup]:
    return [HitGroup("单据", (Hit("doc:131", "公务用车维修", "6,480.00"),))]


class Page(QWidget):
    """A page with a header, a field and an inspector that only remembers."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.field, self.inspected = QLineEdit(), 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        tools = [Button("打印", "flat", "copy"), Button("新增", "primary", "plus")]
        column.addWidget(Header(title, "2026 年 11 月", tools))
        column.addWidget(self.field)
        column.addWidget(EmptyState("这个月还没有支付申请。", Button("新增一张", "tonal", "plus")), 1)

    def toggle_inspector(self) -> None:
        self.inspected += 1

    def panes(self) -> list[QWidget]:
        return [self.field]


class Frame:
    """A window with five pages that counts how often each was built."""

    def __init__(self) -> None:
        self.built: list[str] = []
        self.window = MainWindow(STATE)
        for key, text, icon, initials in PAGES:
            self.window.add_page(key, text, icon, self._factory(key, text), initials=initials)

    def _factory(self, key: str, text: str) -> Callable[[], QWidget]:
        def make() -> QWidget:
            self.built.append(key)
            return Page(text)
        return make


@pytest.fixture
def frame(qtbot) -> Iterator[Frame]:
    made = Frame()
    qtbot.addWidget(made.window)
    made.window.resize(1366, 768)
    made.window.show_page("home")
    with qtbot.waitActive(made.window):
        made.window.show()
        made.window.activateWindow()
    return made


class TestPages:
    def test_a_page_is_built_when_it_is_first_shown_and_only_then(self, qtbot, frame: Frame) -> None:
        assert frame.built == ["home"]
        qtbot.keyClick(frame.window, Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
        assert frame.window.current_page() == "pay"
        qtbot.keyClick(frame.window, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
        qtbot.keyClick(frame.window, Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
        assert frame.built == ["home", "pay"]

    def test_the_navigation_opens_pages_by_keys(self, qtbot, frame: Frame) -> None:
        frame.window.navigation.setFocus()
        with qtbot.waitSignal(frame.window.page_requested) as signal:
            qtbot.keyClick(frame.window.navigation, Qt.Key.Key_Down)
        assert signal.args == ["budget"]

    def test_an_unknown_page_changes_nothing(self, frame: Frame) -> None:
        frame.window.show_page("nothing")
        assert frame.window.current_page() == "home"

    def test_the_navigation_lists_only_what_was_added(self, frame: Frame) -> None:
        assert [item.key for item in frame.window.navigation.items()] == [page[0] for page in PAGES]

    def test_the_navigation_model_keeps_the_rules_of_qt(self, qtbot) -> None:
        model = NavModel()
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        model.show_items([NavItem("a", "甲", "home")])
        model.set_badges({"a": 3})
        index = model.index(0)
        assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "甲，3 项待处理"
        assert index.data(Qt.ItemDataRole.ToolTipRole) == "甲　Alt+1"


class TestDocuments:
    def test_a_document_opens_once_and_comes_back_to_the_front(self, qtbot, frame: Frame) -> None:
        made: list[str] = []

        def factory() -> QWidget:
            made.append("x")
            return Page("单据")

        first = frame.window.open_document("pay", "131", "公务用车 000131", factory)
        frame.window.show_page("home")
        assert frame.window.open_document("pay", "131", "公务用车 000131", factory) is first
        assert made == ["x"]
        assert frame.window.current_page() == "pay"
        assert first.isVisible()

    def test_control_tab_walks_and_control_w_closes_but_never_the_list(self, qtbot, frame: Frame) -> None:
        for key in ("a", "b"):
            frame.window.open_document("pay", key, key, lambda: Page("单据"))
        control = Qt.KeyboardModifier.ControlModifier
        qtbot.keyClick(frame.window, Qt.Key.Key_Tab, control)
        assert frame.window.page("pay").isVisible()
        closed: list[tuple[str, str]] = []
        frame.window.document_closed.connect(lambda *args: closed.append(args))
        qtbot.keyClick(frame.window, Qt.Key.Key_W, control)
        assert closed == []
        qtbot.keyClick(frame.window, Qt.Key.Key_Tab, control)
        qtbot.keyClick(frame.window, Qt.Key.Key_W, control)
        assert closed == [("pay", "a")]

    def test_the_ninth_document_closes_the_one_not_seen_for_longest(self, qtbot, frame: Frame) -> None:
        for number in range(8):
            frame.window.open_document("pay", str(number), f"单据{number}", lambda: Page("单据"))
        frame.window.open_document("pay", "0", "单据0", lambda: Page("单据"))
        closed: list[str] = []
        frame.window.document_closed.connect(lambda page, key: closed.append(key))
        frame.window.open_document("pay", "8", "单据8", lambda: Page("单据"))
        assert closed == ["1"]
        assert "单据1" in frame.window.toast.messages[0]

    def test_a_new_document_takes_its_number_when_it_gets_one(self, frame: Frame) -> None:
        widget = frame.window.open_document("pay", "new", "新单据", lambda: Page("单据"))
        frame.window.rename_document("pay", "new", "136")
        frame.window.change_document("pay", "136", title="000136", dot=True)
        assert frame.window.open_document("pay", "136", "", lambda: Page("另一张")) is widget


def over(window: MainWindow, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


class TestMessages:
    @pytest.mark.parametrize("width", [800, 1366])
    def test_a_message_lies_over_the_page_and_leaves_its_foot_and_the_status_bar_free(
        self, qtbot, frame: Frame, width: int
    ) -> None:
        frame.window.resize(width, 600)
        frame.window.toast.say("同步完成：送出 6 份（128,400.00 元），已接收 5 份，退回 1 份。" * 3, action="查看")
        page = over(frame.window, frame.window.page("home"))
        foot = QRect(page.left(), page.bottom() - 63, page.width(), 64)
        lies = frame.window.toast.geometry()
        assert page.contains(lies)
        assert not lies.intersects(foot)
        assert not lies.intersects(over(frame.window, frame.window.status_bar))
        assert not clipped(frame.window.toast)

    def test_a_page_names_what_messages_may_cover(self, qtbot, frame: Frame) -> None:
        page = frame.window.page("home")
        page.message_area = lambda: page.field
        page.field.setFixedHeight(300)
        QApplication.processEvents()
        frame.window.toast.say("没有变化。")
        assert over(frame.window, page.field).contains(frame.window.toast.geometry())
        page.field.setFixedHeight(200)
        qtbot.waitUntil(lambda: over(frame.window, page.field).contains(frame.window.toast.geometry()))
        frame.window.show_page("pay")
        assert not over(frame.window, page.field).contains(frame.window.toast.geometry())


class TestAround:
    def test_the_title_names_unit_and_year(self, frame: Frame) -> None:
        assert frame.window.windowTitle() == "甲旗林业和草原局 · 2026年 · 预算单位客户端"

    def test_f12_and_the_button_ask_for_sync(self, qtbot, frame: Frame) -> None:
        for ask in (lambda: qtbot.keyClick(frame.window, Qt.Key.Key_F12), frame.window.top_bar.sync.click):
            with qtbot.waitSignal(frame.window.sync_requested):
                ask()

    def test_a_running_sync_disables_the_button(self, qtbot, frame: Frame) -> None:
        frame.window.show_state(ShellState(chip=SyncChip(running="4/6")))
        assert not frame.window.top_bar.sync.isEnabled()

    def test_the_menu_of_officers_names_the_others_and_tells_the_choice(self, qtbot, frame: Frame) -> None:
        menu = frame.window.top_bar.officer.menu()
        actions: list[QAction] = [action for action in menu.actions() if action.isEnabled() and "　" in action.text()]
        assert [action.text() for action in actions] == ["复核　李强", "签章　王志远"]
        with qtbot.waitSignal(frame.window.officer_switch_requested) as signal:
            actions[1].trigger()
        assert signal.args == ["o3"]

    def test_the_chip_leads_to_the_sync_page(self, qtbot, frame: Frame) -> None:
        frame.window.top_bar.chip.click()
        assert frame.window.current_page() == "sync"

    @pytest.mark.parametrize(("chip", "words"), [
        (SyncChip(6, 2, "11-20 08:05"), "待同步 6 · 退回 2 · 上次 11-20 08:05"), (SyncChip(), "还没有同步过"),
        (SyncChip(last="11-20 16:02"), "已同步 11-20 16:02"),
        (SyncChip(6, 2, "x", running="4/6"), "同步中 4/6 · 退回 2"),
        (SyncChip(offline=True), "离线（可继续工作）"), (SyncChip(3, offline=True), "离线（可继续工作） · 待同步 3"),
    ])
    def test_the_chip_says_how_things_are(self, chip: SyncChip, words: str) -> None:
        assert " ".join(part.text for part in chip_words(chip)[2]) == words

    def test_offline_is_grey_and_red_only_means_act(self) -> None:
        assert {part.tone for part in chip_words(SyncChip(offline=True))[2]} == {"text2"}
        assert "err" not in {part.tone for part in chip_words(SyncChip(6, 0, "11-20"))[2]}
        assert "warn" in {part.tone for part in chip_words(SyncChip(6, 0, "11-02", stale=True))[2]}

    def test_a_click_on_a_segment_tells_its_key(self, qtbot, frame: Frame) -> None:
        bar = frame.window.status_bar
        bar.grab()
        with qtbot.waitSignal(frame.window.segment_clicked) as signal:
            for left in range(bar.width() - 250, bar.width() - 20, 8):
                qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(left, 13))
                if signal.signal_triggered:
                    break
        assert signal.args == ["unit"]

    def test_a_pages_own_segments_go_with_the_page(self, frame: Frame) -> None:
        frame.window.show_segments([Segment("求和", "3.00")])
        assert frame.window.status_bar.accessibleName().startswith("求和 3.00")
        frame.window.show_page("pay")
        assert frame.window.status_bar.accessibleName().startswith("本月已送 41 张")

    def test_the_practice_strip_is_there_only_in_practice(self, frame: Frame) -> None:
        before = frame.window.top_bar.mapTo(frame.window, QPoint(0, 0)).y()
        frame.window.show_state(ShellState(strip="演示数据 · 不会报送"))
        QApplication.processEvents()
        assert frame.window.top_bar.mapTo(frame.window, QPoint(0, 0)).y() > before


class TestKeys:
    def test_control_k_searches_pages_and_documents(self, qtbot, frame: Frame) -> None:
        frame.window.set_search(lambda text, answer: answer(found()))
        qtbot.keyClick(frame.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        box = frame.window.top_bar.search
        assert box.hasFocus()
        qtbot.keyClicks(box, "zfsq")
        qtbot.keyClick(box, Qt.Key.Key_Return)
        assert frame.window.current_page() == "pay"

    def test_a_hit_of_the_callers_search_is_told(self, qtbot, frame: Frame) -> None:
        later: list[Callable[[list[HitGroup]], None]] = []
        frame.window.set_search(lambda text, answer: later.append(answer))
        box = frame.window.top_bar.search
        box.setFocus()
        qtbot.keyClicks(box, "131")
        qtbot.waitUntil(lambda: bool(later))
        later[0](found())
        with qtbot.waitSignal(frame.window.hit_chosen) as signal:
            qtbot.keyClick(box, Qt.Key.Key_Return)
        assert signal.args == ["doc:131"]
        assert box.text() == ""

    def test_an_answer_to_an_older_text_is_dropped(self, qtbot, frame: Frame) -> None:
        later: list[Callable[[list[HitGroup]], None]] = []
        frame.window.set_search(lambda text, answer: later.append(answer))
        box = frame.window.top_bar.search
        box.setFocus()
        qtbot.keyClicks(box, "13")
        qtbot.waitUntil(lambda: bool(later))
        qtbot.keyClicks(box, "2")
        later[0](found())
        qtbot.keyClick(box, Qt.Key.Key_Return)
        assert box.text() == "132"

    def test_f4_reaches_the_page_in_front(self, qtbot, frame: Frame) -> None:
        qtbot.keyClick(frame.window, Qt.Key.Key_F4)
        assert frame.window.page("home").inspected == 1

    def test_f6_walks_through_the_panes(self, qtbot, frame: Frame) -> None:
        frame.window.navigation.setFocus()
        seen = []
        for _ in range(3):
            qtbot.keyClick(frame.window, Qt.Key.Key_F6)
            seen.append(frame.window.focusWidget())
        assert seen == [frame.window.top_bar.search, frame.window.page("home").field, frame.window.navigation]

    def test_f11_leaves_only_the_page(self, qtbot, frame: Frame) -> None:
        for shown in (False, True):
            qtbot.keyClick(frame.window, Qt.Key.Key_F11)
            assert frame.window.navigation.isVisible() is shown
            assert frame.window.top_bar.isVisible() is shown

    def test_f12_and_the_search_work_while_only_the_page_is_shown(self, qtbot, frame: Frame) -> None:
        qtbot.keyClick(frame.window, Qt.Key.Key_F11)
        with qtbot.waitSignal(frame.window.sync_requested):
            qtbot.keyClick(frame.window, Qt.Key.Key_F12)
        qtbot.keyClick(frame.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        assert frame.window.top_bar.search.hasFocus()

    def test_everything_that_takes_the_focus_has_a_name_for_readers(self, frame: Frame) -> None:
        nameless = [type(widget).__name__ for widget in frame.window.top_bar.findChildren(QWidget)
                    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.accessibleName()
                    and widget.isVisible() and isinstance(widget, (QAbstractButton, QLineEdit))]
        assert nameless == []
        assert frame.window.navigation.accessibleName()

    def test_type_grows_shrinks_and_returns(self, qtbot, frame: Frame) -> None:
        points: list[float] = []
        frame.window.zoom_changed.connect(points.append)
        control = Qt.KeyboardModifier.ControlModifier
        for key in (Qt.Key.Key_Equal, Qt.Key.Key_Equal, Qt.Key.Key_Equal, Qt.Key.Key_Minus, Qt.Key.Key_0):
            qtbot.keyClick(frame.window, key, control)
        assert points == [11.5, 13.0, 13.0, 11.5, 10.0]

    def test_closing_tells_the_pages_first(self, qtbot, frame: Frame) -> None:
        with qtbot.waitSignal(frame.window.about_to_close):
            frame.window.close()


class TestSizes:
    @pytest.mark.parametrize(("wide", "high"), [(1093, 557), (1366, 768), (1366, 697), (1920, 1080)])
    @pytest.mark.parametrize("points", [10.0, 13.0])
    def test_nothing_is_clipped(self, qtbot, frame: Frame, picture: Callable[[QWidget, str], None], wide: int,
                                high: int, points: float) -> None:
        typography.set_base_size(points)
        frame.window.resize(wide, high)
        frame.window.open_document("pay", "131", "公务用车维修保养 000131", lambda: Page("支付申请"))
        qtbot.waitUntil(lambda: clipped(frame.window) == [])
        assert frame.window.width() == wide
        picture(frame.window, f"shell-{wide}x{high}-{points}")
        bar = frame.window.top_bar
        parts = [bar.unit, bar.year, bar.officer, bar.search, bar.chip, bar.sync]
        assert all(one.geometry().right() < other.geometry().left() for one, other in itertools.pairwise(parts))
        assert parts[-1].geometry().right() < bar.width()

    def test_the_navigation_folds_below_1024(self, qtbot, frame: Frame) -> None:
        frame.window.resize(1000, 600)
        qtbot.waitUntil(lambda: frame.window.navigation.width() == 48)
        frame.window.resize(1100, 600)
        qtbot.waitUntil(lambda: frame.window.navigation.width() == 148)

    def test_size_and_place_come_back(self, qtbot, frame: Frame) -> None:
        frame.window.resize(1200, 650)
        kept = frame.window.standing.kept()
        frame.window.resize(900, 500)
        assert frame.window.standing.restore(kept)
        qtbot.waitUntil(lambda: frame.window.width() >= 800)
