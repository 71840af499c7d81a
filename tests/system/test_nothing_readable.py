"""What lies on the disk of a unit tells nobody anything: not at rest, not while it is open, not after a month end."""

import shutil
from pathlib import Path

from desktop.demo.stage import UNIT_FOLDER
from desktop.domain.document import Post
from desktop.domain.evoucher import Evoucher
from desktop.domain.head import Kind
from desktop.domain.voucher import PaymentVoucher
from desktop.exchange.evouchers import read_evoucher
from desktop.usecases.take_evoucher import take_evoucher
from tests.data.make_ofd import build_invoice_ofd
from tests.system.standing import Desk, open_desk, press

_LEAST = 10_000  # yuan: shorter amounts stand by chance in any megabytes


def telling(desk: Desk, invoice: Evoucher) -> set[str]:
    """Names, accounts, numbers, amounts, purposes: whatever somebody could be looking for."""
    words: set[str] = {invoice.seller_name, invoice.seller_account, invoice.invoice_no, invoice.file_name}
    with desk.books() as books:
        unit = books.mirrors.unit()
        words |= {unit.name, unit.credit_code, *(one.name for one in books.mirrors.officers())}
        words |= {one.number for one in books.mirrors.own_accounts()}
        words |= {one.name for one in books.mirrors.projects().values()}
        for document in books.documents.of_kind(Kind.VOUCHER):
            voucher = document.content
            assert isinstance(voucher, PaymentVoucher)
            words |= {voucher.payee.name, voucher.payee.account, voucher.purpose, voucher.amount_in_words}
            words |= {f"{voucher.amount:.2f}", f"{voucher.amount:,.2f}"} if voucher.amount > _LEAST else set()
            words |= {use.invoice_no for use in voucher.evouchers}
    return {word for word in words if len(word) > 2 or (not word.isascii() and len(word) > 1)}


def found_in(folder: Path, words: set[str]) -> list[str]:
    wanted = {word.encode(): word for word in words}
    # Nothing here writes in another encoding by choice; a sample would show it.
    wanted |= {word.encode(code): word for word in sorted(words)[::10] for code in ("gb18030", "utf-16-le")}
    paths = sorted(folder.rglob("*"))
    held = b"\0".join(path.name.encode() + b"\0" + (path.read_bytes() if path.is_file() else b"") for path in paths)
    return [word for data, word in wanted.items() if data in held]


def test_no_name_account_or_amount_is_readable_at_any_time(home: Path, tmp_path: Path) -> None:
    shutil.rmtree(home / UNIT_FOLDER / "backups")  # the month end makes one anew
    with open_desk(home) as desk:
        folder, seat = desk.workspace.folder, desk.installation.seat(Post.MAKER)
        path = build_invoice_ofd(tmp_path / "甲旗示例商贸发票.ofd")
        invoice = take_evoucher(desk.books(), seat, path, read_evoucher).evoucher
        words = telling(desk, invoice)
        assert len(words) > 100
        assert press(desk.installation).run.accepted == 6
        assert found_in(folder, words) == []
    assert found_in(folder, words) == []
    assert found_in(tmp_path, {"销售方"}) == []
    path.with_name("plain.txt").write_text(invoice.seller_name, encoding="utf-8")
    assert found_in(tmp_path, {invoice.seller_name}) != []
