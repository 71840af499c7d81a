"""Turns codes into Chinese: what happened, what is safe, what to do now. Knows words, no windows and no files."""


def tr(text: str, **places: object) -> str:
    """Return a Chinese source string with its named places filled; the seam for another language.

    Args:
        text: The source string, places in braces: ``差 {count} 项``.
        places: Values by name.
    """
    return text.format(**places) if places else text
