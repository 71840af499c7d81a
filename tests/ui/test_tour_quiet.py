"""The tour's output is free of what the platform without a screen has to say of itself."""

import pytest
from PySide6.QtCore import qInfo

from desktop.ui.tour.quiet import REMARKS, without_remarks


@pytest.mark.parametrize("remark", REMARKS)
def test_a_remark_is_dropped_inside_the_block_and_only_there(qtlog, remark: str) -> None:
    with without_remarks():
        qInfo(remark)
    assert qtlog.records == []
    qInfo(remark)
    assert [record.message for record in qtlog.records] == [remark]


def test_any_other_line_goes_where_it_went_before(qtlog) -> None:
    with without_remarks():
        qInfo("This plugin does not support raise() at all")
    assert [record.message for record in qtlog.records] == ["This plugin does not support raise() at all"]


def test_without_another_listener_a_line_goes_to_standard_error(qtlog, capsys: pytest.CaptureFixture[str]) -> None:
    with qtlog.disabled(), without_remarks():
        qInfo(REMARKS[0])
        qInfo("kept")
    assert capsys.readouterr().err == "kept\n"
