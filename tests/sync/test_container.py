"""The framing of a container: one order, hard limits, no other exception than a fault."""

import io
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync import canonical
from sync.batch import PartSource, open_sealed, seal_bytes, verify
from sync.container import MAGIC, ContainerReader, ContainerWriter, Header, Limits
from sync.faults import ContentInvalid, DamagedFile, DiskFailed, ExchangeFault, FormatTooNew, NotOurs, TooLarge
from sync.manifest import BATCH
from tests.sync.make_vectors import framed, taken_apart
from tests.sync.material import BATCH_ID, PLATFORM, WRITER, batch_manifest, sealed_batch, trusted

OPEN = seal_bytes(
    kind="batch",
    payload_type=BATCH,
    manifest=batch_manifest,
    parts=[PartSource("a.txt", "text/plain", b"content of a part\n" * 3)],
    signers=[WRITER],
).data
SEALED = sealed_batch(parts=[], recipients=(PLATFORM,)).data


def header(frames: int) -> Header:
    return Header(kind="batch", id=BATCH_ID, frames=frames)


def written(frames: list[bytes]) -> bytes:
    file = io.BytesIO()
    writer = ContainerWriter(file, header(len(frames)))
    for frame in frames:
        writer.add(frame)
    writer.finish()
    assert writer.size == len(file.getvalue())
    return file.getvalue()


def opened_and_verified(data: bytes) -> tuple[bytes, dict[str, bytes]]:
    opened = open_sealed(data, keys=[PLATFORM])
    verify(opened, trusted(WRITER))
    return opened.manifest_bytes, {name: opened.read(name) for name in opened.parts}


@given(st.lists(st.binary(max_size=200), min_size=1, max_size=6))
def test_a_reader_gives_back_the_frames_of_a_writer(frames):
    with ContainerReader(written(frames)) as reader:
        assert reader.header == header(len(frames))
        assert reader.header_bytes == reader.header.to_bytes()
        assert list(reader.frames()) == frames
        assert [reader.frame(number) for number in range(len(frames))] == frames
        reader.verify_trailer()


def test_the_outer_form_is_frozen():
    assert written([b"one", b""]) == framed(header(2).to_bytes(), [b"one", b""])
    assert header(2).to_bytes().decode() == (
        '{"enc":"none","format":1,"frames":2,"id":"' + BATCH_ID + '","kind":"batch","wrapped":[]}'
    )


def test_reader_and_writer_agree_on_the_digest_of_the_file():
    file = io.BytesIO()
    writer = ContainerWriter(file, header(1))
    writer.add(b"frame")
    digest = writer.finish()
    with ContainerReader(file.getvalue()) as reader:
        assert reader.verify_trailer() == digest


@pytest.mark.parametrize("data", [OPEN, SEALED], ids=["open", "sealed"])
def test_every_flipped_bit_is_refused(data):
    for bit in range(len(data) * 8):
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(ExchangeFault):
            open_sealed(bytes(changed), keys=[PLATFORM])


@pytest.mark.parametrize("data", [OPEN, SEALED], ids=["open", "sealed"])
def test_every_cut_is_refused(data):
    for length in range(len(data)):
        with pytest.raises(ExchangeFault):
            open_sealed(data[:length], keys=[PLATFORM])


@given(st.binary(max_size=300), st.booleans())
def test_foreign_bytes_are_refused(data, with_magic):
    with pytest.raises(ExchangeFault):
        open_sealed(MAGIC + data if with_magic else data)


