"""How much memory a process and all that it has started take."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_PROCESSES: Final = Path("/proc")


def resident_mb(process: int) -> float:
    """What they have in memory, in MB; shared pages count for each. 0 where the system does not
    tell, as only Linux does.
    """
    if not (_PROCESSES / str(process)).is_dir():
        return 0.0
    own = _PROCESSES / str(process)
    status = (own / "status").read_text().splitlines()
    kilobytes = next((int(line.split()[1]) for line in status if line.startswith("VmRSS")), 0)
    children = [
        int(child)
        for thread in (own / "task").iterdir()
        for child in (thread / "children").read_text().split()
    ]
    return kilobytes / 1024 + sum(map(resident_mb, children))
