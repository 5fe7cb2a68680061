"""How a person divides what they wrote into digits, where the program did it wrongly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from qtdigits.core.ink import Ink, Stroke


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Some whole strokes of a drawing, and the digits that a person says they are.

    strokes: as they stand in the drawing, none in two arrangements. digits: their ink divided,
    left to right; pieces of a stroke where a cut runs through it.
    """

    strokes: tuple[Stroke, ...]
    digits: tuple[Ink, ...]

    def holds_for(self, ink: Ink) -> bool:
        """Whether all of its strokes are still there: undo and erasing take it back."""
        return all(stroke in ink.strokes for stroke in self.strokes)


def still_valid(arrangements: Sequence[Arrangement], ink: Ink) -> tuple[Arrangement, ...]:
    """The arrangements that hold for this ink."""
    return tuple(arrangement for arrangement in arrangements if arrangement.holds_for(ink))


@dataclass(frozen=True, slots=True)
class ArrangedInk:
    """A drawing, and how a person divides it into digits where they said so."""

    ink: Ink = field(default_factory=Ink)
    arrangements: tuple[Arrangement, ...] = ()
