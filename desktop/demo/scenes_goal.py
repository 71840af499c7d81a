"""Scenes of the goal editor: a project that goes on from last year, its goal half filled, finished and printed."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from desktop.demo import new_project
from desktop.domain.goal import PerformanceGoal
from desktop.texts.words import PROJECT_CLASSES
from desktop.ui.context import Context
from desktop.ui.performance.bench import Bench
from desktop.ui.performance.model_dialog import ModelDialog
from desktop.ui.performance.session import PerformanceSession
from desktop.ui.performance.suggestion import SuggestionDialog
from desktop.ui.tour.camera import Camera, Dialog
from desktop.usecases.take_form import form_of

HERDERS, RATE, SURVIVAL, LABOUR = "HY0307014101", "HY0307013301", "HY0307012204", "HY0307013201"
LENGTH, SEEDLINGS, SEASON, UNIT_COST = "HY0307012105", "HY0307012106", "HY0307012301", "HY0307011101"
TARGETS = {LENGTH: "12", SEEDLINGS: "48000", SURVIVAL: "70", SEASON: "95", RATE: "60", LABOUR: "60", HERDERS: "88"}
OLD_FORM = "OLD_FORM"


def goals(camera: Camera) -> None:
    """The list, an accepted project, and everything that is done with a goal that is being filled in."""
    hands = camera.hands
    hands.open("performance", "")
    camera.take("goals")
    hands.choose_row(hands.field("项目"), "沙化土地综合治理")
    hands.tab("立项")
    camera.take("project-accepted")
    hands.tab("绩效目标")
    camera.take("goal-accepted")
    _project(camera)
    hands.tab("绩效目标")
    camera.take("goal-empty")
    _proposals(camera)
    _half(camera)
    _library(camera)
    _finished(camera)
    _models(camera)
    _form(camera)
    _other_profile(camera)


def bench_of(camera: Camera) -> Bench:
    """Return the bench of the performance page."""
    return camera.hands.window.findChildren(Bench)[0]


def session_of(camera: Camera) -> tuple[PerformanceSession, PerformanceGoal]:
    """Return what is on the bench."""
    session = bench_of(camera).session
    if session is None or session.goal is None:
        raise LookupError("no goal is on the bench")
    return session, session.goal


def go_to(camera: Camera, code: str, field: str = "target") -> None:
    """Put the cursor on the line of an indicator."""
    _, goal = session_of(camera)
    place = next(at for at, line in enumerate(goal.lines) if line.indicator_code == code)
    bench_of(camera).go_to(f"goal:lines[{place}].{field}")
    camera.hands.settle()


def use_tool(camera: Camera, word: str) -> None:
    """Take an entry of the menu "…" of the goal's tools."""
    camera.hands.choose(bench_of(camera).tools.more.menu, word)


def find(camera: Camera, text: str, act: Callable[[], None]) -> None:
    """Search the library, do something with the hits, and leave the window as it was."""
    hands = camera.hands
    narrow = not hands.shown("搜索指标库")
    if narrow:
        hands.press("选指标")  # the library then stands in the place of the projects
    hands.fill(hands.field("搜索指标库"), text, leave="Down")
    act()
    bench_of(camera).picker.search.clear()
    if narrow:
        hands.press("选指标")
    hands.settle()


def _project(camera: Camera) -> None:
    hands = camera.hands
    camera.take_question("project-new", lambda: hands.press("新增项目"))
    hands.answer_form((new_project.NAME, "", new_project.FUNCTION), lambda: hands.press("新增项目"))
    hands.fill(hands.field("项目负责人"), "斯琴")
    hands.fill(hands.field("联系电话"), "0482-8219001")
    new_project.type_summary_and_plan(hands)
    hands.focus(hands.field("项目负责人"))
    camera.take("project")


def _proposals(camera: Camera) -> None:
    """What the program offers for an empty goal: its own proposal, last year's goal, cases, an own indicator."""
    hands, acts = camera.hands, bench_of(camera).acts

    def alternatives(dialog: Dialog) -> None:
        if isinstance(dialog, SuggestionDialog):
            rows = dialog.model.rows
            dialog.list.setCurrentIndex(dialog.model.index(next(at for at, row in enumerate(rows) if row.others)))
            dialog.detail.setVisible(True)
            hands.settle()
            bar = dialog.detail.area.verticalScrollBar()
            bar.setValue(bar.maximum())

    camera.take_question("goal-suggest", bench_of(camera).suggesting.open)
    camera.take_question("goal-suggest-others", bench_of(camera).suggesting.open, alternatives)
    camera.take_question("goal-cases", acts.cases)
    use_tool(camera, "自拟指标…")
    camera.take("goal-own-refused", with_toast=True)


