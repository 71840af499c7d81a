"""The first start: from nothing to a workspace of one's own, in five steps that can be left and taken up again."""
