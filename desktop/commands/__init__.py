"""The command line: one module a command, over the same use cases as the window."""
