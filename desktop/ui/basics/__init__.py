"""基础资料: the tables that the platform has published, to be looked up."""
