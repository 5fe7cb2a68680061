"""What a run of the benchmarks was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

_QUICK_SHARE: Final = 25


@dataclass(frozen=True, slots=True)
class Plan:
    """model: the network that is measured. data: the folder of data sets, None without one.

    baseline: the network of the recipe that the program grew out of, None to leave it out. quick:
    a few runs of everything, to see that it works. precision: what trainings compute in.
    """

    model: Path
    data: Path | None = None
    baseline: Path | None = None
    quick: bool = False
    precision: str = "float32"

    def runs(self, full: int) -> int:
        """How often to do what a full run does `full` times."""
        return max(3, full // _QUICK_SHARE) if self.quick else full
