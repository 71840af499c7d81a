"""Sealing, opening, verifying: whole or not at all."""

import dataclasses
import errno
import os
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync import batch
from sync.batch import CHUNK, PartSource, container_id, open_sealed, peek, seal, seal_bytes, verify
from sync.container import LIMITS, ContainerReader, Limits
from sync.crypto import SoftKey, sm3
from sync.faults import (
    BadSignature,
    ContentInvalid,
    DamagedFile,
    DiskFailed,
    DiskFull,
    TargetExists,
    TooLarge,
    WrongRecipient,
)
from sync.manifest import BATCH, RECEIPT, BatchManifest, CatalogueRef, HeadManifest, ReceiptManifest
from tests.sync.material import (
    BATCH_ID,
    DOCUMENTS,
    PLATFORM,
    RECEIPT_KEY,
    STRANGER,
    WRITER,
    batch_manifest,
    batch_parts,
    receipt_manifest,
    sealed_batch,
    sealed_receipt,
    trusted,
)


def seal_to(path, **change):
    given_values = {
        "kind": "batch",
        "payload_type": BATCH,
        "manifest": batch_manifest,
        "parts": batch_parts(),
        "signers": [WRITER],
        "recipients": [WRITER.public, PLATFORM.public],
    }
    return seal(path, **given_values | change)


def noise(length):
    return os.urandom(length)


def test_a_sealed_batch_opens_for_sender_and_platform_and_verifies(tmp_path):
    sealed = seal_to(tmp_path / "a.bsp")
    for key in (WRITER, PLATFORM):
        opened = open_sealed(sealed.path, keys=[STRANGER, key])
        assert verify(opened, trusted(WRITER)) == [WRITER.key_id]
        assert opened.read("documents.ndjson") == b"".join(one + b"\n" for one in DOCUMENTS)
        manifest = opened.expect(BatchManifest)
        assert opened.header.id == manifest.id == sealed.id == BATCH_ID
        assert (opened.digest, opened.size, opened.file_sm3) == (sealed.digest, sealed.size, sealed.file_sm3)
        assert sealed.digest == sm3(opened.manifest_bytes) == sm3(manifest.to_bytes())


def test_what_is_announced_is_what_lies_on_disk(tmp_path):
    sealed = seal_to(tmp_path / "a.bsp")
    data = sealed.path.read_bytes()
    assert (sealed.size, sealed.file_sm3) == (len(data), sm3(data))
    assert [path.name for path in tmp_path.iterdir()] == ["a.bsp"]


def test_a_container_in_memory_is_the_same_form():
    sealed = sealed_batch()
    assert sealed.file_sm3 == sm3(sealed.data)
    assert verify(open_sealed(sealed.data, keys=[PLATFORM]), trusted(WRITER))


def test_a_container_for_others_does_not_open():
    with pytest.raises(WrongRecipient) as caught:
        open_sealed(sealed_batch().data, keys=[STRANGER])
    assert caught.value.facts["recipients"] == f"{WRITER.key_id},{PLATFORM.key_id}"
    with pytest.raises(WrongRecipient):
        open_sealed(sealed_batch().data)


def test_nothing_of_an_encrypted_container_is_readable(tmp_path):
    data = seal_to(tmp_path / "a.bsp", parts=[PartSource("plain", "text/plain", b"payee 6222020000000000")]).path
    assert b"6222" not in data.read_bytes()
    assert b"demo-bureau" not in data.read_bytes()


def test_a_container_without_recipients_opens_without_keys():
    sealed = sealed_batch(recipients=())
    assert open_sealed(sealed.data).read("documents.ndjson").startswith(DOCUMENTS[0])


def test_a_recipient_named_twice_is_one_recipient():
    opened = open_sealed(sealed_batch(recipients=(PLATFORM, PLATFORM)).data, keys=[PLATFORM])
    assert [one.to for one in opened.header.wrapped] == [PLATFORM.key_id]


def test_opening_does_not_say_who_signed():
    opened = open_sealed(sealed_batch(signers=(STRANGER,)).data, keys=[PLATFORM])
    with pytest.raises(BadSignature):
        verify(opened, trusted(WRITER))


def test_two_of_three_signers_meet_a_threshold_of_two():
    opened = open_sealed(sealed_batch(signers=(WRITER, RECEIPT_KEY)).data, keys=[PLATFORM])
    assert len(verify(opened, trusted(WRITER, RECEIPT_KEY, STRANGER), threshold=2)) == 2
    with pytest.raises(BadSignature):
        verify(opened, trusted(WRITER, STRANGER), threshold=2)


def test_two_seals_of_the_same_batch_share_neither_key_nor_nonce():
    first, second = (open_sealed(sealed_batch().data, keys=[PLATFORM]).header for _ in range(2))
    assert first.nonce_prefix != second.nonce_prefix
    assert {one.key for one in first.wrapped}.isdisjoint(one.key for one in second.wrapped)


