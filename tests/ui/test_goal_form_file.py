"""A goal form goes out as a sheet, is filled in elsewhere, and comes back as one undo step."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.domain.goal import Frame, LibraryKind
from desktop.ui.kit import typography
from desktop.ui.performance import form_acts
from desktop.ui.performance.form_acts import FormActs
from desktop.ui.performance.form_dialog import FormDialog
from desktop.ui.performance.reading import look_at, read_desk
from desktop.ui.performance.session import PerformanceSession
from desktop.usecases.take_form import Found
from tests.ui.conftest import clipped
from tests.ui.planning_fixture import YEAR, Planning, library

__all__ = ["library"]
Answer = list[FormDialog]


@pytest.fixture
def session(library: Planning) -> PerformanceSession:
    made = library.project()
    desk = library.do(lambda books: read_desk(books, YEAR))
    look = library.do(lambda books: look_at(books, made.project.head.doc_id))
    return PerformanceSession(library.context, desk, look, library.context)


@pytest.fixture
def acts(library: Planning, session: PerformanceSession, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> FormActs:
    path = str(tmp_path / "申报表.xlsx")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (path, ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args: (path, ""))
    page = QWidget()
    library.qtbot.addWidget(page)
    return FormActs(page, library.context, lambda: session, lambda: Frame.F2021)


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch) -> Answer:
    """Press 导入 in every dialog that opens; keep the dialogs."""
    opened: Answer = []

    class Pressed(FormDialog):
        def exec(self) -> int:
            opened.append(self)
            self.show()
            QTest.keyClick(self.take, Qt.Key.Key_Space)
            return self.result()

        def deleteLater(self) -> None:
            """Stay for the test to look at."""

    monkeypatch.setattr(form_acts, "FormDialog", Pressed)
    return opened


def filled_in(path: Path) -> None:
    """Change a target and points, add a line of the library, one that nobody knows, and one without a name."""
    book = openpyxl.load_workbook(path)
    sheet = book.active
    head = next(row for row in range(1, 40) if sheet.cell(row, 3).value == "三级指标")
    last = next(row for row in range(head, 80) if sheet.cell(row, 1).value == "合计")
    sheet.cell(head + 1, 5, "1.5")
    sheet.cell(head + 1, 7, 12)
    sheet.insert_rows(last, 3)
    for at, cells in enumerate((
        ("产出指标", "时效指标", "按期完成率", "≥", 100, "%", 3, "正向指标"),
        ("效益指标", "社会效益指标", "全旗都说好", "≥", 90, "%", 2, "正向指标"),
        ("效益指标", "社会效益指标", None, "≥", 90, "%", 2, "正向指标"),
    )):
        for column, value in enumerate(cells, 1):
            sheet.cell(last + at, column).value = value
    book.save(path)


def test_a_filled_form_changes_what_was_filled_in_as_one_step(
    library: Planning, session: PerformanceSession, acts: FormActs, answered: Answer, tmp_path: Path
) -> None:
    before = session.goal
    assert before is not None
    acts.export_form()
    library.settle()
    assert "已导出到 申报表.xlsx" in library.said[0]
    filled_in(tmp_path / "申报表.xlsx")
    acts.import_form()
    library.settle()
    [dialog] = answered
    found = {match.line.name: match.found for match in dialog.rows._matches}
    assert found["全旗都说好"] is Found.UNKNOWN
    assert list(found.values()).count(Found.HERE) == len(before.lines)
    after = session.goal
    assert after is not None
    assert (after.lines[0].target, after.lines[0].weight) == ("1.5", Decimal(12))
    assert after.lines[1:4] == before.lines[1:4]
    session.undo_stack.undo()
    assert session.goal == before


def test_lines_that_are_taken_say_what_the_library_says(
    library: Planning, session: PerformanceSession, acts: FormActs, answered: Answer, tmp_path: Path
) -> None:
    acts.export_form()
    library.settle()
    goal = session.goal
    assert goal is not None
    gone = goal.lines[-1]
    session.change_goal(replace(goal, lines=goal.lines[:-1]), "移出")
    acts.import_form()
    library.settle()
    assert session.goal is not None
    back = next(line for line in session.goal.lines if line.name == gone.name)
    assert (back.indicator_code, back.target, back.weight) == (gone.indicator_code, gone.target, gone.weight)
    assert (back.evidence, back.explanation) == (gone.evidence, gone.explanation)
    assert back.library_kind is not LibraryKind.CUSTOM


def test_a_file_that_is_no_form_says_so_and_changes_nothing(
    library: Planning, session: PerformanceSession, acts: FormActs, answered: Answer, tmp_path: Path
) -> None:
    before = session.goal
    book = openpyxl.Workbook()
    book.active.append(["收款人", "金额"])
    book.active.append(["甲", 1])
    book.save(tmp_path / "申报表.xlsx")
    acts.import_form()
    library.settle()
    assert "没有找到申报表" in library.said[0]
    (tmp_path / "申报表.xlsx").write_bytes(b"PK\x03\x04 cut")
    acts.import_form()
    library.settle()
    assert "申报表.xlsx" in library.said[0]
    assert (answered, session.goal) == ([], before)


@pytest.mark.parametrize("size", [10, 14])
def test_nothing_is_clipped(
    library: Planning, session: PerformanceSession, acts: FormActs, answered: Answer, tmp_path: Path, size: int
) -> None:
    typography.set_base_size(size)
    acts.export_form()
    library.settle()
    filled_in(tmp_path / "申报表.xlsx")
    acts.import_form()
    library.settle()
    [dialog] = answered
    dialog.show()
    assert clipped(dialog) == []
