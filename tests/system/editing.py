"""A window in which somebody types and never stops: `python -m tests.system.editing HOME TEXT`.

Writes ``typed`` to standard output once the text has been handed on by the field, and goes on until it is killed.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from desktop.bootstrap import read_evoucher
from desktop.commands.homes import REHEARSAL_PASSWORD, SECRETS_FILE
from desktop.demo.stage import open_stage
from desktop.domain.document import State
from desktop.domain.head import Kind
from desktop.ui.app.memory import Memory
from desktop.ui.app.start import application, nobody
from desktop.ui.app.window import build_app
from desktop.ui.app.wiring import Wiring
from desktop.ui.kit.focus import commit_typing
from desktop.ui.payment.editor import VoucherEditor
from desktop.usecases.ports import Books
from sync.secrets import PasswordFileStore


def draft_of(books: Books) -> str:
    """Return the id of the voucher that is edited: the draft changed last."""
    with books:
        return books.documents.rows(kinds=(Kind.VOUCHER,), states=(State.DRAFT,))[0].doc_id


def main(home: Path, text: str) -> None:
    """Open the window over a rehearsal, open a draft, type its purpose."""
    app = application()
    with open_stage(home, PasswordFileStore(home / SECRETS_FILE, REHEARSAL_PASSWORD)) as stage:
        window = build_app(stage.installation, read_evoucher, nobody(stage.installation), memory=Memory(home))
        window.show()
        context = window.findChild(Wiring).context
        context.run(window, draft_of, lambda doc_id: context.open_page("voucher", doc_id))
        look = QTimer()

        def type_it() -> None:
            editor = window.findChild(VoucherEditor)
            if editor is None or not editor.isVisible() or not editor.form.paper.purpose.isEnabled():
                return
            if not editor.form.paper.purpose.text():
                return
            look.stop()
            editor.form.paper.purpose.setFocus()
            editor.form.paper.purpose.setText(text)
            commit_typing()
            sys.stdout.write("typed\n")
            sys.stdout.flush()

        look.timeout.connect(type_it)
        look.start(20)
        app.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
