"""How documents, sheets and files lie in the parts of a batch; the two sides agree on it here.

- ``documents``: one line for each document, in the order of the manifest's index: its exact bytes, whose SM3 is the
  digest that people signed. Canonical JSON holds no line end, so a line is a document.
- ``sheet-1``, ``sheet-2`` ...: one signed sheet each, the bytes of its envelope.
- ``file-<SM3>``: the original of an e-voucher or an attachment, named by its digest.
"""

from collections.abc import Iterable, Mapping, Sequence

from sync.batch import Opened, PartSource
from sync.crypto import sm3
from sync.faults import ContentInvalid
from sync.manifest import BatchManifest
from sync.sheet import MEDIA_TYPE as SHEET_TYPE

DOCUMENTS = "documents"
LINES = "application/x-ndjson"
FILE_TYPE = "application/octet-stream"
_FILE = "file-"
_SHEET = "sheet-"


def batch_parts(
    documents: Sequence[bytes], sheets: Iterable[bytes], files: Mapping[str, bytes] | None = None
) -> list[PartSource]:
    """Return the parts of a batch in their order.

    Args:
        documents: Exact bytes, in the order of the manifest's index.
        sheets: Envelopes of the signed sheets, as bytes.
        files: Originals by SM3.

    Raises:
        ValueError: No document, one with a line end in it, or a file under a wrong digest.
    """
    if not documents or any(b"\n" in one for one in documents):
        raise ValueError("a batch holds documents of one line each")
    wrong = [name for name, data in (files or {}).items() if sm3(data) != name]
    if wrong:
        raise ValueError(f"file under a wrong digest: {wrong[0]}")
    lines = PartSource(DOCUMENTS, LINES, b"".join(one + b"\n" for one in documents), len(documents))
    signed = [PartSource(f"{_SHEET}{n}", SHEET_TYPE, one, 1) for n, one in enumerate(sheets, start=1)]
    originals = [PartSource(f"{_FILE}{name}", FILE_TYPE, data, 1) for name, data in sorted((files or {}).items())]
    return [lines, *signed, *originals]


def documents_of(opened: Opened, manifest: BatchManifest) -> list[bytes]:
    """Return the exact bytes of each document, in the order of the manifest's index.

    Raises:
        ContentInvalid: No such part, or another number of lines than documents.
    """
    if DOCUMENTS not in {part.name for part in manifest.parts}:
        raise ContentInvalid(what="documents", reason="part is missing")
    lines = opened.read(DOCUMENTS).split(b"\n")
    if lines.pop() or len(lines) != len(manifest.documents):
        raise ContentInvalid(what="documents", reason="other number of lines than documents")
    return lines


def sheets_of(opened: Opened, manifest: BatchManifest) -> list[bytes]:
    """Return the envelopes of the sheets, unverified."""
    return [opened.read(part.name) for part in manifest.parts if part.media_type == SHEET_TYPE]


def files_of(manifest: BatchManifest) -> frozenset[str]:
    """Return the digests of the originals that travel in the batch; each part's own digest, not its name."""
    return frozenset(part.sm3 for part in manifest.parts if part.name.startswith(_FILE))
