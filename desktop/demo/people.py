"""The officers of the rehearsal at their work: each step with the right person, post and PIN."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.bootstrap import Installation
from desktop.demo.material import pins
from desktop.domain.document import Post, State
from desktop.usecases.hand_over import HandedOver, check, present, sign
from desktop.usecases.seat import Seat


class StoryBroken(Exception):
    """The rehearsal's own material no longer passes the rules; says which document and why."""


@dataclass(frozen=True, slots=True)
class People:
    """Who works in the unit."""

    installation: Installation

    def seat(self, post: Post) -> Seat:
        """Return the seat of the officer who holds the post."""
        return self.installation.seat(post)

    def present(self, doc_ids: Sequence[str]) -> None:
        """Hand documents to the checker."""
        _all_moved(present(self.installation.books(), self.seat(Post.MAKER), doc_ids))

    def check(self, doc_ids: Sequence[str]) -> None:
        """Check presented documents with the checker's key."""
        seat = self.seat(Post.CHECKER)
        key = self.installation.workspace.vault().unlock(seat.officer, pins()[seat.officer])
        _all_moved(check(self.installation.books(), seat, key, doc_ids))

    def sign(self, doc_ids: Sequence[str]) -> None:
        """Sign checked documents as signer, and as the unit's head where one is needed."""
        self._sign(Post.SIGNER, doc_ids)
        books = self.installation.books()
        with books:
            waiting = [doc_id for doc_id in doc_ids if books.documents.get(doc_id).state is State.CHECKED]
        if waiting:
            self._sign(Post.HEAD, waiting)

    def finish(self, doc_ids: Sequence[str]) -> None:
        """Bring drafts to SIGNED."""
        self.present(doc_ids)
        self.check(doc_ids)
        self.sign(doc_ids)

    def _sign(self, post: Post, doc_ids: Sequence[str]) -> None:
        seat = self.seat(post)
        key = self.installation.workspace.vault().unlock(seat.officer, pins()[seat.officer])
        _all_moved(sign(self.installation.books(), seat, key, doc_ids))


def _all_moved(handed: HandedOver) -> None:
    if handed.blocked:
        first = handed.blocked[0]
        raise StoryBroken(f"{first.key}: {[(p.code, p.where, dict(p.facts)) for p in first.problems]}")
