"""BM25 over documents whose fields weigh differently.

Postings lie in two flat arrays, so that a library of some thousand entries takes a few megabytes.
"""

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

_B = 0.5  # how much long documents are held back


class Corpus:
    """Documents numbered in the order given; never changes.

    Args:
        documents: For each its grams with their weighed count.
        patience: How slowly more of the same gram stops to count; small where a field is said once.
    """

    def __init__(self, documents: Iterable[Mapping[str, float]], patience: float = 1.2) -> None:
        postings: dict[str, list[float]] = {}
        lengths: list[float] = []
        for number, document in enumerate(documents):
            lengths.append(sum(document.values()))
            for gram, count in document.items():
                known = postings.get(gram)
                if known is None:
                    postings[gram] = [number, count]
                else:
                    known += (number, count)
        self.size = len(lengths)
        mean = sum(lengths) / self.size if sum(lengths) else 1.0
        self._patience = patience
        self._slowed = [patience * (1 - _B + _B * length / mean) for length in lengths]
        self._places: dict[str, int] = {}
        self._ends = array("L")
        self._documents, self._counts = array("H" if self.size < 1 << 16 else "L"), array("f")
        for place, (gram, found) in enumerate(postings.items()):
            self._places[gram] = place
            self._documents.extend(map(int, found[::2]))
            self._counts.extend(found[1::2])
            self._ends.append(len(self._documents))

    def rarity(self, gram: str) -> float:
        """Return the inverse document frequency; a gram that nothing has is as rare as can be."""
        start, end = self._span(gram)
        return math.log(1 + (self.size - (end - start) + 0.5) / (end - start + 0.5))

    def scores(self, asked: Mapping[str, float]) -> dict[int, float]:
        """Return the documents that have any of the grams, with their score."""
        found: dict[int, float] = {}
        for gram, weight in asked.items():
            start, end = self._span(gram)
            if start == end:
                continue
            worth = weight * self.rarity(gram) * (self._patience + 1)
            for document, count in zip(self._documents[start:end], self._counts[start:end], strict=True):
                found[document] = found.get(document, 0.0) + worth * count / (count + self._slowed[document])
        return found

    def _span(self, gram: str) -> tuple[int, int]:
        place = self._places.get(gram)
        if place is None:
            return 0, 0
        return (self._ends[place - 1] if place else 0), self._ends[place]


def joined(*fields: tuple[Iterable[str], float]) -> dict[str, float]:
    """Return the grams of a document's fields, each weighed by its field."""
    document: dict[str, float] = defaultdict(float)
    for found, weight in fields:
        for gram, count in Counter(found).items():
            document[gram] += count * weight
    return document
