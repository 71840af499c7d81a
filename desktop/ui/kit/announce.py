"""Says something to people who listen to the screen instead of looking at it."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication, QWidget


def announce(text: str, source: QWidget | None = None) -> None:
    """Let a screen reader say a text without moving the cursor: a stage that changed, a message that came.

    Args:
        text: The words; nothing is said without any.
        source: Whom it is about; the window in front without it.
    """
    about = source or QApplication.activeWindow() or next(iter(QApplication.topLevelWidgets()), None)
    if text and about is not None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(about, text))