@given(st.data())
def test_a_change_whose_trailer_was_made_to_fit_never_gives_other_content(data):
    original = data.draw(st.sampled_from([OPEN, SEALED]))
    bodies = [bytearray(one) for one in (taken_apart(original)[0], *taken_apart(original)[1])]
    which = data.draw(st.integers(0, len(bodies) - 1))
    bit = data.draw(st.integers(0, len(bodies[which]) * 8 - 1))
    bodies[which][bit // 8] ^= 1 << bit % 8
    forged = framed(bytes(bodies[0]), [bytes(one) for one in bodies[1:]])
    try:
        found = opened_and_verified(forged)
    except ExchangeFault:
        return
    # Without encryption a spare bit of the compression may change; what it says may not.
    assert original == OPEN
    assert found == opened_and_verified(original)


@given(st.lists(st.integers(0, 255), min_size=1, max_size=40), st.integers(0))
def test_inserted_bytes_are_refused(inserted, where):
    at = where % (len(OPEN) + 1)
    with pytest.raises(ExchangeFault):
        open_sealed(OPEN[:at] + bytes(inserted) + OPEN[at:])


@pytest.mark.parametrize(
    ("limits", "what"),
    [
        (Limits(container=len(OPEN) - 1), "container"),
        (Limits(header=50), "header"),
        (Limits(frames=1), "frames"),
        (Limits(envelope=500), "unpacked frame"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_container_above_a_limit_is_refused(limits, what):
    with pytest.raises(TooLarge) as caught:
        open_sealed(OPEN, limits=limits)
    assert caught.value.facts["what"] == what


def test_a_container_at_every_limit_is_taken():
    frames = taken_apart(OPEN)[1]
    limits = Limits(container=len(OPEN), header=len(taken_apart(OPEN)[0]), frames=len(frames))
    assert open_sealed(OPEN, limits=limits).size == len(OPEN)


def test_a_declared_length_takes_no_memory():
    lie = MAGIC + b"H" + (1 << 40).to_bytes(8, "big") + b"{}"
    tracemalloc.start()
    try:
        with pytest.raises(TooLarge):
            ContainerReader(lie)
        assert tracemalloc.get_traced_memory()[1] < 1 << 20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", DamagedFile),
        (b"BSP", DamagedFile),
        (b"BSP2\n", FormatTooNew),
        (b"BSPX\n", NotOurs),
        (b"BSP1\r\n" + OPEN[5:], NotOurs),
        (b"%PDF-1.7", NotOurs),
        (OPEN + b"\0", DamagedFile),
        (OPEN[:-41] + b"F" + bytes(8) + OPEN[-41:], DamagedFile),
        (framed(b"[]", [b""]), ContentInvalid),
        (framed(b"{}", [b""]), FormatTooNew),
        (framed(b'{"format":true}', [b""]), FormatTooNew),
        (framed(b'{"format":1}', [b""]), ContentInvalid),
        (framed(b"\xff", [b""]), ContentInvalid),
    ],
    ids=lambda value: value[:12].decode("latin-1") if isinstance(value, bytes) else "",
)
def test_another_start_or_end_is_told_apart(data, fault):
    with pytest.raises(fault):
        ContainerReader(data)


@pytest.mark.parametrize(
    "change",
    [
        {"enc": "sm4-gcm"},
        {"nonce_prefix": "00" * 8},
        {"enc": "sm4-gcm", "nonce_prefix": "00" * 8},
        {"wrapped": [{"to": "00" * 16, "alg": "sm2-c1c3c2", "key": ""}]},
        {"enc": "aes"},
        {"frames": 0},
        {"kind": "Batch"},
        {"id": "1"},
        {"wrapped": [{"to": "00" * 16, "alg": "rsa", "key": ""}], "enc": "sm4-gcm", "nonce_prefix": "00" * 8},
        {
            "wrapped": [{"to": "00" * 16, "alg": "sm2-c1c3c2", "key": ""}] * 2,
            "enc": "sm4-gcm",
            "nonce_prefix": "00" * 8,
        },
    ],
    ids=str,
)
def test_a_header_that_breaks_a_rule_is_refused(change):
    fields = {"enc": "none", "format": 1, "frames": 1, "id": BATCH_ID, "kind": "batch", "wrapped": []} | change
    with pytest.raises(ContentInvalid):
        ContainerReader(framed(canonical.encode(fields), [b""]))


def test_a_writer_keeps_to_the_promised_number_of_frames():
    writer = ContainerWriter(io.BytesIO(), header(1))
    with pytest.raises(ValueError, match="fewer frames"):
        writer.finish()
    writer.add(b"")
    with pytest.raises(ValueError, match="more frames"):
        writer.add(b"")


def test_a_file_that_cannot_be_read_is_a_fault_of_the_disk(tmp_path):
    for path in (tmp_path / "none.bsp", tmp_path):
        with pytest.raises(DiskFailed):
            ContainerReader(path)


def test_a_refused_file_is_not_kept_open(tmp_path):
    path = tmp_path / "a.bsp"
    path.write_bytes(OPEN[:-1])
    with pytest.raises(DamagedFile):
        ContainerReader(path)
    path.unlink()  # would fail on Windows; a leaked handle fails the test as a warning everywhere
