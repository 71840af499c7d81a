"""A block that names the same codes over and over looks each of them up once."""

from desktop.ui.grid.columns import ColumnSpec
from desktop.ui.grid.model import SheetModel
from desktop.ui.kit.choices import Choice
from tests.ui.budget_lines import Lines

ROWS = 3000


def test_a_code_is_looked_up_once_for_a_whole_block(qapp) -> None:
    asked: list[str] = []

    def choices(typed: str) -> list[Choice]:
        asked.append(typed)
        return [Choice("30227", "委托业务费")] if typed == "30227" else []

    model = SheetModel((ColumnSpec("code", "经济分类", "code", choices=choices),), Lines(1))
    refused = model.write([(row, "code", "30227" if row % 2 else "=cmd|x") for row in range(ROWS)], "粘贴")
    assert refused == ROWS // 2
    assert len(asked) <= 4
    assert model.source.row_count() == ROWS
    model.undo_stack.undo()
    assert model.source.row_count() == 1
