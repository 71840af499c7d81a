"""Electronic invoices in: OFD (GB/T 33190) and XML, read without trusting a byte of them."""

from desktop.exchange.evouchers.faults import EvoucherRefused
from desktop.exchange.evouchers.reader import read_evoucher, read_evoucher_bytes

__all__ = ["EvoucherRefused", "read_evoucher", "read_evoucher_bytes"]
