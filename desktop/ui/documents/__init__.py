"""What the pages of documents share: the steps of their life, undo and saving, and how it is said."""
