"""The frame of the program: main window, top bar, navigation, document tabs, status bar."""
