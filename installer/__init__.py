"""Sets the program up from its source on Windows and Linux: standard library only, as nothing else is there yet."""
