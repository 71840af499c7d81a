"""Makes the containers of ``tests/data/vectors/containers``: valid ones, and copies with one fault each.

``python -m tests.sync.make_vectors`` writes them anew. Keys are fixed; signatures, wrapped keys and nonces are drawn
afresh, so the bytes differ from run to run while what must come of them does not. The files are shared with whoever
builds another implementation; ``index.json`` says what a reader must answer.
"""

import dataclasses
import json
import sys
from collections.abc import Callable, Sequence
from typing import Any

import zstandard

from sync import canonical
from sync.container import MAGIC
from sync.crypto import Sm3, SoftKey
from sync.envelope import Envelope, Signature, pae, sign
from sync.frames import FramePacker
from sync.manifest import BATCH, NO_DIGEST, RECEIPT, Part
from tests.sync.material import (
    BATCH_ID,
    PLATFORM,
    RECEIPT_KEY,
    STRANGER,
    VECTORS,
    WRITER,
    batch_manifest,
    batch_parts,
    receipt_manifest,
    sealed_batch,
    sealed_receipt,
)

FOLDER = VECTORS / "containers"
BOTH = (WRITER, PLATFORM)
SOURCES = batch_parts()  # made once: a sheet signed again has other bytes


def framed(header: bytes, frames: Sequence[bytes], *, magic: bytes = MAGIC, tail: bytes = b"") -> bytes:
    """Put any header and frames into the outer form, with a trailer that fits."""
    data = magic + record(b"H", header) + b"".join(record(b"F", one) for one in frames)
    state = Sm3()
    state.update(data)
    return data + record(b"T", state.digest()) + tail


def record(tag: bytes, body: bytes, length: int | None = None) -> bytes:
    """Give one tagged record; its length may be a lie."""
    return tag + (len(body) if length is None else length).to_bytes(8, "big") + body


def taken_apart(data: bytes) -> tuple[bytes, list[bytes]]:
    """Give header and stored frames of a valid container."""
    bodies, at = [], len(MAGIC)
    while at < len(data):
        length = int.from_bytes(data[at + 1 : at + 9], "big")
        bodies.append(data[at + 9 : at + 9 + length])
        at += 9 + length
    return bodies[0], bodies[1:-1]


def packed(
    envelope: bytes,
    parts: Sequence[bytes],
    *,
    kind: str = "batch",
    name: str = BATCH_ID,
    frames: int | None = None,
    recipients: Sequence[SoftKey] = BOTH,
) -> bytes:
    """Compress, encrypt and frame whatever is given."""
    promised = 1 + len(parts) if frames is None else frames
    keys = [key.public for key in recipients]
    packer = FramePacker(kind=kind, container_id=name, frames=promised, recipients=keys)
    stored = [packer.pack(number, one) for number, one in enumerate([envelope, *parts])]
    return framed(packer.header.to_bytes(), stored)


def contents() -> list[bytes]:
    """Give the parts of the valid batch."""
    return [one.content for one in SOURCES if isinstance(one.content, bytes)]


def part_list() -> tuple[Part, ...]:
    """List them as a manifest does."""
    found = []
    for source, content in zip(SOURCES, contents(), strict=True):
        state = Sm3()
        state.update(content)
        found.append(Part(source.name, source.media_type, state.hexdigest(), len(content), source.records))
    return tuple(found)


