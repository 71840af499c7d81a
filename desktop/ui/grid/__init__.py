"""The one table of the program: columns, model, view, delegate, clipboard, undo."""
