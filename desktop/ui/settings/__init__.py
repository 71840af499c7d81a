"""The page 设置与备份: everything about the program itself; each change is kept at once, without a button."""
