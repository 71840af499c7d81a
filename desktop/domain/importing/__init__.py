"""Foreign tables made ours: which row is the head, what each column is, which rows are wrong, and what would change."""
