"""Says on standard error how far a benchmark is that takes minutes."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from typing import Final

_EVERY_S: Final = 10.0


def counted(count: int, what: str, every_s: float = _EVERY_S) -> Iterator[int]:
    """0 to count - 1; now and then it says how many are done of what, and how long is left."""
    begun = said = time.monotonic()
    for number in range(count):
        now = time.monotonic()
        if number and now - said >= every_s:
            said = now
            left_s = (now - begun) / number * (count - number)
            print(f"  {number} of {count} {what}, {left_s:.0f} s left", file=sys.stderr, flush=True)
        yield number
