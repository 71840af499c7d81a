"""绩效目标 and 立项: projects, their goals, and the indicator library beside them."""
