"""Hands for the real windows: the tour of the rehearsal works them as a person does, by keys and buttons."""
