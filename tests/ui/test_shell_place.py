"""Where the window stands, on screens that come and go."""

import pytest
from PySide6.QtCore import QRect, QSize

from desktop.ui.kit import typography
from desktop.ui.shell.main_window import LEAST, MainWindow
from desktop.ui.shell.place import Place, Screen, clamped, place_of, read, rect_of, written

LEFT, RIGHT = Screen("left", QRect(0, 0, 1920, 1040)), Screen("right", QRect(1920, 0, 1366, 728))
SMALLEST = QSize(*LEAST)


def test_a_place_comes_back_where_it_was() -> None:
    window = QRect(2000, 40, 1100, 600)
    place = read(written(place_of(window, RIGHT, maximized=False)))
    assert place is not None
    back = rect_of(place, [LEFT, RIGHT], SMALLEST)
    assert (back.size(), abs(back.left() - 2000) <= 1, abs(back.top() - 40) <= 1) == (window.size(), True, True)


def test_on_a_screen_that_is_gone_it_stands_on_the_main_one_all_of_it_in_view() -> None:
    place = place_of(QRect(2800, 300, 480, 400), RIGHT, maximized=False)
    found = rect_of(place, [LEFT], SMALLEST)
    assert LEFT.area.contains(found)
    assert found.size() == SMALLEST


@pytest.mark.parametrize("window", [
    QRect(-500, -80, 1000, 600), QRect(1800, 1000, 1000, 600), QRect(0, 0, 5000, 3000), QRect(10, 10, 10, 10),
])
def test_whatever_was_kept_all_of_it_is_in_view(window: QRect) -> None:
    assert LEFT.area.contains(clamped(window, LEFT.area, SMALLEST))


def test_a_screen_smaller_than_the_window_may_be_is_filled() -> None:
    small = QRect(0, 0, 640, 400)
    assert clamped(QRect(100, 100, 900, 600), small, SMALLEST) == small


@pytest.mark.parametrize("kept", [b"", b"\x01\xd9", b"[]", b'{"screen": 1}', b'{"screen": "a", "left": "x"}'])
def test_bytes_that_are_no_place_are_none(kept: bytes) -> None:
    assert read(kept) is None


def test_a_place_knows_whether_the_window_filled_its_screen() -> None:
    assert read(written(Place("left", 0.1, 0.1, 900, 600, maximized=True))) == Place("left", 0.1, 0.1, 900, 600, True)


def test_another_screen_brings_the_window_into_view_and_lays_it_out_anew(
    qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    measured: list[float] = []
    monkeypatch.setattr(typography, "set_base_size", measured.append)
    window.standing.come_into_view(QRect(0, 0, 1093, 557))
    assert (window.width(), window.height()) == (1093, 557)
    assert measured == [typography.base_size()]
