"""An officer at this PC: who acts, when, and where fresh identities come from."""

from dataclasses import dataclass

from desktop.domain.document import Post, Refused
from desktop.domain.mirrors import Officer
from desktop.domain.problem import Problem
from desktop.usecases.ports import Clock, Ids


@dataclass(frozen=True, slots=True)
class Seat:
    """Who acts in which post; handed to every use case that writes.

    Attributes:
        looks_only: The workspace is open for reading: no step may be offered.
    """

    officer: str
    name: str
    post: Post
    clock: Clock
    ids: Ids
    looks_only: bool = False

    def at(self) -> str:
        """Return the local time with its zone, to the second; a record, never an order (R9)."""
        return self.clock.now().isoformat(timespec="seconds")

    def require(self, post: Post) -> None:
        """Refuse a step that belongs to another post.

        Raises:
            Refused: D-03.
        """
        if self.post is not post:
            raise Refused(Problem("D-03", "post", {"post": post.value, "have": self.post.value}))


def seat_of(officer: Officer, post: Post, clock: Clock, ids: Ids) -> Seat:
    """Return the officer's seat in one of the posts that the bureau registered.

    Raises:
        Refused: D-03 when the officer does not hold the post or is no longer active.
    """
    if post.value not in officer.posts or not officer.active:
        raise Refused(Problem("D-03", "post", {"post": post.value, "name": officer.name}))
    return Seat(officer.id, officer.name, post, clock, ids)
