"""`budgetdesk inspect FILE --dump DIR`: what OpenSSL needs to check a container's signatures without this program."""

from pathlib import Path

from desktop.commands.answer import Unusable
from desktop.commands.homes import KeysAtHand
from sync.batch import Opened
from sync.contents import documents_of, sheets_of
from sync.crypto import PublicKey
from sync.envelope import Envelope, dump_for_openssl
from sync.manifest import BatchManifest


def dump(opened: Opened, hand: KeysAtHand, folder: Path) -> list[Path]:
    """Write one folder for each signature: ``container``, and ``sheet-1`` … each with the first document it covers.

    Args:
        opened: The container.
        hand: The public keys that this PC knows.
        folder: Must not exist, or be empty.

    Returns:
        The folders, ready for the commands of ``sync/VERIFY.md``.

    Raises:
        Unusable: The folder is not empty, or a key is not known here.
    """
    if folder.exists() and any(folder.iterdir()):
        raise Unusable(f"{folder} 不是空文件夹，没有写入。")
    keys = _known_keys(hand)
    made = [_dump_one(opened.envelope, keys, folder / "container")]
    if isinstance(opened.manifest, BatchManifest):
        entries, lines = opened.manifest.documents, documents_of(opened, opened.manifest)
        contents = {entry.digest: line for entry, line in zip(entries, lines, strict=True)}
        for number, data in enumerate(sheets_of(opened, opened.manifest), 1):
            envelope = Envelope.from_bytes(data)
            made.append(_dump_one(envelope, keys, folder / f"sheet-{number}"))
            covered = next(content for digest, content in contents.items() if digest.encode() in envelope.payload)
            (made[-1] / "document.json").write_bytes(covered)
    return made


def _known_keys(hand: KeysAtHand) -> dict[str, PublicKey]:
    keys = {key.public.key_id: key.public for key in hand.keys}
    keys |= {officer.key_id: PublicKey.from_hex(officer.public_key) for officer in hand.officers}
    if hand.trust is not None:
        keys |= {key_id: PublicKey.from_hex(public) for key_id, public in hand.trust.root_manifest().keys.items()}
    return keys


def _dump_one(envelope: Envelope, keys: dict[str, PublicKey], folder: Path) -> Path:
    known = next((keys[one.key_id] for one in envelope.signatures if one.key_id in keys), None)
    if known is None:
        raise Unusable("本机不认识签名人的公钥，写不出供 OpenSSL 核对的文件。")
    folder.mkdir(parents=True)
    dump_for_openssl(envelope, known, folder)
    return folder
