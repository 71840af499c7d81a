"""The windows of the desktop program; the only package that imports PySide6."""
