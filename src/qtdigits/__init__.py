"""qtdigits reads handwritten digits while they are written."""

from typing import Final

__version__: Final = "0.1.0"
