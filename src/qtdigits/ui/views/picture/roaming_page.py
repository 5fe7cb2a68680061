"""A picture that is looked around in by mouse, touchpad and fingers; one of them also points."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import (
    QEventPoint,
    QFocusEvent,
    QGuiApplication,
    QInputDevice,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QTouchEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from qtdigits.ui.views.picture.fingers import FINGER_PX, Tap, pinch_of, touching
from qtdigits.ui.views.picture.picture_page import PicturePage

POINTER_PX: Final = 7.0
"""How far beside what it means a mouse or a pen may press."""
_WHEEL_STEP: Final = 120
_WHEEL_ZOOM: Final = 1.25
_NONE: Final = Qt.KeyboardModifier.NoModifier


class RoamingPage(PicturePage):
    """Owns how the picture is moved under its view; what pointing at it means is not known here.

    Ctrl and the wheel, a pinch on a touchpad, and two fingers on a screen make it larger and
    smaller; the wheel, a touchpad, two fingers, the middle button, and the left one while Space is
    held move it. A mouse's left button, a pen and one finger point.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.viewport().setMouseTracking(True)
        self._panned_from: QPointF | None = None
        self._space_is_held = False
        self._points = False
        self._pinched: tuple[QPointF, float] | None = None
        """What lies under the middle of two fingers, and the scale for a pixel between them."""
        self._tap: Tap | None = None

    def press(self, place: QPointF, reach_px: float, modifiers: Qt.KeyboardModifier) -> None:
        """Something points here, and may miss what it means by so much."""
        raise NotImplementedError

    def press_twice(self, place: QPointF) -> None:
        """A double click, or a double tap."""
        raise NotImplementedError

    def drag_to(self, place: QPointF) -> None:
        """What was pressed moves."""
        raise NotImplementedError

    def release(self, place: QPointF) -> None:
        """What was pressed is let go here."""
        raise NotImplementedError

    def let_go(self) -> None:
        """What was pressed was not meant: nothing is to come of it."""
        raise NotImplementedError

    def hover(self, place: QPointF) -> Qt.CursorShape:
        """A mouse is here and presses nothing; says how it is to look."""
        raise NotImplementedError

    # Mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        button, place = event.button(), event.position()
        left = button == Qt.MouseButton.LeftButton
        if button == Qt.MouseButton.MiddleButton or (left and self._space_is_held):
            self._stop_pointing()
            self._panned_from = place
            self._show_cursor(place)
        elif left and self._panned_from is None:
            self._points = True
            self.press(place, POINTER_PX, event.modifiers())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._space_is_held:
            self.mousePressEvent(event)
        else:
            self.press_twice(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        if self._panned_from is not None:
            self.move_page(place - self._panned_from)
            self._panned_from = place
        elif self._points and event.buttons() & Qt.MouseButton.LeftButton:
            self.drag_to(place)
        else:
            self._stop_pointing()  # the release went elsewhere
            self._show_cursor(place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        if self._panned_from is not None:
            self._panned_from = None
        elif self._points and event.button() == Qt.MouseButton.LeftButton:
            self._points = False
            self.release(place)
        if not self._points:
            self._show_cursor(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and event.modifiers() == _NONE:
            self._hold_space(True)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._hold_space(False)
        else:
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._hold_space(False)
        super().focusOutEvent(event)

    # Wheel, touchpad and touch screen

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.accept()
        angle, pixels = event.angleDelta(), event.pixelDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            zoom = self.zoom * _WHEEL_ZOOM ** (angle.y() / _WHEEL_STEP)
            self.zoom_to(zoom, event.position())
        elif not pixels.isNull() and QGuiApplication.platformName() != "xcb":  # guesses there
            self.move_page(QPointF(pixels))
        else:
            lines = QGuiApplication.styleHints().wheelScrollLines()
            step = self.verticalScrollBar().singleStep() * lines / _WHEEL_STEP
            by = QPointF(angle) * step
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not by.x():
                by = by.transposed()
            self.move_page(by)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent):
            return self._on_touchpad(event)
        if isinstance(event, QTouchEvent):
            return self._on_fingers(event)
        return super().viewportEvent(event)

    def _on_touchpad(self, event: QNativeGestureEvent) -> bool:
        """A pinch on a touchpad: what comes with each event is what has changed since the last."""
        match event.gestureType():
            case Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom_to(self.zoom * max(1 + event.value(), 0.1), event.position())
            case Qt.NativeGestureType.PanNativeGesture:
                self.move_page(event.delta())
            case Qt.NativeGestureType.BeginNativeGesture:
                self._stop_pointing()
            case Qt.NativeGestureType.EndNativeGesture:
                pass
            case _:
                return super().viewportEvent(event)
        event.accept()
        return True

    def _on_fingers(self, event: QTouchEvent) -> bool:
        device = event.device()
        if device is not None and device.type() != QInputDevice.DeviceType.TouchScreen:
            event.ignore()  # macOS tells of touchpads in this way, too
            return False
        event.accept()
        places = touching(event)
        if event.type() == QEvent.Type.TouchCancel:
            self._stop_pointing()
            self._pinched = None
            return True
        if len(places) > 1:
            self._tap = None
            self._stop_pointing()
            moving = (QEventPoint.State.Updated, QEventPoint.State.Stationary)
            self._hold_picture(places, all(one.state() in moving for one in event.points()))
            return True
        self._pinched = None
        if event.type() == QEvent.Type.TouchBegin:
            self._touch(places[0], event.timestamp())
        elif self._points and places:
            if self._tap is not None and not self._tap.is_near(places[0]):
                self._tap = None
            self.drag_to(places[0])
        elif self._points:
            self._points = False
            self.release(event.points()[0].position())
        return True

    def _touch(self, place: QPointF, time_ms: int) -> None:
        """The first finger touches: it points, for the first or for the second time."""
        within_ms = QGuiApplication.styleHints().mouseDoubleClickInterval()
        if self._tap is not None and self._tap.is_followed_by(place, time_ms, within_ms):
            self._tap = None
            self.press_twice(place)
            return
        self._tap = Tap(place, time_ms)
        self._points = True
        self.press(place, FINGER_PX, _NONE)

    def _hold_picture(self, places: tuple[QPointF, ...], same_fingers: bool) -> None:
        """What two fingers took hold of stays under them, however they move and spread."""
        middle, span = pinch_of(places[0], places[1])
        if self._pinched is None or not same_fingers:
            self._pinched = self.to_page(middle), self.zoom / span
        else:
            on_page, zoom = self._pinched
            self.hold(on_page, middle, zoom * span)

    def _stop_pointing(self) -> None:
        if self._points:
            self._points = False
            self.let_go()

    def _hold_space(self, held: bool) -> None:
        if held != self._space_is_held:
            self._space_is_held = held
            place = self.viewport().mapFromGlobal(self.cursor().pos())
            if self.viewport().rect().contains(place):
                self._show_cursor(QPointF(place))

    def _show_cursor(self, place: QPointF) -> None:
        if self._panned_from is not None:
            shape = Qt.CursorShape.ClosedHandCursor
        elif self._space_is_held:
            shape = Qt.CursorShape.OpenHandCursor
        else:
            shape = self.hover(place)
        self.viewport().setCursor(shape)
