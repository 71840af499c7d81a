"""Why a file is not read as a table, or could not be written."""

from desktop.domain.fault import Fault


class TableRefused(Fault):
    """The file can't be read as a table; nothing was changed, no link was followed, no macro was run.

    The codes, with their facts beside ``file`` (the file's name, always there):

    ==============  ===========================================================================================
    T-UNREADABLE    the disk or the folder refuses (reason)
    T-EMPTY         no byte in it, or no cell that holds anything
    T-TOO_LARGE     more bytes than allowed (limit)
    T-BOMB          unpacked size, ratio, members or cells beyond what a table of a unit can have (what, limit)
    T-TOO_MANY      more rows that hold something than allowed (rows, limit, sheet)
    T-PASSWORD      locked by a password
    T-DAMAGED       half written, cut or malformed
    T-NOT_TABLE     another kind of file, whatever its name says (kind)
    T-DOCTYPE       XML with DOCTYPE or ENTITY inside
    T-ENCODING      text in an unknown encoding
    ==============  ===========================================================================================
    """


class TableNotWritten(Fault):
    """A file could not be written; the half file was removed, an older one of that name is as it was.

    Codes: ``X-IN_USE`` (another program has the file open), ``X-NO_RIGHT``, ``X-DISK_FULL``, ``X-NO_FOLDER``,
    ``X-FAILED`` (reason), ``X-TOO_MANY`` (rows, limit); all with ``file``.
    """
