"""Names that are offered for files: what people read in the title, without what a file system refuses."""

import re

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\s]+')


def file_name(title: str) -> str:
    """Return a title as a file's name: each run of blanks and forbidden signs becomes one underline."""
    return _FORBIDDEN.sub("_", title)
