"""帮助: the manual, the work guide, and the help of single fields."""