def _half(camera: Camera) -> None:
    """Last year's lines but one come along; one target is open, one cannot be read."""
    hands, bench = camera.hands, bench_of(camera)

    def leave_last_out(dialog: Dialog) -> None:
        camera.take_dialog("goal-last-year", dialog)
        hands.key("Ctrl+End")
        hands.key("Home")
        hands.key("Space")
        hands.key("Return")

    hands.answering(leave_last_out, bench.acts.last_year)
    hands.fill(hands.field("年度总体目标"), new_project.YEAR_GOAL[:12])
    bench.acts.by_library()
    go_to(camera, LABOUR)
    hands.key("Del")
    go_to(camera, SURVIVAL)
    hands.enter("七成")
    hands.key("F8")
    camera.take("goal")


def _library(camera: Camera) -> None:
    """The library beside the goal: hits and ticks, filters, chips."""
    hands, picker = camera.hands, bench_of(camera).picker

    def ticked() -> None:
        for _ in range(2):
            hands.key("Space")
            hands.key("Down")
        camera.take("goal-picker")
        for _ in range(2):
            hands.key("Up")
            hands.key("Space")

    def filtered() -> None:
        picker.narrow.click()
        picker.panel.fitting.click()
        hands.settle()
        camera.take("goal-filters")
        picker.panel.kinds["CORE"].click()
        hands.settle()
        picker.narrow.click()
        camera.take("goal-chips")
        hands.focus(hands.field("搜索指标库"))
        hands.key("Esc")
        hands.key("Esc")

    find(camera, "myd", ticked)
    find(camera, "", filtered)


def _finished(camera: Camera) -> None:
    hands = camera.hands
    find(camera, HERDERS, lambda: hands.key("Return"))
    hands.fill(hands.field("年度总体目标"), new_project.YEAR_GOAL)
    for code, target in TARGETS.items():
        go_to(camera, code)
        hands.enter(target)
    bench_of(camera).acts.by_library()
    hands.key("F8")
    go_to(camera, RATE)
    camera.take("goal-finished")
    camera.take_question("print-goal", lambda: hands.key("Ctrl+P"))


def _models(camera: Camera) -> None:
    """A model of single numbers, and one of a table."""

    def numbers(dialog: Dialog) -> None:
        if isinstance(dialog, ModelDialog):
            for field, value in zip(dialog.fields.values(), ("8208", "12000"), strict=True):
                field.number.set_text(value)

    def plots(dialog: Dialog) -> None:
        if isinstance(dialog, ModelDialog) and dialog.sheet is not None:
            camera.hands.focus(dialog.sheet.view)
            for cell in ("412", "500", "388", "500", "11", "20"):
                camera.hands.enter(cell)

    go_to(camera, RATE)
    camera.take_question("goal-model", lambda: camera.hands.key("F9"), numbers)
    go_to(camera, SURVIVAL)
    camera.take_question("goal-model-table", lambda: camera.hands.key("F9"), plots)


def _form(camera: Camera) -> None:
    """A form that came back with another target, and a line that the library does not have."""
    hands, bench = camera.hands, bench_of(camera)
    session, goal = session_of(camera)
    context = hands.window.findChild(Context)
    files = context.services.tables if context is not None else None
    if context is None or files is None:
        raise LookupError("the window was built without a way to files")
    first, second, *rest = goal.lines
    changed = replace(goal, lines=(replace(first, target="13"), replace(second, indicator_code="",
                                                                         name="固沙苗木栽种总株数"), *rest))
    kind = PROJECT_CLASSES[session.project.project_class.value]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "申报表_锁边林带营造工程.xlsx"
        context.run(context, lambda books: files.write_goal_form(path, form_of(books, changed, kind)),
                    lambda done: None)
        hands.settle()
        camera.take_question("goal-form", lambda: bench.form_acts.read(path, goal))


def _other_profile(camera: Camera) -> None:
    """The older form has cost among the output: the line of cost would move there."""
    hands, acts = camera.hands, bench_of(camera).acts
    acts.choose_profile("WITH_COST")
    find(camera, UNIT_COST, lambda: hands.key("Return"))
    camera.take_question("goal-profile", lambda: acts.choose_profile(OLD_FORM))
