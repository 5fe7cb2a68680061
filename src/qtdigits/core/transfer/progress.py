"""How far an import or export has come."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Report = Callable[[int], None]
"""Told how many drawings were read; what it raises ends the import or export."""

Drawn = TypeVar("Drawn")


def reported(drawings: Iterable[Drawn], report: Report | None) -> Iterator[Drawn]:
    """The drawings, each reported before it is handed on."""
    for done, drawing in enumerate(drawings, start=1):
        if report is not None:
            report(done)
        yield drawing
