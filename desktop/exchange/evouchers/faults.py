"""Why a file is not taken in."""

from desktop.domain.fault import Fault


class EvoucherRefused(Fault):
    """The file can't be taken in as an invoice; nothing was changed, nothing was fetched.

    The codes, with their facts beside ``file`` (the file's name, always there):

    =================  ==========================================================================================
    E-UNREADABLE       the disk or the folder refuses (reason)
    E-EMPTY            no byte in it
    E-TOO_LARGE        more than 20 MB (limit)
    E-UNSUPPORTED      a format or a kind that is not read (format, or kind)
    E-NOT_INVOICE      readable, but no invoice in it, or number, date or total is missing (missing)
    E-DAMAGED          cut, changed or malformed (member, where)
    E-ENCRYPTED        a member is locked by a password (member)
    E-BOMB             members, unpacked size, ratio or depth over the limit (what, limit)
    E-PATH             a member's name leaves the package, is absolute, a link, or there twice (member)
    E-DOCTYPE          XML with DOCTYPE or ENTITY (member)
    E-XML_LIMIT        XML deeper, longer or with more elements than allowed (what, limit, member)
    =================  ==========================================================================================
    """
