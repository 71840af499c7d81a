"""Chips go on in the next line where the row is full, and leave nothing behind when they are taken away."""

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop.ui.kit.buttons import Button
from desktop.ui.kit.wrapping import WrapRow


def test_chips_wrap_take_the_height_they_need_and_go(qtbot):
    page, row = QWidget(), WrapRow(4)
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(row)
    column.addStretch(1)
    qtbot.addWidget(page)
    chips = [Button(f"第 {number} 项", "flat") for number in range(10)]
    for chip in chips:
        row.add(chip)
    page.resize(200, 400)
    page.show()
    QApplication.processEvents()
    lines = sorted({chip.y() for chip in chips})
    assert len(lines) == 4
    assert all(chip.geometry().right() < 200 for chip in chips)
    assert row.height() == lines[-1] + chips[-1].height()
    chips[0].hide()
    QApplication.processEvents()
    assert len({chip.y() for chip in chips[1:]}) == 3
    row.clear()
    QApplication.processEvents()
    assert row.height() == 0
    assert row.layout().count() == 0
