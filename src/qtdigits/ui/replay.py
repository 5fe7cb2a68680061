"""Writes a drawing on the canvas as a person would: by mouse events, one at a time."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from qtdigits.core.ink import Ink


def replay(canvas: QWidget, ink: Ink, share: float = 0.7) -> Iterator[None]:
    """Send the mouse events that write this ink, one for each step of the iterator.

    The drawing is centred and fills `share` (0..1) of the canvas's smaller side. Empty ink sends
    nothing.
    """
    bounds = ink.bounds()
    if bounds is None:
        return
    extent = max(bounds.width, bounds.height, 1.0)
    scale = min(canvas.width(), canvas.height()) * share / extent
    middle = QPointF(canvas.width() / 2, canvas.height() / 2)
    centre = QPointF((bounds.left + bounds.right) / 2, (bounds.top + bounds.bottom) / 2)
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    for stroke in ink.strokes:
        places = [middle + (QPointF(s.x, s.y) - centre) * scale for s in stroke.samples]
        send_mouse(canvas, QEvent.Type.MouseButtonPress, places[0], left, left)
        yield
        for place in places[1:]:
            send_mouse(canvas, QEvent.Type.MouseMove, place, none, left)
            yield
        send_mouse(canvas, QEvent.Type.MouseButtonRelease, places[-1], left, none)
        yield


def send_mouse(
    widget: QWidget,
    kind: QEvent.Type,
    place: QPointF,
    button: Qt.MouseButton,
    held: Qt.MouseButton,
) -> None:
    """Send one mouse event to a widget, at a place in its coordinates."""
    everywhere = QPointF(widget.mapToGlobal(place))
    event = QMouseEvent(kind, place, everywhere, button, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(widget, event)
