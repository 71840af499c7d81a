"""The library beside the goal by keys alone: search as people type, filters, ticks, what is retired, what is empty."""

import json
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.goal import Level1
from desktop.domain.library_search import LibraryQuery
from desktop.ui.kit.typography import set_base_size
from desktop.ui.performance import picker as module
from desktop.ui.performance.library import LibraryModel
from desktop.ui.performance.picker import Picker
from desktop.ui.performance.picker_filters import is_filtered
from desktop.usecases.pick_indicators import search_library
from tests.ui.planning_fixture import library, person, planning

__all__ = ["library", "person", "planning"]
Key = Qt.Key
SAND, YEAR = "2130217", 2027
NO_COST = (Level1.OUTPUT, Level1.BENEFIT, Level1.SATISFACTION)


class Stand(QWidget):
    """A picker beside a field that stands for the goal."""

    def __init__(self, planning, height=640):
        super().__init__()
        self.planning = planning
        self.goal, self.picker = QLineEdit(), Picker(planning.context)
        column = QVBoxLayout(self)
        column.addWidget(self.goal)
        column.addWidget(self.picker, 1)
        self.picked, self.looked = [], []
        self.picker.picked.connect(self.picked.append)
        self.picker.left.connect(self.goal.setFocus)
        self.picker.looked_at.connect(self.looked.append)
        self.resize(self.picker.maximumWidth() + 24, height)

    def show_goal(self, code=SAND, levels=NO_COST, used=frozenset(), **more):
        self.picker.show_goal(code, levels, used, **{"fiscal_year": YEAR, **more})
        self.planning.settle()

    def names(self):
        return [one.name for one in self.picker.model.hits]

    def words(self):
        return [button.text() for button in self.picker._filters.values() if button.isVisible()]


@pytest.fixture
def stand(library, qtbot):
    made = Stand(library)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitActive(made)
    made.show_goal()
    made.picker.search.setFocus()
    return made


def retire(planning, code, successor):
    """Let an entry of the library end with 2026."""

    def work(books):
        with books:
            library = books.mirrors.library()
            read = books.connection.exec_driver_sql("SELECT record FROM mirror_indicator").scalars().all()
            records = [json.loads(one) for one in read]
            assert len(records) == len(library)
            for record in records:
                if record["code"] == code:
                    record |= {"effective_to": "2026", "successor": successor}
            books.exchange.replace_mirror("public", {"indicator": records}, 9)
            books.commit()

    planning.do(work)


def test_typing_searches_and_every_way_of_typing_finds(stand, person):
    for typed in ("沙化土地", "shtd", "shahuatudi", "ＳＨＴＤ", "沙化 td"):
        stand.picker.search.clear()
        person.types(typed)
        stand.planning.settle()
        assert "沙化土地治理面积" in stand.names()[:2], typed


def test_an_answer_that_a_later_letter_has_overtaken_is_dropped(stand, monkeypatch):
    waiting = []
    context = type(stand.planning.context)
    monkeypatch.setattr(context, "run", lambda self, owner, work, back: waiting.append((work, back)))
    for text in ("沙", "沙化", "沙化土地治理率"):
        stand.picker.search.setText(text)
    monkeypatch.undo()
    answers = [(stand.planning.do(work), back) for work, back in waiting]
    for page, back in reversed(answers):
        back(page)
    assert stand.names()[0] == "沙化土地治理率"
    assert stand.picker.model.typed == "沙化土地治理率"


