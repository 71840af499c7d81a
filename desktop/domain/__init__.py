"""Rules and values of a budget unit's work. Standard library only; no clock, no random, no files."""
