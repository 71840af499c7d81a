"""The rehearsal: a made-up forestry bureau, a platform on this PC, and a year of work made through the use cases."""
