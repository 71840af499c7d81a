"""Where the reader has been: back and forward, as in a browser, and back to the screen that they came from."""

from collections.abc import Callable


class Trail:
    """Topics in the order they were read."""

    def __init__(self) -> None:
        self._topics: list[str] = []
        self._at = -1
        self._origins: dict[int, Callable[[], None]] = {}

    def go(self, topic: str) -> None:
        """Add a topic; what lay ahead is forgotten, the same topic again is not added twice."""
        if self.here() != topic:
            del self._topics[self._at + 1 :]
            self._topics.append(topic)
            self._at += 1
            self._origins = {at: origin for at, origin in self._origins.items() if at < self._at}

    def come_from(self, origin: Callable[[], None]) -> None:
        """Remember how to go back to the screen from which the topic read now was opened."""
        self._origins[self._at] = origin

    def has_origin(self) -> bool:
        """Tell whether the way back from here leads out of the help."""
        return self._at in self._origins

    def leave(self) -> bool:
        """Go back to the screen from which the topic was opened, once; False when there is none."""
        origin = self._origins.pop(self._at, None)
        if origin is not None:
            origin()
        return origin is not None

    def here(self) -> str:
        """Return the topic that is read, empty at the very start."""
        return self._topics[self._at] if self._at >= 0 else ""

    def can(self, step: int) -> bool:
        """Tell whether there is something before (-1) or ahead (1)."""
        return 0 <= self._at + step < len(self._topics)

    def step(self, step: int) -> str:
        """Go back or forward and return the topic there; stays where it is at an end."""
        if self.can(step):
            self._at += step
        return self.here()