def test_a_receipt_is_named_by_its_digest():
    sealed = sealed_receipt(sealed_batch().digest)
    opened = open_sealed(sealed.data, keys=[WRITER])
    assert opened.expect(ReceiptManifest).receipt_no == 1
    assert opened.header.kind == "receipt"
    hexadecimal = sealed.id.replace("-", "")
    assert hexadecimal[:12] + hexadecimal[13:16] + hexadecimal[17:] == (
        sealed.digest[:12] + sealed.digest[13:16] + sealed.digest[17:32]
    )
    assert (hexadecimal[12], hexadecimal[16] in "89ab") == ("8", True)


def test_a_manifest_of_another_kind_than_expected_is_refused():
    opened = open_sealed(sealed_receipt(sealed_batch().digest).data, keys=[WRITER])
    with pytest.raises(ContentInvalid):
        opened.expect(BatchManifest)


def test_a_head_travels_in_a_container_too():
    head = HeadManifest(
        1, "2026-11-05T10:00:00Z", "2026-11-20T10:00:00Z", "0.1.0", (CatalogueRef("public", 1, "ab" * 32),)
    )
    sealed = seal_bytes(
        kind="head", payload_type=HeadManifest.PAYLOAD_TYPE, manifest=lambda _: head, signers=[RECEIPT_KEY]
    )
    assert open_sealed(sealed.data).expect(HeadManifest) == head
    assert sealed.id == container_id(head, head.to_bytes())


# --- our mistakes ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "receipt"},
        {"payload_type": RECEIPT},
        {"manifest": lambda parts: batch_manifest(())},
        {"manifest": lambda parts: batch_manifest(tuple(reversed(parts)))},
        {"manifest": lambda parts: receipt_manifest("ab" * 32), "kind": "receipt", "payload_type": RECEIPT},
        {"parts": [PartSource("a", "x", b""), PartSource("A", "x", b"")]},
        {"parts": [PartSource("../a", "x", b"")]},
        {"signers": []},
    ],
    ids=["kind", "type", "no parts", "order", "receipt with parts", "one name", "path", "no signer"],
)
def test_a_container_that_no_reader_would_take_is_not_made(tmp_path, change):
    with pytest.raises(ValueError, match=r".+"):
        seal_to(tmp_path / "a.bsp", **change)
    assert list(tmp_path.iterdir()) == []


# --- the disk ----------------------------------------------------------------------------------------------------


def test_a_sealed_file_is_never_rebuilt_unless_asked(tmp_path):
    first = seal_to(tmp_path / "a.bsp")
    before = first.path.read_bytes()
    with pytest.raises(TargetExists):
        seal_to(tmp_path / "a.bsp")
    assert first.path.read_bytes() == before
    assert seal_to(tmp_path / "a.bsp", replace=True).path.read_bytes() != before
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("call", [1, 2, 3, 5, 8])
def test_a_full_disk_while_sealing_leaves_nothing(tmp_path, monkeypatch, call):
    calls = []
    real = batch.ContainerWriter._write

    def write(self, data):
        calls.append(data)
        if len(calls) == call:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(self, data)

    monkeypatch.setattr(batch.ContainerWriter, "_write", write)
    with pytest.raises(DiskFull):
        seal_to(tmp_path / "a.bsp")
    assert list(tmp_path.iterdir()) == []


def test_a_signer_that_fails_leaves_nothing(tmp_path):
    class Token:
        key_id = WRITER.key_id

        def sign(self, message):
            raise BadSignature(named=self.key_id, valid="", needed="1")

    with pytest.raises(BadSignature):
        seal_to(tmp_path / "a.bsp", signers=[Token()])
    assert list(tmp_path.iterdir()) == []


def test_a_part_that_changes_while_it_is_sealed_is_noticed(tmp_path):
    source = tmp_path / "invoice.ofd"
    source.write_bytes(b"first")

    def manifest(parts):
        source.write_bytes(b"other")
        return batch_manifest(parts)

    with pytest.raises(ContentInvalid):
        seal_to(tmp_path / "a.bsp", parts=[PartSource("invoice.ofd", "application/ofd", source)], manifest=manifest)
    assert [path.name for path in tmp_path.iterdir()] == ["invoice.ofd"]


def test_a_missing_attachment_is_a_fault_of_the_disk(tmp_path):
    with pytest.raises(DiskFailed):
        seal_to(tmp_path / "a.bsp", parts=[PartSource("invoice.ofd", "application/ofd", tmp_path / "none")])
    assert list(tmp_path.iterdir()) == []


# --- parts -------------------------------------------------------------------------------------------------------


