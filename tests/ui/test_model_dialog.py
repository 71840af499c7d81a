"""A target is computed by a quantification model, with the keyboard alone."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.quant_model import QuantModel
from desktop.exchange.model_files import model_datasets
from desktop.ui.kit import typography
from desktop.ui.performance.model_dialog import ModelDialog
from tests.ui.conftest import clipped

MODELS = {one.code: one for one in msgspec.convert(model_datasets()["quant_model"], list[QuantModel], strict=False)}


def opened(qtbot: QtBot, code: str, unit: str) -> ModelDialog:
    dialog = ModelDialog(MODELS[code], unit)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    return dialog


def said(dialog: QWidget) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisibleTo(dialog))


def test_a_share_is_computed_while_typing_and_taken(qtbot: QtBot) -> None:
    dialog = opened(qtbot, "QM01", "%")
    assert not dialog.take.isEnabled()
    assert "还没有填" in said(dialog)
    treated, whole = dialog.fields.values()
    qtbot.keyClicks(treated.number, "8,208")
    qtbot.keyClicks(whole.number, "12000")
    assert "68.40 %" in said(dialog)
    assert "＝ 8,208 ÷ 12,000 × 100" in said(dialog)
    qtbot.keyClick(dialog.take, Qt.Key.Key_Space)
    assert dialog.use is not None
    assert (dialog.use.code, dialog.use.result) == ("QM01", "68.40")
    again = ModelDialog(MODELS["QM01"], "%", dialog.use)
    qtbot.addWidget(again)
    assert again.result_now.value == dialog.result_now.value


def test_another_unit_is_converted(qtbot: QtBot) -> None:
    dialog = opened(qtbot, "QM02", "吨二氧化碳当量")
    for name, typed in {"地上生物量增量": "0.1", "土壤有机碳增量": "0.3", "面积": "18"}.items():
        qtbot.keyClicks(dialog.fields[name].number, typed)
    area = dialog.fields["面积"].unit
    area.set_code("万亩")
    area.chosen.emit(area.choice())
    assert "21,058.40" in said(dialog)


def test_what_is_wrong_is_said_at_its_field_and_nothing_can_be_taken(qtbot: QtBot) -> None:
    dialog = opened(qtbot, "QM03", "%")
    field = dialog.fields["植被指数"]
    qtbot.keyClicks(field.number, "1.5")
    assert "不应大于 1" in said(field)
    assert not dialog.take.isEnabled()
    field.number.clear()
    qtbot.keyClicks(field.number, "x")
    assert "这里要填数" in said(field)


def test_rows_are_typed_into_the_table_and_small_plots_are_named(qtbot: QtBot) -> None:
    dialog = opened(qtbot, "QM05", "%")
    assert dialog.sheet is not None
    model = dialog.sheet.view.model()
    for row, cells in enumerate((("412", "500"), ("388", "500"), ("20", "29"))):
        for column, text in enumerate(cells, 1):
            model.setData(model.index(row, column), text, Qt.ItemDataRole.EditRole)
    assert "80.00 %" in said(dialog)
    assert "第 3 行数量太少" in said(dialog)
    model.undo_stack.undo()
    assert "还没有填" in said(dialog)


def test_a_result_in_another_unit_is_shown_but_not_taken(qtbot: QtBot) -> None:
    dialog = opened(qtbot, "QM09", "分")
    for row, count in enumerate(("40", "15", "5", "0")):
        dialog.table.set_value(row, "份数", count)
    assert "91.67 %" in said(dialog)
    assert "指标的单位是分" in said(dialog)
    assert not dialog.take.isEnabled()


@pytest.mark.parametrize("size", [10, 14])
@pytest.mark.parametrize("code", ["QM02", "QM05"])
def test_nothing_is_clipped(qtbot: QtBot, code: str, size: int) -> None:
    typography.set_base_size(size)
    assert clipped(opened(qtbot, code, "%")) == []
