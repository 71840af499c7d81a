"""Which cells of a workbook hold formulas; the reader gives only the values that were last saved in them."""

import posixpath
import re
import zipfile
from pathlib import Path

from defusedxml.ElementTree import ParseError, fromstring

_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*<(?:\w+:)?f\b')
_REL_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BOOK, _RELS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


def formula_cells(path: Path) -> dict[str, list[tuple[int, str]]]:
    """Return the formula cells by sheet, as (row, letters of the column).

    Args:
        path: A workbook that was read before, so its size and its parts were looked over.

    Returns:
        Only sheets that have some; nothing for files that are no xlsx.
    """
    if not zipfile.is_zipfile(path):
        return {}
    with zipfile.ZipFile(path) as package:
        members = set(package.namelist())
        if not {_BOOK, _RELS} <= members:
            return {}
        try:
            book, rels = fromstring(package.read(_BOOK)), fromstring(package.read(_RELS))
        except ParseError:
            return {}
        targets = {one.get("Id"): posixpath.join("/xl", one.get("Target", "")).lstrip("/") for one in rels}
        found: dict[str, list[tuple[int, str]]] = {}
        for sheet in book.iter():
            member = targets.get(sheet.get(_REL_ID), "") if sheet.tag.rpartition("}")[2] == "sheet" else ""
            if member in members:
                cells = _CELL.findall(package.read(member))
                if cells:
                    found[sheet.get("name", "")] = [(int(row), letters.decode()) for letters, row in cells]
    return found
