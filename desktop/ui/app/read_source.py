"""Rows of a table in which nothing is written."""

from desktop.ui.grid.columns import SheetSource


class ReadSource(SheetSource):
    """A `SheetSource` that takes no rows; lists inherit it."""

    def insert_row(self, at: int) -> None:
        """Refuse: the rows are documents, runs or receipts.

        Raises:
            ValueError: Always.
        """
        raise ValueError(at)

    def remove_row(self, at: int) -> None:
        """Refuse, as `insert_row`."""
        raise ValueError(at)
