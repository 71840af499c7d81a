"""Widgets, colours, icons and type shared by every screen; knows nothing of budgets or vouchers."""
