"""Which pages to print, as people type it: ``1-3,5``."""

import re

_PART = re.compile(r"(\d{1,5})(?:-(\d{0,5}))?")
_NARROW = {0xFF01 + i: 0x21 + i for i in range(94)} | {ord("、"): ",", ord("—"): "-", ord("至"): "-", ord("～"): "-"}


def chosen_pages(text: str, count: int) -> list[int] | None:
    """Return the pages asked for, from 0, each once in their order; all of them for an empty text or 全部.

    Args:
        text: Numbers and ranges from 1, parted by commas; ``3-`` goes to the end. Full-width signs are taken too.
        count: How many pages there are.

    Returns:
        None when the text cannot be read or names a page that does not exist.
    """
    plain = text.translate(_NARROW).replace(" ", "").strip(",")
    if plain in ("", "全部"):
        return list(range(count))
    pages: set[int] = set()
    for part in plain.split(","):
        found = _PART.fullmatch(part)
        if found is None:
            return None
        first = int(found[1])
        last = first if found[2] is None else int(found[2]) if found[2] else count
        if not 1 <= first <= last <= count:
            return None
        pages.update(range(first - 1, last))
    return sorted(pages)
