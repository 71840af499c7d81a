"""部门预算: the second submission as forms in a tree, one grid, and what the rules say of it."""
