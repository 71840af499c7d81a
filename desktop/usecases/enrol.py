"""Make a workspace the unit's own: the activation file says which unit, which platform, and whom to trust."""

from desktop.usecases.ports import Books
from sync.activation import Activation
from sync.catalogue import first_trust
from sync.faults import ExchangeFault


def enrol(books: Books, activation: Activation, at: str) -> None:
    """Write the unit's identity and first trust into a workspace.

    A second time for the same unit renews the platform's address and leaves numbering and trust as they are.

    Args:
        books: The books.
        activation: Read and proven by `sync.activation.read_activation`.
        at: Local time with zone.

    Raises:
        ExchangeFault: ``NOT_FOR_US`` when the workspace already belongs to another unit.
    """
    with books:
        present = books.setting("unit_code")
        if present and present != activation.unit_code:
            raise ExchangeFault("NOT_FOR_US", {"have": present, "found": activation.unit_code})
        for name in ("unit_code", "unit_name", "writer_id", "platform", "url", "encryption_key"):
            books.set_setting(name, getattr(activation, name))
        if not present:
            books.exchange.begin_stream(f"{activation.unit_code}/{activation.writer_id}")
            books.exchange.set_trust(first_trust(activation.root_envelope))
        books.audit("", "", "ENROLLED", activation.unit_code, {"platform": activation.platform}, at=at)
        books.commit()
