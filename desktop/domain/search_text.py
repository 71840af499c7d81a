"""Text as searches compare it: what was typed and what is stored in the same form."""

import unicodedata

MOST_WORDS = 40  # of a query; whoever pastes a whole sheet into a search field has said enough by then


def normal(text: str) -> str:
    """Return the text as it is compared: full and half width alike, small letters, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


def words(query: str) -> list[str]:
    """Return the words of a query, each once and the first `MOST_WORDS` of them; a row must hold all of them."""
    return list(dict.fromkeys(normal(query).split()))[:MOST_WORDS]


def signs(text: str) -> tuple[str, tuple[int, ...]]:
    """Return the text without blanks as it is compared, and which character of ``text`` each of its signs came from."""
    whole = unicodedata.normalize("NFKC", text).lower()
    if len(whole) == len(text) and len(whole.split(None, 1)) == 1 and not whole[-1].isspace():
        return whole, tuple(range(len(whole)))
    told = [
        (one, at)
        for at, sign in enumerate(text)
        for one in unicodedata.normalize("NFKC", sign).lower()
        if not one.isspace()
    ]
    return "".join(sign for sign, _ in told), tuple(at for _, at in told)
