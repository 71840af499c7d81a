"""Charts drawn with QPainter; each has a text summary for readers who cannot see it."""