def test_space_ticks_enter_adds_and_leads_to_the_goal_ctrl_enter_stays(stand, person):
    person.types("治沙")
    stand.planning.settle()
    person.presses_key(Key.Key_Down)
    assert stand.picker.list.hasFocus()
    person.presses_key(Key.Key_Space)
    person.presses_key(Key.Key_Down)
    person.presses_key(Key.Key_Space)
    assert stand.picker.add.text() == "加入 2 条"
    person.presses_key(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert stand.picker.list.hasFocus()
    assert len(stand.picked[0]) == 2
    stand.show_goal(used=frozenset(one.code for one in stand.picked[0]))
    assert stand.picker.add.text() == "加入"
    person.presses_key(Key.Key_Space)  # what the goal has is not ticked again
    assert stand.picker.model.ticked == {}
    assert "已经在目标里" in stand.planning.said[0]
    person.presses_key(Key.Key_Down)
    person.presses_key(Key.Key_Return)
    assert len(stand.picked) == 2
    assert stand.goal.hasFocus()


def test_letters_backspace_escape_and_up_lead_from_the_list_to_the_field(stand, person):
    person.types("沙")
    stand.planning.settle()
    person.presses_key(Key.Key_Down)
    person.types("m")
    assert stand.picker.search.text() == "沙m"
    assert stand.picker.search.hasFocus()
    stand.planning.settle()
    person.presses_key(Key.Key_Down)
    person.presses_key(Key.Key_Backspace)
    assert stand.picker.search.text() == "沙"
    stand.planning.settle()
    person.presses_key(Key.Key_Down)
    person.presses_key(Key.Key_Escape)
    assert stand.picker.search.hasFocus()
    stand.picker.list.setFocus()
    stand.picker.list.setCurrentIndex(stand.picker.model.index(0))
    person.presses_key(Key.Key_Up)
    assert stand.picker.search.hasFocus()


def test_escape_takes_text_then_filters_then_leaves(stand, person):
    stand.picker.panel.kinds["CORE"].click()
    stand.planning.settle()
    person.types("沙")
    stand.planning.settle()
    person.presses_key(Key.Key_Escape)
    stand.planning.settle()
    assert stand.picker.search.text() == ""
    assert is_filtered(stand.picker._query)
    person.presses_key(Key.Key_Escape)
    stand.planning.settle()
    assert not is_filtered(stand.picker._query)
    person.presses_key(Key.Key_Escape)
    assert stand.goal.hasFocus()


def test_level_chips_count_the_whole_result_and_choose(stand):
    stand.picker.search.setText("沙")
    stand.planning.settle()
    total = len(stand.names())
    assert stand.words()[0] == f"全部 {total}"
    assert [word.split()[0] for word in stand.words()] == ["全部", "产出", "效益", "满意度"]  # no cost on this form
    assert sum(int(word.split()[1]) for word in stand.words()[1:]) == total
    stand.picker._filters["OUTPUT"].click()
    stand.planning.settle()
    assert {one.level1 for one in stand.picker.model.hits} == {Level1.OUTPUT}
    assert stand.words()[0] == f"全部 {total}"


def test_filters_narrow_step_by_step_and_each_chip_takes_its_own_away(stand, person):
    picker = stand.picker
    picker.narrow.click()
    assert picker.panel.isVisible()
    everything = picker.model.page.found.total
    picker.panel.kinds["SPECIFIC"].click()
    stand.planning.settle()
    field = next(one for one in picker.panel.choices["industry"].menu().actions() if one.text().startswith("农林水"))
    field.trigger()
    stand.planning.settle()
    assert {one.industry for one in picker.model.hits} == {"农林水"}
    assert picker.panel.choices["category"].isEnabled()
    picker.panel.choices["category"].menu().actions()[1].trigger()
    stand.planning.settle()
    picker.panel.choices["fund_use"].menu().actions()[1].trigger()
    stand.planning.settle()
    narrowed = picker.model.page.found.total
    assert narrowed == len({one.code for one in picker.model.hits}) < everything
    assert len({one.fund_use for one in picker.model.hits}) == 1
    picker.narrow.click()
    assert not picker.panel.isVisible()
    words = [chip.text() for chip in picker.chips.chips]
    assert words[:2] == ["个性", "农林水"]
    assert words[-1] == "全部清除"
    picker.chips.chips[1].click()  # the field takes category and fund use with it
    stand.planning.settle()
    assert [chip.text() for chip in picker.chips.chips] == ["个性"]
    picker.chips.chips[0].click()
    stand.planning.settle()
    assert not picker.chips.isVisible()
    assert picker.model.page.found.total == everything


def test_only_what_suits_the_project_is_shown_on_request(stand):
    picker = stand.picker
    picker.narrow.click()
    count = picker.model.page.found.fitting
    assert picker.panel.fitting.text() == f"只看适用本项目的 {count}"
    picker.panel.fitting.click()
    stand.planning.settle()
    assert picker.model.page.found.total == count
    assert all(SAND in one.applies_to or not one.applies_to or set(one.applies_to) & {"21302", "213"}
               for one in picker.model.hits)


def test_nothing_found_says_what_to_try(stand, person):
    person.types("zzqqxx")
    stand.planning.settle()
    assert not stand.picker.list.isVisible()
    assert "zzqqxx" in stand.picker._empty.sentence()
    assert "首字母" in stand.picker._empty.sentence()
    assert not stand.picker.clear.isVisible()
    stand.picker.search.setText("沙化土地治理率")
    stand.planning.settle()
    stand.picker.panel.kinds["COMMON"].click()
    stand.planning.settle()
    assert "筛选" in stand.picker._empty.sentence()
    stand.picker.clear.click()
    stand.planning.settle()
    assert stand.names()[0] == "沙化土地治理率"


def test_without_a_library_it_says_how_one_comes(planning, qtbot):
    made = Stand(planning)
    qtbot.addWidget(made)
    made.show()
    made.show_goal()
    assert "同步" in made.picker._empty.sentence()
    assert made.picker._empty.isVisible()
    assert not made.picker.clear.isVisible()


def test_letters_that_nothing_fits_bring_what_is_near_and_say_so(stand):
    stand.picker.search.setText("shzlmj")
    stand.planning.settle()
    assert stand.names()[0] == "沙化土地治理面积"
    assert "相近" in stand.picker.total.text()
    marked, _ = stand.picker.model.marks(stand.picker.model.hits[0])
    assert "".join(stand.names()[0][at] for at in marked) == "沙化治理面积"


def test_a_long_result_says_so_and_grows_when_scrolled(stand, monkeypatch):
    monkeypatch.setattr(module, "SHOWN", 20)
    stand.picker.search.setText("率")
    stand.planning.settle()
    total = stand.picker.model.page.found.total
    assert stand.picker.total.text() == f"共 {total} 条，先看前 20 条"
    first = stand.names()
    assert stand.picker.model.canFetchMore(stand.picker.list.rootIndex())
    stand.picker.list.setCurrentIndex(stand.picker.model.index(19))
    stand.picker.list.scrollToBottom()
    QApplication.processEvents()
    stand.planning.settle()
    assert len(stand.names()) >= 40 or len(stand.names()) == total
    assert stand.names()[:20] == first
    assert stand.picker.list.currentIndex().row() == 19


def test_what_fits_the_project_comes_first_when_nothing_is_typed(stand):
    assert "适合本项目的排在前面" in stand.picker.total.text()
    assert all(SAND in one.applies_to for one in stand.picker.model.hits[:5])
    stand.show_goal(code="2050202")
    assert not all(SAND in one.applies_to for one in stand.picker.model.hits[:5])


def test_a_retired_entry_is_grey_names_its_successor_and_is_not_picked(stand, person):
    retire(stand.planning, "HY0307013301", "HY0307012101")
    stand.picker.search.setText("沙化土地治理率")
    stand.planning.settle()
    model = stand.picker.model
    one = model.hits[0]
    assert one.code == "HY0307013301"
    assert not model.is_open(one)
    assert model.replaced(one) == "改用：沙化土地治理面积"
    assert "停用" in model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    stand.picker.list.setFocus()
    person.presses_key(Key.Key_Space)
    assert model.ticked == {}
    assert "沙化土地治理面积" in stand.planning.said[0]
    person.presses_key(Key.Key_Return)
    assert stand.picked == []
    stand.show_goal(fiscal_year=2026)
    stand.picker.model.toggle(0)
    assert list(stand.picker.model.ticked) == ["HY0307013301"]


def test_a_hit_says_who_uses_it(library, stand):
    library.project()
    page = library.do(lambda books: search_library(books, LibraryQuery("沙化土地")))
    model = LibraryModel(lambda: None, lambda: None)
    model.show_page(page, "沙化土地", YEAR)
    assert model.side(page.hits[0]).startswith("本单位用过 1 次")
    assert model.marks(page.hits[0])[0] == (0, 1, 2, 3)
    in_region = replace(page.hits[0], code="X", region_uses=38)
    assert model.side(in_region) == "本地区 38 家在用"
    cases = replace(page, cases={"X": 3})
    model.show_page(cases, "", YEAR)
    assert model.side(in_region) == "本地区 38 家在用 · 案例 3 个"
    assert model.side(replace(in_region, code="Y", region_uses=0)) == in_region.fund_use


def test_the_model_keeps_qts_rules(stand, qtmodeltester):
    qtmodeltester.check(stand.picker.model)


@pytest.mark.parametrize("points", [10, 13])
@pytest.mark.parametrize("height", [430, 640, 980])
def test_nothing_is_clipped(library, qtbot, points, height):
    set_base_size(points)
    try:
        made = Stand(library, height)
        qtbot.addWidget(made)
        made.show()
        made.show_goal(levels=tuple(Level1))
        made.picker.narrow.click()
        made.picker.panel.kinds["SPECIFIC"].click()
        made.planning.settle()
        QApplication.processEvents()
        picker = made.picker
        for button in [*picker._filters.values(), *picker.panel.kinds.values(), *picker.panel.choices.values(),
                       picker.panel.fitting, picker.add, picker.look]:
            if button.isVisible():
                assert button.width() >= button.sizeHint().width(), button.text()
                place = button.parentWidget().mapTo(picker, QPoint())
                assert picker.rect().contains(button.geometry().translated(place))
        assert picker.list.height() >= 100
    finally:
        set_base_size(10)
