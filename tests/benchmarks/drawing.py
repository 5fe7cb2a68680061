"""Writing on a canvas with the mouse, anywhere and in any size."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtWidgets import QWidget

from qtdigits.core.ink import Ink
from qtdigits.ui.replay import send_mouse

Track = NDArray[np.float64]
"""Shape (n, 2): x to the right and y down, pixels."""

_LEFT = Qt.MouseButton.LeftButton
_NONE = Qt.MouseButton.NoButton


@dataclass(frozen=True, slots=True)
class Place:
    """How large a drawing is and where it lies.

    share: its longer side as a share of the canvas's. across and down: 0 at the left or upper
    edge, 1 at the right or lower one.
    """

    share: float = 0.7
    across: float = 0.5
    down: float = 0.5


def placed(ink: Ink, place: Place, side: float) -> list[Track]:
    """The tracks of ink that is not empty, moved and scaled onto a square of `side` pixels."""
    tracks = [stroke.points() for stroke in ink.strokes]
    points = np.concatenate(tracks)
    low, high = points.min(axis=0), points.max(axis=0)
    scale = side * place.share / max(float((high - low).max()), 1e-9)
    free = side - (high - low) * scale
    offset = free * np.array([place.across, place.down])
    return [(track - low) * scale + offset for track in tracks]


def on_whole_pixels(tracks: Sequence[Track]) -> list[Track]:
    """What a mouse reports of the tracks: whole pixels, and nothing when it stays on one."""
    rounded = [np.rint(track) for track in tracks]
    return [
        track[np.concatenate(([True], np.any(np.diff(track, axis=0) != 0, axis=1)))]
        for track in rounded
    ]


def mouse_events(canvas: QWidget, tracks: Sequence[Track]) -> list[Callable[[], None]]:
    """The mouse events that write the tracks; calling one sends it.

    The last place of a track comes with the release, not with a move before it, so that the
    program always has something left to do when the pen is lifted.
    """
    events: list[Callable[[], None]] = []
    press, move, release = (
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonRelease,
    )
    for track in tracks:
        first, *between = [QPointF(x, y) for x, y in track.tolist()]
        last = between.pop() if between else first
        events.append(partial(send_mouse, canvas, press, first, _LEFT, _LEFT))
        events += [partial(send_mouse, canvas, move, place, _NONE, _LEFT) for place in between]
        events.append(partial(send_mouse, canvas, release, last, _LEFT, _NONE))
    return events
