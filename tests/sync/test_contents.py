"""How documents, sheets and files lie in a batch."""

import pytest

from sync.batch import open_sealed
from sync.contents import batch_parts, documents_of, files_of, sheets_of
from sync.crypto import sm3
from sync.faults import ContentInvalid
from sync.manifest import NO_DIGEST, BatchManifest
from tests.sync.office import Office
from tests.sync.papers import encoded, entry_of, voucher


def test_everything_comes_out_as_it_was_put_in(office: Office):
    papers, scan = [voucher(2), voucher(1)], b"\n an original \n"
    batch, _ = office.build(papers, epoch=1, seq=1, prev=NO_DIGEST, files={sm3(scan): scan})
    opened = open_sealed(batch.path, keys=[office.writer])
    manifest = opened.expect(BatchManifest)
    assert documents_of(opened, manifest) == [encoded(one) for one in papers]
    assert sheets_of(opened, manifest)[0].startswith(b'{"payload":')
    assert len(sheets_of(opened, manifest)) == 3
    assert files_of(manifest) == {sm3(scan)}
    assert opened.read(f"file-{sm3(scan)}") == scan


def test_other_number_of_documents_than_announced_is_refused(office: Office):
    papers = [voucher(1), voucher(2)]
    entries = tuple(entry_of(one) for one in papers)
    batch, _ = office.build(
        papers, entries=entries, bodies=[encoded(papers[0])], epoch=1, seq=1, prev=NO_DIGEST
    )
    opened = open_sealed(batch.path, keys=[office.writer])
    with pytest.raises(ContentInvalid):
        documents_of(opened, opened.expect(BatchManifest))


@pytest.mark.parametrize("documents", [[], [b"{}\n"], [b"{}", b"a\nb"]])
def test_documents_are_lines(documents: list[bytes]):
    with pytest.raises(ValueError, match="one line each"):
        batch_parts(documents, [])


def test_file_under_a_wrong_digest_is_a_mistake():
    with pytest.raises(ValueError, match="wrong digest"):
        batch_parts([b"{}"], [], {sm3(b"a"): b"b"})
