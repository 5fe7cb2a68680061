"""qtdigits reads handwritten digits while they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qtdigits.library import Recognizer as Recognizer

__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """Import the library when it is asked for: `import qtdigits` itself takes no time."""
    if name == "Recognizer":
        from qtdigits.library import Recognizer

        return Recognizer
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
