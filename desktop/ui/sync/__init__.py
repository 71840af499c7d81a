"""同步中心: what will go, the run with its eight stages, and every run there ever was."""