@settings(max_examples=25)
@given(contents=st.lists(st.binary(max_size=3000), max_size=5), encrypted=st.booleans())
def test_parts_come_back_as_they_were(contents, encrypted):
    sources = [PartSource(f"part-{number}", "x/y", one, number) for number, one in enumerate(contents)]
    opened = open_sealed(sealed_batch(parts=sources, recipients=(PLATFORM,) if encrypted else ()).data, keys=[PLATFORM])
    assert list(opened.parts) == [one.name for one in sources]
    for number, content in enumerate(contents):
        part = opened.parts[f"part-{number}"]
        assert (part.sm3, part.size, part.records) == (sm3(content), len(content), number)
        assert opened.read(part.name) == b"".join(opened.stream(part.name)) == content


@pytest.mark.parametrize("length", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK])
def test_a_part_is_cut_every_four_mebibytes(tmp_path, length):
    source = tmp_path / "attachment"
    source.write_bytes(noise(min(length, 1000)) + bytes(max(0, length - 1000)))
    for content in (source, source.read_bytes()):
        sealed = sealed_batch(parts=[PartSource("attachment", "x/y", content)])
        with ContainerReader(sealed.data) as reader:
            assert reader.header.frames == 1 + max(1, -(-length // CHUNK))
        assert open_sealed(sealed.data, keys=[PLATFORM]).read("attachment") == source.read_bytes()


def test_several_large_parts_are_read_from_the_file_again(tmp_path):
    contents = {f"part-{number}": noise(CHUNK - number) for number in range(3)}
    sealed = seal_to(tmp_path / "a.bsp", parts=[PartSource(name, "x/y", one) for name, one in contents.items()])
    opened = open_sealed(sealed.path, keys=[PLATFORM])
    assert {name: opened.read(name) for name in reversed(list(contents))} == contents


def test_a_file_that_changes_after_opening_is_noticed(tmp_path):
    content = noise(CHUNK + 10)
    for recipients in ([], [PLATFORM.public]):
        path = tmp_path / f"{len(recipients)}.bsp"
        sealed = seal_to(path, parts=[PartSource("a", "x/y", content)], recipients=recipients)
        opened = open_sealed(sealed.path, keys=[PLATFORM])
        data = bytearray(path.read_bytes())
        data[-1000] ^= 1
        path.write_bytes(data)
        with pytest.raises(DamagedFile):
            opened.read("a")
        with pytest.raises(DamagedFile):
            list(opened.stream("a"))


def test_a_part_of_another_name_is_not_there():
    with pytest.raises(KeyError):
        open_sealed(sealed_batch().data, keys=[PLATFORM]).read("none")


def test_a_part_too_large_for_memory_is_streamed_only():
    limits = dataclasses.replace(LIMITS, whole_part=10)
    opened = open_sealed(sealed_batch(recipients=()).data, limits=limits)
    with pytest.raises(TooLarge):
        opened.read("documents.ndjson")
    assert b"".join(opened.stream("documents.ndjson")).startswith(DOCUMENTS[0])


def test_a_chunk_above_the_limit_is_refused():
    with pytest.raises(TooLarge):
        open_sealed(sealed_batch(recipients=()).data, limits=Limits(chunk=50))


def test_a_large_attachment_needs_little_memory(tmp_path):
    source, size = tmp_path / "attachment", 7 * CHUNK
    with source.open("wb") as file:
        for _ in range(7):
            file.write(noise(CHUNK))
    tracemalloc.start()
    try:
        sealed = seal_to(tmp_path / "a.bsp", parts=[PartSource("attachment", "x/y", source)])
        opened = open_sealed(sealed.path, keys=[PLATFORM])
        length = sum(len(piece) for piece in opened.stream("attachment"))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert length == size
    assert peak < 5 * CHUNK


def test_a_manifest_above_the_limit_is_not_sealed(monkeypatch, tmp_path):
    monkeypatch.setattr(batch, "LIMITS", Limits(envelope=500))
    with pytest.raises(TooLarge):
        seal_to(tmp_path / "a.bsp")
    monkeypatch.setattr(batch, "LIMITS", Limits(frames=2))
    with pytest.raises(TooLarge):
        seal_to(tmp_path / "a.bsp")
    assert list(tmp_path.iterdir()) == []


# --- looking without a key ---------------------------------------------------------------------------------------


def test_a_look_without_a_key_shows_header_size_and_trailer(tmp_path):
    sealed = seal_to(tmp_path / "a.bsp")
    seen = peek(sealed.path)
    assert (seen.header.kind, seen.header.id, seen.header.frames) == ("batch", BATCH_ID, 3)
    assert (seen.trailer_ok, seen.size) == (True, sealed.size)


def test_a_look_at_a_damaged_file_says_so():
    data = bytearray(sealed_batch().data)
    data[-100] ^= 1
    assert not peek(bytes(data)).trailer_ok
    with pytest.raises(DamagedFile):
        peek(bytes(data[:-1]))


def test_keys_made_at_run_time_work_as_the_fixed_ones_do():
    sender, receiver = SoftKey.generate(), SoftKey.generate()
    opened = open_sealed(sealed_batch(signers=(sender,), recipients=(receiver,)).data, keys=[receiver])
    assert verify(opened, trusted(sender)) == [sender.key_id]
