"""The border to Qt's input: mouse, tablet and touch events become pen events, our own values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QInputDevice, QMouseEvent, QPointingDevice, QTabletEvent, QTouchEvent

from qtdigits.core.ink import PenSample


class PenAction(Enum):
    """What the pen did."""

    DOWN = auto()
    MOVE = auto()
    """Moved while it touches."""
    UP = auto()
    HOVER = auto()
    """Moved without touching."""
    CANCEL = auto()
    """What it did was not meant as writing: a second finger, or the system took over."""


class PenSource(Enum):
    """Which device writes."""

    MOUSE = auto()
    TABLET = auto()
    TOUCH = auto()


@dataclass(frozen=True, slots=True)
class PenEvent:
    """One event of any pen. The sample is in the widget's logical pixels."""

    action: PenAction
    source: PenSource
    sample: PenSample
    erases: bool = False


def from_mouse(event: QMouseEvent) -> PenEvent | None:
    """A mouse event as a pen event; None where it does not concern the left button.

    Also None for mouse events made up from a tablet or a finger: those come as themselves.
    """
    if _is_synthesised(event):
        return None
    left = Qt.MouseButton.LeftButton
    match event.type():
        # Two quick taps arrive as a press and a double click.
        case QEvent.Type.MouseButtonPress | QEvent.Type.MouseButtonDblClick:
            action = PenAction.DOWN if event.button() == left else None
        case QEvent.Type.MouseButtonRelease:
            action = PenAction.UP if event.button() == left else None
        case QEvent.Type.MouseMove:
            action = PenAction.MOVE if event.buttons() & left else PenAction.HOVER
        case _:
            action = None
    if action is None:
        return None
    return PenEvent(action, PenSource.MOUSE, _sample(event.position(), event.timestamp()))


def from_tablet(event: QTabletEvent) -> PenEvent | None:
    """A tablet event as a pen event; None for the barrel's buttons."""
    tip = Qt.MouseButton.LeftButton
    match event.type():
        case QEvent.Type.TabletPress:
            action = PenAction.DOWN if event.button() == tip else None
        case QEvent.Type.TabletRelease:
            action = PenAction.UP if event.button() == tip else None
        case QEvent.Type.TabletMove:
            action = PenAction.MOVE if event.buttons() & tip else PenAction.HOVER
        case _:
            action = None
    if action is None:
        return None
    pressure = min(max(event.pressure(), 0.0), 1.0)
    sample = _sample(event.position(), event.timestamp(), pressure)
    erases = event.pointerType() == QPointingDevice.PointerType.Eraser
    return PenEvent(action, PenSource.TABLET, sample, erases)


def from_touch(event: QTouchEvent) -> PenEvent | None:
    """A touch event as a pen event: the first finger writes, a second one cancels."""
    points = event.points()
    if not points:
        return None
    sample = _sample(points[0].position(), event.timestamp())
    if len(points) > 1 or event.type() == QEvent.Type.TouchCancel:
        return PenEvent(PenAction.CANCEL, PenSource.TOUCH, sample)
    match event.type():
        case QEvent.Type.TouchBegin:
            action = PenAction.DOWN
        case QEvent.Type.TouchEnd:
            action = PenAction.UP
        case _:
            action = PenAction.MOVE
    return PenEvent(action, PenSource.TOUCH, sample)


def _sample(position: QPointF, time_ms: int, pressure: float = 1.0) -> PenSample:
    return PenSample(position.x(), position.y(), float(time_ms), pressure)


def _is_synthesised(event: QMouseEvent) -> bool:
    if event.source() != Qt.MouseEventSource.MouseEventNotSynthesized:
        return True
    device = event.device()
    return device is not None and device.type() in (
        QInputDevice.DeviceType.TouchScreen,
        QInputDevice.DeviceType.Stylus,
        QInputDevice.DeviceType.Airbrush,
    )