def payload(**change: Any) -> bytes:
    """Give the manifest of the valid batch with some fields changed."""
    fields = canonical.decode(batch_manifest(part_list()).to_bytes())
    assert isinstance(fields, dict)
    return json.dumps(fields | change, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def signed(data: bytes, payload_type: str = BATCH, *signers: SoftKey) -> bytes:
    """Sign any bytes as a manifest."""
    return sign(payload_type, data, signers or (WRITER,)).to_bytes()


def manifest_vectors() -> dict[str, tuple[bytes, str, str]]:
    """Faults in what was signed, everything around it being in order."""
    good = payload()
    text = good.decode("utf-8")
    parts = json.loads(good)["parts"]

    def of(data: bytes) -> bytes:
        return packed(signed(data), contents())

    deep = "[" * 40 + "]" * 40
    first = text[1:].replace('"audience":"demo-bureau"', '"audience":"demo-bureau","audience":"demo-bureau"', 1)
    return {
        "manifest-with-unknown-field": (of(payload(added_later="2027")), "OK", "a newer minor version"),
        "manifest-with-float": (of(text.replace('"epoch":1', '"epoch":1.0', 1).encode()), "CONTENT_INVALID", ""),
        "manifest-with-null": (of(payload(resume=None)), "CONTENT_INVALID", "absent values are left out"),
        "manifest-with-duplicate-key": (of(b"{" + first.encode()), "CONTENT_INVALID", ""),
        "manifest-too-deep": (of(payload(deep=json.loads(deep))), "CONTENT_INVALID", "more than 16 levels"),
        "manifest-not-canonical": (of(text.replace(":", ": ", 1).encode()), "CONTENT_INVALID", "a space"),
        "manifest-not-nfc": (of(payload(program="e\u0301")), "CONTENT_INVALID", ""),
        "manifest-counts-differ": (of(payload(counts={"VOUCHER": 3})), "CONTENT_INVALID", ""),
        "manifest-first-with-prev": (of(payload(prev="ab" * 32)), "CONTENT_INVALID", ""),
        "manifest-second-without-prev": (of(payload(seq=2, prev=NO_DIGEST)), "CONTENT_INVALID", ""),
        "manifest-part-twice": (of(payload(parts=[parts[0], parts[0]])), "CONTENT_INVALID", "two parts of one name"),
        "manifest-part-as-path": (of(payload(parts=[{**parts[0], "name": "../a"}, parts[1]])), "CONTENT_INVALID", ""),
        "manifest-of-next-major": (
            packed(signed(good, BATCH.replace("v=1", "v=2")), contents()),
            "FORMAT_TOO_NEW",
            "payload type v=2",
        ),
        "part-digest-differs": (
            of(payload(parts=[{**parts[0], "sm3": "00" * 32}, parts[1]])),
            "FILE_DAMAGED",
            "the manifest names another SM3",
        ),
        "part-larger-than-declared": (
            of(payload(parts=[{**parts[0], "size": parts[0]["size"] - 1}, parts[1]])),
            "FILE_DAMAGED",
            "",
        ),
        "part-not-listed": (of(payload(parts=parts[:1])), "CONTENT_INVALID", "a frame that no part accounts for"),
        "part-missing": (packed(signed(good), contents()[:1]), "CONTENT_INVALID", "a part without its frame"),
    }


def signature_vectors() -> dict[str, tuple[bytes, str, str]]:
    """Faults in who signed, or in how it is written."""
    good = payload()
    right = Envelope.from_bytes(signed(good))

    def of(signature: bytes, key_id: str = WRITER.key_id) -> bytes:
        return packed(Envelope(BATCH, good, (Signature(key_id, signature),)).to_bytes(), contents())

    der = right.signatures[0].sig
    r, rest = der[4 : 4 + der[3]], der[4 + der[3] :]
    raw = r[-32:].rjust(32, b"\0") + rest[2:][-32:].rjust(32, b"\0")
    loose = b"\x30" + bytes([der[1] + 1]) + b"\x02" + bytes([len(r) + 1]) + b"\0" + r + rest
    fields = canonical.decode(right.to_bytes())
    assert isinstance(fields, dict)
    padded = fields | {"payload": fields["payload"].rstrip("=") + "=" * 5}
    bare_digest = WRITER.sign(good)
    return {
        "signed-by-stranger": (packed(signed(good, BATCH, STRANGER), contents()), "SIGNATURE_INVALID", ""),
        "signed-by-stranger-under-our-id": (
            of(STRANGER.sign(pae(BATCH, good))),
            "SIGNATURE_INVALID",
            "the key id is a hint only",
        ),
        "signed-as-another-type": (of(WRITER.sign(pae(RECEIPT, good))), "SIGNATURE_INVALID", ""),
        "signed-without-type": (of(bare_digest), "SIGNATURE_INVALID", "over the payload instead of the DSSE encoding"),
        "signature-raw-numbers": (of(raw), "SIGNATURE_INVALID", "r and s of 32 bytes instead of DER"),
        "signature-loose-der": (of(loose), "SIGNATURE_INVALID", "a superfluous zero before r"),
        "signature-missing": (
            packed(Envelope(BATCH, good, ()).to_bytes(), contents()),
            "SIGNATURE_INVALID",
            "an empty list",
        ),
        "signatures-too-many": (
            packed(Envelope(BATCH, good, right.signatures * 17).to_bytes(), contents()),
            "TOO_LARGE",
            "",
        ),
        "envelope-base64-padded": (packed(canonical.encode(padded), contents()), "CONTENT_INVALID", ""),
        "signed-by-two": (packed(signed(good, BATCH, STRANGER, WRITER), contents()), "OK", "the second is trusted"),
    }


def frame_vectors() -> dict[str, tuple[bytes, str, str]]:
    """Faults in frames and header whose trailer was made to fit: made on purpose, not by a bad stick."""
    good = sealed_batch().data
    header, frames = taken_apart(good)
    other, _ = taken_apart(sealed_batch().data)
    plain = payload()
    fields = json.loads(header)

    def under(**change: Any) -> bytes:
        return framed(canonical.encode(fields | change), frames)

    def open_part(stored: bytes) -> bytes:
        """Not encrypted, with this as the frame of the first part."""
        bare, (first, _, last) = taken_apart(packed(signed(plain), contents(), recipients=()))
        return framed(bare, [first, stored, last])

    changed = bytes([frames[1][0] ^ 1]) + frames[1][1:]
    bomb = zstandard.ZstdCompressor(level=19).compress(bytes(64 << 20))
    stream = zstandard.ZstdCompressor().compressobj()
    undeclared = stream.compress(contents()[0]) + stream.flush()
    whole = zstandard.ZstdCompressor().compress(contents()[0])
    return {
        "header-of-another-container": (framed(other, frames), "FILE_DAMAGED", "associated data"),
        "header-with-other-id": (under(id=BATCH_ID.replace("6", "7")), "FILE_DAMAGED", "associated data"),
        "header-with-unknown-field": (under(note="later"), "CONTENT_INVALID", ""),
        "header-of-next-format": (under(format=2), "FORMAT_TOO_NEW", ""),
        "header-not-canonical": (framed(header + b" ", frames), "CONTENT_INVALID", ""),
        "header-too-large": (framed(canonical.encode(fields | {"pad": "x" * 70_000}), frames), "TOO_LARGE", "64 KiB"),
        "header-promises-frames": (under(frames=4), "FILE_DAMAGED", ""),
        "header-promises-millions": (under(frames=10**9), "TOO_LARGE", ""),
        "header-id-not-of-manifest": (
            packed(signed(plain), contents(), name="00000000-0000-4000-8000-000000000000"),
            "CONTENT_INVALID",
            "",
        ),
        "header-kind-not-of-payload": (packed(signed(plain), contents(), kind="receipt"), "CONTENT_INVALID", ""),
        "frame-changed": (framed(header, [frames[0], changed, frames[2]]), "FILE_DAMAGED", ""),
        "frames-swapped": (framed(header, [frames[0], frames[2], frames[1]]), "FILE_DAMAGED", ""),
        "frame-length-absurd": (
            good[: len(MAGIC)] + record(b"H", header) + record(b"F", b"", 1 << 62),
            "TOO_LARGE",
            "declared length 2^62",
        ),
        "frame-length-beyond-end": (
            good[: len(MAGIC)] + record(b"H", header) + record(b"F", frames[0], 1 << 20),
            "FILE_DAMAGED",
            "",
        ),
        "frame-bomb": (open_part(bomb), "TOO_LARGE", "64 MiB of zeros in some kilobytes"),
        "frame-size-undeclared": (open_part(undeclared), "TOO_LARGE", "zstd without content size"),
        "frame-with-tail": (open_part(whole + b"tail"), "FILE_DAMAGED", "bytes behind the zstd frame"),
        "frame-window-too-large": (open_part(wide_window(contents()[0])), "TOO_LARGE", "window of 128 MiB"),
        "wrapped-for-others": (
            packed(signed(plain), contents(), recipients=(STRANGER, RECEIPT_KEY)),
            "WRONG_RECIPIENT",
            "opened with the keys of writer and platform",
        ),
    }


def wide_window(plain: bytes) -> bytes:
    """Write a zstd frame by hand: one raw block, content size declared, window of 2^27 bytes."""
    block = ((len(plain) << 3) | 1).to_bytes(3, "little")
    return bytes.fromhex("28b52ffd") + b"\x80\x88" + len(plain).to_bytes(4, "little") + block + plain


def file_vectors() -> dict[str, tuple[bytes, str, str]]:
    """Valid files, and what a bad stick or another program makes of one."""
    sealed = sealed_batch()
    good, header = sealed.data, taken_apart(sealed.data)[0]
    middle = bytearray(good)
    middle[len(good) // 2] ^= 1
    end = bytearray(good)
    end[-1] ^= 1
    held = dataclasses.replace(receipt_manifest(sealed.digest), verdict="held", documents=(), totals={})
    return {
        "batch": (good, "OK", "sealed for writer and platform, signed by the writer"),
        "batch-open": (packed(signed(payload()), contents(), recipients=()), "OK", "not encrypted"),
        "receipt": (sealed_receipt(sealed.digest).data, "OK", "sealed for the writer, signed by the receipt key"),
        "receipt-as-batch": (
            packed(signed(held.to_bytes(), RECEIPT, RECEIPT_KEY), [], kind="receipt"),
            "CONTENT_INVALID",
            "the id is not made of the digest",
        ),
        "file-empty": (b"", "FILE_DAMAGED", "0 bytes"),
        "file-of-another-program": (b"PK\x03\x04" + bytes(40), "FILE_NOT_OURS", "a ZIP"),
        "file-of-next-format": (b"BSP2" + good[4:], "FORMAT_TOO_NEW", ""),
        "file-cut-in-magic": (good[:3], "FILE_DAMAGED", ""),
        "file-cut-in-header": (good[: len(MAGIC) + 9 + len(header) // 2], "FILE_DAMAGED", ""),
        "file-cut-in-frame": (good[: len(good) // 2], "FILE_DAMAGED", ""),
        "file-cut-before-trailer": (good[:-41], "FILE_DAMAGED", ""),
        "file-cut-in-trailer": (good[:-1], "FILE_DAMAGED", ""),
        "file-with-tail": (good + b"\0", "FILE_DAMAGED", "one byte behind the trailer"),
        "file-flipped-bit": (bytes(middle), "FILE_DAMAGED", ""),
        "file-flipped-trailer": (bytes(end), "FILE_DAMAGED", ""),
        "file-twice": (good + good, "FILE_DAMAGED", ""),
    }


def all_vectors() -> dict[str, tuple[bytes, str, str]]:
    """Give every vector by name: its bytes, the expected answer, a remark."""
    groups: list[Callable[[], dict[str, tuple[bytes, str, str]]]] = [
        file_vectors,
        frame_vectors,
        manifest_vectors,
        signature_vectors,
    ]
    return {name: vector for group in groups for name, vector in group().items()}


def main() -> None:
    """Write all files and the index."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.bsp"):
        old.unlink()
    index = {}
    for name, (data, expect, remark) in sorted(all_vectors().items()):
        (FOLDER / f"{name}.bsp").write_bytes(data)
        index[name] = {"expect": expect} | ({"remark": remark} if remark else {})
    (FOLDER / "index.json").write_text(json.dumps(index, indent=2) + "\n", encoding="ascii", newline="\n")
    sys.stdout.write(f"{len(index)} containers in {FOLDER}\n")


if __name__ == "__main__":
    main()
