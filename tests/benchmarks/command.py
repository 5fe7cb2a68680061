"""The program's own commands, run as anyone would run them, and what they print."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any, Final

_PATIENCE_S: Final = 6 * 3600


def qtdigits(*arguments: object) -> dict[str, Any]:
    """Run `qtdigits … --json` in a process of its own; raises ValueError with what it says."""
    done = subprocess.run(
        [sys.executable, "-P", "-m", "qtdigits", *map(str, arguments), "--json"],
        capture_output=True,
        text=True,
        timeout=_PATIENCE_S,
        check=False,
    )
    if done.returncode:
        raise ValueError(done.stderr.strip() or f"qtdigits {arguments[0]} failed")
    printed: dict[str, Any] = json.loads(done.stdout)
    return printed
