"""Every screen and state of the program, from the rehearsal: one picture each, and what it has no room for."""

from collections.abc import Callable
from dataclasses import dataclass

from desktop.demo import scenes_around, scenes_goal, scenes_library
from desktop.demo.bureau import RehearsalBureau
from desktop.demo.tour import pin_of
from desktop.ui.tour.camera import Camera

Play = Callable[[Camera], None]
PlayBoth = Callable[[Camera, RehearsalBureau], None]


@dataclass(frozen=True, slots=True)
class Scene:
    """A row of pictures; leaves the window as any other scene may find it.

    Attributes:
        title: What it shows, in Chinese, for whoever looks through the pictures.
    """

    key: str
    title: str
    play: Play | None = None
    play_both: PlayBoth | None = None  # what the bureau does meanwhile is part of it


def _home(camera: Camera) -> None:
    hands = camera.hands
    hands.key("Alt+1")
    camera.take("home")
    camera.take_question("home-add-item", lambda: hands.press("添加事项"))
    camera.take_question("home-calendar", lambda: hands.press_named("全部日程"))
    camera.take_question("home-chart-data", lambda: hands.press_named("预算执行：看数据"))


def _people(camera: Camera) -> None:
    hands = camera.hands
    for person, key in (("李强", "checker"), ("王志远", "signer")):
        hands.sit(person, pin_of(person))
        hands.key("Alt+1")
        camera.take(f"home-{key}")
        hands.open("voucher", "tab:ALL")
        camera.take(f"vouchers-{key}")
    hands.sit("张丽")


def _budget(camera: Camera) -> None:
    hands = camera.hands
    hands.open("budget", "")
    camera.take("budget")
    hands.key("F3")
    camera.take("budget-problem")
    hands.key("F4")
    camera.take("budget-inspector")
    hands.key("F4")
    camera.take_popup("table-filter", lambda: hands.key("Alt+Shift+Down"))
    hands.key("Ctrl+F")
    hands.write("30218")
    camera.take("table-find")
    hands.key("Esc")
    camera.take_question("print-budget", lambda: hands.key("Ctrl+P"))


def _payment(camera: Camera) -> None:
    hands = camera.hands
    hands.open("voucher", "tab:ALL")
    camera.take("vouchers")
    hands.open("voucher", "tab:DRAFT")
    hands.focus(hands.field("支付申请列表"))
    hands.key("Ctrl+A")
    camera.take("vouchers-ticked")
    hands.key("Esc")
    hands.tab("回收站")
    camera.take("vouchers-bin")
    hands.open("voucher", "tab:ERRORS")
    hands.focus(hands.field("支付申请列表"))
    hands.key("Return")
    camera.take("voucher-errors")
    hands.key("F4")
    camera.take("voucher-inspector")
    hands.key("F4")
    camera.take_question("print-voucher", lambda: hands.key("Ctrl+P"))
    hands.open("voucher", "tab:RETURNED")
    hands.focus(hands.field("支付申请列表"))
    hands.key("Return")
    camera.take("voucher-returned")
    hands.open("voucher", "tab:DONE")
    hands.focus(hands.field("支付申请列表"))
    hands.key("Return")
    camera.take("voucher-paid")
    hands.open("voucher", "new")
    camera.take("voucher-new")
    for _ in range(4):
        hands.key("Ctrl+W")


def _sync(camera: Camera) -> None:
    hands = camera.hands
    hands.key("F12")
    camera.take("sync-check")
    hands.tab("历史")
    camera.take("sync-history")


SCENES = (
    Scene("home", "首页", _home),
    Scene("people", "复核人和签章人看到的首页、列表", _people),
    Scene("budget", "部门预算", _budget),
    Scene("performance", "绩效目标", scenes_goal.goals),
    Scene("payment", "支付申请", _payment),
    Scene("sync", "同步中心", _sync),
    Scene("basics", "基础资料", scenes_around.basics),
    Scene("frame", "菜单、搜索、快捷键表、锁定", scenes_around.frame),
    Scene("settings", "设置与备份", scenes_around.settings),
    Scene("help", "帮助", scenes_around.help_pages),
    Scene("import", "导入", scenes_around.importing),
    Scene("performance", "指标库更新：什么变了，草稿里的旧版和停用指标", play_both=scenes_library.updating),
)


def play(camera: Camera, bureau: RehearsalBureau, only: tuple[str, ...] = ()) -> None:
    """Play the scenes with these keys, all when none is named."""
    for scene in SCENES:
        if only and scene.key not in only:
            continue
        if scene.play is not None:
            scene.play(camera)
        if scene.play_both is not None:
            scene.play_both(camera, bureau)
