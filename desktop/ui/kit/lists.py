"""Lists at the side of a page: one column of rows, drawn by a delegate and read only."""

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyledItemDelegate


def set_up_side_list(view: QListView, model: QAbstractItemModel, delegate: QStyledItemDelegate, name: str) -> None:
    """Give a list its model, its delegate and its accessible name; nothing in it is typed into or scrolls sideways."""
    view.setModel(model)
    view.setItemDelegate(delegate)
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setUniformItemSizes(True)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setAccessibleName(name)
