"""Charts drawn with QPainter: on the screen, in a PDF, as a table of their numbers and as a sentence."""
