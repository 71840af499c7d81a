"""The scene of an update: a draft goal is written, the bureau publishes, the unit syncs, and sees what changed."""

from desktop.demo.bureau import RehearsalBureau
from desktop.demo.editions import SECOND
from desktop.ui.performance.bench import Bench
from desktop.ui.performance.changes import LibraryChanges
from desktop.ui.tour.camera import Camera

PROJECT = "固沙造林补植工程"
REWORDED, CLOSED = "HY0307012204", "HY0307013302"


def updating(camera: Camera, bureau: RehearsalBureau) -> None:
    """A draft, the second edition, what changed, and what it means for the draft's lines."""
    hands = camera.hands
    hands.open("performance", "")
    hands.answer_form((PROJECT, "", "2130217"), lambda: hands.press("新增项目"))
    hands.tab("绩效目标")
    _pick(camera, REWORDED, CLOSED)
    bureau.publish_edition(SECOND)
    hands.key("F12")
    hands.press("开始同步")
    hands.until(lambda: hands.shown("指标库什么变了"), "the end of the sync")
    camera.take("sync-library")
    hands.press("指标库什么变了")
    _changes(camera)
    hands.key("Ctrl+W")
    hands.choose_row(hands.field("项目"), PROJECT)
    hands.tab("绩效目标")
    _line(camera, REWORDED)
    camera.take("goal-newer")
    camera.take_question("goal-newer-changes", lambda: hands.press("看变化"))
    _line(camera, CLOSED)
    camera.take("goal-closed")


def _pick(camera: Camera, *codes: str) -> None:
    hands = camera.hands
    narrow = not hands.shown("搜索指标库")
    if narrow:
        hands.press("选指标")
    for code in codes:
        hands.fill(hands.field("搜索指标库"), code, leave="Down")
        hands.key("Return")
    if narrow:
        hands.press("选指标")


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


def _line(camera: Camera, code: str) -> None:
    """Put the cursor on the line of an indicator of the goal in front."""
    hands = camera.hands
    bench = hands.window.findChildren(Bench)[0]
    goal = bench.session.goal if bench.session is not None else None
    assert goal is not None, "the project has a goal"
    place = next(at for at, line in enumerate(goal.lines) if line.indicator_code == code)
    bench.go_to(f"goal:lines[{place}].target")
    hands.settle()
