"""Texts and values from elsewhere as they may stand in a sentence: printable, one line, short."""

from __future__ import annotations

from typing import Final

_LONGEST: Final = 40


def printable(text: str) -> str:
    """The text with a replacement character for everything that cannot be shown on one line."""
    return "".join(c if c.isprintable() else "�" for c in text)


def brief(value: object) -> str:
    """A value in at most some forty characters: texts in quotes, numbers and what is larger."""
    if isinstance(value, list | tuple | dict):
        return f"{type(value).__name__} of {len(value)}"
    if isinstance(value, int) and abs(value) >= 10**_LONGEST:
        return "a number of many digits"  # the text of a very long one is refused by Python
    text = printable(str(value)[: _LONGEST + 1])
    text = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    return repr(text) if isinstance(value, str) else text
