"""Fingers on a touch screen: one points, two hold the picture and spread or move it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF
from PySide6.QtGui import QEventPoint, QTouchEvent

FINGER_PX: Final = 18.0
"""How far beside what it means a finger may touch."""


def touching(event: QTouchEvent) -> tuple[QPointF, ...]:
    """Where fingers touch after this event, in the view's pixels."""
    released = QEventPoint.State.Released
    return tuple(point.position() for point in event.points() if point.state() != released)


def pinch_of(one: QPointF, other: QPointF) -> tuple[QPointF, float]:
    """The place in the middle between two fingers, and how far they are apart, at least 1."""
    apart = other - one
    return (one + other) / 2, max(math.hypot(apart.x(), apart.y()), 1.0)


@dataclass(frozen=True, slots=True)
class Tap:
    """A finger that touched and did not move; time_ms is the event's."""

    place: QPointF
    time_ms: int

    def is_followed_by(self, place: QPointF, time_ms: int, within_ms: int) -> bool:
        """Whether a touch is the second half of a double tap."""
        return self.is_near(place) and 0 <= time_ms - self.time_ms <= within_ms

    def is_near(self, place: QPointF) -> bool:
        """Whether a finger there has not moved away."""
        return (place - self.place).manhattanLength() <= FINGER_PX
