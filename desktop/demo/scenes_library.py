"""The scene of an update: a draft goal is written, the bureau publishes, the unit syncs, and sees what changed."""

from desktop.demo.bureau import RehearsalBureau
from desktop.demo.editions import SECOND
from desktop.demo.scenes_goal import bench_of, find, go_to
from desktop.ui.performance.changes import LibraryChanges
from desktop.ui.performance.own_form import OwnQuestion
from desktop.ui.tour.camera import Camera, Dialog

PROJECT = "固沙造林补植工程"
_OWN = ("3", "处", "新造林带内发现牲畜啃食的地点数", "巡护记录中啃食地点合计", "管护站巡护记录",
        "指标库没有反映管护效果的指标")
REWORDED, CLOSED = "HY0307012204", "HY0307013302"


def updating(camera: Camera, bureau: RehearsalBureau) -> None:
    """A draft, the second edition, what changed, and what it means for the draft's lines."""
    hands = camera.hands
    hands.open("performance", "")
    hands.answer_form((PROJECT, "", "2130217"), lambda: hands.press("新增项目"))
    hands.tab("绩效目标")
    _pick(camera, REWORDED, CLOSED)
    bureau.publish_edition(SECOND)
    bureau.allow_own_indicators()
    hands.key("F12")
    hands.press("开始同步")
    hands.until(lambda: hands.shown("指标库什么变了"), "the end of the sync")
    camera.take("sync-library")
    hands.press("指标库什么变了")
    _changes(camera)
    hands.key("Ctrl+W")
    hands.choose_row(hands.field("项目"), PROJECT)
    hands.tab("绩效目标")
    go_to(camera, REWORDED)
    camera.take("goal-newer")
    camera.take_question("goal-newer-changes", lambda: hands.press("看变化"))
    go_to(camera, CLOSED)
    camera.take("goal-closed")
    _retired(camera)
    camera.take_question("goal-own", bench_of(camera).acts.own, _write_own)


def _pick(camera: Camera, *codes: str) -> None:
    for code in codes:
        find(camera, code, lambda: camera.hands.key("Return"))


def _retired(camera: Camera) -> None:
    """An entry of the library that is of no use any more, with what takes its place."""
    find(camera, "飞播", lambda: camera.take("goal-retired"))


def _write_own(dialog: Dialog) -> None:
    if isinstance(dialog, OwnQuestion):
        dialog.name.set_text("固沙林带内牲畜啃食处数")
        dialog.buttons["go"].click()
        dialog.level.set_code("0")
        dialog.operator.set_code("LE")
        dialog.direction.set_code("NEGATIVE")
        for field, text in zip((dialog.target, dialog.unit, *dialog.words.values()), _OWN, strict=True):
            field.set_text(text)


def _changes(camera: Camera) -> None:
    hands = camera.hands
    hands.until(lambda: bool(hands.window.findChildren(LibraryChanges)), "the list of changes")
    view = hands.window.findChildren(LibraryChanges)[0]
    hands.settle()
    camera.take("library-changes")
    view.sheet.view.select_source(view.source.row_of("HY0307012202"), 0)
    camera.take("library-withdrawn")
    hands.press("只看我用到的 3")
    camera.take("library-used")
