"""The encrypted workspace: one folder, one database, one unit. Hands out domain values, never rows."""
