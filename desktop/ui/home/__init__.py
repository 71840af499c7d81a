"""首页: what must be done now, and how the money stands."""
