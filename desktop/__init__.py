"""预算单位工作台: the program of a budget unit."""

__version__ = "0.1.0"
