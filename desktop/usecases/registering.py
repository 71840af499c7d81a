"""The form by which a unit asks the bureau to register its computer and its people: public keys only."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from sync.crypto import PublicKey

HEAD = ("类别", "编号", "姓名", "公钥", "密钥编号")


@dataclass(frozen=True, slots=True)
class PublicHalf:
    """A key to be registered: whose, and its public half as hex. The computer's own has no officer."""

    officer_id: str
    name: str
    public: str


def registration_form(keys: Sequence[PublicHalf]) -> str:
    """Return the form as CSV text; long numbers stand as text, so that a spreadsheet keeps them."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(HEAD)
    for key in keys:
        kind = "人员" if key.officer_id else "本机"
        rows.writerow((kind, key.officer_id or "-", key.name or "-", key.public, PublicKey.from_hex(key.public).key_id))
    return out.getvalue()
