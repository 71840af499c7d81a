"""The commands of VERIFY.md, as they stand there, with the real OpenSSL."""

import re
import subprocess
from pathlib import Path

import pytest

import sync
from sync.batch import open_sealed, seal_bytes
from sync.crypto import SoftKey
from sync.envelope import Envelope, dump_for_openssl
from sync.faults import BadSignature
from sync.manifest import BATCH, DocumentEntry
from tests.sync.material import (
    CHECKER,
    DOCUMENTS,
    PLATFORM,
    RECEIPT_KEY,
    STRANGER,
    WRITER,
    batch_manifest,
    sealed_batch,
    sealed_receipt,
)

PAGE = (Path(sync.__file__).parent / "VERIFY.md").read_text(encoding="utf-8")
DOCUMENT_SECTION = "A document under a sheet"


def commands() -> dict[str, str]:
    """Give the shell commands of the page by section."""
    sections = re.split(r"^## ", PAGE, flags=re.MULTILINE)[1:]
    found = {one.partition("\n")[0]: "\n".join(re.findall(r"```sh\n(.*?)```", one, re.DOTALL)) for one in sections}
    return {title: text for title, text in found.items() if text}


def run(folder: Path, section: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["sh", "-c", commands()[section]], cwd=folder, capture_output=True, text=True, check=False)


def batch() -> tuple[Envelope, SoftKey]:
    return open_sealed(sealed_batch().data, keys=[PLATFORM]).envelope, WRITER


def large_batch() -> tuple[Envelope, SoftKey]:
    """A manifest of half a megabyte: nothing in the commands may depend on short lines."""
    many = tuple(DocumentEntry(f"d{n}", "VOUCHER", "1.0", f"v-{n:06d}", 1, f"{n:064x}") for n in range(3000))

    def manifest(parts):
        small = batch_manifest(parts)
        return type(small)(
            **{name: getattr(small, name) for name in small.__slots__}
            | {"documents": many, "counts": {"VOUCHER": 3000}}
        )

    sealed = seal_bytes(kind="batch", payload_type=BATCH, manifest=manifest, signers=[WRITER])
    return open_sealed(sealed.data).envelope, WRITER


def sheet() -> tuple[Envelope, SoftKey]:
    opened = open_sealed(sealed_batch().data, keys=[PLATFORM])
    return Envelope.from_bytes(opened.read("sheet-1.json")), CHECKER


def receipt() -> tuple[Envelope, SoftKey]:
    return open_sealed(sealed_receipt(sealed_batch().digest).data, keys=[WRITER]).envelope, RECEIPT_KEY


@pytest.mark.parametrize("signed", [batch, large_batch, sheet, receipt])
def test_the_commands_of_the_page_verify_what_was_signed(tmp_path, signed):
    envelope, key = signed()
    dump_for_openssl(envelope, key.public, tmp_path)
    for section in commands():
        if section == DOCUMENT_SECTION:
            continue
        done = run(tmp_path, section)
        assert done.returncode == 0, (section, done.stdout, done.stderr)
        if section == "Verify the signature":
            assert done.stdout.splitlines() == ["Verified OK", "Signature Verified Successfully"]


def test_the_page_has_every_section_that_is_run():
    assert list(commands()) == [
        "Rebuild the signed bytes",
        "Verify the signature",
        "Whose key it is",
        "What the signature covers",
        DOCUMENT_SECTION,
    ]


def test_the_page_gives_the_digest_that_names_a_batch(tmp_path):
    sealed = sealed_batch()
    dump_for_openssl(open_sealed(sealed.data, keys=[PLATFORM]).envelope, WRITER.public, tmp_path)
    assert run(tmp_path, "What the signature covers").stdout.strip() == sealed.digest


@pytest.mark.parametrize("content", DOCUMENTS)
def test_the_page_finds_a_document_under_its_sheet(tmp_path, content):
    envelope, key = sheet()
    dump_for_openssl(envelope, key.public, tmp_path)
    (tmp_path / "document.json").write_bytes(content)
    assert run(tmp_path, DOCUMENT_SECTION).returncode == 0
    (tmp_path / "document.json").write_bytes(content.replace(b"0", b"9", 1))
    assert run(tmp_path, DOCUMENT_SECTION).returncode != 0


@pytest.mark.parametrize(
    ("file", "section"),
    [
        ("payload.json", "Rebuild the signed bytes"),
        ("payload_type.txt", "Rebuild the signed bytes"),
        ("message.bin", "Rebuild the signed bytes"),
        ("message.bin", "Verify the signature"),
        ("signature.der", "Verify the signature"),
    ],
)
def test_the_commands_of_the_page_refuse_a_changed_byte(tmp_path, file, section):
    envelope, key = receipt()
    dump_for_openssl(envelope, key.public, tmp_path)
    data = bytearray((tmp_path / file).read_bytes())
    data[-1] ^= 1
    (tmp_path / file).write_bytes(data)
    assert run(tmp_path, section).returncode != 0


def test_the_commands_of_the_page_refuse_the_key_of_another(tmp_path):
    envelope, key = receipt()
    dump_for_openssl(envelope, key.public, tmp_path)
    (tmp_path / "key.pem").write_text(STRANGER.public.to_pem())
    assert run(tmp_path, "Verify the signature").returncode != 0
    assert run(tmp_path, "Whose key it is").returncode != 0


def test_a_dump_for_a_key_that_did_not_sign_is_refused(tmp_path):
    envelope, _ = receipt()
    with pytest.raises(BadSignature):
        dump_for_openssl(envelope, STRANGER.public, tmp_path)
    assert list(tmp_path.iterdir()) == []
